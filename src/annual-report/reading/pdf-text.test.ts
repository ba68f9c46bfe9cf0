import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { formTable } from '../../statute/report-table.ts'
import { displayWidth } from './fold.ts'
import { readReport } from './read-bytes.ts'
import { consistentNumbers, spread, type Numbers } from './testing.ts'
import { aPdf, aStream } from './testing-files.ts'

const SIZE = 7
const STEP = 18 // 行距
const PER_PAGE = 40
const AT = [30, 45, 80, 300, 335, 370, 405, 440, 475, 510]
const T4_AT = Array.from({ length: 15 }, (_, i) => 30 + i * 35)

type Piece = readonly [x: number, text: string]

/** 没有划线、字体不内嵌、靠预定义 CMap 编码的 PDF；文字只有位置。 */
function toPlainPdf(rows: readonly (readonly Piece[])[]): Buffer {
  const pages = Array.from({ length: Math.ceil(rows.length / PER_PAGE) }, (_, page) => rows.slice(page * PER_PAGE, (page + 1) * PER_PAGE))
  const first = 6
  const objects: (string | Buffer)[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${first + i * 2} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /W [1 95 500] /FontDescriptor 5 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 850 /Descent -150 /CapHeight 850 /StemV 80 >>',
  ]
  for (const [index, own] of pages.entries()) {
    const text = (x: number, y: number, piece: string) => `BT /F ${SIZE} Tf 1 0 0 1 ${x} ${y} Tm <${Buffer.from(piece, 'utf16le').swap16().toString('hex')}> Tj ET`
    const content = own.flatMap((pieces, line) => pieces.map(([x, piece]) => text(x, 800 - line * STEP, piece)))
    content.push(text(290, 30, String(index + 1)))
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${first + index * 2 + 1} 0 R /Resources << /Font << /F 3 0 R >> >> >>`)
    objects.push(aStream(Buffer.from(content.join('\n'))))
  }
  return aPdf(objects)
}

const line = (text: string): Piece[] => [[30, text]]
const centred = (x: number, text: string): Piece => [x - (displayWidth(text) * SIZE) / 4, text]

function rowsOf(numbers: Numbers, table: 'T2' | 'T3' | 'T4', at: readonly number[]): Piece[][] {
  const rows = spread(formTable('2021', table, (code) => ({ text: String(numbers[code]) })))
  return rows.map((row) => row.flatMap((text, column) => (text === '' ? [] : [/^[\d.]+$/.test(text) ? centred(at[column]! + 12, text) : ([at[column]!, text] as const)])))
}

// 表头的字在真的文件里是折开的，这里只留说明格
const dataOnly = (rows: Piece[][], from: number): Piece[][] => [[[30, '（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）']], ...rows.slice(from)]

test('a PDF without a single ruled line is read by the places of its words', async () => {
  await fc.assert(
    fc.asyncProperty(consistentNumbers('2021'), async (numbers) => {
      const report = await readReport(
        toPlainPdf([
          line('江北区数据管理局2023年政府信息公开工作年度报告'),
          line('一、总体情况'),
          line('二、主动公开政府信息情况'),
          ...rowsOf(numbers, 'T2', [30, 200, 300, 400]),
          line('三、收到和处理政府信息公开申请情况'),
          ...dataOnly(rowsOf(numbers, 'T3', AT).map((row) => row.map(([x, text]) => [x, text.slice(0, 24)] as const)), 3),
          line('四、政府信息公开行政复议、行政诉讼情况'),
          [[100, '行政复议'], [350, '行政诉讼']],
          ...rowsOf(numbers, 'T4', T4_AT).slice(3),
          line('五、存在的主要问题及改进情况'),
        ]),
        'plain.pdf',
      )
      expect(report.cells).toEqual(numbers)
      expect(report).toMatchObject({ format: 'pdf', body: '江北区数据管理局', year: 2023 })
      expect(report.lines.filter((each) => each.kind === 'furniture').map((each) => each.text.trim())).toEqual(['1', '2'])
    }),
    { numRuns: 5, endOnFailure: true },
  )
})
