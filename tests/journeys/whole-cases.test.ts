import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeStaff } from '../../seeds/staff.ts'
import type { Post, Staff } from '../../seeds/staff.ts'
import { appParts } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { setSetting } from '../../src/bodies/index.ts'
import { aBody, aDistrict } from '../../src/bodies/testing.ts'
import { closePdf, toPdf } from '../../src/documents/index.ts'
import { runJobsOnce } from '../../src/platform/jobs.ts'
import { toCsv } from '../../src/platform/ledger/testing.ts'
import { testDb } from '../../src/platform/testing.ts'
import { closeRedaction, openSource } from '../../src/redaction/index.ts'
import { jobHandlers } from '../../src/wiring.ts'
import { noSidewaysScroll, shoot, withBrowser } from '../browser.ts'

/* 四件从头到尾：申请人在 390 宽的手机上、不用脚本，工作人员在 1440 宽的电脑上。 */
const { db, deps, url, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const browser = withBrowser()
let staff: Staff
const COURT = '武汉市武昌区人民法院'
const REVIEW_FIRST = `应当自收到之日起60日内先向武昌区人民政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向${COURT}提起行政诉讼。`
const EITHER = `可以自收到之日起60日内向武昌区人民政府申请行政复议，或者自收到之日起6个月内向${COURT}提起行政诉讼。`

beforeAll(async () => {
  setToday('2026-01-12')
  await aDistrict(deps)
  const { bodyId } = await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办' })
  for (const [key, value] of [['court', COURT], ['letterPhone', '027-88880000']] as const) expect(await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId, key, value })).toMatchObject({ ok: true })
  staff = await makeStaff(deps, { bodyId, prefix: '', surname: 0, signIn: true, order: 0 })
})
afterAll(async () => {
  await closeRedaction()
  await closePdf()
})

const open = new Map<Post, Page>()

/** 某日登录的一页；同一岗位上一次开的随即关去。 */
async function onDay(day: string, post: Post, path: string): Promise<Page> {
  setToday(day)
  await open.get(post)?.context().close()
  const page = await browser.open(app, '/desk', { javaScriptEnabled: false })
  open.set(post, page)
  await page.getByRole('button', { name: `以 ${staff[post].name} 登录` }).click()
  await page.goto(path)
  return page
}

type Values = Readonly<Record<string, string>>

async function fill(page: Page, values: Values): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`main [name="${name}"]`)
    const first = field.first()
    if ((await first.getAttribute('type')) === 'radio') await page.locator(`main [name="${name}"][value="${value}"]`).check()
    else if ((await first.evaluate((node: { tagName: string }) => node.tagName)) === 'SELECT') await first.selectOption(value)
    else await first.fill(value)
  }
}

const main = (page: Page): Promise<string | null> => page.locator('main').textContent()
const expectText = async (page: Page, words: string): Promise<void> => expect(await main(page)).toContain(words)
const due = (page: Page): Promise<string | null> => page.locator('.due-on').textContent()

/** 在案件页上点开一步，填好，交；回到案件页。 */
async function step(day: string, post: Post, casePath: string, name: string, values: Values = {}): Promise<Page> {
  const page = await onDay(day, post, casePath)
  await page.locator(`main a[href^="${casePath}/${name}"]`).first().click()
  const { outcome, ...rest } = values
  if (outcome !== undefined) {
    await fill(page, { outcome })
    await page.getByRole('button', { name: '下一步' }).click()
  }
  await fill(page, rest)
  const label = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
  await page.getByRole('button', { name: label, exact: true }).click()
  await expect.poll(() => new URL(page.url()).pathname).toBe(casePath)
  return page
}

/** 起草、签批、发出一件文书；返回其全文所在的一页。 */
async function writeLetter(day: string, casePath: string, type: string, values: Values = {}): Promise<Page> {
  const page = await onDay(day, 'officer', `${casePath}/letters`)
  await page.locator(`main a[href="${casePath}/letters/new/${type}"]`).click()
  // 选了一项才问的，交一次之后再填
  for (let pass = 0; pass < 2 && new URL(page.url()).pathname.includes('/new/'); pass++) {
    for (const [name, value] of Object.entries(values)) if ((await page.locator(`main [name="${name}"]`).count()) > 0) await fill(page, { [name]: value })
    await page.getByRole('button', { name: '拟成草稿' }).click()
  }
  await expectText(page, '草稿：未编文号，不得送出')
  const path = new URL(page.url()).pathname
  const head = await onDay(day, 'head', path)
  await head.getByRole('link', { name: '签批' }).click()
  await head.getByRole('button', { name: '签批' }).click()
  await page.goto(path)
  await page.getByRole('link', { name: '发出' }).click()
  await page.getByRole('button', { name: '发出' }).click()
  await expectText(page, '核对用的摘要')
  return page
}

/** 当面登记一件，返回案件页的地址。 */
async function registerAtDesk(day: string, content: string, idNo: string): Promise<string> {
  const page = await onDay(day, 'officer', '/desk/applications/new')
  await page.getByRole('radio', { name: '当面提交' }).check()
  await page.getByLabel('姓名').fill('李四光')
  await page.getByLabel('证件号码', { exact: false }).first().fill(idNo)
  await page.getByLabel('所需政府信息').fill(content)
  await page.getByRole('button', { name: '登记申请' }).click()
  await expectText(page, '下一步')
  return new URL(page.url()).pathname
}

const next = (page: Page): Promise<void> => page.getByRole('button', { name: '保存，到下一步' }).click()

/** 手机上、不用脚本，网上申请一件；返回那一页、登记号与查询码。 */
async function applyOnPhone(day: string, content: string): Promise<{ page: Page; regNo: string; code: string }> {
  setToday(day)
  const page = await browser.open(app, '/apply', { width: 390, javaScriptEnabled: false })
  await page.getByRole('main').getByRole('link', { name: '示例街道办事处' }).click()
  await page.getByRole('button', { name: '看过说明，开始填写' }).click()
  await page.getByLabel('本人（自然人）').check()
  await next(page)
  await page.getByLabel('姓名').fill('张三丰')
  await page.getByLabel('证件号码').fill('11010519491231002X')
  await page.getByLabel('联系电话').fill('13800001234')
  await next(page)
  await next(page)
  await page.getByLabel('所需政府信息').fill(content)
  await next(page)
  await page.getByLabel('当面领取').check()
  await page.getByLabel('纸质').check()
  await next(page)
  await next(page)
  await page.getByLabel('身份证明').setInputFiles({ name: '身份证.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]) })
  await page.getByRole('button', { name: '保存，到下一步' }).click()
  await page.getByRole('button', { name: '提交申请' }).click()
  await expectText(page, '查询码')
  await noSidewaysScroll(page)
  const [regNo = '', code = ''] = await page.locator('dd strong').allTextContents()
  return { page, regNo, code }
}

/** 申请人某日凭登记号与查询码查询。 */
async function track(day: string, page: Page, { regNo, code }: { regNo: string; code: string }): Promise<void> {
  setToday(day)
  await page.goto('/applications/track')
  await page.getByLabel('登记号').fill(regNo)
  await page.getByLabel('查询码').fill(code)
  await page.getByRole('button', { name: '查询' }).click()
  await expectText(page, '经过')
  await noSidewaysScroll(page)
}

async function caseOf(regNo: string): Promise<string> {
  const { case_id } = await db.selectFrom('application').select('case_id').where('reg_no', '=', regNo).executeTakeFirstOrThrow()
  return `/desk/applications/${case_id}`
}

/** 上传一份答复附件，遮去姓名，生成，由另一人核对。 */
async function attachRedacted(day: string, casePath: string): Promise<void> {
  const page = await onDay(day, 'officer', `${casePath}/documents/new`)
  const bytes = await toPdf({ title: '老旧小区改造合同', creator: '示例', datedOn: '2025-03-01', demo: false, blocks: [{ kind: 'paragraph', spans: ['项目负责人钱明远。'] }, { kind: 'paragraph', spans: ['工期一百二十天，验收合格后付清尾款。'] }] })
  await page.locator('input[type="file"]').setInputFiles({ name: '合同.pdf', mimeType: 'application/pdf', buffer: Buffer.from(bytes) })
  await page.getByRole('button', { name: '上传' }).click()
  await page.getByRole('link', { name: '标记要遮盖的' }).click()
  await page.getByRole('checkbox', { name: /钱明远/ }).check()
  await page.getByLabel('依据').selectOption('PRIVACY')
  await page.getByLabel('理由').fill('项目负责人的姓名，公开会侵害其隐私')
  await page.getByRole('button', { name: '遮盖所选' }).click()
  await page.getByRole('link', { name: '标好了，去生成' }).click()
  await page.getByRole('button', { name: '生成遮盖件' }).click()
  const path = new URL(page.url()).pathname
  await runJobsOnce(url, deps, jobHandlers)
  const second = await onDay(day, 'handler', `${path}/confirm`)
  await second.getByRole('button', { name: '核对无误' }).click()
  await expectText(second, '可以提供给申请人')
}

/** 点一下就下载的，取其字节。 */
async function download(page: Page, name: RegExp): Promise<Uint8Array> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).first().click()])
  const chunks: Buffer[] = []
  for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk))
  return new Uint8Array(Buffer.concat(chunks))
}

const textOf = async (bytes: Uint8Array): Promise<string> => {
  const { view } = await openSource(bytes, 'pdf')
  return view.shape === 'pages' ? view.pages.flatMap((page) => page.words.map((word) => word.text)).join('').replaceAll(/\s/g, '') : ''
}

test('补正、第三方不同意、延期之后部分公开：手机上申请，遮盖的附件与答复书在查询页取到', async () => {
  const citizen = await applyOnPhone('2026-01-12', '老旧小区改造的合同')
  const casePath = await caseOf(citizen.regNo)
  let page = await step('2026-01-12', 'officer', casePath, 'confirm-receipt', { proof: '电话确认' })
  expect(await due(page)).toBe('2026-02-09')

  page = await writeLetter('2026-01-14', casePath, 'L03', { 'fields.items': '没有写明是哪个小区', 'fields.requirements': '写明小区的名称与项目的年份' })
  await expectText(page, '至2026年2月4日止')
  page = await step('2026-01-14', 'officer', casePath, 'ask-supplement', { on: '2026-01-14', items: '写明小区的名称与项目的年份' })
  await expectText(page, '期限暂停')
  await track('2026-01-19', citizen.page, citizen)
  await citizen.page.getByRole('link', { name: '交补正' }).click()
  await citizen.page.getByLabel('补正的内容').fill('示例小区 2025 年的改造合同')
  await citizen.page.getByRole('button', { name: '交补正' }).click()
  await expectText(citizen.page, '交来补正')
  page = await step('2026-01-19', 'officer', casePath, 'receive-supplement', { on: '2026-01-19' })
  expect(await due(page)).toBe('2026-02-14')

  page = await writeLetter('2026-01-20', casePath, 'L06', { recipient: '示例建设公司', 'fields.infoName': '老旧小区改造合同', 'fields.involved': '报价明细', 'fields.interest': 'SECRET' })
  await expectText(page, '由本机关依照')
  expect(await main(page)).not.toContain('张三丰')
  await step('2026-01-20', 'officer', casePath, 'send-consultation', { with: 'THIRD_PARTY', on: '2026-01-20' })
  await step('2026-01-21', 'officer', casePath, 'deliver-consultation')
  page = await step('2026-01-27', 'officer', casePath, 'return-consultation', { reply: 'REFUSE', reasonable: 'yes' })
  expect(await due(page)).toBe('2026-02-28')
  await writeLetter('2026-02-02', casePath, 'L05', { 'fields.reason': '须逐页审查', 'fields.days': '5' })
  page = await step('2026-02-02', 'head', casePath, 'extend', { days: '5', on: '2026-02-02' })
  expect(await due(page)).toBe('2026-03-06')
  await shoot(page, 'whole-examining')

  await attachRedacted('2026-02-03', casePath)
  await step('2026-02-03', 'officer', casePath, 'propose', { outcome: 'PARTIAL' })
  page = await step('2026-02-04', 'head', casePath, 'approve')
  await expectText(page, '示街办公开答〔2026〕1号')
  page = await writeLetter('2026-02-04', casePath, 'L16', { 'fields.provided': '邮寄复制件' })
  for (const words of ['决定部分公开', REVIEW_FIRST]) await expectText(page, words)
  expect(await main(page)).not.toContain('6个月')
  await step('2026-02-05', 'officer', casePath, 'dispatch', { method: 'POST', on: '2026-02-05', carrier: 'EMS 1234567890123' })
  page = await step('2026-02-09', 'officer', casePath, 'serve')
  await expectText(page, '按期答复')
  await expectText(page, '（二）部分公开')

  await track('2026-02-10', citizen.page, citizen)
  for (const words of ['部分公开', '延长答复期限 5 个工作日', '申请行政复议（须先复议）', '至 2026-04-10']) await expectText(citizen.page, words)
  expect(await due(citizen.page)).toBe('2026-03-06')
  await shoot(citizen.page, 'whole-tracked', [390])
  const letter = await textOf(await download(citizen.page, /下载 PDF.*部分公开答复书/))
  for (const words of ['示街办公开答〔2026〕1号', '张三丰', '先向武昌区人民政府申请行政复议']) expect(letter).toContain(words)
  const attachment = await textOf(await download(citizen.page, /^下载答复附件/))
  expect([attachment.includes('工期一百二十天'), attachment.includes('钱明远')]).toEqual([true, false])
}, 240_000)

test('不予公开，救济写得对；申请人提起复议，案件凭文号对得上，计入表四', async () => {
  const casePath = await registerAtDesk('2026-03-02', '尚未审定的征收方案', '420106199001011234')
  await step('2026-03-03', 'officer', casePath, 'propose', { outcome: 'DENY_PROCESS', 'evidence.process': 'DRAFT', 'evidence.reason': '尚未审定，公开可能影响决策' })
  await step('2026-03-04', 'head', casePath, 'approve')
  let page = await writeLetter('2026-03-04', casePath, 'L17')
  for (const words of ['决定不予公开', '第十六条第二款', REVIEW_FIRST]) await expectText(page, words)
  expect(await main(page)).not.toContain('6个月')
  const docNo = /示街办公开答〔2026〕\d+号/.exec((await main(page)) ?? '')?.[0] ?? ''
  await step('2026-03-05', 'officer', casePath, 'dispatch', { method: 'DIRECT', on: '2026-03-05' })
  page = await step('2026-03-05', 'officer', casePath, 'serve')
  await expectText(page, '申请行政复议（须先复议）')
  await expectText(page, '至 2026-05-06（2026-05-04 期满，遇休息日顺延）')

  page = await onDay('2026-04-20', 'officer', '/desk/ledgers/new/reviews')
  const rows = [
    ['案件类型', '案号', '复议机关或法院', '被复议、被诉的文书文号', '不服事由', '审理程序', '收到日期'],
    ['行政复议', '武昌复〔2026〕8号', '武昌区人民政府', docNo, '不服不予公开答复', '普通程序', '2026-04-15'],
  ]
  await page.locator('input[type="file"]').setInputFiles({ name: '复议.csv', mimeType: 'text/csv', buffer: Buffer.from(toCsv(rows)) })
  await page.getByRole('button', { name: '上传并核对' }).click()
  await page.getByRole('button', { name: '导入 1 行' }).click()
  await runJobsOnce(url, deps, jobHandlers)
  await page.goto('/desk/reports/sljd/2026/cells/T4.rv.pending')
  await expectText(page, '武昌复〔2026〕8号')
  await page.getByRole('link', { name: '武昌复〔2026〕8号' }).click()
  await expectText(page, docNo)
  // 凭文号找得到原答复的那一件
  await page.goto(`/desk/applications/closed?q=${encodeURIComponent(docNo)}`)
  await page.locator(`main a[href="${casePath}"]`).first().click()
  await expectText(page, docNo)
}, 120_000)

test('逾期不补正，不再处理：告知书写明送达与期满', async () => {
  const casePath = await registerAtDesk('2026-03-02', '几份文件', '420106199001015678')
  await writeLetter('2026-03-04', casePath, 'L03', { 'fields.items': '没有写明名称', 'fields.requirements': '写明文件的名称或者文号' })
  let page = await step('2026-03-05', 'officer', casePath, 'ask-supplement', { on: '2026-03-05', items: '写明文件的名称或者文号' })
  await expectText(page, '申请人的期限至 2026-03-26')
  expect(await (await onDay('2026-03-26', 'head', casePath)).locator(`main a[href="${casePath}/close"]`).count()).toBe(0)
  page = await step('2026-03-27', 'head', casePath, 'close')
  await expectText(page, '申请人无正当理由逾期不补正、行政机关不再处理')
  page = await writeLetter('2026-03-27', casePath, 'L27')
  for (const words of ['已于2026年3月5日送达', '补正期限至2026年3月26日届满', EITHER]) await expectText(page, words)
}, 120_000)

test('收费：负责人决定，申请人交缴费凭证，缴费之后重新计算，予以公开', async () => {
  const citizen = await applyOnPhone('2026-03-09', '二百五十页的验收材料')
  const casePath = await caseOf(citizen.regNo)
  await step('2026-03-09', 'officer', casePath, 'confirm-receipt', { proof: '电话确认' })
  let page = await writeLetter('2026-03-10', casePath, 'L12', { 'fields.mode': 'PAGES', 'fields.pages': '250', 'fields.payHow': '凭缴款码缴纳' })
  await expectText(page, '合计应缴纳4700元')
  page = await step('2026-03-10', 'head', casePath, 'notice-fee', { mode: 'PAGES', pages: '250', on: '2026-03-10' })
  await expectText(page, '4700.00 元')
  await track('2026-03-16', citizen.page, citizen)
  await expectText(citizen.page, '4700.00 元')
  await shoot(citizen.page, 'whole-fee', [390])
  page = await step('2026-03-16', 'officer', casePath, 'pay-fee', { on: '2026-03-16', ticketNo: '鄂财 0001' })
  expect(await due(page)).toBe('2026-04-14')
  await step('2026-03-18', 'officer', casePath, 'propose', { outcome: 'GRANTED', 'evidence.provided': '当面提供复制件 250 页' })
  await step('2026-03-19', 'head', casePath, 'approve')
  page = await writeLetter('2026-03-19', casePath, 'L15')
  await expectText(page, EITHER)
  await step('2026-03-20', 'officer', casePath, 'dispatch', { method: 'DIRECT', on: '2026-03-20' })
  page = await step('2026-03-20', 'officer', casePath, 'serve')
  await expectText(page, '按期答复')
  await track('2026-03-23', citizen.page, citizen)
  for (const words of ['予以公开', '机关收到信息处理费']) await expectText(citizen.page, words)
}, 180_000)
