import { REGULATION } from './letters.ts'

/** 文中引用的一条。 */
export interface Citation {
  /** 所引的法：条例为 `regulation`，别的为其名称，没有写明的为 null */
  law: string | null
  article: number
  paragraph: number | null
  item: number | null
  /** 在第几段，1 起 */
  line: number
}

/** 条例的名称写得不全或不对的一处。 */
export interface Misnaming {
  text: string
  line: number
}

const NUMERAL = '[零〇一二三四五六七八九十百\\d]+'
const TOKEN = new RegExp(
  [
    '《(?<name>[^》]{1,120})》',
    `(?<bare>条例|法|办法|规定|细则|解释)(?=第${NUMERAL}条)`,
    `第(?<article>${NUMERAL})条(?:第(?<paragraph>${NUMERAL})款)?(?:第?[（(]?(?<item>${NUMERAL})[）)]?项)?`,
    `第(?<alsoParagraph>${NUMERAL})款`,
    `第[（(]?(?<alsoItem>${NUMERAL})[）)]?项`,
  ].join('|'),
  'gu',
)
const FULL_NAME = REGULATION.slice(1, -1)

/** 读出各段引用的法条；没有重写名称的，沿用上文最近写明的法。 */
export function readCitations(paragraphs: readonly string[]): { citations: Citation[]; misnamings: Misnaming[] } {
  const citations: Citation[] = []
  const misnamings: Misnaming[] = []
  let law: string | null = null
  for (const [i, text] of paragraphs.entries()) {
    const line = i + 1
    let end = -1 // 上一条引用在本段的结尾
    for (const found of text.matchAll(TOKEN)) {
      const { name, bare, article, paragraph, item, alsoParagraph, alsoItem } = found.groups ?? {}
      const last = citations.at(-1)
      if (name !== undefined) {
        law = lawNamed(name)
        if (isMisnamed(name)) misnamings.push({ text: `《${name}》`, line })
      } else if (bare !== undefined) {
        const before = /[\p{Script=Han}]*$/u.exec(text.slice(0, found.index))?.[0] ?? ''
        const whole = `${before.replace(/^.*(依据|根据|按照|依照|违反)/, '')}${bare}`
        law = isBareRegulation(whole) ? 'regulation' : whole
        if (law === 'regulation') misnamings.push({ text: `${bare}第…条`, line })
      } else if (article !== undefined) {
        citations.push({ law, article: toNumber(article), paragraph: optional(paragraph), item: optional(item), line })
      } else if (last !== undefined && end >= 0 && /^[、和及与或]$/.test(text.slice(end, found.index))) {
        citations.push({ ...last, paragraph: optional(alsoParagraph) ?? (alsoItem === undefined ? null : last.paragraph), item: optional(alsoItem), line })
      } else {
        continue
      }
      if (name === undefined && bare === undefined) end = found.index + found[0].length
    }
  }
  return { citations, misnamings }
}

const lawNamed = (name: string): string => (name === FULL_NAME || isMisnamed(name) ? 'regulation' : name)

// 《条例》《政府信息公开条例》《中华人民共和国信息公开条例》之类；地方的条例冠有地名，不在此列
const isMisnamed = (name: string): boolean => {
  const plain = name.replace(/\s+/g, '')
  return plain !== FULL_NAME && /^(中华人民共和国)?(国家|国务院)?(政府)?(政务)?(信息公开)?条例(（.*）)?$/.test(plain)
}

const isBareRegulation = (text: string): boolean => /(^|依据|根据|按照|依照|适用|违反|和|及|与|本|该|由|的)((中华人民共和国)?(政府)?信息公开)?条例$/.test(text) || /政府信息公开条例$/.test(text)

const optional = (text: string | undefined): number | null => (text === undefined ? null : toNumber(text))

const DIGITS = '零一二三四五六七八九'

/** 中文数字（至百位）与阿拉伯数字。 */
export function toNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  let total = 0
  let digit = 0
  for (const c of text.replaceAll('〇', '零')) {
    if (c === '百' || c === '十') {
      total += (digit || 1) * (c === '百' ? 100 : 10)
      digit = 0
    } else {
      digit = DIGITS.indexOf(c)
    }
  }
  return total + digit
}

const LAST_ARTICLE = 56
// 文书常引的条，各有几款、几项；其余的不查款项
const PARTS: Readonly<Record<number, { paragraphs: number; items: number }>> = {
  14: { paragraphs: 1, items: 0 },
  15: { paragraphs: 1, items: 0 },
  16: { paragraphs: 2, items: 0 },
  30: { paragraphs: 1, items: 0 },
  32: { paragraphs: 1, items: 0 },
  33: { paragraphs: 3, items: 0 },
  36: { paragraphs: 1, items: 7 },
  39: { paragraphs: 2, items: 0 },
}

/** 条例有没有这一条、款、项。 */
export function existsInRegulation({ article, paragraph, item }: Citation): boolean {
  if (article < 1 || article > LAST_ARTICLE) return false
  const parts = PARTS[article]
  if (parts === undefined) return true
  return (paragraph === null || (paragraph >= 1 && paragraph <= parts.paragraphs)) && (item === null || (item >= 1 && item <= parts.items))
}

/** 「第三十六条第（四）项」这样的一条。 */
export function readArticle(text: string): Pick<Citation, 'article' | 'paragraph' | 'item'> {
  const [citation] = readCitations([text]).citations
  if (citation === undefined) throw new Error(`不是条款：${text}`)
  return citation
}
