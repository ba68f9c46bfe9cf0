import { getBody, getCalendar, getSetting } from '../bodies/index.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import type { RecordedBy } from '../platform/timeline.ts'
import { wordIndexNo } from './index-number.ts'
import type { Attachment, ItemDetails } from './item-details.ts'
import { filesOf } from './item-details.ts'
import { hashContent } from './item-hash.ts'
import type { ItemContent, ItemEvent } from './item.ts'
import { newItem, saveItems, takeIndexNumbers } from './store.ts'
import './tables.ts'

/** 存进文件库了的一个文件及其文字。 */
export interface StoredItemFile extends Attachment {
  role: 'body' | 'picture' | 'attachment'
  text: string
}

/** 一条信息的来历：内容、文件、其后各事；索引号照机构的格式编，关系以名称指同一批里的另一条。 */
export interface ItemHistory {
  title: string
  formedOn: string
  /** 头一版与其后改过的各版，依次 */
  editions: readonly { content: Omit<ItemContent, 'files' | 'details'>; details: Omit<ItemDetails, 'relations'>; files: readonly StoredItemFile[] }[]
  relations: readonly { kind: ItemDetails['relations'][number]['kind']; title: string }[]
  /** 由各版的内容与索引号得出各事，依次 */
  events: (indexNo: string, versions: readonly { content: ItemContent; contentHash: string }[]) => readonly ItemEvent[]
  recordedBy: (event: ItemEvent) => RecordedBy
}

/** 一个机关的一批来历，一并记下；演示用。 */
export async function recordHistories(tx: Tx, bodyId: string, histories: readonly ItemHistory[]): Promise<void> {
  const [body, template, calendar] = [await getBody(tx, bodyId), await getSetting(tx, bodyId, 'indexNoTemplate'), await getCalendar(tx)]
  const numbers = new Map<ItemHistory, string>()
  for (const [year, group] of Map.groupBy(histories, ({ formedOn }) => Number(formedOn.slice(0, 4)))) {
    const taken = await takeIndexNumbers(tx, bodyId, year, group.length, (n) => wordIndexNo(template, body, year, n))
    for (const [i, history] of group.entries()) numbers.set(history, taken[i] ?? '')
  }
  const byTitle = new Map([...numbers].map(([{ title }, indexNo]) => [title, indexNo]))
  const changes = histories.map((history) => {
    const relations = history.relations.map(({ kind, title }) => ({ kind, indexNo: byTitle.get(title) ?? '' }))
    const versions = history.editions.map(({ content, details }) => {
      const whole: ItemContent = { ...content, files: filesOf({ ...details, relations }), details: { ...details, relations } }
      return { content: whole, contentHash: hashContent(whole) }
    })
    return { found: newItem(bodyId, newId(), null), history, events: history.events(numbers.get(history) ?? '', versions), recordedBy: history.recordedBy }
  })
  const files = changes.flatMap(({ found, history, events, recordedBy }) => {
    const [first] = events
    if (first === undefined) throw new Error('来历里没有事')
    const { actor, at } = recordedBy(first)
    const each = history.editions.flatMap(({ files: list }) => list)
    return [...new Map(each.map((file) => [file.key, file])).values()].map(({ key, role, name, mediaType, bytes, text }) => ({ body_id: bodyId, item_id: found.caseId, file_key: key, role, name, media_type: mediaType, bytes, text_state: role === 'picture' ? ('no-text' as const) : ('read' as const), text, text_note: null, uploaded_by: actor, uploaded_at: at }))
  })
  if (files.length > 0) await tx.insertInto('item_file').values(files).execute()
  const at = changes.flatMap(({ events, recordedBy }) => events.map((event) => recordedBy(event))).toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1)
  if (at !== undefined) await saveItems(tx, changes, at, calendar)
}
