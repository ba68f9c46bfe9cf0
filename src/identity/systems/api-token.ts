import { randomBytes, timingSafeEqual } from 'node:crypto'
import { keyedHash } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'

const PREFIX = 'mc_'
const ID = 16
const SECRET = 32
const SHAPE = /^mc_[A-Za-z0-9_-]{86}$/

interface TokenRef {
  bodyId: string
  tokenId: string
}

const toBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')
const toId = (bytes: Buffer): string => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** 造一枚令牌：机构与令牌的 id（据以直接找到那一行）接 256 比特随机数。 */
export const mintToken = ({ bodyId, tokenId }: TokenRef): string =>
  PREFIX + Buffer.concat([toBytes(bodyId), toBytes(tokenId), randomBytes(SECRET)]).toString('base64url')

/** 令牌所指的行；不像令牌的为 null。 */
export function readToken(token: string): TokenRef | null {
  if (!SHAPE.test(token)) return null
  const bytes = Buffer.from(token.slice(PREFIX.length), 'base64url')
  return { bodyId: toId(bytes.subarray(0, ID)), tokenId: toId(bytes.subarray(ID, 2 * ID)) }
}

/** 库里所存的：带钥匙的摘要。 */
export const tokenHash = (keys: FieldKeys, token: string): Buffer => keyedHash(keys, 'api-token', token)

/** 用时不因差在哪里而不同。 */
export const isSameToken = (keys: FieldKeys, token: string, hash: Buffer): boolean => timingSafeEqual(tokenHash(keys, token), hash)
