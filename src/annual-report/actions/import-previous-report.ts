import { timingSafeEqual } from 'node:crypto'
import { record } from '../../audit/index.ts'
import { listNames } from '../../bodies/index.ts'
import { actorKey, requirePermission, type Actor } from '../../identity/index.ts'
import { fieldKeys, keyedHash } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { transaction } from '../../platform/connect.ts'
import type { ReportKey } from './change-report.ts'
import { problemsOf } from '../narrative/problems-of.ts'
import { readReportBytes, type ReadReport } from '../reading/index.ts'

export const MAX_REPORT_BYTES = 20 * 1024 * 1024

export interface PreviousPreview {
  fileKey: string
  /** 凭据：这份文件是此人为这一机关这一年度刚传的；确认时交回，故不能拿别处文件的键来读 */
  ticket: string
  fileName: string
  read: ReadReport
  problems: readonly string[]
  /** 须人确认之处：年度不符、机关名称不符、有认不出的格 */
  doubts: readonly string[]
}

/** 载入上年报告的第一步：存下文件（不怕丢），读出，供人核对。读不出则抛 UnreadableReport。 */
export async function previewPreviousReport(
  deps: Deps,
  actor: Actor,
  { bodyId, year, file }: ReportKey & { file: { name: string; bytes: Uint8Array } },
): Promise<PreviousPreview> {
  requirePermission(actor, 'report.draft', bodyId)
  const { key } = await deps.files.put(file.bytes, { maxBytes: MAX_REPORT_BYTES })
  return preview(deps, actor, { bodyId, year, fileKey: key, fileName: file.name, bytes: file.bytes })
}

const ticketOf = (deps: Deps, actor: Actor, { bodyId, year, fileKey }: ReportKey & { fileKey: string }): Buffer =>
  keyedHash(fieldKeys(deps.config.secretKey), 'previous-report', [actorKey(actor), bodyId, year, fileKey].join(' '))

type Uploaded = ReportKey & { fileKey: string; fileName: string; ticket: string }

/** 凭据不符的与没有这份文件一样。 */
function requireTicket(deps: Deps, actor: Actor, from: Uploaded): void {
  const [given, right] = [Buffer.from(from.ticket, 'hex'), ticketOf(deps, actor, from)]
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw new NotFound('上传的文件')
}

/** 出错后重现核对页：文件已在库里，不必再传。 */
export async function reopenPreviousPreview(
  deps: Deps,
  actor: Actor,
  from: Uploaded,
): Promise<PreviousPreview> {
  requirePermission(actor, 'report.draft', from.bodyId)
  requireTicket(deps, actor, from)
  return preview(deps, actor, { ...from, bytes: await deps.files.get(from.fileKey) })
}

async function preview(
  deps: Deps,
  actor: Actor,
  from: ReportKey & { fileKey: string; fileName: string; bytes: Uint8Array },
): Promise<PreviousPreview> {
  const read = await readReportBytes(from.bytes, from.fileName)
  const names = (await listNames(deps.db, from.bodyId)).map(({ name }) => name)
  const unread = Object.values(read.cells).filter((value) => value === null).length
  const doubts = [
    ...(read.year === from.year - 1 ? [] : [`文件是 ${read.year ?? '认不出年度的'} 年的报告，应为 ${from.year - 1} 年`]),
    ...(read.body !== null && names.some((name) => name === read.body || name.endsWith(read.body ?? name))
      ? []
      : [`文件上的机关名称是「${read.body ?? '认不出'}」，与本机关的现名、曾用名都不同`]),
    ...(unread === 0 ? [] : [`有 ${unread} 格空白或认不出，不参与上年衔接的核对`]),
  ]
  return { fileKey: from.fileKey, ticket: ticketOf(deps, actor, from).toString('hex'), fileName: from.fileName, read, problems: problemsOf(read), doubts }
}

/** 载入上年报告的第二步：人核对过，存为上年的数与问题。年度不符的不收。 */
export async function importPreviousReport(
  deps: Deps,
  actor: Actor,
  input: Uploaded & { problems: readonly string[] },
): Promise<{ ok: true } | { ok: false; refusal: 'wrong-year' }> {
  const { read } = await reopenPreviousPreview(deps, actor, input)
  if (read.year !== input.year - 1) return { ok: false, refusal: 'wrong-year' }
  const row = {
    form: read.edition,
    cells: JSON.stringify(read.cells),
    paragraphs: JSON.stringify(read.lines.filter((line) => line.kind === 'prose').map((line) => line.text)),
    problems: JSON.stringify(input.problems.map((problem) => ({ problem, measure: '' }))),
    file_key: input.fileKey,
    file_name: input.fileName,
    imported_by: actorKey(actor),
    imported_at: deps.clock.now(),
  }
  await transaction(deps.db, async (tx) => {
    await tx
      .insertInto('previous_report')
      .values({ body_id: input.bodyId, year: read.year ?? input.year - 1, ...row })
      .onConflict((conflict) => conflict.columns(['body_id', 'year']).doUpdateSet(row))
      .execute()
    await record(tx, actor, 'annual-report.previous-imported', { bodyId: input.bodyId, target: input.fileKey }, { year: input.year - 1 })
  })
  return { ok: true }
}
