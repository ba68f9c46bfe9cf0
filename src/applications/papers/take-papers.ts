import type { UploadedFile } from '../../platform/http/index.ts'
import { newId } from '../../platform/id.ts'
import type { NewPaper, PaperKind } from './paper-store.ts'
import { sniffPaper } from './sniff-paper.ts'

const MB = 1024 * 1024
export const PAPER_LIMITS = { count: 5, bytes: 10 * MB }
/** 一次上传的表单：五份满额，另加文字。 */
export const UPLOAD = { maxBytes: PAPER_LIMITS.count * PAPER_LIMITS.bytes + MB, maxFiles: 20, maxFields: 10 }

/**
 * 核对交来的文件：份数、大小、种类（看内容）；有不合的，缘故写在所涉的栏旁，合的另在 `papers` 里，收不收由调用者定。
 * @param kindOf 一栏所属的种类；不认的栏里的文件不收
 */
export async function takePapers(
  files: readonly UploadedFile[],
  { already, givenOn, kindOf, most = PAPER_LIMITS.count }: { already: number; givenOn: string; kindOf: (field: string) => PaperKind | null; most?: number },
): Promise<{ ok: true; papers: NewPaper[] } | { ok: false; errors: Record<string, string>; papers: NewPaper[] }> {
  const errors: Record<string, string> = {}
  const papers: NewPaper[] = []
  for (const { field, name, bytes } of files) {
    const kind = kindOf(field)
    if (kind === null) continue
    if (already + papers.length >= most) {
      errors[field] ??= `至多 ${most} 份，已有 ${already} 份；请减少几份再传`
      continue
    }
    const wrong = bytes.byteLength === 0 ? '文件是空的' : bytes.byteLength > PAPER_LIMITS.bytes ? '超过 10 MB，请压缩或者拍小一些' : null
    const type = wrong === null ? await sniffPaper(bytes) : null
    if (type === null) errors[field] ??= `「${name.slice(0, 60)}」${wrong ?? '不是可以打开的 PDF、DOCX、JPEG 或 PNG，请另存为其中一种再传'}`
    else papers.push({ paperId: newId(), kind, type, size: bytes.byteLength, givenOn, name: name || '未命名', bytes })
  }
  return Object.keys(errors).length > 0 ? { ok: false, errors, papers } : { ok: true, papers }
}
