/** 只有两个空字形的 TrueType 字体：PDF 的文字层不画字，只为可选、可查、可朗读，但字体须嵌入。 */
export function blankFont(): Buffer {
  const tables: Record<string, Buffer> = {
    glyf: Buffer.alloc(4),
    head: words(1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, UNITS, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, UNITS, UNITS, 0, 8, 2, 0, 0),
    hhea: words(1, 0, UNITS, 0, 0, UNITS, 0, 0, UNITS, 1, 0, 0, 0, 0, 0, 0, 0, 2),
    hmtx: words(UNITS, 0, UNITS, 0),
    loca: words(0, 0, 0),
    maxp: words(1, 0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
  }
  const names = Object.keys(tables)
  const head = Buffer.concat([Buffer.from([0, 1, 0, 0]), words(names.length, 64, 2, names.length * 16 - 64)])
  const directory: Buffer[] = []
  const bodies: Buffer[] = []
  let at = head.length + names.length * 16
  for (const name of names) {
    const body = pad(tables[name]!)
    const entry = Buffer.alloc(16)
    entry.write(name, 0, 'latin1')
    entry.writeUInt32BE(checksum(body), 4)
    entry.writeUInt32BE(at, 8)
    entry.writeUInt32BE(tables[name]!.length, 12)
    directory.push(entry)
    bodies.push(body)
    at += body.length
  }
  return Buffer.concat([head, ...directory, ...bodies])
}

const UNITS = 1000
const words = (...values: number[]): Buffer => {
  const out = Buffer.alloc(values.length * 2)
  for (const [index, value] of values.entries()) out.writeUInt16BE(value, index * 2)
  return out
}
const pad = (body: Buffer): Buffer => Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)])
const checksum = (body: Buffer): number => {
  let sum = 0
  for (let i = 0; i < body.length; i += 4) sum = (sum + body.readUInt32BE(i)) >>> 0
  return sum
}
