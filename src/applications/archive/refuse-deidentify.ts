import './tables.ts'
import '../tables.ts'
import '../record-corrections/tables.ts'
import { sql } from 'kysely'
import { getSetting } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Archive, CaseRef } from './archive-store.ts'
import { findDispute } from './find-dispute.ts'
import type { ListDisputed } from './find-dispute.ts'

const MOST_PEERS = 200

/** 与本件用同一份申请人资料、同一份材料的（同一份申请拆出的，重新答复的与其原件）；至多 200 件。 */
export async function listPeers(tx: Tx, { bodyId, caseId }: CaseRef, applicantIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ case_id: string }>`
    select o.case_id from application o where o.body_id = ${bodyId} and o.applicant_id = any(${[...applicantIds]}::uuid[]) and o.case_id <> ${caseId} and o.status not in ('split', 'voided')
    union
    select o.case_id from application o join application me on me.body_id = o.body_id and me.split_from = o.split_from
    where me.body_id = ${bodyId} and me.case_id = ${caseId} and o.case_id <> ${caseId} and o.status not in ('split', 'voided')
    union
    select o.case_id from application o where o.body_id = ${bodyId} and o.redo_of = ${caseId} and o.status not in ('split', 'voided')
    union
    select redo_of from application where body_id = ${bodyId} and case_id = ${caseId} and redo_of is not null
    order by 1 limit ${MOST_PEERS}`.execute(tx)
  return rows.map((row) => row.case_id)
}

/** 现在不能去标识化的缘故；可以的为 null。档案包是否完好、是否都在其中另查。 */
export async function refuseDeidentify(
  tx: Tx,
  archive: Archive,
  { applicantIds, version, today, listDisputed }: { applicantIds: readonly string[]; version: number; today: PlainDate; listDisputed: ListDisputed },
): Promise<string | null> {
  const ref = { bodyId: archive.body_id, caseId: archive.case_id }
  if (archive.state !== 'kept' || archive.preview) return '还没有归档、做成档案包'
  if (archive.case_version !== version) return '做包之后又有更正，须先重做档案包'
  if (archive.held_because !== null) return '保全之中'
  const peers = await listPeers(tx, ref, applicantIds)
  const unready = await countUnready(tx, ref.bodyId, peers)
  if (unready > 0) return '同一份申请拆出的、重新答复的别的各件还没有归档，或者在保全之中'
  for (const caseId of [ref.caseId, ...peers]) {
    const dispute = await findDispute(tx, { bodyId: ref.bodyId, caseId }, today, listDisputed)
    if (dispute !== null) return dispute
  }
  return (await hasOpenCorrection(tx, ref.bodyId, applicantIds)) ? '申请人另有更正申请没有办结' : null
}

async function countUnready(tx: Tx, bodyId: string, caseIds: readonly string[]): Promise<number> {
  if (caseIds.length === 0) return 0
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from application p left join application_archive a on a.body_id = p.body_id and a.case_id = p.case_id
    where p.body_id = ${bodyId} and p.case_id = any(${[...caseIds]}::uuid[])
      and (p.status <> 'archived' or a.state is distinct from 'kept' or a.preview or a.held_because is not null)`.execute(tx)
  return rows[0]?.n ?? 0
}

// 更正申请另有自己的申请人一行；办结之前要核对是不是同一个人
async function hasOpenCorrection(tx: Tx, bodyId: string, applicantIds: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`
    select exists (
      select from applicant me join applicant o on o.body_id = me.body_id and (case when me.id_hash is not null then o.id_hash = me.id_hash else o.name_hash = me.name_hash end)
      join record_correction r on r.body_id = o.body_id and r.applicant_id = o.applicant_id
      where me.body_id = ${bodyId} and me.applicant_id = any(${[...applicantIds]}::uuid[]) and r.status not in ('told', 'withdrawn')) as yes`.execute(tx)
  return rows[0]?.yes === true
}

/** 页上的一句话：何日去标识化；已去、未归档的不说。 */
export async function deidentifyWords(deps: Deps, archive: Archive): Promise<string | null> {
  if (archive.archived_on === null || archive.deidentified_on !== null) return null
  if (archive.held_because !== null) return '保全之中，不去标识化'
  const on = addCalendarDays(archive.archived_on, await getSetting(deps.db, archive.body_id, 'deidentifyAfterDays'))
  return `${on} 起自动去标识化（期限为本区设定）；在复议、诉讼之中的，等办结`
}
