import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { record, sealAudit } from '../../src/audit/index.ts'
import { addName } from '../../src/bodies/index.ts'
import { aBody, aDistrict } from '../../src/bodies/testing.ts'
import { DEMO_PASSWORD } from '../../src/identity/index.ts'
import type { Role, SignedInActor } from '../../src/identity/index.ts'
import { cookieFor, createAccount } from '../../src/identity/testing.ts'
import { testDb } from '../../src/platform/testing.ts'
import { axe, shoot, withBrowser } from '../browser.ts'

const { db, deps } = testDb()
const app = createApp(deps, appParts(deps))
const browser = withBrowser()
const accounts = new Map<string, SignedInActor>()

beforeAll(async () => {
  await aDistrict(deps)
  const office = await aBody(deps, { code: 'zfb', name: '武昌区人民政府办公室', kind: 'district-office', codeWord: '武昌政办', sort: 1 })
  const centre = await aBody(deps, {
    code: 'csyxglzx', name: '武昌区城市运行管理中心', kind: 'authorized-org', codeWord: '武城运', uscc: '91350100M000100Y43', sort: 2,
    formerNames: [{ name: '武昌区社会管理网格化服务中心', to: '2023-05-31' }], namedFrom: '2023-06-01',
  })
  const system = { kind: 'system', name: 'test' } as const
  await addName(deps, system, { bodyId: centre.bodyId, name: '城运中心', kind: 'short' })
  await aBody(deps, { code: 'shichang', name: '武昌区市场监督管理局', powers: { license: true, penalty: true, coercion: true, fee: true }, sort: 3 })
  const people: [string, string, string, Role[]][] = [
    ['xitong', '钱系统', office.bodyId, ['system-admin']],
    ['anquan', '孙安全', office.bodyId, ['security-admin']],
    ['shenji', '李审计', office.bodyId, ['auditor']],
    ['zhengwu', '周政务', office.bodyId, ['district-office']],
    ['jingban', '吴经办', centre.bodyId, ['disclosure-officer', 'handler']],
    ['fuze', '郑负责', centre.bodyId, ['disclosure-head']],
  ]
  for (const [name, displayName, bodyId, roles] of people)
    accounts.set(name, await createAccount(db, { name, displayName, bodyId, roles, at: deps.clock.now() }))
  await record(db, system, 'setting.changed', { bodyId: centre.bodyId, target: 'court' })
  await sealAudit(db)
})

/** 不经登录页，带着会话打开。 */
async function enter(name: string): Promise<Page> {
  const actor = accounts.get(name)
  if (actor === undefined) throw new Error(`没有 ${name}`)
  const page = await browser.open(app, '/sign-in')
  const [cookie = '', value = ''] = (await cookieFor(db, actor, deps.clock.now())).split('=')
  await page.context().addCookies([{ name: cookie, value, url: page.url() }])
  return page
}

test('sign-in: the page, a wrong password, and straight in with a demo account', async () => {
  const page = await browser.open(app, '/sign-in')
  await axe(page)
  await shoot(page, 'sign-in')
  await page.getByLabel('登录名').fill('jingban')
  await page.getByLabel('口令').first().fill('wrong-wrong')
  await page.getByRole('button', { name: '登录', exact: true }).first().click()
  await expect.poll(() => page.getByRole('alert').textContent()).toContain('登录名或者口令不对')
  expect(await page.getByLabel('登录名').inputValue()).toBe('jingban')
  await axe(page)
  await shoot(page, 'sign-in-wrong')
  await page.getByLabel('登录名').fill('jingban')
  await page.getByLabel('口令').first().fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).first().click()
  await page.goto('/desk/account')
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('我的账号')
  await page.getByText('吴经办').first().click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('button', { name: '以 吴经办 登录' }).click()
  await page.goto('/desk/account')
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('我的账号')
})

test('a new account, then its role, seen by the two administrators', async () => {
  const admin = await enter('xitong')
  await admin.goto('/desk/admin/accounts/new')
  await admin.getByLabel('登录名').fill('wang.wu')
  await admin.getByLabel('姓名').fill('王五')
  await admin.getByLabel('所在机关').selectOption({ label: '武昌区城市运行管理中心' })
  await admin.getByRole('button', { name: '新建账号' }).click()
  await axe(admin)
  await shoot(admin, 'admin-one-time-password')
  await admin.getByRole('link', { name: '交给本人了，继续' }).click()
  await axe(admin)
  await admin.getByRole('link', { name: '停用' }).click()
  await axe(admin)
  await shoot(admin, 'admin-disable')

  const security = await enter('anquan')
  await security.goto('/desk/admin/accounts?q=wang')
  await security.getByRole('link', { name: 'wang.wu' }).click()
  await security.getByLabel('机关').selectOption({ label: '武昌区城市运行管理中心' })
  await security.getByRole('button', { name: '定在这个机关的岗位' }).click()
  await security.getByLabel('发布员').check()
  await axe(security)
  await shoot(security, 'admin-roles')
  await security.getByRole('button', { name: '定下岗位' }).click()
  await expect.poll(() => security.getByRole('status').textContent()).toContain('岗位已经定下')
})

test('a holiday notice is read back line by line', async () => {
  const page = await enter('zhengwu')
  await page.goto('/desk/admin/calendar/load')
  await page.getByLabel('通知全文').fill('国务院办公厅关于2027年部分节假日安排的通知\n一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n二、春节：2月5日（周五）至11日（周四）放假调休，共8天。')
  await page.getByRole('button', { name: '先看读成了什么' }).click()
  await expect.poll(() => page.getByRole('alert').textContent()).toContain('共 8 天')
  await axe(page)
  await shoot(page, 'admin-notice-wrong')
})

test('the second factor is set up with a code to scan or to type', async () => {
  const page = await enter('fuze')
  await page.goto('/desk/account/second-factor')
  await page.getByRole('button', { name: '生成密钥' }).click()
  await expect.poll(() => page.getByRole('img', { name: /二维码/ }).count()).toBe(1)
  await axe(page)
  await shoot(page, 'admin-second-factor-key')
})
