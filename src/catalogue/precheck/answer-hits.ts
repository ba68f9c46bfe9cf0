import './tables.ts'
import { record } from '../../audit/index.ts'
import { PERMISSIONS, actorKey, behalfOf, requirePermission, settleBehalf } from '../../identity/index.ts'
import type { Actor, Role } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { Item } from '../item.ts'
import { getItem } from '../store.ts'
import { ruleOf } from './hit.ts'
import type { Hit } from './hit.ts'
import { findPrecheck, isReleasable, saveAnswers } from './precheck-store.ts'
import type { Precheck } from './precheck-store.ts'

export const ANSWER_REFUSED = {
  stale: '内容或者词表在预检之后改了，请重新预检',
  unknown: '所选的已经不在预检的结果里，或者已经了结，请看过再选',
  'own-item': '您（或者委托您的人）是这一条的承办人，放行须由另一人',
  'not-yours': '密级标志只能由保密审查员放行；其余由科室负责人、公开工作机构负责人、机关领导或者保密审查员放行',
  'not-releasable': '这一处只能改，不能放行',
} as const
export type AnswerRefusal = keyof typeof ANSWER_REFUSED

interface Answering {
  bodyId: string
  itemId: string
  contentHash: string
  keys: readonly string[]
}
type Answer = { ok: true; count: number } | { ok: false; refusal: AnswerRefusal }

// 锁住这一行：同时答复的，各按对方答复之后的数
async function openPrecheck(tx: Tx, { bodyId, itemId, contentHash, keys }: Answering): Promise<{ state: Item; precheck: Precheck; chosen: Hit[] } | AnswerRefusal> {
  await tx.selectFrom('item_precheck').select('item_id').where('body_id', '=', bodyId).where('item_id', '=', itemId).forUpdate().executeTakeFirst()
  const { state } = await getItem(tx, bodyId, itemId)
  const precheck = await findPrecheck(tx, { bodyId, itemId }, state.contentHash)
  if (precheck === null || precheck.stale || precheck.contentHash !== contentHash) return 'stale'
  const chosen = precheck.hits.filter((hit) => hit.answer === null && keys.includes(hit.key))
  return chosen.length === 0 || chosen.length !== new Set(keys).size ? 'unknown' : { state, precheck, chosen }
}

/** 确认看过提醒；承办的人自己可以确认。 */
export function acknowledgeHits(deps: Deps, actor: Actor, input: Answering): Promise<Answer> {
  requirePermission(actor, 'item.handle', input.bodyId)
  return transaction(deps.db, async (tx) => {
    const opened = await openPrecheck(tx, input)
    if (typeof opened === 'string') return { ok: false, refusal: opened }
    if (opened.chosen.some(({ severity }) => severity !== 'warn')) return { ok: false, refusal: 'unknown' }
    await saveAnswers(tx, input, opened.precheck, input.keys, { kind: 'acknowledged', basis: null, reason: null, by: actorKey(actor), onBehalfOf: null, at: deps.clock.now() })
    await record(tx, actor, 'item.hit-acknowledged', { bodyId: input.bodyId, target: input.itemId }, { hits: opened.chosen.length })
    return { ok: true, count: opened.chosen.length }
  })
}

const RELEASERS: readonly Role[] = [...new Set<Role>([...PERMISSIONS['item.check'].own, ...PERMISSIONS['item.secrecy-review'].own])]

/** 可以放行这一处的岗位。 */
const releasersOf = (hit: Hit): readonly Role[] => (ruleOf(hit.rule).secrecy === true ? PERMISSIONS['item.secrecy-review'].own : RELEASERS)

/** 写明依据与理由，放行阻断的几处；承办的人、代承办人的都不行。 */
export function releaseHits(deps: Deps, actor: Actor, input: Answering & { basis: string; reason: string }): Promise<Answer> {
  requirePermission(actor, 'item.read', input.bodyId)
  return transaction(deps.db, async (tx) => {
    const opened = await openPrecheck(tx, input)
    if (typeof opened === 'string') return { ok: false, refusal: opened }
    const { state, precheck, chosen } = opened
    if (!chosen.every(isReleasable)) return { ok: false, refusal: 'not-releasable' }
    const standing = releaseStanding(actor, state, chosen)
    if (!standing.may) return { ok: false, refusal: standing.why }
    const { behalf } = standing
    settleBehalf(actor, behalf)
    await saveAnswers(tx, input, precheck, input.keys, { kind: 'released', basis: input.basis, reason: input.reason, by: actorKey(actor), onBehalfOf: behalf, at: deps.clock.now() })
    await record(tx, actor, 'item.hit-released', { bodyId: input.bodyId, target: input.itemId }, { hits: chosen.length, basis: input.basis })
    return { ok: true, count: chosen.length }
  })
}

/** 放行凭谁：自己的岗位为 null，代人的为委托人；不行的为缘故。 */
export function releaseStanding(actor: Actor, { authors }: Pick<Item, 'authors'>, hits: readonly Hit[]): { may: true; behalf: string | null } | { may: false; why: 'own-item' | 'not-yours' } {
  if (authors.includes(actorKey(actor))) return { may: false, why: 'own-item' }
  if (actor.kind !== 'account') return { may: false, why: 'not-yours' }
  const may = (roles: readonly Role[]): boolean => hits.every((hit) => roles.some((role) => releasersOf(hit).includes(role)))
  const behalf = behalfOf(actor, may, authors)
  if (behalf !== undefined) return { may: true, behalf }
  return { may: false, why: behalfOf(actor, may) === undefined ? 'not-yours' : 'own-item' }
}
