import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Outcome } from '../statute/outcomes.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { Channel } from '../statute/receipt.ts'
import type { Status } from './application.ts'
import type { ApplicantKind } from './events.ts'

/** 给外接系统看的一件：没有申请内容与申请人，内容里可能有个人信息。 */
export interface ChangedApplication {
  caseId: string
  regNo: string
  status: Status
  channel: Channel | null
  applicantKind: ApplicantKind
  submittedOn: PlainDate | null
  receivedOn: PlainDate | null
  clock: 'running' | 'consulting' | 'stopped' | 'no-calendar' | null
  dueOn: PlainDate | null
  outcome: Outcome | null
  decidedOn: PlainDate | null
  servedOn: PlainDate | null
  /** 照复议决定、裁判重新答复的，原来的一件 */
  redoOf: string | null
  version: number
  updatedAt: Date
}

const MOST = 200
const SELECTED = sql`case_id as "caseId", reg_no as "regNo", status, channel, applicant_kind as "applicantKind",
  submitted_on as "submittedOn", received_on as "receivedOn", clock, due_on as "dueOn",
  case when status in ('dispatched', 'served', 'closed', 'withdrawn', 'archived') then outcome end as outcome,
  decided_on as "decidedOn", served_on as "servedOn", redo_of as "redoOf", version, updated_at as "updatedAt"`

/** 一件；没有则 null。 */
export async function findChangedApplication(tx: Tx, bodyId: string, caseId: string): Promise<ChangedApplication | null> {
  const { rows } = await sql<ChangedApplication>`select ${SELECTED} from application where body_id = ${bodyId} and case_id = ${caseId}`.execute(tx)
  return rows[0] ?? null
}

/**
 * 一机构的申请，按改动的先后，早改的在前，供对方逐页同步；`next` 为下一页的 `after`，没有了则 null。
 * 结果只在作出决定并送出之后才给，之前是内部的事。
 */
export async function listChangedApplications(
  tx: Tx,
  { bodyId, status, since }: { bodyId: string; status?: Status | undefined; since?: Date | undefined },
  { after, limit }: { after: string | null; limit: number },
): Promise<{ rows: ChangedApplication[]; next: string | null }> {
  const most = Math.min(Math.max(limit, 1), MOST)
  const cursor = readCursor(after)
  const where = [sql`body_id = ${bodyId}`]
  if (status !== undefined) where.push(sql`status = ${status}`)
  if (since !== undefined) where.push(sql`updated_at >= ${since}`)
  // 时刻以文字往返：库里有微秒，JavaScript 的时刻只到毫秒
  if (cursor !== null) where.push(sql`(updated_at, case_id) > (${cursor.at}::timestamptz, ${cursor.caseId}::uuid)`)
  const { rows } = await sql<ChangedApplication & { cursor: string }>`select ${SELECTED}, updated_at::text as cursor
    from application where ${sql.join(where, sql` and `)} order by updated_at, case_id limit ${most + 1}`.execute(tx)
  const last = rows.length > most ? rows[most - 1] : undefined
  return {
    rows: rows.slice(0, most).map(({ cursor: _, ...row }) => row),
    next: last === undefined ? null : Buffer.from(`${last.cursor}~${last.caseId}`).toString('base64url'),
  }
}

const CURSOR = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d)?)~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

function readCursor(after: string | null): { at: string; caseId: string } | null {
  const found = CURSOR.exec(Buffer.from((after ?? '').slice(0, 200), 'base64url').toString('utf8'))
  return found === null ? null : { at: found[1] ?? '', caseId: found[2] ?? '' }
}
