import { sql } from 'kysely'
import { record } from '../../audit/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { canHappen } from '../application.ts'
import type { Application } from '../application.ts'
import { withdraw } from '../decisions.ts'
import type { ApplicationEvent } from '../events.ts'
import { lockApplication, releaseFollowers } from '../followers.ts'
import { insertPapers, listPapers } from '../papers/paper-store.ts'
import type { NewPaper, Paper } from '../papers/paper-store.ts'
import { findApplicationRow, getApplication } from '../queries.ts'
import type { ApplicationRow } from '../queries.ts'
import { getGround } from '../settings.ts'
import { saveApplications } from '../store.ts'
import type { ApplicationChange } from '../store.ts'
import { settleReminders, tellOfApplicant } from '../tell.ts'
import { APPLICANT_ACTOR, APPLICANT_KEY } from './submit-online.ts'

interface Case {
  bodyId: string
  caseId: string
}

/** 申请人凭查询码撤回；已撤回的不再记，此时不能撤回的为 `not-now`。 */
export function withdrawOnline(deps: Deps, { bodyId, caseId }: Case): Promise<'done' | 'not-now'> {
  return transaction(deps.db, async (tx) => {
    await lockApplication(tx, bodyId, caseId)
    const { state, version } = await getApplication(tx, bodyId, caseId)
    if (state.status === 'withdrawn') return 'done'
    const ground = await getGround(tx, bodyId, deps.clock.today())
    const answer = withdraw(state, deps.clock.today(), ground)
    if (!answer.ok) return 'not-now'
    const also: ApplicationChange[] = []
    if ((await releaseFollowers({ tx, bodyId, caseId, also }, `前一件（${state.regNo}）撤回`, ground)) !== null) return 'not-now'
    await saveApplications(tx, [{ found: { bodyId, caseId, version, state }, events: answer.events }, ...also], { actor: APPLICANT_KEY, at: deps.clock.now() }, ground)
    await record(tx, APPLICANT_ACTOR, 'application.withdrawn', { bodyId, target: caseId })
    const place = { tx, bodyId, caseId, at: deps.clock.now() }
    await settleReminders(place)
    await tellOfApplicant(place, state, 'withdrawn-online', { title: '申请人撤回了申请', note: '在网上撤回，已记下，不必再办。' })
    return 'done'
  })
}

/** 一件里补正的材料至多几份，免得无尽地传。 */
const MOST_SUPPLEMENTS = 30

/**
 * 申请人网上交来补正：只存为材料，不动期限。互联网提交的以双方确认之日为收到之日（条例第三十一条），
 * 故由经办人与申请人确认后记「收到补正」，期限自那一日重新起算。同一 `key` 交来两次的只存一次。
 */
export function giveSupplement(
  deps: Deps,
  { bodyId, caseId }: Case,
  { key, text, papers }: { key: string; text: string; papers: readonly NewPaper[] },
  /** 由外接系统转交的，其系统 */
  actor: Actor = APPLICANT_ACTOR,
): Promise<'done' | 'not-now' | 'too-many'> {
  const keys = fieldKeys(deps.config.secretKey)
  return transaction(deps.db, async (tx) => {
    // 同一件的依次办，份数才数得准
    await tx.selectFrom('application').select('case_id').where('body_id', '=', bodyId).where('case_id', '=', caseId).forUpdate().executeTakeFirst()
    const given = await listPapers(tx, bodyId, caseId)
    if (given.some((paper) => paper.paperId === key)) return 'done'
    const { state } = await getApplication(tx, bodyId, caseId)
    if (!canHappen(state, 'supplemented')) return 'not-now'
    if (given.filter((paper) => paper.kind === 'supplement').length + papers.length + 1 > MOST_SUPPLEMENTS) return 'too-many'
    const bytes = Buffer.from(text, 'utf8')
    const words: NewPaper = { paperId: key, kind: 'supplement', type: 'txt', size: bytes.byteLength, givenOn: deps.clock.today(), name: '补正说明.txt', bytes }
    const by = { bodyId, caseId, isDraft: false, at: deps.clock.now() }
    await insertPapers(tx, keys, by, [words, ...papers])
    await record(tx, actor, 'application.supplement-given', { bodyId, target: caseId }, { papers: papers.length + 1 })
    await tellOfApplicant({ tx, bodyId, caseId, at: by.at }, state, `supplied-${key}`, { title: '申请人交来补正', note: '请与申请人确认，再记收到补正；答复期限自确认之日重新起算。' })
    return 'done'
  })
}

/** 最近一次告知补正之后，申请人在网上交来补正之日；没有交来、不在等补正的为 null。 */
export function suppliedOn(state: Application, events: readonly RecordedEvent<ApplicationEvent>[], papers: readonly Paper[]): PlainDate | null {
  if (!canHappen(state, 'supplemented')) return null
  const askedAt = events.findLast(({ event }) => event.kind === 'supplement-asked')?.at
  return papers.findLast((paper) => paper.kind === 'supplement' && paper.addedBy === null && askedAt !== undefined && paper.givenAt >= askedAt)?.givenOn ?? null
}

/** 申请人已交来补正、等经办人确认的各件，至多 `limit` 件。 */
export async function listSupplied(tx: Tx, bodyId: string, limit: number): Promise<ApplicationRow[]> {
  const { rows } = await sql<{ caseId: string }>`
    select a.case_id as "caseId" from application a
    where a.body_id = ${bodyId} and (a.status = 'correction-requested' or (a.decided_on is null and exists (
        select from timeline_event e where e.body_id = a.body_id and e.case_id = a.case_id and e.kind = 'supplement-asked' and e.data ->> 'late' = 'true')))
      and a.case_id in (select case_id from application_paper where body_id = ${bodyId} and kind = 'supplement' and added_by is null)
    order by a.case_id limit ${limit}`.execute(tx)
  const waiting = await Promise.all(
    rows.map(async ({ caseId }) => {
      const { state, events } = await getApplication(tx, bodyId, caseId)
      if (suppliedOn(state, events, await listPapers(tx, bodyId, caseId)) === null) return []
      return [await findApplicationRow(tx, bodyId, caseId)].filter((row) => row !== null)
    }),
  )
  return waiting.flat()
}
