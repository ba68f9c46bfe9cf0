import './tables.ts'
import { getSetting } from '../bodies/index.ts'
import type { Tx } from '../platform/db.ts'
import { countPeriod } from '../statute/count-period.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { CellCode } from '../statute/report-form.ts'
import { columnOf, LITIGATION_RESULTS, resultsIn, REVIEW_RESULTS } from './results.ts'
import type { ResultColumn, ResultMap } from './results.ts'

/*
 * 归属年度（没有官方说明，此处定下并写在页面上）：
 *   有结果的，按作出复议决定之日、裁判生效之日计入该年的维持、纠正、其他；
 *   到统计截止日仍没有结果的，计入该年的尚未审结，不论哪一年收到；
 *   故一件跨年的案子在收到之年为尚未审结，在审结之年为其结果，两年各计一次；总计为四列之和。
 * 复议机关作共同被告的诉讼，只计原行为主体（国办公开办函〔2016〕201号）。
 */

export interface CountScope {
  bodyId: string
  year: number
  /** 统计到哪一日；年度终了之后统计到 12 月 31 日 */
  asOf: PlainDate
}

type Group = 'rv' | 'ld' | 'la'
type Column = ResultColumn | 'pending'
const GROUPS: readonly Group[] = ['rv', 'ld', 'la']
const COLUMNS: readonly Column[] = ['upheld', 'corrected', 'other', 'pending']

const resultMapOf = (tx: Tx, bodyId: string): Promise<ResultMap> => getSetting(tx, bodyId, 'caseResultMap')

/** 表四十五格。 */
export async function countTable4(tx: Tx, scope: CountScope): Promise<Record<CellCode, number>> {
  const map = await resultMapOf(tx, scope.bodyId)
  const counts = new Map<string, number>()
  const add = (group: Group, column: Column, n: number): void => {
    for (const key of [column, 'total']) counts.set(`T4.${group}.${key}`, (counts.get(`T4.${group}.${key}`) ?? 0) + n)
  }
  const reviews = await countedReviews(tx, scope)
    .select((eb) => ['ended', 'result', eb.fn.countAll<number>().as('n')])
    .groupBy(['ended', 'result'])
    .execute()
  for (const row of reviews)
    add('rv', row.ended && row.result !== null ? columnOf(REVIEW_RESULTS[row.result], map) : 'pending', row.n)
  const suits = await countedLitigation(tx, scope)
    .select((eb) => ['after_review', 'ended', 'result', eb.fn.countAll<number>().as('n')])
    .groupBy(['after_review', 'ended', 'result'])
    .execute()
  for (const row of suits)
    add(
      row.after_review ? 'la' : 'ld',
      row.ended && row.result !== null ? columnOf(LITIGATION_RESULTS[row.result], map) : 'pending',
      row.n,
    )
  const codes = GROUPS.flatMap((group) => [...COLUMNS, 'total'].map((column) => `T4.${group}.${column}`))
  return Object.fromEntries(codes.map((code) => [code, counts.get(code) ?? 0]))
}

/** 一格所计的一件案子。 */
export interface CountedCase {
  kind: 'review' | 'litigation'
  bodyId: string
  id: string
  title: string
  kindLabel: string
  /** 结果，或「尚未审结」 */
  note: string
  /** 作出决定、裁判生效之日；尚未审结的为收到之日 */
  on: PlainDate
  amount: number
}

/** 表四一格所计的案子；不是表四的格则为 null。 */
export async function listTable4Records(
  tx: Tx,
  scope: CountScope,
  cell: CellCode,
  page: { limit: number; offset: number },
): Promise<{ total: number; records: CountedCase[] } | null> {
  const [table, group, column] = cell.split('.')
  const known = table === 'T4' && GROUPS.some((each) => each === group) && [...COLUMNS, 'total'].some((each) => each === column)
  if (!known) return null
  const map = await resultMapOf(tx, scope.bodyId)
  const wanted = column as Column | 'total'
  return group === 'rv' ? listReviews(tx, scope, wanted, map, page) : listLitigation(tx, scope, { group: group as Group, column: wanted }, map, page)
}

async function listReviews(
  tx: Tx,
  scope: CountScope,
  column: Column | 'total',
  map: ResultMap,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ total: number; records: CountedCase[] }> {
  let query = countedReviews(tx, scope)
  if (column === 'pending') query = query.where('ended', '=', false)
  else if (column !== 'total') query = query.where('ended', '=', true).where('result', 'in', resultsIn(REVIEW_RESULTS, column, map))
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query.selectAll().orderBy('received_on').orderBy('id').limit(limit).offset(offset).execute()
  return {
    total,
    records: rows.map((row) => ({
      kind: 'review',
      bodyId: scope.bodyId,
      id: row.id,
      title: row.case_no,
      kindLabel: '行政复议案件',
      note: row.ended && row.result !== null ? REVIEW_RESULTS[row.result].label : '尚未审结',
      on: (row.ended ? row.decided_on : row.received_on) ?? row.received_on,
      amount: 1,
    })),
  }
}

async function listLitigation(
  tx: Tx,
  scope: CountScope,
  { group, column }: { group: Group; column: Column | 'total' },
  map: ResultMap,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ total: number; records: CountedCase[] }> {
  let query = countedLitigation(tx, scope).where('after_review', '=', group === 'la')
  if (column === 'pending') query = query.where('ended', '=', false)
  else if (column !== 'total') query = query.where('ended', '=', true).where('result', 'in', resultsIn(LITIGATION_RESULTS, column, map))
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query.selectAll().orderBy('received_on').orderBy('id').limit(limit).offset(offset).execute()
  return {
    total,
    records: rows.map((row) => ({
      kind: 'litigation',
      bodyId: scope.bodyId,
      id: row.id,
      title: row.case_no,
      kindLabel: row.after_review ? '行政诉讼案件（复议后起诉）' : '行政诉讼案件（直接起诉）',
      note: row.ended && row.result !== null ? LITIGATION_RESULTS[row.result].label : '尚未审结',
      on: (row.ended ? row.effective_on : row.received_on) ?? row.received_on,
      amount: 1,
    })),
  }
}

// 该年计入的案子：期间内审结的，与到期末没有审结的；`ended` 为到期末是否已审结
function countedReviews(tx: Tx, scope: CountScope) {
  const { from, to } = countPeriod(scope.year, scope.asOf)
  return tx.selectFrom(
    tx
      .selectFrom('review_case')
      .select((eb) => [
        'review_id as id',
        'case_no',
        'received_on',
        'decided_on',
        'result',
        eb.fn.coalesce(eb('decided_on', '<=', to), eb.val(false)).as('ended'),
      ])
      .where('body_id', '=', scope.bodyId)
      .where('received_on', '<=', to)
      .where((eb) => eb.or([eb('decided_on', 'is', null), eb('decided_on', '>=', from)]))
      .as('counted'),
  )
}

function countedLitigation(tx: Tx, scope: CountScope) {
  const { from, to } = countPeriod(scope.year, scope.asOf)
  return tx.selectFrom(
    tx
      .selectFrom('litigation_case')
      .select((eb) => [
        'litigation_id as id',
        'case_no',
        'after_review',
        'received_on',
        'effective_on',
        'result',
        eb.fn.coalesce(eb('effective_on', '<=', to), eb.val(false)).as('ended'),
      ])
      .where('body_id', '=', scope.bodyId)
      .where('role', '=', 'original')
      .where('received_on', '<=', to)
      .where((eb) => eb.or([eb('effective_on', 'is', null), eb('effective_on', '>=', from)]))
      .as('counted'),
  )
}

/** 一件复议案件计入各年的哪些格。 */
export async function cellsOfReview(tx: Tx, bodyId: string, reviewId: string, today: PlainDate): Promise<{ year: number; cell: CellCode }[]> {
  const row = await tx
    .selectFrom('review_case')
    .select(['received_on', 'decided_on', 'result'])
    .where('body_id', '=', bodyId)
    .where('review_id', '=', reviewId)
    .executeTakeFirst()
  if (!row) return []
  const column = row.result === null ? null : columnOf(REVIEW_RESULTS[row.result], await resultMapOf(tx, bodyId))
  return cellsOfCase('rv', { from: row.received_on, endedOn: row.decided_on, column }, today)
}

/** 一件诉讼案件计入各年的哪些格；复议机关作共同被告的一格也不计。 */
export async function cellsOfLitigation(
  tx: Tx,
  bodyId: string,
  litigationId: string,
  today: PlainDate,
): Promise<{ year: number; cell: CellCode }[]> {
  const row = await tx
    .selectFrom('litigation_case')
    .select(['after_review', 'role', 'received_on', 'effective_on', 'result'])
    .where('body_id', '=', bodyId)
    .where('litigation_id', '=', litigationId)
    .executeTakeFirst()
  if (!row || row.role === 'review-organ') return []
  const column = row.result === null ? null : columnOf(LITIGATION_RESULTS[row.result], await resultMapOf(tx, bodyId))
  return cellsOfCase(row.after_review ? 'la' : 'ld', { from: row.received_on, endedOn: row.effective_on, column }, today)
}

function cellsOfCase(
  group: Group,
  { from, endedOn, column }: { from: PlainDate; endedOn: PlainDate | null; column: ResultColumn | null },
  today: PlainDate,
): { year: number; cell: CellCode }[] {
  const first = Number(from.slice(0, 4))
  const last = Number((endedOn ?? today).slice(0, 4))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index).flatMap((year) => {
    const ended = endedOn !== null && column !== null && year === last
    return ['total', ended ? column : 'pending'].map((name) => ({ year, cell: `T4.${group}.${name}` }))
  })
}
