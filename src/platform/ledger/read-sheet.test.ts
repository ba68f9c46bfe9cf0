import { deflateRawSync } from 'node:zlib'
import { writeXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { readAll } from './testing.ts'

const xlsx = async (sheets: Parameters<typeof writeXlsx>[0]['sheets']): Promise<Buffer> => Buffer.from(await writeXlsx({ sheets }))
const values = async (file: Buffer): Promise<(readonly string[])[]> => (await readAll(file)).rows.map((row) => row.values)
const refused = async (file: Buffer): Promise<string> => readAll(file).then(() => '', (error: unknown) => (error instanceof Error ? `${error.name} ${error.message}` : ''))

test('cells of a workbook come as text: dates as days, numbers without noise or exponent, text as it stands', async () => {
  const file = await xlsx([
    {
      name: '台账',
      rows: [
        ['日期', '金额', '件数', '文号', '勾选'],
        [new Date(Date.UTC(2024, 1, 29)), 0.1 + 0.2, 1e15, '007', true],
        ['2024/3/1', 1e-7, 1234567.5, '=1+1', false],
      ],
    },
  ])
  expect(await values(file)).toEqual([
    ['日期', '金额', '件数', '文号', '勾选'],
    ['2024-02-29', '0.3', '1000000000000000', '007', 'TRUE'],
    ['2024/3/1', '0.0000001', '1234567.5', '=1+1', 'FALSE'],
  ])
})

test('a formula gives its stored result; one without result, or in error, is named', async () => {
  const cell = (formula: string, formulaResult?: number) => ({ value: null, formula, formulaResult })
  const file = await xlsx([
    {
      name: '台账',
      rows: [['甲', '乙'], [1, null], [2, null], ['#N/A', 3]],
      cells: new Map([
        ['1,1', cell('A2*2', 2)],
        ['2,1', cell('A3*2')],
      ]),
    },
  ])
  const { rows } = await readAll(file)
  expect(rows.map((row) => [row.values[1], row.formulas])).toEqual([
    ['乙', []],
    ['2', []],
    ['', [1]],
    ['3', [0]],
  ])
})

test('cells merged downwards carry the first value, and are counted', async () => {
  const file = await xlsx([
    {
      name: '台账',
      rows: [['年份', '数'], ['2024', 1], [null, 2], [null, 3]],
      merges: [{ startRow: 1, startCol: 0, endRow: 3, endCol: 0 }],
    },
  ])
  const { rows, events } = await readAll(file)
  expect(rows.map((row) => row.values[0])).toEqual(['年份', '2024', '2024', '2024'])
  expect(events.at(-1)).toMatchObject({ kind: 'end', filledFromMerged: 2 })
})

test('the first sheet in sight is read, the others are named, and one may be asked for', async () => {
  const file = await xlsx([
    { name: '字典', rows: [['甲']], hidden: true },
    { name: '台账 & 附', rows: [['乙']] },
    { name: '旧', rows: [['丙']] },
  ])
  const { rows, events } = await readAll(file)
  expect(rows[0]?.values).toEqual(['乙'])
  expect(events[0]).toMatchObject({ sheet: { name: '台账 & 附', others: ['字典', '旧'] } })
  expect((await readAll(file, '旧')).rows[0]?.values).toEqual(['丙'])
})

test.each([
  ['UTF-8', (text: string) => Buffer.from(text)],
  ['UTF-8', (text: string) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16LE', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16LE', (text: string) => Buffer.from(text, 'utf16le')],
  ['UTF-16BE', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['GB18030', () => Buffer.from('b1eacce22cb1b8d7a20abcd72c22d2d20ab1fb220ab6a12c31', 'hex')],
])('%s text is recognised', async (encoding, encode) => {
  const { rows, events } = await readAll(encode('标题,备注\n甲,"乙\n丙"\n丁,1'))
  expect(events[0]).toMatchObject({ sheet: { encoding, separator: '逗号' } })
  expect(rows).toEqual([
    { line: 1, values: ['标题', '备注'], formulas: [] },
    { line: 2, values: ['甲', '乙\n丙'], formulas: [] },
    { line: 4, values: ['丁', '1'], formulas: [] },
  ])
})

test.each([
  ['分号', '标题;备注\n"甲,乙";1'],
  ['制表符', '标题\t备注\n甲,乙\t1'],
])('columns divided by %s', async (separator, text) => {
  const { rows, events } = await readAll(Buffer.from(text))
  expect(events[0]).toMatchObject({ sheet: { separator } })
  expect(rows[1]?.values).toEqual(['甲,乙', '1'])
})

test('blank lines keep their place in the count of lines', async () => {
  const { rows } = await readAll(Buffer.from('标题,备注\r\n\r\n,,\r\n甲,1\r\n'))
  expect(rows.map((row) => row.line)).toEqual([1, 4])
})

test('what cannot be read is refused with a reason', async () => {
  expect(await refused(Buffer.from(''))).toContain('文件是空的')
  expect(await refused(Buffer.from('标题,备注\n"甲,1\n乙,2'))).toContain('第 2 行：有引号没有配对')
  expect(await refused(Buffer.from('d0cf11e0a1b11ae10000', 'hex'))).toContain('.xlsx')
  expect(await refused(Buffer.from('%PDF-1.7\n\0\0\0\x01\x02\0\0'))).toContain('这是 PDF')
  expect(await refused((await xlsx([{ name: '台账', rows: [['甲']] }])).subarray(0, 300))).toContain('已损坏')
  expect(await refused(Buffer.from(Array.from({ length: 61 }, (_, i) => `c${i}`).join(',')))).toContain('超过 60 列')
})

// 自造的压缩包：目录里写的大小由我们说
function zipOf(name: string, content: Buffer, claimed: number): Buffer {
  const packed = deflateRawSync(content, { level: 9 })
  const field = (size: number, ...numbers: number[]): Buffer => {
    const bytes = Buffer.alloc(size * numbers.length)
    for (const [index, n] of numbers.entries()) bytes.writeUIntLE(n, index * size, size)
    return bytes
  }
  const common = Buffer.concat([field(2, 20, 0, 8, 0, 0x21), field(4, 0, packed.length, claimed), field(2, name.length, 0)])
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed])
  const central = Buffer.concat([Buffer.from('PK\x01\x02'), field(2, 20), common, field(2, 0, 0, 0), field(4, 0, 0), Buffer.from(name)])
  const end = Buffer.concat([Buffer.from('PK\x05\x06'), field(2, 0, 0, 1, 1), field(4, central.length, local.length), field(2, 0)])
  return Buffer.concat([local, central, end])
}

test('a bomb is refused, whether its directory is honest or not', async () => {
  const zeros = Buffer.alloc(30 * 1024 * 1024)
  expect(await refused(zipOf('xl/worksheets/sheet1.xml', zeros, zeros.length))).toContain('膨胀超过')
  expect(await refused(zipOf('xl/worksheets/sheet1.xml', zeros, 100))).toMatch(/膨胀超过|已损坏/)
})
