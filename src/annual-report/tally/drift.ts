import { listRegNos } from '../../applications/index.ts'
import { listRecordTitles } from '../../catalogue/index.ts'
import type { Tx } from '../../platform/db.ts'
import { listCaseNos } from '../../reviews/index.ts'
import { labelOf } from '../../statute/report-form.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { RECORD_KINDS, type RecordKind } from './cell-records.ts'
import { eventLabel } from './event-words.ts'
import type { LoadedReport } from '../store.ts'
import { takeSnapshot } from './tally.ts'
import { inBeijing } from '../beijing-time.ts'

/** 冻结之后台账的出入。 */
export interface Drift {
  cells: readonly { code: string; label: string; frozen: number | null; live: number | null }[]
  changes: readonly DriftChange[]
  /** 改动多于所列 */
  more: boolean
}

export interface DriftChange {
  kind: RecordKind
  bodyId: string
  id: string
  version: number
  title: string
  what: string
  at: string
}

const SHOWN = 200

/** 哪些格变了（重数一遍比对），哪些记录在冻结之后改过（时间线上看）。 */
export async function driftOf(tx: Tx, found: LoadedReport, today: PlainDate): Promise<Drift> {
  const { snapshot } = found.state
  if (snapshot === null || found.frozenAt === null) return { cells: [], changes: [], more: false }
  const live = await takeSnapshot(tx, found.bodyId, found.year, today)
  const cells = Object.keys(live.cells)
    .filter((code) => (live.cells[code] ?? null) !== (snapshot.cells[code] ?? null))
    .map((code) => ({
      code,
      label: labelOf(code, snapshot.form),
      frozen: snapshot.cells[code] ?? null,
      live: live.cells[code] ?? null,
    }))
  const rows = await tx
    .selectFrom('timeline_event')
    .select(['case_id', 'version', 'stream', 'kind', 'at'])
    .where('body_id', '=', found.bodyId)
    .where('at', '>', found.frozenAt)
    .where('stream', 'in', Object.keys(RECORD_KINDS))
    .orderBy('at', 'desc')
    .limit(SHOWN + 1)
    .execute()
  const shown = rows.slice(0, SHOWN)
  const ids = [...new Set(shown.map((row) => row.case_id))]
  const [regNos, titles, caseNos] = [
    await listRegNos(tx, found.bodyId, ids),
    await listRecordTitles(tx, found.bodyId, ids),
    await listCaseNos(tx, found.bodyId, ids),
  ]
  return {
    cells,
    changes: shown.map((row) => ({
      kind: row.stream as RecordKind,
      bodyId: found.bodyId,
      id: row.case_id,
      version: row.version,
      title: regNos.get(row.case_id) ?? titles.get(row.case_id) ?? caseNos.get(row.case_id) ?? RECORD_KINDS[row.stream as RecordKind],
      what: eventLabel(row.stream as RecordKind, row.kind),
      at: inBeijing(row.at),
    })),
    more: rows.length > SHOWN,
  }
}
