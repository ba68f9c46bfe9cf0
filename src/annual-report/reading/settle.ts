import type { Candidate } from './candidates.ts'
import type { RowReading } from './read-row.ts'

/** 各行合看的恒等式；行以代码取，null 的行未读出。 */
export type Together = (rows: ReadonlyMap<string, Candidate>) => boolean

export interface Settled {
  candidate: Candidate
  /** 有歧义而未能定的列；读法一致的列仍可用 */
  open: readonly number[]
  /** 歧义由各行合看的恒等式定下 */
  byColumns: boolean
}

const PRODUCT = 20_000

/**
 * 各行的读法 → 每行一种：先看各自，再以各行合看的恒等式取舍；仍不能定的，只取各种读法一致的列。
 */
export function settle(readings: ReadonlyMap<string, RowReading>, together: Together): Map<string, Settled> {
  const fixed = new Map<string, Candidate>()
  const doubtful: [string, readonly Candidate[]][] = []
  for (const [code, { candidates }] of readings) {
    if (candidates.length === 1) fixed.set(code, candidates[0]!)
    else if (candidates.length > 1) doubtful.push([code, candidates])
  }
  const solutions = solve(fixed, doubtful, together)
  const settled = new Map<string, Settled>()
  for (const [code, candidate] of fixed) settled.set(code, { candidate, open: [], byColumns: false })
  for (const [index, [code, candidates]] of doubtful.entries()) {
    const kept = solutions.length > 0 ? [...new Set(solutions.map((each) => each[index]!))] : candidates
    settled.set(code, agree(kept, kept.length < candidates.length))
  }
  return settled
}

function solve(
  fixed: ReadonlyMap<string, Candidate>,
  doubtful: readonly (readonly [string, readonly Candidate[]])[],
  together: Together,
): Candidate[][] {
  const product = doubtful.reduce((size, [, candidates]) => size * candidates.length, 1)
  if (doubtful.length === 0 || product > PRODUCT) return []
  let choices: Candidate[][] = [[]]
  for (const [, candidates] of doubtful)
    choices = choices.flatMap((chosen) => candidates.map((candidate) => [...chosen, candidate]))
  return choices.filter((chosen) => together(new Map([...fixed, ...chosen.map((each, index) => [doubtful[index]![0], each] as const)])))
}

function agree(candidates: readonly Candidate[], byColumns: boolean): Settled {
  const first = candidates[0]!
  const open = first.values.flatMap((value, column) => (candidates.every((each) => each.values[column] === value) ? [] : [column]))
  return { candidate: first, open, byColumns }
}
