/** 量得的一行：数与限同列，都从一次运行里来。 */
export interface Line {
  what: string
  measured: number
  unit: 'ms' | 'µs' | 'MiB' | '倍' | '秒' | 'nDCG@10'
  /** 设计定下的限；没有定的为 null */
  limit: number | null
  /** 怎样量的、其中占去什么 */
  note?: string
}

/** 一组，如「数报告」；notes 为这一组另须说明的话。 */
export interface Section {
  title: string
  lines: readonly Line[]
  notes?: readonly string[]
}

/** 超限与否；没有限的为 null。 */
export const isOver = ({ measured, limit }: Line): boolean | null => (limit === null ? null : measured > limit)

/** 三位有效数字，不用科学记数。 */
export const figureText = (value: number): string =>
  value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)))

const HEAD = ['项目', '量得', '限', '量得／限', '结论', '说明']

export function rowsOf({ lines }: Section): string[][] {
  return lines.map((line) => {
    const over = isOver(line)
    return [
      line.what,
      `${figureText(line.measured)} ${line.unit}`,
      line.limit === null ? '—' : `≤ ${figureText(line.limit)} ${line.unit}`,
      line.limit === null ? '—' : figureText(line.measured / line.limit),
      over === null ? '—' : over ? '超' : 'OK',
      line.note ?? '',
    ]
  })
}

/** 给终端看的表，全角字占两格。 */
export function toText(section: Section): string {
  const rows = [HEAD, ...rowsOf(section)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))))
  const lines = rows.map((row) => row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell))).join('  ').trimEnd())
  return [`\n${section.title}`, ...lines, ...(section.notes ?? [])].join('\n')
}

const widthOf = (text: string): number => [...text].reduce((sum, char) => sum + (/[\u1100-\uffef]/.test(char) ? 2 : 1), 0)

/** 写入 docs/benchmarks.md 的一节。 */
export const toMarkdown = (section: Section): string =>
  [
    `## ${section.title}`,
    '',
    `| ${HEAD.join(' | ')} |`,
    `|${HEAD.map((_, column) => (column > 0 && column < 4 ? '---:' : '---')).join('|')}|`,
    ...rowsOf(section).map((row) => `| ${row.join(' | ')} |`),
    ...(section.notes ?? []).flatMap((note) => ['', note]),
    '',
  ].join('\n')
