import { sniff } from '../../platform/sniff.ts'

/** 申请人可以交来的文件；种类看内容，不看文件名。 */
export const PAPER_TYPES = {
  pdf: { label: 'PDF', mime: 'application/pdf' },
  jpeg: { label: '图片（JPEG）', mime: 'image/jpeg' },
  png: { label: '图片（PNG）', mime: 'image/png' },
  docx: { label: 'DOCX', mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
  txt: { label: '文字', mime: 'text/plain; charset=utf-8' },
} as const

export type PaperType = keyof typeof PAPER_TYPES

/** 由内容认出文件的种类；不是所收的四种、或压缩得不正常的为 null。 */
export async function sniffPaper(bytes: Uint8Array): Promise<Exclude<PaperType, 'txt'> | null> {
  const type = await sniff(bytes)
  return type === 'xlsx' ? null : type
}
