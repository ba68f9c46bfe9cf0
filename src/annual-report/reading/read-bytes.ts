import { decodeText } from './decode-text.ts'
import { fromText } from './from-text.ts'
import { LIMITS } from './limits.ts'
import { sniff } from './sniff.ts'
import { toReport } from './to-report.ts'
import { tooLarge, UnreadableReport } from './unreadable.ts'
import type { ReadFormat, ReadReport } from './read-report.ts'
import type { Source } from './source-line.ts'

/**
 * 文件内容 → 报告；在子进程中运行。种类按内容认，文件名只作称呼。
 * 读不出则抛 UnreadableReport，消息可直接给使用者看。
 */
export async function readReport(bytes: Uint8Array, filename: string): Promise<ReadReport> {
  if (bytes.length > LIMITS.fileBytes) throw tooLarge(bytes.length)
  const kind = sniff(bytes)
  if (kind === 'json') return bounded((await import('./from-json.ts')).fromJson(decodeText(bytes).text, filename))
  const { format, source } = await toSource(kind, bytes)
  bounded(source)
  return toReport(source, filename, format)
}

function bounded<T extends { lines: readonly { text: string }[] }>(read: T): T {
  const length = read.lines.reduce((sum, line) => sum + line.text.length, 0)
  if (length > LIMITS.textLength) throw new UnreadableReport('too-large', `正文超过 ${LIMITS.textLength / 10_000} 万字，不像一份年度报告`)
  return read
}

// 各种读法用到才载入：纯文本不必等 pdfjs
async function toSource(kind: 'pdf' | 'zip' | 'html' | 'txt', bytes: Uint8Array): Promise<{ format: ReadFormat; source: Source }> {
  if (kind === 'pdf') return { format: 'pdf', source: { lines: await (await import('./from-pdf.ts')).fromPdf(bytes), lostCharacters: 0 } }
  if (kind === 'zip') {
    const file = Buffer.from(bytes)
    const format = await (await import('./open-package.ts')).openPackage(file)
    const lines = format === 'docx' ? await (await import('./from-docx.ts')).fromDocx(file) : await (await import('./from-xlsx.ts')).fromXlsx(file)
    return { format, source: { lines, lostCharacters: 0 } }
  }
  const { text, lost } = decodeText(bytes)
  if (kind === 'html') return { format: 'html', source: { ...(await import('./from-html.ts')).fromHtml(text), lostCharacters: lost } }
  return { format: 'txt', source: { lines: fromText(text), lostCharacters: lost } }
}
