import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** 由 SECRET_KEY 派生的三把钥匙：加密、校验、建索引，各不相同。 */
export interface FieldKeys {
  encryption: KeyObject
  mac: KeyObject
  index: KeyObject
  /** 钥匙的记号，四字节，写在密文里，用来认出钥匙换过 */
  mark: Buffer
}

/** 密文打不开：钥匙不对，或者被改动、被挪了地方。 */
export class SealBroken extends Error {
  override name = 'SealBroken'
}

const FORMAT = 1
const IV = 16
const MAC = 32
const HEAD = 1 + 4 + IV
const LONGEST = 64 * 1024

// KeyObject 比每次传 Buffer 快三倍多
const hmac = (key: KeyObject, ...parts: (Buffer | string)[]): Buffer => {
  const h = createHmac('sm3', key)
  for (const part of parts) h.update(part)
  return h.digest()
}

/** 从 SECRET_KEY 派生字段加密的钥匙。 */
export function fieldKeys(secretKey: string): FieldKeys {
  const root = createSecretKey(secretKey, 'utf8')
  const derive = (label: string): Buffer => hmac(root, `mingchuang/field/${label}`)
  return {
    encryption: createSecretKey(derive('encryption').subarray(0, 16)),
    mac: createSecretKey(derive('mac')),
    index: createSecretKey(derive('index')),
    mark: derive('mark').subarray(0, 4),
  }
}

/**
 * 加密一个字段：SM4-CTR，再以 HMAC-SM3 校验（先加密后校验）。
 * `place` 是它所在的地方（机构、行、列），一并校验：密文挪到别处便打不开。
 */
export function seal(keys: FieldKeys, text: string, place: string): Buffer {
  const plain = Buffer.from(text, 'utf8')
  if (plain.length > LONGEST) throw new RangeError('字段过长，不能加密')
  return sealBytes(keys, plain, place)
}

/** 加密一个文件，与字段同法；大小由交来的一方限定。 */
export function sealBytes(keys: FieldKeys, plain: Uint8Array, place: string): Buffer {
  const iv = randomBytes(IV)
  const cipher = createCipheriv('sm4-ctr', keys.encryption, iv)
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  const head = Buffer.concat([Buffer.from([FORMAT]), keys.mark, iv])
  return Buffer.concat([head, body, macOf(keys, head, body, place)])
}

/** 解开 `seal` 所得；打不开抛 `SealBroken`。 */
export const unseal = (keys: FieldKeys, sealed: Buffer, place: string): string => unsealBytes(keys, sealed, place).toString('utf8')

/** 解开 `sealBytes` 所得；打不开抛 `SealBroken`。 */
export function unsealBytes(keys: FieldKeys, sealed: Buffer, place: string): Buffer {
  if (sealed.length < HEAD + MAC || sealed[0] !== FORMAT) throw new SealBroken('不是本系统的密文')
  if (!sealed.subarray(1, 5).equals(keys.mark)) throw new SealBroken('SECRET_KEY 与加密时不是同一把')
  const head = sealed.subarray(0, HEAD)
  const body = sealed.subarray(HEAD, -MAC)
  if (!timingSafeEqual(macOf(keys, head, body, place), sealed.subarray(-MAC))) throw new SealBroken('密文被改动或挪了地方')
  const decipher = createDecipheriv('sm4-ctr', keys.encryption, head.subarray(5))
  return Buffer.concat([decipher.update(body), decipher.final()])
}

// 各段以长度开头，免得此段之尾与彼段之首混淆
function macOf(keys: FieldKeys, head: Buffer, body: Buffer, place: string): Buffer {
  const where = Buffer.from(place, 'utf8')
  const lengths = Buffer.alloc(8)
  lengths.writeUInt32BE(where.length, 0)
  lengths.writeUInt32BE(body.length, 4)
  return hmac(keys.mac, lengths, where, head, body)
}

/** 带钥匙的摘要，用来按值查找而不存明文；`kind` 使不同种类的同一个值摘要不同。 */
export const keyedHash = (keys: FieldKeys, kind: string, value: string): Buffer => hmac(keys.index, `${kind}\0`, value)
