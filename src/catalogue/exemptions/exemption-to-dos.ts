import { getSetting } from '../../bodies/index.ts'
import { actorKey, can } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import { notify } from '../../notices/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { addCalendarDays, weekdayOf } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { EXEMPTION_REGISTER, exemptionHref } from './exemption-pages.tsx'
import { assessedByFor, countRegister, listRegister, nextAssessment } from './list-register.ts'

interface ToDo {
  title: string
  href: string
  dueOn: PlainDate | null
  note: string
}

const MOST = 20

/** 此人的评估：到了日子等他提出的合为一项，等他审定的逐件列出，至多二十件。 */
export async function exemptionToDos({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: SignedInActor): Promise<ToDo[]> {
  const { bodyId } = actor
  const toDos: ToDo[] = []
  if (can(actor, 'item.check', bodyId)) {
    const waiting = await listRegister(db, { bodyId, proposed: true }, { limit: MOST, offset: 0 })
    const own = await listOwnProposals(db, bodyId, actorKey(actor))
    for (const { itemId, title } of waiting) if (!own.has(itemId)) toDos.push({ title: `不予公开的评估：${title}`, href: exemptionHref(itemId), dueOn: null, note: '等您审定' })
  }
  if (can(actor, 'item.handle', bodyId)) {
    const months = await getSetting(db, bodyId, 'exemptionMonths')
    const due = { bodyId, assessedBy: assessedByFor(clock.today(), months), proposed: false }
    const n = await countRegister(db, due)
    const [first] = n === 0 ? [] : await listRegister(db, due, { limit: 1, offset: 0 })
    if (first !== undefined) toDos.push({ title: `${n} 条不予公开的信息该评估了`, href: `${EXEMPTION_REGISTER}?due=yes`, dueOn: nextAssessment(first.assessedFrom, months), note: '逐条提出评估，由另一人审定（条例第十八条）' })
  }
  return toDos
}

async function listOwnProposals(tx: Tx, bodyId: string, me: string): Promise<Set<string>> {
  const rows = await tx.selectFrom('exemption_assessment').select('item_id').where('body_id', '=', bodyId).where('state', '=', 'proposed').where('proposed_by', '=', me).limit(1000).execute()
  return new Set(rows.map((row) => row.item_id))
}

/** 有到了日子而没有人提出评估的，每周提醒一次；同一周再跑不重。 */
export async function remindAssessments(tx: Tx, bodyId: string, at: Date, today: PlainDate): Promise<number> {
  const months = await getSetting(tx, bodyId, 'exemptionMonths')
  const n = await countRegister(tx, { bodyId, assessedBy: assessedByFor(today, months), proposed: false })
  if (n === 0) return 0
  const monday = addCalendarDays(today, -((weekdayOf(today) + 6) % 7))
  return notify(tx, {
    bodyId, at, roles: ['disclosure-officer', 'disclosure-head'], key: `exemption-due/${monday}`,
    title: `${n} 条不予公开的信息该评估了`, note: '条例第十八条：定期评估，可以公开的应当公开', href: `${EXEMPTION_REGISTER}?due=yes`,
  })
}
