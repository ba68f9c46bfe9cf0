import { expect, test } from 'vitest'
import { closeXlsx } from '../../documents/index.ts'
import { readReportBytes, closeReader } from '../reading/index.ts'
import { rollUpXlsx } from './roll-up-xlsx.ts'
import { toRollUpJson } from './roll-up-json.ts'
import { rollUp } from './roll-up.ts'
import { someAccepted } from './testing.ts'

test('XLSX 与 JSON 里的和读得回来，与汇总相同；同样的汇总逐字节相同', async () => {
  const sum = rollUp({ year: 2025, accepted: someAccepted(6), absent: [], exempt: [], merged: [] })
  const words = { title: '示例区2025年政府信息公开工作年度报告', creator: '示例区', demo: false }
  const [one, two] = [await rollUpXlsx(sum, words), await rollUpXlsx(sum, words)]
  expect(one.equals(two)).toBe(true)
  const read = await readReportBytes(one, '汇总.xlsx')
  expect(read.cells).toEqual(sum.cells)
  const json = toRollUpJson(sum)
  expect(json.cells).toEqual(sum.cells)
  expect(json.bodies.reduce((total, { cells }) => total + (cells['R1.T'] ?? 0), 0)).toBe(sum.cells['R1.T'])
  await closeReader()
  await closeXlsx()
})
