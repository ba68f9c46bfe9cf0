import { childOf, childrenOf, parseXml, type Element } from './xml.ts'

/** 段前自动编号的文字，如「（一）」「3.」；没有编号为空。须按正文次序逐段问。 */
export type Numberer = (paragraphStyle: Element | undefined) => string

interface Level {
  format: string
  text: string
  start: number
}

/** 照 numbering.xml 与样式算编号：编号不在文字里，不算出来就丢了。 */
export function numberer(numbering: string | null, styles: string | null): Numberer {
  if (numbering === null) return () => ''
  const root = childOf(parseXml(numbering), 'numbering')
  const abstracts = new Map(childrenOf(root, 'abstractNum').map((each) => [each.attributes['abstractNumId'], new Map(childrenOf(each, 'lvl').map((level) => [Number(level.attributes['ilvl']), toLevel(level)]))]))
  const numbers = new Map(childrenOf(root, 'num').map((each) => [each.attributes['numId'], childOf(each, 'abstractNumId')?.attributes['val']]))
  const byStyle = new Map(styles === null ? [] : childrenOf(childOf(parseXml(styles), 'styles'), 'style').map((style) => [style.attributes['styleId'], childOf(childOf(style, 'pPr'), 'numPr')] as const))
  const counts = new Map<string, number[]>()
  return (paragraph) => {
    const own = childOf(paragraph, 'numPr')
    const styled = byStyle.get(childOf(paragraph, 'pStyle')?.attributes['val'])
    const id = (childOf(own, 'numId') ?? childOf(styled, 'numId'))?.attributes['val']
    const at = Number((childOf(own, 'ilvl') ?? childOf(styled, 'ilvl'))?.attributes['val'] ?? 0)
    const abstract = numbers.get(id)
    const levels = abstracts.get(abstract)
    const level = levels?.get(at)
    if (id === undefined || id === '0' || abstract === undefined || !levels || !level) return ''
    const count = counts.get(abstract) ?? []
    count[at] = (count[at] ?? level.start - 1) + 1
    counts.set(abstract, count.slice(0, at + 1))
    if (level.format === 'bullet') return '• '
    return level.text.replace(/%(\d)/g, (_, digit: string) => {
      const index = Number(digit) - 1
      return toNumber(count[index] ?? levels.get(index)?.start ?? 1, levels.get(index)?.format ?? 'decimal')
    })
  }
}

const toLevel = (level: Element): Level => ({
  format: childOf(level, 'numFmt')?.attributes['val'] ?? 'decimal',
  text: (childOf(level, 'lvlText')?.attributes['val'] ?? '').slice(0, 50),
  start: Number(childOf(level, 'start')?.attributes['val'] ?? 1),
})

function toNumber(value: number, format: string): string {
  if (format === 'none' || !(value > 0 && value < 10_000)) return format === 'none' ? '' : String(value)
  if (/chinese|japanese|taiwanese|ideographTraditional/i.test(format)) return chinese(value)
  if (format === 'lowerLetter' || format === 'upperLetter') return cased(String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26)), format)
  if (format === 'lowerRoman' || format === 'upperRoman') return cased(roman(value), format)
  if (/decimalEnclosedCircle/.test(format) && value <= 20) return String.fromCodePoint(0x245f + value)
  return format === 'decimalZero' && value < 10 ? `0${value}` : String(value)
}

const cased = (text: string, format: string): string => (format.startsWith('upper') ? text.toUpperCase() : text)

const DIGITS = '零一二三四五六七八九'
function chinese(value: number): string {
  const units = ['', '十', '百', '千']
  const digits = Array.from(String(value), Number)
  const spelt = digits.map((digit, i) => (digit === 0 ? '零' : `${DIGITS[digit]}${units[digits.length - 1 - i]}`)).join('')
  const tidy = spelt.replace(/零+/g, '零').replace(/零$/, '')
  return value < 20 ? tidy.replace(/^一十/, '十') : tidy
}

const ROMAN = [[1000, 'm'], [900, 'cm'], [500, 'd'], [400, 'cd'], [100, 'c'], [90, 'xc'], [50, 'l'], [40, 'xl'], [10, 'x'], [9, 'ix'], [5, 'v'], [4, 'iv'], [1, 'i']] as const
function roman(value: number): string {
  let [left, text] = [value, '']
  for (const [size, letters] of ROMAN) for (; left >= size; left -= size) text += letters
  return text
}
