import './tables.ts'
import { sql } from 'kysely'
import { caseStore } from '../../platform/case-store.ts'
import type { CaseChange } from '../../platform/case-store.ts'
import type { Tx } from '../../platform/db.ts'
import type { RecordedBy } from '../../platform/timeline.ts'
import type { Verifier } from '../../platform/verify.ts'
import { verifyRows } from '../../platform/verify-rows.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { evolveMatter } from './matter.ts'
import type { Matter, MatterEvent, MatterState, Status } from './matter.ts'

const matterStore = caseStore<'accountability_matter', Matter, MatterEvent>({ stream: 'accountability', table: 'accountability_matter', idColumn: 'matter_id', called: '责任追究事项', evolve: evolveMatter })

export const newMatter = matterStore.newCase
/** 一件及其时间线；没有则抛 NotFound。 */
export const getMatter = matterStore.getWithHistory

const toRow = (state: Matter) => ({
  status: state.status, title: state.title, trigger: state.trigger, measures: [...(state.decision?.measures ?? [])], opened_on: state.openedOn, reply_by: state.told?.replyBy ?? null,
  decided_on: state.decision?.on ?? null, rectify_by: state.decision?.rectifyBy ?? null, closed_on: state.closedOn, withdrawn_on: state.withdrawn?.on ?? null,
})

export const saveMatter = (tx: Tx, change: CaseChange<MatterState, MatterEvent>, by: RecordedBy): Promise<number> =>
  matterStore.save(tx, [change], by, (state, { caseId, ledgerKey }) => ({ matter_id: caseId, ledger_key: ledgerKey, ...toRow(state) }))

export const accountabilityVerifiers: readonly Verifier[] = [{ name: '责任追究', verify: ({ db }) => verifyRows(db, matterStore, toRow) }]

export interface MatterRow {
  bodyId: string
  matterId: string
  title: string
  status: Status
  measures: readonly string[]
  openedOn: PlainDate
  replyBy: PlainDate | null
  decidedOn: PlainDate | null
  rectifyBy: PlainDate | null
  closedOn: PlainDate | null
}

export interface MatterFilter {
  /** 不写的为全区 */
  bodyId?: string
  status?: Status
  /** 提起之年 */
  year?: number
  text?: string
  /** 只要告知过机关的：没有告知的，机关看不到 */
  told?: boolean
}

function conditionsOf({ bodyId, status, year, text = '', told = false }: MatterFilter) {
  const like = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  return sql.join(
    [
      sql`true`,
      ...(bodyId === undefined ? [] : [sql`body_id = ${bodyId}`]),
      ...(told ? [sql`reply_by is not null`] : []),
      ...(status === undefined ? [] : [sql`status = ${status}`]),
      ...(year === undefined ? [] : [sql`opened_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date`]),
      ...(text === '' ? [] : [sql`title ilike ${like}`]),
    ],
    sql` and `,
  )
}

/** 一页事项，近的在前（或在后）。 */
export async function listMatters(tx: Tx, filter: MatterFilter, { limit, offset, descending = true }: { limit: number; offset: number; descending?: boolean }): Promise<MatterRow[]> {
  const direction = descending ? sql`desc` : sql`asc`
  const { rows } = await sql<MatterRow>`
    select body_id as "bodyId", matter_id as "matterId", title, status, measures, opened_on as "openedOn", reply_by as "replyBy", decided_on as "decidedOn", rectify_by as "rectifyBy", closed_on as "closedOn"
    from accountability_matter where ${conditionsOf(filter)} order by opened_on ${direction}, matter_id ${direction} limit ${Math.min(limit, 5000)} offset ${offset}`.execute(tx)
  return rows
}

export async function countMatters(tx: Tx, filter: MatterFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from accountability_matter where ${conditionsOf(filter)}`.execute(tx)
  return rows[0]?.n ?? 0
}

/** 一段日子里提起几件、作出处理几件（各种处理各几件次）、撤销几件；供一级政府报告的第一部分。撤销了的处理不计。 */
export interface AccountabilityCounts {
  opened: number
  decided: number
  withdrawn: number
  byMeasure: Readonly<Record<string, number>>
}

export async function countAccountability(tx: Tx, { from, to }: { from: PlainDate; to: PlainDate }): Promise<AccountabilityCounts> {
  const within = (column: string) => sql`${sql.ref(column)} between ${from}::date and ${to}::date`
  const { rows } = await sql<{ opened: number; decided: number; withdrawn: number }>`
    select count(*) filter (where ${within('opened_on')}) as opened, count(*) filter (where ${within('decided_on')} and withdrawn_on is null) as decided,
      count(*) filter (where ${within('withdrawn_on')}) as withdrawn from accountability_matter where opened_on <= ${to}::date`.execute(tx)
  const kinds = await sql<{ measure: string; n: number }>`
    select measure, count(*) as n from accountability_matter, unnest(measures) measure where ${within('decided_on')} and withdrawn_on is null group by 1`.execute(tx)
  return { opened: 0, decided: 0, withdrawn: 0, ...rows[0], byMeasure: Object.fromEntries(kinds.rows.map(({ measure, n }) => [measure, n])) }
}
