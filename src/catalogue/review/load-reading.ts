import '../tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Item } from '../item.ts'
import type { ItemRef } from './item-action.ts'

/** 审查时就在表单旁看的：正文与各附件里读出的文字。 */
export interface Reading {
  body: ReadText | null
  /** 正文里有几张图，文字里看不见 */
  pictures: number
  attachments: readonly (ReadText & { key: string; name: string })[]
}

/** 读出的文字；太长的只有前面的，`cut` 为真。 */
export interface ReadText {
  text: string
  cut: boolean
  state: 'read' | 'no-text' | 'unreadable'
}

const BODY_LETTERS = 60_000
const FILE_LETTERS = 8000

/** 这一条的正文与附件的文字，正文至多六万字，每个附件至多八千字；再长的去信息的页面看。 */
export async function loadReading(tx: Tx, { bodyId, itemId }: ItemRef, { content: { details } }: Item): Promise<Reading> {
  const attachments = details?.attachments ?? []
  const body = details?.body ?? null
  const keys = [...attachments.map(({ key }) => key), ...(body === null ? [] : [body])]
  const most = sql<number>`case when role = 'body' then ${BODY_LETTERS}::int else ${FILE_LETTERS}::int end`
  const rows =
    keys.length === 0
      ? []
      : await tx
          .selectFrom('item_file')
          .select(['file_key', 'text_state', sql<string>`left(text, ${most})`.as('shown'), sql<boolean>`length(text) > ${most}`.as('cut')])
          .where('body_id', '=', bodyId)
          .where('item_id', '=', itemId)
          .where('file_key', 'in', keys)
          .execute()
  const texts = new Map(rows.map((row): [string, ReadText] => [row.file_key, { text: row.shown, cut: row.cut, state: row.text_state }]))
  return {
    body: body === null ? null : (texts.get(body) ?? NOTHING),
    pictures: details?.pictures.length ?? 0,
    attachments: attachments.map(({ key, name }) => ({ key, name, ...(texts.get(key) ?? NOTHING) })),
  }
}

const NOTHING: ReadText = { text: '', cut: false, state: 'no-text' }
