import { beforeAll, describe, expect, test } from 'vitest'
import { correctApplication, getApplication } from '../../applications/index.ts'
import { anApplication } from '../../applications/testing.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { runJobsOnce } from '../../platform/jobs.ts'
import { testDb } from '../../platform/testing.ts'
import { verifyAll } from '../../platform/verify.ts'
import { reportVerifiers } from '../index.ts'
import { getReport } from '../store.ts'
import { getFiling } from './filing-store.ts'
import { filingJobs } from './jobs.ts'
import { NARRATIVE_FIELDS as narrative, aDesk } from './testing-desk.ts'
import { aFiledReport, anAcceptedReport } from './testing.ts'

const { db, deps, url, setToday } = testDb()
const desk = aDesk(deps)
const { get, post } = desk
const report = '/desk/reports/sljd/2025'
const filing = '/desk/filings/sljd/2025'
let bodyId = ''
let caseId = ''

const stateOf = async () => (await getReport(db, bodyId, 2025)).state
const versionOf = async () => String((await getReport(db, bodyId, 2025)).version)
const filingOf = async () => getFiling(db, bodyId, 2025)
const pageOf = async (path: string, who: string | null) => (await get(path, who)).text()
const noticesOf = async (who: string) => (await db.selectFrom('notice').select('title').where('account_id', '=', desk.people.get(who)!.accountId).where('read_at', 'is', null).orderBy('notice_id').execute()).map((row) => row.title)

beforeAll(async () => {
  setToday('2026-01-05')
  await aDistrict(deps)
  const office = await aBody(deps, { code: 'qzfb', name: '示例区人民政府办公室', kind: 'district-office', sort: 1 })
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示', sort: 2 })).bodyId
  for (const [name, roles] of [['officer', ['disclosure-officer']], ['head', ['disclosure-head']], ['secrecy', ['secrecy-reviewer']], ['leader', ['leader']], ['publisher', ['publisher']]] as const) await desk.hire(name, bodyId, roles)
  for (const name of ['office', 'second']) await desk.hire(name, office.bodyId, ['district-office'])
  caseId = await anApplication(deps, bodyId, { regNo: '示公开申〔2025〕1号', receivedOn: '2025-03-03', decidedOn: '2025-03-20', outcome: 'GRANTED' })
})

/** 起草之后，由校核办到签发；提醒逐条说明。 */
async function carryToSigned(): Promise<void> {
  const page = await pageOf(`${report}/findings`, 'officer')
  for (const [, key = ''] of page.matchAll(/name="finding" value="([0-9a-f]+)"/g)) await post(`${report}/waive`, 'officer', { finding: key, [`reason-${key}`]: '已与台账原件核对无误' })
  await post(`${report}/check`, 'officer')
  await post(`${report}/review`, 'secrecy', { result: 'pass', version: await versionOf() })
  await post(`${report}/sign`, 'leader', { version: await versionOf() })
  expect((await stateOf()).status).toBe('signed')
}

describe('一份报告的收集：报来、退回、改记录、再报、受理、锁定', () => {
  test('开始收集：应报的列入名单，各机关收到通知；再按一次不重复', async () => {
    expect((await post('/desk/filings/2025/open', 'officer')).status).toBe(403)
    expect(await pageOf('/desk', 'office')).toContain('开始收集 2025 年度报告')
    const asked = await pageOf('/desk/filings/2025/open', 'office')
    for (const words of ['通知 2 家机关报送 2025 年度报告', '示例街道办事处', '法定期限 2026-01-31']) expect(asked).toContain(words)
    expect(asked).not.toContain('还没有完')
    expect(await pageOf('/desk/filings/2026/open', 'office')).toContain('2026 年度还没有完')
    // 没有过问的不办，谁也不告诉
    expect((await post('/desk/filings/2026/open', 'office')).headers.get('location')).toBe('/desk/filings/2026/open')
    expect((await post('/desk/filings/2025/open', 'office', { asked: 'yes' })).status).toBe(303)
    await post('/desk/filings/2025/open', 'office', { asked: 'yes' })
    await runJobsOnce(url, deps, filingJobs)
    expect(await noticesOf('officer')).toEqual(['请报送 2025 年度报告'])
    expect(await pageOf('/desk', 'office')).toContain('2025 年度报告还有 2 家没有报来')
    const page = await pageOf('/desk/filings/2025', 'office')
    expect(page).toContain('应报 2 家：报来 0 家，受理 0 家')
    expect(page).toContain('示例街道办事处')
  })

  test('分派：由谁审核；不是主管部门的人不收', async () => {
    const second = desk.people.get('second')!.accountId
    expect((await post('/desk/filings/2025/assign', 'office', { scope: 'street', reviewer: desk.people.get('officer')!.accountId })).status).toBe(422)
    expect((await post('/desk/filings/2025/assign', 'office', { scope: 'chosen', reviewer: second })).status).toBe(422)
    await post('/desk/filings/2025/assign', 'office', { scope: 'street', reviewer: second })
    expect((await filingOf()).state.reviewer).toBe(second)
  })

  test('签发之前不能报；报来即成第一次报送，审核的人收到通知', async () => {
    await post(`${report}/open`, 'officer')
    await post(`${report}/freeze`, 'officer')
    await post(`${report}/narrative`, 'officer', { ...narrative, version: await versionOf() })
    await post(`${report}/file`, 'officer')
    expect((await filingOf()).state.status).toBe('none')
    await carryToSigned()
    expect((await post(`${report}/file`, 'officer')).status).toBe(303)
    expect((await filingOf()).state).toMatchObject({ status: 'filed', round: 1, source: 'system', edition: 1, filedOn: '2026-01-05' })
    expect(await noticesOf('second')).toEqual(['示例街道办事处报来 2025 年度报告'])
    expect(await noticesOf('office')).toEqual([])
    expect(await noticesOf('officer')).toEqual([])
    expect(await pageOf('/desk', 'second')).toContain('审核 2025 年度报告 1 份')
    // 链到的只是没有指定审核人的，和指定由自己审核的
    const mine = (who: string) => `/desk/filings/2025?status=filed&reviewer=open-${desk.people.get(who)!.accountId}`
    expect(await pageOf('/desk', 'second')).toContain(mine('second').replace('&', '&amp;'))
    expect(await pageOf(mine('second'), 'second')).toContain(report.replace('/reports/', '/filings/').replace(/\/2025$/, ''))
    expect(await pageOf(mine('office'), 'second')).toContain('没有')
  })

  test('退回：标出的格与句都要写意见；写了，机关收到，报告回到起草，说明照留', async () => {
    setToday('2026-01-08')
    const waivers = (await stateOf()).waivers.length
    const pick = await pageOf(`${filing}/return`, 'second')
    expect(pick).toContain('name="mark" value="R3.1.N"')
    const sentence = /id="mark-(\d+\.\d+)"[^>]*><label[^>]*>落实先审查/.exec(pick)?.[1] ?? ''
    expect(sentence).not.toBe('')
    const write = await pageOf(`${filing}/return?step=write&mark=R3.1.N&mark=${sentence}&mark=R9.9.Z`, 'second')
    expect(write).toContain('（一）予以公开')
    expect(write).not.toContain('remark.R9.9.Z')
    const version = String((await filingOf()).version)
    const marks = `R3.1.N ${sentence}`
    const half = await post(`${filing}/return`, 'second', { version, round: '1', marks, 'remark.R3.1.N': '示公开申〔2025〕1号应为部分公开，请核', words: '' })
    expect(half.status).toBe(422)
    expect(await half.text()).toContain('请写明这里有什么问题')
    expect((await post(`${filing}/return`, 'officer', { version, round: '1', marks: '', words: '请核对各格' })).status).toBe(403)
    expect((await post(`${filing}/return`, 'second', { version: '1', round: '1', marks: '', words: '请核对各格' })).status).toBe(409)
    const done = await post(`${filing}/return`, 'second', { version, round: '1', marks, 'remark.R3.1.N': '示公开申〔2025〕1号应为部分公开，请核', [`remark.${sentence}`]: '写明核对的日期', words: '改后尽快再报' })
    expect(done.status).toBe(303)
    expect((await filingOf()).state).toMatchObject({ status: 'returned', returnedOn: '2026-01-08' })
    const { state } = { state: await stateOf() }
    expect(state).toMatchObject({ status: 'drafting', filedOn: null, edition: 1 })
    expect(state.waivers).toHaveLength(waivers)
    expect(await noticesOf('officer')).toEqual(['2025 年度报告退回修改，标出 2 处'])
    const page = await pageOf(report, 'officer')
    expect(page).toContain('区政务公开办的退回意见（第 1 次报送）')
    expect(page).toContain('示公开申〔2025〕1号应为部分公开，请核')
    expect(page).toContain(`href="${report}/cells/R3.1.N"`)
    expect(page).toMatch(/class="center bad"[^>]*><a href="\/desk\/reports\/sljd\/2025\/cells\/R3\.1\.N"/)
    const toDos = await pageOf('/desk', 'officer')
    expect(toDos).toContain('2025 年度报告退回修改')
    // 一件事只列一条
    expect(toDos).not.toContain('改好正文，提交校核')
    expect(await pageOf('/annual-reports/filings/2025', null)).toContain('审核中')
  })

  test('改的是记录：更正申请、重新冻结，再报为第二次，附答复与前后的不同', async () => {
    const { version } = await getApplication(db, bodyId, caseId)
    const changed = await correctApplication(deps, desk.people.get('officer')!, { bodyId, caseId, version, values: { applicantKind: 'B' }, reason: '登记时选错了申请人类型' })
    expect(changed).toMatchObject({ ok: true })
    await post(`${report}/freeze`, 'officer')
    await carryToSigned()
    expect(await pageOf(`${report}/file`, 'officer')).toContain('对退回意见的答复')
    // 签发之后台账又改过的报不出去：校核在报送之时重做
    await anApplication(deps, bodyId, { receivedOn: '2025-06-03', decidedOn: '2025-06-20', outcome: 'GRANTED' })
    await post(`${report}/file`, 'officer', { reply: '已更正' })
    expect((await filingOf()).state.status).toBe('returned')
    await post(`${report}/return`, 'head', { reason: '台账有补登，重新取数', version: await versionOf() })
    await post(`${report}/freeze`, 'officer')
    await carryToSigned()
    await post(`${report}/file`, 'officer', { reply: '已照卷宗更正申请人类型' })
    expect((await filingOf()).state).toMatchObject({ status: 'filed', round: 2, filedOn: '2026-01-05', lastFiledOn: '2026-01-08' })
    const page = await pageOf(filing, 'second')
    expect(page).toContain('与第 1 次报送相比')
    expect(page).toContain('已照卷宗更正申请人类型')
    expect(page).toMatch(/三、（三）|（一）予以公开 · 商业企业/)
    expect((await post(`${report}/file`, 'officer')).status).toBe(303)
    expect((await filingOf()).state.round).toBe(2)
  })

  test('受理、锁定、解锁；没有受理的写出名字，锁定的不收再报', async () => {
    setToday('2026-01-12')
    const version = async () => String((await filingOf()).version)
    await post(`${filing}/accept`, 'second', { version: await version(), round: '1', words: '' })
    expect((await filingOf()).state.status).toBe('filed')
    await post(`${filing}/accept`, 'second', { version: await version(), round: '2', words: '无意见' })
    expect((await filingOf()).state).toMatchObject({ status: 'accepted', acceptedOn: '2026-01-12' })
    await post(`${report}/publish`, 'publisher')
    const lock = await pageOf('/desk/filings/2025/lock', 'office')
    expect(lock).toContain('还有 1 家没有受理')
    expect(lock).toContain('示例区人民政府办公室')
    await post('/desk/filings/2025/lock', 'office')
    expect((await filingOf()).state.status).toBe('locked')
    await post(`${filing}/accept`, 'second', { version: await version(), round: '2', words: '' })
    expect((await filingOf()).state.status).toBe('locked')
    expect((await post(`${filing}/unlock`, 'office', { version: await version(), words: '短' })).status).toBe(422)
    await post(`${filing}/unlock`, 'office', { version: await version(), words: '机关要报更正版' })
    expect((await filingOf()).state.status).toBe('accepted')
    const register = await pageOf('/annual-reports/filings/2025', null)
    expect(register).toContain('href="/bodies/sljd/annual-reports/2025"')
    expect(register).not.toContain('second（演示）')
  })

  test('已公布的被退回：报告不动，由机关另起更正版；说明照留；更正版再报为第三次', async () => {
    const version = String((await filingOf()).version)
    await post(`${filing}/return`, 'office', { version, round: '2', marks: '', words: '请写明核对指南的日期' })
    expect((await filingOf()).state.status).toBe('returned')
    expect((await stateOf()).status).toBe('released')
    expect(await pageOf(report, 'head')).toContain('另起更正版改正')
    const waivers = (await stateOf()).waivers.length
    await post(`${report}/correct`, 'head', { reason: '写明核对指南与目录的日期', version: await versionOf() })
    expect(await stateOf()).toMatchObject({ status: 'drafting', edition: 2 })
    expect((await stateOf()).waivers).toHaveLength(waivers)
    await post(`${report}/narrative`, 'officer', { ...narrative, 'overview.management': '落实先审查、后公开，公文起草时一并确定公开属性，6月、12月各核对指南与目录一次。', version: await versionOf() })
    await carryToSigned()
    await post(`${report}/file`, 'officer', { reply: '已写明' })
    expect((await filingOf()).state).toMatchObject({ status: 'filed', round: 3, edition: 2 })
    await post(`${filing}/accept`, 'second', { version: String((await filingOf()).version), round: '3', words: '' })
  })

  test('经过完整：三次报送都读得到，各有摘要、何日、何人；verify 相符，改了内容就查得出', async () => {
    const { history } = await filingOf()
    expect(history.map(({ event }) => event.kind)).toEqual(['expected', 'assigned', 'filed', 'returned', 'filed', 'accepted', 'locked', 'unlocked', 'returned', 'filed', 'accepted'])
    const page = await pageOf(filing, 'officer')
    for (const word of ['第 1 次报送', '退回第 1 次报送，标出 2 处', '第 2 次报送', '受理第 2 次报送', '锁定', '解锁', '第 3 次报送', 'officer（演示）', 'second（演示）']) expect(page).toContain(word)
    for (const [round, cell] of [['1', 'R1.N'], ['2', 'R1.B'], ['3', 'R1.B']] as const) {
      const kept = await db.selectFrom('filing_round').select(['cells', 'content_hash']).where('body_id', '=', bodyId).where('round', '=', Number(round)).executeTakeFirstOrThrow()
      expect(kept.cells[cell]).toBe(1)
      expect(await pageOf(`${filing}/rounds/${round}`, 'officer')).toContain(kept.content_hash)
    }
    expect((await get(`${filing}/rounds/9`, 'officer')).status).toBe(404)
    expect((await verifyAll(deps, reportVerifiers)).flatMap((one) => one.problems)).toEqual([])
    await db.updateTable('filing_round').set({ cells: JSON.stringify({ 'R1.N': 9 }) }).where('body_id', '=', bodyId).where('round', '=', 1).execute()
    expect((await verifyAll(deps, reportVerifiers)).flatMap((one) => one.problems).map(({ message }) => message)).toEqual(['数或正文与签发的那一版不符'])
  })
})

test('收集启用以前报送的，收进来作为第一次报送，报送之日照旧，不惊动谁；再跑不重复', async () => {
  const { filingId } = await filingOf()
  await db.deleteFrom('filing_round').where('body_id', '=', bodyId).execute()
  await db.deleteFrom('filing').where('body_id', '=', bodyId).execute()
  await db.deleteFrom('timeline_event').where('body_id', '=', bodyId).where('case_id', '=', filingId).execute()
  const before = await noticesOf('second')
  for (let run = 0; run < 2; run++) await filingJobs['filings.remind']!(deps, {})
  const { state } = await filingOf()
  expect(state).toMatchObject({ status: 'filed', round: 1, source: 'system', edition: 2, filedOn: '2026-01-12', filer: 'system:adopt' })
  expect(await noticesOf('second')).toEqual(before)
  expect((await verifyAll(deps, reportVerifiers)).flatMap((one) => one.problems)).toEqual([])
})

test('免报要写理由，登记簿上公开；依法应报的不能加报；撤销之后照旧', async () => {
  const base = '/desk/filings/qzfb/2024'
  const version = async () => {
    const row = await db.selectFrom('filing').select('version').where('year', '=', 2024).where('body_id', '!=', bodyId).executeTakeFirst()
    return String(row?.version ?? 0)
  }
  expect((await post(`${base}/exempt`, 'office', { version: '0', words: '' })).status).toBe(422)
  await post(`${base}/exempt`, 'office', { version: '0', words: '当年筹建，没有对外履职' })
  expect(await pageOf('/desk/filings/2024/others', 'office')).toContain('免报：当年筹建，没有对外履职')
  const never = await pageOf('/annual-reports/filings/2018', null)
  expect(never).toContain('没有登记，不等于没有报')
  expect(never).not.toContain('逾期未报')
  const register = await pageOf('/annual-reports/filings/2024', null)
  expect(register).toContain('免报：当年筹建，没有对外履职')
  expect(register).toContain('应报 1 家')
  await post(`${base}/restore`, 'office', { version: await version(), words: '补报当年的报告' })
  await post(`${base}/add`, 'office', { version: await version(), words: '请报当年的报告' })
  const row = await db.selectFrom('filing').select(['exception', 'version']).where('year', '=', 2024).executeTakeFirstOrThrow()
  expect(row).toEqual({ exception: null, version: 3 })
})

test('催报只催没有报的，同一日不重复通知；提醒按期限，逾期报机关领导；受理过的上年报告供衔接', async () => {
  const other = await aBody(deps, { code: 'slju', name: '示例区某局', sort: 3 })
  await desk.hire('clerk', other.bodyId, ['disclosure-officer'])
  await desk.hire('chief', other.bodyId, ['leader'])
  await anAcceptedReport(deps, { bodyId: other.bodyId, year: 2024, cells: { 'R1.N': 2, 'R3.1.N': 1, 'R4.N': 1 } })
  const sweep = async (day: string) => {
    setToday(day)
    await filingJobs['filings.remind']!(deps, {})
  }
  await sweep('2026-01-10')
  expect(await noticesOf('clerk')).toEqual([])
  await sweep('2026-01-12')
  await sweep('2026-01-13')
  expect(await noticesOf('clerk')).toEqual(['2025 年度报告还有 19 天到期'])
  for (const day of ['2026-01-21', '2026-01-30', '2026-01-31', '2026-02-01', '2026-02-02']) await sweep(day)
  expect(await noticesOf('clerk')).toEqual(['2025 年度报告还有 19 天到期', '2025 年度报告还有 10 天到期', '2025 年度报告还有 1 天到期', '2025 年度报告逾期 1 天没有报送', '2025 年度报告逾期 2 天没有报送'])
  expect(await noticesOf('chief')).toEqual(['2025 年度报告逾期 1 天没有报送', '2025 年度报告逾期 2 天没有报送'])
  await post('/desk/filings/2025/remind', 'office')
  await post('/desk/filings/2025/remind', 'office')
  await runJobsOnce(url, deps, filingJobs)
  expect((await noticesOf('clerk')).filter((title) => title.startsWith('催报'))).toHaveLength(1)
  const page = await pageOf('/desk/filings/2025?status=missing', 'office')
  expect(page).toContain('示例区某局')
  expect(page).not.toContain('href="/desk/filings/sljd/2025"')
  expect(await pageOf('/annual-reports/filings/2025', null)).toContain('逾期未报')
  const { findPrevious } = await import('../own-check/previous.ts')
  expect((await findPrevious(db, other.bodyId, 2024))?.read.cells).toMatchObject({ 'R4.N': 1, 'R4.T': 1 })
})

test('成批受理：只列归本人审核、没有错误的；看过之后又报的不受理；机关收到通知', async () => {
  setToday('2026-02-03')
  const [own, others] = [await aBody(deps, { code: 'slbi', name: '示例区乙局', sort: 5 }), await aBody(deps, { code: 'slbj', name: '示例区丙局', sort: 6 })]
  await desk.hire('yi', own.bodyId, ['disclosure-officer'])
  for (const { bodyId: one } of [own, others]) await aFiledReport(deps, { bodyId: one, year: 2024 })
  const second = desk.people.get('second')!.accountId
  await post('/desk/filings/2024/assign', 'office', { scope: 'chosen', body: others.bodyId, reviewer: second })
  const page = await pageOf('/desk/filings/2024/accept', 'office')
  expect(page).toContain(`value="${own.bodyId}/1"`)
  expect(page).not.toContain(others.bodyId)
  const statusOf = async (one: string) => (await getFiling(db, one, 2024)).state.status
  expect((await post('/desk/filings/2024/accept', 'yi', { filing: `${own.bodyId}/1` })).status).toBe(403)
  expect((await post('/desk/filings/2024/accept', 'office')).status).toBe(422)
  for (const value of [`${own.bodyId}/2`, `${others.bodyId}/1`]) await post('/desk/filings/2024/accept', 'office', { filing: value })
  expect([await statusOf(own.bodyId), await statusOf(others.bodyId)]).toEqual(['filed', 'filed'])
  await post('/desk/filings/2024/accept', 'office', { filing: `${own.bodyId}/1` })
  await runJobsOnce(url, deps, filingJobs)
  expect([await statusOf(own.bodyId), await statusOf(others.bodyId)]).toEqual(['accepted', 'filed'])
  expect(await noticesOf('yi')).toContain('2024 年度报告已受理')
})
