import { diffArrays } from 'diff'
import { cellsOf, HEADINGS, labelOf, type CellCode, type Cells, type Edition } from '../../statute/report-form.ts'
import { likeness, type Likeness } from '../checker/likeness.ts'
import { viewOf, type Paragraph } from '../checker/report-view.ts'
import type { ReadReport } from '../reading/read-report.ts'
import { convertCells } from '../roll-up/convert-form.ts'

/** 拿来比的一份：机关、年度、各格、正文各行。 */
export type Compared = Pick<ReadReport, 'body' | 'year' | 'edition' | 'cells' | 'lines'>

/** 变了的一格；有一边空着的没有增减。 */
export interface CellChange {
  code: CellCode
  label: string
  before: number | null
  after: number | null
  delta: number | null
}

/** 一句话：增、删、从别处移来的（原文一字不差）；same 为没有动的。 */
export interface SentenceChange {
  kind: 'same' | 'added' | 'removed' | 'moved'
  text: string
}

/** 报告的一部分（标题；第一个标题之前的为空）里的各句。 */
export interface PartChange {
  heading: string
  sentences: readonly SentenceChange[]
}

export interface ReportComparison {
  cells: readonly CellChange[]
  /** 两份格式不同，换不出而没有比的格数 */
  uncompared: number
  parts: readonly PartChange[]
  /** 后一份各段，与前一份里最像的一段 */
  paragraphs: readonly (Likeness & { before: string | null })[]
  /** 各种改动各有几处 */
  counts: Readonly<Record<'cells' | 'added' | 'removed' | 'moved', number>>
}

/** 句数多到此数，不再细比，照整篇增删写出 */
const MOST_EDITS = 2000
const MOST_SENTENCES = 5000

/** 两份报告的不同：各格、各句、各段有多像。格式不同的，先换成后一份的格式。 */
export function compareReports(before: Compared, after: Compared): ReportComparison {
  const was = before.edition === after.edition ? { cells: before.cells, missing: [] } : convertCells(before.cells, before.edition, after.edition)
  const cells = changedCells(was.cells, after.cells, after.edition, new Set(was.missing))
  const [old, now] = [paragraphsOf(before), paragraphsOf(after)]
  const parts = changedParts(old, now)
  const sentences = parts.flatMap((part) => part.sentences)
  const count = (kind: SentenceChange['kind']) => sentences.filter((one) => one.kind === kind).length
  const texts = (paragraphs: readonly Paragraph[]) => paragraphs.map(({ text }) => text)
  return {
    cells,
    uncompared: was.missing.length,
    parts,
    paragraphs: likeness(texts(now), texts(old)).map((one) => ({ ...one, before: one.nearest === null ? null : (old[one.nearest]?.text ?? null) })),
    counts: { cells: cells.length, added: count('added'), removed: count('removed'), moved: count('moved') },
  }
}

// 各部分自己比：两份几乎全不同时，不至于一长列删、一长列增；从一部分移到另一部分的仍是移动
function changedParts(old: readonly Paragraph[], now: readonly Paragraph[]): PartChange[] {
  const sentencesIn = (paragraphs: readonly Paragraph[], section: number) => paragraphs.filter((one) => one.section === section).flatMap(({ text }) => sentencesOf(text))
  const sections = [0, ...HEADINGS.map((_, i) => i + 1)]
  const changes = sections.flatMap((section) => diffSentences(sentencesIn(old, section), sentencesIn(now, section)).map((one) => ({ ...one, section })))
  const moved = withMoves(changes)
  return sections.flatMap((section) => {
    const sentences = moved.filter((one) => one.section === section)
    return sentences.length === 0 ? [] : [{ heading: HEADINGS[section - 1] ?? '', sentences: sentences.map(({ kind, text }) => ({ kind, text })) }]
  })
}

export function changedCells(before: Cells, after: Cells, edition: Edition, skip: ReadonlySet<CellCode> = new Set()): CellChange[] {
  return cellsOf(edition).flatMap((code) => {
    const [was, is] = [before[code] ?? null, after[code] ?? null]
    if (was === is || skip.has(code)) return []
    const delta = was === null || is === null ? null : Number((is - was).toFixed(6))
    return [{ code, label: labelOf(code, edition), before: was, after: is, delta }]
  })
}

// 折行的文本先接成段；标题也算一段
const paragraphsOf = ({ lines, ...rest }: Compared): readonly Paragraph[] => viewOf({ ...rest, lines, file: '', format: 'txt', title: null, places: {}, notes: [] }).paragraphs

const sentencesOf = (text: string): string[] => text.match(/[^。！？；]+[。！？；]?|[。！？；]/g) ?? []

/** 逐句相比；删去的一句原样出现在别处的，算移动。 */
export const changedSentences = (before: readonly string[], after: readonly string[]): SentenceChange[] => withMoves(diffSentences(before, after))

function diffSentences(before: readonly string[], after: readonly string[]): SentenceChange[] {
  const [old, now] = [before.slice(0, MOST_SENTENCES), after.slice(0, MOST_SENTENCES)]
  const changes = diffArrays(old, now, { maxEditLength: MOST_EDITS })
  return changes === undefined
    ? [...old.map((text) => ({ kind: 'removed' as const, text })), ...now.map((text) => ({ kind: 'added' as const, text }))]
    : changes.flatMap(({ added, removed, value }) => value.map((text): SentenceChange => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text })))
}

function withMoves<T extends SentenceChange>(all: readonly T[]): T[] {
  const left = new Map<string, number>()
  const tally = (kind: SentenceChange['kind']) => {
    const counts = new Map<string, number>()
    for (const one of all) if (one.kind === kind) counts.set(one.text, (counts.get(one.text) ?? 0) + 1)
    return counts
  }
  const [added, removed] = [tally('added'), tally('removed')]
  for (const [text, count] of removed) left.set(text, Math.min(count, added.get(text) ?? 0))
  const gone = new Map(left)
  const take = (counts: Map<string, number>, text: string): boolean => {
    const count = counts.get(text) ?? 0
    if (count === 0) return false
    counts.set(text, count - 1)
    return true
  }
  return all.flatMap((one): T[] => {
    if (one.kind === 'removed' && take(gone, one.text)) return []
    return one.kind === 'added' && take(left, one.text) ? [{ ...one, kind: 'moved' }] : [one]
  })
}
