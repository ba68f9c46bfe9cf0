import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { refuseWording, toStoredWording } from '../letters/check-wording.ts'
import { letterRule } from '../letters/letters.ts'
import type { LetterId } from '../letters/letters.ts'
import { getWordings, saveWording } from './wording-store.ts'

const MOST_DETAIL = 200

/**
 * 改一处用语；`shown` 为页面上的写法，null 即恢复默认，与默认相同的亦然。不合的退回一句话，什么都不存。
 * 已发出的文书不受影响；签批了还没有发出的，照新的用语须重新签批。他人已先改的抛 `Conflict`。
 */
export function setWording(
  deps: Deps,
  actor: Actor,
  { bodyId, letter, part, shown, seen }: { bodyId: string; letter: LetterId; part: string; shown: string | null; seen: number },
): Promise<{ ok: true; text: string | null } | { ok: false; message: string }> {
  requirePermission(actor, 'letter.word', bodyId)
  return transaction(deps.db, async (tx) => {
    const free = letterRule(letter).free.find((each) => each.part === part)
    if (free === undefined) throw new NotFound('这一处')
    const given = shown === null ? null : toStoredWording(shown)
    const text = given === free.text ? null : given
    const refusal = text === null ? null : refuseWording(letter, free, text, (await getWordings(tx, bodyId))[letter])
    if (refusal !== null) return { ok: false, message: refusal }
    await saveWording(tx, { bodyId, letter, part, text, seen, by: actorKey(actor), at: deps.clock.now() })
    await record(tx, actor, 'letter-wording.changed', { bodyId, target: `${letter}/${part}` }, { words: text === null ? null : pieces(text) })
    return { ok: true, text }
  })
}

// 留痕每条说明至多二百字，长的分几条
function pieces(text: string): string[] {
  const characters = Array.from(text)
  return Array.from({ length: Math.ceil(characters.length / (MOST_DETAIL / 2)) }, (_, i) => characters.slice((i * MOST_DETAIL) / 2, ((i + 1) * MOST_DETAIL) / 2).join(''))
}
