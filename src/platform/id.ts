import { randomBytes } from 'node:crypto'

let lastMs = 0
let counter = 0

/** 应用自造的标识，UUIDv7：按时间先后可排序，同一毫秒内以计数保持递增。 */
export function newId(now: number = Date.now()): string {
  if (now > lastMs) {
    lastMs = now
    counter = randomBytes(2).readUInt16BE() & 0x7ff
  } else if (++counter > 0xfff) {
    lastMs += 1
    counter = 0
  }
  const bytes = randomBytes16()
  bytes.writeUIntBE(lastMs, 0, 6)
  bytes.writeUInt16BE(0x7000 | counter, 6)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

// 一次取许多随机数，逐个用去：系统调用比造一个标识还费
let pool = Buffer.alloc(0)
function randomBytes16(): Buffer {
  if (pool.length < 16) pool = randomBytes(4096)
  const bytes = pool.subarray(0, 16)
  pool = pool.subarray(16)
  return bytes
}

/** 外来的文字是不是一个标识的样子；不是的不必也不能拿去问数据库。 */
export const isId = (text: string | null | undefined): text is string =>
  typeof text === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

const MAX_MS = 2 ** 48 - 1

/** 某一时刻起造的标识都不小于此，用于按时间取一段；标识里记不下的时刻（1970 年以前）取最近的一端。 */
export const firstIdAt = (at: Date): string => {
  const hex = Math.min(Math.max(at.getTime(), 0), MAX_MS).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
