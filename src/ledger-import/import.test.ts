import * as fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import { beforeAll, describe, expect, test } from 'vitest'
import { applicationVerifiers } from '../applications/index.ts'
import type { Body } from '../bodies/index.ts'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { catalogueVerifiers, countItems, countTable2 } from '../catalogue/index.ts'
import type { Actor } from '../identity/index.ts'
import { runJobsOnce } from '../platform/jobs.ts'
import { ledgerTemplateXlsx } from '../platform/ledger/index.ts'
import { toCsv } from '../platform/ledger/testing.ts'
import { testDb } from '../platform/testing.ts'
import { verifyAll } from '../platform/verify.ts'
import { countTable4, reviewVerifiers } from '../reviews/index.ts'
import { confirmImport, getImport, ledgerImportJobs, LEDGERS, mapImport, runImport, startImport } from './index.ts'
import type { ImportRow } from './index.ts'

const { db, deps, url } = testDb()
const actor: Actor = { kind: 'system', name: 'testing' }
beforeAll(() => aDistrict(deps))

let bodies = 0
const aNewBody = (): Promise<Body> => aBody(deps, { code: `b${++bodies}`, uscc: '91350100M000100Y43' })
const upload = (bodyId: string, kind: string, bytes: Buffer) => startImport(deps, actor, { bodyId, kind, file: { name: '台账.csv', bytes } })

async function importAll(bodyId: string, kind: string, bytes: Buffer): Promise<ImportRow> {
  const { importId } = await upload(bodyId, kind, bytes)
  const confirmed = await confirmImport(deps, actor, { bodyId, importId }, 'caller')
  if (!confirmed.ok) throw new Error(confirmed.refusal)
  await runImport(deps, { bodyId, importId })
  return getImport(db, { bodyId, importId })
}

const rowsOf = async (bodyId: string): Promise<Record<string, number>> => {
  const count = (table: 'info_item' | 'normative_document' | 'yearly_count' | 'review_case' | 'litigation_case' | 'timeline_event') =>
    db.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('n')).where('body_id', '=', bodyId).executeTakeFirstOrThrow()
  const tables = ['info_item', 'normative_document', 'yearly_count', 'review_case', 'litigation_case', 'timeline_event'] as const
  return Object.fromEntries(await Promise.all(tables.map(async (table) => [table, (await count(table)).n])))
}

const ITEMS = [
  ['标题', '文号', '形成日期', '发布日期', '事项', '分类'],
  ['机构职能信息', '', '2024-01-05', '2024-01-10', 'A20_02', '概况'],
  ['2024年部门预算', '', '2024-01-20', '2024-02-05', '第二十条第（七）项', ''],
  ['武汉市民热线（12345）', '', '2024-03-01', '2024-03-01', 'A20_02', '其他'],
]

describe('主动公开台账', () => {
  test('the rows become items with index numbers, counted in the year of publication', async () => {
    const { bodyId } = await aNewBody()
    expect(await importAll(bodyId, 'items', toCsv(ITEMS))).toMatchObject({ status: 'done', created: 3, changed: 0, unchanged: 0, total_rows: 3, done_rows: 3 })
    const counts = await countItems(db, { bodyId, year: 2024, asOf: '2024-12-31' })
    expect(counts.byKind.map(({ label, count }) => [label, count])).toEqual([['概况', 1], ['财政', 1], ['其他对外管理服务事项', 1]])
    const numbers = await db.selectFrom('info_item').select('index_no').where('body_id', '=', bodyId).orderBy('index_no').execute()
    expect(numbers.map((row) => row.index_no)).toEqual(['M000100Y4/2024-00001', 'M000100Y4/2024-00002', 'M000100Y4/2024-00003'])
  })

  test('the same file again changes nothing; a corrected row is a new event and keeps its number', async () => {
    const { bodyId } = await aNewBody()
    await importAll(bodyId, 'items', toCsv(ITEMS))
    const before = await rowsOf(bodyId)
    expect(await importAll(bodyId, 'items', toCsv(ITEMS))).toMatchObject({ created: 0, changed: 0, unchanged: 3 })
    expect(await rowsOf(bodyId)).toEqual(before)
    const later = ITEMS.map((row, index) => (index === 1 ? row.with(3, '2024-01-12') : row))
    expect(await importAll(bodyId, 'items', toCsv(later))).toMatchObject({ created: 0, changed: 1, unchanged: 2 })
    expect(await rowsOf(bodyId)).toEqual({ ...before, timeline_event: (before['timeline_event'] ?? 0) + 1 })
  })

  test('an index number given to another item stops the whole file', async () => {
    const { bodyId } = await aNewBody()
    await importAll(bodyId, 'items', toCsv(ITEMS))
    const taken = [['索引号', ...(ITEMS[0] ?? [])], ['', ...(ITEMS[1] ?? [])], ['M000100Y4/2024-00002', '另一条', '', '2024-05-01', '2024-05-01', 'A20_02', '']]
    const before = await rowsOf(bodyId)
    expect(await importAll(bodyId, 'items', toCsv(taken))).toMatchObject({ status: 'failed', message: '第 3 行：索引号 M000100Y4/2024-00002 已编给《2024年部门预算》' })
    expect(await rowsOf(bodyId)).toEqual(before)
  })
})

test.each([
  ['items', ITEMS, ['', '', '2024-13-01', '', '第九十九条', '没有'], ['标题', '形成日期', '第二十条/二十一条事项', '综述分类']],
  [
    'normative-documents',
    [['文号', '文件名称', '公布日期', '有效期至', '废止日期'], ['武城运规〔2023〕1号', '甲办法', '2023-02-01', '', '2024-06-01'], ['武城运规〔2024〕1号', '乙办法', '2024-03-01', '2029-02-28', '']],
    ['武城运规〔2024〕2号', '丙办法', '2024-03-01', '2024-02-01', ''],
    ['公布日期'],
  ],
  ['powers', [['年份', '行政许可', '行政处罚', '收费金额（万元）', '数据来源'], ['2024', '12', '3', '1.25', '审批科']], ['2024', '一', '-1', '', ''], ['行政许可决定数', '行政处罚决定数', '数据来源']],
  [
    'reviews',
    [['案件类型', '案号', '收到日期', '结果', '审结日期', '本机关身份'], ['行政复议', '武昌复〔2024〕1号', '2024-05-06', '维持', '2024-07-01', ''], ['复议后起诉', '（2024）鄂1号', '2024-08-01', '', '', '原行为主体'], ['直接起诉', '（2024）鄂2号', '2024-08-01', '撤销', '2024-12-01', '共同被告']],
    ['行政复议', '武昌复〔2024〕2号', '2024-05-06', '胜诉', '', ''],
    ['结果'],
  ],
])('%s: all or nothing, the bad line named; then imported, and again without change', async (kind, rows, bad, columns) => {
  const { bodyId } = await aNewBody()
  const { importId, preview } = await upload(bodyId, kind, toCsv([...rows, bad]))
  expect(preview.badRows).toBe(1)
  expect(preview.faults.map((fault) => fault.line)).toEqual(preview.faults.map(() => rows.length + 1))
  expect(preview.faults.map((fault) => fault.column)).toEqual(columns)
  expect(await confirmImport(deps, actor, { bodyId, importId })).toEqual({ ok: false, refusal: 'not-importable' })
  expect(Object.values(await rowsOf(bodyId)).every((n) => n === 0)).toBe(true)

  const count = rows.length - 1
  expect(await importAll(bodyId, kind, toCsv(rows))).toMatchObject({ status: 'done', created: count })
  const before = await rowsOf(bodyId)
  expect(await importAll(bodyId, kind, toCsv(rows))).toMatchObject({ status: 'done', unchanged: count })
  expect(await rowsOf(bodyId)).toEqual(before)
  const scope = { bodyId, year: 2024, asOf: '2024-12-31' }
  if (kind === 'normative-documents') expect(await countTable2(db, scope)).toMatchObject({ 'T2.norm.made': 1, 'T2.norm.repealed': 1, 'T2.norm.valid': 1 })
  if (kind === 'powers') expect(await countTable2(db, scope)).toMatchObject({ 'T2.license.decisions': 12, 'T2.penalty.decisions': 3, 'T2.fee.amountWan': 1.25 })
  if (kind === 'reviews') expect(await countTable4(db, scope)).toMatchObject({ 'T4.rv.upheld': 1, 'T4.la.pending': 1, 'T4.ld.total': 0 })
})

test('a row that fails while writing leaves nothing of the rows before it', async () => {
  const { bodyId } = await aNewBody()
  const many = Array.from({ length: 2500 }, (_, n) => [`第${n}条`, '', '2024-01-05', '2024-01-10', 'A20_02', ''])
  await importAll(bodyId, 'items', toCsv(ITEMS))
  const before = await rowsOf(bodyId)
  const rows = [['索引号', ...(ITEMS[0] ?? [])], ...many.map((row) => ['', ...row]), ['M000100Y4/2024-00001', '撞号', '', '2024-01-05', '2024-01-10', 'A20_02', '']]
  expect(await importAll(bodyId, 'items', toCsv(rows))).toMatchObject({ status: 'failed' })
  expect(await rowsOf(bodyId)).toEqual(before)
})

test('five thousand rows of a workbook', async () => {
  const { bodyId } = await aNewBody()
  const rows = Array.from({ length: 5000 }, (_, n) => [`关于第${n}号事项的通知`, null, new Date(Date.UTC(2024, n % 12, 1 + (n % 28))), new Date(Date.UTC(2025, 0, 2)), 'A20_05', null])
  const file = Buffer.from(await writeXlsx({ sheets: [{ name: '台账', rows: [ITEMS[0] ?? [], ...rows] }] }))
  expect(await importAll(bodyId, 'items', file)).toMatchObject({ status: 'done', created: 5000, done_rows: 5000 })
  expect((await countItems(db, { bodyId, year: 2025, asOf: '2025-12-31' })).total).toBe(5000)
})

test('columns mapped by hand are read again; once confirmed they stay', async () => {
  const { bodyId } = await aNewBody()
  const rows = [['叫什么', '哪天', '何时上网', '哪一项'], ['机构职能信息', '2024-01-05', '2024-01-10', 'A20_02']]
  const { importId, preview } = await upload(bodyId, 'items', toCsv(rows))
  expect(preview.mapping.missing).toHaveLength(4)
  const chosen = { 0: 'title', 1: 'formedOn', 2: 'publishedOn', 3: 'codes' }
  expect(await mapImport(deps, actor, { bodyId, importId, sheet: null, chosen })).toEqual({ ok: true })
  expect(await confirmImport(deps, actor, { bodyId, importId })).toEqual({ ok: true })
  expect(await mapImport(deps, actor, { bodyId, importId, sheet: null, chosen })).toEqual({ ok: false, refusal: 'already-confirmed' })
  expect(await confirmImport(deps, actor, { bodyId, importId })).toEqual({ ok: false, refusal: 'already-confirmed' })
  await runJobsOnce(url, deps, ledgerImportJobs)
  expect(await getImport(db, { bodyId, importId })).toMatchObject({ status: 'done', created: 1 })
})

test('the job may come twice, even at once: the rows are written once', async () => {
  const { bodyId } = await aNewBody()
  const { importId } = await upload(bodyId, 'items', toCsv(ITEMS))
  await confirmImport(deps, actor, { bodyId, importId }, 'caller')
  await Promise.all([runImport(deps, { bodyId, importId }), runImport(deps, { bodyId, importId })])
  await runImport(deps, { bodyId, importId })
  expect(await getImport(db, { bodyId, importId })).toMatchObject({ status: 'done', created: 3 })
  expect(await rowsOf(bodyId)).toMatchObject({ info_item: 3, timeline_event: 3 })
})

test('what is kept of an import shows no personal data', async () => {
  const { bodyId } = await aNewBody()
  const { importId } = await upload(
    bodyId,
    'applications',
    toCsv([['登记号', '收到日期', '申请人类型', '申请人', '申请内容'], ['2024-1', '2024-03-04', '自然人', '欧阳某某', '某批复'], ['2024-2', '2024-03-04', '外星人', '司马某某', '某批复']]),
  )
  const row = await getImport(db, { bodyId, importId })
  expect(row.preview?.faultCount).toBe(1)
  expect(JSON.stringify(row)).not.toMatch(/欧阳|司马/)
})

test('every ledger has a template that maps whole and imports nothing of its own', async () => {
  const { bodyId } = await aNewBody()
  for (const { ledger } of LEDGERS) {
    const { preview } = await upload(bodyId, ledger.kind, await ledgerTemplateXlsx(ledger))
    expect([ledger.kind, preview.rows, preview.mapping.missing, preview.mapping.unused]).toEqual([ledger.kind, 0, [], []])
    expect(preview.mapping.columns.every((column) => column.by === 'label')).toBe(true)
  }
})

test('the example row of every template is a row that would be taken', async () => {
  const { bodyId } = await aNewBody()
  for (const { ledger } of LEDGERS) {
    const example = ledger.columns.map((column, index) => (index === 0 ? `${column.example.replace(/\d$/, '')}9` : column.example))
    const kept = ledger.kind === 'powers' ? example.with(0, '2023') : ledger.kind === 'reviews' ? ledger.columns.map((c) => (c.key === 'caseNo' ? '别的案号' : c.example)) : example
    const { preview } = await upload(bodyId, ledger.kind, toCsv([ledger.columns.map((column) => column.label), kept]))
    expect([ledger.kind, preview.rows, preview.faults]).toEqual([ledger.kind, 1, []])
  }
})

const cell = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('', '2024-01-05', '2024-02-30', 'A20_02', '主动公开', '不予公开', '甲', '3', '0', '行政复议', '维持'))

test('any file is either imported whole or leaves no trace, and the replay of every timeline equals its row', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('items', 'normative-documents', 'powers', 'reviews'),
      fc.array(fc.array(cell, { minLength: 6, maxLength: 14 }), { minLength: 1, maxLength: 5 }),
      async (kind, lines) => {
        const { bodyId } = await aNewBody()
        const ledger = LEDGERS.find((each) => each.ledger.kind === kind)?.ledger
        const { importId, preview } = await upload(bodyId, kind, toCsv([(ledger?.columns ?? []).map((column) => column.label), ...lines]))
        const confirmed = await confirmImport(deps, actor, { bodyId, importId }, 'caller')
        if (confirmed.ok) await runImport(deps, { bodyId, importId })
        const row = await getImport(db, { bodyId, importId })
        const events = (await rowsOf(bodyId))['timeline_event'] ?? 0
        if (row.status === 'done') expect(row.created).toBe(preview.rows)
        else expect(events).toBe(0)
      },
    ),
    { numRuns: 12 },
  )
  const results = await verifyAll(deps, [...catalogueVerifiers, ...reviewVerifiers, ...applicationVerifiers])
  expect(results.flatMap((result) => result.problems)).toEqual([])
})

test('an uploaded ledger is stored sealed: no name in it can be read from the file store', async () => {
  const { bodyId } = await aNewBody()
  const { importId } = await upload(bodyId, 'items', toCsv(ITEMS))
  const row = await getImport(db, { bodyId, importId })
  const stored = await deps.files.get(row.file_key)
  expect(stored.includes(Buffer.from('机构职能信息'))).toBe(false)
  expect(row.file_size).toBe(toCsv(ITEMS).length)
})
