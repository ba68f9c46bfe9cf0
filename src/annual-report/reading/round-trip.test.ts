import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { closePdf, toDocx, toHtml, toPdf, toXlsx, type Document } from '../../documents/index.ts'
import { aReport } from '../../documents/testing.ts'
import type { ReportJson } from '../editions/report-json.ts'
import { readReport } from './read-bytes.ts'
import { consistentNumbers, type Numbers } from './testing.ts'

afterAll(() => closePdf())

const WRITERS: Record<string, (numbers: Numbers) => Promise<Uint8Array>> = {
  html: (numbers) => Promise.resolve(Buffer.from(toHtml(aReport(numbers)))),
  docx: (numbers) => toDocx(aReport(numbers)),
  pdf: (numbers) => toPdf(aReport(numbers)),
  xlsx: (numbers) => toXlsx(aReport(numbers)),
}

const paragraphsOf = (document: Document): string[] =>
  document.blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.spans.map((span) => (typeof span === 'string' ? span : span.text)).join('')] : []))

test.each(Object.keys(WRITERS))('our own %s edition is read back', async (format) => {
  await fc.assert(
    fc.asyncProperty(consistentNumbers('2021'), async (numbers) => {
      const report = await readReport(await WRITERS[format]!(numbers), `report.${format}`)
      expect(report.cells).toEqual(numbers)
      expect(report).toMatchObject({ format, edition: '2021', year: 2024, body: '武昌区城市运行管理中心', title: '2024年政府信息公开工作年度报告', notes: [] })
      const headings = report.lines.filter((line) => line.kind === 'heading').map((line) => line.text.trim())
      expect(headings).toEqual(expect.arrayContaining(['一、总体情况', '（五）监督保障情况', '六、其他需要报告的事项']))
      // 各版的段落一字不差，PDF 折行的也已接好
      const prose = report.lines.filter((line) => line.kind === 'prose').map((line) => line.text.replaceAll(/\s/g, ''))
      expect(prose).toEqual(expect.arrayContaining(paragraphsOf(aReport(numbers))))
    }),
    { numRuns: 3, endOnFailure: true },
  )
})

test('our own JSON edition is read back, and only whole', async () => {
  const [numbers] = fc.sample(consistentNumbers('2021'), { numRuns: 1, seed: 3 })
  const json = {
    schema: 'mingchuang/annual-report/1',
    title: '江北区水务局2023年政府信息公开工作年度报告',
    body: { code: 'swj', name: '江北区水务局' },
    year: 2023,
    form: '2021',
    edition: 1,
    asOf: '2023-12-31',
    datedOn: '2024-01-20',
    demo: false,
    cells: numbers!,
    introduction: ['本报告依据条例编制。'],
    parts: [
      { heading: '一、总体情况', blocks: [{ kind: 'paragraph', text: '工作平稳。' }] },
      { heading: '三、收到和处理政府信息公开申请情况', blocks: [{ kind: 'form', table: 'T3' }] },
    ],
    items: { total: 0, byKind: [] },
    correctionReason: null,
  } satisfies ReportJson
  const report = await readReport(Buffer.from(JSON.stringify(json)), 'report.json')
  expect(report).toMatchObject({ format: 'json', cells: numbers, year: 2023, body: '江北区水务局', title: json.title, edition: '2021', notes: [] })
  const place = report.places['R3.7.T']!
  expect(place.raw).toBe(String(numbers!['R3.7.T']))
  expect(report.lines[place.line - 1]).toMatchObject({ kind: 'table', table: 'T3', text: expect.stringContaining('（七）总计') })
  await expect(readReport(Buffer.from(JSON.stringify({ ...json, year: '2023' })), 'x')).rejects.toMatchObject({ code: 'not-a-report' })
})
