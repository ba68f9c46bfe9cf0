import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

const IV_BYTES = 16
const MAC_BYTES = 32

// 加密与认证各用一把，由应用密钥派生；用途写进派生，免得与别处的密文互换
function keysOf(secretKey: string, purpose: string): { cipher: Buffer; mac: Buffer } {
  const bytes = Buffer.from(hkdfSync('sha256', secretKey, '', `mingchuang/${purpose}`, 16 + 32))
  return { cipher: bytes.subarray(0, 16), mac: bytes.subarray(16) }
}

const tag = (key: Buffer, body: Buffer): Buffer => createHmac('sm3', key).update(body).digest()

/** 加密：SM4-CTR，再以 HMAC-SM3 认证（先加密后认证）。 */
export function seal(plain: Uint8Array, secretKey: string, purpose: string): Buffer {
  const keys = keysOf(secretKey, purpose)
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('sm4-ctr', keys.cipher, iv)
  const body = Buffer.concat([iv, cipher.update(plain), cipher.final()])
  return Buffer.concat([body, tag(keys.mac, body)])
}

/** 解密；被改动过、或者密钥换过的抛错。 */
export function unseal(sealed: Buffer, secretKey: string, purpose: string): Buffer {
  const keys = keysOf(secretKey, purpose)
  const body = sealed.subarray(0, -MAC_BYTES)
  const mac = sealed.subarray(-MAC_BYTES)
  if (body.length < IV_BYTES || mac.length !== MAC_BYTES || !timingSafeEqual(mac, tag(keys.mac, body)))
    throw new Error('密文不能解开：被改动过，或者 SECRET_KEY 换过')
  const decipher = createDecipheriv('sm4-ctr', keys.cipher, body.subarray(0, IV_BYTES))
  return Buffer.concat([decipher.update(body.subarray(IV_BYTES)), decipher.final()])
}
