import { serveChild } from '../platform/child-side.ts'
import { engineFor } from './engine.ts'
import { Unredactable, type UnredactableCode } from './unredactable.ts'
import type { Mark, OpenedSource, SourceType } from './mark.ts'

export type Task = { bytes: Uint8Array; type: SourceType } & (
  | { task: 'open' }
  | { task: 'covered' }
  | { task: 'picture'; page: number }
  | { task: 'redact'; marks: readonly Mark[] }
  | { task: 'verify'; marks: readonly Mark[]; result: Uint8Array }
)

/** 打不开是意料之中的，作为值送回。 */
export type Reply =
  | { task: 'open'; opened: OpenedSource }
  | { task: 'covered'; said: string | null }
  | { task: 'picture'; png: Uint8Array }
  | { task: 'redact'; bytes: Uint8Array }
  | { task: 'verify'; findings: readonly string[] }
  | { task: 'refused'; code: UnredactableCode; message: string }

serveChild<Task, Reply>(async (job) => {
  try {
    return await work(job)
  } catch (error) {
    if (error instanceof Unredactable) return { task: 'refused', code: error.code, message: error.message }
    throw error
  }
})

async function work(job: Task): Promise<Reply> {
  if (job.task === 'covered') return { task: 'covered', said: job.type === 'pdf' ? await (await import('./pages/pdf-engine.ts')).coveredInPdf(job.bytes) : null }
  const engine = await engineFor(job.type)
  switch (job.task) {
    case 'open':
      return { task: 'open', opened: await engine.open(job.bytes) }
    case 'picture':
      return { task: 'picture', png: await engine.picture(job.bytes, job.page) }
    case 'redact':
      return { task: 'redact', bytes: await engine.redact(job.bytes, job.marks) }
    case 'verify':
      return { task: 'verify', findings: await engine.verify(job.bytes, job.marks, job.result) }
  }
}
