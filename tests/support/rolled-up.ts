import { loadRollUp } from '../../src/annual-report/roll-up/index.ts'
import { explainAbsence } from '../../src/annual-report/roll-up/explain-absence.ts'
import { listReportSets, packReportSet, startReportSet } from '../../src/annual-report/roll-up/report-set.ts'
import { someLines, seededRandom } from '../../src/annual-report/roll-up/testing.ts'
import { anAcceptedReport } from '../../src/annual-report/collection/testing.ts'
import { NARRATIVE } from '../../src/annual-report/collection/testing-desk.ts'
import { checkOwnReport, findingKey, freezeReport, getReport, openReport, passCheck, publishReport, reviewReport, saveNarrative, signReport, waiveWarning, type Narrative } from '../../src/annual-report/testing.ts'
import { aBody } from '../../src/bodies/testing.ts'
import type { SignedInActor } from '../../src/identity/index.ts'
import { createAccount } from '../../src/identity/testing.ts'
import type { Deps } from '../../src/platform/deps.ts'

const YEAR = 2025

/** 区政府的报告由受理的一家汇总而成，其余各家写明缘由，已公布；全套报告打过一包。 */
export async function rolledUp(deps: Deps, office: SignedInActor): Promise<{ set: string; officer: SignedInActor }> {
  const body = await aBody(deps, { code: 'qzf', name: '武昌区人民政府', kind: 'government', establishedOn: '2000-01-01' })
  const unit = await aBody(deps, { code: 'slj', name: '示例统计局', kind: 'organ', establishedOn: '2000-01-01' })
  await anAcceptedReport(deps, { bodyId: unit.bodyId, year: YEAR, cells: { 'R1.N': 4, 'R3.1.N': 4 }, lines: someLines(YEAR, seededRandom(1)) })
  const { sum } = await loadRollUp(deps.db, YEAR, deps.clock.today())
  for (const { bodyId } of sum.absent) await explainAbsence(deps, office, { bodyIds: [bodyId], year: YEAR, reason: '演示：报告还在办理，先行汇总' })
  const make = (name: string, role: 'disclosure-officer' | 'secrecy-reviewer' | 'leader' | 'publisher') => createAccount(deps.db, { name: `zf-${name}`, displayName: `${name}（演示）`, bodyId: body.bodyId, roles: [role] })
  const [officer, secrecy, leader, publisher] = [await make('xinxi', 'disclosure-officer'), await make('baomi', 'secrecy-reviewer'), await make('lingdao', 'leader'), await make('fabu', 'publisher')]
  const key = { bodyId: body.bodyId, year: YEAR }
  const found = () => getReport(deps.db, key.bodyId, YEAR)
  const seen = async () => ({ ...key, seen: (await found()).version })
  await openReport(deps, officer, key)
  await freezeReport(deps, officer, key)
  await saveNarrative(deps, officer, { ...(await seen()), narrative: DISTRICT_NARRATIVE })
  for (const one of (await checkOwnReport(deps.db, await found(), deps)).findings)
    if (one.severity === 'warning') await waiveWarning(deps, officer, { ...key, findingKey: findingKey(one), reason: '核对过，属实' })
  for (const done of [await passCheck(deps, officer, key), await reviewReport(deps, secrecy, { ...(await seen()), passed: true, opinion: '可以公开' })]) if (!done.ok) throw new Error(done.refusal)
  for (const done of [await signReport(deps, leader, await seen()), await publishReport(deps, publisher, key)]) if (!done.ok) throw new Error(done.refusal)
  await startReportSet(deps, office, YEAR)
  const [row] = await listReportSets(deps.db, YEAR)
  if (row === undefined) throw new Error('没有交办打包')
  await packReportSet(deps, { bodyId: row.body_id, setId: row.set_id })
  return { set: `/desk/roll-up/${YEAR}/set/${row.body_id}/${row.set_id}.zip`, officer }
}

const DISTRICT_NARRATIVE: Narrative = {
  ...NARRATIVE,
  introduction: '本报告依据条例第五十条编制。\n{汇总综述}',
  overview: { ...NARRATIVE.overview, supervision: '年度工作考核结果已经公布；社会评议由第三方组织；没有发生应当追究责任的情形。' },
}
