import './tables.ts'
import { record } from '../../audit/index.ts'
import { actorKey } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/id.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { EvidenceFile, EvidenceType } from './evidence-file.ts'

/** 一次进展：何日、说了什么、凭什么。 */
export interface ProgressNote {
  noteId: string
  subjectId: string
  on: PlainDate
  said: string
  href: string | null
  file: EvidenceFile | null
  by: string
}

/** 记一次进展，与所说的事同一事务。 */
export async function addNote(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  actor: Actor,
  { bodyId, subjectId, on, said, href, file }: { bodyId: string; subjectId: string; on: PlainDate; said: string; href: string; file: EvidenceFile | null },
): Promise<void> {
  await tx
    .insertInto('progress_note')
    .values({
      body_id: bodyId, note_id: newId(), subject_id: subjectId, on_day: on, said, href: href === '' ? null : href,
      file_key: file?.key ?? null, file_name: file?.name ?? null, file_type: file?.type ?? null, file_size: file?.size ?? null, said_by: actorKey(actor), said_at: clock.now(),
    })
    .execute()
  await record(tx, actor, 'progress.noted', { bodyId, target: subjectId }, { on })
}

const MOST = 500

/** 若干事的进展，先后为序；至多五百次。 */
export async function listNotes(tx: Tx, bodyId: string, subjectIds: readonly string[]): Promise<Map<string, ProgressNote[]>> {
  if (subjectIds.length === 0) return new Map()
  const rows = await tx.selectFrom('progress_note').selectAll().where('body_id', '=', bodyId).where('subject_id', 'in', subjectIds.slice(0, MOST)).orderBy('on_day').orderBy('note_id').limit(MOST).execute()
  return Map.groupBy(rows.map(toNote), (note) => note.subjectId)
}

interface NoteRow {
  note_id: string
  subject_id: string
  on_day: PlainDate
  said: string
  href: string | null
  file_key: string | null
  file_name: string | null
  file_type: EvidenceType | null
  file_size: number | null
  said_by: string
}

const toNote = (row: NoteRow): ProgressNote => ({
  noteId: row.note_id, subjectId: row.subject_id, on: row.on_day, said: row.said, href: row.href, by: row.said_by,
  file: row.file_key === null || row.file_name === null || row.file_type === null ? null : { key: row.file_key, name: row.file_name, type: row.file_type, size: row.file_size ?? 0 },
})

/** 一次进展所附的文件；没有的抛 NotFound。 */
export async function getNoteFile(tx: Tx, bodyId: string, noteId: string): Promise<EvidenceFile> {
  const row = await tx.selectFrom('progress_note').selectAll().where('body_id', '=', bodyId).where('note_id', '=', noteId).executeTakeFirst()
  const file = row === undefined ? null : toNote(row).file
  if (file === null) throw new NotFound('这份佐证')
  return file
}
