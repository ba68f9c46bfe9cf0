import { expect, test } from 'vitest'
import {
  cellsOf,
  editionOf,
  findCell,
  formOf,
  HEADINGS,
  labelOf,
  leafRows,
  rowLabelOf,
  type Edition,
  type TableName,
} from './report-form.ts'
import { normalLabel } from './report-label.ts'
import { formFrame, formTable, type FormTableRow } from './report-table.ts'

const EDITIONS: Edition[] = ['2019', '2021']
const TABLES: TableName[] = ['T2', 'T3', 'T4']

test('the 2021 form has 10 + 175 + 15 cells, in form order, each code once', () => {
  const codes = cellsOf('2021')
  expect(codes).toHaveLength(200)
  expect(new Set(codes).size).toBe(200)
  expect(codes.slice(0, 10)).toEqual([
    'T2.reg.made', 'T2.reg.repealed', 'T2.reg.valid', 'T2.norm.made', 'T2.norm.repealed', 'T2.norm.valid',
    'T2.license.decisions', 'T2.penalty.decisions', 'T2.coercion.decisions', 'T2.fee.amountWan',
  ])
  expect([codes[10], codes[184], codes[185], codes[199]]).toEqual(['R1.N', 'R4.T', 'T4.rv.upheld', 'T4.la.total'])
})

test('the 2019 form has 23 rows in table 3, 其他处理 as one of them', () => {
  expect(cellsOf('2019')).toHaveLength(198)
  expect(formOf('2019').t3).toHaveLength(23)
  expect(leafRows('2019')).toHaveLength(19)
  expect(leafRows('2019').at(-1)).toBe('R3.6')
  expect(leafRows('2021')).toHaveLength(21)
  expect(findCell('R3.6.1.N', '2019')).toBeNull()
})

test('the edition follows the year', () => {
  expect([2019, 2020, 2021, 2025].map(editionOf)).toEqual(['2019', '2019', '2021', '2021'])
})

test('a cell is named by its path in the form', () => {
  expect(labelOf('R3.3.4.N')).toBe('三、（三）4.保护第三方合法权益 · 自然人')
  expect(labelOf('R3.2.T')).toBe('三、（二）部分公开 · 总计')
  expect(labelOf('R4.L')).toBe('四、结转下年度继续办理 · 法律服务机构')
  expect(labelOf('T2.norm.valid')).toBe('第二十条第（一）项行政规范性文件 · 现行有效件数')
  expect(labelOf('T2.norm.made', '2019')).toBe('第二十条第（一）项规范性文件 · 本年新制作数量')
  expect(labelOf('T4.la.pending')).toBe('行政诉讼（复议后起诉） · 尚未审结')
  expect(rowLabelOf('R3.5.2')).toBe('三、（五）2.重复申请')
  expect(() => labelOf('R9.N')).toThrow('R9.N')
})

/** 展开跨行跨列，返回每行占满的列数；重叠即错。 */
function widthsOf(rows: readonly FormTableRow[]): number[] {
  const grid: boolean[][] = rows.map(() => [])
  rows.forEach((row, y) => {
    let x = 0
    for (const cell of row) {
      while (grid[y]![x]) x++
      for (let dy = 0; dy < (cell.rowspan ?? 1); dy++)
        for (let dx = 0; dx < (cell.colspan ?? 1); dx++) {
          expect(grid[y + dy], `rowspan leaves the table in row ${y}`).toBeDefined()
          expect(grid[y + dy]![x + dx]).toBeUndefined()
          grid[y + dy]![x + dx] = true
        }
    }
  })
  return grid.map((row) => row.filter(Boolean).length)
}

test.each(EDITIONS.flatMap((edition) => TABLES.map((table) => [edition, table] as const)))(
  'table %s %s is a full rectangle with every cell of the form once',
  (edition, table) => {
    const rows = formTable(edition, table, (code) => ({ text: code }))
    const width = formFrame(edition, table).widths.length
    expect(widthsOf(rows).every((each) => each === width)).toBe(true)
    const codes = rows.flatMap((row) => row.flatMap((cell) => cell.code ?? []))
    expect(codes).toEqual(cellsOf(edition).filter((code) => findCell(code, edition)!.table === table))
  },
)

test('table 3 spans as the form: 说明格 3×3, 三 over 22 rows, groups 8, 3, 5, 3, R4 outside', () => {
  const rows = formTable('2021', 'T3', () => ({ text: '0' }))
  expect(rows[0]![0]).toMatchObject({ rowspan: 3, colspan: 3 })
  const spans = rows.flatMap((row) => row.filter((cell) => (cell.rowspan ?? 1) > 2 && cell.align === 'left'))
  expect(spans.map((cell) => [cell.text, cell.rowspan])).toEqual([
    ['三、本年度办理结果', 22], ['（三）不予公开', 8], ['（四）无法提供', 3], ['（五）不予处理', 5], ['（六）其他处理', 3],
  ])
  expect(rows.at(-1)![0]).toMatchObject({ text: '四、结转下年度继续办理', colspan: 3 })
  expect(formTable('2019', 'T3', () => ({ text: '' }))[5]![0]).toMatchObject({ rowspan: 20 })
})

test('values carry their link and mark', () => {
  const rows = formTable('2021', 'T4', (code) => ({ text: '1', href: `#${code}`, mark: 'bad' }))
  expect(rows.at(-1)![14]).toMatchObject({ text: '1', href: '#T4.la.total', mark: 'bad', code: 'T4.la.total' })
})

test('labels are compared after width, spaces and quotes are evened out', () => {
  expect(normalLabel('(一) 予以公开')).toBe(normalLabel('（一）予以公开'))
  expect(normalLabel('3. 危及"三安全一稳定"')).toBe(normalLabel('3.危及“三安全一稳定”'))
  expect(normalLabel('１、申请人无正当理由')).toBe(normalLabel('1.申请人无正当理由'))
  expect(normalLabel('规范性文件')).not.toBe(normalLabel('行政规范性文件'))
  expect(normalLabel(HEADINGS[3])).toBe('四.政府信息公开行政复议、行政诉讼情况')
})
