/** 一个数，属于谁。 */
export interface Measured<T> {
  of: T
  value: number
}

export interface Outlier<T> extends Measured<T> {
  /** 离中位数几个（换算成标准差的）单位，有正负 */
  distance: number
}

export interface Spread<T> {
  median: number
  outliers: readonly Outlier<T>[]
}

/** 少于这么多家，不谈高低 */
export const FEWEST = 10
const FAR = 3.5
const TO_DEVIATION = 1.4826 // 正态分布下，绝对偏差的中位数换成标准差
const MEAN_TO_DEVIATION = 1.2533

/**
 * 明显高于或低于其他各家的：以中位数与绝对偏差的中位数衡量，个别极大的数不会把标准带偏。
 * 过半的家相同（绝对偏差的中位数为 0）时以平均绝对偏差代。家数不足、全都一样的没有。
 */
export function findOutliers<T>(measured: readonly Measured<T>[]): Spread<T> | null {
  if (measured.length < FEWEST) return null
  const median = medianOf(measured.map(({ value }) => value))
  const distances = measured.map(({ value }) => Math.abs(value - median))
  const unit = medianOf(distances) * TO_DEVIATION || (distances.reduce((sum, one) => sum + one, 0) / distances.length) * MEAN_TO_DEVIATION
  if (unit === 0) return { median, outliers: [] }
  const outliers = measured
    .map((one) => ({ ...one, distance: (one.value - median) / unit }))
    .filter(({ distance }) => Math.abs(distance) > FAR)
    .toSorted((a, b) => Math.abs(b.distance) - Math.abs(a.distance))
  return { median, outliers }
}

/** 中位数；没有数的为 0。 */
export function medianOf(values: readonly number[]): number {
  if (values.length === 0) return 0
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2
}
