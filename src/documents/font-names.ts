import { readTables } from './sfnt.ts'

const MAX_NAME_TABLE = 1 << 20

/** 一个字体文件里的一套字：首个族名（排版引擎以此相认）与各语种的全部族名。 */
export interface FontNames {
  family: string
  families: readonly string[]
}

/** 读 TTF、OTF、TTC 的族名；读不到、不是字体或已损坏的，得空表。 */
export function readFontNames(file: string): FontNames[] {
  try {
    return readTables(file, 'name', MAX_NAME_TABLE).flatMap(namesIn)
  } catch (error) {
    // 越界即这张表残缺
    if (error instanceof RangeError) return []
    throw error
  }
}

function namesIn(table: Buffer): FontNames[] {
  const families = familiesOf(table)
  const [first] = families
  return first === undefined ? [] : [{ family: trimStyle(first), families: [...new Set(families.flatMap((f) => [f, trimStyle(f)]))] }]
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
