import '../tables.ts'
import { can, listDisplayNames } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import type { Tx } from '../../platform/db.ts'
import { isPublic, ITEM_STATUSES } from '../item.ts'
import { getItem } from '../store.ts'
import { listCleanUpTitles } from './clean-up.ts'
import type { DocumentPageModel, LinkedItem } from './desk-document-page.tsx'
import { DOCUMENT_STEPS, stepOf } from './document-steps.ts'
import type { StepName } from './document-steps.ts'
import { deskHref, eventText } from './document-words.ts'
import { findLibraryEntry } from './library-queries.ts'
import type { NormativeDocument } from './normative-document.ts'
import { listDocumentsOfItems, listSuccession } from './normative-queries.ts'
import { getDocument } from './normative-store.ts'

/** 一件文件的页面所示；没有则抛 NotFound。 */
export async function readDocumentPage({ db, clock }: Deps, actor: SignedInActor, { bodyId, documentId }: { bodyId: string; documentId: string }): Promise<Omit<DocumentPageModel, 'flash'>> {
  const { state: document, version, history } = await getDocument(db, bodyId, documentId)
  const today = clock.today()
  const behalves = history.flatMap(({ event }) => (event.onBehalfOf === undefined ? [] : [event.onBehalfOf]))
  const people = await listDisplayNames(db, [...history.map(({ actor: by }) => by), ...behalves])
  const cleanUps = await listCleanUpTitles(db, bodyId, document.cleanUps.map(({ cleanUpId }) => cleanUpId))
  const canHandle = can(actor, 'item.handle', bodyId)
  return {
    documentId,
    document,
    version,
    today,
    steps: [...stepsOf(actor, bodyId, documentId, document, today), ...(canHandle ? [{ href: `${deskHref(documentId)}/correct`, label: '更正登记' }] : [])],
    item: document.itemId === null ? null : await readItem(db, bodyId, document.itemId),
    candidates: document.itemId === null && canHandle ? await listCandidates(db, bodyId, document) : [],
    ...(await listSuccession(db, bodyId, { documentId, repealedBy: document.repealedBy })),
    history: history.map(({ event, actor: by }) => {
      const { text, note } = eventText(event, cleanUps)
      const name = people.get(by) ?? ''
      const whom = event.onBehalfOf === undefined ? name : `${name}（代${people.get(event.onBehalfOf) ?? '他人'}）`
      return { on: event.on, text, note: [note, whom].filter((part) => part !== '').join(' · ') }
    }),
    recordHref: `/desk/records/normative-document/${bodyId}/${documentId}`,
    inLibrary: (await findLibraryEntry(db, documentId)) !== null,
    canLink: canHandle,
  }
}

function stepsOf(actor: SignedInActor, bodyId: string, documentId: string, document: NormativeDocument, today: string) {
  return (Object.keys(DOCUMENT_STEPS) as StepName[])
    .map((name) => ({ name, step: stepOf(name) }))
    .filter(({ step }) => step.fits(document, today) && can(actor, step.permit, bodyId))
    .map(({ name, step }) => ({ href: `${deskHref(documentId)}/${name}`, label: name === 'link' && document.itemId !== null ? '改连另一条信息' : step.label }))
}

async function readItem(tx: Tx, bodyId: string, itemId: string): Promise<LinkedItem> {
  const { state } = await getItem(tx, bodyId, itemId)
  return { itemId, indexNo: state.indexNo, title: (state.published ?? state).content.title, statusText: ITEM_STATUSES[state.status], isPublic: isPublic(state), isExpired: state.status === 'expired' }
}

const MOST_CANDIDATES = 5

/** 文号与这一件相同，又没有连着别的文件的信息。 */
async function listCandidates(tx: Tx, bodyId: string, { docNo }: NormativeDocument): Promise<LinkedItem[]> {
  const rows = await tx
    .selectFrom('info_item')
    .select(['item_id', 'index_no', 'title', 'status'])
    .where('body_id', '=', bodyId)
    .where('withdrawn_on', 'is', null)
    .where('doc_no', '=', docNo)
    .orderBy('formed_on', 'desc')
    .orderBy('item_id')
    .limit(MOST_CANDIDATES * 2)
    .execute()
  const taken = await listDocumentsOfItems(tx, bodyId, rows.map((row) => row.item_id))
  return rows
    .filter((row) => !taken.has(row.item_id))
    .slice(0, MOST_CANDIDATES)
    .map((row) => ({ itemId: row.item_id, indexNo: row.index_no, title: row.title, statusText: ITEM_STATUSES[row.status], isPublic: false, isExpired: row.status === 'expired' }))
}
