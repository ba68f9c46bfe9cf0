import { listBodies, listNames } from '../../bodies/index.ts'
import type { Body } from '../../bodies/index.ts'
import { listPublishedByIds, searchItems } from '../../catalogue/index.ts'
import type { PublishedItem } from '../../catalogue/index.ts'
import type { Tx } from '../../platform/db.ts'
import { QUERY_LIMIT } from '../../platform/search/index.ts'
import type { SearchHit, Segment } from '../../platform/search/index.ts'

/** 可能就是所求的一条已经公开的信息。 */
export interface Suggestion {
  item: PublishedItem
  title: readonly Segment[]
  /** 公开它的机关 */
  body: { code: string; name: string }
  /** 即所申请的机关 */
  own: boolean
}

const MOST = 5
const MOST_OWN = 4
/** 少于几个字的还看不出要找什么。 */
export const LEAST_LETTERS = 4

/** 所求的内容里，机关自己的名称不说明要找什么。 */
export async function suggestItems(tx: Tx, body: Body, content: string): Promise<Suggestion[]> {
  const names = (await listNames(tx, body.bodyId)).map(({ name }) => name)
  const q = names.toSorted((a, b) => b.length - a.length).reduce((text, name) => text.replaceAll(name, ' '), content.trim()).slice(0, QUERY_LIMIT)
  if (q.trim().length < LEAST_LETTERS) return []
  const own = (await searchItems(tx, { q, bodyId: body.bodyId, limit: MOST_OWN, match: 'any' })).hits.filter(isGood)
  const all = (await searchItems(tx, { q, limit: MOST + MOST_OWN, match: 'any' })).hits.filter(isGood)
  const hits = [...own, ...all.filter((hit) => hit.bodyId !== body.bodyId)].slice(0, MOST)
  // 凭记录再看一遍是不是公开着，名称与去处也取自记录
  const items = await listPublishedByIds(tx, hits.map(({ bodyId, id }) => ({ bodyId, itemId: id })))
  const bodies = new Map(hits.length === 0 ? [] : (await listBodies(tx)).map((each) => [each.bodyId, each]))
  return hits.flatMap(({ id, bodyId, title }) => {
    const [item, of] = [items.get(id), bodies.get(bodyId) ?? (bodyId === body.bodyId ? body : undefined)]
    return item === undefined || of === undefined ? [] : [{ item, title, body: { code: of.code, name: of.name }, own: bodyId === body.bodyId }]
  })
}

const LEAST_SCORE = 0.5

/** 合上大半、且不只凑巧合上一个词的，才值得打断人。 */
export const isGood = ({ score, words }: Pick<SearchHit, 'score' | 'words'>): boolean => score >= LEAST_SCORE && (words >= 2 || score >= 1)
