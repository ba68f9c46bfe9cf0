import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { countPeriod } from '../statute/count-period.ts'
import { editionOf, formCells } from '../statute/report-form.ts'
import type { CellCode } from '../statute/report-form.ts'
import { DOCUMENT_KINDS } from './normative/normative-document.ts'
import type { DocumentKind } from './normative/normative-document.ts'
import type { CountedRecord, CountScope, PageQuery, RecordPage } from './record-scope.ts'
import { MATTERS } from './yearly/yearly-count.ts'
import type { Matter } from './yearly/yearly-count.ts'

/** 一格从哪里数出：某种文件的某一情形，或某一事项的逐年报数。 */
type Source =
  | { from: 'documents'; kind: DocumentKind; measure: DocumentMeasure }
  | { from: 'matter'; matter: Matter }
  | { from: 'matter-before'; matter: Matter }
  | { from: 'matter-change'; matter: Matter }

type DocumentMeasure = 'made' | 'repealed' | 'valid'

/** 2019 版「新公开」「对外公开总数」：规章、规范性文件公布即公开，总数为其时有效的件数〔待核〕。 */
const DOCUMENT_COLUMNS: Record<string, DocumentMeasure> = {
  made: 'made',
  published: 'made',
  repealed: 'repealed',
  valid: 'valid',
  total: 'valid',
}

/** 表二的格 → 从哪里数出；不是表二的格或该版没有的格为 null。 */
function sourceOf(cell: CellCode): Source | null {
  const [table, row, column] = cell.split('.')
  if (table !== 'T2' || row === undefined || column === undefined) return null
  const measure = DOCUMENT_COLUMNS[column]
  if (row === 'reg' || row === 'norm') return measure === undefined ? null : { from: 'documents', kind: row, measure }
  if (row === 'procurement') return { from: 'matter', matter: column === 'count' ? 'procurement-count' : 'procurement-amount' }
  const stock = `${row}-stock`
  if (column === 'previous' && stock in MATTERS) return { from: 'matter-before', matter: stock as Matter }
  if (column === 'change' && stock in MATTERS) return { from: 'matter-change', matter: stock as Matter }
  return row in MATTERS ? { from: 'matter', matter: row as Matter } : null
}

const cellsOfTable2 = (year: number): { code: CellCode; source: Source }[] =>
  formCells(editionOf(year))
    .filter((cell) => cell.table === 'T2')
    .map(({ code }) => {
      const source = sourceOf(code)
      if (source === null) throw new Error(`表二的 ${code} 没有来源`)
      return { code, source }
    })

/** 分 → 万元，恰好，至多六位小数。 */
export const toWan = (fen: number): number => Number((fen / 1_000_000).toFixed(6))

/** 表二各格，依该年度所用的版次；没有记录的为 0。 */
export async function countTable2(tx: Tx, scope: CountScope): Promise<Record<CellCode, number>> {
  const documents = await countMeasures(tx, scope)
  const amounts = await sumAmounts(tx, scope.bodyId, [scope.year - 1, scope.year])
  const now = (matter: Matter): number => amounts.get(`${scope.year}|${matter}`) ?? 0
  const before = (matter: Matter): number => amounts.get(`${scope.year - 1}|${matter}`) ?? 0
  return Object.fromEntries(
    cellsOfTable2(scope.year).map(({ code, source }) => {
      if (source.from === 'documents') return [code, documents[source.kind][source.measure]]
      if (source.from === 'matter-before') return [code, before(source.matter)]
      if (source.from === 'matter-change') return [code, now(source.matter) - before(source.matter)]
      return [code, inUnit(source.matter, now(source.matter))]
    }),
  )
}

const inUnit = (matter: Matter, amount: number): number => (MATTERS[matter].unit === 'fen' ? toWan(amount) : amount)

/** 表二一格所计的记录；该年度的格式没有这一格则为 null。 */
export async function listTable2Records(
  tx: Tx,
  scope: CountScope,
  cell: CellCode,
  page: PageQuery,
): Promise<RecordPage | null> {
  const source = cellsOfTable2(scope.year).find((each) => each.code === cell)?.source
  if (!source) return null
  if (source.from === 'documents') return listDocuments(tx, scope, source, page)
  const years = { matter: [scope.year], 'matter-before': [scope.year - 1], 'matter-change': [scope.year - 1, scope.year] }
  return listAmounts(tx, scope, { matter: source.matter, years: years[source.from] }, page)
}

/** 一条规范性文件或年度数据所计入的格：各年度的格代码。 */
export async function cellsOfDocument(tx: Tx, bodyId: string, documentId: string, today: string): Promise<{ year: number; cell: CellCode }[]> {
  const row = await tx
    .selectFrom('normative_document')
    .select(['kind', 'made_on', 'invalid_from'])
    .where('body_id', '=', bodyId)
    .where('document_id', '=', documentId)
    .executeTakeFirst()
  if (!row) return []
  const first = Number(row.made_on.slice(0, 4))
  const last = Number((row.invalid_from ?? today).slice(0, 4))
  const years = Array.from({ length: Math.max(0, Math.min(last, Number(today.slice(0, 4))) - first + 1) }, (_, i) => first + i)
  return years.flatMap((year) =>
    cellsOfTable2(year).flatMap(({ code, source }) =>
      source.from === 'documents' && source.kind === row.kind && isCounted(row, source.measure, { year, asOf: today }) ? [{ year, cell: code }] : [],
    ),
  )
}

export async function cellsOfYearlyCount(tx: Tx, bodyId: string, countId: string): Promise<{ year: number; cell: CellCode }[]> {
  const row = await tx
    .selectFrom('yearly_count')
    .select(['year', 'matter', 'withdrawn'])
    .where('body_id', '=', bodyId)
    .where('count_id', '=', countId)
    .executeTakeFirst()
  if (!row || row.withdrawn) return []
  return [row.year, row.year + 1].flatMap((year) =>
    cellsOfTable2(year).flatMap(({ code, source }) => {
      if (source.from === 'documents' || source.matter !== row.matter) return []
      const counts = source.from === 'matter' ? year === row.year : source.from === 'matter-before' ? year === row.year + 1 : true
      return counts ? [{ year, cell: code }] : []
    }),
  )
}

function isCounted(
  { made_on: made, invalid_from: invalid }: { made_on: string; invalid_from: string | null },
  measure: DocumentMeasure,
  scope: { year: number; asOf: string },
): boolean {
  const { from, to } = countPeriod(scope.year, scope.asOf)
  if (measure === 'made') return from <= made && made <= to
  if (measure === 'repealed') return invalid !== null && from <= invalid && invalid <= to
  return made <= to && (invalid === null || invalid > to)
}

/** 规章、规范性文件各制发、废止、现行有效几件；表二与规范性文件的页面同用。 */
export async function countMeasures(tx: Tx, scope: CountScope): Promise<Record<DocumentKind, Record<DocumentMeasure, number>>> {
  const { from, to } = countPeriod(scope.year, scope.asOf)
  const rows = await tx
    .selectFrom('normative_document')
    .select((eb) => [
      'kind',
      eb.fn.countAll<number>().filterWhere('made_on', '>=', from).filterWhere('made_on', '<=', to).as('made'),
      eb.fn.countAll<number>().filterWhere('invalid_from', '>=', from).filterWhere('invalid_from', '<=', to).as('repealed'),
      eb.fn
        .countAll<number>()
        .filterWhere('made_on', '<=', to)
        .filterWhere((w) => w.or([w('invalid_from', 'is', null), w('invalid_from', '>', to)]))
        .as('valid'),
    ])
    .where('body_id', '=', scope.bodyId)
    .groupBy('kind')
    .execute()
  const none = { made: 0, repealed: 0, valid: 0 }
  const of = (kind: DocumentKind) => {
    const row = rows.find((each) => each.kind === kind)
    return row ? { made: row.made, repealed: row.repealed, valid: row.valid } : none
  }
  return { reg: of('reg'), norm: of('norm') }
}

async function listDocuments(
  tx: Tx,
  scope: CountScope,
  { kind, measure }: { kind: DocumentKind; measure: DocumentMeasure },
  { limit, offset }: PageQuery,
): Promise<RecordPage> {
  const { from, to } = countPeriod(scope.year, scope.asOf)
  const day = measure === 'repealed' ? 'invalid_from' : 'made_on'
  let query = tx.selectFrom('normative_document').where('body_id', '=', scope.bodyId).where('kind', '=', kind).where(day, '<=', to)
  query =
    measure === 'valid'
      ? query.where((eb) => eb.or([eb('invalid_from', 'is', null), eb('invalid_from', '>', to)]))
      : query.where(day, '>=', from)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(['document_id', 'doc_no', 'title', 'made_on', 'invalid_from'])
    .orderBy(day)
    .orderBy('document_id')
    .limit(limit)
    .offset(offset)
    .execute()
  return {
    total,
    records: rows.map((row): CountedRecord => ({
      kind: 'normative-document',
      bodyId: scope.bodyId,
      id: row.document_id,
      title: `${row.doc_no} ${row.title}`,
      kindLabel: DOCUMENT_KINDS[kind],
      note: row.invalid_from === null ? `${row.made_on} 公布` : `${row.made_on} 公布，自 ${row.invalid_from} 起不再有效`,
      on: (measure === 'repealed' ? row.invalid_from : row.made_on) ?? '',
      amount: 1,
    })),
  }
}

async function sumAmounts(tx: Tx, bodyId: string, years: readonly number[]): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('yearly_count')
    .select((eb) => ['year', 'matter', sql<number>`sum(${eb.ref('amount')})::bigint`.as('sum')])
    .where('body_id', '=', bodyId)
    .where('year', 'in', years)
    .where('withdrawn', '=', false)
    .groupBy(['year', 'matter'])
    .execute()
  return new Map(rows.map((row) => [`${row.year}|${row.matter}`, row.sum]))
}

async function listAmounts(
  tx: Tx,
  { bodyId }: CountScope,
  { matter, years }: { matter: Matter; years: readonly number[] },
  { limit, offset }: PageQuery,
): Promise<RecordPage> {
  const query = tx
    .selectFrom('yearly_count')
    .where('body_id', '=', bodyId)
    .where('matter', '=', matter)
    .where('year', 'in', years)
    .where('withdrawn', '=', false)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(['count_id', 'year', 'source', 'evidence', 'amount'])
    .orderBy('year', 'desc')
    .orderBy('source')
    .limit(limit)
    .offset(offset)
    .execute()
  return {
    total,
    records: rows.map((row): CountedRecord => ({
      kind: 'yearly-count',
      bodyId,
      id: row.count_id,
      title: `${row.year}年${MATTERS[matter].label}`,
      kindLabel: '行政权力数据',
      note: row.evidence === null ? `来源：${row.source}` : `来源：${row.source}；${row.evidence}`,
      on: `${row.year}-12-31`,
      amount: inUnit(matter, row.amount),
    })),
  }
}
