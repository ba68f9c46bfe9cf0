import './tables.ts'
import { sql } from 'kysely'
import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict } from '../../platform/errors.ts'
import { newId } from '../../platform/id.ts'
import { yearOf } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { MOST_LINES, getDeposit, listCandidates, listLines } from './deposit-store.ts'
import type { Deposit, DepositRef } from './deposit-store.ts'
import { listRecipients } from './recipients.ts'

export const DEPOSIT_REFUSED = {
  'no-recipient': '请选择在用的接收单位',
  'nothing-new': '这一时期公开的信息都移送过了，没有可以列入清单的',
  'not-draft': '清单已经签收或者作废，不能再改',
  'nothing-left': '清单里的信息都撤回了，请作废这份清单',
  'before-made': '签收之日不得早于做清单之日',
  'future-date': '签收之日不得晚于今日',
  'not-withdrawn': '这条信息没有撤回，或者已经记过通知',
} as const
export type DepositRefusal = keyof typeof DEPOSIT_REFUSED
type Answer = { ok: true } | { ok: false; refusal: DepositRefusal }
const refused = (refusal: DepositRefusal) => ({ ok: false, refusal }) as const

/** 做一份清单：某时期公开而没有移送给这个单位的，至多五百件，余下的另做一份。 */
export function makeDeposit(
  deps: Deps,
  actor: Actor,
  { bodyId, recipientId, from, to }: { bodyId: string; recipientId: string; from: PlainDate; to: PlainDate },
): Promise<{ ok: true; depositId: string; left: boolean } | { ok: false; refusal: DepositRefusal }> {
  requirePermission(actor, 'item.handle', bodyId)
  const depositId = newId()
  return transaction(deps.db, async (tx) => {
    // 一机关一次做一份：两份清单里不得都有同一件，编号不重不断
    await tx.selectFrom('deposit_recipient').select('recipient_id').where('body_id', '=', bodyId).orderBy('recipient_id').forUpdate().execute()
    const recipient = (await listRecipients(tx, bodyId)).find((each) => each.recipientId === recipientId && each.active)
    if (recipient === undefined) return refused('no-recipient')
    const found = await listCandidates(tx, { bodyId, recipientId, from, to }, MOST_LINES + 1)
    if (found.length === 0) return refused('nothing-new')
    const today = deps.clock.today()
    await tx
      .insertInto('deposit')
      .values({
        body_id: bodyId, deposit_id: depositId, version: 1, recipient_id: recipientId, year: yearOf(today), number: await nextNumber(tx, bodyId, yearOf(today)), from_on: from, to_on: to,
        state: 'draft', made_by: actorKey(actor), made_on: today, handed_by: null, handed_on: null, receiver: null,
      })
      .execute()
    const lines = found.slice(0, MOST_LINES).map((each, i) => ({
      body_id: bodyId, deposit_id: depositId, item_id: each.itemId, position: i + 1, edition: each.edition, index_no: each.indexNo, title: each.title, doc_no: each.docNo,
      formed_on: each.formedOn, published_on: each.publishedOn, copies: recipient.copies, recalled_on: null, recalled_by: null, recall_note: null,
    }))
    await tx.insertInto('deposit_line').values(lines).execute()
    await record(tx, actor, 'deposit.made', { bodyId, target: depositId }, { lines: lines.length })
    return { ok: true, depositId, left: found.length > MOST_LINES } as const
  })
}

async function nextNumber(tx: Tx, bodyId: string, year: number): Promise<number> {
  const row = await tx.selectFrom('deposit').select((eb) => eb.fn.max('number').as('last')).where('body_id', '=', bodyId).where('year', '=', year).executeTakeFirst()
  return (row?.last ?? 0) + 1
}

/** 锁住一份待移送的清单；所见已落后的抛 `Conflict`。 */
async function lockDraft(tx: Tx, ref: DepositRef, seen: number): Promise<Deposit | null> {
  await tx.selectFrom('deposit').select('version').where('body_id', '=', ref.bodyId).where('deposit_id', '=', ref.depositId).forUpdate().execute()
  const found = await getDeposit(tx, ref)
  if (found.version !== seen) throw new Conflict(seen, found.version)
  return found.state === 'draft' ? found : null
}

const touch = (tx: Tx, { bodyId, depositId }: DepositRef, to: object): Promise<unknown> =>
  tx.updateTable('deposit').set((eb) => ({ ...to, version: eb('version', '+', 1) })).where('body_id', '=', bodyId).where('deposit_id', '=', depositId).execute()

/** 改各件的份数；零份的从清单去掉。 */
export function changeCopies(deps: Deps, actor: Actor, { seen, copies, ...ref }: DepositRef & { seen: number; copies: ReadonlyMap<string, number> }): Promise<Answer> {
  requirePermission(actor, 'item.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    if ((await lockDraft(tx, ref, seen)) === null) return refused('not-draft')
    const rows = [...copies].map(([item_id, n]) => ({ item_id, n }))
    const given = sql`json_to_recordset(${JSON.stringify(rows)}::json) as given (item_id uuid, n integer)`
    await sql`update deposit_line l set copies = given.n from ${given} where l.body_id = ${ref.bodyId} and l.deposit_id = ${ref.depositId} and l.item_id = given.item_id and given.n > 0`.execute(tx)
    await sql`delete from deposit_line l using ${given} where l.body_id = ${ref.bodyId} and l.deposit_id = ${ref.depositId} and l.item_id = given.item_id and given.n = 0`.execute(tx)
    await touch(tx, ref, {})
    await record(tx, actor, 'deposit.changed', { bodyId: ref.bodyId, target: ref.depositId })
    return { ok: true }
  })
}

/** 记下签收：何日、谁收的。做清单之后撤回了的，先从清单去掉，不移送。 */
export function handOver(deps: Deps, actor: Actor, { seen, on, receiver, ...ref }: DepositRef & { seen: number; on: PlainDate; receiver: string }): Promise<Answer> {
  requirePermission(actor, 'item.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const found = await lockDraft(tx, ref, seen)
    if (found === null) return refused('not-draft')
    if (on > deps.clock.today()) return refused('future-date')
    if (on < found.madeOn) return refused('before-made')
    const gone = (await listLines(tx, ref)).filter((line) => line.withdrawnOn !== null && line.withdrawnOn <= on).map((line) => line.itemId)
    if (gone.length === found.lines) return refused('nothing-left')
    if (gone.length > 0) await tx.deleteFrom('deposit_line').where('body_id', '=', ref.bodyId).where('deposit_id', '=', ref.depositId).where('item_id', 'in', gone).execute()
    await refreshEditions(tx, ref, on)
    await touch(tx, ref, { state: 'handed', handed_by: actorKey(actor), handed_on: on, receiver })
    await record(tx, actor, 'deposit.handed', { bodyId: ref.bodyId, target: ref.depositId }, { on, dropped: gone.length })
    return { ok: true }
  })
}

// 做清单之后、签收之前又改了版的，移送的是新的一版
async function refreshEditions(tx: Tx, { bodyId, depositId }: DepositRef, on: PlainDate): Promise<void> {
  await sql`update deposit_line l set edition = p.edition, title = p.title, doc_no = p.doc_no, formed_on = p.formed_on, published_on = p.published_on from published_item p
    where l.body_id = ${bodyId} and l.deposit_id = ${depositId} and p.body_id = l.body_id and p.item_id = l.item_id and p.withdrawn_on is null and p.edition > l.edition and p.published_on <= ${on}::date`.execute(tx)
}

/** 作废一份没有移送的清单；其中的信息可以再列入别的清单。 */
export function cancelDeposit(deps: Deps, actor: Actor, { seen, ...ref }: DepositRef & { seen: number }): Promise<Answer> {
  requirePermission(actor, 'item.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    if ((await lockDraft(tx, ref, seen)) === null) return refused('not-draft')
    await touch(tx, ref, { state: 'cancelled' })
    await record(tx, actor, 'deposit.cancelled', { bodyId: ref.bodyId, target: ref.depositId })
    return { ok: true }
  })
}

/** 移送之后撤回的，记下已通知接收单位：何日、怎样通知的。 */
export function recallLine(deps: Deps, actor: Actor, { itemId, note, ...ref }: DepositRef & { itemId: string; note: string }): Promise<Answer> {
  requirePermission(actor, 'item.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const found = await getDeposit(tx, ref)
    const line = (await listLines(tx, ref)).find((each) => each.itemId === itemId)
    if (found.state !== 'handed' || line === undefined || line.withdrawnOn === null) return refused('not-withdrawn')
    const done = await tx
      .updateTable('deposit_line')
      .set({ recalled_on: deps.clock.today(), recalled_by: actorKey(actor), recall_note: note })
      .where('body_id', '=', ref.bodyId)
      .where('deposit_id', '=', ref.depositId)
      .where('item_id', '=', itemId)
      .where('recalled_on', 'is', null)
      .executeTakeFirst()
    if (done.numUpdatedRows === 0n) return refused('not-withdrawn')
    await record(tx, actor, 'deposit.recalled', { bodyId: ref.bodyId, target: itemId }, { note: note.slice(0, 200).toWellFormed() })
    return { ok: true }
  })
}
