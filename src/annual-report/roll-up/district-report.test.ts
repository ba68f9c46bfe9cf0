import { createHash } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { anApplication } from '../../applications/testing.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import type { Body, BodyKind } from '../../bodies/index.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import type { Role, SignedInActor } from '../../identity/index.ts'
import { runJobsOnce } from '../../platform/jobs.ts'
import { saveKeyField } from '../../supervision/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { verifyAll } from '../../platform/verify.ts'
import { anAcceptedReport } from '../collection/testing.ts'
import type { ReadLine } from '../reading/read-report.ts'
import { reportVerifiers } from '../verify-reports.ts'
import { checkOwnReport, warningKeys } from '../own-check/own-checks.ts'
import { getReport } from '../store.ts'
import { rollUpJobs, sweepReportSets } from './report-set.ts'
import { listReportFiles, rollUpFiles } from './roll-up-files.ts'

const { db, deps, setToday, url } = testDb()
const app = createApp(deps, appParts(deps))
const base = '/desk/reports/qzf/2025'
const people: Record<string, SignedInActor> = {}
const cookies: Record<string, string> = {}
const bodies: Record<string, Body> = {}

const get = (path: string, who?: string) => app.request(path, { headers: who === undefined ? {} : { cookie: cookies[who] ?? '' } })
const post = (path: string, who: string, fields: Record<string, string> = {}) =>
  app.request(path, {
    method: 'POST',
    headers: { cookie: cookies[who] ?? '', 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })
const text = async (path: string, who?: string) => (await get(path, who)).text()
const stateOf = async () => (await getReport(db, bodies['qzf']!.bodyId, 2025)).state
const versionOf = async () => String((await getReport(db, bodies['qzf']!.bodyId, 2025)).version)

const REPORT = ['一、总体情况', '（一）政府信息主动公开情况', '全年共主动公开政府信息12条。', '（三）政府信息管理情况', '落实先审查、后公开的制度，公文起草时一并确定公开属性。', '（四）政府信息公开平台建设情况', '依托区门户网站的政府信息公开专栏集中发布，逐条核对栏目与附件。', '（五）监督保障情况', '通过监督电话、信箱听取意见。', '二、主动公开政府信息情况', '三、收到和处理政府信息公开申请情况', '四、政府信息公开行政复议、行政诉讼情况', '五、存在的主要问题及改进情况', '个别科室报送信息不及时。改进措施：按月通报报送情况。', '六、其他需要报告的事项', '（一）信息处理费收取情况', '2025年，本机关未收取信息处理费。']
const lines = REPORT.map((line, i): ReadLine => ({ number: i + 1, text: line, kind: /^[一二三四五六]、|^（/.test(line) ? 'heading' : 'prose' }))

/** 看过就撤掉，不留给后面的测试。 */
class Undo extends Error {
  readonly found: unknown
  constructor(found: unknown) {
    super('撤掉')
    this.found = found
  }
}

beforeAll(async () => {
  setToday('2026-02-20')
  await aDistrict(deps)
  const kinds: [string, string, BodyKind][] = [['jia', '示例甲局', 'organ'], ['yi', '示例乙局', 'organ'], ['bing', '示例丙街道办事处', 'street'], ['ding', '示例丁中心', 'authorized-org'], ['qzf', '武昌区人民政府', 'government'], ['zfb', '武昌区人民政府办公室', 'district-office']]
  for (const [code, name, kind] of kinds) bodies[code] = await aBody(deps, { code, name, kind, establishedOn: '2020-01-01' })
  const staff: Record<string, [string, readonly Role[]]> = { zhengwu: ['zfb', ['district-office']], qicao: ['qzf', ['disclosure-officer']], fuze: ['qzf', ['disclosure-head']], baomi: ['qzf', ['secrecy-reviewer']], lingdao: ['qzf', ['leader']], fabu: ['qzf', ['publisher']], jia: ['jia', ['disclosure-officer']] }
  for (const [name, [code, roles]] of Object.entries(staff)) {
    people[name] = await createAccount(db, { name, displayName: `${name}（演示）`, bodyId: bodies[code]!.bodyId, roles })
    cookies[name] = await cookieFor(db, people[name], deps.clock.now())
  }
  for (const code of ['jia', 'yi', 'bing']) await anAcceptedReport(deps, { bodyId: bodies[code]!.bodyId, year: 2025, lines, cells: { 'R1.N': 3, 'R3.1.N': 2, 'R4.N': 1, 'T2.norm.valid': 2, 'T2.fee.amountWan': 0.1 } })
  await anAcceptedReport(deps, { bodyId: bodies['zfb']!.bodyId, year: 2025, lines })
  await saveKeyField(deps, people['fuze']!, { bodyId: bodies['qzf']!.bodyId, id: null, seen: 0, facts: { year: 2025, field: '社会救助', content: '低保的标准', indexNos: [], count: 12 } })
  await anApplication(deps, bodies['qzf']!.bodyId, { receivedOn: '2025-03-03', decidedOn: '2025-03-20', outcome: 'GRANTED' })
})

describe('区政府的报告由受理的各机关报告加成', () => {
  test('待办：3 月 31 日前公布全区的报告；区政府没有开始编制的，由它的人开始', async () => {
    const office = await text('/desk', 'zhengwu')
    for (const part of ['公布全区 2025 年度报告', '2026-03-31', '武昌区人民政府还没有开始编制']) expect(office).toContain(part)
    expect(await text('/desk', 'qicao')).toContain('开始编制全区 2025 年度报告')
  })

  test('立、冻结：各格为受理的各份之和，加区政府本级的申请', async () => {
    expect((await post(`${base}/open`, 'qicao')).status).toBe(303)
    expect(await text(base, 'qicao')).toContain('冻结汇总的数')
    expect((await post(`${base}/freeze`, 'qicao')).status).toBe(303)
    const { snapshot } = await stateOf()
    expect(snapshot?.cells).toMatchObject({ 'R1.N': 10, 'R3.1.N': 7, 'R4.T': 3, 'T2.norm.valid': 6, 'T2.fee.amountWan': 0.3 })
    expect(snapshot?.figures.items.total).toBe(48)
    expect(snapshot?.summed).toMatchObject({ due: 5, absent: [{ bodyName: '示例丁中心' }], unread: [{ what: 'replies' }, { what: 'safeguards' }] })
    expect(snapshot?.summed?.unread[0]?.who).toHaveLength(3)
    expect(snapshot?.summed?.parts.map(({ bodyName }) => bodyName)).toContain('武昌区人民政府')
  })

  test('缺着机关，上年结转的对不上是要说明的提醒，不是谁也改不了的错误', async () => {
    const qzfId = bodies['qzf']!.bodyId
    const checked = db.transaction().execute(async (tx) => {
      await tx.insertInto('previous_report').values({ body_id: qzfId, year: 2024, form: '2021', cells: JSON.stringify({ 'R4.N': 9 }), paragraphs: '[]', problems: '[]', file_key: '0'.repeat(64), file_name: '2024.docx', imported_by: 'fuze', imported_at: deps.clock.now() }).execute()
      const { findings } = await checkOwnReport(tx, await getReport(tx, qzfId, 2025), deps)
      throw new Undo(findings.filter(({ rule }) => rule === 'K4').map(({ severity, mend }) => ({ severity, mend })))
    })
    const carried = await checked.catch((error: unknown) => (error instanceof Undo ? error.found : Promise.reject(error)))
    expect(carried).toContainEqual({ severity: 'warning', mend: expect.stringContaining('汇总里有缺的机关') })
  })

  test('初稿摘自各机关，写明是谁；缺的一家、没写的考核评议都查得出', async () => {
    const page = await text(`${base}/narrative`, 'qicao')
    expect(page).toContain('等4个机关：落实先审查、后公开的制度')
    expect(page).toContain('个别科室报送信息不及时（')
    // 登记的数相加，用占位写进第六部分；由文件报来的没有，写明
    expect(page).toContain('{重点领域综述}')
    expect(page).toContain('等4个机关的培训、会议、建议提案与重点领域，其报告由文件报来')
    expect(await text(base, 'qicao')).toContain('公开1个重点领域的政府信息12条')
    const fields = await get(`${base}/cells/key-fields`, 'qicao')
    expect(fields.headers.get('location')).toBe('/desk/roll-up/2025/cells/key-fields')
    expect(await text('/desk/roll-up/2025/cells/key-fields', 'zhengwu')).toContain('>12<')
    const findings = await text(`${base}/findings`, 'qicao')
    expect(findings).toContain('汇总里没有示例丁中心')
    expect(findings).toContain('href="/desk/roll-up/2025/explain"')
    // 编号折起来
    expect(findings).toMatch(/<summary>规则的编号<\/summary>.*错误 MC-R01/s)
    expect(findings.split('<summary>规则的编号')[0]).not.toMatch(/MC-R|K\d/)
    expect((await get('/desk/roll-up/2025/explain', 'qicao')).headers.get('location')).toBe('/desk/roll-up/2025/absent?explained=no')
    expect((await get('/desk/roll-up/2025/explain', 'jia')).status).toBe(403)
    const opened = await text(base, 'qicao')
    expect(opened.split('<main')[1]).not.toContain('台账')
    expect(findings).toContain('社会评议')
  })

  test('汇总页：应报几家、缺谁；格点开到各家，各家点开到报告与记录；没有权限的看不到', async () => {
    const page = await text('/desk/roll-up/2025', 'zhengwu')
    expect(page).toContain('应报 5 家，已受理并加进来 4 家，缺 1 家')
    expect(page).toContain('/desk/roll-up/2025/cells/R1.N')
    expect(page).toContain('勾稽相符')
    const cell = await text('/desk/roll-up/2025/cells/R1.N', 'zhengwu')
    for (const part of ['/desk/filings/jia/2025', '/desk/reports/qzf/2025/own-cells/R1.N', '示例丁中心', '没有加进来（未报送）']) expect(cell).toContain(part)
    expect(await text('/desk/roll-up/2025/cells/R1.N?group=street', 'zhengwu')).not.toContain('示例甲局')
    expect(await text('/desk/roll-up/2025/cells/items', 'zhengwu')).toContain('>48<')
    expect((await get('/desk/reports/qzf/2025/cells/R1.N', 'qicao')).headers.get('location')).toBe('/desk/roll-up/2025/cells/R1.N')
    expect((await get('/desk/reports/qzf/2025/own-cells/R1.N', 'qicao')).status).toBe(200)
    // 看不了别的机关的，不给点不开的链接
    expect(await text('/desk/roll-up/2025/cells/R1.N', 'qicao')).not.toContain('/desk/filings/jia/2025')
    expect((await get('/desk/roll-up/2025', 'qicao')).status).toBe(200)
    expect((await get('/desk/roll-up/2025', 'jia')).status).toBe(403)
    expect((await get('/desk/roll-up/2025/cells/R9.9.N', 'zhengwu')).status).toBe(404)
    expect((await get('/desk/roll-up/2027', 'zhengwu')).status).toBe(404)
  })

  test('写好正文；缺的一家没有人说明，不能提交校核', async () => {
    const narrative = {
      introduction: '本报告依据条例第五十条编制。\n{汇总综述}',
      'overview.proactive': '{主动公开综述}{规范性文件综述}',
      'overview.requests': '{申请综述}',
      'overview.management': '各机关落实先审查、后公开的制度，公文起草时一并确定公开属性。',
      'overview.platform': '示例丁中心等依托区门户网站的政府信息公开专栏集中发布，逐条核对栏目与附件。',
      'overview.supervision': '年度工作考核结果已经公布；社会评议由第三方组织，结果良好；没有发生应当追究责任的情形。',
      problems: '1',
      'problems.0.problem': '个别科室报送信息不及时',
      'problems.0.measure': '按月通报报送情况，逾期的由分管领导约谈',
      'others.fees': '{信息处理费综述}',
    }
    expect((await post(`${base}/narrative`, 'qicao', { ...narrative, version: await versionOf() })).status).toBe(303)
    const preview = await text(base, 'qicao')
    expect(await text(`${base}/findings`, 'qicao')).toContain('正文写到示例丁中心，汇总里却没有')
    expect(preview).toContain('共5个，本报告汇总其中4个以及武昌区人民政府本级的数据；未汇总的1个：示例丁中心')
    expect(preview).toContain('全区新收政府信息公开申请10件')
    await post(`${base}/check`, 'qicao')
    expect((await stateOf()).status).toBe('drafting')
    expect((await post('/desk/roll-up/2025/absent/ding', 'qicao', { reason: '不该由我说明' })).status).toBe(403)
    expect((await post('/desk/roll-up/2025/absent/ding', 'zhengwu', { reason: '无' })).status).toBe(422)
    expect((await post('/desk/roll-up/2025/explain', 'qicao', { reason: '不该由我说明', body: 'ding' })).status).toBe(403)
    expect((await post('/desk/roll-up/2025/explain', 'zhengwu', { reason: '没有勾选哪家' })).status).toBe(422)
    expect((await post('/desk/roll-up/2025/explain', 'zhengwu', { reason: '逾期未报，已催', body: 'ding' })).status).toBe(303)
    expect((await post('/desk/roll-up/2025/absent/ding', 'zhengwu', { reason: '逾期未报，已按条例第四十七条约谈' })).status).toBe(303)
    expect(await text('/desk/roll-up/2025', 'zhengwu')).toContain('逾期未报，已按条例第四十七条约谈（zhengwu（演示），2026-02-20）')
  })

  test('校核、审查、签发；签发之后又受理了一家的，不能公布，重新冻结才可', async () => {
    await waiveAll()
    await walk()
    expect((await stateOf()).status).toBe('signed')
    await anAcceptedReport(deps, { bodyId: bodies['ding']!.bodyId, year: 2025, lines, cells: { 'R1.N': 1, 'R3.1.N': 1 } })
    await post(`${base}/publish`, 'fabu')
    expect((await stateOf()).publishedOn).toBeNull()
    await post(`${base}/return`, 'lingdao', { reason: '又受理了一家', version: await versionOf() })
    await post(`${base}/freeze`, 'qicao')
    await waiveAll()
    await walk()
    await post(`${base}/publish`, 'fabu')
    await post(`${base}/file`, 'qicao')
    expect(await stateOf()).toMatchObject({ status: 'released', publishedOn: '2026-02-20', filedOn: '2026-02-20', snapshot: { cells: { 'R1.N': 11 } } })
    expect(await text('/desk/roll-up/2025', 'zhengwu')).toContain('应报 5 家，已受理并加进来 5 家，一家不缺')
  })

  test('历年与各机关比较：不足十家不谈高低；各机关的文字归在一起', async () => {
    const page = await text('/desk/roll-up/2025/compare?measure=received&sort=-value', 'zhengwu')
    for (const part of ['有数的不足 10 家', '示例甲局', '2021 至 2025 年度', '上传的文件', 'small-bars']) expect(page).toContain(part)
    expect(await text('/desk/roll-up/2025/compare?group=street&q=丙', 'zhengwu')).not.toContain('示例甲局')
    expect((await get('/desk/roll-up/2025/compare', 'jia')).status).toBe(403)
    const texts = await text('/desk/roll-up/2025/texts', 'zhengwu')
    expect(texts).toContain('个别科室报送信息不及时')
    expect(texts).toContain('等5个机关')
    expect(texts).toContain('措施：')
  })

  test('导出汇总；全套报告在后台打包，里面有每家、登记册与校验值', async () => {
    const json = JSON.parse(await text('/desk/roll-up/2025/export/json', 'zhengwu')) as { accepted: number; cells: Record<string, number>; bodies: { name: string }[] }
    expect(json).toMatchObject({ accepted: 5, cells: { 'R1.N': 11 } })
    expect(json.bodies.map(({ name }) => name)).toContain('武昌区人民政府')
    expect((await get('/desk/roll-up/2025/export/xlsx', 'zhengwu')).headers.get('content-type')).toContain('spreadsheetml')
    expect((await get('/desk/roll-up/2025/export/json', 'jia')).status).toBe(403)
    expect((await post('/desk/roll-up/2025/set', 'zhengwu')).status).toBe(303)
    expect(await text('/desk/roll-up/2025/set', 'zhengwu')).toContain('打包')
    await runJobsOnce(url, deps, rollUpJobs)
    const page = await text('/desk/roll-up/2025/set', 'zhengwu')
    const href = /href="(\/desk\/roll-up\/2025\/set\/[^"]+\.zip)"/.exec(page)?.[1] ?? ''
    const files = unzipSync(new Uint8Array(await (await get(href, 'zhengwu')).arrayBuffer()))
    const names = Object.keys(files)
    expect(names.filter((name) => name.includes('原件-'))).toHaveLength(5)
    const words = (name: string) => new TextDecoder().decode(files[name])
    expect(words('登记册.csv').trim().split('\r\n')).toHaveLength(6)
    const sums = words('校验值-SM3.txt').trim().split('\n')
    expect(sums).toHaveLength(names.length - 1)
    for (const line of sums) expect(createHash('sm3').update(files[line.slice(66)] ?? new Uint8Array()).digest('hex')).toBe(line.slice(0, 64))
    // 一家一份的文件夹，roll-up 拿来即可汇总：与系统的和只差本级自己的一件
    const dir = await mkdtemp(join(tmpdir(), 'set-'))
    for (const name of names.filter((each) => each.startsWith('各家JSON/'))) await writeFile(join(dir, name.slice(7)), files[name] ?? '')
    const sum = await rollUpFiles((await listReportFiles(dir)).files, null)
    expect(sum.files.map(({ result }) => result)).toEqual(Array(5).fill('summed'))
    expect(sum.cells).toMatchObject({ 'R1.N': 10, 'T2.norm.valid': json.cells['T2.norm.valid'] })
    expect((await get(href, 'jia')).status).toBe(403)
    // 存满日子即删
    expect(page).toContain('打好的包存 30 天')
    expect(await sweepReportSets(deps)).toBe(0)
    await db.updateTable('report_set').set({ updated_at: new Date(deps.clock.now().getTime() - 31 * 86_400_000) }).execute()
    expect(await sweepReportSets(deps)).toBe(1)
    expect((await get(href, 'zhengwu')).status).toBe(404)
  })

  test('门户：公布了的才有；由哪些机关汇总、各格点开看各机关', async () => {
    expect((await get('/annual-reports/district/2024')).status).toBe(404)
    expect(await text('/desk', 'zhengwu')).not.toContain('公布全区 2025 年度报告')
    const page = await text('/annual-reports/district/2025')
    for (const part of ['武昌区人民政府', '由哪些报告汇总', '示例丁中心', '/annual-reports/district/2025/cells/R1.N', '/bodies/qzf/annual-reports/2025/download/docx']) expect(page).toContain(part)
    const cell = await text('/annual-reports/district/2025/cells/R1.N')
    expect(cell).toContain('2025 年全区合计 11')
    // 没有在本站公布自己报告的，公众看不到它的数
    expect(cell).toContain('未在本站公布')
    expect((await get('/annual-reports/district/2025/cells/R9')).status).toBe(404)
  })

  test('核对：公布之后又受理了更正的，不算报告与记录不符；没有变的照样核', async () => {
    const problems = async () => (await verifyAll(deps, reportVerifiers)).flatMap((one) => one.problems).filter(({ where }) => where.includes('武昌区人民政府 2025'))
    expect(await problems()).toEqual([])
    await db.updateTable('filing_round').set({ cells: sql`cells || '{"R1.N": 40}'` }).where('body_id', '=', bodies['jia']!.bodyId).execute()
    expect((await problems()).map(({ message }) => message)).toEqual(['格 R1.N 冻结时为 11，台账未改动而重数为 48'])
    await anAcceptedReport(deps, { bodyId: bodies['jia']!.bodyId, year: 2025, lines, cells: { 'R1.N': 9, 'R3.1.N': 9 } })
    expect(await problems()).toEqual([])
  })
})

async function walk(): Promise<void> {
  await post(`${base}/check`, 'qicao')
  await post(`${base}/review`, 'baomi', { result: 'pass', opinion: '可以公开', version: await versionOf() })
  await post(`${base}/sign`, 'lingdao', { version: await versionOf() })
}

/** 提醒逐条说明。 */
async function waiveAll(): Promise<void> {
  const { findings } = await checkOwnReport(db, await getReport(db, bodies['qzf']!.bodyId, 2025), deps)
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  for (const key of warningKeys(findings)) await post(`${base}/waive`, 'qicao', { finding: key, [`reason-${key}`]: '核对过，属实' })
}
