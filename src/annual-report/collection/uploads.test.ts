import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mergeBodies } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { anApplication } from '../../applications/testing.ts'
import { aLitigation } from '../../reviews/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { cellsOf, type Cells } from '../../statute/report-form.ts'
import { completeCells } from '../../statute/report-totals.ts'
import { countSnapshot } from '../tally/count-snapshot.ts'
import { findPrevious } from '../own-check/previous.ts'
import { closeReader } from '../reading/index.ts'
import { getFiling } from './filing-store.ts'
import { listAcceptedReports } from './filings.ts'
import { aDesk, aReportFile } from './testing-desk.ts'
import { anAcceptedReport } from './testing.ts'

const { db, deps, setToday } = testDb()
const desk = aDesk(deps)
const { get, post, upload } = desk
const ids: Record<string, string> = {}
const idOf = (code: string): string => ids[code] ?? ''

// 领域参考第 10 节的样表
const SAMPLE: Readonly<Record<string, readonly number[]>> = {
  R1: [12, 3, 1, 0, 2, 0], R2: [1, 1, 0, 0, 0, 0], 'R3.1': [4, 1, 0, 0, 1, 0], 'R3.2': [1, 1, 0, 0, 0, 0], 'R3.3.4': [1, 0, 0, 0, 0, 0], 'R3.3.5': [1, 0, 0, 0, 0, 0],
  'R3.3.6': [1, 1, 0, 0, 0, 0], 'R3.4.1': [2, 0, 1, 0, 0, 0], 'R3.5.1': [1, 0, 0, 0, 0, 0], 'R3.6.1': [1, 0, 0, 0, 0, 0], 'R3.6.3': [0, 0, 0, 0, 1, 0], R4: [1, 1, 0, 0, 0, 0],
}
const sample = (change: Readonly<Record<string, number | null>> = {}): Cells => {
  const counted = Object.fromEntries(Object.entries(SAMPLE).flatMap(([row, values]) => values.map((value, at) => [`${row}.${'NBRPLO'[at]}`, value])))
  const cells = completeCells('2021', counted)
  return Object.fromEntries(cellsOf('2021').map((code) => [code, code in change ? (change[code] ?? null) : (cells[code] ?? 0)]))
}

beforeAll(async () => {
  setToday('2026-01-12')
  await aDistrict(deps)
  const office = await aBody(deps, { code: 'qzfb', name: '示例区人民政府办公室', kind: 'district-office' })
  await desk.hire('office', office.bodyId, ['district-office'])
  for (const code of ['jia', 'yi', 'bing', 'ding']) {
    ids[code] = (await aBody(deps, { code: `ju-${code}`, name: `示例区${code}局` })).bodyId
    await desk.hire(code, idOf(code), ['disclosure-officer'])
  }
})
afterAll(closeReader)

const baseOf = (code: string, year = 2025): string => `/desk/filings/ju-${code}/${year}`
const statusOf = async (code: string, year = 2025) => (await getFiling(db, idOf(code), year).catch(() => null))?.state.status ?? 'none'
const fileOf = (code: string, cells: Cells, name = `示例区${code}局`) => aReportFile({ bodyName: name, year: 2025, cells })

/** 上传，照所读的逐格核对（另给的换上），到校核页。返回校核页与上传的地址。 */
async function check(code: string, bytes: Uint8Array | string, typed: Readonly<Record<string, string>> = {}, name = 'report.json'): Promise<{ path: string; page: string }> {
  const sent = await upload(`${baseOf(code)}/upload`, code, { name, bytes })
  expect(sent.status).toBe(303)
  const path = sent.headers.get('location') ?? ''
  const readBack = await (await get(path, code)).text()
  const fields: Record<string, string> = {}
  for (const [tag] of readBack.matchAll(/<input id="cell-[^>]+>/g)) {
    const cell = /name="cell\.([^"]+)"/.exec(tag)?.[1] ?? ''
    fields[`cell.${cell}`] = typed[cell] ?? /value="([^"]*)"/.exec(tag)?.[1] ?? ''
  }
  expect(Object.keys(fields)).toHaveLength(200)
  expect((await post(path, code, fields)).status).toBe(303)
  return { path, page: await (await get(`${path}/check`, code)).text() }
}

const rulesOn = (page: string, severity: '错误' | '提醒' | '信息'): string[] => [...new Set([...page.matchAll(new RegExp(`${severity} ([A-Z]+-?[A-Z]*\\d+)`, 'g'))].map(([, rule = '']) => rule))].toSorted()

/** 校核页上逐条说明，报送。 */
async function file(code: string, { path, page }: { path: string; page: string }, reply = ''): Promise<Response> {
  const fields = Object.fromEntries([...page.matchAll(/name="(reason-[0-9a-f]+)"/g)].map(([, name = '']) => [name, '已与原件核对无误']))
  return post(`${path}/file`, code, { ...fields, reply })
}

test('G51：样表逐格核对，校核没有勾稽错误，报送，受理', async () => {
  const at = await check('jia', await fileOf('jia', sample()))
  expect(rulesOn(at.page, '错误')).toEqual([])
  expect((await file('jia', at)).status).toBe(303)
  expect(await statusOf('jia')).toBe('filed')
  // 上传报送了的不必再编，只等公布
  const toDos = await (await get('/desk', 'jia')).text()
  expect(toDos).not.toContain('开始编制 2025 年度报告')
  expect(toDos).toContain('公布 2025 年度报告，并补记网址')
  expect((await get(at.path, 'jia')).status).toBe(404)
  await post(`${baseOf('jia')}/accept`, 'office', { version: String((await getFiling(db, idOf('jia'), 2025)).version), round: '1', words: '' })
  const [accepted] = await listAcceptedReports(db, 2025)
  expect(accepted).toMatchObject({ bodyCode: 'ju-jia', source: 'upload' })
  expect(accepted?.cells).toMatchObject({ 'R1.T': 18, 'R3.7.T': 18, 'R4.T': 2 })
  expect(accepted?.lines.some((line) => line.text.includes('落实先审查'))).toBe(true)
  const original = await get(`${baseOf('jia')}/rounds/1/file`, 'office')
  expect(original.headers.get('content-type')).toBe('application/octet-stream')
  expect(Buffer.from(await original.arrayBuffer()).equals(Buffer.from(await fileOf('jia', sample())))).toBe(true)
})

test('G52：改一格的报不出去；准许带错之后报得出，错误照样列出，只管一次', async () => {
  const at = await check('yi', await fileOf('yi', sample({ 'R3.1.N': 5 })))
  expect(rulesOn(at.page, '错误')).toEqual(expect.arrayContaining(['K2', 'K3']))
  expect((await file('yi', at)).status).toBe(422)
  expect(await statusOf('yi')).toBe('none')
  const again = await check('yi', await fileOf('yi', sample({ 'R3.1.N': 5, 'R3.1.T': 7 })))
  expect(rulesOn(again.page, '错误')).toEqual(expect.arrayContaining(['K2']))
  expect(rulesOn(again.page, '错误')).not.toContain('K3')
  await post(`${baseOf('yi')}/allow`, 'office', { version: '0', words: '原件已公布，待更正' })
  const allowed = { path: again.path, page: await (await get(`${again.path}/check`, 'yi')).text() }
  expect((await file('yi', allowed)).status).toBe(303)
  const { state } = await getFiling(db, idOf('yi'), 2025)
  expect(state).toMatchObject({ status: 'filed', errorsAllowed: null })
  expect(await (await get(baseOf('yi'), 'office')).text()).toContain('错误 K2')
})

test('空着的格须照原件填写，填错的说在哪里；填写的标明', async () => {
  const bytes = await fileOf('bing', sample({ 'R1.N': null, 'T4.rv.total': null }))
  const sent = await upload(`${baseOf('bing')}/upload`, 'bing', { name: 'report.json', bytes })
  const path = sent.headers.get('location') ?? ''
  expect(await (await get(path, 'bing')).text()).toContain('有 2 格空着或认不出')
  const fields = Object.fromEntries(Object.entries(sample()).map(([code, value]) => [`cell.${code}`, String(value)]))
  const wrong = await post(path, 'bing', { ...fields, 'cell.R1.N': '', 'cell.T4.rv.total': '1.5' })
  expect(wrong.status).toBe(422)
  const page = await wrong.text()
  expect(page).toContain('有 2 格要填或改正')
  expect(page).toContain('应为 0 或正整数')
  expect(page).toContain('value="1.5"')
  // 没有核对过的不能报
  expect((await post(`${path}/file`, 'bing')).status).toBe(303)
  expect(await statusOf('bing')).toBe('none')
  await post(`${path}/discard`, 'bing')
  const at = await check('bing', bytes, { 'R1.N': '12', 'T4.rv.total': '0' })
  await file('bing', at)
  const view = await (await get(baseOf('bing'), 'office')).text()
  expect(view).toContain('12*')
  expect(view).toContain('带 * 的 2 格')
})

test('年度不符、读不出的说在栏旁；名称不符的须说明；别的机关的上传看不到', async () => {
  const wrongYear = await upload(`${baseOf('ding')}/upload`, 'ding', { name: 'a.json', bytes: await aReportFile({ bodyName: '示例区ding局', year: 2024, cells: sample() }) })
  expect(wrongYear.status).toBe(422)
  expect(await wrongYear.text()).toContain('文件是 2024 年的报告，应为 2025 年')
  expect((await upload(`${baseOf('ding')}/upload`, 'ding', { name: 'a.pdf', bytes: '%PDF-1.7 坏的' })).status).toBe(422)
  expect((await upload(`${baseOf('ding')}/upload`, 'office', { name: 'a.json', bytes: '{}' })).status).toBe(403)
  const at = await check('ding', await fileOf('ding', sample(), '某某局'))
  expect(at.page).toContain('文件上的机关名称是「某某局」')
  expect((await post(`${at.path}/file`, 'ding')).status).toBe(422)
  expect((await get(at.path, 'jia')).status).toBe(403)
  expect((await get(at.path.replace('ju-ding', 'ju-jia'), 'jia')).status).toBe(404)
  await post(`${at.path}/discard`, 'ding')
})

test('G53、G55：与上年受理的报送衔接；G58：区级部门没有规章', async () => {
  await anAcceptedReport(deps, { bodyId: idOf('ding'), year: 2024, cells: { 'R1.B': 1, 'R4.B': 1, 'T2.norm.valid': 3 } })
  const cells = { ...sample({ 'R2.B': 0, 'T2.norm.made': 1, 'T2.norm.repealed': 2, 'T2.norm.valid': 3, 'T2.reg.made': 1 }) }
  const at = await check('ding', await fileOf('ding', cells))
  expect(rulesOn(at.page, '错误')).toEqual(expect.arrayContaining(['K4', 'K15']))
  expect(at.page).toContain('上年有效 3＋制发 1－废止 2＝2')
  await post(`${at.path}/discard`, 'ding')
})

test('G54：本单位 2024 年报告的全文报送，校核所得即领域参考所列', async () => {
  ids['csyxglzx'] = (await aBody(deps, { code: 'ju-csyxglzx', name: '武昌区城市运行管理中心', kind: 'authorized-org' })).bodyId
  await desk.hire('csyxglzx', idOf('csyxglzx'), ['disclosure-officer'])
  const base = '/desk/filings/ju-csyxglzx/2024'
  const sent = await upload(`${base}/upload`, 'csyxglzx', { name: 'wuchang-2024.txt', bytes: readFileSync(new URL('../reading/fixtures/wuchang-2024.txt', import.meta.url)) })
  expect(sent.status).toBe(303)
  const path = sent.headers.get('location') ?? ''
  await post(path, 'csyxglzx', Object.fromEntries(cellsOf('2021').map((code) => [`cell.${code}`, '0'])))
  const page = await (await get(`${path}/check`, 'csyxglzx')).text()
  expect(rulesOn(page, '错误')).toEqual(['AR-H01', 'AR-H02', 'AR-H03'])
  expect(rulesOn(page, '提醒')).toEqual(expect.arrayContaining(['AR-N01', 'AR-S01', 'AR-S02', 'AR-W01']))
  // 表格的读法由逐格核对定了，只作信息
  expect(rulesOn(page, '信息')).toEqual(expect.arrayContaining(['AR-T01', 'AR-T02']))
  for (const rule of ['K1', 'K2', 'K3', 'K8', 'K11', 'K12', 'K16']) expect(page).not.toMatch(new RegExp(`(错误|提醒) ${rule}<`))
  expect((await file('csyxglzx', { path, page })).status).toBe(422)
})

test('G57 与并入：部分公开只计一行；前身的台账与上年承接的数由后继一并报', async () => {
  for (const code of ['qian', 'hou']) ids[code] = (await aBody(deps, { code: `ju-${code}`, name: `示例区${code}局` })).bodyId
  await anApplication(deps, idOf('qian'), { receivedOn: '2025-03-03', decidedOn: '2025-03-20', outcome: 'PARTIAL' })
  await anApplication(deps, idOf('qian'), { receivedOn: '2024-12-03', decidedOn: '2025-01-20', outcome: 'GRANTED' })
  await anApplication(deps, idOf('hou'), { receivedOn: '2025-04-03', applicantKind: 'B' })
  await anAcceptedReport(deps, { bodyId: idOf('qian'), year: 2024, cells: { 'R1.N': 1, 'R4.N': 1, 'T2.norm.valid': 2 } })
  await anAcceptedReport(deps, { bodyId: idOf('hou'), year: 2024, cells: { 'R1.B': 2, 'R3.1.B': 2, 'T2.norm.valid': 1 } })
  await mergeBodies(deps, { kind: 'system', name: 'seed' }, { from: [idOf('qian')], into: idOf('hou'), on: '2025-06-01', basis: '机构改革方案' })
  const { cells } = await countSnapshot(db, idOf('hou'), 2025, '2026-01-12')
  expect(cells).toMatchObject({ 'R1.N': 1, 'R1.B': 1, 'R2.N': 1, 'R3.2.N': 1, 'R3.3.4.N': 0, 'R3.1.N': 1, 'R3.7.T': 2, 'R4.B': 1, 'R4.T': 1 })
  const previous = await findPrevious(db, idOf('hou'), 2024)
  expect(previous?.read.cells).toMatchObject({ 'R4.N': 1, 'R4.T': 1, 'T2.norm.valid': 3, 'R1.B': 2 })
  expect(previous?.explanation).toEqual(['上年承接的数含 2025-06-01 并入的示例区qian局的：结转的申请 1 件，有效的规范性文件 2 件，尚未审结的复议 0 件'])
  await desk.hire('hou', idOf('hou'), ['disclosure-officer'])
  expect(await (await get('/desk/reports/ju-hou/2025/cells/R3.2.N', 'hou')).text()).toContain('这一格含 2025-06-01 并入的示例区qian局的台账')
  // 并入之前的年度，各是各的
  expect((await countSnapshot(db, idOf('hou'), 2024, '2026-01-12')).cells['R1.N']).toBe(0)
})

test('G59：复议机关作共同被告的同一案，报来的报告里原行为主体计一件，复议机关不计，全区仍是一件', async () => {
  const suit = { afterReview: true, caseNo: '（2025）示例行初59号', receivedOn: '2025-03-02' } as const
  for (const [code, role] of [['yuan', 'original'], ['fuyi', 'review-organ']] as const) {
    ids[code] = (await aBody(deps, { code: `ju-${code}`, name: `示例区${code}局` })).bodyId
    await desk.hire(code, idOf(code), ['disclosure-officer'])
    await aLitigation(db, idOf(code), { facts: { ...suit, role } })
    const { cells } = await countSnapshot(db, idOf(code), 2025, '2026-01-12')
    expect((await file(code, await check(code, await fileOf(code, cells)))).status).toBe(303)
    await post(`${baseOf(code)}/accept`, 'office', { version: String((await getFiling(db, idOf(code), 2025)).version), round: '1', words: '' })
  }
  const accepted = new Map((await listAcceptedReports(db, 2025)).map((one) => [one.bodyCode, one.cells['T4.la.total']]))
  expect([accepted.get('ju-yuan'), accepted.get('ju-fuyi')]).toEqual([1, 0])
  expect(await (await get('/desk/roll-up/2025/cells/T4.la.total', 'office')).text()).toMatch(/due-on">1</)
})
