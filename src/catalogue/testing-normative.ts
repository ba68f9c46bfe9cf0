import type { Deps } from '../platform/deps.ts'
import type { RecordedBy } from '../platform/timeline.ts'
import { startCleanUp } from './normative/clean-up.ts'
import { lapseBody } from './normative/lapse.ts'
import type { NormativeEvent, NormativeFacts } from './normative/normative-document.ts'
import { loadDocuments, saveDocuments } from './normative/normative-store.ts'
import { saveDocumentHistory } from './testing.ts'
import { aPublishedItem } from './testing-published.ts'
import type { PublishedWish } from './testing-published.ts'

export { startCleanUp }

export interface LinkedWish {
  facts: Pick<NormativeFacts, 'title' | 'docNo' | 'madeOn'> & Partial<NormativeFacts>
  /** 正文，洗净的 HTML */
  html?: string
  /** 连上之后的事：延续、废止、修改 */
  then?: readonly NormativeEvent[]
  item?: PublishedWish
  by?: RecordedBy
}

/** 一件规范性文件，正文在本站公开并连着；`then` 之后不再有效的，正文随之失效。返回文件与正文的编号。 */
export async function aLinkedDocument(deps: Deps, bodyId: string, { facts, html, then = [], item, by = { actor: 'system:testing', at: deps.clock.now() } }: LinkedWish): Promise<{ documentId: string; itemId: string; indexNo: string }> {
  const { title, docNo, madeOn } = facts
  const published = await aPublishedItem(deps, bodyId, { title, docNo, formedOn: madeOn, publishedOn: madeOn, html: html ?? articles(title), ...item, classification: { codes: ['A20_01'], ...item?.classification } })
  const whole: NormativeFacts = { kind: 'norm', registrationNo: null, effectiveOn: null, expiresOn: null, repealedOn: null, repealBasis: null, url: null, ...facts }
  const making = { topic: 'civil-affairs', legalReview: '区司法局审核，同意', consultation: '公开征求意见三十日，收到两条，均已采纳', deliberation: '办公会议审议通过' } as const
  const events: NormativeEvent[] = [{ kind: 'made', on: madeOn, facts: whole, source: by.actor, making }, { kind: 'linked', on: madeOn, itemId: published.itemId }, ...then]
  const documentId = await saveDocumentHistory(deps.db, bodyId, events, () => by)
  await lapseBody(deps, bodyId)
  return { documentId, ...published }
}

/** 一机关的各件连上文号相同、公开着的信息；演示用。 */
export async function linkExampleDocuments({ db }: Pick<Deps, 'db'>, bodyId: string, actor: string): Promise<void> {
  const rows = await db
    .selectFrom('normative_document as d')
    .innerJoin('published_item as p', (join) => join.onRef('p.body_id', '=', 'd.body_id').onRef('p.doc_no', '=', 'd.doc_no'))
    .select(['d.document_id', 'p.item_id', 'p.first_published_on', 'd.repealed_on', 'd.amended_on'])
    .where('d.body_id', '=', bodyId)
    .where('d.item_id', 'is', null)
    .where('p.withdrawn_on', 'is', null)
    .where('p.details', 'is not', null)
    .execute()
  const loaded = await loadDocuments(db, bodyId, rows.map((row) => row.document_id))
  const changes = rows.flatMap((row) => {
    const found = loaded.get(row.document_id)
    if (found === undefined) return []
    const on = [row.first_published_on, row.amended_on ?? '', row.repealed_on ?? '', START].toSorted().at(-1) ?? START
    const event: NormativeEvent = { kind: 'linked', on, itemId: row.item_id }
    return [{ found, events: [event], recordedBy: () => ({ actor, at: new Date(`${on}T17:20:00+08:00`) }) }]
  })
  await saveDocuments(db, changes, { actor, at: new Date(`${START}T17:20:00+08:00`) })
}
/** 演示的区启用之日。 */
const START = '2023-01-03'

/** 像样的几条正文。 */
const articles = (title: string): string =>
  [`第一条　为了规范有关管理工作，根据有关法律、法规，制定《${title}》。`, '第二条　本辖区范围内的有关活动适用本规定。', '第三条　有关工作遵循公开、便民、高效的原则。', '第四条　违反规定的，由有权机关依法处理。', '第五条　本规定自施行之日起生效。'].map((text) => `<p>${text}</p>`).join('')
