import { T3_COLUMNS, type Edition } from '../../statute/report-form.ts'
import type { TableReading } from './read-table.ts'

const LEAVES = ['R3.6.1', 'R3.6.2', 'R3.6.3']

/**
 * （六）其他处理的写法与版次不合时的换算：
 * 2021 版写成一行的，该行为 0 则三个小项为 0，否则小项无从得知；2019 版分成三行的，相加。
 */
export function mergeOtherwise(reading: TableReading, edition: Edition): void {
  if (edition === '2021') toLeaves(reading)
  else toSingle(reading)
}

function toLeaves(reading: TableReading): void {
  const merged = T3_COLUMNS.map((column) => `R3.6.${column.key}`)
  if (!merged.some((code) => reading.cells.has(code)) || LEAVES.some((row) => reading.cells.has(`${row}.T`))) return
  const line = reading.places.get('R3.6.T')?.line ?? reading.lines[0] ?? 1
  let unknown = false
  for (const { key } of T3_COLUMNS) {
    const value = reading.cells.get(`R3.6.${key}`) ?? null
    unknown ||= value !== 0
    const place = reading.places.get(`R3.6.${key}`)
    for (const row of LEAVES) {
      reading.cells.set(`${row}.${key}`, value === 0 ? 0 : null)
      if (place) reading.places.set(`${row}.${key}`, { ...place, deduced: true })
    }
  }
  // 三个小项并成一行，不另说缺行
  reading.notes = reading.notes.filter((note) => !(note.kind === 'label-missing' && LEAVES.includes(note.code ?? '')))
  const outcome = unknown ? '不为 0 的列，三个小项各为多少无从得知，作为未填' : '该行全为 0，三个小项均推定为 0'
  reading.notes.push({ kind: 'row-merged', line, code: 'R3.6', message: `（六）其他处理只写了一行，格式为三个小项；${outcome}` })
}

function toSingle(reading: TableReading): void {
  if (reading.cells.has('R3.6.T') || !LEAVES.every((row) => reading.cells.has(`${row}.T`))) return
  const line = reading.places.get('R3.6.1.T')?.line ?? reading.lines[0] ?? 1
  for (const { key } of T3_COLUMNS) {
    const values = LEAVES.map((row) => reading.cells.get(`${row}.${key}`) ?? null)
    const known = values.every((value) => value !== null)
    reading.cells.set(`R3.6.${key}`, known ? values.reduce<number>((a, b) => a + (b ?? 0), 0) : null)
    reading.places.set(`R3.6.${key}`, { line, raw: values.map((value) => value ?? '').join('+'), deduced: true })
  }
  reading.notes = reading.notes.filter((note) => !(note.kind === 'label-missing' && note.code === 'R3.6'))
  reading.notes.push({ kind: 'row-merged', line, code: 'R3.6', message: '（六）其他处理分成了三行，2019 版为一行；已相加' })
}
