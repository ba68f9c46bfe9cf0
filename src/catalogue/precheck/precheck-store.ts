import './tables.ts'
import type { Tx } from '../../platform/db.ts'
import { ruleOf } from './hit.ts'
import type { Hit } from './hit.ts'
import { loadWords } from './word-store.ts'

/** 对一处命中的答复：谁确认、谁放行，凭什么。 */
export interface HitAnswer {
  kind: 'acknowledged' | 'released'
  basis: string | null
  reason: string | null
  by: string
  onBehalfOf: string | null
  at: Date
}

/** 存着的预检；`stale` 为内容或者词表已改，须重新预检。 */
export interface Precheck {
  contentHash: string
  checkedAt: Date
  checkedBy: string
  hits: readonly (Hit & { answer: HitAnswer | null })[]
  blocks: number
  warnings: number
  stale: boolean
}

/** 还没有了结的：没有放行的阻断、没有确认的提醒。 */
export function openOf(hits: readonly Hit[], answered: ReadonlySet<string>): { blocks: number; warnings: number } {
  const open = hits.filter(({ key }) => !answered.has(key))
  return { blocks: open.filter(({ severity }) => severity === 'block').length, warnings: open.filter(({ severity }) => severity === 'warn').length }
}

interface Place {
  bodyId: string
  itemId: string
}

/** 存下一次预检；同一内容此前的确认、放行照算。 */
export async function savePrecheck(tx: Tx, { bodyId, itemId, contentHash, rules, hits, by, at }: Place & { contentHash: string; rules: string; hits: readonly Hit[]; by: string; at: Date }): Promise<void> {
  const answered = new Set((await answerRows(tx, { bodyId, itemId }, contentHash)).map(({ hit_key }) => hit_key))
  const { blocks, warnings } = openOf(hits, answered)
  const row = { content_hash: contentHash, rules, checked_at: at, checked_by: by, hits: JSON.stringify(hits), open_blocks: blocks, open_warnings: warnings }
  await tx.insertInto('item_precheck').values({ body_id: bodyId, item_id: itemId, ...row }).onConflict((oc) => oc.columns(['body_id', 'item_id']).doUpdateSet(row)).execute()
}

const answerRows = (tx: Tx, { bodyId, itemId }: Place, contentHash: string) =>
  tx.selectFrom('item_precheck_answer').selectAll().where('body_id', '=', bodyId).where('item_id', '=', itemId).where('content_hash', '=', contentHash).execute()

/** 最近一次预检；没有预检过的为 null。 */
export async function findPrecheck(tx: Tx, { bodyId, itemId }: Place, contentHash: string): Promise<Precheck | null> {
  const row = await tx.selectFrom('item_precheck').selectAll().where('body_id', '=', bodyId).where('item_id', '=', itemId).executeTakeFirst()
  if (row === undefined) return null
  const answers = new Map((await answerRows(tx, { bodyId, itemId }, row.content_hash)).map((each) => [each.hit_key, each]))
  const { edition } = await loadWords(tx, bodyId)
  return {
    contentHash: row.content_hash,
    checkedAt: row.checked_at,
    checkedBy: row.checked_by,
    hits: row.hits.map((hit) => {
      const answer = answers.get(hit.key)
      return { ...hit, answer: answer === undefined ? null : { kind: answer.kind, basis: answer.basis, reason: answer.reason, by: answer.answered_by, onBehalfOf: answer.on_behalf_of, at: answer.answered_at } }
    }),
    blocks: row.open_blocks,
    warnings: row.open_warnings,
    stale: row.content_hash !== contentHash || row.rules !== edition,
  }
}

/** 存下对几处的答复，并重数还剩几处；已有答复的不改。 */
export async function saveAnswers(tx: Tx, { bodyId, itemId }: Place, precheck: Precheck, keys: readonly string[], answer: HitAnswer): Promise<void> {
  await tx
    .insertInto('item_precheck_answer')
    .values(keys.map((key) => ({ body_id: bodyId, item_id: itemId, content_hash: precheck.contentHash, hit_key: key, kind: answer.kind, basis: answer.basis, reason: answer.reason, answered_by: answer.by, on_behalf_of: answer.onBehalfOf, answered_at: answer.at })))
    .onConflict((oc) => oc.doNothing())
    .execute()
  const answered = new Set([...keys, ...precheck.hits.filter((hit) => hit.answer !== null).map(({ key }) => key)])
  const { blocks, warnings } = openOf(precheck.hits, answered)
  await tx.updateTable('item_precheck').set({ open_blocks: blocks, open_warnings: warnings }).where('body_id', '=', bodyId).where('item_id', '=', itemId).execute()
}

/** 可以放行的：阻断，而不是只能去掉的。 */
export const isReleasable = (hit: Hit): boolean => hit.severity === 'block' && ruleOf(hit.rule).mendOnly !== true
