import { serveChild } from '../../platform/child-side.ts'
import { readReport } from './read-bytes.ts'
import { UnreadableReport, type UnreadableCode } from './unreadable.ts'
import type { ReadReport } from './read-report.ts'

export interface ReadInput {
  bytes: Uint8Array
  filename: string
}
/** 读不出是意料之中的，作为值送回。 */
export type ReadOutput = { ok: true; report: ReadReport } | { ok: false; code: UnreadableCode; message: string }

serveChild<ReadInput, ReadOutput>(async ({ bytes, filename }) => {
  try {
    return { ok: true, report: await readReport(bytes, filename) }
  } catch (error) {
    if (error instanceof UnreadableReport) return { ok: false, code: error.code, message: error.message }
    throw error
  }
})
