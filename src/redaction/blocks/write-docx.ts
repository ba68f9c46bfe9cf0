import { hideSpans } from './hide-text.ts'
import { packParts, toXmlText } from './pack-parts.ts'
import type { TextMark } from '../mark.ts'
import type { DocxModel, Paragraph, Piece, Span, Table } from './docx-model.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

/** 除正文、页眉、页脚外，各部件一字不变；核验时逐字比对。 */
export const DOCX_FIXED = {
  '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${MAIN}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${MAIN}.styles+xml"/><Override PartName="/word/header1.xml" ContentType="${MAIN}.header+xml"/><Override PartName="/word/footer1.xml" ContentType="${MAIN}.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
  '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
  'docProps/core.xml': `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>已遮盖</dc:title></cp:coreProperties>`,
  'word/_rels/document.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${OFFICE}/header" Target="header1.xml"/><Relationship Id="rId3" Type="${OFFICE}/footer" Target="footer1.xml"/></Relationships>`,
  'word/styles.xml': `${HEAD}<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体" w:cs="宋体"/><w:sz w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:line="360" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style></w:styles>`,
} as const

/** 其余三个部件的外壳，其间是段与表。 */
export const DOCX_SHELLS = {
  'word/document.xml': [`${HEAD}<w:document ${W}><w:body>`, '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>'],
  'word/header1.xml': [`${HEAD}<w:hdr ${W}>`, '</w:hdr>'],
  'word/footer1.xml': [`${HEAD}<w:ftr ${W}>`, '</w:ftr>'],
} as const

/** 用读者所见的各段另造一份 DOCX，遮住之处换成固定长短的黑块与依据。 */
export function writeDocx(model: DocxModel, marks: ReadonlyMap<number, readonly TextMark[]>): Buffer {
  const piecesXml = (pieces: readonly Piece[]): string => pieces.map((piece) => (piece.kind === 'paragraph' ? paragraphXml(piece) : tableXml(piece))).join('')
  const paragraphXml = ({ id, spans, align, indent }: Paragraph): string => {
    const style = `${indent ? '<w:ind w:firstLineChars="200" w:firstLine="480"/>' : ''}${align === 'left' ? '' : `<w:jc w:val="${align}"/>`}`
    return `<w:p>${style === '' ? '' : `<w:pPr>${style}</w:pPr>`}${hideSpans(spans, marks.get(id)).map(runXml).join('')}</w:p>`
  }
  const tableXml = ({ rows }: Table): string => {
    const columns = Math.max(1, ...rows.map((row) => row.reduce((sum, cell) => sum + cell.colspan, 0)))
    const width = Math.floor(9026 / columns)
    const cells = rows.filter((row) => row.length > 0).map((row) =>
      row.map(({ colspan, down, pieces }) => {
        const span = colspan > 1 ? `<w:gridSpan w:val="${colspan}"/>` : ''
        const merge = down === 'none' ? '' : down === 'start' ? '<w:vMerge w:val="restart"/>' : '<w:vMerge/>'
        // 格里末了须有一段
        const end = pieces.at(-1)?.kind === 'paragraph' ? '' : '<w:p></w:p>'
        return `<w:tc><w:tcPr><w:tcW w:w="${width * colspan}" w:type="dxa"/>${span}${merge}</w:tcPr>${piecesXml(pieces)}${end}</w:tc>`
      }).join(''),
    )
    if (cells.length === 0) return ''
    const grid = Array.from({ length: columns }, () => `<w:gridCol w:w="${width}"/>`).join('')
    const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`).join('')
    // 两表相接会被并成一张，故其后空一段
    return `<w:tbl><w:tblPr><w:tblW w:w="${width * columns}" w:type="dxa"/><w:tblBorders>${borders}</w:tblBorders></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${cells.map((row) => `<w:tr>${row}</w:tr>`).join('')}</w:tbl><w:p></w:p>`
  }
  const [document, header, footer] = [piecesXml(model.body), piecesXml(model.header) || '<w:p></w:p>', piecesXml(model.footer) || '<w:p></w:p>']
  const wrap = ([start, end]: readonly [string, string], content: string) => `${start}${content}${end}`
  return packParts([
    ...Object.entries(DOCX_FIXED),
    ['word/document.xml', wrap(DOCX_SHELLS['word/document.xml'], document)],
    ['word/header1.xml', wrap(DOCX_SHELLS['word/header1.xml'], header)],
    ['word/footer1.xml', wrap(DOCX_SHELLS['word/footer1.xml'], footer)],
  ])
}

function runXml({ text, bold, size }: Span): string {
  const style = `${bold ? '<w:b/>' : ''}${size === null ? '' : `<w:sz w:val="${size}"/>`}`
  const content = text.split(/([\t\n])/).filter((each) => each !== '').map((each) => (each === '\t' ? '<w:tab/>' : each === '\n' ? '<w:br/>' : `<w:t xml:space="preserve">${toXmlText(each)}</w:t>`))
  return `<w:r>${style === '' ? '' : `<w:rPr>${style}</w:rPr>`}${content.join('')}</w:r>`
}

/** 遮过的各段文字，依次；核验时与结果里重读的比对。 */
export function expectedParagraphs(pieces: readonly Piece[], marks: ReadonlyMap<number, readonly TextMark[]>): string[] {
  return pieces.flatMap((piece): string[] =>
    piece.kind === 'paragraph'
      ? [hideSpans(piece.spans, marks.get(piece.id)).map((span) => span.text).join('')]
      : piece.rows.flatMap((row) => row.flatMap((cell) => expectedParagraphs(cell.pieces, marks))),
  )
}
