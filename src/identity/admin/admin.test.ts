import process from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listAudit } from '../../audit/index.ts'
import { getBodyByCode } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { runCli } from '../../run-command.ts'
import type { Role } from '../actor.ts'
import { assertNoDemoAccounts } from '../demo.ts'
import { createAccount } from '../testing.ts'
import { identityApp, visitor } from '../testing-app.ts'

const { db, deps, url } = testDb()
const app = identityApp(deps)
const at = deps.clock.now()
const PASSWORD = 'zhongnan-lu-46'

let office = ''
let centre = ''
beforeAll(async () => {
  await aDistrict(deps)
  office = (await aBody(deps, { code: 'zfb', name: '武昌区人民政府办公室', kind: 'district-office' })).bodyId
  centre = (await aBody(deps, { code: 'csyxglzx', name: '武昌区城市运行管理中心' })).bodyId
  for (const role of ['system-admin', 'security-admin', 'auditor', 'district-office'] as const) await person(role, [role], office)
  await person('clerk', ['disclosure-officer'])
  await person('head', ['disclosure-head'])
})

const person = (name: string, roles: Role[], bodyId = centre) =>
  createAccount(db, { name, displayName: `${name} 君`, bodyId, roles, password: PASSWORD, isDemo: false, at })

async function as(name: string, password = PASSWORD) {
  const who = visitor(app)
  const response = await who.post('/sign-in', { name, password, next: '/desk/account' })
  if (response.status !== 303) throw new Error(`${name}: ${response.status}`)
  return who
}
const idOf = async (name: string) =>
  (await db.selectFrom('account').select('account_id').where('name', '=', name).executeTakeFirstOrThrow()).account_id

describe('accounts', () => {
  test('system-admin creates, the one-time password is shown once, security-admin gives the role, the person changes it', async () => {
    const admin = await as('system-admin')
    const made = await admin.post('/desk/admin/accounts/new', { name: 'zhang.san', displayName: '张三', bodyId: centre })
    const password = /<code>([a-z0-9-]{19})<\/code>/.exec(await made.text())?.[1] ?? ''
    const id = await idOf('zhang.san')
    expect(await (await admin.get(`/desk/admin/accounts/${id}`)).text()).not.toContain(password)
    expect((await admin.post(`/desk/admin/accounts/${id}/roles`, { bodyId: centre, roles: ['leader'] })).status).toBe(403)

    const security = await as('security-admin')
    expect((await security.post(`/desk/admin/accounts/${id}/roles`, { bodyId: centre, roles: ['leader', 'publisher'] })).status).toBe(303)
    const page = await (await security.get('/desk/admin/accounts?q=zhang')).text()
    expect(page).toContain('机关领导、发布员')

    const zhang = await as('zhang.san', password)
    expect((await zhang.get('/desk/account')).headers.get('location')).toBe('/desk/account/password')
    await zhang.post('/desk/account/password', { current: password, next: 'jianghan-guan-7', again: 'jianghan-guan-7' })
    expect(await (await zhang.get('/desk/account')).text()).toContain('机关领导、发布员')
  })

  test('what is wrong is said beside the field and what was typed is kept', async () => {
    const admin = await as('system-admin')
    const wrong = await admin.post('/desk/admin/accounts/new', { name: 'Zhang San', displayName: '', bodyId: '' })
    const text = await wrong.text()
    expect(wrong.status).toBe(422)
    for (const words of ['小写字母起首', '请填姓名', '请选择所在机关', 'value="Zhang San"']) expect(text).toContain(words)
    const taken = await admin.post('/desk/admin/accounts/new', { name: 'clerk', displayName: '某', bodyId: centre })
    expect([taken.status, (await taken.text()).includes('已经有人用')]).toEqual([422, true])
  })

  test('the three administrators exclude one another, also across bodies; nobody changes their own roles', async () => {
    const security = await as('security-admin')
    const id = await idOf('system-admin')
    const grant = (roles: Role[], bodyId = centre, account = id) =>
      security.post(`/desk/admin/accounts/${account}/roles`, { bodyId, roles })
    for (const role of ['auditor', 'security-admin'] as const) {
      const response = await grant([role])
      expect(response.status).toBe(422)
      expect(await response.text()).toContain('不得由一人兼任')
    }
    const self = await idOf('security-admin')
    expect((await grant(['handler'], office, self)).status).toBe(303)
    const page = await (await security.get(`/desk/admin/accounts/${self}`)).text()
    expect(page).toContain('不得改动自己的岗位')
    expect(page).not.toContain('承办人')
    expect((await grant(['handler'])).status).toBe(303)
    expect((await grant([])).status).toBe(303)
  })

  test('a change of roles, a reset and a disabling each end the sessions of that account', async () => {
    const clerkId = await idOf('clerk')
    const [security, admin] = [await as('security-admin'), await as('system-admin')]
    let clerk = await as('clerk')
    await security.post(`/desk/admin/accounts/${clerkId}/roles`, { bodyId: centre, roles: ['disclosure-officer', 'handler'] })
    expect((await clerk.get('/desk/account')).status).toBe(303)

    clerk = await as('clerk')
    expect((await admin.post(`/desk/admin/accounts/${clerkId}/disable`)).status).toBe(303)
    expect((await clerk.get('/desk/account')).status).toBe(303)
    await expect(as('clerk')).rejects.toThrow('422')
    await admin.post(`/desk/admin/accounts/${clerkId}/enable`)
    clerk = await as('clerk')

    const reset = await (await admin.post(`/desk/admin/accounts/${clerkId}/reset`)).text()
    expect((await clerk.get('/desk/account')).status).toBe(303)
    await expect(as('clerk')).rejects.toThrow('422')
    const password = /<code>([a-z0-9-]{19})<\/code>/.exec(reset)?.[1] ?? ''
    clerk = await as('clerk', password)
    await clerk.post('/desk/account/password', { current: password, next: 'jianghan-guan-8', again: 'jianghan-guan-8' })
    await db.updateTable('account').set({ password_hash: (await db.selectFrom('account').select('password_hash').where('name', '=', 'head').executeTakeFirstOrThrow()).password_hash }).where('name', '=', 'clerk').execute()
  })

  test('one cannot disable oneself', async () => {
    const admin = await as('system-admin')
    await admin.post(`/desk/admin/accounts/${await idOf('system-admin')}/disable`)
    expect((await admin.get('/desk/admin/accounts')).status).toBe(200)
  })

  test.each([
    ['clerk', '/desk/admin/accounts', 403],
    ['clerk', '/desk/admin/audit', 403],
    ['auditor', '/desk/admin/accounts', 403],
    ['auditor', '/desk/admin/bodies', 403],
    ['system-admin', '/desk/admin/audit', 403],
    ['security-admin', '/desk/admin/accounts/new', 403],
    ['clerk', '/desk/admin/bodies/csyxglzx', 200],
    ['clerk', '/desk/admin/bodies/zfb', 403],
    ['clerk', '/desk/admin/bodies/csyxglzx/settings/court', 403],
    ['head', '/desk/admin/bodies/csyxglzx/settings/court', 200],
    ['head', '/desk/admin/bodies/zfb/settings/court', 403],
    ['clerk', '/desk/admin/calendar/load', 403],
    ['district-office', '/desk/admin/calendar/load', 200],
    ['system-admin', '/desk/admin/accounts/not-an-id', 404],
    ['district-office', '/desk/admin/bodies/no-such', 404],
  ])('%s opening %s: %i', async (name, path, status) => {
    expect((await (await as(name)).get(path)).status).toBe(status)
  })

  test('someone with posts in two bodies works in one at a time', async () => {
    const both = await person('both', ['disclosure-head'])
    const security = await as('security-admin')
    await security.post(`/desk/admin/accounts/${both.accountId}/roles`, { bodyId: office, roles: ['district-office'] })
    const who = await as('both')
    expect((await who.get('/desk/admin/bodies/zfb/settings/court')).status).toBe(403)
    await who.post('/desk/account/body', { bodyId: office })
    expect((await who.get('/desk/admin/bodies/zfb/settings/court')).status).toBe(200)
    const clerk = await as('clerk')
    expect((await clerk.post('/desk/account/body', { bodyId: office })).status).toBe(403)
  })
})

describe('bodies at the desk', () => {
  test('create with a former name, rename, set a setting; a wrong credit code is refused beside its field', async () => {
    const who = await as('district-office')
    const fields = { name: '武昌区示例局', code: 'shili', kind: 'organ', uscc: '', codeWord: '武示', establishedOn: '', sort: '5', powers: ['license'], formerName: '武昌区样本局', formerTo: '2020-12-31' }
    const wrong = await who.post('/desk/admin/bodies/new', { ...fields, uscc: '91350100M000100Y44' })
    expect([wrong.status, (await wrong.text()).includes('校验码')]).toEqual([422, true])
    expect((await who.post('/desk/admin/bodies/new', fields)).headers.get('location')).toBe('/desk/admin/bodies/shili')
    const flashed = await (await who.get('/desk/admin/bodies/shili')).text()
    for (const words of ['机构已经建好', '武昌区样本局', '曾用名', '行政许可', '本区设定']) expect(flashed).toContain(words)
    expect(await (await who.get('/desk/admin/bodies/shili')).text()).not.toContain('机构已经建好')

    expect((await who.post('/desk/admin/bodies/shili/rename', { name: '武昌区示范局', from: '2026-01-01', note: '' })).status).toBe(303)
    expect(await (await who.get('/desk/admin/bodies?q=%E6%A0%B7%E6%9C%AC')).text()).toContain('武昌区示范局')
    const bad = await who.post('/desk/admin/bodies/shili/settings/correctionDays', { value: '0', basis: '' })
    expect([bad.status, (await bad.text()).includes('1 至 60')]).toEqual([422, true])
    await who.post('/desk/admin/bodies/shili/settings/correctionDays', { value: '10', basis: '区政府规程第三条' })
    expect(await (await who.get('/desk/admin/bodies/shili')).text()).toContain('区政府规程第三条')
    expect((await getBodyByCode(db, 'shili')).powers.license).toBe(true)
  })

  test('merge into another', async () => {
    const who = await as('district-office')
    await aBody(deps, { code: 'old-one', name: '武昌区将并局' })
    const response = await who.post('/desk/admin/bodies/old-one/merge', { into: centre, on: '2026-01-10', basis: '武昌编〔2026〕1号' })
    expect(response.status).toBe(303)
    expect(await (await who.get('/desk/admin/bodies/csyxglzx')).text()).toContain('武昌区将并局')
  })

  test('a holiday notice: read, shown line by line, then loaded', async () => {
    const who = await as('district-office')
    const text = `国务院办公厅关于2027年部分节假日安排的通知 国办发明电〔2026〕9号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。`
    const wrong = await who.post('/desk/admin/calendar/load', { year: '2027', issuedOn: '', text: text.replace('共7天', '共8天') })
    expect([wrong.status, (await wrong.text()).includes('对不上')]).toEqual([422, true])
    const preview = await (await who.post('/desk/admin/calendar/load', { year: '2027', issuedOn: '2026-11-02', text })).text()
    for (const words of ['2月5日', '原来没有数据', '载入 2027 年的安排']) expect(preview).toContain(words)
    expect(await (await who.get('/desk/admin/calendar')).text()).not.toContain('国办发明电〔2026〕9号')
    expect((await who.post('/desk/admin/calendar/confirm', { year: '2027', issuedOn: '2026-11-02', text })).status).toBe(303)
    expect(await (await who.get('/desk/admin/calendar')).text()).toContain('国办发明电〔2026〕9号')
  })
})

test('the auditor reads the trail, by body and kind, and exports it; the export itself is recorded', async () => {
  const auditor = await as('auditor')
  const page = await (await auditor.get(`/desk/admin/audit?body=${centre}&kind=role.`)).text()
  expect(page).toContain('定岗位')
  expect(page).not.toContain('新建账号')
  const all = await (await auditor.get('/desk/admin/audit?kind=session.')).text()
  for (const words of ['登录未成', '登录页（还没有认出是谁）', '来自：local']) expect(all).toContain(words)
  const csv = await auditor.get(`/desk/admin/audit.csv?body=${centre}`)
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(csv.headers.get('content-disposition')).toContain('audit-2026-01-15.csv')
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await csv.arrayBuffer())
  expect(text.split('\r\n')[0]).toBe('\uFEFF时刻,何人,做了什么,所涉,说明,封存')
  expect(text).toContain(',新建账号,')
  const exported = await listAudit(db, { bodyId: office, action: 'audit.exported' })
  expect(exported.entries).toMatchObject([{ target: centre }])
})

describe('demo accounts', () => {
  test('are listed on the sign-in page in demo mode only, and keep production from starting', async () => {
    await createAccount(db, { name: 'yanshi', displayName: '演示人', bodyId: centre, roles: ['leader'], at })
    expect(await (await visitor(app).get('/sign-in')).text()).toContain('yanshi')
    const production = { ...deps, config: { ...deps.config, mode: 'production' as const } }
    expect(await (await visitor(identityApp(production)).get('/sign-in')).text()).not.toContain('yanshi')
    await expect(assertNoDemoAccounts(production)).rejects.toThrow('演示账号')
    await expect(assertNoDemoAccounts(deps)).resolves.toBeUndefined()
  })
})

describe('first steps in production', () => {
  const before = { ...process.env }
  beforeAll(() => {
    process.env = { PATH: before['PATH'], DATABASE_URL: url, DATA_DIR: deps.config.dataDir, LOG_LEVEL: 'silent' }
  })
  afterAll(() => {
    process.env = before
  })
  async function run(...args: string[]) {
    const said = { out: '', err: '' }
    const code = await runCli(args, { out: (t) => void (said.out += `${t}\n`), err: (t) => void (said.err += `${t}\n`) })
    return { code, ...said }
  }

  test('set-district, then create-admin, then that administrator signs in', async () => {
    const district = ['set-district', '--code', '420106', '--name', '武昌区', '--government', '武昌区人民政府', '--office', '武昌区政务公开办', '--office-code', 'zwgkb']
    expect(await run(...district)).toMatchObject({ code: 0, err: '' })
    expect(await run(...district)).toMatchObject({ code: 0 })
    const made = await run('create-admin', 'first', '--display-name', '王五', '--body', 'zwgkb', '--role', 'auditor')
    expect(made.code).toBe(0)
    const password = /一次性口令 (\S+)/.exec(made.out)?.[1] ?? ''
    const who = await as('first', password)
    await who.post('/desk/account/password', { current: password, next: 'jianghan-guan-7', again: 'jianghan-guan-7' })
    expect((await who.get('/desk/admin/audit')).status).toBe(200)
    expect(await run('create-admin', 'first', '--display-name', '王五', '--body', 'zwgkb')).toMatchObject({ code: 1, out: '' })
    expect(await run('create-admin', 'second', '--display-name', '赵六', '--body', 'nowhere')).toMatchObject({ code: 1, out: '' })
    expect(await run('create-admin', 'second', '--display-name', '赵六', '--body', 'zwgkb', '--role', 'leader')).toMatchObject({ code: 2 })
    expect(await run('create-admin', 'Second One', '--display-name', '赵六', '--body', 'zwgkb')).toMatchObject({ code: 1 })
  })
})
