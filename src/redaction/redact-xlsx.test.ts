import fc from 'fast-check'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { afterAll, expect, test } from 'vitest'
import { xlsxEngine } from './blocks/xlsx-engine.ts'
import { closeRedaction, openSource, redact, verifyRedaction } from './index.ts'
import { rezip, textMark } from './testing.ts'
import type { Block, Mark } from './index.ts'

afterAll(() => closeRedaction())

const source = Buffer.from(
  await writeXlsx({
    properties: { creator: '张三' },
    namedRanges: [{ name: 'Staff', range: '名册!$A$1:$B$3' }],
    sheets: [
      {
        name: '名册',
        rows: [['姓名', '金额', '日期', '内部'], ['张三', 1234.5, 45292, '密'], ['李四', 8, 45293, '密'], ['王五', 0.25, 1, '密']],
        columns: [{}, {}, {}, { hidden: true }],
        rowDefs: new Map([[3, { hidden: true }]]),
        merges: [],
        cells: new Map([
          ['1,1', { value: 1234.5, formula: 'SUM(B3:B4)', formulaResult: 1234.5, style: { numFmt: '#,##0.00' } }],
          ['1,2', { value: 45292, style: { numFmt: 'yyyy-mm-dd' } }],
          ['2,2', { value: 45293, style: { numFmt: 'yyyy-mm-dd' } }],
          ['2,0', { value: '李四', comment: { author: '张三', text: '张三的批注' } }],
        ]),
      },
      { name: '底稿', hidden: true, rows: [['张三的底稿']] },
      { name: '合并', rows: [['标题', '盖住的'], ['甲', '乙']], merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 1 }] },
    ],
  }),
)

const blocksOf = async (bytes: Uint8Array): Promise<readonly Block[]> => {
  const { view } = await openSource(bytes, 'xlsx')
  if (view.shape !== 'blocks') throw new Error('XLSX 应按格打开')
  return view.blocks
}
const markOf = (blocks: readonly Block[], text: string): Mark => {
  const block = blocks.find((each) => each.text.includes(text))
  if (!block) throw new Error(`没有「${text}」`)
  return textMark(block.id, block.text.indexOf(text), block.text.indexOf(text) + text.length)
}

test('only what is displayed is opened; the rest is told', async () => {
  const { view, hidden } = await openSource(source, 'xlsx')
  expect(view.shape === 'blocks' && view.blocks.map(({ place, text }) => `${place} ${text}`)).toEqual([
    '第1张工作表的名称 名册', '名册!A1 姓名', '名册!B1 金额', '名册!C1 日期',
    '名册!A2 张三', '名册!B2 1,234.50', '名册!C2 2024-01-01', '名册!A3 李四', '名册!B3 8', '名册!C3 2024-01-02',
    '第2张工作表的名称 合并', '合并!A1 标题', '合并!A2 甲', '合并!B2 乙',
  ])
  expect(hidden).toEqual(['隐藏的工作表 1 张', '隐藏的行 1 行', '隐藏的列 1 列', '公式 1 处', '批注 1 处', '名称定义 1 个', '文件属性（作者、单位、时间等）'])
})

test('marked cells become bars, a number too, a sheet name too; nothing else comes along', async () => {
  const blocks = await blocksOf(source)
  const marks = [markOf(blocks, '张三'), markOf(blocks, '8'), markOf(blocks, '合并')]
  const { bytes } = await redact(source, 'xlsx', marks)
  expect(await verifyRedaction(source, 'xlsx', marks, bytes)).toEqual([])
  const workbook = await readXlsx(bytes)
  expect(workbook.sheets.map((sheet) => [sheet.name, sheet.rows])).toEqual([
    ['名册', [['姓名', '金额', '日期'], ['██〔条例第十五条〕', '1,234.50', '2024-01-01'], ['李四', '██〔条例第十五条〕', '2024-01-02']]],
    ['██2', [['标题', null], ['甲', '乙']]],
  ])
  expect(workbook.sheets[1]?.merges).toEqual([{ startRow: 0, startCol: 0, endRow: 0, endCol: 1 }])
  expect((await openSource(bytes, 'xlsx')).hidden).toEqual(['文件属性（作者、单位、时间等）'])
  expect((await redact(source, 'xlsx', marks)).bytes).toEqual(bytes)
})

const within = (name: string, from: string, to: string) => (bytes: Uint8Array) =>
  rezip(bytes, (parts) => {
    expect(parts[name]).toContain(from)
    return { ...parts, [name]: parts[name]!.replace(from, to) }
  })
const SHEET = 'xl/worksheets/sheet1.xml'
const FAKES: Record<string, [(bytes: Uint8Array) => Uint8Array, RegExp]> = {
  'a hidden sheet that holds the value': [(bytes) => rezip(bytes, (parts) => ({ ...parts, 'xl/worksheets/sheet9.xml': '<worksheet><sheetData><row><c><v>张三</v></c></row></sheetData></worksheet>', 'xl/workbook.xml': parts['xl/workbook.xml']!.replace('</sheets>', '<sheet name="x" sheetId="9" state="hidden" r:id="rId9"/></sheets>') })), /隐藏的工作表/],
  'a defined name': [within('xl/workbook.xml', '</sheets>', '</sheets><definedNames><definedName name="x">"张三"</definedName></definedNames>'), /名称定义/],
  'a formula behind the value': [within(SHEET, '<v>', '<f>"张"&amp;"三"</f><v>'), /公式/],
  'a hidden column': [within(SHEET, '<col min="1"', '<col hidden="1" min="1"'), /隐藏的行或列/],
  'a comment part': [(bytes) => rezip(bytes, (parts) => ({ ...parts, 'xl/comments1.xml': '<x>张三</x>' })), /批注/],
  'an external link': [(bytes) => rezip(bytes, (parts) => ({ ...parts, 'xl/externalLinks/externalLink1.xml': '<x/>' })), /外部链接/],
  'a number not covered': [within(SHEET, '██〔条例第十五条〕', '张三'), /还在文件里/],
  'the original itself': [() => source, /隐藏的工作表/],
}
test.each(Object.keys(FAKES))('%s is found out', async (name) => {
  const [fake, finding] = FAKES[name]!
  const marks = [markOf(await blocksOf(source), '张三')]
  const { bytes } = await redact(source, 'xlsx', marks)
  expect((await verifyRedaction(source, 'xlsx', marks, fake(bytes))).join('\n')).toMatch(finding)
})

const words = fc.string({ unit: fc.constantFrom(...'甲乙丙丁戊Ab<&"1 𠮷'), minLength: 1, maxLength: 8 })
const grids = fc.array(fc.array(fc.oneof(words, fc.integer({ min: -999, max: 999 })), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 })

test('whatever is marked: it is gone by any reader, the rest stays where it was', async () => {
  await fc.assert(
    fc.asyncProperty(grids, fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 6 }), async (rows, wanted) => {
      const bytes = Buffer.from(await writeXlsx({ sheets: [{ name: '表', rows }] }))
      const { view } = await xlsxEngine.open(bytes)
      if (view.shape !== 'blocks') return
      const marks = wanted.map(([b, f, t]) => {
        const block = view.blocks[b % view.blocks.length]!
        const from = f % block.text.length
        return textMark(block.id, from, from + 1 + (t % (block.text.length - from)), '密')
      })
      const result = await xlsxEngine.redact(bytes, marks)
      expect(await xlsxEngine.verify(bytes, marks, result)).toEqual([])
      const read = (await readXlsx(result)).sheets[0]!
      const cells = read.rows.flat().filter((value) => value !== null).map((value) => String(value).replaceAll('██〔密〕', ''))
      expect(cells).toEqual(view.blocks.slice(1).map((block) => remaining(block, marks)))
    }),
    { numRuns: 60 },
  )
})
// 不用被测的代码：逐字看在不在勾画之内（一个字的两半同进退）
function remaining({ id, text }: Block, marks: readonly Mark[]): string {
  let [at, kept] = [0, '']
  for (const letter of text) {
    const [start, end] = [at, (at += letter.length)]
    if (!marks.some((mark) => mark.kind === 'text' && mark.block === id && mark.from < end && mark.to > start)) kept += letter
  }
  return kept
}
