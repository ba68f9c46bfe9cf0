import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { closePdf, toDocx, toHtml, toPdf, toXlsx } from '../../documents/index.ts'
import { aReport } from '../../documents/testing.ts'
import { readReport } from './read-bytes.ts'
import { consistentNumbers, type Numbers } from './testing.ts'

afterAll(() => closePdf())

const WRITERS: Record<string, (numbers: Numbers) => Promise<Uint8Array>> = {
  html: (numbers) => Promise.resolve(Buffer.from(toHtml(aReport(numbers)))),
  docx: (numbers) => toDocx(aReport(numbers)),
  pdf: (numbers) => toPdf(aReport(numbers)),
  xlsx: (numbers) => toXlsx(aReport(numbers)),
}

test.each(Object.keys(WRITERS))('our own %s edition is read back', async (format) => {
  await fc.assert(
    fc.asyncProperty(consistentNumbers('2021'), async (numbers) => {
      const report = await readReport(await WRITERS[format]!(numbers), `report.${format}`)
      expect(report.cells).toEqual(numbers)
      expect(report).toMatchObject({ format, edition: '2021', year: 2024, body: '武昌区城市运行管理中心', title: '2024年政府信息公开工作年度报告', notes: [] })
      const headings = report.lines.filter((line) => line.kind === 'heading').map((line) => line.text.trim())
      expect(headings).toEqual(expect.arrayContaining(['一、总体情况', '（五）监督保障情况', '六、其他需要报告的事项']))
      expect(report.lines.filter((line) => line.kind === 'prose').map((line) => line.text).join('')).toContain('公开武汉市民热线（12345）')
    }),
    { numRuns: 3, endOnFailure: true },
  )
})
