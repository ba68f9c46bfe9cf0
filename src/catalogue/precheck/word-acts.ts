import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import type { ListedWord } from './starter-words.ts'
import { countOwnWords, dropWord, MOST_WORDS, putWords } from './word-store.ts'

export type SavedWords = { ok: true; created: number; changed: number } | { ok: false; refusal: 'too-many' }

/**
 * 存下若干词，写法相同的换成新的，一并成或者都不成；由公开工作机构负责人办：承办人不能去掉拦住自己的词。
 * @param replacing 改的是哪一个：旧的写法不再找
 */
export function saveWords(deps: Deps, actor: Actor, { bodyId, words, replacing }: { bodyId: string; words: readonly (ListedWord & { wordId: string })[]; replacing?: string }): Promise<SavedWords> {
  requirePermission(actor, 'setting.manage', bodyId)
  return transaction(deps.db, async (tx) => {
    if (replacing !== undefined) await dropWord(tx, bodyId, replacing)
    const known = await countOwnWords(tx, bodyId, words.map(({ wrong }) => wrong))
    if ((await countOwnWords(tx, bodyId)) + words.length - known > MOST_WORDS) return { ok: false, refusal: 'too-many' }
    const saved = await putWords(tx, bodyId, words, { actor: actorKey(actor), at: deps.clock.now() })
    await record(tx, actor, 'watch-word.saved', { bodyId, target: words[0]?.wordId ?? '' }, { created: saved.created, changed: saved.changed })
    return { ok: true, ...saved }
  })
}

/** 删去一个词；已经没有的为 false。 */
export function removeWord(deps: Deps, actor: Actor, { bodyId, wordId }: { bodyId: string; wordId: string }): Promise<boolean> {
  requirePermission(actor, 'setting.manage', bodyId)
  return transaction(deps.db, async (tx) => {
    const severity = await dropWord(tx, bodyId, wordId)
    if (severity === false) return false
    await record(tx, actor, 'watch-word.removed', { bodyId, target: wordId })
    return true
  })
}
