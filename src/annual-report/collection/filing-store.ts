import './tables.ts'
import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { caseStore, isNew, type CaseState, type LoadedCase } from '../../platform/case-store.ts'
import { canonicalJson } from '../../platform/canonical-json.ts'
import type { Tx } from '../../platform/db.ts'
import { sqlState } from '../../platform/connect.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/id.ts'
import { read, type RecordedBy, type RecordedEvent } from '../../platform/timeline.ts'
import type { Finding } from '../../statute/finding.ts'
import type { Cells, Edition } from '../../statute/report-form.ts'
import type { ReadLine } from '../reading/read-report.ts'
import { contentHash } from '../editions/content-hash.ts'
import type { ReportModel } from '../editions/report-model.ts'
import type { Waiver } from '../report.ts'
import { evolve, type Filing, type FilingEvent, type FilingSource } from './filing.ts'
import type { FilingTable } from './tables.ts'

/** 报送的存取：以时间线为准，列表行随之刷新。 */
export const filings = caseStore<'filing', Filing, FilingEvent>({ stream: 'filing', table: 'filing', idColumn: 'filing_id', called: '报送', evolve })

/** 由状态得出的列；校验时据此与行比对。 */
export const toFilingRow = (filing: Filing) => ({
  year: filing.year,
  status: filing.status,
  round: filing.round,
  source: filing.source,
  exception: filing.exception?.kind ?? null,
  exception_reason: filing.exception?.reason ?? null,
  reviewer: filing.reviewer,
  errors_allowed: filing.errorsAllowed,
  filer: filing.filer,
  content_hash: filing.contentHash,
  edition: filing.edition,
  filed_on: filing.filedOn,
  last_filed_on: filing.lastFiledOn,
  returned_on: filing.returnedOn,
  accepted_on: filing.acceptedOn,
  locked_on: filing.lockedOn,
  reminded_on: filing.remindedOn,
  published_on: filing.publishedOn,
  published_url: filing.publishedUrl,
})

/** 载入的一份报送；还没有列入名单的，版本为 0，存时一并列入。 */
export interface LoadedFiling {
  bodyId: string
  filingId: string
  version: number
  state: Filing
  history: readonly RecordedEvent<FilingEvent>[]
}

export async function findFiling(tx: Tx, bodyId: string, year: number): Promise<LoadedFiling | null> {
  const row = await tx.selectFrom('filing').select(['filing_id', 'version']).where('body_id', '=', bodyId).where('year', '=', year).executeTakeFirst()
  if (row === undefined) return null
  const history = await read<FilingEvent>(tx, { bodyId, caseId: row.filing_id, stream: filings.stream })
  const state = filings.fold(history.map(({ event }) => event))
  if (isNew(state)) throw new NotFound('报送的经过')
  return { bodyId, filingId: row.filing_id, version: row.version, state, history }
}

/** 一份报送；还没有列入名单的抛 NotFound。 */
export async function getFiling(tx: Tx, bodyId: string, year: number): Promise<LoadedFiling> {
  const found = await findFiling(tx, bodyId, year)
  if (found === null) throw new NotFound(`${year} 年度的报送`)
  return found
}

const expected = (on: string, year: number): FilingEvent => ({ kind: 'expected', on, year })

/** 还没有列入名单的一份：此刻列入的样子。 */
export function newFiling(bodyId: string, year: number, on: string): LoadedFiling {
  const state = filings.fold([expected(on, year)])
  if (isNew(state)) throw new Error('列入名单没有成为状态')
  return { bodyId, filingId: newId(), version: 0, state, history: [] }
}

export const openFiling = async (tx: Tx, bodyId: string, year: number, on: string): Promise<LoadedFiling> =>
  (await findFiling(tx, bodyId, year)) ?? newFiling(bodyId, year, on)

/** 许多机关同一年度的报送，不取经过；没有列入名单的为此刻列入的样子。状态由行得出：行与时间线相符，由 verify 保证。 */
export async function loadFilings(tx: Tx, year: number, bodyIds: readonly string[], on: string): Promise<LoadedFiling[]> {
  if (bodyIds.length === 0) return []
  const rows = await tx.selectFrom('filing').selectAll().where('year', '=', year).where('body_id', 'in', bodyIds).execute()
  const byBody = new Map(rows.map((row) => [row.body_id, row]))
  return [...new Set(bodyIds)].map((bodyId) => {
    const row = byBody.get(bodyId)
    return row === undefined ? newFiling(bodyId, year, on) : { bodyId, filingId: row.filing_id, version: row.version, state: fromFilingRow(row), history: [] }
  })
}

const fromFilingRow = (row: Selectable<FilingTable>): Filing => ({
  year: row.year,
  status: row.status,
  round: row.round,
  source: row.source,
  exception: row.exception === null ? null : { kind: row.exception, reason: row.exception_reason ?? '' },
  reviewer: row.reviewer,
  errorsAllowed: row.errors_allowed,
  filer: row.filer,
  contentHash: row.content_hash,
  edition: row.edition,
  filedOn: row.filed_on,
  lastFiledOn: row.last_filed_on,
  returnedOn: row.returned_on,
  acceptedOn: row.accepted_on,
  lockedOn: row.locked_on,
  remindedOn: row.reminded_on,
  publishedOn: row.published_on,
  publishedUrl: row.published_url,
})

/** 一份报送要记下的事。 */
export interface FilingChange {
  found: LoadedFiling
  events: readonly FilingEvent[]
}

/** 追加事件并刷新行，可成批，同一事务；没有列入名单的一并列入，没有别的事也列入。返回改动的份数。版本相撞、他人同时列入的抛 Conflict。 */
export async function saveFilings(tx: Tx, changes: readonly FilingChange[], by: RecordedBy & { on: string }): Promise<number> {
  try {
    return await filings.save(
      tx,
      changes.map(({ found, events }) => ({
        found: toLoaded(found),
        events: found.version === 0 ? [expected(by.on, found.state.year), ...events] : events,
      })),
      by,
      (state, { caseId }) => ({ filing_id: caseId, ...toFilingRow(state) }),
    )
  } catch (error) {
    // 一个机关一个年度只有一份：二人同时办头一件事，后到的输
    if (sqlState(error) === '23505' && changes.some(({ found }) => found.version === 0)) throw new Conflict(0, 1)
    throw error
  }
}

const toLoaded = (found: LoadedFiling): LoadedCase<CaseState<Filing>> => ({
  bodyId: found.bodyId,
  caseId: found.filingId,
  version: found.version,
  ledgerKey: null,
  state: found.version === 0 ? { status: 'new' } : found.state,
})

/** 一次报送的全部内容。 */
export interface RoundContent {
  source: FilingSource
  form: Edition
  edition: number | null
  bodyName: string
  cells: Cells
  lines: readonly ReadLine[]
  typed: readonly string[]
  model: ReportModel | null
  findings: readonly Finding[]
  waivers: readonly Waiver[]
  fileKey: string | null
  fileName: string | null
}

/** 内容的 SM3（十六进制）：来自本系统的为签发时的那一个；上传的为数与正文，行号随文件而变，不算内容。 */
export const roundHash = ({ model, form, bodyName, cells, lines }: Pick<RoundContent, 'model' | 'form' | 'bodyName' | 'cells' | 'lines'>): string =>
  model === null
    ? createHash('sm3')
        .update(canonicalJson({ form, bodyName, cells, lines: lines.filter((line) => line.kind !== 'blank').map(({ kind, text }) => [kind, text]) }))
        .digest('hex')
    : contentHash(model)

export interface FiledRoundRow extends RoundContent {
  bodyId: string
  filingId: string
  year: number
  round: number
  contentHash: string
  filedOn: string
}

export async function insertRound(tx: Tx, round: FiledRoundRow): Promise<void> {
  await tx
    .insertInto('filing_round')
    .values({
      body_id: round.bodyId,
      filing_id: round.filingId,
      round: round.round,
      year: round.year,
      source: round.source,
      form: round.form,
      edition: round.edition,
      body_name: round.bodyName,
      cells: JSON.stringify(round.cells),
      lines: JSON.stringify(round.lines),
      typed: JSON.stringify(round.typed),
      model: round.model === null ? null : JSON.stringify(round.model),
      findings: JSON.stringify(round.findings),
      waivers: JSON.stringify(round.waivers),
      file_key: round.fileKey,
      file_name: round.fileName,
      content_hash: round.contentHash,
      filed_on: round.filedOn,
    })
    .execute()
}

/** 某一次报送的内容；没有则为 null。 */
export async function findRound(tx: Tx, { bodyId, filingId }: { bodyId: string; filingId: string }, round: number): Promise<FiledRoundRow | null> {
  const row = await tx
    .selectFrom('filing_round')
    .selectAll()
    .where('body_id', '=', bodyId)
    .where('filing_id', '=', filingId)
    .where('round', '=', round)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    bodyId,
    filingId,
    year: row.year,
    round,
    source: row.source,
    form: row.form,
    edition: row.edition,
    bodyName: row.body_name,
    cells: row.cells,
    lines: row.lines,
    typed: row.typed,
    model: row.model,
    findings: row.findings,
    waivers: row.waivers,
    fileKey: row.file_key,
    fileName: row.file_name,
    contentHash: row.content_hash,
    filedOn: row.filed_on,
  }
}
