import { getBody } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { checkOwnReport } from '../own-check/own-checks.ts'
import { getEditionModel } from '../queries.ts'
import type { LoadedReport } from '../store.ts'
import { toReadReport } from '../own-check/to-read-report.ts'
import { sendRound, type RoundSent, type Sender } from './send-round.ts'

/** 把签发的一版作为下一次报送：数与正文都取自签发之时存下的，校核此刻再做一遍。 */
export async function fileSigned(tx: Tx, deps: Deps, found: LoadedReport, by: Sender, reply: string): Promise<RoundSent> {
  const { bodyId, reportId, year, state } = found
  // 一级政府的报告报给上一级，不在本区的收集之内
  if ((await getBody(tx, bodyId)).kind === 'government') return { ok: true, round: 0 }
  const model = await getEditionModel(tx, { bodyId, reportId, edition: state.edition })
  const read = toReadReport(model)
  const { findings } = await checkOwnReport(tx, found, deps)
  return sendRound(
    tx,
    { bodyId, year },
    {
      source: 'system',
      form: model.form,
      edition: state.edition,
      bodyName: model.bodyName,
      cells: read.cells,
      lines: read.lines,
      typed: [],
      model,
      findings,
      waivers: state.waivers,
      fileKey: null,
      fileName: null,
    },
    by,
    reply,
  )
}
