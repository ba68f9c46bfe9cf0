import { findBody } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import { TOPICS } from '../item-details.ts'
import type { Wish } from './subscription.ts'

/** 订了什么，一句话。 */
export async function wishText(tx: Tx, { bodyId, topic, words }: Wish): Promise<string> {
  const body = bodyId === null ? null : await findBody(tx, bodyId)
  return [body?.name ?? '全区各机关', ...(topic === null ? [] : [`主题为「${TOPICS[topic]}」`]), ...(words === '' ? [] : [`含有「${words}」`]), '新公开的政府信息'].join('，')
}
