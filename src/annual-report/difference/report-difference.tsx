import { DataTable, Notice, Sheet } from '../../platform/html/index.ts'
import { compareReports, type CellChange, type Compared, type ReportComparison, type SentenceChange } from './compare-reports.ts'

export interface ReportDifferenceProps {
  before: Compared
  after: Compared
  /** 两份怎样称呼，如「第 1 次报送」「第 2 次报送」 */
  names: readonly [before: string, after: string]
  /** 变了的一格点开去哪里；没有可去的不给 */
  cellHref?: (code: string) => string
}

/** 两份报告的不同：变了的格、增删移动的句子、各段与前一份有多像。 */
export const ReportDifference = ({ before, after, names, cellHref }: ReportDifferenceProps) => (
  <DifferenceView found={compareReports(before, after)} names={names} {...(cellHref === undefined ? {} : { cellHref })} />
)

const text = (value: number | null): string => (value === null ? '空' : value.toLocaleString('en-US'))
const signed = (delta: number | null): string => (delta === null ? '—' : delta > 0 ? `+${text(delta)}` : text(delta))

export function DifferenceView({ found, names, cellHref }: { found: ReportComparison } & Pick<ReportDifferenceProps, 'names' | 'cellHref'>) {
  const { counts, cells, uncompared } = found
  const total = counts.cells + counts.added + counts.removed + counts.moved
  return (
    <div className="stack">
      <Notice tone={total === 0 ? 'ok' : 'info'} title={total === 0 ? '数与文字都相同' : `变了 ${counts.cells} 格；文字增 ${counts.added} 句，删 ${counts.removed} 句，移动 ${counts.moved} 句`}>
        {uncompared > 0 && `两份格式不同，有 ${uncompared} 格前一份里没有，没有比。`}
      </Notice>
      {cells.length > 0 && (
        <Sheet title="变了的格">
          <ChangedCells cells={cells.slice(0, SHOWN_CELLS)} names={names} cellHref={cellHref} caption="变了的格" />
          {cells.length > SHOWN_CELLS && (
            <details>
              <summary>其余 {cells.length - SHOWN_CELLS} 格</summary>
              <ChangedCells cells={cells.slice(SHOWN_CELLS)} names={names} cellHref={cellHref} caption="其余变了的格" />
            </details>
          )}
        </Sheet>
      )}
      {counts.added + counts.removed + counts.moved > 0 && (
        <Sheet title="变了的文字">
          <p className="quiet diff">
            <ins>下划线为增</ins>，<del>中划线为删</del>，<mark>点线为从别处移来，一字未改</mark>；没有变的略去。
          </p>
          <div className="stack">
            {found.parts
              .filter(({ sentences }) => sentences.some(({ kind }) => kind !== 'same'))
              .map(({ heading, sentences }) => (
                <section key={heading}>
                  <h3>{heading === '' ? '题名与引言' : heading}</h3>
                  <Sentences changes={sentences} />
                </section>
              ))}
          </div>
        </Sheet>
      )}
      <Likenesses paragraphs={found.paragraphs} names={names} />
    </div>
  )
}

// 手机上一格占一块，几十格排下来看不到后面的文字
const SHOWN_CELLS = 10

const ChangedCells = ({ cells, names: [was, is], cellHref, caption }: { cells: readonly CellChange[]; caption: string } & Pick<ReportDifferenceProps, 'names' | 'cellHref'>) => (
  <DataTable
    caption={caption}
    columns={[
      { key: 'label', label: '格', render: (row: CellChange) => row.label },
      { key: 'before', label: was, align: 'end', render: (row) => text(row.before) },
      { key: 'after', label: is, align: 'end', render: (row) => text(row.after) },
      { key: 'delta', label: '增减', align: 'end', render: (row) => signed(row.delta) },
    ]}
    rows={cells}
    rowKey={({ code }) => code}
    {...(cellHref === undefined ? {} : { rowHref: ({ code }: CellChange) => cellHref(code) })}
    empty={{ title: '没有变' }}
  />
)

// 没有变的，改动两边各留一句
function Sentences({ changes }: { changes: readonly SentenceChange[] }) {
  const near = (i: number) => changes.slice(Math.max(0, i - 1), i + 2).some(({ kind }) => kind !== 'same')
  const shown: (SentenceChange | { kind: 'gap'; count: number })[] = []
  for (const [i, change] of changes.entries()) {
    const last = shown.at(-1)
    if (change.kind !== 'same' || near(i)) shown.push(change)
    else if (last?.kind === 'gap') last.count += 1
    else shown.push({ kind: 'gap', count: 1 })
  }
  return (
    <div className="diff">
      {shown.map((one, i) => (one.kind === 'gap' ? <p key={i} className="gap">{one.count} 句没有变</p> : <p key={i}>{SENTENCES[one.kind](one.text)}</p>))}
    </div>
  )
}

const SENTENCES = {
  same: (words: string) => words,
  added: (words: string) => <ins>{words}</ins>,
  removed: (words: string) => <del>{words}</del>,
  moved: (words: string) => <mark>{words}</mark>,
} as const

const ALIKE = 0.9
const percent = (score: number): string => `${Math.round(score * 100)}%`

function Likenesses({ paragraphs, names: [was, is] }: { paragraphs: ReportComparison['paragraphs']; names: ReportDifferenceProps['names'] }) {
  if (paragraphs.length === 0) return null
  const same = paragraphs.filter(({ score }) => score >= ALIKE).length
  return (
    <details className="sheet">
      <summary>
        各段的相似度：{is}的 {paragraphs.length} 段里，{same} 段与{was}几乎相同
      </summary>
      <p className="quiet">数字与空白不计，故只改了年份、件数的段落也算相同；二十字以下的段落不比。</p>
      <DataTable
        caption="各段的相似度"
        columns={[
          { key: 'score', label: '相似', align: 'end', render: (row: (typeof paragraphs)[number]) => percent(row.score) },
          { key: 'after', label: is, render: (row) => row.paragraph },
          { key: 'before', label: `${was}里最像的一段`, render: (row) => row.before ?? '没有' },
        ]}
        rows={paragraphs}
        rowKey={({ paragraph }) => paragraph}
        empty={{ title: '没有可比的段落' }}
      />
    </details>
  )
}
