import { listBodies } from '../../bodies/index.ts'
import { actorKey, can, listActingHolders } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import { notifyMany } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { measureHref } from './problem-acts.ts'
import { listOpenMeasures } from './problem-store.ts'

const MOST = 20

/** 此人的待办：自己经办的措施都列；公开工作机构另列已逾期的。 */
export async function measureToDos({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: SignedInActor): Promise<{ title: string; href: string; dueOn: PlainDate | null; note: string }[]> {
  const { bodyId } = actor
  if (!can(actor, 'safeguard.read', bodyId)) return []
  const mine = await listOpenMeasures(db, { bodyId, owner: actorKey(actor) }, MOST)
  const late = can(actor, 'safeguard.handle', bodyId) ? await listOpenMeasures(db, { bodyId, dueBefore: clock.today() }, MOST) : []
  const seen = new Set(mine.map((measure) => measure.measureId))
  return [...mine, ...late.filter((measure) => !seen.has(measure.measureId))].map((measure) => ({ title: measure.content, href: measureHref(measure.measureId), dueOn: measure.dueOn, note: `改进措施，${measure.unit}承办` }))
}

const AHEAD = 7
const PER_BODY = 200

/** 将到期、已逾期的措施，通知经办的人；逾期的并告公开工作机构。每项各一次，重跑不重。 */
export async function remindMeasures(tx: Tx, bodyId: string, at: Date, today: PlainDate): Promise<number> {
  const soon = await listOpenMeasures(tx, { bodyId, dueBefore: addCalendarDays(today, AHEAD + 1) }, PER_BODY)
  if (soon.length === 0) return 0
  const officers = await listActingHolders(tx, bodyId, ['disclosure-officer', 'disclosure-head'], today)
  return notifyMany(
    tx,
    { bodyId, at },
    soon.map((measure) => {
      const late = measure.dueOn < today
      return {
        key: `measure/${measure.measureId}/${late ? 'late' : 'soon'}/${measure.dueOn}`,
        supersedes: `measure/${measure.measureId}/`,
        accounts: [...(measure.owner === null ? [] : [measure.owner]), ...(late || measure.owner === null ? officers : [])],
        title: `${late ? '已逾期' : '将到期'}：${measure.content}`,
        note: `改进措施，${measure.unit}承办，应于 ${measure.dueOn} 前办结`,
        href: measureHref(measure.measureId),
      }
    }),
  )
}

/** 各机关逐个看一遍。 */
export async function remindAllMeasures({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  for (const { bodyId } of await listBodies(db)) await transaction(db, (tx) => remindMeasures(tx, bodyId, clock.now(), clock.today()))
}
