import { afterAll, beforeAll, expect, test } from 'vitest'
import { liveReport, renderReport } from '../src/annual-report/index.ts'
import { checkOwnReport, checkReport, getPublished, getReport, readReportBytes } from '../src/annual-report/testing.ts'
import { getBodyByCode, namesOf } from '../src/bodies/index.ts'
import { closePdf } from '../src/documents/index.ts'
import { testDb } from '../src/platform/testing.ts'
import { cellsOf } from '../src/statute/report-form.ts'
import { loadWuchang } from './wuchang.ts'

const { db, deps } = testDb()
const aboveInfo = (findings: readonly { severity: string; rule: string; message: string }[]) =>
  findings.filter((one) => one.severity !== 'info').map((one) => `${one.rule} ${one.message}`)

beforeAll(() => loadWuchang(deps))
afterAll(() => closePdf())

test('2024: all 200 cells, tables of zeros, eight items as 3 + 2 + 3', async () => {
  const { cells, figures } = await liveReport(deps, 'csyxglzx', 2024)
  expect(cellsOf('2021')).toHaveLength(200)
  expect(cellsOf('2021').map((code) => cells[code])).toEqual(Array(200).fill(0))
  expect(figures.items).toEqual({
    total: 8,
    byKind: [
      { label: '概况', count: 3 },
      { label: '财政', count: 2 },
      { label: '其他对外管理服务事项', count: 3 },
    ],
  })
})

test('published on 2025-01-09, under its name of the year, and not in 2023', async () => {
  const { bodyId } = await getBodyByCode(db, 'csyxglzx')
  const published = await getPublished(db, bodyId, 2024)
  expect(published).toMatchObject({ publishedOn: '2025-01-09', edition: 1, model: { bodyName: '武昌区城市运行管理中心', demo: false } })
  expect(published.model.narrative.lastProblems).toHaveLength(1)
  expect((await namesOf(db, bodyId, '2024-02-08')).name).toBe('武昌区社会管理网格化服务中心')
  await expect(getPublished(db, bodyId, 2023)).rejects.toThrow('2023')
})

test('its own check finds nothing above 信息', async () => {
  const { bodyId } = await getBodyByCode(db, 'csyxglzx')
  const { findings } = await checkOwnReport(db, await getReport(db, bodyId, 2024), deps)
  expect(aboveInfo(findings)).toEqual([])
})

test.each(['json', 'html', 'docx', 'pdf'] as const)('the checker reads the %s edition and finds nothing above 信息', async (format) => {
  const { bodyId } = await getBodyByCode(db, 'csyxglzx')
  const { model } = await getPublished(db, bodyId, 2024)
  const read = await readReportBytes(await renderReport(model, format), `report.${format}`)
  expect(read).toMatchObject({ year: 2024, body: '武昌区城市运行管理中心' })
  expect(cellsOf('2021').every((code) => read.cells[code] === 0)).toBe(true)
  expect(aboveInfo(checkReport(read, null))).toEqual([])
})
