import { listBodies } from '../bodies/index.ts'
import type { Deps } from '../platform/deps.ts'
import type { Problem, Verifier } from '../platform/verify.ts'
import { contentHash } from './content-hash.ts'
import { findReport, toRow } from './store.ts'
import { takeSnapshot } from './tally.ts'

/** 年度报告：行 = 时间线重放；存下的各版与其摘要相符；没有改动过的台账，重数仍得原数。 */
export const reportVerifiers: readonly Verifier[] = [{ name: '年度报告', verify: verifyReports }]

async function* verifyReports(deps: Deps): AsyncIterable<Problem> {
  for (const body of await listBodies(deps.db, { includeAbolished: true })) {
    const rows = await deps.db.selectFrom('annual_report').selectAll().where('body_id', '=', body.bodyId).orderBy('year').limit(200).execute()
    for (const row of rows) {
      const where = `${body.name} ${row.year} 年度报告`
      const found = await findReport(deps.db, body.bodyId, row.year)
      const replayed = found === null ? null : toRow(found.state)
      const differs = replayed === null ? [] : Object.entries(replayed).filter(([key, value]) => row[key as keyof typeof replayed] !== value)
      for (const [key] of differs) yield { where, message: `列 ${key} 与时间线重放的结果不同` }
      yield* verifyEditions(deps, row.body_id, row.report_id, where)
      const snapshot = found?.state.snapshot ?? null
      if (snapshot === null || row.frozen_at === null || (await changedSince(deps, row.body_id, row.frozen_at))) continue
      const live = await takeSnapshot(deps.db, row.body_id, row.year, snapshot.asOf)
      for (const [code, value] of Object.entries(snapshot.cells))
        if ((live.cells[code] ?? null) !== value) yield { where, message: `格 ${code} 冻结时为 ${value}，台账未改动而重数为 ${live.cells[code]}` }
    }
  }
}

async function* verifyEditions(deps: Deps, bodyId: string, reportId: string, where: string): AsyncIterable<Problem> {
  const editions = await deps.db
    .selectFrom('annual_report_edition')
    .select(['edition', 'model', 'content_hash'])
    .where('body_id', '=', bodyId)
    .where('report_id', '=', reportId)
    .orderBy('edition')
    .limit(100)
    .execute()
  for (const { edition, model, content_hash } of editions)
    if (contentHash(model) !== content_hash) yield { where: `${where}第 ${edition} 版`, message: '内容与签发时的摘要不符' }
}

const changedSince = async (deps: Deps, bodyId: string, at: Date): Promise<boolean> =>
  (await deps.db
    .selectFrom('timeline_event')
    .select('case_id')
    .where('body_id', '=', bodyId)
    .where('at', '>', at)
    .where('stream', '!=', 'annual-report')
    .limit(1)
    .executeTakeFirst()) !== undefined
