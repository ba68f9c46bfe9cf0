import { ChildError, childPool } from '../../platform/child.ts'
import type { ChildPool } from '../../platform/child.ts'
import { cleanHtml } from './clean-html.ts'
import type { CleanResult } from './clean-html.ts'
import type { FileText } from './file-text.ts'
import type { FileType } from './sniff-file.ts'

/** 看过的一个文件；不收的 `message` 说明怎么办。 */
export type Examined = { ok: true; type: FileType; text: FileText } | { ok: false; message: string }

export type ReaderInput = { kind: 'examine' | 'word-body' | 'clean'; bytes: Uint8Array; name: string }
export type ReaderOutput = { kind: 'examined'; examined: Examined } | { kind: 'word-body'; html: string; notes: string[] } | { kind: 'cleaned'; result: CleanResult } | { kind: 'refused'; message: string }

let pool: ChildPool<ReaderInput, ReaderOutput> | null = null

// 恶意文件只拖垮子进程
const openPool = (): ChildPool<ReaderInput, ReaderOutput> =>
  (pool ??= childPool({ entry: 'catalogue/content/read-file-child', wallMs: 30_000, memoryMb: 768, outputBytes: 32 * 1024 * 1024, size: 2, jobsPerChild: 40, maxQueue: 30 }))

/** 停下子进程；命令行与测试结束时调用。 */
export async function closeFileReader(): Promise<void> {
  const closing = pool
  pool = null
  await closing?.close()
}

const FAILED: Partial<Record<ChildError['reason'], string>> = {
  time: '读取超过 30 秒，文件太复杂',
  memory: '读取所需的内存太大，文件太复杂',
  output: '读出的内容太多',
  crashed: '读取时出错，文件可能已损坏',
  threw: '读取时出错，文件可能已损坏',
}

async function run(input: ReaderInput): Promise<ReaderOutput | { kind: 'failed'; message: string }> {
  try {
    return await openPool().run(input)
  } catch (error) {
    if (error instanceof ChildError && error.reason === 'busy') return { kind: 'refused', message: '正在读取的文件太多，请稍后再试' }
    const message = error instanceof ChildError ? FAILED[error.reason] : undefined
    if (message === undefined) throw error
    return { kind: 'failed', message }
  }
}

/** 在子进程里认出一个文件的种类、读出文字。读到一半不成的（太复杂、已损坏）不收：收了谁也看不出里面是什么。 */
export async function examineFile(bytes: Uint8Array, name: string): Promise<Examined> {
  const output = await run({ kind: 'examine', bytes, name: name.slice(0, 200) })
  if (output.kind === 'examined') return output.examined
  return { ok: false, message: 'message' in output ? output.message : '读取时出错' }
}

/** 从 Word 文件读出正文的网页，图片随文，`notes` 是读时去掉了什么；须再经 cleanHtml。 */
export async function readWordBody(bytes: Uint8Array, name: string): Promise<{ ok: true; html: string; notes: string[] } | { ok: false; message: string }> {
  const output = await run({ kind: 'word-body', bytes, name: name.slice(0, 200) })
  if (output.kind === 'word-body') return { ok: true, html: output.html, notes: output.notes }
  return { ok: false, message: 'message' in output ? output.message : '读取时出错' }
}

/** 这么长以内的当场就洗；再长的要几百毫秒，别的请求不该等 */
const AT_ONCE = 60_000

/** 洗正文，见 cleanHtml；长的、带图的在子进程里洗。 */
export async function cleanBody(html: string): Promise<CleanResult> {
  if (html.length <= AT_ONCE) return cleanHtml(html)
  const output = await run({ kind: 'clean', bytes: Buffer.from(html), name: '' })
  if (output.kind === 'cleaned') return output.result
  return { ok: false, message: 'message' in output ? `正文没有收下：${output.message}` : '正文没有收下' }
}
