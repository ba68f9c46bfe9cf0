import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Application, Status } from './application.ts'
import type { CaseLink, CaseLinks } from './desk/case-links.tsx'

/** 与一件相连的各件：拆自、拆为、并入、并入本件的、重新答复的，一次读出；拆、并都至多一百件。 */
export async function getCaseLinks(tx: Tx, bodyId: string, caseId: string, { splitFrom, mergedInto, redo }: Application): Promise<CaseLinks> {
  const { rows } = await sql<{ caseId: string; regNo: string; status: Status; isPart: boolean; isRedo: boolean }>`
    select case_id as "caseId", reg_no as "regNo", status, coalesce(split_from = ${caseId}, false) as "isPart", coalesce(redo_of = ${caseId}, false) as "isRedo" from application
    where body_id = ${bodyId} and case_id in (
      select case_id from application where body_id = ${bodyId} and split_from = ${caseId}
      union select case_id from application where body_id = ${bodyId} and merged_into = ${caseId}
      union select case_id from application where body_id = ${bodyId} and redo_of = ${caseId}
      union select unnest(${[splitFrom, mergedInto, redo?.of ?? null].filter((id) => id !== null)}::uuid[]))
    order by case_id limit ${MOST}`.execute(tx)
  const toLink = (row: (typeof rows)[number]): CaseLink => ({ regNo: row.regNo, href: `/desk/applications/${row.caseId}`, at: row.status })
  const only = (id: string | null): CaseLink | null => {
    const row = rows.find((each) => each.caseId === id)
    return row === undefined ? null : toLink(row)
  }
  const others = rows.filter((row) => row.caseId !== splitFrom && row.caseId !== mergedInto && row.caseId !== redo?.of)
  return {
    splitFrom: only(splitFrom),
    mergedInto: only(mergedInto),
    parts: others.filter((row) => row.isPart).map(toLink),
    redoOf: only(redo?.of ?? null),
    redos: others.filter((row) => row.isRedo).map(toLink),
    followers: others.filter((row) => !row.isPart && !row.isRedo).map(toLink),
  }
}

const MOST = 210
