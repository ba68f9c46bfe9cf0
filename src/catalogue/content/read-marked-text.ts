import { load } from 'cheerio'
import { toFileText } from './file-text.ts'
import type { FileText } from './file-text.ts'

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const decodeXml = (text: string): string =>
  text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex?: string, dec?: string, name?: string) => {
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(dec)
    if (name !== undefined) return ENTITIES[name] ?? whole
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })

const numberIn = (name: string): number => Number(/(\d+)(?!.*\d)/.exec(name)?.[1] ?? 0)
const inOrder = (xml: ReadonlyMap<string, string>, wanted: RegExp): string[] =>
  [...xml].filter(([name]) => wanted.test(name)).toSorted(([a], [b]) => numberIn(a.replace(/\/Content\.xml$/i, '')) - numberIn(b.replace(/\/Content\.xml$/i, ''))).map(([, text]) => text)

/**
 * OFD（GB/T 33190）的文字：各页 `Content.xml` 里的 TextCode。一个 TextObject 一段，
 * 同一高度的接成一行；文字以图形画出的没有 TextCode，读不出。
 */
export function readOfd(xml: ReadonlyMap<string, string>): FileText {
  const pages = inOrder(xml, /Pages\/[^/]+\/Content\.xml$/i).map((page) => {
    let text = ''
    let height: number | null = null
    for (const [object, attributes = ''] of page.matchAll(/<(?:\w+:)?TextObject\b([^>]*)>[\s\S]*?<\/(?:\w+:)?TextObject>/g)) {
      const words = [...object.matchAll(/<(?:\w+:)?TextCode\b[^>]*>([^<]*)</g)].map(([, word = '']) => decodeXml(word)).join('')
      const top = Number(/Boundary="\s*[-\d.]+\s+([-\d.]+)/.exec(attributes)?.[1] ?? Number.NaN)
      text += (text === '' ? '' : height !== null && Math.abs(top - height) < 1 ? '' : '\n') + words
      height = Number.isNaN(top) ? null : top
    }
    return text
  })
  return toFileText(pages.join('\n'), '版式文件里没有文字层，可能是扫描件；其中的内容检索不到')
}

/** 演示文稿的文字：各页依次，备注在后。 */
export function readPptx(xml: ReadonlyMap<string, string>): FileText {
  const parts = [...inOrder(xml, /slides\/slide\d+\.xml$/i), ...inOrder(xml, /notesSlides\//i)]
  const text = parts.map((part) => part.split(/<\/a:p>/).map((paragraph) => [...paragraph.matchAll(/<a:t>([^<]*)</g)].map(([, word = '']) => decodeXml(word)).join('')).filter((line) => line !== '').join('\n'))
  return toFileText(text.join('\n'), '演示文稿里没有文字')
}

/** 网页的文字：看不见的也读，审查要看的正是这些。 */
export function readWebPage(html: string): FileText {
  const $ = load(html, { xml: { xmlMode: false, decodeEntities: true } })
  $('script, style').remove()
  $('td, th').append('\t')
  $('p, div, tr, li, h1, h2, h3, h4, h5, h6, br').after('\n')
  return toFileText($.root().text().replaceAll(/[ \t\u00a0]*\n\s*/g, '\n'), '网页里没有文字')
}

/** Word 正文之外的文字：文本框、页眉、页脚，各段一行；兼容写法里重复的只取一次。 */
export function wordAside(xml: ReadonlyMap<string, string>): string[] {
  const boxes = [...(xml.get('word/document.xml') ?? '').matchAll(/<w:txbxContent>([\s\S]*?)<\/w:txbxContent>/g)].map(([, inside = '']) => inside)
  const edges = [...xml].filter(([name]) => /^word\/(?:header|footer)\d*\.xml$/.test(name)).map(([, part]) => part)
  const lines = [...boxes, ...edges].flatMap((part) => part.split('</w:p>').map((paragraph) => [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)</g)].map(([, word = '']) => decodeXml(word)).join('').trim()))
  return [...new Set(lines)].filter((line) => line !== '')
}
