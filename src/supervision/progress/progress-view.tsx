import { DateField, FileField, Form, TextArea, TextField, Timeline } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { EVIDENCE_HINT } from './evidence-file.ts'
import type { ProgressNote } from './progress.ts'

export const noteFileHref = (noteId: string): string => `/desk/progress/${noteId}/file`

/** 进展：从早到晚，佐证在旁。 */
export const ProgressTimeline = ({ notes, people }: { notes: readonly ProgressNote[]; people: ReadonlyMap<string, string> }) => (
  <Timeline
    entries={notes.map((note) => ({
      on: note.on,
      text: note.said,
      note: (
        <>
          {people.get(note.by) ?? '系统'}
          {note.file !== null && (
            <>
              ，<a href={noteFileHref(note.noteId)}>{note.file.name}</a>
            </>
          )}
          {note.href !== null && (
            <>
              ，<a href={note.href}>{note.href.startsWith('/') ? '所指的记录' : '所指的网页'}</a>
            </>
          )}
        </>
      ),
    }))}
  />
)

/** 记一次进展；办结的一并写明。 */
export function ProgressForm({ action, version, today, from, state, done, mayDrop }: { action: string; version: number; today: PlainDate; from?: PlainDate; state: FormState; done: string; mayDrop: boolean }) {
  return (
    <Form
      action={action}
      submit="记进展"
      multipart
      state={state}
      hidden={{ version: String(version) }}
      alternatives={[{ name: 'step', value: 'done', label: done }, ...(mayDrop ? [{ name: 'step', value: 'dropped', label: '不再办' }] : [])]}
    >
      <TextArea name="said" label="办到哪一步" required rows={3} maxLength={1000} hint="办了什么、结果如何；不再办的写明为什么" />
      <DateField name="on" label="日期" required value={today} max={today} {...(from === undefined ? {} : { min: from })} />
      <TextField name="href" label="所指的记录" maxLength={300} hint="系统里或者网站上的地址，如 /items/… ；没有的不填" />
      <FileField name="file" label="佐证文件" accept=".pdf,.docx,.xlsx,.jpg,.jpeg,.png" hint={EVIDENCE_HINT} />
    </Form>
  )
}
