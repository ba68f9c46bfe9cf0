import { getBody, namesOf, type BodyKind } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { Self } from '../tally/figures.ts'
import { loadRegisters } from '../narrative/load-registers.ts'
import { firstDraft, type Narrative } from '../narrative/narrative.ts'
import { applyFill, proposeFill } from '../narrative/narrative-fill.ts'
import { lastProblemsOf } from '../own-check/previous.ts'
import type { ReportModel } from './report-model.ts'
import { districtDraft } from '../roll-up/district-draft.ts'
import type { LoadedReport } from '../store.ts'
import type { Snapshot } from '../report.ts'
import { takeSnapshot } from '../tally/tally.ts'

/** 报告此刻的内容：冻结的数（未冻结则现取，刚取过的可以给来）与正文（未起草则为初稿）。 */
export async function loadModel(tx: Tx, found: LoadedReport, deps: Deps, live?: Snapshot): Promise<ReportModel> {
  const { bodyId, year, state } = found
  const snapshot = state.snapshot ?? live ?? (await takeSnapshot(tx, bodyId, year, deps.clock.today()))
  const narrative = state.narrative ?? (await firstNarrative(tx, bodyId, year, snapshot))
  return modelOf(tx, bodyId, year, { snapshot, narrative, edition: state.edition, reason: state.correctionReason })
}

/** 与报告的办理无关，直接由台账得出：任何一日、任何一年。正文用已起草的。 */
export async function liveModel(
  tx: Tx,
  { bodyId, year, found }: { bodyId: string; year: number; found: LoadedReport | null },
  deps: Deps,
): Promise<ReportModel> {
  const snapshot = await takeSnapshot(tx, bodyId, year, deps.clock.today())
  const narrative = found?.state.narrative ?? (await firstNarrative(tx, bodyId, year, snapshot))
  return modelOf(tx, bodyId, year, {
    snapshot,
    narrative,
    edition: found?.state.edition ?? 1,
    reason: found?.state.correctionReason ?? null,
  })
}

// 汇总的报告，初稿摘自受理的各份
async function firstNarrative(tx: Tx, bodyId: string, year: number, { summed, figures }: Snapshot): Promise<Narrative> {
  const last = await lastProblemsOf(tx, bodyId, year)
  if (summed !== undefined) return districtDraft(tx, year, summed, figures, last)
  const draft = firstDraft(last)
  // 还没有人写过，登记里有的都先补上
  if (figures.safeguards === undefined) return draft
  const registers = await loadRegisters(tx, bodyId, year, figures.safeguards)
  return applyFill(draft, registers, new Set(proposeFill(draft, registers).map(({ key }) => key)))
}

const SELVES: Partial<Record<BodyKind, Self>> = { 'authorized-org': '本单位', government: '全区' }

async function modelOf(
  tx: Tx,
  bodyId: string,
  year: number,
  content: { snapshot: Snapshot; narrative: Narrative; edition: number; reason: string | null },
): Promise<ReportModel> {
  const body = await getBody(tx, bodyId)
  const { name } = await namesOf(tx, bodyId, `${year}-12-31`)
  const { form, asOf, cells, figures, summed } = content.snapshot
  return {
    bodyCode: body.code,
    bodyName: name,
    self: SELVES[body.kind] ?? '本机关',
    year,
    form,
    edition: content.edition,
    asOf,
    datedOn: asOf,
    cells,
    figures,
    ...(summed === undefined ? {} : { summed }),
    narrative: content.narrative,
    correctionReason: content.reason,
    demo: body.demo,
  }
}
