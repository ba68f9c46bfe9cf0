import { inflateRawSync } from 'node:zlib'

/** 压缩包里的一个部件；解不开的为 null。 */
export interface RawPart {
  name: string
  text: string | null
}

const MOST = 128 * 1024 * 1024

/**
 * 第二种读法：不看目录，从头到尾按各部件自己的头依次读出，与写包、读原件所用的库都不相干。
 * 头尾之间多一个字节也说出来。
 */
export function readPackage(bytes: Uint8Array): { parts: RawPart[]; findings: string[] } {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const parts: RawPart[] = []
  const findings: string[] = []
  let at = 0
  try {
    while (at + 30 <= file.length && file.readUInt32LE(at) === 0x04034b50) {
      const [flags, method, packed] = [file.readUInt16LE(at + 6), file.readUInt16LE(at + 8), file.readUInt32LE(at + 18)]
      const [named, extra] = [file.readUInt16LE(at + 26), file.readUInt16LE(at + 28)]
      const start = at + 30 + named + extra
      if ((flags & 0b1001) !== 0 || extra > 0 || (method !== 0 && method !== 8)) findings.push('压缩包的写法不是本系统的')
      const name = file.toString('utf8', at + 30, at + 30 + named)
      // 大小写在后面的，看不出到哪里为止，按目录以前的全部算
      const end = (flags & 0b1000) !== 0 ? nextHeader(file, start) : start + packed
      parts.push({ name, text: unpack(file.subarray(start, end), method) })
      at = end
    }
    const entries = directoryEnd(file, at)
    if (entries === null) findings.push('压缩包里夹带别的数据')
    else if (entries !== parts.length) findings.push('压缩包的目录与内容不符')
  } catch {
    findings.push('遮盖后的文件读不出')
  }
  return { parts, findings }
}

function unpack(bytes: Buffer, method: number): string | null {
  try {
    return method === 0 ? bytes.toString('utf8') : inflateRawSync(bytes, { maxOutputLength: MOST }).toString('utf8')
  } catch {
    return null
  }
}

function nextHeader(file: Buffer, from: number): number {
  const found = [0x04034b50, 0x02014b50].map((signature) => {
    const mark = Buffer.alloc(4)
    mark.writeUInt32LE(signature)
    return file.indexOf(mark, from)
  })
  return Math.min(...found.map((at) => (at < 0 ? file.length : at)))
}

// 目录须紧接部件、尾部须紧接目录、其后没有别的；得条目数，不然为 null
function directoryEnd(file: Buffer, from: number): number | null {
  let [at, entries] = [from, 0]
  while (at + 46 <= file.length && file.readUInt32LE(at) === 0x02014b50) {
    const [named, extra, comment] = [file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32)]
    if (extra > 0 || comment > 0) return null
    at += 46 + named
    entries += 1
  }
  return at + 22 === file.length && file.readUInt32LE(at) === 0x06054b50 && file.readUInt16LE(at + 20) === 0 ? entries : null
}

/** 多出来的、缺的、改过的部件，各有说法。fixed 为一字不变的，free 为另行核对的。 */
export function checkParts(parts: readonly RawPart[], fixed: Readonly<Record<string, string>>, free: readonly string[]): string[] {
  const findings: string[] = []
  const names = parts.map((part) => part.name)
  for (const part of parts) {
    if (part.name in fixed ? part.text !== fixed[part.name] : !free.includes(part.name)) findings.push(STRANGE.find(([pattern]) => pattern.test(part.name))?.[1] ?? `夹带别的部件（${part.name.slice(0, 60)}）`)
  }
  if (new Set(names).size !== names.length || [...Object.keys(fixed), ...free].some((name) => !names.includes(name))) findings.push('缺少部件，或同一部件有两份')
  return [...new Set(findings)]
}

const STRANGE: readonly (readonly [RegExp, string])[] = [
  [/comments|threadedComments|persons/i, '留着批注'],
  [/customXml/i, '留着自定义数据'],
  [/docProps/i, '留着文件属性'],
  [/embeddings|media/i, '留着嵌入的文件或图片'],
  [/vbaProject/i, '留着宏'],
  [/externalLinks/i, '留着外部链接'],
  [/sharedStrings|pivotCache|calcChain|xl\/worksheets/i, '留着别的工作表或共用的文字'],
  [/footnotes|endnotes|word\/(?:header|footer)/i, '留着脚注、页眉或页脚'],
]

/** 被遮的文字：遮住两字以上、且留下的文字里没有的，才能凭它查。 */
export const searchable = (texts: readonly string[], left: string): string[] => [...new Set(texts)].filter((text) => text.trim().length > 1 && !left.includes(text))

/** 在各部件里查：连标记在内的、去掉标记连起来的，都先解开转义。fixed 里逐字核对过的部件不查。 */
export function findTexts(parts: readonly RawPart[], fixed: Readonly<Record<string, string>>, texts: readonly string[]): string[] {
  const readings = parts.filter((part) => part.text !== fixed[part.name]).map(({ text }) => {
    const raw = text ?? ''
    const bare = raw.replace(/<\/(?:w:p|c|is|si)>|<w:(?:tab|br)\/>/g, '\n').replace(/<[^>]*>/g, '')
    return { bare: plain(bare), raw: plain(raw) }
  })
  // 短的数字、字母，带尖括号、引号的，在标记里也会碰上，只在文字里查
  const isTelling = (text: string) => !/[<>"'=/]/.test(text) && (/\P{ASCII}/u.test(text) || text.length >= 16)
  const found = texts.some((text) => readings.some(({ bare, raw }) => bare.includes(text) || (isTelling(text) && raw.includes(text))))
  return found ? ['遮住的文字还在文件里，可以查到或复制出来'] : []
}

const plain = (text: string): string =>
  text
    .replace(/&#(x?)([0-9a-fA-F]+);/g, (_, x: string, digits: string) => {
      const code = Number.parseInt(digits, x ? 16 : 10)
      return code <= 0x10ffff ? String.fromCodePoint(code) : ''
    })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
