import './tables.ts'
import { sql } from 'kysely'
import { actorKey, can } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import type { ApplicationToDo } from '../to-dos.ts'
import { documentsHref } from './documents-page.tsx'

const MOST = 30

/** 等此人核对的答复附件，一件申请一条；上传、标记过的人不在此列。至多三十条，先到期的在前。 */
export async function answerDocumentToDos({ db }: Pick<Deps, 'db'>, actor: SignedInActor): Promise<ApplicationToDo[]> {
  const { bodyId } = actor
  if (!can(actor, 'application.handle', bodyId)) return []
  const rows = await db
    .selectFrom('application_document as d')
    .innerJoin('application as a', (join) => join.onRef('a.body_id', '=', 'd.body_id').onRef('a.case_id', '=', 'd.case_id'))
    .select(['a.case_id', 'a.reg_no', 'a.content', 'a.due_on'])
    .where('d.body_id', '=', bodyId)
    .where('d.status', '=', 'ready')
    .where(sql<boolean>`not (${actorKey(actor)} = any (d.edited_by))`)
    .groupBy(['a.case_id', 'a.reg_no', 'a.content', 'a.due_on'])
    .orderBy('a.due_on')
    .limit(MOST)
    .execute()
  return rows.map((row) => ({ title: `${row.reg_no} ${row.content.slice(0, 40)}`, href: documentsHref(row.case_id), dueOn: row.due_on, note: '答复附件等您核对' }))
}
