import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { childEntry } from '../paths.ts'
import { SHEET_LIMITS, UnreadableSheet } from './sheet.ts'
import type { SheetEvent } from './sheet.ts'

const MEMORY_MB = 768
const SILENCE_MS = 60_000

/**
 * 在受限的子进程里逐批读一份 XLSX 或 CSV。先出一个 `sheet`，再出若干 `rows`，最后一个 `end`。
 * 读不了的抛 UnreadableSheet，消息可直接给使用者看。中途不再取则子进程随即结束。
 * @param sheet 要读的工作表名；null 为第一张未隐藏的
 */
export async function* readSheet(file: Buffer, sheet: string | null = null): AsyncGenerator<SheetEvent> {
  if (file.length > SHEET_LIMITS.fileBytes)
    throw new UnreadableSheet(`文件超过 ${SHEET_LIMITS.fileBytes / 1024 / 1024} MB，请拆成几份`)
  const child = start(sheet)
  // 子进程提前退出时管道会断，结果由退出码说明
  child.stdin.on('error', () => {})
  child.stdin.end(file)
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-2000)))
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve).once('error', () => resolve(null)))
  let ended = false
  try {
    for await (const line of linesOf(child)) {
      const message = JSON.parse(line) as SheetEvent | { refused: string }
      if ('refused' in message) throw new UnreadableSheet(message.refused)
      ended = message.kind === 'end'
      yield message
    }
    const code = await exited
    // 程序自己没有装好，不赖文件
    if (complaint.includes('MODULE_NOT_FOUND')) throw new Error(`读表的子进程没有起来：${complaint}`)
    if (code !== 0 || !ended) throw new UnreadableSheet('文件太复杂或已损坏，读取时超出了允许的内存或时间')
  } finally {
    child.kill('SIGKILL')
  }
}

// 只许读文件系统（自己的代码），不许写、不许再起进程
const start = (sheet: string | null): ChildProcessWithoutNullStreams =>
  spawn(
    process.execPath,
    [
      `--max-old-space-size=${MEMORY_MB}`,
      '--permission',
      '--allow-fs-read=*',
      '--disable-warning=ExperimentalWarning',
      childEntry('platform/ledger/read-sheet-child'),
      sheet ?? '',
    ],
    { env: { NODE_ENV: process.env['NODE_ENV'] ?? 'production' }, stdio: 'pipe' },
  )

// 只计等子进程的时间：使用一方写库慢，不算它沉默。逐块取，取得慢则管道自会压住子进程。
async function* linesOf(child: ChildProcessWithoutNullStreams): AsyncGenerator<string> {
  const chunks = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let parts: Buffer[] = []
  for (;;) {
    const timer = setTimeout(() => child.kill('SIGKILL'), SILENCE_MS)
    const next = await chunks.next().finally(() => clearTimeout(timer))
    if (next.done) return
    let rest = next.value
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      yield Buffer.concat([...parts, rest.subarray(0, end)]).toString('utf8')
      parts = []
      rest = rest.subarray(end + 1)
    }
    if (rest.length > 0) parts.push(rest)
  }
}
