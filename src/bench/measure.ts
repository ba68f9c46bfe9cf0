import process from 'node:process'

export interface Sampling {
  /** 几轮，取中位，免受机器上别的活的影响 */
  rounds: number
  /** 一轮几次，取平均 */
  times: number
  /** 热身几次，不计：编译器也要跑一阵才定下来 */
  warmUp: number
}

/** 一次用去本进程多少毫秒 CPU（含垃圾回收与各线程）。 */
export async function cpuMs(run: () => unknown, { rounds, times, warmUp }: Sampling): Promise<number> {
  for (let i = 0; i < warmUp; i++) await run()
  const samples: number[] = []
  for (let round = 0; round < rounds; round++) {
    const from = process.cpuUsage()
    for (let i = 0; i < times; i++) await run()
    const { user, system } = process.cpuUsage(from)
    samples.push((user + system) / 1000 / times)
  }
  return median(samples)
}

/** 一次用去多少毫秒钟表时间，若干次的中位；数据库的活在别的进程，只能这样量。 */
export async function wallMs(run: () => unknown, times: number): Promise<number> {
  const samples: number[] = []
  for (let i = 0; i < times; i++) {
    const from = performance.now()
    await run()
    samples.push(performance.now() - from)
  }
  return median(samples)
}

export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
