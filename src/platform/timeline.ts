import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import { canonicalJson } from './canonical-json.ts'
import { sqlState } from './connect.ts'
import type { Tx } from './db.ts'
import { Conflict } from './errors.ts'
import type { TimelineEventTable } from './tables.ts'

/** 一件案子的时间线：键为机构与案子，流名为名词（`application`、`item`、`review`、`annual-report`）。 */
export interface CaseRef {
  bodyId: string
  caseId: string
  stream: string
}

/** 事件：种类与生效的自然日，其余字段由名词决定；须能存为 JSON。 */
export interface TimelineEvent {
  kind: string
  on: string
}

export interface RecordedEvent<E extends TimelineEvent = TimelineEvent> {
  version: number
  event: E
  /** 记下的时刻 */
  at: Date
  /** 记下者：账号 id，或 `system:…`、`import:…` */
  actor: string
  /** SM3(前一条的 hash ‖ 规范 JSON)，十六进制 */
  hash: string
}

export type AppendTo = CaseRef & { expectedVersion: number }
export interface RecordedBy {
  actor: string
  at: Date
}
/** 成批记入的一件；未写 expectedVersion 的是新案子。 */
export type AppendEntry<E extends TimelineEvent> = Omit<CaseRef, 'stream'> & {
  expectedVersion?: number
  events: readonly E[]
  /** 各事的记下者与时刻不同的（补录、演示），逐事写明；不写则都依整批 */
  recordedBy?: (event: E) => RecordedBy
}

/**
 * 在时间线末尾记下几件事，返回新的版本号。所见版本（新案子为 0）已落后时抛 Conflict，事务须就此退回。
 * @param by.actor 记下者；@param by.at 记下的时刻
 */
export async function append<E extends TimelineEvent>(tx: Tx, to: AppendTo, events: readonly E[], by: RecordedBy): Promise<number> {
  await appendMany(tx, to.stream, [{ ...to, events }], by)
  return to.expectedVersion + events.length
}

/** 成批记入许多案子，返回记下的事件数；任一件版本相撞抛 Conflict。十万件亦可一次交来，内部分批。 */
export async function appendMany<E extends TimelineEvent>(
  tx: Tx,
  stream: string,
  entries: readonly AppendEntry<E>[],
  by: RecordedBy,
): Promise<number> {
  let count = 0
  for (let from = 0; from < entries.length; from += BATCH) {
    const batch = entries.slice(from, from + BATCH)
    const last = await lastEvents(tx, stream, batch)
    const rows = batch.flatMap((entry) => toRows(stream, entry, last.get(keyOf(entry)), by))
    await insertRows(tx, rows)
    count += rows.length
  }
  return count
}

/** 一件案子的全部事件，依次；没有则为空。 */
export async function read<E extends TimelineEvent>(tx: Tx, ref: CaseRef): Promise<RecordedEvent<E>[]> {
  const rows = await tx
    .selectFrom('timeline_event')
    .selectAll()
    .where('body_id', '=', ref.bodyId)
    .where('case_id', '=', ref.caseId)
    .where('stream', '=', ref.stream)
    .orderBy('version')
    .execute()
  return rows.map(toRecorded<E>)
}

/** 同一机构许多案子的事件，按案子分开；没有事件的案子不在其中。至多 1000 件一次。 */
export async function readMany<E extends TimelineEvent>(
  tx: Tx,
  { bodyId, caseIds, stream }: { bodyId: string; caseIds: readonly string[]; stream: string },
): Promise<Map<string, RecordedEvent<E>[]>> {
  if (caseIds.length > BATCH) throw new RangeError(`一次至多读 ${BATCH} 件`)
  const rows = await tx
    .selectFrom('timeline_event')
    .selectAll()
    .where('body_id', '=', bodyId)
    .where('case_id', '=', sql<string>`any(${[...caseIds]}::uuid[])`)
    .where('stream', '=', stream)
    .orderBy('case_id')
    .orderBy('version')
    .execute()
  return new Map([...Map.groupBy(rows, (row) => row.case_id)].map(([id, group]) => [id, group.map(toRecorded<E>)]))
}

const BATCH = 1000

export type TimelineRow = Selectable<TimelineEventTable>

/** 一条的 hash：前一条的 hash（第一条为 32 个零字节）接本条的规范 JSON，取 SM3。 */
export const hashOf = (previous: Buffer | null, row: Omit<TimelineRow, 'hash'>): Buffer =>
  createHash('sm3')
    .update(previous ?? Buffer.alloc(32))
    .update(
      canonicalJson({
        body: row.body_id,
        case: row.case_id,
        version: row.version,
        stream: row.stream,
        kind: row.kind,
        on: row.on_day,
        at: row.at.toISOString(),
        actor: row.actor,
        data: row.data,
      }),
    )
    .digest()

function toRows<E extends TimelineEvent>(
  stream: string,
  entry: AppendEntry<E>,
  last: { version: number; hash: Buffer } | undefined,
  by: RecordedBy,
): TimelineRow[] {
  const expected = entry.expectedVersion ?? 0
  if (expected > 0 && last?.version !== expected) throw new Conflict(expected, last?.version ?? 0)
  let previous = last?.hash ?? null
  return entry.events.map((event, index) => {
    const { kind, on, ...data } = event
    const { at, actor } = entry.recordedBy?.(event) ?? by
    const version = expected + index + 1
    const row = { body_id: entry.bodyId, case_id: entry.caseId, version, stream, kind, on_day: on, at, actor, data }
    previous = hashOf(previous, row)
    return { ...row, hash: previous }
  })
}

const keyOf = (ref: { bodyId: string; caseId: string }): string => `${ref.bodyId}/${ref.caseId}`

// 新案子不必问：若已有事件，插入时撞主键
async function lastEvents<E extends TimelineEvent>(tx: Tx, stream: string, entries: readonly AppendEntry<E>[]) {
  const known = entries.filter((entry) => (entry.expectedVersion ?? 0) > 0)
  if (known.length === 0) return new Map<string, never>()
  const { rows } = await sql<{ body_id: string; case_id: string; version: number; hash: Buffer; stream: string }>`
    select e.body_id, e.case_id, e.version, e.hash, e.stream
    from unnest(${known.map((entry) => entry.bodyId)}::uuid[], ${known.map((entry) => entry.caseId)}::uuid[]) as k (body_id, case_id)
    cross join lateral (
      select * from timeline_event t where t.body_id = k.body_id and t.case_id = k.case_id
      order by version desc limit 1
    ) e`.execute(tx)
  const foreign = rows.find((row) => row.stream !== stream)
  if (foreign) throw new Error(`案子 ${foreign.case_id} 属 ${foreign.stream}，不属 ${stream}`)
  return new Map(rows.map((row) => [keyOf({ bodyId: row.body_id, caseId: row.case_id }), row]))
}

async function insertRows(tx: Tx, rows: readonly TimelineRow[]): Promise<void> {
  if (rows.length === 0) return
  try {
    await sql`insert into timeline_event (body_id, case_id, version, stream, kind, on_day, at, actor, data, hash)
      select * from unnest(
        ${rows.map((r) => r.body_id)}::uuid[], ${rows.map((r) => r.case_id)}::uuid[], ${rows.map((r) => r.version)}::int[],
        ${rows.map((r) => r.stream)}::text[], ${rows.map((r) => r.kind)}::text[], ${rows.map((r) => r.on_day)}::date[],
        ${rows.map((r) => r.at.toISOString())}::timestamptz[], ${rows.map((r) => r.actor)}::text[],
        ${rows.map((r) => JSON.stringify(r.data))}::jsonb[], ${rows.map((r) => r.hash)}::bytea[])`.execute(tx)
  } catch (error) {
    if (sqlState(error) !== '23505') throw error
    // 撞主键：别人刚写下了同一版；事务已作废，无从再问现为第几版
    const first = (rows[0]?.version ?? 1) - 1
    throw new Conflict(first, first + 1)
  }
}

function toRecorded<E extends TimelineEvent>(row: TimelineRow): RecordedEvent<E> {
  // 写入时即是 E，读回只是把两列放回原处
  const event = { ...row.data, kind: row.kind, on: row.on_day } as unknown as E
  return { version: row.version, event, at: row.at, actor: row.actor, hash: row.hash.toString('hex') }
}
