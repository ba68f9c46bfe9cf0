import { closeSync, openSync, readSync } from 'node:fs'

const MAX_NAME_TABLE = 1 << 20
const MAX_FACES = 64

/** 一个字体文件里的一套字：首个族名（排版引擎以此相认）与各语种的全部族名。 */
export interface FontNames {
  family: string
  families: readonly string[]
}

/** 文件或目录不在、无权读：别人的字体目录里常有，跳过即可。 */
export const isUnreadable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOENT', 'EACCES', 'EPERM', 'ENOTDIR'].includes(String(error.code))

/** 读 TTF、OTF、TTC 的族名；读不到、不是字体或已损坏的，得空表。 */
export function readFontNames(file: string): FontNames[] {
  try {
    return readFile(file)
  } catch (error) {
    if (isUnreadable(error)) return []
    throw error
  }
}

function readFile(file: string): FontNames[] {
  const fd = openSync(file, 'r')
  try {
    const head = readAt(fd, 0, 12)
    if (head.toString('latin1', 0, 4) !== 'ttcf') return [readFace(fd, 0)].filter((face) => face !== null)
    const count = Math.min(head.readUInt32BE(8), MAX_FACES)
    const offsets = readAt(fd, 12, 4 * count)
    return Array.from({ length: count }, (_, i) => readFace(fd, offsets.readUInt32BE(4 * i))).filter((face) => face !== null)
  } catch (error) {
    // 越界即文件残缺；读盘出错则照常上报
    if (error instanceof RangeError) return []
    throw error
  } finally {
    closeSync(fd)
  }
}

function readAt(fd: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length)
  if (readSync(fd, buffer, 0, length, position) < length) throw new RangeError('字体文件残缺')
  return buffer
}

const SFNT_TAGS = new Set(['\0\x01\0\0', 'OTTO', 'true'])

function readFace(fd: number, at: number): FontNames | null {
  const head = readAt(fd, at, 12)
  if (!SFNT_TAGS.has(head.toString('latin1', 0, 4))) return null
  const count = head.readUInt16BE(4)
  const directory = readAt(fd, at + 12, 16 * count)
  const entry = Array.from({ length: count }, (_, i) => 16 * i).find((i) => directory.toString('latin1', i, i + 4) === 'name')
  if (entry === undefined) return null
  const length = directory.readUInt32BE(entry + 12)
  if (length > MAX_NAME_TABLE) return null
  const families = familiesOf(readAt(fd, directory.readUInt32BE(entry + 8), length))
  const [first] = families
  return first === undefined ? null : { family: trimStyle(first), families: [...new Set(families.flatMap((f) => [f, trimStyle(f)]))] }
}

function familiesOf(table: Buffer): string[] {
  const strings = table.readUInt16BE(4)
  return Array.from({ length: table.readUInt16BE(2) }, (_, i) => 6 + 12 * i).flatMap((i) => {
    if (table.readUInt16BE(i + 6) !== 1) return [] // 1 为族名
    const start = strings + table.readUInt16BE(i + 10)
    const raw = table.subarray(start, start + table.readUInt16BE(i + 8))
    const platform = table.readUInt16BE(i)
    if (platform === 0 || platform === 3) return raw.length % 2 === 0 ? [Buffer.from(raw).swap16().toString('utf16le')] : []
    return platform === 1 && table.readUInt16BE(i + 2) === 0 ? [raw.toString('latin1')] : []
  })
}

// 排版引擎把族名末尾的字重、字形后缀去掉再相认，如 Noto Serif SC Black 认作 Noto Serif SC
function trimStyle(family: string): string {
  return family.replace(/([ -_](normal|italic|oblique|slanted|thin|(extra|ultra|semi|demi)?(light|bold)|regular|medium|book|black|heavy))+$/i, '')
}
