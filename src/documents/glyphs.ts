import { currentFaces, type Faces } from './faces.ts'
import { isInvisible } from './clean.ts'
import { readTables } from './sfnt.ts'

const MAX_CMAP = 8 << 20

type HasGlyph = (code: number) => boolean

/**
 * 这些文字里哪些字现有字体都没有，排不成 PDF（to-pdf 遇到会抛 MissingGlyphs）；按出现先后，各列一次。
 * 只查字形表，不排版，故可在每次校核时用；看不见的字符排版前已去掉，不算。
 */
export function missingGlyphs(texts: Iterable<string>, faces: Faces = currentFaces()): string[] {
  const has = glyphsOf(faces)
  const missing = new Set<string>()
  for (const text of texts)
    for (const character of text) if (!isInvisible(character) && !has(character.codePointAt(0) ?? 0)) missing.add(character)
  return [...missing]
}

// 字体选定之后不变；字形表每个字体几百 KB，读一次
const known = new WeakMap<Faces, HasGlyph>()

function glyphsOf(faces: Faces): HasGlyph {
  const found = known.get(faces)
  if (found) return found
  const maps = faces.files.flatMap((file) => readTables(file, 'cmap', MAX_CMAP)).flatMap(subtables)
  const answers = new Map<number, boolean>()
  const has: HasGlyph = (code) => {
    const answer = answers.get(code) ?? maps.some((map) => map(code))
    answers.set(code, answer)
    return answer
  }
  known.set(faces, has)
  return has
}

// Unicode 的字形表有两种格式：4 只到 U+FFFF，12 含以外的字
function subtables(cmap: Buffer): HasGlyph[] {
  const offsets = new Set(Array.from({ length: cmap.readUInt16BE(2) }, (_, i) => cmap.readUInt32BE(8 + 8 * i)))
  return [...offsets].flatMap((at) => {
    const format = cmap.readUInt16BE(at)
    if (format === 4) return [(code: number) => hasIn4(cmap, at, code)]
    return format === 12 ? [(code: number) => hasIn12(cmap, at, code)] : []
  })
}

function hasIn4(cmap: Buffer, at: number, code: number): boolean {
  if (code > 0xffff) return false
  const doubled = cmap.readUInt16BE(at + 6)
  const [ends, starts, deltas, ranges] = [at + 14, at + 16 + doubled, at + 16 + 2 * doubled, at + 16 + 3 * doubled]
  const i = 2 * firstAtLeast(doubled / 2, (n) => cmap.readUInt16BE(ends + 2 * n), code)
  if (i >= doubled || cmap.readUInt16BE(starts + i) > code) return false
  const range = cmap.readUInt16BE(ranges + i)
  if (range === 0) return ((code + cmap.readUInt16BE(deltas + i)) & 0xffff) !== 0
  return cmap.readUInt16BE(ranges + i + range + 2 * (code - cmap.readUInt16BE(starts + i))) !== 0
}

function hasIn12(cmap: Buffer, at: number, code: number): boolean {
  const groups = cmap.readUInt32BE(at + 12)
  const i = firstAtLeast(groups, (n) => cmap.readUInt32BE(at + 20 + 12 * n), code)
  return i < groups && cmap.readUInt32BE(at + 16 + 12 * i) <= code
}

// 由小到大的一列里，第一个不小于 code 的是第几个
function firstAtLeast(count: number, valueAt: (n: number) => number, code: number): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (valueAt(middle) < code) low = middle + 1
    else high = middle
  }
  return low
}
