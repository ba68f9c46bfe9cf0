import { timingSafeEqual } from 'node:crypto'
import { keyedHash } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'

/** 邮件里的链接所办的事。 */
export type SubscriptionAct = 'confirm' | 'end'

const tokenOf = (keys: FieldKeys, act: SubscriptionAct, id: string): string => keyedHash(keys, `mail-subscription/${act}`, id).toString('base64url')

/** 邮件里的链接：凭它确认、退订，不必登录；密令由钥匙算出，库里不存。 */
export const subscriptionPath = (keys: FieldKeys, act: SubscriptionAct, id: string): string => `/subscribe/${act}/${id}/${tokenOf(keys, act, id)}`

export function isToken(keys: FieldKeys, act: SubscriptionAct, id: string, given: string): boolean {
  const [right, asked] = [Buffer.from(tokenOf(keys, act, id)), Buffer.from(given)]
  return right.length === asked.length && timingSafeEqual(right, asked)
}
