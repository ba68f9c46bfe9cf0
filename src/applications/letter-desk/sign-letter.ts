import { record } from '../../audit/index.ts'
import { actorKey, behalfOf, requirePermission, settleBehalf } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { letterSigner, maySignLetter, SIGNER_NAMES } from '../letters/letter-signers.ts'
import { letterRule } from '../letters/letters.ts'
import { composeDraft, isStale, refuse, signedHashOf } from './compose-draft.ts'
import type { Refused } from './compose-draft.ts'
import { dayOf, getLetterSource, keysOf } from './letter-source.ts'
import type { LetterSource } from './letter-source.ts'
import { lockLetter, saveSigned } from './letter-store.ts'
import type { Letter, LetterRef } from './letter-store.ts'
import { FROZEN } from './revise-letter.ts'

export const OWN = '不能签批自己起草或者修改过的文书'
const GIVER = '委托您的人起草或者修改过这件文书，您不能代他签批'
const UNDECIDED = '处理决定尚未作出：批准之后再签批答复文书'
const SIGNED = '这件文书已签批'
const RETURNED = '这件文书已退回起草人，改后再送签'

/** 凭谁签批：自己的岗位为 null，代行的为委托人（起草、修改过的人，受托人不得代他签）；不行的为 undefined。 */
export const signingLetterFor = (letter: Pick<Letter, 'type' | 'draftedBy'>, actor: Actor, { ground }: Pick<LetterSource, 'ground'>): string | null | undefined =>
  behalfOf(actor, (roles) => maySignLetter(letter.type, ground.settings.signOffChain, roles), letter.draftedBy)

/** 这种文书是否由这个人签批：依审批的安排，见 `letterSigner`；系统自己办的（如演示数据）不问。 */
export function refuseSigner(letter: Pick<Letter, 'type' | 'draftedBy'>, actor: Actor, { ground }: Pick<LetterSource, 'ground'>): string | null {
  const { signOffChain } = ground.settings
  if (actor.kind === 'system') return null
  if (actor.kind === 'account' && signingLetterFor(letter, actor, { ground }) !== undefined) return null
  if (actor.kind === 'account' && maySignLetter(letter.type, signOffChain, actor.roles)) return GIVER
  return `这种文书由${SIGNER_NAMES[letterSigner(letter.type, signOffChain)]}签批`
}

/** 这个人此时可否签批；可以则为 null。签批之后案件有变的可以再签。 */
export function refuseSigning(letter: Letter, actor: Actor, source: LetterSource): string | null {
  if (letter.status === 'issued') return FROZEN
  if (letter.status === 'returned') return RETURNED
  if (letter.status === 'signed' && !isStale(source, letter)) return SIGNED
  if (letter.draftedBy.includes(actorKey(actor))) return OWN
  const refusal = refuseSigner(letter, actor, source)
  if (refusal !== null) return refusal
  return letterRule(letter.type).outcomes !== undefined && source.application.decision === null ? UNDECIDED : null
}

/** 签批：认定此刻的内容；起草、修改过的人不能签批。他人已先改的抛 `Conflict`。 */
export function signLetter(deps: Deps, actor: Actor, ref: LetterRef & { seen: number }): Promise<{ ok: true } | Refused> {
  requirePermission(actor, 'application.endorse', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const letter = await lockLetter(tx, keysOf(deps), ref)
    const source = await getLetterSource(tx, deps, ref.bodyId, ref.caseId)
    const refusal = refuseSigning(letter, actor, source)
    if (refusal !== null) return refuse(refusal)
    const draft = composeDraft(source, letter.type, letter.content)
    if (!draft.ok) return draft
    settleBehalf(actor, signingLetterFor(letter, actor, source))
    await saveSigned(tx, ref, { by: actorKey(actor), for: dayOf(source, letter.type), hash: signedHashOf(draft.letter), version: letter.version + 1 })
    await record(tx, actor, 'application.letter-signed', { bodyId: ref.bodyId, target: ref.caseId }, { letter: ref.letterId, type: letter.type })
    return { ok: true }
  })
}
