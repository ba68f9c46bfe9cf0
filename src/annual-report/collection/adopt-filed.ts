import { listBodies } from '../../bodies/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { getEditionModel } from '../queries.ts'
import { findReport } from '../store.ts'
import { toReadReport } from '../own-check/to-read-report.ts'
import { sendRound } from './send-round.ts'

const MOST = 2000
const ADOPTER = 'system:adopt'

/** 收集启用以前已经报送的各份，作为第一次报送收进来；报送之日照旧。可以重办。返回收进几份。 */
export async function adoptFiled(deps: Deps): Promise<number> {
  const rows = await deps.db
    .selectFrom('annual_report')
    .select(['annual_report.body_id', 'annual_report.year'])
    .where('annual_report.filed_on', 'is not', null)
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('filing').select('filing.filing_id').whereRef('filing.body_id', '=', 'annual_report.body_id').whereRef('filing.year', '=', 'annual_report.year').where('filing.round', '>', 0))),
    )
    .orderBy('annual_report.body_id')
    .limit(MOST)
    .execute()
  // 一级政府的报告报给上一级，不在本区的收集之内
  const governments = new Set((await listBodies(deps.db, { includeAbolished: true })).filter(({ kind }) => kind === 'government').map(({ bodyId }) => bodyId))
  const ours = rows.filter((row) => !governments.has(row.body_id))
  for (const { body_id: bodyId, year } of ours) await adoptOne(deps, bodyId, year)
  return ours.length
}

const adoptOne = (deps: Deps, bodyId: string, year: number): Promise<void> =>
  transaction(deps.db, async (tx) => {
    const found = await findReport(tx, bodyId, year)
    const on = found?.state.filedOn ?? null
    if (found === null || on === null) return
    const model = await getEditionModel(tx, { bodyId, reportId: found.reportId, edition: found.state.edition })
    const { cells, lines } = toReadReport(model)
    const content = { source: 'system', form: model.form, edition: found.state.edition, bodyName: model.bodyName, cells, lines, typed: [], model, findings: [], waivers: found.state.waivers, fileKey: null, fileName: null } as const
    const sent = await sendRound(tx, { bodyId, year }, content, { actor: ADOPTER, at: deps.clock.now(), on, quiet: true })
    if (!sent.ok) throw new Error(`已报送的 ${year} 年度报告收不进来：${sent.refusal}`)
  })
