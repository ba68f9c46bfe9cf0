import { inflate, type ScannedPdf } from './scan-pdf.ts'
import type { Box } from '../pages/paint-marks.ts'

const SHOWN = /\/F (-?[\d.]+) Tf (-?[\d.]+) Tz (-?[\d.]+) (-?[\d.]+) -?[\d.]+ -?[\d.]+ (-?[\d.]+) (-?[\d.]+) Tm <([0-9a-f]+)> Tj/g

/** 读文字层：一页的内容流 → 各词所占的像素（取其中部，避开估算的边缘）。 */
export function textLayer(content: string, page: { width: number; height: number }): Box[] {
  const [, wide = '1', high = '1'] = /^q ([\d.]+) 0 0 ([\d.]+) 0 0 cm/.exec(content) ?? []
  const [sx, sy] = [page.width / Number(wide), page.height / Number(high)]
  return [...content.matchAll(SHOWN)].map((found) => {
    const [size = 0, stretch = 0, cos = 0, sin = 0, x = 0, y = 0] = found.slice(1, 7).map(Number)
    const length = ((found[7]?.length ?? 0) / 4) * size * (stretch / 100)
    const [skip, span] = [Math.min(size * EDGE, length / 4), length - 2 * Math.min(size * EDGE, length / 4)]
    const from = { x: x - sin * size * MIDDLE + cos * skip, y: y + cos * size * MIDDLE + sin * skip }
    const to = { x: from.x + cos * span, y: from.y + sin * span }
    return {
      x: Math.min(from.x, to.x) * sx,
      y: (Number(high) - Math.max(from.y, to.y)) * sy,
      w: Math.max(1, Math.abs(to.x - from.x) * sx),
      h: Math.max(1, Math.abs(to.y - from.y) * sy),
    }
  })
}
const MIDDLE = 0.3
const EDGE = 0.15

/** 内容里的各个字符串解出来：十六进制的，括号的，以及逐字符拆开显示的接起来。 */
export function wordsIn(content: Buffer): Buffer[] {
  const text = content.toString('latin1')
  const hex = [...text.matchAll(/<([0-9a-fA-F\s]+)>/g)].map((found) => Buffer.from((found[1] ?? '').replace(/\s/g, ''), 'hex'))
  const literal = [...text.matchAll(/\(((?:[^()\\]|\\.)*)\)/gs)].map((found) => Buffer.from(unescape(found[1] ?? ''), 'latin1'))
  return [...hex, ...literal, Buffer.concat(hex), Buffer.concat(literal)]
}

const unescape = (text: string): string =>
  text.replace(/\\([0-7]{1,3}|.)/gs, (_, code: string) => (/^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8) & 0xff) : ({ n: '\n', r: '\r', t: '\t' }[code] ?? code)))

/** 经 ToUnicode 还原文字层的全文。 */
export function layerText(scanned: ScannedPdf): string {
  const streams = scanned.objects.filter((object) => object.stream && !/\/Subtype\s*\/Image/.test(object.dictionary)).map((object) => inflate(object).bytes.toString('latin1'))
  const map = new Map<string, string>()
  for (const text of streams.filter((each) => each.includes('beginbfchar')))
    for (const [, code = '', to = ''] of text.matchAll(/<([0-9a-f]{4})> <([0-9a-f]+)>/g)) map.set(code, Buffer.from(to, 'hex').swap16().toString('utf16le'))
  const shown = streams.flatMap((text) => [...text.matchAll(SHOWN)])
  return shown.map((found) => (found[7]?.match(/.{4}/g) ?? []).map((code) => map.get(code) ?? '').join('')).join('')
}
