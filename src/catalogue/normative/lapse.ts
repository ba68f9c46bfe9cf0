import '../tables.ts'
import { z } from 'zod'
import { record } from '../../audit/index.ts'
import { getCalendar, listBodies } from '../../bodies/index.ts'
import { actorKey, listActingHolders } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { notifyMany } from '../../notices/index.ts'
import type { NoticeFor } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { enqueue, job } from '../../platform/jobs.ts'
import type { CronEntry, JobHandlers } from '../../platform/jobs.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { expireItem } from '../item-rules.ts'
import { getItem, saveItems } from '../store.ts'
import { LAPSED_WITHIN, LAPSE_HORIZON, lapseReminder } from './lapse-reminders.ts'

const LAPSER: Actor = { kind: 'system', name: 'lapse-documents' }
const PAGE = 200

interface Ended {
  bodyId: string
  itemId: string
  /** 自这一日起不再有效 */
  on: PlainDate
  reason: string
}

/**
 * 文件不再有效了，载有正文的信息随之记失效；已经失效、撤回、没有公开的不动。在调用者的事务里办。
 * 内容正在改、等重新公开的，此刻记不成，每日再看。
 * @returns 记成了没有
 */
export async function expireItemOf(tx: Tx, actor: Actor, at: Date, { bodyId, itemId, on, reason }: Ended): Promise<boolean> {
  const found = await getItem(tx, bodyId, itemId)
  const decided = expireItem(found.state, { on, reason })
  if (!decided.ok) return false
  await saveItems(tx, [{ found, events: decided.events }], { actor: actorKey(actor), at }, await getCalendar(tx))
  await record(tx, actor, 'item.expired', { bodyId, target: itemId }, { on })
  return true
}

/** 一机关里文件已不再有效、而正文还没有记失效的，逐件一个事务记上；返回件数。可以重办。 */
export async function lapseBody(deps: Pick<Deps, 'db' | 'clock'>, bodyId: string): Promise<number> {
  const { db, clock } = deps
  let [lapsed, after]: [number, string | null] = [0, null]
  for (;;) {
    const rows: { item_id: string; invalid_from: PlainDate; repealed_on: PlainDate | null }[] = await listEnded(db, bodyId, clock.today(), after)
    for (const row of rows) {
      const reason = row.repealed_on === row.invalid_from ? '文件已废止' : '文件的有效期届满'
      const done = await transaction(db, (tx) => expireItemOf(tx, LAPSER, clock.now(), { bodyId, itemId: row.item_id, on: row.invalid_from, reason }))
      if (done) lapsed += 1
    }
    after = rows.at(-1)?.item_id ?? null
    if (rows.length < PAGE) return lapsed
  }
}

async function listEnded(tx: Tx, bodyId: string, today: PlainDate, after: string | null) {
  let query = tx
    .selectFrom('normative_document as d')
    .innerJoin('info_item as i', (join) => join.onRef('i.body_id', '=', 'd.body_id').onRef('i.item_id', '=', 'd.item_id'))
    .select(['i.item_id', 'd.invalid_from', 'd.repealed_on'])
    .where('d.body_id', '=', bodyId)
    .where('d.invalid_from', '<=', today)
    .where('i.status', '=', 'published')
    .orderBy('i.item_id')
    .limit(PAGE)
  if (after !== null) query = query.where('i.item_id', '>', after)
  return (await query.execute()).flatMap(({ invalid_from: on, ...row }) => (on === null ? [] : [{ ...row, invalid_from: on }]))
}

/** 有效期将要届满、刚刚届满的，通知经办与负责人；返回新增几条。可以重办。 */
export async function remindOfLapses({ db, clock }: Pick<Deps, 'db' | 'clock'>, bodyId: string): Promise<number> {
  const today = clock.today()
  let [added, after]: [number, string | null] = [0, null]
  for (;;) {
    const rows: LapsingRow[] = await listLapsing(db, bodyId, today, after)
    if (rows.length > 0) added += await transaction(db, (tx) => remind(tx, bodyId, rows, today, clock.now()))
    after = rows.at(-1)?.document_id ?? null
    if (rows.length < PAGE) return added
  }
}

interface LapsingRow {
  document_id: string
  doc_no: string
  made_on: PlainDate
  expires_on: PlainDate | null
  repealed_on: PlainDate | null
}

async function listLapsing(tx: Tx, bodyId: string, today: PlainDate, after: string | null): Promise<LapsingRow[]> {
  let query = tx
    .selectFrom('normative_document')
    .select(['document_id', 'doc_no', 'made_on', 'expires_on', 'repealed_on'])
    .where('body_id', '=', bodyId)
    .where('expires_on', '>=', addCalendarDays(today, -LAPSED_WITHIN))
    .where('expires_on', '<=', addCalendarDays(today, LAPSE_HORIZON))
    .orderBy('document_id')
    .limit(PAGE)
  if (after !== null) query = query.where('document_id', '>', after)
  return query.execute()
}

async function remind(tx: Tx, bodyId: string, rows: readonly LapsingRow[], today: PlainDate, at: Date): Promise<number> {
  const [officers, heads] = [await listActingHolders(tx, bodyId, ['disclosure-officer'], today), await listActingHolders(tx, bodyId, ['disclosure-head'], today)]
  const notices = rows.flatMap((row): NoticeFor[] => {
    const reminder = lapseReminder({ docNo: row.doc_no, madeOn: row.made_on, expiresOn: row.expires_on, repealedOn: row.repealed_on }, today)
    if (reminder === null) return []
    const series = `normative-lapse/${row.document_id}/`
    // 没有经办的，告诉负责人，不能没有人收到
    const accounts = [...(reminder.to.includes('disclosure-officer') ? officers : []), ...(reminder.to.includes('disclosure-head') || officers.length === 0 ? heads : [])]
    return [{ key: `${series}${reminder.key}`, supersedes: series, accounts, title: reminder.title, note: reminder.note, href: `/desk/normative/${row.document_id}` }]
  })
  return notifyMany(tx, { bodyId, at }, notices)
}

export const normativeJobs: JobHandlers = {
  // 逐机构各一件任务：一处出错不误别处，各自重试
  'catalogue.lapse-documents': async ({ db }) => {
    for (const { bodyId } of await listBodies(db)) await enqueue(db, 'catalogue.lapse-documents-of', { bodyId }, { key: `catalogue.lapse-documents-of/${bodyId}` })
  },
  'catalogue.lapse-documents-of': job(z.object({ bodyId: z.uuid() }), async (deps, { bodyId }) => {
    await lapseBody(deps, bodyId)
    await remindOfLapses(deps, bodyId)
  }),
}
export const normativeCrons: readonly CronEntry[] = [{ task: 'catalogue.lapse-documents', at: '0:05' }]
