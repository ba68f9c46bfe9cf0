import '../tables.ts'
import { can, standsInFor } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import { isNew } from '../../platform/case-store.ts'
import type { Deps } from '../../platform/deps.ts'
import { daysBetween } from '../../statute/plain-date.ts'
import { deskHref } from './document-words.ts'
import { listDocuments } from './normative-queries.ts'
import { loadDocuments } from './normative-store.ts'

const MOST = 30
const LAPSE_DAYS = 60

interface NormativeToDo {
  title: string
  href: string
  dueOn: string | null
  note: string
}

/** 此人的规范性文件：经办的，有效期将届满的要评估；批准的，别人登记的要不要列入政策文件库。每类至多三十件。 */
export async function normativeToDos({ db, clock }: Deps, actor: SignedInActor): Promise<NormativeToDo[]> {
  const { bodyId } = actor
  const today = clock.today()
  const lapsing = can(actor, 'item.handle', bodyId)
    ? await listDocuments(db, { bodyId, today, lapsingWithin: LAPSE_DAYS }, { sort: 'expiresOn', descending: false, limit: MOST, offset: 0 })
    : []
  return [
    ...lapsing
      .filter(({ expiresOn, repealedOn }) => expiresOn !== null && (repealedOn === null || repealedOn > expiresOn))
      .map(({ documentId, title, docNo, expiresOn }) => ({
        title: `《${title}》`,
        href: deskHref(documentId),
        dueOn: expiresOn,
        note: `${docNo}，有效期还有 ${daysBetween(today, expiresOn ?? today)} 日届满：评估是否延续`,
      })),
    ...(can(actor, 'item.approve', bodyId) ? await listUnlisted({ db }, actor) : []),
  ]
}

async function listUnlisted({ db }: Pick<Deps, 'db'>, actor: SignedInActor): Promise<NormativeToDo[]> {
  const { bodyId } = actor
  const rows = await db
    .selectFrom('normative_document')
    .select(['document_id', 'title', 'doc_no'])
    .where('body_id', '=', bodyId)
    .where('listed', '=', false)
    .where('item_id', 'is', null)
    .orderBy('document_id')
    .limit(MOST)
    .execute()
  const loaded = await loadDocuments(db, bodyId, rows.map((row) => row.document_id))
  return rows.flatMap((row) => {
    const state = loaded.get(row.document_id)?.state
    // 自己（或者委托自己的人）登记的，须由另一位负责人批准
    if (state === undefined || isNew(state) || state.registrars.includes(actor.accountId) || standsInFor(actor, 'item.approve', state.registrars) === undefined) return []
    return [{ title: `《${row.title}》`, href: deskHref(row.document_id), dueOn: null, note: `${row.doc_no}，已登记：批准列入政策文件库，或等连上正文` }]
  })
}
