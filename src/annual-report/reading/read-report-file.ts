import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { ChildError, childPool, type ChildPool } from '../../platform/child.ts'
import { LIMITS } from './limits.ts'
import { tooLarge, UnreadableReport } from './unreadable.ts'
import type { ReadInput, ReadOutput } from './reader-child.ts'
import type { ReadReport } from './read-report.ts'

let pool: ChildPool<ReadInput, ReadOutput> | null = null

// 恶意文件只拖垮子进程：十秒、五百一十二兆、十六兆结果
const openPool = (): ChildPool<ReadInput, ReadOutput> =>
  (pool ??= childPool({
    entry: 'annual-report/reading/reader-child',
    wallMs: 10_000,
    memoryMb: 512,
    outputBytes: 16 * 1024 * 1024,
    size: 2,
    jobsPerChild: 50,
    maxQueue: 20,
  }))

/** 读盘上的一份报告；过大的不读入。读不出抛 UnreadableReport，文件不存在按系统错误抛出。 */
export async function readReportFile(path: string): Promise<ReadReport> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size > LIMITS.fileBytes) throw tooLarge(size)
    return await readReportBytes(await file.readFile(), basename(path))
  } finally {
    await file.close()
  }
}

/** 在子进程里读一份报告。读不出（含超时、超内存、正忙）抛 UnreadableReport。 */
export async function readReportBytes(bytes: Uint8Array, filename: string): Promise<ReadReport> {
  if (bytes.length > LIMITS.fileBytes) throw tooLarge(bytes.length)
  const output = await run({ bytes, filename: filename.slice(0, 200) })
  if (output.ok) return output.report
  throw new UnreadableReport(output.code, output.message)
}

/** 停下子进程；命令行与测试结束时调用。 */
export async function closeReader(): Promise<void> {
  const closing = pool
  pool = null
  await closing?.close()
}

const FAILED: Partial<Record<ChildError['reason'], [UnreadableReport['code'], string]>> = {
  time: ['too-slow', '读取超过 10 秒，文件过于复杂或有意为之，不予读取'],
  memory: ['too-slow', '读取所需内存过大，文件过于复杂或有意为之，不予读取'],
  output: ['too-large', '读出的内容过多，不像一份年度报告'],
  busy: ['busy', '正在读取的文件太多，请稍后再试'],
  crashed: ['damaged', '读取时出错，文件可能已损坏'],
  threw: ['damaged', '读取时出错，文件可能已损坏'],
}

async function run(input: ReadInput): Promise<ReadOutput> {
  try {
    return await openPool().run(input)
  } catch (error) {
    const failed = error instanceof ChildError ? FAILED[error.reason] : undefined
    throw failed ? new UnreadableReport(...failed) : error
  }
}
