import { childPool, type ChildPool } from '../platform/child.ts'
import type { Document } from './document.ts'

let pool: ChildPool<Document, Uint8Array> | null = null

// 一次一件，别的排队；写一份几百家的约一两秒
const openPool = (): ChildPool<Document, Uint8Array> =>
  (pool ??= childPool({ entry: 'documents/xlsx-child', size: 1, jobsPerChild: 20, maxQueue: 20, wallMs: 60_000, memoryMb: 1024, outputBytes: 128 * 1024 * 1024 }))

/** 同 toXlsx，在子进程里写：几万格的要算一两秒，其间别的请求不等。排队已满、超时抛 ChildError。 */
export const toLargeXlsx = async (document: Document): Promise<Buffer> => Buffer.from(await openPool().run(document))

/** 停下写表的子进程；测试结束时调用，此后再写即另起。 */
export async function closeXlsx(): Promise<void> {
  const closing = pool
  pool = null
  await closing?.close()
}
