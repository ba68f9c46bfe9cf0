/** 少于这个数的不写明是几件，免得推出是谁。 */
export const SMALLEST = 5

/**
 * 一列件数写成的话：零照写，一至四写「少于 5」。合计写明而只有一格小的，会由合计减出，
 * 故再把其余最小的一格写「不单列」。合计自己小的也写「少于 5」。
 */
export function maskCells(counts: readonly number[]): string[] {
  const small = counts.flatMap((count, index) => (count > 0 && count < SMALLEST ? [index] : []))
  const [only] = small
  const hidden = small.length === 1 && only !== undefined && counts.length > 1 ? smallestOther(counts, only) : null
  return counts.map((count, index) => (small.includes(index) ? `少于 ${SMALLEST}` : index === hidden ? '不单列' : String(count)))
}

function smallestOther(counts: readonly number[], only: number): number | null {
  const others = counts.flatMap((count, index) => (index !== only && count > 0 ? [index] : []))
  return others.reduce<number | null>((least, index) => (least === null || (counts[index] ?? 0) < (counts[least] ?? 0) ? index : least), null)
}

/** 比例：分母小的不写，写明会推出件数；全是、全不是的也只在分母够大时写。 */
export const maskShare = (part: number, whole: number): string => {
  if (whole < SMALLEST) return '—'
  return part > 0 && part < SMALLEST ? `少于 ${SMALLEST} 件` : `${((part / whole) * 100).toFixed(1)}%`
}
