import { getDistrict, listBodies, type Body } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { listAcceptedReports, listCollection, type Filer } from '../collection/filings.ts'
import { countSnapshot } from '../tally/count-snapshot.ts'
import type { Snapshot } from '../report.ts'
import { listExplanations } from './explain-absence.ts'
import { rollUp, type Absent, type Accepted, type RollUp } from './roll-up.ts'

/** 区政府自己：登记为一级政府的机构；没有登记的为 null。 */
export const findGovernment = async (tx: Tx): Promise<Body | null> => {
  const all = (await listBodies(tx, { includeAbolished: true })).filter(({ kind, status }) => kind === 'government' && status === 'active')
  if (all.length < 2) return all[0] ?? null
  const { government } = await getDistrict(tx)
  return all.find(({ name }) => name === government) ?? all[0] ?? null
}

/** 一个年度的汇总，与区政府本级的数；此刻的样子。 */
export interface LoadedRollUp {
  sum: RollUp
  government: { body: Body; own: Snapshot } | null
}

/**
 * 载入一个年度的汇总：受理的各份（只取数，不取正文）一次查询，名单与办到哪里五次，区政府本级的台账一次数出。
 * m 家机关 m 行；与有多少件申请无关。
 */
export async function loadRollUp(tx: Tx, year: number, today: PlainDate): Promise<LoadedRollUp> {
  const { filers, others } = await listCollection(tx, year, today)
  const reports = await listAcceptedReports(tx, year, { lines: false })
  const explanations = await listExplanations(tx, year)
  const government = await findGovernment(tx)
  const own = government === null ? null : await countSnapshot(tx, government.bodyId, year, today)
  const byBody = new Map(filers.map((filer) => [filer.bodyId, filer]))
  // 区政府自己的报告就是这份汇总，报给上级的不再加进来
  const accepted = reports
    .filter(({ kind }) => kind !== 'government')
    .map((one): Accepted => ({ ...one, late: byBody.get(one.bodyId)?.late ?? false }))
  const inSum = new Set(accepted.map(({ bodyId }) => bodyId))
  const ours: Accepted[] =
    government === null || own === null
      ? []
      : [{ bodyId: government.bodyId, bodyCode: government.code, bodyName: government.name, kind: 'government', form: own.form, cells: own.cells, round: 0, source: 'records', acceptedOn: null, late: false }]
  const sum = rollUp({
    year,
    accepted: [...ours, ...accepted],
    absent: filers.filter(({ bodyId, kind }) => kind !== 'government' && !inSum.has(bodyId)).map((filer) => toAbsent(filer, explanations.get(filer.bodyId) ?? null)),
    exempt: others.filter(({ because }) => because.why === 'exempt').map(({ bodyId, bodyCode, name, because }) => ({ bodyId, bodyCode, bodyName: name, reason: because.words })),
    merged: others.filter(({ because }) => because.why === 'merged' || because.why === 'abolished').map(({ name, because }) => ({ bodyName: name, words: because.words })),
  })
  return { sum, government: government === null || own === null ? null : { body: government, own } }
}

const toAbsent = ({ bodyId, bodyCode, name, kind, status, late }: Filer, explanation: Absent['explanation']): Absent => ({
  bodyId,
  bodyCode,
  bodyName: name,
  kind,
  status: status === 'filed' || status === 'returned' ? status : 'none',
  late,
  explanation,
})
