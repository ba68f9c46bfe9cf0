import {
  AlignmentType,
  BorderStyle,
  Document as DocxDocument,
  ExternalHyperlink,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  SectionType,
  TextRun,
  type IParagraphOptions,
  type ISectionOptions,
  type Table as DocxTable,
} from 'docx'
import { cleanDocument } from './clean.ts'
import { fullTitle, attachmentLabels, chineseDate, DEMO_NOTE, letterheadSize, pictureSize, type Align, type Block, type Document, type Picture, type Span } from './document.ts'
import { CHAR, FONTS, fontOf, LINE, PAGE } from './docx-measures.ts'
import { toDocxTable } from './docx-table.ts'
import { escapeXml, fixCoreDates, repackZip } from './repack-zip.ts'

/** 写成 DOCX（GB/T 9704 版式，办公机器上的标准字体名）。同样的文书得到逐字节相同的文件。 */
export async function toDocx(input: Document): Promise<Buffer> {
  const document = cleanDocument(input)
  const docx = new DocxDocument({
    title: fullTitle(document),
    creator: document.creator,
    lastModifiedBy: document.creator,
    evenAndOddHeaderAndFooters: true,
    styles: STYLES,
    sections: toSections(document),
  })
  return repackZip(await Packer.toBuffer(docx), (name, xml) =>
    name === 'docProps/core.xml' ? fixCoreDates(xml, document.datedOn) : nameTables(numberPictures(nameLinks(xml)), document),
  )
}

// 库不写表名；读屏靠它认表
function nameTables(xml: string, document: Document): string {
  const captions = document.blocks.flatMap((block) => (block.kind === 'table' ? [block.table.caption] : []))
  return xml.replaceAll('</w:tblPr>', () => `<w:tblCaption w:val="${escapeXml(captions.shift() ?? '')}"/></w:tblPr>`)
}

// 库给图的编号在整个进程里累加，改为各文书自 1 起
function numberPictures(xml: string): string {
  let last = 0
  return xml.replace(/<wp:docPr id="\d+"/g, () => `<wp:docPr id="${++last}"`)
}

// 库给超链接取随机的编号，改为按出现次序（正文与其关系表次序一致）
function nameLinks(xml: string): string {
  const names = new Map<string, string>()
  return xml.replace(/"rId([A-Za-z0-9_-]{16,})"/g, (_, id: string) => {
    if (!names.has(id)) names.set(id, `rIdLink${names.size + 1}`)
    return `"${names.get(id)}"`
  })
}

const heading = (font: string) => ({
  run: { font: fontOf(font), size: 32, bold: false, italics: false, color: '000000' },
  paragraph: { spacing: { before: 0, after: 0, line: LINE, lineRule: LineRuleType.EXACT }, indent: { firstLine: 2 * CHAR }, keepNext: true },
})
const STYLES = {
  default: {
    document: { run: { font: fontOf(FONTS.fangsong), size: 32, language: { value: 'en-US', eastAsia: 'zh-CN' } } },
    heading1: heading(FONTS.hei),
    heading2: heading(FONTS.kai),
    heading3: heading(FONTS.fangsong),
    title: { run: { font: fontOf(FONTS.title), size: 44, color: '000000' } },
  },
} as const

// 版心宽 442.2 点，28 个 3 号字为 448 点：字距收 0.25 点，每行正好 28 字
const TIGHT = -5
const run = (text: string, font: string = FONTS.fangsong, size = 32) =>
  new TextRun({ text, font: fontOf(font), size, ...(size === 32 && { characterSpacing: TIGHT }) })
const ALIGN = { left: AlignmentType.BOTH, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const satisfies Record<Align, string>
// 固定行距只用在正文：用在文档默认值上会把表格的行也撑高
const bodyLine = { line: LINE, lineRule: LineRuleType.EXACT } as const
const body = (options: IParagraphOptions) => new Paragraph({ spacing: bodyLine, ...options })

function toSections(document: Document): ISectionOptions[] {
  const groups: { landscape: boolean; children: (Paragraph | DocxTable)[] }[] = [{ landscape: false, children: titleLines(document) }]
  document.blocks.forEach((block, i) => {
    const landscape = block.kind === 'table' && (block.table.landscape ?? false)
    const last = groups.at(-1)
    const children = toChildren(block, document.blocks[i + 1], document.blocks[i + 2])
    if (last && last.landscape === landscape) last.children.push(...children)
    else groups.push({ landscape, children })
  })
  return groups.map(({ landscape, children }, i) => ({
    properties: {
      type: SectionType.NEXT_PAGE,
      ...(i === 0 && document.letterhead && { titlePage: true }),
      page: landscape ? { ...PAGE.landscape, size: { ...PAGE.size, orientation: PageOrientation.LANDSCAPE } } : { ...(document.letterhead ? letterPage(document.demo) : PAGE.portrait), size: PAGE.size },
    },
    footers: { default: pageNumber('right'), even: pageNumber('left'), ...(i === 0 && document.letterhead && { first: redLine() }) },
    headers: {
      ...(document.demo && { default: demoHeader(), even: demoHeader() }),
      ...(i === 0 && document.letterhead && { first: letterheadHeader(document) }),
    },
    children,
  }))
}

const titleLines = ({ issuer, title, letterhead }: Document): Paragraph[] => {
  const lines = issuer === undefined || letterhead ? [title] : [issuer, title]
  const number = letterhead?.number == null ? [] : [body({ alignment: AlignmentType.RIGHT, children: [run(letterhead.number)] })]
  return [...number, ...lines.map(
    (text, i) =>
      new Paragraph({
        ...(i === lines.length - 1 && { heading: HeadingLevel.TITLE }),
        alignment: AlignmentType.CENTER,
        spacing: { line: 740, lineRule: LineRuleType.EXACT, ...(letterhead && { before: 2 * LINE }), after: i === lines.length - 1 ? LINE : 0 },
        children: [run(text, FONTS.title, 44)],
      }),
  )]
}

// 信函格式：发文机关标志上边缘距上页边 30 mm，其下 4 mm 印红色双线，距下页边 20 mm 再印一条，线长 170 mm
const RED = 'C00000'
const WIDE = { left: -454, right: -340 }
const letterPage = (demo: boolean) => ({ margin: { ...PAGE.portrait.margin, header: demo ? 1134 : 1701, footer: 1134 } })
const letterheadHeader = ({ issuer = '', demo }: Document) =>
  new Header({
    children: [
      ...(demo ? [demoLine({ line: 567, lineRule: LineRuleType.EXACT })] : []),
      new Paragraph({
        alignment: AlignmentType.CENTER,
        indent: WIDE,
        border: { bottom: { style: BorderStyle.THICK_THIN_SMALL_GAP, size: 24, color: RED, space: 11 } },
        children: [new TextRun({ text: issuer, font: fontOf(FONTS.title), size: 2 * letterheadSize(issuer), color: RED })],
      }),
    ],
  })
const redLine = () => new Footer({ children: [new Paragraph({ indent: WIDE, border: { bottom: { style: BorderStyle.THIN_THICK_SMALL_GAP, size: 24, color: RED, space: 1 } }, spacing: { line: 20, lineRule: LineRuleType.EXACT }, children: [] })] })

const HEADINGS = {
  1: { heading: HeadingLevel.HEADING_1, font: FONTS.hei },
  2: { heading: HeadingLevel.HEADING_2, font: FONTS.kai },
  3: { heading: HeadingLevel.HEADING_3, font: FONTS.fangsong },
} as const

function toChildren(block: Block, next: Block | undefined, afterNext: Block | undefined): (Paragraph | DocxTable)[] {
  switch (block.kind) {
    case 'heading': {
      const { heading: level, font } = HEADINGS[block.level]
      const spacing = next?.kind === 'table' ? { ...bodyLine, after: 100 } : bodyLine
      return [new Paragraph({ heading: level, spacing, children: [run(block.text, font)] })]
    }
    case 'paragraph': {
      const { align = 'left', indent = align === 'left' } = block
      // 署名不得独占一页：其前一段随之
      const signed = next?.kind === 'signature' || (next?.kind === 'attachments' && afterNext?.kind === 'signature')
      const keep = signed ? { keepNext: true, keepLines: true } : {}
      return [body({ alignment: ALIGN[align], indent: indent ? { firstLine: 2 * CHAR } : {}, ...keep, children: block.spans.map(toRun) })]
    }
    case 'table':
      // 表后空一小段：两表相接会被并成一张，下文也不致贴着表线
      return [toDocxTable(block.table), new Paragraph({ spacing: { line: 160, lineRule: LineRuleType.EXACT }, children: [] })]
    case 'picture':
      return [picture(block.picture)]
    case 'signature':
      return signature(block.name, chineseDate(block.on), next?.kind === 'note')
    case 'note':
      return [body({ indent: { firstLine: 2 * CHAR }, children: [run(`（${block.text}）`)] })]
    case 'attachments':
      return attachmentLabels(block.names).map((label, i) =>
        body({ keepNext: next?.kind === 'signature', spacing: { ...bodyLine, before: i === 0 ? LINE : 0 }, indent: { left: 5 * CHAR, hanging: i === 0 ? 3 * CHAR : 0 }, children: [run(i === 0 ? `附件：${label}` : label)] }),
      )
  }
}

const toRun = (span: Span) => {
  if (typeof span === 'string') return run(span)
  const text = run(span.text, span.strong ? FONTS.hei : FONTS.fangsong)
  return span.href !== undefined && /^(https?:|mailto:|tel:)/i.test(span.href) ? new ExternalHyperlink({ link: span.href, children: [text] }) : text
}

// 固定行距会把图裁去，这一段用自动的
function picture({ bytes, format, alt, ...pixels }: Picture): Paragraph {
  const { width, height } = pictureSize(pixels)
  const transformation = { width: width / POINTS_PER_UNIT, height: height / POINTS_PER_UNIT }
  const image = new ImageRun({ type: format, data: Buffer.from(bytes), transformation, altText: { name: alt, title: alt, description: alt } })
  return new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: 100, after: 100, line: 240, lineRule: LineRuleType.AUTO }, children: [image] })
}
// 该库的尺寸以每英寸 96 的像素计
const POINTS_PER_UNIT = 0.75

// 成文日期右空四字，署名以成文日期为准居中；署名太长则以不出版心为限
function signature(name: string, day: string, noted: boolean): Paragraph[] {
  const over = (widthOf(name) - widthOf(day)) / 2
  const line = (text: string, right: number, more: IParagraphOptions = {}) =>
    body({ alignment: AlignmentType.RIGHT, indent: { right: Math.max(0, Math.round(right)) }, keepLines: true, children: [run(text)], ...more })
  const shift = Math.max(0, over - 4 * CHAR)
  return [
    line(name, 4 * CHAR - over, { spacing: { ...bodyLine, before: 2 * LINE }, keepNext: true }),
    line(day, 4 * CHAR + shift, noted ? { keepNext: true } : {}),
  ]
}
const widthOf = (text: string): number => Array.from(text).reduce((sum, c) => sum + (c <= '\u024f' ? CHAR / 2 : CHAR), 0)

// 4 号半角宋体，左右各一条一字线，距版心边缘一字
const pageNumber = (side: 'left' | 'right') =>
  new Footer({
    children: [
      new Paragraph({
        alignment: side === 'right' ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: { [side]: 280 },
        children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: fontOf(FONTS.song), size: 28 })],
      }),
    ],
  })

const demoLine = (spacing?: IParagraphOptions['spacing']) => new Paragraph({ alignment: AlignmentType.CENTER, spacing, children: [run(DEMO_NOTE, FONTS.hei, 21)] })
const demoHeader = () => new Header({ children: [demoLine()] })
