/** 自带的伪随机数（mulberry32）：同一个种子恒得同一串，演示数据因此次次相同。 */
export interface Random {
  /** 0 至 n−1 的整数 */
  below: (n: number) => number
  /** from 至 to 的整数，两端都含 */
  between: (from: number, to: number) => number
  pick: <T>(list: readonly T[]) => T
  shuffle: <T>(list: readonly T[]) => T[]
}

export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n: number): number => Math.floor(next() * n)
  const pick = <T>(list: readonly T[]): T => {
    const found = list[below(list.length)]
    if (found === undefined) throw new RangeError('没有可选的')
    return found
  }
  return {
    below,
    between: (from, to) => from + below(to - from + 1),
    pick,
    shuffle: <T>(list: readonly T[]): T[] => {
      const left = [...list]
      return list.map(() => left.splice(below(left.length), 1)[0]!)
    },
  }
}
