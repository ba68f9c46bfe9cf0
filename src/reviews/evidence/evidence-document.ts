import type { Document, TableCell } from '../../documents/index.ts'
import type { Evidence } from './evidence-store.ts'

const HEAD = ['序号', '证据、依据的名称', '证明什么', '页码或者页数', '来源'] as const

/** 证据目录 → 中立的文书模型：一份一行，另有提交人、签收的空。 */
export function toEvidenceDocument({ caseNo, organ, bodyName, evidence, on, demo }: { caseNo: string; organ: string; bodyName: string; evidence: readonly Evidence[]; on: string; demo: boolean }): Document {
  const rows = evidence.map(({ content, source }, i): TableCell[] => [
    { text: String(i + 1), align: 'center' },
    { text: content.name, align: 'left' },
    { text: content.proves, align: 'left' },
    { text: content.pages, align: 'center' },
    { text: source === 'listed' ? '另附' : '复制件', align: 'center' },
  ])
  return {
    title: '证据目录',
    creator: bodyName,
    datedOn: on,
    demo,
    blocks: [
      { kind: 'paragraph', spans: [`案号：${caseNo}`], indent: false },
      { kind: 'paragraph', spans: [`提交给：${organ === '' ? '　' : organ}`], indent: false },
      { kind: 'paragraph', spans: [`提交人：${bodyName}`], indent: false },
      { kind: 'table', table: { caption: '证据目录', widths: [1, 4, 4, 2, 2], headRows: 1, rows: [HEAD.map((text) => ({ text, head: true })), ...rows] } },
      { kind: 'paragraph', spans: [`以上共${evidence.length}份。`], indent: false },
      { kind: 'signature', name: bodyName, on },
      { kind: 'paragraph', spans: ['收到人（签名、盖章）：　　　　　　　　收到之日：　　　　年　　月　　日'], indent: false },
    ],
  }
}
