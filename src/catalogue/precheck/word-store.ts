import './tables.ts'
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Severity } from './hit.ts'
import { RULES_EDITION } from './hit.ts'
import { STARTER_WORDS } from './starter-words.ts'
import type { ListedWord, WordKind } from './starter-words.ts'
import type { WatchWordTable } from './tables.ts'

/** 一机构至多几个词；多了查得慢，也看不过来。 */
export const MOST_WORDS = 3000

export interface OwnWord extends ListedWord {
  wordId: string
  changedBy: string
  changedAt: Date
}

/** 预检所用的全部词：本机构的在前，与随系统带来的写法相同的以本机构的为准；连同规则的版次。 */
export async function loadWords(tx: Tx, bodyId: string): Promise<{ words: ListedWord[]; edition: string }> {
  const rows = await tx.selectFrom('watch_word').select(['kind', 'right_form', 'wrong_form', 'severity', 'note']).where('body_id', '=', bodyId).orderBy('wrong_form').limit(MOST_WORDS).execute()
  const own = rows.map(({ kind, right_form: right, wrong_form: wrong, severity, note }): ListedWord => ({ kind, right, wrong, severity, note }))
  const known = new Set(own.map(({ wrong }) => wrong))
  const words = [...own, ...STARTER_WORDS.filter(({ wrong }) => !known.has(wrong))]
  const digest = createHash('sm3').update(JSON.stringify(words)).digest('hex').slice(0, 16)
  return { words, edition: `${RULES_EDITION}/${digest}` }
}

export interface WordFilter {
  bodyId: string
  kind?: WordKind
  text?: string
  limit: number
  offset: number
}

/** 本机构的词，依种类与写法排。 */
export async function listOwnWords(tx: Tx, { bodyId, kind, text, limit, offset }: WordFilter): Promise<{ total: number; words: OwnWord[] }> {
  let query = tx.selectFrom('watch_word').where('body_id', '=', bodyId)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (text) {
    const like = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    query = query.where((eb) => eb.or([eb('wrong_form', 'like', like), eb('right_form', 'like', like), eb('note', 'like', like)]))
  }
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query.selectAll().orderBy('kind').orderBy('wrong_form').limit(limit).offset(offset).execute()
  return {
    total,
    words: rows.map(toOwn),
  }
}

export async function findOwnWord(tx: Tx, bodyId: string, wordId: string): Promise<OwnWord | null> {
  const row = await tx.selectFrom('watch_word').selectAll().where('body_id', '=', bodyId).where('word_id', '=', wordId).executeTakeFirst()
  return row === undefined ? null : toOwn(row)
}

const toOwn = (row: Selectable<WatchWordTable>): OwnWord => ({ wordId: row.word_id, kind: row.kind, right: row.right_form, wrong: row.wrong_form, severity: row.severity, note: row.note, changedBy: row.changed_by, changedAt: row.changed_at })

/** 有几个词；给了写法的，只数其中的。 */
export async function countOwnWords(tx: Tx, bodyId: string, wrongs?: readonly string[]): Promise<number> {
  const own = tx.selectFrom('watch_word').where('body_id', '=', bodyId)
  const { n } = await (wrongs === undefined ? own : own.where('wrong_form', '=', sql<string>`any(${[...wrongs]}::text[])`)).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return n
}

/** 存下许多词，写法相同的换成新的；返回新增、更新几个。 */
export async function putWords(tx: Tx, bodyId: string, words: readonly (ListedWord & { wordId: string })[], by: { actor: string; at: Date }): Promise<{ created: number; changed: number }> {
  const rows = words.map(({ wordId, kind, right, wrong, severity, note }) => ({ body_id: bodyId, word_id: wordId, kind, right_form: right, wrong_form: wrong, severity, note, changed_by: by.actor, changed_at: by.at }))
  const { rows: saved } = await sql<{ created: boolean }>`insert into watch_word select * from json_populate_recordset(null::watch_word, ${JSON.stringify(rows)}::json)
    on conflict (body_id, wrong_form) do update set kind = excluded.kind, right_form = excluded.right_form, severity = excluded.severity, note = excluded.note, changed_by = excluded.changed_by, changed_at = excluded.changed_at
    returning xmax = 0 as created`.execute(tx)
  const created = saved.filter((row) => row.created).length
  return { created, changed: saved.length - created }
}

/** 删去一个词；没有的为 false。 */
export async function dropWord(tx: Tx, bodyId: string, wordId: string): Promise<Severity | false> {
  const row = await tx.deleteFrom('watch_word').where('body_id', '=', bodyId).where('word_id', '=', wordId).returning('severity').executeTakeFirst()
  return row?.severity ?? false
}
