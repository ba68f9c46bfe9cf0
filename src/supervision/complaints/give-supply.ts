import { record } from '../../audit/index.ts'
import { getCalendar } from '../../bodies/index.ts'
import { actorKey } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { notify } from '../../notices/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { decideComplaint } from './complaint.ts'
import type { Complaint, ComplaintEvent, Elsewhere, Rating } from './complaint.ts'
import { getComplaint, saveComplaints } from './complaint-store.ts'
import { findBarred } from './find-barred.ts'
import { escalate, moveIfStuck } from './hand-over.ts'
import { FILE_LIMITS, insertFiles, listFiles } from './file-store.ts'
import type { NewFile } from './file-store.ts'
import { HANDLERS } from './route-complaint.ts'
import { MOST_TEXT, MOST_TEXTS, countTexts, insertText } from './text-store.ts'
import { listFree } from './viewer.ts'

const MOST_HOPS = 5

/** 现在办到的那一件：转办、并入的顺着去找。 */
export async function followMoves(tx: Tx, ref: Elsewhere): Promise<Elsewhere & { complaint: Complaint; found: Awaited<ReturnType<typeof getComplaint>> }> {
  let at = ref
  for (let hop = 0; ; hop += 1) {
    const found = await getComplaint(tx, at.bodyId, at.complaintId)
    // 并入的，反映人自己的一件仍是他的：补充、反馈都记在自己的一件上
    if (found.state.status !== 'transferred' || found.state.movedTo === null || hop >= MOST_HOPS) return { ...at, complaint: found.state, found }
    at = found.state.movedTo
  }
}

/** 反映人自己补充（网页、回信），在调用者的事务里；不在能补充的时候、太多的为 false，什么都不记。 */
export async function giveSupply(tx: Tx, deps: Pick<Deps, 'clock' | 'config'>, actor: Actor, first: Elsewhere, { text, files }: { text: string; files: readonly NewFile[] }): Promise<boolean> {
  const { bodyId, complaintId, complaint, found } = await followMoves(tx, first)
  const ref = { bodyId, complaintId }
  const [at, on] = [deps.clock.now(), deps.clock.today()]
  const keys = fieldKeys(deps.config.secretKey)
  const textId = newId()
  const decision = decideComplaint(complaint, { kind: 'supplied', on, textId }, on)
  if (!decision.ok || (await countTexts(tx, ref)) >= MOST_TEXTS || (await listFiles(tx, keys, ref)).length + files.length > FILE_LIMITS.all) return false
  await insertText(tx, keys, ref, { textId, kind: 'supply', text: text.slice(0, MOST_TEXT.supply) }, at)
  await insertFiles(tx, keys, ref, files, { addedBy: null, at })
  const more = await barNamed(tx, deps, actor, ref, complaint, text)
  await saveComplaints(tx, [{ found, events: [...decision.events, ...more] }], { actor: actorKey(actor), at }, await getCalendar(tx))
  await record(tx, actor, 'complaint.supplied', { bodyId, target: complaintId })
  const named = more.flatMap((event) => (event.kind === 'barred' ? event.accounts : []))
  await tellHandlers(tx, deps, ref, { ...complaint, barred: [...complaint.barred, ...named] }, { key: `supplied-${textId}`, title: `${complaint.regNo} 反映人补充了`, note: '' })
  return true
}

// 补充里才指到的人，一样回避；没有人能办了的，一样随即转走
async function barNamed(tx: Tx, deps: Pick<Deps, 'clock' | 'config'>, actor: Actor, ref: Elsewhere, complaint: Complaint, text: string): Promise<ComplaintEvent[]> {
  const on = deps.clock.today()
  const named = await findBarred(tx, { aboutBodyId: complaint.aboutBodyId, words: text, accounts: [], unit: false, caseId: null })
  const accounts = named.filter((account) => !complaint.barred.includes(account))
  if (accounts.length === 0) return []
  const moved = await moveIfStuck({ tx, deps, actor, ref, keys: fieldKeys(deps.config.secretKey) }, { ...complaint, barred: [...complaint.barred, ...accounts] }, on)
  return [{ kind: 'barred', on, accounts, reason: '反映人补充时指到' }, ...(moved === null ? [] : [moved])]
}

/** 反映人自己评价，在调用者的事务里；已经评价过、不在已答复的为 false。 */
export async function giveFeedback(tx: Tx, deps: Pick<Deps, 'clock' | 'config'>, actor: Actor, first: Elsewhere, { rating, text }: { rating: Rating; text: string }): Promise<boolean> {
  const { bodyId, complaintId, complaint, found } = await followMoves(tx, first)
  const ref = { bodyId, complaintId }
  const [at, on] = [deps.clock.now(), deps.clock.today()]
  const textId = text === '' ? null : newId()
  const decision = decideComplaint(complaint, { kind: 'fed-back', on, rating, textId }, on)
  if (!decision.ok) return false
  if (textId !== null) await insertText(tx, fieldKeys(deps.config.secretKey), ref, { textId, kind: 'feedback', text: text.slice(0, MOST_TEXT.feedback) }, at)
  await saveComplaints(tx, [{ found, events: decision.events }], { actor: actorKey(actor), at }, await getCalendar(tx))
  await record(tx, actor, 'complaint.fed-back', { bodyId, target: complaintId })
  await tellHandlers(tx, deps, ref, complaint, { key: 'fed-back', title: `${complaint.regNo} 反映人评价了`, note: rating === 'dissatisfied' ? '不满意，请回应之后再办结。' : '可以办结。' })
  return true
}

/** 反映人自己请求再办一次，在调用者的事务里；不能再办的为 false，什么都不记。 */
export async function askAgain(tx: Tx, deps: Pick<Deps, 'clock' | 'config'>, actor: Actor, first: Elsewhere, { text, to }: { text: string; to: 'own' | 'office' }): Promise<boolean> {
  const { bodyId, complaintId, complaint, found } = await followMoves(tx, first)
  const ref = { bodyId, complaintId }
  const [at, on, textId] = [deps.clock.now(), deps.clock.today(), newId()]
  const again = { kind: 'reopened', on, reason: '', textId } as const
  const decision = decideComplaint(complaint, again, on)
  if (!decision.ok) return false
  const keys = fieldKeys(deps.config.secretKey)
  await insertText(tx, keys, ref, { textId, kind: 'supply', text: text.slice(0, MOST_TEXT.feedback) }, at)
  const moved = await escalate({ tx, deps, actor, ref, keys }, complaint, again, to)
  await saveComplaints(tx, [{ found, events: [...decision.events, ...(moved === null ? [] : [moved])] }], { actor: actorKey(actor), at }, await getCalendar(tx))
  await record(tx, actor, 'complaint.reopened', { bodyId, target: complaintId })
  if (moved === null) await tellHandlers(tx, deps, ref, { ...complaint, handler: null }, { key: 'reopened', title: `${complaint.regNo} 反映人不满意，请求再办一次`, note: '期限自今日另起，请另定承办人。' })
  return true
}

async function tellHandlers(tx: Tx, { clock }: Pick<Deps, 'clock'>, { bodyId, complaintId }: Elsewhere, { handler, barred }: Complaint, { key, title, note }: { key: string; title: string; note: string }): Promise<void> {
  const accounts = handler === null ? await listFree(tx, bodyId, HANDLERS, clock.today(), barred) : [handler].filter((account) => !barred.includes(account))
  await notify(tx, { bodyId, at: clock.now(), accounts, key: `complaint:${complaintId}:${key}`, title, note, href: `/desk/complaints/${complaintId}` })
}
