import type { Context } from 'hono'
import type { Deps } from '../../platform/deps.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { dayProblem, errorsOf, hasErrors, linkProblem, textProblem } from './check-text.ts'
import { EVIDENCE_UPLOAD, takeEvidence } from './evidence-file.ts'
import type { EvidenceFile } from './evidence-file.ts'

export interface GivenNote {
  seen: number
  on: PlainDate
  said: string
  href: string
  file: EvidenceFile | null
  /** 一并办结、不再办 */
  step: 'note' | 'done' | 'dropped'
}

/** 读一次进展的表单；不合的各栏说明。 */
export async function takeNote(c: Context, deps: Deps): Promise<{ ok: true; note: GivenNote } | { ok: false; state: FormState }> {
  const form = await parseForm(c, EVIDENCE_UPLOAD)
  const [said, on, href, step] = [form.text('said'), form.text('on'), form.text('href'), form.text('step')]
  const errors = errorsOf({ said: textProblem(said, 2, 1000), on: dayProblem(on, { to: deps.clock.today() }), href: linkProblem(href) })
  if (hasErrors(errors)) return { ok: false, state: { values: form.fields, errors } }
  const taken = await takeEvidence(deps, form.files)
  if (!taken.ok) return { ok: false, state: { values: form.fields, errors: { file: taken.message } } }
  return { ok: true, note: { seen: Number(form.text('version')), on, said, href, file: taken.file, step: step === 'done' || step === 'dropped' ? step : 'note' } }
}
