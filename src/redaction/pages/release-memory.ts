import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | undefined

/**
 * 画布的像素在 V8 的堆外，堆不满便不回收：几十页下来就占到内存上限。
 * 故每页用完即回收一次，几毫秒。只在子进程中用。
 */
export function releaseMemory(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
}
