import { deflateSync } from 'node:zlib'
import { blankFont } from './blank-font.ts'
import type { Picture } from './encode-picture.ts'
import type { PlacedWord } from './pdf-words.ts'

/** 结果的一页：画面，与看得见而未遮的字；宽高为点。 */
export interface PicturePage {
  width: number
  height: number
  picture: Picture
  words: readonly PlacedWord[]
}

export interface PictureWriter {
  add(page: PicturePage): void
  /** 已写的字节数 */
  size(): number
  finish(): Buffer
}

const TITLE = '已遮盖'
/** 1 目录 2 页树 3 属性 4–8 字体；其后每页三个：页、内容、图。 */
const FIRST_PAGE = 9

/** 自己写 PDF：每页一张图，上加不显示的文字层。不含任何取自原件的对象，写法固定，便于核验。 */
export function pictureWriter(): PictureWriter {
  const codes = new Map<string, number>()
  const objects = new Map<number, Buffer>()
  let pages = 0
  let size = 0
  const put = (number: number, body: Buffer): void => {
    objects.set(number, body)
    size += body.length
  }
  const codeOf = (character: string): number => {
    const code = codes.get(character) ?? codes.size + 1
    // 双字节编码至多六万五千种字，够一份文件用
    if (code < 0xffff) codes.set(character, code)
    return code < 0xffff ? code : 0
  }
  return {
    size: () => size,
    add: ({ width, height, picture, words }) => {
      const at = FIRST_PAGE + pages * 3
      pages += 1
      put(at, text(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${fixed(width)} ${fixed(height)}] /Resources << /XObject << /P ${at + 2} 0 R >> /Font << /F 4 0 R >> >> /Contents ${at + 1} 0 R >>`))
      put(at + 1, stream(Buffer.from(content(width, height, picture, words, codeOf), 'latin1')))
      const { space, filter, bytes } = picture
      put(at + 2, rawStream(bytes, `/Type /XObject /Subtype /Image /Width ${picture.width} /Height ${picture.height} /ColorSpace /${space} /BitsPerComponent 8 /Filter /${filter}`))
    },
    finish: () => {
      const kids = Array.from({ length: pages }, (_, index) => `${FIRST_PAGE + index * 3} 0 R`).join(' ')
      put(1, text('<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) /ViewerPreferences << /DisplayDocTitle true >> >>'))
      put(2, text(`<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`))
      put(3, text(`<< /Title <feff${utf16(TITLE)}> >>`))
      put(4, text('<< /Type /Font /Subtype /Type0 /BaseFont /Blank /Encoding /Identity-H /DescendantFonts [5 0 R] /ToUnicode 8 0 R >>'))
      put(5, text('<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Blank /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 6 0 R /DW 1000 /CIDToGIDMap /Identity >>'))
      put(6, text('<< /Type /FontDescriptor /FontName /Blank /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 1000 /Descent 0 /CapHeight 1000 /StemV 80 /FontFile2 7 0 R >>'))
      const font = blankFont()
      put(7, stream(font, `/Length1 ${font.length}`))
      put(8, stream(Buffer.from(toUnicode(codes), 'latin1')))
      return assemble(objects)
    },
  }
}

function content(width: number, height: number, picture: Picture, words: readonly PlacedWord[], codeOf: (character: string) => number): string {
  const lines = [`q ${fixed(width)} 0 0 ${fixed(height)} 0 0 cm /P Do Q`]
  if (words.length > 0) lines.push('BT 3 Tr', ...words.map((word) => showWord(word, { x: width / picture.width, y: height / picture.height, height }, codeOf)), 'ET')
  return lines.join('\n')
}

// 字形宽一字：横向伸缩到词的实长
function showWord(word: PlacedWord, scale: { x: number; y: number; height: number }, codeOf: (character: string) => number): string {
  const characters = Array.from(word.text)
  const size = Math.max(word.size * scale.y, 0.1)
  const stretch = ((word.length * scale.x) / characters.length / size) * 100
  const [cos, sin] = [word.dx, -word.dy]
  const codes = characters.map((each) => codeOf(each).toString(16).padStart(4, '0')).join('')
  return `/F ${fixed(size)} Tf ${fixed(stretch)} Tz ${fixed(cos)} ${fixed(sin)} ${fixed(-sin)} ${fixed(cos)} ${fixed(word.x * scale.x)} ${fixed(scale.height - word.y * scale.y)} Tm <${codes}> Tj`
}

const PER_BLOCK = 100
function toUnicode(codes: ReadonlyMap<string, number>): string {
  const lines = [...codes].map(([character, code]) => `<${code.toString(16).padStart(4, '0')}> <${utf16(character)}>`)
  const blocks = Array.from({ length: Math.ceil(lines.length / PER_BLOCK) }, (_, index) => lines.slice(index * PER_BLOCK, (index + 1) * PER_BLOCK))
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <ffff> endcodespacerange',
    ...blocks.flatMap((block) => [`${block.length} beginbfchar`, ...block, 'endbfchar']),
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n')
}

const utf16 = (characters: string): string => Buffer.from(characters, 'utf16le').swap16().toString('hex')
const text = (body: string): Buffer => Buffer.from(body, 'latin1')
const fixed = (value: number): string => String(Number(value.toFixed(4)))
const stream = (body: Buffer, more = ''): Buffer => rawStream(deflateSync(body), `/Filter /FlateDecode ${more}`)
const rawStream = (body: Uint8Array, dictionary: string): Buffer =>
  Buffer.concat([text(`<< /Length ${body.length} ${dictionary} >>\nstream\n`), body, text('\nendstream')])

function assemble(objects: ReadonlyMap<number, Buffer>): Buffer {
  const parts: Buffer[] = [text('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')]
  const offsets: number[] = []
  let at = parts[0]!.length
  for (const [number, body] of [...objects].toSorted(([a], [b]) => a - b)) {
    const object = Buffer.concat([text(`${number} 0 obj\n`), body, text('\nendobj\n')])
    offsets.push(at)
    parts.push(object)
    at += object.length
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(text(`xref\n0 ${objects.size + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.size + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n${at}\n%%EOF\n`))
  return Buffer.concat(parts)
}
