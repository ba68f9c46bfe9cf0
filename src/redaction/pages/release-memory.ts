import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | undefined

/**
 * 画布的像素在 V8 的堆外，堆不满便不回收，回收了也要等事件循环转一转才真释放：几十页下来就占到内存上限。
 * 故每页用完即回收一次，几毫秒。只在子进程中用。
 */
export async function releaseMemory(): Promise<void> {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  await wait(1)
  collect()
  await wait(1)
}
