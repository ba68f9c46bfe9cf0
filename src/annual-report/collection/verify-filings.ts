import type { Deps } from '../../platform/deps.ts'
import { read } from '../../platform/timeline.ts'
import type { Problem } from '../../platform/verify.ts'
import { verifyRows } from '../../platform/verify-rows.ts'
import { toReadReport } from '../own-check/to-read-report.ts'
import { canonicalJson } from '../../platform/canonical-json.ts'
import type { FilingEvent } from './filing.ts'
import { filings, findRound, roundHash, toFilingRow } from './filing-store.ts'

const PAGE = 500

/** 报送：行 = 时间线重放；每一次报送都存着，内容与报送之时的摘要相符；来自本系统的，数与正文同签发的那一版。 */
export async function* verifyFilings(deps: Deps): AsyncIterable<Problem> {
  yield* verifyRows(deps.db, filings, toFilingRow)
  let after: { body_id: string; filing_id: string } | undefined
  for (;;) {
    let query = deps.db.selectFrom('filing').select(['body_id', 'filing_id', 'year']).orderBy('body_id').orderBy('filing_id').limit(PAGE)
    const last = after
    if (last !== undefined) query = query.where((eb) => eb(eb.refTuple('body_id', 'filing_id'), '>', eb.tuple(last.body_id, last.filing_id)))
    const rows = await query.execute()
    for (const row of rows) yield* verifyRounds(deps, { bodyId: row.body_id, filingId: row.filing_id, year: row.year })
    if (rows.length < PAGE) return
    after = rows.at(-1)
  }
}

async function* verifyRounds({ db }: Deps, filing: { bodyId: string; filingId: string; year: number }): AsyncIterable<Problem> {
  const history = await read<FilingEvent>(db, { bodyId: filing.bodyId, caseId: filing.filingId, stream: filings.stream })
  for (const { event } of history) {
    if (event.kind !== 'filed') continue
    const where = `filing ${filing.bodyId} ${filing.year} 第 ${event.round} 次`
    const round = await findRound(db, filing, event.round)
    if (round === null) yield { where, message: '时间线上报送过，而内容没有存下' }
    else if (roundHash(round) !== event.contentHash || round.contentHash !== event.contentHash) yield { where, message: '内容与报送之时的不符' }
    else if (round.model !== null && !sameAsModel(round.cells, round.lines, toReadReport(round.model))) yield { where, message: '数或正文与签发的那一版不符' }
  }
}

const sameAsModel = (cells: object, lines: object, read: { cells: object; lines: object }): boolean =>
  canonicalJson(cells) === canonicalJson(read.cells) && canonicalJson(lines) === canonicalJson(read.lines)
