import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { composeDraft, refuse } from './compose-draft.ts'
import type { Refused } from './compose-draft.ts'
import { getLetterSource, keysOf } from './letter-source.ts'
import { lockLetter, saveContent } from './letter-store.ts'
import type { LetterContent, LetterRef } from './letter-store.ts'

/** 改什么：重填各项（手改的正文作废），或者手改正文；`paragraphs` 为 null 即恢复系统拟成的。 */
export type Revision = { kind: 'fields'; recipient: string; fields: Readonly<Record<string, string>>; consultation?: string } | { kind: 'paragraphs'; paragraphs: readonly string[] | null }

export const FROZEN = '文书已发出，不能再改；有误的另发一件'

/** 修改没有发出的一件：改后仍须拟得成、核对没有错误；签批过的又成草稿，退回的另行送签。他人已先改的抛 `Conflict`。 */
export function reviseLetter(deps: Deps, actor: Actor, { revision, ...ref }: LetterRef & { seen: number; revision: Revision }): Promise<{ ok: true } | Refused> {
  requirePermission(actor, 'application.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const keys = keysOf(deps)
    const letter = await lockLetter(tx, keys, ref)
    if (letter.status === 'issued') return refuse(FROZEN)
    const source = await getLetterSource(tx, deps, ref.bodyId, ref.caseId)
    const plain: LetterContent = { ...letter.content, ...(revision.kind === 'fields' ? { recipient: revision.recipient, fields: revision.fields, consultation: revision.consultation } : {}), edited: null }
    const generated = composeDraft(source, letter.type, plain)
    if (!generated.ok) return generated
    const paragraphs = revision.kind === 'paragraphs' ? revision.paragraphs : null
    const content: LetterContent = paragraphs === null ? plain : { ...plain, edited: { paragraphs, from: generated.generated } }
    const draft = composeDraft(source, letter.type, content)
    if (!draft.ok) return draft
    const me = actorKey(actor)
    await saveContent(tx, keys, ref, { content, draftedBy: [...new Set([...letter.draftedBy, me])], status: letter.status === 'returned' ? 'returned' : 'draft', version: letter.version + 1 })
    await record(tx, actor, 'application.letter-revised', { bodyId: ref.bodyId, target: ref.caseId }, { letter: ref.letterId, type: letter.type })
    return { ok: true }
  })
}
