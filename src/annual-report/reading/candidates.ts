import { parseValue } from './parse-value.ts'

/** 一行的一种读法；missing 为原文没有、由合计推定的那一格。 */
export interface Candidate {
  values: readonly (number | null)[]
  raws: readonly string[]
  missing: number | null
}

/** 读法须满足的恒等式，如「末列等于其余各列之和」。 */
export type Fits = (values: readonly (number | null)[]) => boolean

const STEPS = 200_000
const MOST = 64

/** 连写的数字断成 count 个，各无多余的前导零；太多则为空。不看原文的空白：空白也可能断在数字当中。 */
export function splitDigits(digits: string, count: number, fits: Fits): Candidate[] {
  const found: Candidate[] = []
  let steps = 0
  const parts: string[] = []
  const walk = (at: number): boolean => {
    if (++steps > STEPS || found.length > MOST) return false
    const left = count - parts.length
    if (left === 0) {
      const values = parts.map(Number)
      if (at === digits.length && fits(values)) found.push({ values, raws: [...parts], missing: null })
      return true
    }
    const longest = digits[at] === '0' ? 1 : Math.min(9, digits.length - at - left + 1)
    const shortest = left === 1 ? digits.length - at : 1
    for (let size = shortest; size <= longest; size++) {
      parts.push(digits.slice(at, at + size))
      const goOn = walk(at + size)
      parts.pop()
      if (!goOn) return false
    }
    return true
  }
  if (digits.length < count || !walk(0)) return []
  return found
}

/** 少一格的行：缺的一格可在任一处，其值由末列为合计推出；推不出非负值的处不算。 */
export function insertMissing(raws: readonly string[]): Candidate[] {
  const known = raws.map(parseValue)
  if (known.some((value) => value === null)) return []
  const found: Candidate[] = []
  // 从末列起：读法相同的，以「缺合计」为准
  for (let at = raws.length; at >= 0; at--) {
    const values: number[] = known.map((value) => value ?? 0)
    const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)
    const value = at === raws.length ? sum(values) : values.at(-1)! - sum(values.slice(0, -1))
    if (value < 0) continue
    values.splice(at, 0, value)
    if (!found.some((each) => each.values.every((other, index) => other === values[index])))
      found.push({ values, raws: raws.toSpliced(at, 0, ''), missing: at })
  }
  return found
}

/** 空格看不见的行：按原有次序把数字放进 count 列，末列为合计；空处为空格（null）。 */
export function placeTokens(raws: readonly string[], count: number): Candidate[] {
  const known = raws.map(parseValue)
  const total = known.at(-1)
  if (total === null || total === undefined || known.some((value) => value === null)) return []
  if (known.slice(0, -1).reduce<number>((sum, value) => sum + (value ?? 0), 0) !== total) return []
  return combinations(count - 1, raws.length - 1).map((places) => {
    const filled: string[] = Array.from({ length: count }, () => '')
    for (const [index, place] of places.entries()) filled[place] = raws[index]!
    filled[count - 1] = raws.at(-1)!
    return { values: filled.map(parseValue), raws: filled, missing: null }
  })
}

function combinations(count: number, size: number): number[][] {
  if (size === 0) return [[]]
  if (size > count) return []
  const rest = combinations(count - 1, size - 1).map((places) => [...places, count - 1])
  return [...combinations(count - 1, size), ...rest]
}
