import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Application } from './application.ts'
import { unmerge } from './decisions.ts'
import type { Answer, Ground } from './decisions.ts'
import type { ApplicationRefusal } from './refusals.ts'
import { loadApplications } from './store.ts'
import type { ApplicationChange, LoadedApplication } from './store.ts'

/**
 * 锁住一件，同一件的依次办。并案与前案的决定也因此不会同时进行：并入的一件不会落在决定之后。
 * 先锁本件，再锁相连的各件，最后才记，免得两边互等。
 */
export const lockApplication = (tx: Tx, bodyId: string, caseId: string) =>
  tx.selectFrom('application').select('case_id').where('body_id', '=', bodyId).where('case_id', '=', caseId).forUpdate().executeTakeFirst()

export interface Follower extends LoadedApplication {
  state: Application
}

/** 并入这一件的各件，按登记先后；没有为空。 */
export async function listFollowers(tx: Tx, bodyId: string, caseId: string): Promise<Follower[]> {
  const { rows } = await sql<{ caseId: string }>`
    select case_id as "caseId" from application where body_id = ${bodyId} and merged_into = ${caseId} and counted order by case_id limit ${MOST}`.execute(tx)
  const loaded = await loadApplications(tx, bodyId, rows.map((row) => row.caseId))
  return rows.flatMap((row) => {
    const found = loaded.get(row.caseId)
    return found?.state == null ? [] : [{ ...found, state: found.state }]
  })
}

/** 并入的一件还等着，或者已与前案以同一份文书答复。 */
export const isAnsweredWith = (follower: Application, lead: Application): boolean => follower.status === 'merged' || isSameLetter(follower, lead)

/** 并案的两件以同一份文书答复。 */
export const isSameLetter = (follower: Application, lead: Application): boolean =>
  follower.decision !== null && lead.decision !== null && follower.decision.docNo === lead.decision.docNo && follower.decision.decidedOn === lead.decision.decidedOn

/** 一件至多并入几件。 */
export const MOST = 100

/**
 * 前案走了一步，并入的各件随之各走一步，记入 `also`，同一事务；`step` 返回 null 的不走。
 * 有一件不可以的，退回其缘故。
 */
export async function withFollowers(
  { tx, bodyId, caseId, also }: { tx: Tx; bodyId: string; caseId: string; also: ApplicationChange[] },
  step: (follower: Application) => Answer | null,
): Promise<ApplicationRefusal | null> {
  await lockApplication(tx, bodyId, caseId)
  await sql`select 1 from application where body_id = ${bodyId} and merged_into = ${caseId} order by case_id for update`.execute(tx)
  for (const found of await listFollowers(tx, bodyId, caseId)) {
    const answer = step(found.state)
    if (answer === null) continue
    if (!answer.ok) return answer.refusal
    also.push({ found, events: answer.events })
  }
  return null
}

/** 前案撤回、不再处理、拆分、作废的，并入而尚未答复的各件另行办理。 */
export const releaseFollowers = (context: Parameters<typeof withFollowers>[0], reason: string, ground: Ground): Promise<ApplicationRefusal | null> =>
  withFollowers(context, (follower) => (follower.status === 'merged' ? unmerge(follower, { on: ground.today, reason }, ground) : null))
