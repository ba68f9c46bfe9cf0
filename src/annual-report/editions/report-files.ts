import { toDocx, toHtml, toPdf, toXlsx } from '../../documents/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { toDocument } from './report-document.ts'
import { toReportJson } from './report-json.ts'
import type { ReportModel } from './report-model.ts'

export const FORMATS = {
  html: { type: 'text/html; charset=utf-8', label: '网页' },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', label: 'DOCX' },
  pdf: { type: 'application/pdf', label: 'PDF' },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', label: 'XLSX' },
  json: { type: 'application/json; charset=utf-8', label: 'JSON' },
} as const

export type Format = keyof typeof FORMATS

export const isFormat = (text: string): text is Format => Object.hasOwn(FORMATS, text)

/** 一份报告写成某种文件；同样的内容得到逐字节相同的文件。 */
export async function renderReport(model: ReportModel, format: Format): Promise<Uint8Array> {
  switch (format) {
    case 'json':
      return Buffer.from(`${JSON.stringify(toReportJson(model), null, 2)}\n`)
    case 'html':
      return Buffer.from(toHtml(toDocument(model)))
    case 'docx':
      return toDocx(toDocument(model))
    case 'pdf':
      return toPdf(toDocument(model))
    case 'xlsx':
      return toXlsx(toDocument(model))
  }
}

const MAX_FILE_BYTES = 50 * 1024 * 1024

export interface EditionRef {
  bodyId: string
  reportId: string
  edition: number
  model: ReportModel
}

/**
 * 已报送或公布的一版的文件：首次取用时生成存下，此后取的都是那一份。
 * 存不下（盘满）或存下的那份不见了，都照样由这一版的内容写出来给人：已公布的报告不能因此取不到。
 */
export async function editionFile(deps: Deps, ref: EditionRef, format: Format): Promise<Uint8Array> {
  const stored = await deps.db
    .selectFrom('annual_report_file')
    .select('file_key')
    .where('body_id', '=', ref.bodyId)
    .where('report_id', '=', ref.reportId)
    .where('edition', '=', ref.edition)
    .where('format', '=', format)
    .executeTakeFirst()
  const kept = stored === undefined ? null : await keptFile(deps, stored.file_key)
  if (kept !== null) return kept
  const bytes = await renderReport(ref.model, format)
  try {
    const { key, size } = await deps.files.put(bytes, { maxBytes: MAX_FILE_BYTES })
    await deps.db
      .insertInto('annual_report_file')
      .values({ body_id: ref.bodyId, report_id: ref.reportId, edition: ref.edition, format, file_key: key, size })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  } catch (error) {
    deps.log.error({ err: error }, '报告的文件没有存下')
  }
  return bytes
}

async function keptFile(deps: Deps, key: string): Promise<Uint8Array | null> {
  try {
    return await deps.files.get(key)
  } catch (error) {
    deps.log.error({ err: error }, '存下的报告文件取不出，重新写出')
    return null
  }
}

/** 下载时的文件名，如「武昌区城市运行管理中心2024年政府信息公开工作年度报告.pdf」。 */
export const fileNameOf = (title: string, format: Format): string => `${title}.${format}`
