import { actorKey, type Actor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { changeReport, type Changed, type ReportKey } from './change-report.ts'
import { problemsIn, type Narrative } from '../narrative/narrative.ts'
import { draft } from '../report.ts'

/** 保存正文。手写了表格中的数字、用了没有的占位，都不保存，逐栏说明。 */
export async function saveNarrative(
  deps: Deps,
  actor: Actor,
  { narrative, ...key }: ReportKey & { narrative: Narrative },
): Promise<Changed | { ok: false; refusal: 'invalid'; problems: Record<string, string> }> {
  const problems = problemsIn(narrative)
  if (Object.keys(problems).length > 0) return { ok: false, refusal: 'invalid', problems }
  return changeReport(deps, actor, 'report.draft', key, (_, found) =>
    draft(found.state, { on: deps.clock.today(), narrative, drafter: actorKey(actor) }),
  )
}
