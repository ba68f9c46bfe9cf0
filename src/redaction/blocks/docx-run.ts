import { childOf, childrenOf, descendants, ownText, type Element } from './xml.ts'
import type { Span } from './docx-model.ts'

/** 读一段时用到的：藏起来的样式，数到的东西。 */
export interface RunContext {
  hiddenStyles: ReadonlySet<string>
  note(kind: HiddenKind, count?: number): void
  /** 段里遇到的文本框，留待段后列出 */
  boxes: Element[]
}

export type HiddenKind = 'revision' | 'vanish' | 'white' | 'picture' | 'object' | 'covered'

const SKIPPED = new Set(['del', 'moveFrom', 'delText', 'delInstrText', 'instrText', 'commentReference', 'annotationRef', 'rPr', 'pPr', 'fldChar', 'proofErr', 'bookmarkStart', 'bookmarkEnd'])
const isOn = (element: Element | undefined): boolean => element !== undefined && !/^(?:0|false|off|none)$/.test(element.attributes['val'] ?? '1')

/** 段内各节文字，只取定稿的读者所见。 */
export function spansOf(element: Element, context: RunContext): Span[] {
  const fields = new FieldState()
  const walk = (node: Element): Span[] =>
    childrenOf(node).flatMap((child): Span[] => {
      if (child.name === 'del' || child.name === 'moveFrom') return context.note('revision'), []
      if (child.name === 'ins' || child.name === 'moveTo') context.note('revision')
      if (child.name === 'fldSimple' && isPageField(child.attributes['instr'] ?? '')) return []
      if (child.name === 'r') return runSpans(child, context, fields)
      if (child.name === 'm:oMath' || child.name === 'm:oMathPara') return [span([...descendants(child)].filter((each) => each.name === 'm:t').map(ownText).join(''))]
      if (child.name === 'mc:AlternateContent') return walk(childOf(child, 'mc:Choice') ?? child)
      return SKIPPED.has(child.name) ? [] : walk(child)
    })
  return mergeSpans(walk(element))
}

const span = (text: string, bold = false, size: number | null = null): Span => ({ text, bold, size })

function runSpans(run: Element, context: RunContext, fields: FieldState): Span[] {
  const style = childOf(run, 'rPr')
  const hidden = isOn(childOf(style, 'vanish')) || context.hiddenStyles.has(childOf(style, 'rStyle')?.attributes['val'] ?? '')
  const text = runText(run, context, fields)
  if (text === '') return []
  if (hidden) return context.note('vanish'), []
  if (/^f[0-9a-f]f[0-9a-f]f[0-9a-f]$/i.test(childOf(style, 'color')?.attributes['val'] ?? '')) context.note('white')
  const size = Number(childOf(style, 'sz')?.attributes['val'] ?? 0)
  return [span(text, isOn(childOf(style, 'b')), size >= 10 && size <= 144 ? Math.round(size) : null)]
}

function runText(run: Element, context: RunContext, fields: FieldState): string {
  return childrenOf(run).map((child) => {
    fields.see(child)
    if (fields.isPage) return ''
    switch (child.name) {
      case 't':
        return ownText(child).replace(/[\r\n]+/g, ' ')
      case 'tab':
      case 'ptab':
        return '\t'
      case 'br':
      case 'cr':
        return '\n'
      case 'noBreakHyphen':
        return '-'
      case 'sym':
        return symbol(child.attributes['char'] ?? '')
      case 'footnoteReference':
      case 'endnoteReference':
        return `〔${child.name === 'endnoteReference' ? '尾' : ''}注${child.attributes['id'] ?? ''}〕`
      case 'ruby':
        return childrenOf(childOf(child, 'rubyBase'), 'r').map((each) => runText(each, context, fields)).join('')
      case 'drawing':
      case 'pict':
      case 'object':
      case 'mc:AlternateContent':
        return drawing(child, context)
      default:
        return ''
    }
  }).join('')
}

// 文本框的文字留待段后；别的图不留，写明略去
function drawing(element: Element, context: RunContext): string {
  const shown = element.name === 'mc:AlternateContent' ? (childOf(element, 'mc:Choice') ?? element) : element
  const inside = [...descendants(shown)]
  const boxes = inside.filter((each) => each.name === 'txbxContent')
  context.boxes.push(...boxes)
  if (boxes.length > 0) return ''
  if (element.name === 'object') return context.note('object'), '〔对象略〕'
  if (!inside.some((each) => /^(?:pic:pic|a:blip|v:imagedata|c:chart|dgm:relIds)$/.test(each.name))) return ''
  context.note('picture')
  return '〔图片略〕'
}

const SYMBOLS: Record<string, string> = { F0FE: '☑', F052: '☑', F06F: '□', F0A8: '□', F0A3: '□', F0FC: '√', F0D8: '➢', F06C: '●', F06E: '■' }
function symbol(code: string): string {
  const known = SYMBOLS[code.toUpperCase()]
  if (known) return known
  const value = Number.parseInt(code, 16)
  return value > 0x20 && value < 0xe000 ? String.fromCharCode(value) : '•'
}

const isPageField = (instruction: string): boolean => /\b(?:PAGE|NUMPAGES|SECTIONPAGES)\b/i.test(instruction)

// 页码是域，存着的数没有意义
class FieldState {
  isPage = false
  instruction = ''
  see(child: Element): void {
    if (child.name === 'instrText') this.instruction += ownText(child)
    if (child.name !== 'fldChar') return
    const kind = child.attributes['fldCharType']
    if (kind === 'begin') this.instruction = ''
    if (kind === 'separate') this.isPage = isPageField(this.instruction)
    if (kind === 'end') this.isPage = false
  }
}

function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const each of spans) {
    const last = merged.at(-1)
    if (last && last.bold === each.bold && last.size === each.size) last.text += each.text
    else merged.push({ ...each })
  }
  return merged
}
