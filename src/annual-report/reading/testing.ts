import * as fc from 'fast-check'
import { cellsOf, formOf, leafRows, T3_COLUMNS, T4_COLUMNS, T4_GROUPS, type Edition, type TableName } from '../../statute/report-form.ts'
import { formTable, type FormTableRow } from '../../statute/report-table.ts'
import { displayWidth } from './fold.ts'

export type Numbers = Record<string, number>

const COLUMNS = T3_COLUMNS.map((column) => column.key)
const small = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat(9) }, { weight: 1, arbitrary: fc.nat(3500) })

/** 满足 K1–K3、K6 的一份数字。 */
export const consistentNumbers = (edition: Edition): fc.Arbitrary<Numbers> =>
  fc.array(small, { minLength: 250, maxLength: 250 }).map((draws) => {
    const next = draws[Symbol.iterator]()
    const draw = () => next.next().value ?? 0
    const numbers: Numbers = {}
    for (const block of formOf(edition).t2)
      for (const row of block.rows)
        for (const column of block.columns) numbers[`T2.${row.key}.${column.key}`] = column.key === 'amountWan' ? draw() / 100 : draw()
    const leaves = leafRows(edition)
    for (const column of COLUMNS.slice(0, -1)) {
      for (const row of [...leaves, 'R2', 'R4']) numbers[`${row}.${column}`] = draw()
      const done = leaves.reduce((sum, row) => sum + numbers[`${row}.${column}`]!, 0)
      numbers[`R3.7.${column}`] = done
      // 新收不得为负：上年结转至多为办结与结转之和
      numbers[`R2.${column}`] = Math.min(numbers[`R2.${column}`]!, done + numbers[`R4.${column}`]!)
      numbers[`R1.${column}`] = done + numbers[`R4.${column}`]! - numbers[`R2.${column}`]!
    }
    for (const { code } of formOf(edition).t3) numbers[`${code}.T`] = COLUMNS.slice(0, -1).reduce((sum, column) => sum + numbers[`${code}.${column}`]!, 0)
    for (const group of T4_GROUPS) {
      const parts = T4_COLUMNS.slice(0, -1).map((column) => (numbers[`T4.${group.key}.${column.key}`] = draw()))
      numbers[`T4.${group.key}.total`] = parts.reduce((a, b) => a + b, 0)
    }
    return Object.fromEntries(cellsOf(edition).map((code) => [code, numbers[code]!]))
  })

/** 一份报告排成文本的各种样子。 */
export type Shape = (rows: readonly FormTableRow[], table: TableName) => string[]

export function aReportText(numbers: Numbers, edition: Edition, shape: Shape): string {
  const table = (name: TableName) => shape(formTable(edition, name, (code) => ({ text: String(numbers[code]) })), name)
  const year = edition === '2019' ? 2019 : 2023
  return [
    '江北区数据管理局',
    `${year}年政府信息公开工作年度报告`,
    '一、总体情况',
    `（一）主动公开。${year}年主动公开政府信息12条，收到政府信息公开申请若干件。`,
    '二、主动公开政府信息情况',
    ...table('T2'),
    '三、收到和处理政府信息公开申请情况',
    ...table('T3'),
    '四、政府信息公开行政复议、行政诉讼情况',
    ...table('T4'),
    '五、存在的主要问题及改进情况',
    '一是公开不够及时，二是解读形式单一。',
    '六、其他需要报告的事项',
    `${year}年未收取信息处理费。`,
  ].join('\n')
}

/** 铺开成等宽的格：被盖住的格为空串。 */
export function spread(rows: readonly FormTableRow[]): string[][] {
  const grid: string[][] = []
  const taken = new Set<string>()
  for (const [r, row] of rows.entries()) {
    grid[r] ??= []
    let c = 0
    for (const cell of row) {
      while (taken.has(`${r},${c}`)) c++
      for (let y = r; y < r + (cell.rowspan ?? 1); y++) for (let x = c; x < c + (cell.colspan ?? 1); x++) taken.add(`${y},${x}`)
      grid[r][c] = cell.text
      c += cell.colspan ?? 1
    }
  }
  const width = Math.max(...grid.map((row) => row.length))
  return grid.map((row) => Array.from({ length: width }, (_, c) => row[c] ?? ''))
}

/** 复制网页所得：标签少占几列的，空格补在行尾。 */
export function atEnd(row: readonly string[]): string[] {
  const label = row.slice(0, 3).findLastIndex((text) => text !== '')
  return [...row.slice(0, label + 1), ...row.slice(3), ...row.slice(label + 1, 3)]
}

export const padded: Shape = (rows, table) => (table === 'T3' ? spread(rows).map((row) => atEnd(row).join('\t')) : tabs(rows, table))
export const tabs: Shape = (rows) => rows.map((row) => row.map((cell) => cell.text).join('\t'))
export const bars: Shape = (rows) => {
  const lines = spread(rows).map((row) => `| ${row.join(' | ')} |`)
  return [lines[0]!, `|${'---|'.repeat(spread(rows)[0]!.length)}`, ...lines.slice(1)]
}
export const boxes: Shape = (rows) => spread(rows).flatMap((row) => [`├${row.map(() => '──────').join('┼')}┤`, `│${row.join('│')}│`])
/** 画线的表，长标签在格内折成几行。 */
export const wrappedBoxes: Shape = (rows) => {
  const border = (row: readonly string[]) => `├${row.map(() => '─'.repeat(10)).join('┼')}┤`
  const isNumber = (text: string) => /^[\d.]+$/.test(text)
  const lines = spread(rows).flatMap((row) => {
    const height = Math.max(...row.map((text) => (isNumber(text) ? 1 : Math.ceil(text.length / 10))), 1)
    const part = (text: string, at: number) => (isNumber(text) ? (at === Math.floor(height / 2) ? text : '') : text.slice(at * 10, at * 10 + 10))
    return [border(row), ...Array.from({ length: height }, (_, at) => `│${row.map((text) => part(text, at).padEnd(10)).join('│')}│`)]
  })
  return [...lines, border(spread(rows)[0]!)]
}
/** 一格一行，行尾留着竖线。 */
export const endBars: Shape = (rows) => rows.flatMap((row) => row.map((cell) => `${cell.text} |`))
export const onePerLine: Shape = (rows) => rows.flatMap((row) => row.map((cell) => cell.text))

/** PDF 转出的文本：多个空格分列，长标签断成几行、数字在中间一行，页码插在当中。 */
export const spaces: Shape = (rows) => {
  let page = 1
  return spread(rows).flatMap((row, index) => {
    const labels = row.filter((text) => !/^[\d.]+$/.test(text) && text !== '')
    const numbers = row.filter((text) => /^[\d.]+$/.test(text))
    const furniture = index > 0 && index % 9 === 0 ? ['', `${' '.repeat(40)}-${page++}-`, ''] : []
    const leaf = labels.at(-1) ?? ''
    const left = labels.slice(0, -1).map((text) => `${text}  `).join('')
    const tail = numbers.map((text) => text.padStart(8)).join('')
    if (leaf.length <= 14 || numbers.length === 0) return [...furniture, pad(left + leaf) + tail]
    const [a, b, c] = [leaf.slice(0, 9), leaf.slice(9, 14), leaf.slice(14)]
    return [...furniture, `        ${a}`, '', pad(`${left}        ${b}`) + tail, `        ${c}`]
  })
}
const pad = (text: string): string => text + ' '.repeat(Math.max(2, 70 - displayWidth(text)))

/** 数字连成一串，只在末尾一位之前有个空格，如「26000002 6」。 */
export const runTogether: Shape = (rows, table) =>
  spread(rows).map((row) => {
    const labels = row.filter((text) => !/^[\d.]+$/.test(text) && text !== '').join('')
    const numbers = row.filter((text) => /^[\d.]+$/.test(text))
    const joined = numbers.join('')
    return table === 'T2' ? [labels, ...numbers].join(' ') : `${labels}${joined.slice(0, -1)} ${joined.slice(-1)}`.trim()
  })

export const toHtmlText = (numbers: Numbers, edition: Edition): string => {
  const body = aReportText(numbers, edition, (rows) => [
    `<table border=1>${rows
      .map((row) => `<tr>${row.map((cell) => `<td colspan="${cell.colspan ?? 1}" rowspan=${cell.rowspan ?? 1}><p><span>${cell.text.slice(0, 8)}</span>${cell.text.slice(8)}</p></td>`).join('')}</tr>`)
      .join('')}</table>`,
  ])
  const lines = body.split('\n').map((line) => (line.startsWith('<table') ? line : `<p style="text-indent:2em">${line}</p>`))
  return `<!DOCTYPE html><html><head><title>江北区</title><style>p{color:red}</style></head><body><div><ul><li>首页</li></ul></div><div class=x>${lines.join('')}</div><script>var a="<table>"</script></body></html>`
}
