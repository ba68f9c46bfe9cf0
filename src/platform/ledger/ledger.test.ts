import * as fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { readCount, readDay, readWan, readYear, readYesNo } from './cell-values.ts'
import type { LedgerDefinition } from './definition.ts'
import { findHeadRow, mapColumns } from './map-columns.ts'
import { isImportable, previewLedger } from './preview-ledger.ts'
import { rowReader } from './row-reader.ts'
import { safeCell, toCsvLine } from './safe-cell.ts'
import { ledgerTemplateCsv, ledgerTemplateXlsx } from './template.ts'
import { aLedgerContext, readAll, toCsv } from './testing.ts'

const ledger: LedgerDefinition<{ on: string }> = {
  kind: 'things',
  title: '物品台账',
  columns: [
    { key: 'no', label: '编号', aliases: ['序号', '物品编号'], required: true, example: '示例1' },
    { key: 'on', label: '形成日期', aliases: ['成文日期'], required: true, example: '2024-01-01', note: '写到日' },
    { key: 'person', label: '经手人', personal: true, example: '张某' },
  ],
  parseRow(values) {
    const row = rowReader<'no' | 'on' | 'person'>(values)
    const no = row.text('no', { most: 10, required: true })
    const on = row.day('on', { required: true, notAfter: '2026-01-15' })
    if (row.text('person', { most: 5 }) === '不详') row.wrong('person', '须写姓名')
    return row.problems.length > 0 ? { ok: false, problems: row.problems } : { ok: true, key: no ?? '', value: { on: on ?? '' } }
  },
  importRows: () => Promise.reject(new Error('不在此测')),
}
const preview = (rows: readonly (readonly string[])[], options?: Parameters<typeof previewLedger>[3]) =>
  previewLedger(ledger, toCsv(rows), aLedgerContext('b'), options)

test('the head is found under a title and its columns by label, alias or likeness', async () => {
  const found = await preview([['某某单位物品登记表'], ['填表人：', ''], ['物品 编号（必填）', '成文日期*', '经手人员', '备注'], ['1', '2024-1-5', '李某', '']])
  expect(found.headLine).toBe(3)
  expect(found.mapping.columns.map(({ key, by }) => [key, by])).toEqual([
    ['no', 'alias'],
    ['on', 'alias'],
    ['person', 'similar'],
    [null, null],
  ])
  expect(found.mapping.unused).toEqual(['备注'])
  expect(isImportable(found)).toBe(true)
})

test('a required column that is missing is named, and the user may choose another', async () => {
  const rows = [['编号', '何时'], ['1', '2024-01-05']]
  const missing = await preview(rows)
  expect(missing.mapping.missing.map((column) => column.label)).toEqual(['形成日期'])
  expect(isImportable(missing)).toBe(false)
  expect(isImportable(await preview(rows, { chosen: { 1: 'on' } }))).toBe(true)
})

test('every fault has its line, column, value, reason and remedy; personal values are not shown', async () => {
  const { faults, faultCount, badRows, rows, firstRows } = await preview([
    ['编号', '形成日期', '经手人'],
    ['1', '2024-02-30', '不详'],
    ['2', '2026-02-01', ''],
    ['3', '2024-01-05', ''],
    ['3', '2024-01-06', '王某'],
  ])
  expect({ faultCount, badRows, rows }).toEqual({ faultCount: 4, badRows: 3, rows: 4 })
  expect(faults).toEqual([
    { line: 2, column: '形成日期', value: '2024-02-30', message: '不是日期', mend: '写成 2024-01-31' },
    { line: 2, column: '经手人', value: null, message: '须写姓名', mend: null },
    { line: 3, column: '形成日期', value: '2026-02-01', message: '晚于今日', mend: null },
    { line: 5, column: null, value: null, message: '与第 4 行重复（3）', mend: '保留一行；确为两件的，请使编号或名称有别' },
  ])
  expect(JSON.stringify(firstRows)).not.toContain('王某')
})

test('faults are counted to the end and listed up to a bound', async () => {
  const bad = Array.from({ length: 1500 }, (_, n) => [String(n), '不详'])
  const { faults, faultCount } = await preview([['编号', '形成日期'], ...bad])
  expect([faults.length, faultCount]).toEqual([1000, 1500])
})

test('a template is read back whole, and its example row is no record', async () => {
  for (const file of [await ledgerTemplateXlsx(ledger), ledgerTemplateCsv(ledger)]) {
    const found = await previewLedger(ledger, file, aLedgerContext('b'))
    expect(found.mapping.columns.map(({ key, by }) => [key, by])).toEqual([['no', 'label'], ['on', 'label'], ['person', 'label']])
    expect(found.skipped).toEqual([{ line: 2, reason: '模板的示例行' }])
    expect(found.rows).toBe(0)
  }
})

test('an empty file and one without a head are refused', async () => {
  await expect(preview([['只有一格']])).rejects.toMatchObject({ name: 'UnreadableSheet' })
})

test('a formula without result is a fault of its row', async () => {
  const file = Buffer.from(
    await writeXlsx({
      sheets: [{ name: '台账', rows: [['编号', '形成日期'], ['1', null]], cells: new Map([['1,1', { value: null, formula: 'TODAY()' }]]) }],
    }),
  )
  const { faults } = await previewLedger(ledger, file, aLedgerContext('b'))
  expect(faults).toMatchObject([{ line: 2, column: '形成日期', message: '公式没有可用的计算结果' }])
})

const heads = fc.array(fc.oneof(fc.constantFrom('编号', '序号', '物品编号', '形成日期', '成文日期', '经手人', '', '形成日'), fc.string({ maxLength: 12 })), { maxLength: 12 })

test('whatever the heads, no column of the ledger is filled twice, and the choice of the user holds', () => {
  fc.assert(
    fc.property(heads, fc.nat({ max: 11 }), (names, at) => {
      const { columns, missing } = mapColumns(ledger.columns, names, { [at]: 'on' })
      const keys = columns.flatMap((column) => column.key ?? [])
      expect(new Set(keys).size).toBe(keys.length)
      if (at < names.length) expect(columns[at]).toMatchObject({ key: 'on', by: 'chosen' })
      for (const { key } of missing) expect(keys).not.toContain(key)
      const rows = names.map((name) => ({ values: [name] }))
      const head = findHeadRow(ledger.columns, rows)
      expect(head === null || rows.includes(head)).toBe(true)
    }),
  )
})

test('the ways a day, a count, an amount, a year and a yes are written', () => {
  for (const text of ['2024-1-5', '2024/01/05', '2024.1.5', '2024年1月5日', '20240105', '２０２４-01-05', '2024-01-05 09:30:00'])
    expect([text, readDay(text)]).toEqual([text, '2024-01-05'])
  for (const text of ['2024-02-30', '2024-13-01', '45292', '24-1-5', '2024年1月', '']) expect([text, readDay(text)]).toEqual([text, null])
  expect(['12', '１２件', '1,200', '12.0', '-1', '1.5', '约12'].map(readCount)).toEqual([12, 12, 1200, 12, null, null, null])
  expect(['1.25', '0.000001', '1,200万元', '0', '1.2345678', '-1'].map(readWan)).toEqual([1_250_000, 1, 1_200_000_000, 0, null, null])
  expect(['2024', '2024年', '2024年度', '24'].map(readYear)).toEqual([2024, 2024, 2024, null])
  expect(['是', '无', 'TRUE', '√', '也许', ''].map(readYesNo)).toEqual([true, false, true, true, null, null])
})

test('nothing exported is a formula, and what is written is read back', async () => {
  expect(['=1+1', '+1', '-1', '@x', '\tx', '甲=1'].map(safeCell)).toEqual(["'=1+1", "'+1", "'-1", "'@x", "'\tx", '甲=1'])
  const lines = fc.sample(fc.array(fc.string({ maxLength: 20 }), { minLength: 2, maxLength: 4 }), 200)
  const words = lines.map((line) => line.map((cell) => `字${cell.replaceAll(/[\s\p{C}]/gu, '')}`))
  const { rows } = await readAll(Buffer.from(words.map(toCsvLine).join('')))
  expect(rows.map((row) => row.values)).toEqual(words)
})
