import { WHOLE_DISTRICT, record } from '../../audit/index.ts'
import { requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { MOST_SYNONYMS, addSynonym, deleteSynonym, listSynonyms } from '../../platform/search/index.ts'

/** 一行有不合格的 → 第几行、怎样改。 */
export type ReadGroups = { ok: true; groups: readonly (readonly string[])[] } | { ok: false; problem: string }

const MOST_IN_GROUP = 20
const LONGEST = 20

/** 读出粘贴的同义说法：一行一组，用顿号、逗号或空格隔开；空行不算。 */
export function readGroups(text: string): ReadGroups {
  const groups: string[][] = []
  for (const [i, line] of text.split('\n').entries()) {
    const words = [...new Set(line.split(/[、，,\s]+/).filter((word) => word !== ''))]
    if (words.length === 0) continue
    const where = `第 ${i + 1} 行`
    if (words.length === 1) return { ok: false, problem: `${where}只有一种说法，一组至少两种` }
    if (words.length > MOST_IN_GROUP) return { ok: false, problem: `${where}有 ${words.length} 种说法，至多 ${MOST_IN_GROUP} 种` }
    const odd = words.find((word) => [...word].length < 2 || [...word].length > LONGEST)
    if (odd !== undefined) return { ok: false, problem: `${where}的「${odd.slice(0, 30)}」须为 2 至 ${LONGEST} 个字` }
    groups.push(words)
  }
  return groups.length === 0 ? { ok: false, problem: '请填写，一行一组，如「市民之家、政务服务中心」' } : { ok: true, groups }
}

export type AddedSynonyms = { ok: true; added: number } | { ok: false; refusal: 'too-many' }

/** 加上若干组本区的同义说法，一并成或者都不成；已有同样一组的不重复。当即生效。 */
export function addSynonyms(deps: Deps, actor: Actor, groups: readonly (readonly string[])[]): Promise<AddedSynonyms> {
  requirePermission(actor, 'search.word')
  return transaction(deps.db, async (tx) => {
    const known = await listSynonyms(tx)
    const has = new Set(known.map(({ words }) => keyOf(words)))
    const fresh = groups.filter((words, i) => !has.has(keyOf(words)) && groups.findIndex((other) => keyOf(other) === keyOf(words)) === i)
    if (known.length + fresh.length > MOST_SYNONYMS) return { ok: false, refusal: 'too-many' }
    for (const words of fresh) {
      const synonymId = newId()
      await addSynonym(tx, { synonymId, words }, deps.clock.now())
      await record(tx, actor, 'search-word.added', { bodyId: WHOLE_DISTRICT, target: synonymId }, { words: words.join('、') })
    }
    return { ok: true, added: fresh.length }
  })
}

const keyOf = (words: readonly string[]): string => words.toSorted((a, b) => (a < b ? -1 : 1)).join(' ')

/** 去掉一组；已经没有的为 false。 */
export function removeSynonym(deps: Deps, actor: Actor, { synonymId, words }: { synonymId: string; words: readonly string[] }): Promise<boolean> {
  requirePermission(actor, 'search.word')
  return transaction(deps.db, async (tx) => {
    if (!(await deleteSynonym(tx, synonymId))) return false
    await record(tx, actor, 'search-word.removed', { bodyId: WHOLE_DISTRICT, target: synonymId }, { words: words.join('、') })
    return true
  })
}
