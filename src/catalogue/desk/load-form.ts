import { getBody, getCalendar } from '../../bodies/index.ts'
import { listDisplayNames } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import type { Run } from '../content/body-blocks.ts'
import { picturesIn, readBody, renderBody, textToHtml } from '../content/clean-html.ts'
import { findDraft, listNewDrafts, listOtherEditors } from '../content/draft-store.ts'
import { listItemFiles } from '../content/item-files.ts'
import type { ItemFile } from '../content/item-files.ts'
import type { VersionDifference } from '../content/diff-versions.ts'
import type { Attachment, Relation } from '../item-details.ts'
import { ATTRIBUTES } from '../item.ts'
import type { Item } from '../item.ts'
import { getItem } from '../store.ts'
import { explainTerm } from './explain-due.ts'
import type { DueAccount } from './explain-due.ts'
import { findRelatable, listRelationTitles } from './find-relatable.ts'
import type { Relatable } from './find-relatable.ts'
import { blankFields, FORM_TERMS, readRelations, toFields } from './item-form.ts'
import type { Fields } from './item-form.ts'
import { readStoredBody } from './stored-body.ts'
import { PUBLICATION_TERMS } from '../../statute/publication.ts'

/** 表单的页面所要的。 */
export interface ItemFormModel {
  itemId: string
  /** 已登记的一条；新的为 null */
  item: Item | null
  seen: number
  state: FormState
  /** 正文：编辑框用的网页、没有脚本时栏里的文字 */
  body: { html: string; typed: string; refused: boolean }
  /** 没有说明的图片，与其在工作台的地址 */
  unnamed: readonly { key: string; url: string }[]
  attachments: readonly (Attachment & Pick<ItemFile, 'textState' | 'textNote'>)[]
  relations: readonly (Relation & { title: string })[]
  /** 找关联：找过的词与找到的 */
  search: { q: string; found: readonly Relatable[] } | null
  due: DueAccount | null
  /** 接着写的草稿，存于何时 */
  draftAt: Date | null
  /** 别人正在改这一条 */
  others: readonly string[]
  /** 还没有登记的其他草稿 */
  drafts: readonly { itemId: string; title: string; savedAt: Date }[]
  notes: readonly string[]
  fileNotes: readonly string[]
  /** 存的时候别人已先改过：与现在存着的不同 */
  conflict: { version: number; difference: VersionDifference } | null
  today: string
}

export interface FormNow {
  fields: Fields
  body: string
  refusedBody?: string | null
  attachments: readonly Attachment[]
  seen: number
  errors?: FormState['errors']
  notes?: readonly string[]
  fileNotes?: readonly string[]
  draftAt?: Date | null
  conflict?: ItemFormModel['conflict']
}

type Place = { bodyId: string; itemId: string }

/** 打开时填着什么：有草稿的接着写，没有的照已登记的；都没有的是新的一条，先填上 `given`。 */
export async function openForm({ db, files, clock }: Pick<Deps, 'db' | 'files' | 'clock'>, actor: SignedInActor, place: Place, isNew: boolean, given: Fields = {}): Promise<FormNow> {
  const draft = await findDraft(db, { ...place, accountId: actor.accountId })
  if (draft !== null) return { fields: draft.fields, body: draft.body, attachments: draft.attachments, seen: isNew ? 0 : draft.seen, draftAt: draft.savedAt }
  if (isNew) return { fields: blankFields({ today: clock.today(), issuer: (await getBody(db, place.bodyId)).name, given }), body: '', attachments: [], seen: 0 }
  const { state, version } = await getItem(db, place.bodyId, place.itemId)
  return { fields: toFields(state), body: await readStoredBody(files, state.content), attachments: state.content.details?.attachments ?? [], seen: version }
}

export const deskFileHref = (itemId: string, key: string, name?: string): string => `/desk/items/${itemId}/files/${key}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`

export async function toFormModel({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: SignedInActor, place: Place, item: Item | null, now: FormNow): Promise<ItemFormModel> {
  const { bodyId, itemId } = place
  const { fields, body, attachments } = now
  const known = new Map((await listItemFiles(db, place)).map((file) => [file.key, file]))
  const relations = readRelations(fields)
  const titles = await listRelationTitles(db, bodyId, relations)
  const q = (fields['relationSearch']?.[0] ?? '').trim()
  const others = item === null ? [] : await listOtherEditors(db, { ...place, accountId: actor.accountId })
  return {
    itemId,
    item,
    seen: now.seen,
    state: { values: fields, errors: now.errors ?? {} },
    body: { html: renderBody(body, (key) => deskFileHref(itemId, key)), typed: now.refusedBody ?? typedBody(body, itemId), refused: typeof now.refusedBody === 'string' },
    unnamed: picturesIn(body).filter(({ alt }) => alt === '').map(({ key }) => ({ key, url: deskFileHref(itemId, key) })),
    attachments: attachments.map((file) => ({ ...file, textState: known.get(file.key)?.textState ?? 'no-text', textNote: known.get(file.key)?.textNote ?? null })),
    relations: relations.map((relation) => ({ ...relation, title: titles.get(relation.indexNo) ?? '查无此号' })),
    search: q === '' ? null : { q, found: await findRelatable(db, { bodyId, itemId, q }) },
    due: await dueOf(db, fields, item),
    draftAt: now.draftAt ?? null,
    others: [...(await listDisplayNames(db, others)).values()],
    drafts: item === null ? (await listNewDrafts(db, { bodyId, accountId: actor.accountId })).filter((draft) => draft.itemId !== itemId) : [],
    notes: now.notes ?? [],
    fileNotes: now.fileNotes ?? [],
    conflict: now.conflict ?? null,
    today: clock.today(),
  }
}

async function dueOf(db: Deps['db'], fields: Fields, item: Item | null): Promise<DueAccount | null> {
  const [attribute, term, termFrom, formedOn] = ['attribute', 'term', 'termFrom', 'formedOn'].map((name) => fields[name]?.[0] ?? '')
  if (attribute !== ('proactive' satisfies keyof typeof ATTRIBUTES)) return null
  const chosen = FORM_TERMS.find((each) => each === term) ?? 'GENERAL'
  const from = item?.changedOn ?? (termFrom === '' ? formedOn : termFrom) ?? ''
  if (!isPlainDate(from)) return null
  const start = item?.changedOn == null ? (termFrom === '' ? '形成' : PUBLICATION_TERMS[chosen].from) : '内容变更'
  return explainTerm(from, chosen, start, await getCalendar(db))
}

const isPlainRun = (run: Run): boolean => run.kind === 'text' && run.marks.length === 0 && run.href === null

// 没有脚本时：只是一段段文字的，栏里就是文字；有表有图的，是带标签的网页
function typedBody(body: string, itemId: string): string {
  const blocks = readBody(body)
  const lines = blocks.flatMap((block) => (block.kind === 'paragraph' && block.align === 'left' && block.content.every(isPlainRun) ? [block.content.map((run) => (run.kind === 'text' ? run.text : '')).join('')] : []))
  const typed = lines.join('\n')
  return lines.length === blocks.length && textToHtml(typed) === body ? typed : renderBody(body, (key) => deskFileHref(itemId, key))
}
