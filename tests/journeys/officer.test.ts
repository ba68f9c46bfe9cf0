import { readFile, writeFile } from 'node:fs/promises'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeStaff } from '../../seeds/staff.ts'
import type { Post, Staff } from '../../seeds/staff.ts'
import { appParts } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { aBody, aDistrict } from '../../src/bodies/testing.ts'
import { aYearlyCount } from '../../src/catalogue/testing.ts'
import { closePdf } from '../../src/documents/index.ts'
import { ledgerImportJobs } from '../../src/ledger-import/index.ts'
import { runJobsOnce } from '../../src/platform/jobs.ts'
import { testDb } from '../../src/platform/testing.ts'
import { axe, shoot, withBrowser } from '../browser.ts'

const { db, deps, url, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const browser = withBrowser()
const folder = mkdtempSync(join(tmpdir(), 'ledgers-'))
let staff: Staff
let bodyId = ''

beforeAll(async () => {
  setToday('2026-01-05')
  await aDistrict(deps)
  ;({ bodyId } = await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办', uscc: '91350100M000100Y43' }))
  staff = await makeStaff(deps, { bodyId, prefix: '', surname: 0, signIn: true, order: 0 })
  await aYearlyCount(db, bodyId, { year: 2025, matter: 'penalty', amount: 12, source: '综合执法中心处罚台账', evidence: null })
})
afterAll(async () => {
  await closePdf()
  rmSync(folder, { recursive: true })
})

const REPORT = '/desk/reports/sljd/2025'

/** 从登录页进来。 */
async function signIn(post: Post): Promise<Page> {
  const page = await browser.open(app, '/desk')
  await page.getByRole('button', { name: `以 ${staff[post].name} 登录` }).click()
  await expect.poll(() => new URL(page.url()).pathname).toBe('/desk')
  return page
}

/** 下载一种台账的空白模板，照它的表头填上几行，返回文件的路径。 */
async function fillTemplate(page: Page, ledger: string, format: 'XLSX' | 'CSV', name: string, rows: readonly Record<string, string>[]): Promise<string> {
  await page.goto('/desk/ledgers')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: `${ledger}模板，${format}` }).click()])
  expect(download.suggestedFilename()).toBe(`${ledger}模板.${format.toLowerCase()}`)
  const bytes = await readFile(await download.path())
  const path = join(folder, `${name}.${format.toLowerCase()}`)
  const heads = format === 'CSV' ? (bytes.toString().replace('\ufeff', '').split(/\r?\n/)[0] ?? '').split(',') : ((await readXlsx(bytes)).sheets[0]?.rows[0] ?? []).map(String)
  const table = [heads, ...rows.map((row) => heads.map((head) => row[head.replace('*', '')] ?? ''))]
  if (format === 'CSV') await writeFile(path, table.map((cells) => cells.join(',')).join('\r\n'))
  else await writeFile(path, Buffer.from(await writeXlsx({ sheets: [{ name: ledger, rows: table }] })))
  return path
}

async function upload(page: Page, ledger: string, path: string): Promise<void> {
  await page.goto('/desk/ledgers')
  await page.getByRole('link', { name: ledger, exact: true }).click()
  await page.getByLabel(`${ledger}文件`).setInputFiles(path)
  await page.getByRole('button', { name: '上传并核对' }).click()
}

/** 确认导入（连点两下），待后台写完，页面自行刷新出结果。 */
async function confirm(page: Page, rows: number): Promise<void> {
  await page.getByRole('button', { name: `导入 ${rows} 行` }).dblclick()
  await page.getByText('正在写入').waitFor()
  await runJobsOnce(url, deps, ledgerImportJobs)
  await page.getByRole('heading', { name: '已导入' }).waitFor()
}

const application = (n: number, row: Record<string, string>): Record<string, string> => ({
  登记号: `示街公开申〔2025〕${n}号`, 申请人类型: '自然人', 收到渠道: '网上', 申请内容: '申请公开老旧小区加装电梯的批复文件', ...row,
})
const APPLICATIONS = [
  application(1, { 收到日期: '2025-03-03', 答复日期: '2025-03-20', 处理结果: '予以公开' }),
  application(2, { 收到日期: '2025-04-07', 申请人类型: '商业企业', 答复日期: '2025-04-25', 处理结果: '部分公开' }),
  application(3, { 收到日期: '2025-05-12', 答复日期: '2025-06-03', 处理结果: 'R3.4.1' }),
  application(4, { 收到日期: '2025-12-26' }),
]
const ITEMS = [
  { 标题: '示例街道办事处机构职能', 形成日期: '2025-01-20', 发布日期: '2025-02-02', '第二十条/二十一条事项': 'A20_02' },
  { 标题: '示例街道办事处2025年部门预算', 形成日期: '2025-02-01', 发布日期: '2025-02-14', '第二十条/二十一条事项': 'A20_07' },
]

test('an upload with errors gives an account of every line and imports nothing', async () => {
  const page = await signIn('officer')
  expect(await page.locator('main').textContent()).toContain('开始编制 2025 年度报告')
  const wrong = [...APPLICATIONS.slice(0, 2), application(3, { 收到日期: '2025-13-01', 申请人类型: '外星人' }), application(4, { 收到日期: '2025-12-26', 处理结果: '予以公开' })]
  await upload(page, '依申请公开台账', await fillTemplate(page, '依申请公开台账', 'XLSX', '有错', wrong))
  expect(await page.locator('main').textContent()).toContain('共 4 行，2 行有问题，3 处')
  const account = await page.getByRole('table', { name: '逐行账' }).locator('tbody tr').allTextContents()
  expect(account.map((line) => line.replaceAll(/\s+/g, ''))).toEqual([
    expect.stringMatching(/4.*收到日期.*2025-13-01/), expect.stringMatching(/4.*申请人类型.*外星人/), expect.stringMatching(/5.*答复日期/),
  ])
  expect(await page.getByRole('button', { name: /导入 \d+ 行/ }).count()).toBe(0)
  await axe(page)
  await shoot(page, 'ledger-with-errors')
  await page.goto('/desk/reports')
  expect(await db.selectFrom('application').select('case_id').execute()).toEqual([])
  await page.context().close()
})

test('put right, two ledgers are imported, each once however often confirmed', async () => {
  const page = await signIn('officer')
  await upload(page, '依申请公开台账', await fillTemplate(page, '依申请公开台账', 'XLSX', '依申请', APPLICATIONS))
  await shoot(page, 'ledger-right')
  await confirm(page, 4)
  expect(await page.locator('main').textContent()).toContain('新增 4，更新 0，未变 0')
  await axe(page)
  await shoot(page, 'ledger-done')
  await upload(page, '主动公开台账', await fillTemplate(page, '主动公开台账', 'CSV', '主动公开', ITEMS))
  await page.getByText('由另一人确认').waitFor()
  const leader = await signIn('leader')
  await leader.goto(new URL(page.url()).pathname)
  await confirm(leader, 2)
  await leader.context().close()
  // 后退、重来，都不会再导一遍
  await page.goBack()
  await page.goto('/desk/ledgers')
  expect(await page.getByRole('table', { name: /历次导入/ }).locator('tbody tr').count()).toBe(3)
  expect(await db.selectFrom('application').select('case_id').execute()).toHaveLength(4)
  await page.context().close()
})

test('a report is opened and frozen; from a number to its record and back to the cell', async () => {
  const page = await signIn('officer')
  await page.getByRole('link', { name: '开始编制 2025 年度报告' }).click()
  await page.getByRole('button', { name: '开始编制 2025 年度报告' }).dblclick()
  await page.waitForURL(`**${REPORT}`)
  await page.getByRole('button', { name: '冻结台账的数' }).dblclick()
  await page.getByRole('status').waitFor()
  expect(await page.getByRole('status').textContent()).toContain('已冻结')
  const table = page.getByRole('region', { name: /收到和处理政府信息公开申请情况/ })
  await table.getByRole('row', { name: /^一、本年新收/ }).getByRole('link').last().click()
  await page.waitForURL('**/cells/R1.T')
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('总计')
  expect(await page.locator('tbody tr').count()).toBe(4)
  await page.getByRole('link', { name: '示街公开申〔2025〕2号' }).click()
  await page.waitForURL('**/desk/records/**')
  const feeds = await page.locator('section', { hasText: '计入年度报告' }).getByRole('link').allTextContents()
  expect(feeds).toContain('2025 年：三、（二）部分公开 · 商业企业')
  await page.getByRole('link', { name: '2025 年：三、（二）部分公开 · 商业企业' }).click()
  await page.waitForURL(`**${REPORT}/cells/R3.2.B`)
  expect(await page.locator('tbody tr').count()).toBe(1)
  await page.context().close()
})

test('the narrative: a typed figure is refused beside its field, what was written is kept; a stale form of another clerk is told', async () => {
  const [page, other] = [await signIn('officer'), await signIn('head')]
  await other.goto(`${REPORT}/narrative`)
  await page.goto(REPORT)
  await page.getByRole('link', { name: '写正文' }).click()
  await page.getByText('可用的数字与综述').click()
  await shoot(page, 'narrative-figures')
  const field = (label: string) => page.getByLabel(label, { exact: false }).first()
  await field('政府信息管理情况').fill('落实先审查、后公开，公文起草时一并确定公开属性，年内核对指南与目录两次。')
  await field('政府信息公开平台建设情况').fill('依托区门户网站的政府信息公开专栏集中发布，逐条核对栏目与附件。')
  await field('监督保障情况').fill('通过监督电话、信箱听取意见，年内未发生应当追究责任的情形。')
  await field('本年问题1').fill('个别科室报送信息不及时')
  await field('问题1的改进措施').fill('按月通报报送情况，逾期的由分管领导约谈科室负责人')
  await field('重点领域政府信息公开情况').fill('社会救助信息按月公开到社区公示栏。')
  await field('政府信息依申请公开情况').fill('全年收到申请4件，均已答复。')
  await page.getByRole('button', { name: '保存正文' }).click()
  await expect.poll(() => page.locator('[id="f-overview.requests-error"]').textContent()).toContain('请改用 {新收申请数}')
  expect(await field('政府信息依申请公开情况').inputValue()).toBe('全年收到申请4件，均已答复。')
  expect(await field('本年问题1').inputValue()).toBe('个别科室报送信息不及时')
  await axe(page)
  await shoot(page, 'narrative-refused')
  await field('政府信息依申请公开情况').fill('{申请综述}{按期答复综述}')
  await page.getByRole('button', { name: '保存正文' }).click()
  await expect.poll(() => page.getByRole('status').textContent()).toContain('正文已保存')
  expect(await page.locator('.document').textContent()).toContain('新收政府信息公开申请4件')

  await other.getByLabel('监督保障情况').fill('另一位同事写的话。')
  await other.getByRole('button', { name: '保存正文' }).click()
  await expect.poll(() => other.getByRole('alert').textContent()).toContain('他人刚才改过这份报告')
  expect(await other.getByLabel('监督保障情况').inputValue()).toBe('另一位同事写的话。')
  await axe(other)
  await shoot(other, 'narrative-stale')
  await page.reload()
  expect(await page.locator('.document').textContent()).not.toContain('另一位同事写的话')
  await page.context().close()
  await other.context().close()
})

test('a record is put right in the ledger, the report frozen again, a warning explained with a reason', async () => {
  const page = await signIn('officer')
  const corrected = APPLICATIONS.map((row, n) => (n === 2 ? { ...row, 申请人类型: '法律服务机构' } : row))
  setToday('2026-01-06')
  const next = await signIn('officer')
  await page.context().close()
  await upload(next, '依申请公开台账', await fillTemplate(next, '依申请公开台账', 'XLSX', '更正', corrected))
  await confirm(next, 4)
  expect(await next.locator('main').textContent()).toContain('新增 0，更新 1，未变 3')
  await next.goto(`${REPORT}/findings`)
  expect(await next.locator('main').textContent()).toContain('错误 K10')
  await shoot(next, 'findings-drift')
  await next.getByRole('link', { name: '看过出入' }).click()
  await expect.poll(() => next.getByRole('table', { name: '改动过的记录' }).textContent()).toContain('示街公开申〔2025〕3号')
  await axe(next)
  await next.getByRole('button', { name: '重新冻结' }).dblclick()
  await next.getByRole('link', { name: '逐条说明' }).click()
  await expect.poll(() => next.locator('main').textContent()).not.toContain('错误 ')
  const reason = next.getByLabel('说明理由')
  expect(await reason.count()).toBe(1)
  await reason.fill('略')
  await next.getByRole('button', { name: '记下说明' }).click()
  await expect.poll(() => next.locator('.field-error').textContent()).toContain('不少于五个字')
  expect(await reason.inputValue()).toBe('略')
  await axe(next)
  await shoot(next, 'findings-reason-refused')
  await reason.fill('处罚权已依法下放街道，正在办理职权登记')
  await next.getByRole('button', { name: '记下说明' }).click()
  await expect.poll(() => next.locator('main').textContent()).toContain(`${staff.officer.name}已说明`)
  await next.goto(REPORT)
  await next.getByRole('button', { name: '提交校核' }).dblclick()
  await next.locator('.head-status', { hasText: /^校核$/ }).waitFor()
  await next.goBack()
  await next.goto(REPORT)
  expect(await next.locator('.head-status').textContent()).toBe('校核')
  await shoot(next, 'report-checked')
  await next.context().close()
})

/** 先到确认的页面，再连按两次：不因手快办两遍。 */
async function confirmTwice(page: Page, what: string): Promise<void> {
  await page.getByRole('link', { name: what, exact: true }).click()
  await page.getByRole('button', { name: what, exact: true }).dblclick()
}

const STEPS: readonly (readonly [Post, (page: Page) => Promise<void>, string])[] = [
  ['secrecy', async (page) => {
    await page.getByRole('link', { name: '保密审查' }).click()
    await page.getByLabel('可以公开', { exact: true }).check()
    await page.getByLabel('意见').fill('不含国家秘密、商业秘密、个人隐私')
    await page.getByRole('button', { name: '记下审查结论' }).dblclick()
  }, '保密审查'],
  ['leader', async (page) => {
    await page.getByRole('link', { name: '签发', exact: true }).click()
    await page.getByRole('button', { name: '签发' }).dblclick()
  }, '签发'],
  ['officer', (page) => confirmTwice(page, '报送区政务公开办'), '已报送，待公布'],
  ['publisher', (page) => confirmTwice(page, '向社会公布'), '已报送、公布'],
]

test('reviewed, signed, filed and published, each by another person from their to-do list; then anybody reads it', async () => {
  for (const [post, act, status] of STEPS) {
    const page = await signIn(post)
    await page.locator('main').getByRole('link', { name: '2025 年度报告' }).click()
    await act(page)
    await page.locator('.head-status', { hasText: new RegExp(`^${status}$`) }).waitFor()
    expect(new URL(page.url()).pathname).toBe(REPORT)
    expect(await page.getByRole('alert').count()).toBe(0)
    await page.context().close()
  }
  const visitor = await browser.open(app, '/')
  await visitor.getByRole('link', { name: /示例街道办事处 2025 年政府信息公开/ }).click()
  await expect.poll(() => visitor.locator('main').textContent()).toContain('新收政府信息公开申请4件')
  expect(await visitor.locator('main a[href^="/desk"]').count()).toBe(0)
  await visitor.context().close()
})
