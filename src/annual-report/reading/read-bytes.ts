import { decodeText } from './decode-text.ts'
import { fromText } from './from-text.ts'
import { LIMITS } from './limits.ts'
import { sniff } from './sniff.ts'
import { toReport } from './to-report.ts'
import { UnreadableReport } from './unreadable.ts'
import type { ReadReport } from './read-report.ts'

/**
 * 文件内容 → 报告；在子进程中运行。种类按内容认，文件名只作称呼。
 * 读不出则抛 UnreadableReport，消息可直接给使用者看。
 */
export async function readReport(bytes: Uint8Array, filename: string): Promise<ReadReport> {
  if (bytes.length > LIMITS.fileBytes) throw tooLarge(bytes.length)
  const kind = sniff(bytes)
  const { text, lost } = decodeText(bytes)
  return toReport({ lines: fromText(text), lostCharacters: lost }, filename, 'txt')
}

export const tooLarge = (bytes: number): UnreadableReport =>
  new UnreadableReport('too-large', `文件有 ${Math.ceil(bytes / 1024 / 1024)} MB，超过 ${LIMITS.fileBytes / 1024 / 1024} MB，不予读取`)
