import type { Tx } from './db.ts'

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

export type Append = <E extends TimelineEvent>(
  tx: Tx,
  to: AppendTo,
  events: readonly E[],
  by: { actor: string; at: Date },
) => Promise<number>

export type Read = <E extends TimelineEvent>(tx: Tx, ref: CaseRef) => Promise<RecordedEvent<E>[]>
