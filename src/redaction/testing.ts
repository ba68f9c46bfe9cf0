import { unzipSync, zipSync } from 'fflate'
import type { AreaMark, Mark, Page, Word } from './mark.ts'

/** 以给定对象（1 起编号，1 号为目录）拼成的 PDF；只为测试造文件。 */
export function aPdf(objects: readonly (string | Buffer)[], trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')]
  const offsets: number[] = []
  let at = parts[0]!.length
  for (const [index, body] of objects.entries()) {
    const object = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')])
    offsets.push(at)
    parts.push(object)
    at += object.length
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${at}\n%%EOF\n`))
  return Buffer.concat(parts)
}

export const aStream = (content: Uint8Array | string, dictionary = ''): Buffer => {
  const body = Buffer.from(content)
  return Buffer.concat([Buffer.from(`<< /Length ${body.length} ${dictionary} >>\nstream\n`), body, Buffer.from('\nendstream')])
}

const hex = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex')

/** 显示一行字的 PDF 操作；字体 F1 为未嵌入的宋体。 */
export const aLine = (text: string, y: number, x = 40, size = 16): string => `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm <${hex(text)}> Tj ET`

/** 每页一段内容流的 PDF，页宽 400 高 300 点（mediaBox 可改）；catalog、page 为另加的条目，more 为另加的对象（自 6 号起）。 */
export function aTextPdf(pages: readonly string[], { catalog = '', page = '', mediaBox = '0 0 400 300', more = [], trailer = '' }: { catalog?: string; page?: string; mediaBox?: string; more?: readonly (string | Buffer)[]; trailer?: string } = {}): Buffer {
  const first = 6 + more.length
  const kids = pages.map((_, index) => `${first + index * 2} 0 R`).join(' ')
  return aPdf(
    [
      `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
      `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
      '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>',
      '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 5 0 R /DW 1000 >>',
      '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
      ...more,
      ...pages.flatMap((content, index) => [
        `<< /Type /Page /Parent 2 0 R /MediaBox [${mediaBox}] /Resources << /Font << /F1 3 0 R >> >> /Contents ${first + index * 2 + 1} 0 R ${page} >>`,
        aStream(content),
      ]),
    ],
    trailer,
  )
}

/** 把这些词各自圈起来。 */
export const markWords = (words: readonly Word[], wanted: string, page = 0, ground = '条例第十五条'): AreaMark[] =>
  words.filter((word) => wanted.includes(word.text)).map(({ x, y, w, h }) => ({ kind: 'area', page, x, y, w, h, ground }))

export const textMark = (block: number, from: number, to: number, ground = '条例第十五条'): Mark => ({ kind: 'text', block, from, to, ground })

export const textOf = (page: Page): string => page.words.map((word) => word.text).join('')

const TYPES =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
const RELATIONS =
  '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
const NAMESPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wps="urn:wps" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'

/** 正文为给定 XML 的 DOCX，另加部件。 */
export const aDocx = (body: string, more: Readonly<Record<string, string>> = {}): Buffer =>
  aZip({ '[Content_Types].xml': TYPES, '_rels/.rels': RELATIONS, 'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document ${NAMESPACES}><w:body>${body}</w:body></w:document>`, ...more })

export const aPart = (root: string, content: string): string => `<w:${root} ${NAMESPACES}>${content}</w:${root}>`
export const aRun = (text: string, style = ''): string => `<w:r>${style === '' ? '' : `<w:rPr>${style}</w:rPr>`}<w:t>${text}</w:t></w:r>`
export const aParagraph = (...texts: string[]): string => `<w:p>${texts.map((text) => (text.startsWith('<') ? text : aRun(text))).join('')}</w:p>`

export const aZip = (parts: Readonly<Record<string, string>>): Buffer => Buffer.from(zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, new TextEncoder().encode(text)]))))

/** 拆开一个压缩包，改写其中的部件，再合上。 */
export const rezip = (bytes: Uint8Array, change: (parts: Record<string, string>) => Record<string, string>): Buffer =>
  aZip(change(Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, content]) => [name, new TextDecoder().decode(content)]))))
