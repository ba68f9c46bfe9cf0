import { OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { plainHan } from '../../platform/plain-han.ts'
import { viewportOf } from './pdf-page.ts'

type Matrix = readonly [number, number, number, number, number, number]

/** 画在页上的一个字形：起笔处、方向（单位向量）、字身所向、长与字高，均为像素，y 向下。 */
export interface Glyph {
  text: string
  x: number
  y: number
  dx: number
  dy: number
  ux: number
  uy: number
  length: number
  size: number
  above: number
  below: number
}

interface Font {
  fontMatrix?: Matrix
  vertical?: boolean
  ascent?: number
  descent?: number
  isType3Font?: boolean
}

interface State {
  ctm: Matrix
  font: Font
  size: number
  direction: 1 | -1
  charSpacing: number
  wordSpacing: number
  hScale: number
  rise: number
  leading: number
  text: Matrix
  x: number
  y: number
  lineX: number
  lineY: number
}

interface ShownGlyph {
  unicode?: string
  width?: number
  vmetric?: readonly number[] | null
  isSpace?: boolean
}

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]
const PLAIN_FONT: Matrix = [0.001, 0, 0, 0.001, 0, 0]

/**
 * 照绘图指令走一遍，得每个字形的准确位置：文字层只说一段的首尾，其间要估，遮盖不能靠估。
 * 看得见看不见的都在内，依绘出的次序。
 */
export async function pdfGlyphs(page: PDFPageProxy): Promise<Glyph[]> {
  const { viewport } = viewportOf(page)
  const base = viewport.transform as unknown as Matrix
  const { fnArray, argsArray } = await page.getOperatorList()
  const fonts = await loadFonts(page, fnArray, argsArray)
  const glyphs: Glyph[] = []
  let state: State = { ctm: base, font: {}, size: 0, direction: 1, charSpacing: 0, wordSpacing: 0, hScale: 1, rise: 0, leading: 0, text: IDENTITY, x: 0, y: 0, lineX: 0, lineY: 0 }
  const saved: State[] = []
  const save = () => void saved.push({ ...state })
  const restore = () => void (state = saved.pop() ?? state)
  const move = (x: number, y: number) => {
    state.lineX += x
    state.lineY += y
    state.x = state.lineX
    state.y = state.lineY
  }
  const setFont = (name: string, size: number) => {
    state.font = fonts.get(name) ?? {}
    state.size = Math.abs(size)
    state.direction = size < 0 ? -1 : 1
  }
  for (const [index, operation] of fnArray.entries()) {
    const args = (argsArray[index] ?? []) as unknown[]
    const [a = 0, b = 0] = args as number[]
    switch (operation) {
      case OPS.save:
        save()
        break
      case OPS.restore:
      case OPS.paintFormXObjectEnd:
      case OPS.endAnnotation:
        restore()
        break
      case OPS.transform:
        state.ctm = multiply(state.ctm, toMatrix(args))
        break
      case OPS.paintFormXObjectBegin:
        save()
        state.ctm = multiply(state.ctm, toMatrix(args[0]))
        break
      case OPS.beginAnnotation:
        save()
        state.ctm = multiply(multiply(base, toMatrix(args[2])), toMatrix(args[3]))
        break
      case OPS.setGState:
        for (const [key, value] of (args[0] ?? []) as [string, unknown][]) if (key === 'Font' && Array.isArray(value)) setFont(String(value[0]), Number(value[1]))
        break
      case OPS.setFont:
        setFont(String(args[0]), b)
        break
      case OPS.beginText:
        Object.assign(state, { text: IDENTITY, x: 0, y: 0, lineX: 0, lineY: 0 })
        break
      case OPS.setTextMatrix:
        Object.assign(state, { text: toMatrix(args.length === 6 ? args : args[0]), x: 0, y: 0, lineX: 0, lineY: 0 })
        break
      case OPS.setCharSpacing:
        state.charSpacing = a
        break
      case OPS.setWordSpacing:
        state.wordSpacing = a
        break
      case OPS.setHScale:
        state.hScale = a / 100
        break
      case OPS.setTextRise:
        state.rise = a
        break
      case OPS.setLeading:
        state.leading = -a
        break
      case OPS.moveText:
        move(a, b)
        break
      case OPS.setLeadingMoveText:
        state.leading = b
        move(a, b)
        break
      case OPS.nextLine:
        move(0, state.leading)
        break
      case OPS.showText:
        for (const glyph of show(state, (args[0] ?? []) as (number | ShownGlyph)[])) glyphs.push(glyph)
        break
      default:
    }
  }
  return glyphs
}

async function loadFonts(page: PDFPageProxy, operations: readonly number[], args: readonly unknown[]): Promise<Map<string, Font>> {
  const names = new Set<string>()
  for (const [index, operation] of operations.entries()) {
    const given = args[index] as unknown[]
    if (operation === OPS.setFont) names.add(String(given[0]))
    if (operation === OPS.setGState) for (const [key, value] of (given[0] ?? []) as [string, unknown][]) if (key === 'Font' && Array.isArray(value)) names.add(String(value[0]))
  }
  const objects = page.commonObjs as { get(id: string, callback: (font: Font) => void): void }
  return new Map(await Promise.all([...names].map((name) => new Promise<readonly [string, Font]>((resolve) => objects.get(name, (font) => resolve([name, font ?? {}]))))))
}

// 一串字形，照 PDF 32000 第 9.4.4 条逐个推进
function show(state: State, shown: readonly (number | ShownGlyph)[]): Glyph[] {
  const { font, size, direction, hScale } = state
  const unit = size * (font.fontMatrix ?? PLAIN_FONT)[0]
  const vertical = font.vertical === true
  const glyphs: Glyph[] = []
  for (const each of shown) {
    if (typeof each === 'number') {
      if (vertical) state.y += (each * size) / 1000
      else state.x -= ((each * size) / 1000) * hScale * direction
      continue
    }
    const spacing = (each.isSpace ? state.wordSpacing : 0) + state.charSpacing
    const advance = vertical ? -(each.vmetric?.[0] ?? -1000) * unit : (each.width ?? 0) * unit
    const text = plainHan(each.unicode ?? '')
    if (text.trim() !== '') glyphs.push(place(state, text, advance, vertical))
    if (vertical) state.y -= advance - spacing * direction
    else state.x += (advance + spacing * direction) * hScale * direction
  }
  return glyphs
}

function place(state: State, text: string, advance: number, vertical: boolean): Glyph {
  const { font, size, direction, hScale, rise } = state
  const [a, b, c, d, e, f] = multiply(multiply(state.ctm, state.text), [1, 0, 0, 1, state.x, state.y + rise])
  const [along, across] = [Math.hypot(a, b) || 1, Math.hypot(c, d) || 1]
  const [right, up] = [{ x: a / along, y: b / along }, { x: c / across, y: d / across }]
  const height = size * across
  if (vertical) {
    const half = (size * along) / 2
    return { text, x: e, y: f, dx: -up.x, dy: -up.y, ux: right.x, uy: right.y, length: Math.abs(advance) * across, size: size * along, above: half, below: half }
  }
  return {
    text, x: e, y: f,
    dx: right.x * direction, dy: right.y * direction, ux: up.x * direction, uy: up.y * direction,
    length: Math.abs(advance * hScale) * along, size: height, above: usable(font.ascent, 0.9) * height, below: usable(font.descent === undefined ? undefined : -font.descent, 0.25) * height,
  }
}

// 有的字体写的高低不实，过小的用常值，免得盖不住
const usable = (value: number | undefined, least: number): number => (value !== undefined && value > least && value < 2 ? value : least)

const toMatrix = (value: unknown): Matrix => {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = value === null || value === undefined ? [] : Array.from(value as ArrayLike<number>)
  return [a, b, c, d, e, f]
}

const multiply = ([a, b, c, d, e, f]: Matrix, [p, q, r, s, t, u]: Matrix): Matrix => [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f]
