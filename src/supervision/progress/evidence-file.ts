import type { Deps } from '../../platform/deps.ts'
import type { UploadedFile } from '../../platform/http/index.ts'
import { sniff, type SniffedType } from '../../platform/sniff.ts'

/** 作佐证的文件；种类看内容，不看文件名。 */
export const EVIDENCE_TYPES = {
  pdf: { label: 'PDF', mime: 'application/pdf' },
  jpeg: { label: 'JPEG', mime: 'image/jpeg' },
  png: { label: 'PNG', mime: 'image/png' },
  docx: { label: 'DOCX', mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
  xlsx: { label: 'XLSX', mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
} as const satisfies Record<SniffedType, { label: string; mime: string }>
export type EvidenceType = keyof typeof EVIDENCE_TYPES

export interface EvidenceFile {
  key: string
  name: string
  type: EvidenceType
  size: number
}

const MB = 1024 * 1024
export const EVIDENCE_BYTES = 10 * MB
/** 一份文件与若干文字的表单。 */
export const EVIDENCE_UPLOAD = { maxBytes: EVIDENCE_BYTES + MB, maxFiles: 1, maxFields: 80 }
export const EVIDENCE_HINT = 'PDF、DOCX、XLSX、JPEG 或者 PNG，不超过 10 MB'

/** 核对并存下交来的文件；没有交的为 null。不收的给一句话，不存。 */
export async function takeEvidence({ files }: Pick<Deps, 'files'>, uploaded: readonly UploadedFile[]): Promise<{ ok: true; file: EvidenceFile | null } | { ok: false; message: string }> {
  const [given] = uploaded
  if (given === undefined) return { ok: true, file: null }
  const { bytes, name } = given
  if (bytes.byteLength === 0) return { ok: false, message: '文件是空的' }
  if (bytes.byteLength > EVIDENCE_BYTES) return { ok: false, message: '超过 10 MB，请压缩或者拆开' }
  const type = await sniff(bytes)
  if (type === null) return { ok: false, message: `不是可以打开的文件；只收${EVIDENCE_HINT}` }
  const { key, size } = await files.put(bytes, { maxBytes: EVIDENCE_BYTES })
  return { ok: true, file: { key, name: withExtension(name, type), type, size } }
}

// 名称以内容为准：下载下来打得开
function withExtension(name: string, type: EvidenceType): string {
  const stem = name.replace(/\.[A-Za-z0-9]{1,8}$/, '').replaceAll(/["<>|:*?%#\\/]/g, '').trim().slice(0, 150) || '佐证'
  return `${stem}.${type === 'jpeg' ? 'jpg' : type}`
}
