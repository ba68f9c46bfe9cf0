import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Edition } from '../../statute/report-form.ts'
import { readReport } from './read-bytes.ts'
import { aReportText, bars, boxes, consistentNumbers, endBars, onePerLine, padded, runTogether, spaces, tabs, toHtmlText, type Shape, wrappedBoxes } from './testing.ts'

const RUNS = { numRuns: 8, endOnFailure: true }
const read = (text: string) => readReport(Buffer.from(text), 'report')
const EDITIONS: Edition[] = ['2019', '2021']
const SHAPES: Record<string, Shape> = { tabs, padded, bars, boxes, wrappedBoxes, onePerLine, endBars, spaces }

test.each(EDITIONS.flatMap((edition) => Object.keys(SHAPES).map((name) => [edition, name] as const)))('%s, %s: what was written is read', async (edition, name) => {
  await fc.assert(
    fc.asyncProperty(consistentNumbers(edition), async (numbers) => {
      const report = await read(aReportText(numbers, edition, SHAPES[name]!))
      expect(report.cells).toEqual(numbers)
      expect(report).toMatchObject({ edition, body: '江北区数据管理局', year: edition === '2019' ? 2019 : 2023, notes: [] })
    }),
    RUNS,
  )
})

test.each(EDITIONS)('%s, HTML with spans: what was written is read', async (edition) => {
  await fc.assert(
    fc.asyncProperty(consistentNumbers(edition), async (numbers) => {
      const report = await read(toHtmlText(numbers, edition))
      expect(report.cells).toEqual(numbers)
      expect(report).toMatchObject({ format: 'html', edition, body: '江北区数据管理局', notes: [] })
    }),
    RUNS,
  )
})

test('digits run together are never read wrong: right, or left blank with a note', async () => {
  await fc.assert(
    fc.asyncProperty(consistentNumbers('2021'), async (numbers) => {
      const report = await read(aReportText(numbers, '2021', runTogether))
      for (const [code, value] of Object.entries(report.cells)) if (value !== null) expect([code, value]).toEqual([code, numbers[code]])
      expect(report.notes.filter((note) => note.kind === 'digits-run-together').length).toBeGreaterThanOrEqual(20)
    }),
    RUNS,
  )
})
