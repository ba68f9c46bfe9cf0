import { renderToStaticMarkup } from 'react-dom/server'
import { COLUMN_STYLE, FormTable } from '../platform/html/index.ts'
import { cleanDocument } from './clean.ts'
import { fullTitle, attachmentLabels, chineseDate, DEMO_NOTE, type Block, type Document, type Picture, type PictureFormat, type Span } from './document.ts'
import { demoPrintStyle, LETTER_PRINT_STYLE, PRINT_STYLE } from './print-style.ts'
import { placeCells } from './table-grid.ts'

export interface DocumentViewProps {
  document: Document
  /** 题名之上已有页面标题的，不再出题名 */
  withoutTitle?: boolean
  /** 页面另有一级标题、又要看纸上的样子的：题名照样印出，不作标题 */
  plainTitle?: boolean
}

/** 文书的网页片段，供门户与工作台的页面嵌入；样式用站点的 `.document`。题名为 h1，层次自 h2 起。 */
export const DocumentView = (props: DocumentViewProps) => (
  <article className="document" lang="zh-CN">
    <Inside {...props} />
  </article>
)

/** 把文书的网页片段先排成文本：内容不再变的，排一次存着，用 `SetDocument` 嵌入。 */
export const toInnerHtml = (props: DocumentViewProps): string => renderToStaticMarkup(<Inside {...props} />)

/** 嵌入先排好的片段；html 只可出自 `toInnerHtml`。 */
export const SetDocument = ({ html }: { html: string }) => (
  <article className="document" lang="zh-CN" dangerouslySetInnerHTML={{ __html: html }} />
)

function Inside({ document, withoutTitle = false, plainTitle = false }: DocumentViewProps) {
  const { title, issuer, letterhead, demo, blocks } = cleanDocument(document)
  const Title = plainTitle ? 'p' : 'h1'
  return (
    <>
      {demo && <p className="demo-note">{DEMO_NOTE}</p>}
      {letterhead !== undefined && (
        <div className="letterhead">
          <p className="mark">{issuer}</p>
          {letterhead.number !== null && <p className="number">{letterhead.number}</p>}
        </div>
      )}
      {!withoutTitle && (
        <Title className={plainTitle ? 'title' : undefined}>
          {letterhead === undefined && issuer !== undefined && <span className="issuer">{issuer}</span>}
          {letterhead === undefined && issuer !== undefined && <br />}
          {title}
        </Title>
      )}
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </>
  )
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading': {
      const Level = `h${block.level + 1}` as 'h2' | 'h3' | 'h4'
      return <Level>{block.text}</Level>
    }
    case 'paragraph':
      return <p className={classOf(block)}>{block.spans.map(toSpan)}</p>
    case 'table': {
      const { caption, widths, headRows } = block.table
      return <FormTable caption={caption} widths={widths} headRows={headRows} rows={placeCells(block.table)} />
    }
    case 'signature':
      return (
        <p className="signature">
          <span>
            {block.name}
            <br />
            <time dateTime={block.on}>{chineseDate(block.on)}</time>
          </span>
        </p>
      )
    case 'attachments':
      return (
        <div className="attachments">
          <span>附件：</span>
          <ul>
            {attachmentLabels(block.names).map((label) => (
              <li key={label}>{label}</li>
            ))}
          </ul>
        </div>
      )
    case 'note':
      return <p className="note">（{block.text}）</p>
    case 'picture':
      return <PictureView picture={block.picture} />
  }
}

const MEDIA_TYPES = { png: 'image/png', jpg: 'image/jpeg', gif: 'image/gif' } as const satisfies Record<PictureFormat, string>

// 图放在文件里面，离了本站也看得到
const PictureView = ({ picture: { bytes, format, width, height, alt } }: { picture: Picture }) => (
  <p className="center picture">
    <img src={`data:${MEDIA_TYPES[format]};base64,${Buffer.from(bytes).toString('base64')}`} width={width} height={height} alt={alt} />
  </p>
)

function classOf({ align = 'left', indent = align === 'left' }: Extract<Block, { kind: 'paragraph' }>): string | undefined {
  return [align !== 'left' && align, !indent && 'flush'].filter(Boolean).join(' ') || undefined
}

// 只认网页、邮件、电话与站内地址，其余（如 javascript:）当作文字
const SAFE_HREF = /^(https?:|mailto:|tel:|\/(?!\/)|#)/i

function toSpan(span: Span, key: number) {
  if (typeof span === 'string') return span
  const text = span.strong ? <strong key={key}>{span.text}</strong> : span.text
  if (span.href === undefined || !SAFE_HREF.test(span.href)) return text
  return (
    <a key={key} href={span.href}>
      {text}
    </a>
  )
}

/** 文书的网页片段（文本）。 */
export const toHtmlFragment = (document: Document): string => renderToStaticMarkup(<DocumentView document={document} />)

/** 独立的网页文件：自带样式与打印版式，没有脚本，不引外部资源；表格里通往记录的站内链接不带出。同样的文书得到逐字节相同的文件。 */
export function toHtml(document: Document): string {
  const page = (
    <html lang="zh-CN">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="author" content={document.creator} />
        <meta name="date" content={document.datedOn} />
        <title>{fullTitle(document)}</title>
        <style dangerouslySetInnerHTML={{ __html: PRINT_STYLE + COLUMN_STYLE + (document.letterhead ? LETTER_PRINT_STYLE : '') + (document.demo ? demoPrintStyle(DEMO_NOTE) : '') }} />
      </head>
      <body>
        <main>
          <DocumentView document={withoutSiteLinks(document)} />
        </main>
      </body>
    </html>
  )
  return `<!doctype html>\n${renderToStaticMarkup(page)}\n`
}

const isAway = (href: string | undefined): href is string => href !== undefined && /^(https?:|mailto:|tel:)/i.test(href)

const withoutSiteLinks = (document: Document): Document => ({
  ...document,
  blocks: document.blocks.map((block): Block => {
    if (block.kind === 'paragraph')
      return { ...block, spans: block.spans.map((span) => (typeof span === 'string' || isAway(span.href) ? span : { ...span, href: undefined })) }
    if (block.kind !== 'table') return block
    const rows = block.table.rows.map((row) => row.map((cell) => ({ ...cell, href: undefined, mark: undefined })))
    return { ...block, table: { ...block.table, rows } }
  }),
})
