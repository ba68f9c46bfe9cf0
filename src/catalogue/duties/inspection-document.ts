import type { Block, Document, Table } from '../../documents/index.ts'
import { chineseDate } from '../../documents/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { FINDING_KINDS, FINDING_KIND_NAMES } from './finding.ts'
import type { KeptFinding } from './finding.ts'
import type { Inspection } from './inspection-queries.ts'

const text = (words: string): Block => ({ kind: 'paragraph', spans: [words], indent: true })
const cell = (words: string | number, align: 'left' | 'center' | 'right' = 'left') => ({ text: String(words), align })
const head = (words: string) => ({ text: words, head: true, align: 'center' as const })

/** 一机关一次自查的报告，供打印、存档。 */
export function toInspectionDocument({ facts, day, open, fixed }: Inspection, findings: readonly KeptFinding[], demo: boolean): Document {
  const { summary } = facts
  const waiting = findings.filter((each) => each.state === 'open')
  const done = findings.filter((each) => each.state === 'fixed')
  return {
    title: '主动公开政府信息自查报告',
    issuer: facts.bodyName,
    creator: facts.bodyName,
    datedOn: day,
    demo,
    blocks: [
      text(`${chineseDate(day)}自查：适用事项 ${summary.applies} 项，空白 ${summary.empty} 项，未更新 ${summary.stale} 项；今年公开 ${facts.publishedThisYear} 条，待公开 ${summary.due} 条，逾期未公开 ${summary.late} 条，公开得迟的 ${summary.publishedLate} 条。`),
      text(`待整改 ${open} 处，比上一次已整改 ${fixed} 处。${facts.linksCheckedOn === null ? '没有检查外站的链接。' : `外站的链接查到${chineseDate(facts.linksCheckedOn)}。`}`),
      { kind: 'table', table: countTable(facts.found) },
      ...(waiting.length === 0 ? [] : [{ kind: 'heading', level: 1, text: '待整改' } as const, { kind: 'table', table: findingTable('待整改', waiting) } as const]),
      ...(open > waiting.length ? [text(`共 ${open} 处，列出 ${waiting.length} 处，其余在系统里查看。`)] : []),
      ...(done.length === 0 ? [] : [{ kind: 'heading', level: 1, text: '已整改' } as const, { kind: 'table', table: findingTable('已整改', done) } as const]),
      { kind: 'signature', name: facts.bodyName, on: day },
    ],
  }
}

const countTable = (found: Inspection['facts']['found']): Table => ({
  caption: '各类问题',
  widths: [3, 4, 1],
  headRows: 1,
  rows: [[head('问题'), head('依据'), head('处数')], ...FINDING_KIND_NAMES.map((kind) => [cell(FINDING_KINDS[kind].label), cell(FINDING_KINDS[kind].basis), cell(found[kind] ?? 0, 'right')])],
})

const findingTable = (caption: string, findings: readonly KeptFinding[]): Table => ({
  caption,
  widths: [2, 5, 4, 2],
  headRows: 1,
  rows: [[head('问题'), head('何处'), head('情形'), head('发现之日')], ...findings.map((each) => [cell(FINDING_KINDS[each.kind].label), cell(each.title), cell(each.note), cell(each.since, 'center')])],
})

/** 全区一次自查的汇总。 */
export function toDistrictDocument(office: string, day: PlainDate, inspections: readonly Inspection[], demo: boolean): Document {
  const total = (of: (each: Inspection) => number): number => inspections.reduce((sum, each) => sum + of(each), 0)
  return {
    title: '主动公开政府信息自查汇总',
    issuer: office,
    creator: office,
    datedOn: day,
    demo,
    blocks: [
      text(`${chineseDate(day)}，${inspections.length} 个机关自查，待整改 ${total((each) => each.open)} 处，比上一次已整改 ${total((each) => each.fixed)} 处。`),
      {
        kind: 'table',
        table: {
          caption: '各机关自查情况',
          widths: [5, 1, 1, 1, 1, 1, 1, 1, 1],
          headRows: 1,
          landscape: true,
          rows: [
            ['机关', '适用事项', '空白', '未更新', '待公开', '逾期', '外链附件', '待整改', '已整改'].map(head),
            ...inspections.map(({ facts, open, fixed }) => [
              cell(facts.bodyName),
              ...[facts.summary.applies, facts.summary.empty, facts.summary.stale, facts.summary.due, facts.summary.late, (facts.found.link ?? 0) + (facts.found.file ?? 0), open, fixed].map((n) => cell(n, 'right')),
            ]),
          ],
        },
      },
      { kind: 'signature', name: office, on: day },
    ],
  }
}
