import { listBodies } from '../../bodies/index.ts'
import { actorKey, can, listActingHolders } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import { notifyMany } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { listTasks, taskHref } from './tasks.ts'

const MOST = 20

/** 此人的待办：自己经办的都列；公开工作机构另列本机关已逾期的。 */
export async function taskToDos({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: SignedInActor): Promise<{ title: string; href: string; dueOn: PlainDate | null; note: string }[]> {
  const { bodyId } = actor
  if (!can(actor, 'safeguard.read', bodyId)) return []
  const mine = await listTasks(db, { bodyId, state: 'open', owner: actorKey(actor) }, { limit: MOST, offset: 0 })
  const late = can(actor, 'safeguard.handle', bodyId) ? await listTasks(db, { bodyId, state: 'open', dueBefore: clock.today() }, { limit: MOST, offset: 0 }) : []
  const seen = new Set(mine.map((task) => task.taskId))
  return [...mine, ...late.filter((task) => !seen.has(task.taskId))].map((task) => ({ title: task.content, href: taskHref(task.taskId), dueOn: task.dueOn, note: `领导小组议定，${task.unit}承办` }))
}

const AHEAD = 7
const PER_BODY = 200

/** 将到期、已逾期的议定事项，通知经办的人；逾期的并告公开工作机构。每件各一次，重跑不重。返回新增几条。 */
export async function remindTasks(tx: Tx, bodyId: string, at: Date, today: PlainDate): Promise<number> {
  const soon = await listTasks(tx, { bodyId, state: 'open', dueBefore: addCalendarDays(today, AHEAD + 1) }, { limit: PER_BODY, offset: 0 })
  if (soon.length === 0) return 0
  const officers = await listActingHolders(tx, bodyId, ['disclosure-officer', 'disclosure-head'], today)
  return notifyMany(
    tx,
    { bodyId, at },
    soon.map((task) => {
      const late = task.dueOn < today
      return {
        key: `group-task/${task.taskId}/${late ? 'late' : 'soon'}/${task.dueOn}`,
        supersedes: `group-task/${task.taskId}/`,
        accounts: [...(task.owner === null ? [] : [task.owner]), ...(late || task.owner === null ? officers : [])],
        title: `${late ? '已逾期' : '将到期'}：${task.content}`,
        note: `领导小组议定，${task.unit}承办，应于 ${task.dueOn} 前办结`,
        href: taskHref(task.taskId),
      }
    }),
  )
}

/** 各机关逐个看一遍。 */
export async function remindAllTasks({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  for (const { bodyId } of await listBodies(db)) await transaction(db, (tx) => remindTasks(tx, bodyId, clock.now(), clock.today()))
}
