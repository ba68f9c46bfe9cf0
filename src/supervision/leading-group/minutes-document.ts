import { chineseDate } from '../../documents/index.ts'
import type { Block, Document, Table } from '../../documents/index.ts'
import { linesOf } from '../progress/check-text.ts'
import type { Meeting } from './meetings.ts'
import { TASK_STATES } from './tasks.ts'
import type { Task } from './tasks.ts'

const paragraph = (text: string): Block => ({ kind: 'paragraph', spans: [text], indent: true })
const heading = (text: string): Block => ({ kind: 'heading', level: 1, text })
const head = (text: string) => ({ text, head: true, align: 'center' as const })

/** 会议纪要：议题、到会、议定事项。 */
export function toMinutes(meeting: Meeting, tasks: readonly Task[], { bodyName, demo }: { bodyName: string; demo: boolean }): Document {
  const people: readonly (readonly [string, readonly string[]])[] = [['出席', meeting.present], ['请假', meeting.absent], ['列席', meeting.guests]]
  const table: Table = {
    caption: '议定事项',
    widths: [1.2, 8, 3.6, 2.8, 2],
    headRows: 1,
    rows: [
      ['序号', '事项', '承办', '完成时限', '现在'].map(head),
      ...tasks.map((task, i) => [{ text: String(i + 1), align: 'center' as const }, { text: task.content }, { text: task.unit }, { text: task.dueOn, align: 'center' as const }, { text: TASK_STATES[task.state], align: 'center' as const }]),
    ],
  }
  return {
    title: `${meeting.title}纪要`,
    issuer: bodyName,
    creator: bodyName,
    datedOn: meeting.heldOn,
    demo,
    blocks: [
      paragraph(`${chineseDate(meeting.heldOn)}${meeting.place === '' ? '' : `，在${meeting.place}`}召开${meeting.title}${meeting.chair === '' ? '' : `，${meeting.chair}主持`}。`),
      heading('一、议题'),
      ...linesOf(meeting.agenda, 100).map((line, i) => paragraph(`${i + 1}.${line.replace(/^\d+[.、．]\s*/, '')}`)),
      ...(meeting.summary === '' ? [] : [heading('二、会议情况'), ...linesOf(meeting.summary, 400).map(paragraph)]),
      ...(tasks.length === 0 ? [] : [heading(`${meeting.summary === '' ? '二' : '三'}、议定事项`), { kind: 'table', table } as const]),
      ...people.filter(([, names]) => names.length > 0).map(([label, names]) => paragraph(`${label}：${names.join('、')}`)),
      { kind: 'signature', name: bodyName, on: meeting.heldOn },
    ],
  }
}
