import type { CellCode } from '../../statute/report-form.ts'

/** 一项：小计、比较时看的几个数，各是一格或几格之和。 */
export interface Measure {
  key: string
  label: string
  unit: '件' | '万元'
  cells: readonly CellCode[]
  /** 由哪些格构成：高低悬殊的，看是哪几行多出来的 */
  rows: readonly CellCode[]
}

const one = (key: string, label: string, cell: CellCode, rows: readonly CellCode[] = [], unit: Measure['unit'] = '件'): Measure => ({ key, label, unit, cells: [cell], rows })

const COLUMNS = ['N', 'B', 'R', 'P', 'L', 'O'] as const
const REFUSED = [1, 2, 3, 4, 5, 6, 7, 8].map((i) => `R3.3.${i}.T`)
const LACKING = [1, 2, 3].map((i) => `R3.4.${i}.T`)
const UNHANDLED = [1, 2, 3, 4, 5].map((i) => `R3.5.${i}.T`)
const OTHERWISE = [1, 2, 3].map((i) => `R3.6.${i}.T`)
const RESULTS = ['upheld', 'corrected', 'other', 'pending'] as const
const all = (group: string) => RESULTS.map((result) => `T4.${group}.${result}`)

export const MEASURES: readonly Measure[] = [
  one('received', '新收申请', 'R1.T', COLUMNS.map((key) => `R1.${key}`)),
  one('carried', '上年结转', 'R2.T', COLUMNS.map((key) => `R2.${key}`)),
  one('done', '办结', 'R3.7.T', ['R3.1.T', 'R3.2.T', ...REFUSED, ...LACKING, ...UNHANDLED, ...OTHERWISE]),
  one('granted', '予以公开', 'R3.1.T', COLUMNS.map((key) => `R3.1.${key}`)),
  one('partial', '部分公开', 'R3.2.T', COLUMNS.map((key) => `R3.2.${key}`)),
  { key: 'refused', label: '不予公开', unit: '件', cells: REFUSED, rows: REFUSED },
  { key: 'lacking', label: '无法提供', unit: '件', cells: LACKING, rows: LACKING },
  { key: 'unhandled', label: '不予处理', unit: '件', cells: UNHANDLED, rows: UNHANDLED },
  one('left', '结转下年', 'R4.T', COLUMNS.map((key) => `R4.${key}`)),
  one('reviews', '行政复议', 'T4.rv.total', all('rv')),
  { key: 'corrected', label: '复议诉讼纠正', unit: '件', cells: ['T4.rv.corrected', 'T4.ld.corrected', 'T4.la.corrected'], rows: ['T4.rv.corrected', 'T4.ld.corrected', 'T4.la.corrected'] },
  { key: 'suits', label: '行政诉讼', unit: '件', cells: ['T4.ld.total', 'T4.la.total'], rows: [...all('ld'), ...all('la')] },
  one('norms', '制发规范性文件', 'T2.norm.made'),
  one('valid', '现行有效规范性文件', 'T2.norm.valid'),
  one('fees', '行政事业性收费', 'T2.fee.amountWan', [], '万元'),
]

export const findMeasure = (key: string): Measure | undefined => MEASURES.find((each) => each.key === key)

/** 一项的数；有一格空着的为 null。金额相加至多 6 位小数。 */
export function measureOf({ cells }: Measure, of: Readonly<Record<CellCode, number | null | undefined>>): number | null {
  let sum = 0
  for (const code of cells) {
    const value = of[code]
    if (value === null || value === undefined) return null
    sum += value
  }
  return Number(sum.toFixed(6))
}
