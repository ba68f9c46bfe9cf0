import { expect, test } from 'vitest'
import { toSourceLine } from './from-text.ts'
import { findTables } from './pdf-grid.ts'
import { joinParagraphs, withoutRunning, type PageLine } from './pdf-paragraphs.ts'

test('a table drawn segment by segment is one table, though no upright meets the joint', () => {
  // 第一行的标签格跨两列，横线在列界处断开，那里没有竖线
  const ys = [100, 80]
  const horizontal = ys.flatMap((at) => [
    { at, from: 0, to: 50 },
    { at, from: 50, to: 100 },
    { at, from: 100, to: 140 },
  ])
  const vertical = [0, 100, 140].map((at) => ({ at, from: 80, to: 100 }))
  const text = (value: string, x: number) => ({ text: value, x, y: 88, width: value.length * 8, size: 8 })
  const tables = findTables({ horizontal, vertical }, [text('⼀', 20), text('、本年新收', 28), text('12', 110)])
  expect(tables.map((table) => table.rows.map((row) => row.map((cell) => cell.text)))).toEqual([[['⼀、本年新收', '12']]])
})

const line = (text: string, left: number, right: number): PageLine => ({ line: toSourceLine(text, 1), box: { left, right, size: 10, solid: true } })
const FULL = '围绕中心工作和公众关切，依法、及时、准确地公开政府信息并做好解读'

test('wrapped lines join into a paragraph, a heading after a full last line does not', () => {
  const joined = joinParagraphs([line(FULL, 0, 400), line(FULL, 0, 400), line(`${FULL.slice(0, -1)}。`, 0, 400), line('二、主动公开政府信息情况', 0, 150), line('（一）主动公开。', 0, 90)])
  expect(joined.map(({ text }) => text)).toEqual([`${FULL}${FULL}${FULL.slice(0, -1)}。`, '二、主动公开政府信息情况', '（一）主动公开。'])
})

test('what stands at the edge of three pages is no text and breaks no paragraph; the name of the report stays once', () => {
  const edge = (text: string): PageLine => ({ ...line(text, 100, 200), atEdge: true })
  const pages = ['第一', '第二', '第三'].flatMap((no, i) => [edge('某局'), edge(`某局2025年年度报告 ${i + 1}`), line(`${no}${FULL.slice(2)}`, 0, 400)])
  const read = joinParagraphs(withoutRunning(pages)).filter(({ furniture }) => !furniture)
  expect(read.map(({ text }) => text.trim())).toEqual(['某局2025年年度报告 1', ['第一', '第二', '第三'].map((no) => `${no}${FULL.slice(2)}`).join('')])
  // 只在两页的，也许是正文
  expect(withoutRunning(pages.slice(0, 6)).some((each) => each.line.furniture)).toBe(false)
})
