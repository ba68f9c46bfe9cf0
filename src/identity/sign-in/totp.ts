import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

// RFC 6238 的通行参数：SHA-1、30 秒、6 位；手机应用普遍只认这一种
const STEP_SECONDS = 30
const DIGITS = 6
/** 允许前后各差一步，容手机时钟之误 */
const DRIFT = 1

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** 新的密钥，20 字节。 */
export const newTotpSecret = (): Buffer => randomBytes(20)

/** 密钥的 Base32 写法，供手工填入。 */
export function toBase32(bytes: Uint8Array): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** 手机应用认的地址。 */
export const totpUri = (secret: Uint8Array, account: string, issuer: string): string =>
  `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?${new URLSearchParams({
    secret: toBase32(secret),
    issuer,
  }).toString()}`

/** 某一刻属第几步。 */
export const totpStep = (at: Date): number => Math.floor(at.getTime() / 1000 / STEP_SECONDS)

/** 第 step 步的六位数字（RFC 4226 的截取）。 */
export function totpCode(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac[19] ?? 0) & 0xf
  const number = mac.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}

/**
 * 核对六位数字。
 * @param lastStep 上次用过的步；同一步及更早的不再认，防止被人看见后重用
 * @returns 对上的步；对不上为 null
 */
export function matchTotp(secret: Uint8Array, code: string, at: Date, lastStep: number | null): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const now = totpStep(at)
  for (let step = now - DRIFT; step <= now + DRIFT; step++) {
    if (lastStep !== null && step <= lastStep) continue
    if (timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(code))) return step
  }
  return null
}
