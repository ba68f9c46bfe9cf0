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
import { followDocument } from '../item-rules.ts'
import { loadItems, saveItems } from '../store.ts'
import { LAPSED_WITHIN, LAPSE_HORIZON, lapseReminder } from './lapse-reminders.ts'

export const LAPSER: Actor = { kind: 'system', name: 'lapse-documents' }
const PAGE = 200

/** 一件文件此刻的效力，与载有（或者曾经载有）其正文的信息。 */
export interface Followed {
  itemId: string
  /** 自这一日起不再有效；没有，或者不再是其正文的，为 null */
  invalidFrom: PlainDate | null
  repealedOn: PlainDate | null
}

/**
 * 载有正文的信息随文件的效力：不再有效的记失效，更正为有效的恢复，失效之日改了的随之改；人标明失效的、没有公开的不动。
 * 在调用者的事务里办，至多几百条一次。
 * @returns 改了几条
 */
export async function followDocuments(tx: Tx, actor: Actor, { bodyId, at, today }: { bodyId: string; at: Date; today: PlainDate }, followed: readonly Followed[]): Promise<number> {
  const states = await loadItems(tx, bodyId, followed.map(({ itemId }) => itemId))
  const changes = followed.flatMap(({ itemId, invalidFrom, repealedOn }) => {
    const found = states.get(itemId)
    const decided = found === undefined ? null : followDocument(found.state, { on: today, invalidFrom, reason: reasonOf(invalidFrom, repealedOn, today) })
    return found === undefined || decided?.ok !== true || decided.events.length === 0 ? [] : [{ found, events: decided.events }]
  })
  if (changes.length === 0) return 0
  await saveItems(tx, changes, { actor: actorKey(actor), at }, await getCalendar(tx))
  for (const { found, events } of changes)
    for (const { kind, on } of events) await record(tx, actor, kind === 'revived' ? 'item.revived' : 'item.expired', { bodyId, target: found.caseId }, { on })
  return changes.length
}

function reasonOf(invalidFrom: PlainDate | null, repealedOn: PlainDate | null, today: PlainDate): string {
  if (invalidFrom === null || invalidFrom > today) return '所载文件的效力已更正'
  return repealedOn === invalidFrom ? '文件已废止' : '文件的有效期届满'
}

/** 一机关里正文的失效与否同文件此刻的效力不一致的，逐件一个事务改过来；返回件数。可以重办。 */
export async function lapseBody(deps: Pick<Deps, 'db' | 'clock'>, bodyId: string): Promise<number> {
  const { db, clock } = deps
  let [lapsed, after]: [number, string | null] = [0, null]
  for (;;) {
    const by = { bodyId, at: clock.now(), today: clock.today() }
    const rows: Followed[] = await listDiffering(db, by, after)
    for (const row of rows) lapsed += await transaction(db, (tx) => followDocuments(tx, LAPSER, by, [row]))
    after = rows.at(-1)?.itemId ?? null
    if (rows.length < PAGE) return lapsed
  }
}

// 人标明失效的也在其中，由规则去认
async function listDiffering(tx: Tx, { bodyId, today }: { bodyId: string; today: PlainDate }, after: string | null): Promise<Followed[]> {
  let query = tx
    .selectFrom('normative_document as d')
    .innerJoin('info_item as i', (join) => join.onRef('i.body_id', '=', 'd.body_id').onRef('i.item_id', '=', 'd.item_id'))
    .select(['i.item_id as itemId', 'd.invalid_from as invalidFrom', 'd.repealed_on as repealedOn'])
    .where('d.body_id', '=', bodyId)
    .where((eb) =>
      eb.or([
        eb.and([eb('d.invalid_from', '<=', today), eb('i.expired_on', 'is distinct from', eb.ref('d.invalid_from')), eb('i.first_published_on', 'is not', null), eb('i.withdrawn_on', 'is', null)]),
        eb.and([eb.or([eb('d.invalid_from', 'is', null), eb('d.invalid_from', '>', today)]), eb('i.expired_on', 'is not', null)]),
      ]),
    )
    .orderBy('i.item_id')
    .limit(PAGE)
  if (after !== null) query = query.where('i.item_id', '>', after)
  return query.execute()
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
