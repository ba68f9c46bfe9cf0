import { listBodies } from '../bodies/index.ts'
import type { Deps } from '../platform/deps.ts'
import type { Problem, Verifier } from '../platform/verify.ts'
import { verifyNoneLost } from '../platform/verify-rows.ts'
import { verifyFilings } from './collection/verify-filings.ts'
import { contentHash } from './editions/content-hash.ts'
import { evolve, NEW_REPORT, type ReportEvent } from './report.ts'
import { findReport, toRow, type LoadedReport } from './store.ts'
import { sameParts } from './roll-up/summed.ts'
import { takeSnapshot } from './tally/tally.ts'

/** 年度报告：行 = 时间线重放；存下的各版即时间线上签发、报送、公布的那些；没有改动过的台账，重数仍得原数。 */
export const reportVerifiers: readonly Verifier[] = [
  { name: '年度报告', verify: verifyReports },
  { name: '年度报告的报送', verify: verifyFilings },
]

async function* verifyReports(deps: Deps): AsyncIterable<Problem> {
  for (const body of await listBodies(deps.db, { includeAbolished: true })) {
    const rows = await deps.db.selectFrom('annual_report').selectAll().where('body_id', '=', body.bodyId).orderBy('year').limit(200).execute()
    for (const row of rows) {
      const where = `${body.name} ${row.year} 年度报告`
      const found = await findReport(deps.db, body.bodyId, row.year)
      if (found === null || found.version === 0) {
        yield { where, message: '有行而没有时间线' }
        continue
      }
      if (found.version !== row.version) yield { where, message: `行为第 ${row.version} 版，时间线有 ${found.version} 条` }
      const replayed = toRow(found.state)
      const differs = Object.entries(replayed).filter(([key, value]) => row[key as keyof typeof replayed] !== value)
      for (const [key] of differs) yield { where, message: `列 ${key} 与时间线重放的结果不同` }
      yield* verifyEditions(deps, found, where)
      const snapshot = found.state.snapshot
      if (snapshot === null || row.frozen_at === null || (await changedSince(deps, row.body_id, row.frozen_at))) continue
      const live = await takeSnapshot(deps.db, row.body_id, row.year, snapshot.asOf)
      // 汇总的：其后又受理、退回了别家的，和自然不同
      if (!sameParts(snapshot.summed, live.summed)) continue
      for (const [code, value] of Object.entries(snapshot.cells))
        if ((live.cells[code] ?? null) !== value) yield { where, message: `格 ${code} 冻结时为 ${value}，台账未改动而重数为 ${live.cells[code]}` }
    }
  }
  yield* verifyNoneLost(deps.db, { stream: 'annual-report', table: 'annual_report', idColumn: 'report_id' })
}

interface SignedEdition {
  contentHash: string
  signedOn: string
  filedOn: string | null
  publishedOn: string | null
}

/** 由时间线得出的各版：版次 → 签发、报送、公布。退回后重签的，以后一次为准。 */
function editionsIn(history: readonly { event: ReportEvent }[]): Map<number, SignedEdition> {
  const editions = new Map<number, SignedEdition>()
  let state = NEW_REPORT
  for (const { event } of history) {
    state = evolve(state, event)
    const signed = editions.get(state.edition)
    if (event.kind === 'signed')
      editions.set(state.edition, { contentHash: event.contentHash, signedOn: event.on, filedOn: null, publishedOn: null })
    if (event.kind === 'filed' && signed) signed.filedOn = event.on
    if (event.kind === 'filing-returned' && signed) signed.filedOn = null
    if (event.kind === 'published' && signed) signed.publishedOn = event.on
  }
  return editions
}

// 存下的一版不只与自己的摘要比：连摘要一起改的，也须与时间线上签发的那一份相同
async function* verifyEditions(deps: Deps, { bodyId, reportId, history }: LoadedReport, where: string): AsyncIterable<Problem> {
  const signed = editionsIn(history)
  const kept = await deps.db
    .selectFrom('annual_report_edition')
    .select(['edition', 'model', 'content_hash', 'signed_on', 'filed_on', 'published_on'])
    .where('body_id', '=', bodyId)
    .where('report_id', '=', reportId)
    .orderBy('edition')
    .limit(100)
    .execute()
  for (const row of kept) {
    const right = signed.get(row.edition)
    signed.delete(row.edition)
    const place = `${where}第 ${row.edition} 版`
    if (right === undefined) yield { where: place, message: '时间线上没有签发过这一版' }
    else if (contentHash(row.model) !== right.contentHash || row.content_hash !== right.contentHash || row.model.datedOn !== right.signedOn)
      yield { where: place, message: '内容与签发时的不符' }
    else if (row.signed_on !== right.signedOn || row.filed_on !== right.filedOn || row.published_on !== right.publishedOn)
      yield { where: place, message: '签发、报送、公布之日与时间线不符' }
  }
  for (const edition of signed.keys()) yield { where: `${where}第 ${edition} 版`, message: '签发过而没有存下' }
}

const changedSince = async (deps: Deps, bodyId: string, at: Date): Promise<boolean> =>
  (await deps.db
    .selectFrom('timeline_event')
    .select('case_id')
    .where('body_id', '=', bodyId)
    .where('at', '>', at)
    .where('stream', 'not in', ['annual-report', 'filing'])
    .limit(1)
    .executeTakeFirst()) !== undefined
