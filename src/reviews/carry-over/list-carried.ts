import '../tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { LITIGATION_RESULTS, REVIEW_RESULTS } from '../results.ts'

/** 表四的三组：行政复议、未经复议直接起诉、复议后起诉。 */
export const CARRIED_GROUPS = { rv: '行政复议', ld: '未经复议直接起诉', la: '复议后起诉' } as const
export type CarriedGroup = keyof typeof CARRIED_GROUPS
export const CARRIED_KEYS = Object.keys(CARRIED_GROUPS).filter((key): key is CarriedGroup => Object.hasOwn(CARRIED_GROUPS, key))

/** 上年年末没有审结的一件，本年怎样了。 */
export interface CarriedCase {
  id: string
  group: CarriedGroup
  caseNo: string
  receivedOn: PlainDate
  /** 本年截止之日以前审结的 */
  endedOn: PlainDate | null
  result: string | null
}

const MOST = 2000

/** 上年年末没有审结的各件（照现在的记录），至 `asOf` 的去向；先收到的在前，至多二千件。 */
export async function listCarried(tx: Tx, bodyId: string, { year, asOf }: { year: number; asOf: PlainDate }): Promise<CarriedCase[]> {
  const last = `${year - 1}-12-31`
  const { rows } = await sql<CarriedCase>`
    select review_id as id, 'rv' as "group", case_no as "caseNo", received_on as "receivedOn", case when decided_on <= ${asOf}::date then decided_on end as "endedOn", case when decided_on <= ${asOf}::date then result end as result
      from review_case where body_id = ${bodyId} and received_on <= ${last}::date and (decided_on is null or decided_on > ${last}::date)
    union all
    select litigation_id, case when after_review then 'la' else 'ld' end, case_no, received_on, case when effective_on <= ${asOf}::date then effective_on end, case when effective_on <= ${asOf}::date then result end
      from litigation_case where body_id = ${bodyId} and role = 'original' and received_on <= ${last}::date and (effective_on is null or effective_on > ${last}::date)
    order by 4, 1 limit ${MOST}`.execute(tx)
  return rows.map((row) => ({ ...row, result: row.result === null ? null : (labelOf(row.group, row.result) ?? row.result) }))
}

const labelOf = (group: CarriedGroup, result: string): string | undefined =>
  (group === 'rv' ? Object.entries(REVIEW_RESULTS) : Object.entries(LITIGATION_RESULTS)).find(([key]) => key === result)?.[1].label

/** 上年报告里尚未审结的件数，按组；认不出的格为 null，没有上年报告的整个为 null。由年度报告一方给出。 */
export type FiledPending = (tx: Tx, bodyId: string, year: number) => Promise<Readonly<Record<CarriedGroup, number | null>> | null>

export interface CarryOver {
  group: CarriedGroup
  /** 上年报告写的；没有上年报告、认不出的为 null */
  filed: number | null
  cases: readonly CarriedCase[]
  /** 上年报告计了、而记录里没有的件数；记录多于报告的为负 */
  missing: number
}

/** K14：上年报告里尚未审结的，在本机关的记录里有没有去向。 */
export const compareCarried = (cases: readonly CarriedCase[], filed: Readonly<Record<CarriedGroup, number | null>> | null): CarryOver[] =>
  CARRIED_KEYS.map((group) => {
    const of = cases.filter((one) => one.group === group)
    const stated = filed?.[group] ?? null
    return { group, filed: stated, cases: of, missing: stated === null ? 0 : stated - of.length }
  })
