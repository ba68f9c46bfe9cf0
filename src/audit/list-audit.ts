import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { firstIdAt } from '../platform/id.ts'

export interface AuditFilter {
  /** 所涉机关；不属某一机关的用 WHOLE_DISTRICT；null 为不分机关，全部 */
  bodyId: string | null
  actor?: string
  /** 整个动作，或其前缀加 `.`，如 `session.` */
  action?: string
  target?: string
  /** 北京时间的自然日，含首尾 */
  from?: string
  to?: string
  /** 上一页最后一条的 id；从新到旧 */
  before?: string
}

export interface AuditEntry {
  id: string
  bodyId: string
  at: Date
  actor: string
  action: string
  target: string
  detail: Record<string, unknown>
  sealed: boolean
}

const PAGE = 50

/** 一页留痕，从新到旧，至多 50 条；`next` 为下一页的 before，没有了则为 null。调用者须先查权限。 */
export async function listAudit(tx: Tx, filter: AuditFilter): Promise<{ entries: AuditEntry[]; next: string | null }> {
  let query = tx.selectFrom('audit_event').selectAll()
  if (filter.bodyId !== null) query = query.where('body_id', '=', filter.bodyId)
  if (filter.actor) query = query.where('actor', '=', filter.actor)
  if (filter.target) query = query.where('target', '=', filter.target)
  if (filter.action?.endsWith('.')) query = query.where(sql<boolean>`starts_with(action, ${filter.action})`)
  else if (filter.action) query = query.where('action', '=', filter.action)
  // id 含造它的时刻，故可按主键取一段，不必从最新的逐条数下去
  if (filter.from) query = query.where('event_id', '>=', firstIdAt(startOf(filter.from)))
  if (filter.to) query = query.where('event_id', '<', firstIdAt(new Date(startOf(filter.to).getTime() + 86_400_000)))
  if (filter.before) query = query.where('event_id', '<', filter.before)
  const rows = await query.orderBy('event_id', 'desc').limit(PAGE + 1).execute()
  const entries = rows.slice(0, PAGE).map((row) => ({
    id: row.event_id,
    bodyId: row.body_id,
    at: row.at,
    actor: row.actor,
    action: row.action,
    target: row.target,
    detail: row.detail,
    sealed: row.block !== null,
  }))
  return { entries, next: rows.length > PAGE ? (entries.at(-1)?.id ?? null) : null }
}

const startOf = (day: string): Date => new Date(`${day}T00:00:00+08:00`)
