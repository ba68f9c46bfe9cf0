import { record } from '../../audit/index.ts'
import { actorKey, requirePermission, type Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import type { CellCode } from '../../statute/report-form.ts'
import { findingKey, warningKeys } from '../own-check/finding-key.ts'
import { MAX_REPORT_BYTES } from '../actions/import-previous-report.ts'
import { readReportBytes } from '../reading/index.ts'
import type { FilingBar } from '../report.ts'
import { findReport } from '../store.ts'
import { checkUpload } from './check-upload.ts'
import { sendRound } from './send-round.ts'
import { compareEntries, withTyped } from './upload.ts'
import { deleteUpload, getUpload, listUploads, MOST_UPLOADS } from './upload-store.ts'

export interface UploadKey {
  bodyId: string
  year: number
}

export type UploadRefusal = 'wrong-year' | 'signed-here' | 'too-many'

/** 上传一份报告：存下文件、读出，供报送人逐格核对。读不出抛 UnreadableReport；年度不符的不收。 */
export async function uploadReport(
  deps: Deps,
  actor: Actor,
  { bodyId, year, file }: UploadKey & { file: { name: string; bytes: Uint8Array } },
): Promise<{ ok: true; uploadId: string } | { ok: false; refusal: UploadRefusal; year?: number | null }> {
  requirePermission(actor, 'report.file', bodyId)
  const own = await findReport(deps.db, bodyId, year)
  if (own !== null && (own.state.status === 'signed' || own.state.status === 'released')) return { ok: false, refusal: 'signed-here' }
  if ((await listUploads(deps.db, bodyId, year)).length >= MOST_UPLOADS) return { ok: false, refusal: 'too-many' }
  const read = await readReportBytes(file.bytes, file.name)
  if (read.year !== year) return { ok: false, refusal: 'wrong-year', year: read.year }
  const { key } = await deps.files.put(file.bytes, { maxBytes: MAX_REPORT_BYTES })
  const uploadId = newId()
  await transaction(deps.db, async (tx) => {
    await tx
      .insertInto('filing_upload')
      .values({ body_id: bodyId, upload_id: uploadId, year, file_key: key, file_name: file.name.slice(0, 200), read: JSON.stringify(read), typed: '{}', confirmed: false, waivers: '[]', uploaded_by: actorKey(actor), uploaded_at: deps.clock.now() })
      .execute()
    await record(tx, actor, 'filing.uploaded', { bodyId, target: uploadId }, { year })
  })
  return { ok: true, uploadId }
}

export type Confirmed = { ok: true } | { ok: false; errors: Readonly<Record<CellCode, string>> }

/** 逐格核对过：空着、认不出的都填上了，读错的改正；填写的格记为报送人所填。 */
export function confirmUpload(deps: Deps, actor: Actor, { uploadId, entries, ...key }: UploadKey & { uploadId: string; entries: ReadonlyMap<CellCode, string> }): Promise<Confirmed> {
  requirePermission(actor, 'report.file', key.bodyId)
  return transaction(deps.db, async (tx) => {
    const upload = await getUpload(tx, key, uploadId)
    const { typed, errors } = compareEntries(upload.read, entries)
    if (Object.keys(errors).length > 0) return { ok: false, errors }
    await tx
      .updateTable('filing_upload')
      .set({ typed: JSON.stringify(typed), confirmed: true })
      .where('body_id', '=', key.bodyId)
      .where('upload_id', '=', uploadId)
      .execute()
    return { ok: true }
  })
}

/** 弃去一份没有报送的上传。 */
export async function discardUpload(deps: Deps, actor: Actor, { uploadId, ...key }: UploadKey & { uploadId: string }): Promise<void> {
  requirePermission(actor, 'report.file', key.bodyId)
  await transaction(deps.db, async (tx) => {
    await getUpload(tx, key, uploadId)
    await deleteUpload(tx, key.bodyId, uploadId)
  })
}

export type UploadFiled = { ok: true; round: number } | { ok: false; refusal: FilingBar | 'not-confirmed' | 'signed-here' } | { ok: false; refusal: 'reason-required'; findingKey: string }

const MIN_REASON = 5

/**
 * 报送上传的一份：服务器上重新校核；没有核对过的、有错误的、提醒没有说明的不收。
 * @param reasons 发现的键 → 说明的理由；说明者即报送人
 */
export function fileUpload(
  deps: Deps,
  actor: Actor,
  { uploadId, reasons, reply, ...key }: UploadKey & { uploadId: string; reasons: ReadonlyMap<string, string>; reply: string },
): Promise<UploadFiled> {
  requirePermission(actor, 'report.file', key.bodyId)
  return transaction(deps.db, async (tx) => {
    const upload = await getUpload(tx, key, uploadId)
    if (!upload.confirmed) return { ok: false, refusal: 'not-confirmed' }
    const own = await findReport(tx, key.bodyId, key.year)
    if (own !== null && (own.state.status === 'signed' || own.state.status === 'released')) return { ok: false, refusal: 'signed-here' }
    const findings = await checkUpload(tx, { ...key, read: upload.read, typed: upload.typed })
    const open = new Set(warningKeys(findings))
    const short = findings.find((one) => one.severity === 'warning' && (reasons.get(findingKey(one)) ?? '').trim().length < MIN_REASON)
    if (short !== undefined) return { ok: false, refusal: 'reason-required', findingKey: findingKey(short) }
    const waivers = [...reasons].filter(([one]) => open.has(one)).map(([one, reason]) => ({ findingKey: one, person: actor.name, reason: reason.trim() }))
    const read = withTyped(upload.read, upload.typed)
    const on = deps.clock.today()
    const content = { source: 'upload', form: read.edition, edition: null, bodyName: read.body ?? '', cells: read.cells, lines: read.lines, typed: Object.keys(upload.typed), model: null, findings, waivers, fileKey: upload.file_key, fileName: upload.file_name } as const
    const sent = await sendRound(tx, key, content, { actor: actorKey(actor), at: deps.clock.now(), on }, reply)
    if (!sent.ok) return sent
    await deleteUpload(tx, key.bodyId, uploadId)
    await record(tx, actor, 'filing.filed', { bodyId: key.bodyId, target: uploadId }, { year: key.year })
    return { ok: true, round: sent.round }
  })
}
