import { actorKey, can } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { yearOf } from '../../statute/plain-date.ts'
import type { ApplicationToDo } from '../to-dos.ts'
import { findArchive } from './archive-store.ts'
import { ARCHIVE_VIEWS, archiveHref } from './archive-list-page.tsx'
import { countArchives, listArchives } from './list-archives.ts'

const MOST = 20

/** 此人的档案：等他批准销毁的逐件列出，至多二十件；档案员，期满待鉴定的合为一项。 */
export async function archiveToDos({ db, clock }: Deps, actor: SignedInActor): Promise<ApplicationToDo[]> {
  const { bodyId } = actor
  const due = { bodyId, view: 'due', dueBy: `${yearOf(clock.today())}-12-31` } as const
  const toDos: ApplicationToDo[] = []
  if (can(actor, 'archive.approve', bodyId)) {
    const { rows } = await listArchives(db, { ...due, state: 'proposed' }, { after: null, limit: MOST })
    for (const { caseId, regNo } of rows) {
      const archive = await findArchive(db, { bodyId, caseId })
      if (archive?.destroy_proposed_by !== actorKey(actor)) toDos.push({ title: `${regNo} 的案卷`, href: archiveHref(caseId), dueOn: null, note: '等您批准销毁' })
    }
  }
  const expired = can(actor, 'archive.appraise', bodyId) ? await countArchives(db, { ...due, dueBy: clock.today() }) : 0
  if (expired > 0) toDos.push({ title: `${expired} 件案卷保管期限届满`, href: ARCHIVE_VIEWS.due.href, dueOn: null, note: '逐件鉴定：延长或者提出销毁' })
  return toDos
}
