import './tables.ts'
import { record } from '../../audit/index.ts'
import { getCalendar, getSetting } from '../../bodies/index.ts'
import { actorKey, requirePermission, settleBehalf, standsInFor } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { notify } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { findPersonalNumbers } from '../../statute/personal-numbers.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { reassessExemption } from '../item-rules.ts'
import { getItem, saveItems } from '../store.ts'
import { findRegisterEntry, nextAssessment } from './list-register.ts'

export const ASSESS_RESULTS = { keep: '仍不公开', open: '可以公开，转入公开程序' } as const
export type AssessResult = keyof typeof ASSESS_RESULTS
export const isAssessResult = (text: string): text is AssessResult => Object.hasOwn(ASSESS_RESULTS, text)

export const ASSESS_REFUSED = {
  'not-registered': '这条信息已经不在登记簿上',
  'already-proposed': '已经有人提出了评估，正等审定',
  'none-proposed': '没有等着审定的评估，他人可能刚办过',
  'own-proposal': '提出评估的人不能审定自己的',
  'reason-missing': '请写明理由，四至一千个字',
  'remark-missing': '请写明退回的缘故，二至五百个字',
  'personal-numbers': '理由里有身份证、手机或者银行卡号码，请去掉',
} as const
export type AssessRefusal = keyof typeof ASSESS_REFUSED
export type AssessAnswer = { ok: true } | { ok: false; refusal: AssessRefusal }

export interface ItemRef {
  bodyId: string
  itemId: string
}

export interface Assessment {
  assessmentId: string
  state: 'proposed' | 'approved' | 'returned'
  result: AssessResult
  reason: string
  dueOn: PlainDate
  proposedBy: string
  proposedOn: PlainDate
  onBehalfOf: string | null
  decidedBy: string | null
  decidedOn: PlainDate | null
  remark: string | null
}

/** 一条信息的各次评估，近的在前，至多一百次。 */
export async function listAssessments(tx: Tx, { bodyId, itemId }: ItemRef): Promise<Assessment[]> {
  const rows = await tx.selectFrom('exemption_assessment').selectAll().where('body_id', '=', bodyId).where('item_id', '=', itemId).orderBy('assessment_id', 'desc').limit(100).execute()
  return rows.map((row) => ({
    assessmentId: row.assessment_id, state: row.state, result: row.result, reason: row.reason, dueOn: row.due_on, proposedBy: row.proposed_by, proposedOn: row.proposed_on,
    onBehalfOf: row.on_behalf_of, decidedBy: row.decided_by, decidedOn: row.decided_on, remark: row.remark,
  }))
}

const refused = (refusal: AssessRefusal): AssessAnswer => ({ ok: false, refusal })
const hrefOf = (itemId: string): string => `/desk/exemptions/${itemId}`

/** 提出评估：仍不公开，还是可以公开，写明理由；等另一人审定。不到日子也可以评估。 */
export function proposeAssessment(deps: Deps, actor: Actor, { result, reason, ...ref }: ItemRef & { result: AssessResult; reason: string }): Promise<AssessAnswer> {
  requirePermission(actor, 'item.handle', ref.bodyId)
  if (reason.length < 4 || reason.length > 1000) return Promise.resolve(refused('reason-missing'))
  if (findPersonalNumbers(reason).length > 0) return Promise.resolve(refused('personal-numbers'))
  return transaction(deps.db, async (tx) => {
    const entry = await findRegisterEntry(tx, ref.bodyId, ref.itemId)
    if (entry === null) return refused('not-registered')
    const months = await getSetting(tx, ref.bodyId, 'exemptionMonths')
    const assessmentId = newId()
    const behalf = standsInFor(actor, 'item.handle') ?? null
    const made = await tx
      .insertInto('exemption_assessment')
      .values({
        body_id: ref.bodyId, assessment_id: assessmentId, item_id: ref.itemId, due_on: nextAssessment(entry.assessedFrom, months), state: 'proposed', result, reason,
        proposed_by: actorKey(actor), proposed_on: deps.clock.today(), on_behalf_of: behalf, decided_by: null, decided_on: null, remark: null,
      })
      // 等审定的一条信息至多一次
      .onConflict((oc) => oc.doNothing())
      .executeTakeFirst()
    if (made.numInsertedOrUpdatedRows === 0n) return refused('already-proposed')
    const { state } = await getItem(tx, ref.bodyId, ref.itemId)
    await notify(tx, {
      bodyId: ref.bodyId, at: deps.clock.now(), roles: ['unit-head', 'disclosure-head'], except: actorKey(actor),
      key: `exemption/${ref.itemId}/${assessmentId}`, title: `不予公开的评估等您审定：${state.indexNo}`, note: '', href: hrefOf(ref.itemId),
    })
    await record(tx, actor, 'exemption.proposed', { bodyId: ref.bodyId, target: ref.itemId }, { result })
    return { ok: true }
  })
}

/** 审定：同意的记入信息的时间线，可以公开的由此转入公开程序；不同意的退回。提出的人（及其所代的人）不能审定。 */
export function decideAssessment(deps: Deps, actor: Actor, { assessmentId, agree, remark, ...ref }: ItemRef & { assessmentId: string; agree: boolean; remark: string }): Promise<AssessAnswer> {
  requirePermission(actor, 'item.check', ref.bodyId)
  if (!agree && (remark.length < 2 || remark.length > 500)) return Promise.resolve(refused('remark-missing'))
  if (findPersonalNumbers(remark).length > 0) return Promise.resolve(refused('personal-numbers'))
  return transaction(deps.db, async (tx) => {
    const row = await tx
      .selectFrom('exemption_assessment')
      .selectAll()
      .where('body_id', '=', ref.bodyId)
      .where('assessment_id', '=', assessmentId)
      .where('item_id', '=', ref.itemId)
      .where('state', '=', 'proposed')
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) return refused('none-proposed')
    const [me, on] = [actorKey(actor), deps.clock.today()]
    const others = [row.proposed_by, ...(row.on_behalf_of === null ? [] : [row.on_behalf_of])]
    const behalf = standsInFor(actor, 'item.check', others)
    if (others.includes(me) || behalf === undefined) return refused('own-proposal')
    settleBehalf(actor, behalf)
    if (agree) {
      const found = await getItem(tx, ref.bodyId, ref.itemId)
      const decided = reassessExemption(found.state, { on, result: row.result, reason: row.reason, reviewer: me })
      if (!decided.ok) return refused('not-registered')
      await saveItems(tx, [{ found, events: decided.events.map((event) => (behalf === null ? event : { ...event, onBehalfOf: behalf })) }], { actor: me, at: deps.clock.now() }, await getCalendar(tx))
    }
    await tx
      .updateTable('exemption_assessment')
      .set({ state: agree ? 'approved' : 'returned', decided_by: me, decided_on: on, remark: remark === '' ? null : remark })
      .where('body_id', '=', ref.bodyId)
      .where('assessment_id', '=', assessmentId)
      .execute()
    await notify(tx, {
      bodyId: ref.bodyId, at: deps.clock.now(), accounts: [row.proposed_by], key: `exemption/${ref.itemId}/${assessmentId}/decided`,
      title: agree ? '不予公开的评估已审定' : '不予公开的评估退回重评', note: '', href: hrefOf(ref.itemId),
    })
    if (agree) await record(tx, actor, 'exemption.assessed', { bodyId: ref.bodyId, target: ref.itemId }, { result: row.result })
    else await record(tx, actor, 'exemption.returned', { bodyId: ref.bodyId, target: ref.itemId })
    return { ok: true }
  })
}

