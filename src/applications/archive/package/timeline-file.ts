import { z } from 'zod'
import { canonicalJson } from '../../../platform/canonical-json.ts'
import { hashOf } from '../../../platform/timeline.ts'
import type { RecordedEvent } from '../../../platform/timeline.ts'
import { parseJson } from './manifest.ts'

const schema = z.strictObject({
  body: z.string(),
  case: z.string(),
  stream: z.string(),
  events: z.array(z.strictObject({ version: z.number(), kind: z.string(), on: z.string(), at: z.iso.datetime(), actor: z.string(), data: z.record(z.string(), z.unknown()), hash: z.string() })),
})

/** 时间线写成文件：各事与其 hash 原样，离开系统也能逐条重算。 */
export const timelineText = ({ bodyId, caseId, stream }: { bodyId: string; caseId: string; stream: string }, events: readonly RecordedEvent[]): string =>
  canonicalJson({
    body: bodyId,
    case: caseId,
    stream,
    events: events.map(({ version, event, at, actor, hash }) => {
      const { kind, on, ...data } = event
      return { version, kind, on, at: at.toISOString(), actor, data, hash }
    }),
  })

/** 逐条重算；好的给出末条的 hash 与条数，不好的说第几条。 */
export function checkTimeline(text: string): { ok: true; caseId: string; events: number; head: string } | { ok: false; message: string } {
  const parsed = schema.safeParse(parseJson(text))
  if (!parsed.success) return { ok: false, message: '不是时间线的格式' }
  const { body, case: caseId, stream, events } = parsed.data
  let previous: Buffer | null = null
  for (const [i, { version, kind, on, at, actor, data, hash }] of events.entries()) {
    if (version !== i + 1) return { ok: false, message: `缺第 ${i + 1} 条` }
    previous = hashOf(previous, { body_id: body, case_id: caseId, version, stream, kind, on_day: on, at: new Date(at), actor, data })
    if (previous.toString('hex') !== hash) return { ok: false, message: `第 ${version} 条的内容与其 hash 不符` }
  }
  return { ok: true, caseId, events: events.length, head: previous?.toString('hex') ?? '' }
}
