import { chineseDate, type Document } from './document.ts'

/** 文书中应当出现在任何版本里的全部文字，按次序一段一条。 */
export function documentTexts(document: Document): string[] {
  return [
    ...(document.issuer ? [document.issuer] : []),
    ...(document.letterhead?.number ? [document.letterhead.number] : []),
    document.title,
    ...document.blocks.flatMap((block) => {
      if (block.kind === 'heading') return [block.text]
      if (block.kind === 'paragraph') return [block.spans.map((span) => (typeof span === 'string' ? span : span.text)).join('')]
      if (block.kind === 'table') return block.table.rows.flatMap((row) => row.map((cell) => cell.text))
      if (block.kind === 'attachments') return [...block.names]
      if (block.kind === 'note') return [`（${block.text}）`]
      if (block.kind === 'picture') return []
      return [block.name, chineseDate(block.on)]
    }),
  ]
}
