import { expect, test } from 'vitest'
import { closeXlsx } from '../../documents/index.ts'
import { readReportBytes, closeReader } from '../reading/index.ts'
import { rollUpXlsx } from './roll-up-xlsx.ts'
import { toRollUpJson } from './roll-up-json.ts'
import { rollUp } from './roll-up.ts'
import { someAccepted } from './testing.ts'
import { reportJson } from '../editions/report-json.ts'
import { roundJson } from './round-json.ts'

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

test('上传的一份写成公开的格式，再长也读得回来', () => {
  const long = Array.from({ length: 600 }, (_, i) => ({ number: i + 3, kind: 'prose' as const, text: `第 ${i} 段` }))
  const lines = [{ number: 1, kind: 'prose' as const, text: '引'.repeat(30_000) }, { number: 2, kind: 'heading' as const, text: '一、总体情况' }, ...long]
  const json = roundJson({ bodyName: '示例甲局', year: 2025, form: '2021', cells: {}, lines, filedOn: '2026-01-20' }, { bodyCode: 'jia', demo: true })
  expect(reportJson.parse(json)).toMatchObject({ demo: true, title: '示例甲局2025年政府信息公开工作年度报告' })
})
