import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { CheckboxGroup, DataTable, DateField, DefinitionList, DeskPage, DueDate, EmptyState, FieldGroup, FileField, Form, LinkButton, RadioGroup, SelectField, Sheet, Tabs, Tag, TextArea, TextField } from '../../platform/html/index.ts'
import type { Column, FormState, ListQuery } from '../../platform/html/index.ts'
import { daysBetween } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { linesOf } from '../progress/check-text.ts'
import { EVIDENCE_HINT } from '../progress/evidence-file.ts'
import type { ProgressNote } from '../progress/progress.ts'
import { ProgressForm, ProgressTimeline } from '../progress/progress-view.tsx'
import type { Meeting, MeetingRow } from './meetings.ts'
import { DUTIES, servingOn } from './members.ts'
import type { Member } from './members.ts'
import { TASK_STATES, TASKS, taskHref } from './tasks.ts'
import type { Task } from './tasks.ts'

export const GROUP = '/desk/leading-group'
export const MEMBERS = `${GROUP}/members`
export const meetingHref = (meetingId: string): string => `${GROUP}/meetings/${meetingId}`
const HOME = [{ label: '领导小组', href: GROUP }]
const TABS = [{ label: '会议', href: GROUP }, { label: '议定事项', href: TASKS }, { label: '成员', href: MEMBERS }]
const GroupTabs = ({ current }: { current: string }) => <Tabs label="领导小组" current={current} tabs={TABS} />

export type Accounts = ReadonlyMap<string, string>

/** 会议的列表。 */
export function MeetingsPage({ rows, query, total, year, years, canHandle, flash }: { rows: readonly MeetingRow[]; query: ListQuery; total: number; year: number; years: { meetings: number }; canHandle: boolean; flash: Flash | null }) {
  return (
    <DeskPage
      title="领导小组会议"
      lead={`政务公开领导小组研究部署政府信息公开工作。${year} 年开会 ${years.meetings} 次，写进年度报告的监督保障情况。`}
      {...(canHandle ? { actions: <LinkButton href={`${GROUP}/meetings/new`}>记一次会议</LinkButton> } : {})}
    >
      <FlashNotice flash={flash} />
      <GroupTabs current={GROUP} />
      <DataTable
        caption="领导小组会议"
        columns={[
          { key: 'title', label: '会议', render: (row: MeetingRow) => row.title },
          { key: 'heldOn', label: '日期', nowrap: true, sort: true, render: (row) => row.heldOn },
          { key: 'present', label: '出席', unit: '人', align: 'end', render: (row) => row.present },
          { key: 'tasks', label: '议定', unit: '件', align: 'end', render: (row) => row.tasks },
          { key: 'open', label: '没有办结', unit: '件', align: 'end', render: (row) => row.openTasks },
        ]}
        rows={rows}
        rowKey={(row) => row.meetingId}
        rowHref={(row) => meetingHref(row.meetingId)}
        list={{ query, total, search: '会议、议题、纪要里的字', filters: [{ kind: 'text', name: 'year', label: '年度' }] }}
        empty={{ title: '还没有记过会议', children: '开过会的，把日期、议题、到会的人、议定的事记在这里。', ...(canHandle ? { action: { label: '记一次会议', href: `${GROUP}/meetings/new` } } : {}) }}
      />
    </DeskPage>
  )
}

export interface MeetingFormModel {
  meeting: Meeting | null
  members: readonly Member[]
  today: PlainDate
  state: FormState
}

/** 记会议的表单：在任的逐个勾。 */
export function MeetingFormPage({ meeting, members, today, state }: MeetingFormModel) {
  const names = [...new Set([...(meeting?.present ?? []), ...(meeting?.absent ?? []), ...members.map((member) => member.name)])]
  const labels = new Map(members.map((member) => [member.name, `${member.name}（${DUTIES[member.duty]}，${member.post}）`]))
  const back = meeting === null ? GROUP : meetingHref(meeting.meetingId)
  return (
    <DeskPage title={meeting === null ? '记一次会议' : '改会议的记录'} crumbs={meeting === null ? HOME : [...HOME, { label: meeting.title, href: back }]}>
      <Sheet>
        <Form action={meeting === null ? `${GROUP}/meetings/new` : `${back}/edit`} submit="保存" cancel={{ href: back }} multipart state={state} hidden={{ version: String(meeting?.version ?? 0) }}>
          <TextField name="title" label="会议名称" required maxLength={120} value={meeting?.title ?? `${today.slice(0, 4)}年政务公开领导小组会议`} />
          <DateField name="heldOn" label="日期" required max={today} value={meeting?.heldOn ?? today} />
          <TextField name="place" label="地点" maxLength={120} value={meeting?.place} />
          <TextField name="chair" label="主持人" maxLength={50} width="middle" value={meeting?.chair ?? members.find((member) => member.duty === 'head')?.name} />
          <TextArea name="agenda" label="议题" required rows={4} maxLength={2000} value={meeting?.agenda} hint="一行一个" />
          <TextArea name="summary" label="会议情况" rows={8} maxLength={10_000} value={meeting?.summary} hint="印在纪要上；议定的事在下一页逐件添" />
          {names.length > 0 ? (
            <>
              <CheckboxGroup name="present" label="出席" options={names.map((name) => ({ value: name, label: labels.get(name) ?? name }))} value={meeting?.present ?? []} />
              <CheckboxGroup name="absent" label="请假" options={names.map((name) => ({ value: name, label: name }))} value={meeting?.absent ?? []} />
            </>
          ) : (
            <p>
              还没有写成员。<a href={MEMBERS}>先写成员</a>，这里就能逐个勾。
            </p>
          )}
          <TextArea name="guests" label="列席" rows={2} maxLength={1000} value={meeting?.guests.join('\n')} hint="一行一人" />
          <FileField name="file" label="纪要的扫描件" accept=".pdf,.docx,.jpg,.jpeg,.png" hint={`${EVIDENCE_HINT}${meeting?.file === null || meeting === null ? '' : `；已有 ${meeting.file.name}，不选即不换`}`} />
        </Form>
      </Sheet>
    </DeskPage>
  )
}

export interface MeetingModel {
  meeting: Meeting
  tasks: readonly Task[]
  accounts: Accounts
  today: PlainDate
  canHandle: boolean
  state: FormState
  flash: Flash | null
}

/** 一次会议：议题、到会、议定事项，打印纪要。 */
export function MeetingPage({ meeting, tasks, accounts, today, canHandle, state, flash }: MeetingModel) {
  const here = meetingHref(meeting.meetingId)
  return (
    <DeskPage title={meeting.title} crumbs={HOME} {...(canHandle ? { actions: <LinkButton second href={`${here}/edit`}>改记录</LinkButton> } : {})}>
      <FlashNotice flash={flash} />
      <div className="stack">
        <Sheet
          title="会议"
          actions={(['pdf', 'docx'] as const).map((format) => (
            <a key={format} className="btn second" href={`${here}/minutes.${format}`}>
              {format === 'pdf' ? '打印纪要（PDF）' : 'DOCX'}
            </a>
          ))}
        >
          <DefinitionList
            items={[
              ['日期', meeting.heldOn],
              ['地点', meeting.place || '—'],
              ['主持人', meeting.chair || '—'],
              ['出席', meeting.present.length === 0 ? '没有记' : `${meeting.present.join('、')}，共 ${meeting.present.length} 人`],
              ...(meeting.absent.length === 0 ? [] : [['请假', meeting.absent.join('、')] as const]),
              ...(meeting.guests.length === 0 ? [] : [['列席', meeting.guests.join('、')] as const]),
              ...(meeting.file === null ? [] : [['纪要的扫描件', <a key="file" href={`${here}/file`}>{meeting.file.name}</a>] as const]),
            ]}
          />
          <h3>议题</h3>
          <ol>
            {linesOf(meeting.agenda, 100).map((line) => (
              <li key={line}>{line.replace(/^\d+[.、．]\s*/, '')}</li>
            ))}
          </ol>
          {meeting.summary !== '' && (
            <>
              <h3>会议情况</h3>
              {linesOf(meeting.summary, 400).map((line, i) => (
                <p key={i}>{line}</p>
              ))}
            </>
          )}
        </Sheet>
        <DataTable caption="议定事项" showCaption columns={taskColumns(accounts, today, false)} rows={tasks} rowKey={(task) => task.taskId} rowHref={(task) => taskHref(task.taskId)} empty={{ title: '没有议定事项', children: '会上定下要办的事，在下面逐件添，到期会提醒经办的人。' }} />
        {canHandle && (
          <Sheet title="添一件议定的事">
            <TaskForm action={`${here}/tasks`} submit="添上" task={null} accounts={accounts} state={state} />
          </Sheet>
        )}
      </div>
    </DeskPage>
  )
}

export const TaskForm = ({ action, submit, task, accounts, state, cancel }: { action: string; submit: string; task: Task | null; accounts: Accounts; state: FormState; cancel?: string }) => (
  <Form action={action} submit={submit} state={state} hidden={{ version: String(task?.version ?? 0) }} {...(cancel === undefined ? {} : { cancel: { href: cancel } })}>
    <TextArea name="content" label="事项" required rows={2} maxLength={500} value={task?.content} hint="写到可以检查的程度" />
    <TextField name="unit" label="承办" required maxLength={80} width="middle" value={task?.unit} hint="科室、单位" />
    <SelectField name="owner" label="经办人" blank="不指定" value={task?.owner ?? ''} options={[...accounts].map(([value, label]) => ({ value, label }))} hint="通知与提醒发给谁；不指定的发给公开工作机构" />
    <DateField name="dueOn" label="完成时限" required value={task?.dueOn} />
  </Form>
)

/** 议定的事、改进措施的状态，逾期的写明。 */
export const WorkState = ({ state, dueOn, today }: { state: keyof typeof TASK_STATES; dueOn: PlainDate; today: PlainDate }) =>
  state === 'done' ? <Tag tone="ok">办结</Tag> : state === 'dropped' ? <Tag>不再办</Tag> : dueOn < today ? <Tag tone="late">{`逾期 ${daysBetween(dueOn, today)} 天`}</Tag> : <Tag tone="wait">在办</Tag>

const taskColumns = (accounts: Accounts, today: PlainDate, withMeeting: boolean): Column<Task>[] => [
  { key: 'content', label: '事项', render: (task) => task.content },
  { key: 'unit', label: '承办', render: (task) => `${task.unit}${task.owner === null ? '' : `，${accounts.get(task.owner) ?? '已离岗'}`}` },
  { key: 'dueOn', label: '完成时限', nowrap: true, sort: withMeeting, render: (task) => task.dueOn },
  { key: 'state', label: '现在', render: (task) => <WorkState state={task.state} dueOn={task.dueOn} today={today} /> },
  ...(withMeeting ? [{ key: 'meeting', label: '哪次会议', render: (task: Task) => task.meetingTitle }] : []),
]

/** 历次议定的事。 */
export function TasksPage({ rows, query, total, accounts, today, late, flash }: { rows: readonly Task[]; query: ListQuery; total: number; accounts: Accounts; today: PlainDate; late: number; flash: Flash | null }) {
  return (
    <DeskPage title="议定事项" crumbs={HOME} lead={late === 0 ? '没有逾期的。' : `${late} 件已逾期。`}>
      <FlashNotice flash={flash} />
      <GroupTabs current={TASKS} />
      <DataTable
        caption="议定事项"
        columns={taskColumns(accounts, today, true)}
        rows={rows}
        rowKey={(task) => task.taskId}
        rowHref={(task) => taskHref(task.taskId)}
        list={{
          query,
          total,
          search: '事项、承办',
          filters: [{ kind: 'select', name: 'state', label: '现在', options: [{ value: 'late', label: '逾期' }, ...Object.entries(TASK_STATES).map(([value, label]) => ({ value, label }))] }],
        }}
        empty={{ title: '没有议定事项', children: '在会议的页面上逐件添。', action: { label: '看会议', href: GROUP } }}
      />
    </DeskPage>
  )
}

export interface TaskModel {
  task: Task
  notes: readonly ProgressNote[]
  people: ReadonlyMap<string, string>
  accounts: Accounts
  today: PlainDate
  canHandle: boolean
  canNote: boolean
  states: { note: FormState; edit: FormState }
  flash: Flash | null
}

/** 一件议定的事：期限、进展与佐证。 */
export function TaskPage({ task, notes, people, accounts, today, canHandle, canNote, states, flash }: TaskModel) {
  const here = taskHref(task.taskId)
  const left = daysBetween(today, task.dueOn)
  return (
    <DeskPage title={task.content} heading={task.content} crumbs={[...HOME, { label: '议定事项', href: TASKS }]} status={<WorkState state={task.state} dueOn={task.dueOn} today={today} />}>
      <FlashNotice flash={flash} />
      <div className="stack">
        <DueDate label={task.state === 'open' ? '应当办结于' : `${TASK_STATES[task.state]}于`} on={task.endedOn ?? task.dueOn} state={task.state !== 'open' ? 'met' : left < 0 ? 'late' : left <= 7 ? 'soon' : 'ahead'} note={task.state === 'open' ? (left < 0 ? `已逾期 ${-left} 天` : `还有 ${left} 天`) : `时限 ${task.dueOn}`} />
        <Sheet title="事项">
          <DefinitionList items={[['会议', <a key="m" href={meetingHref(task.meetingId)}>{`${task.meetingTitle}（${task.heldOn}）`}</a>], ['承办', task.unit], ['经办人', task.owner === null ? '没有指定' : (accounts.get(task.owner) ?? people.get(task.owner) ?? '已离岗')]]} />
        </Sheet>
        <Sheet title="进展">{notes.length === 0 ? <EmptyState title="还没有记过进展">办了一步就记一次，附上佐证。</EmptyState> : <ProgressTimeline notes={notes} people={people} />}</Sheet>
        {canNote && task.state === 'open' && (
          <Sheet title="记进展">
            <ProgressForm action={`${here}/notes`} version={task.version} today={today} from={task.heldOn} state={states.note} done="记进展，并已办结" mayDrop={canHandle} />
          </Sheet>
        )}
        {canHandle && task.state === 'open' && (
          <details className="sheet" open={Object.keys(states.edit.errors).length > 0}>
            <summary>改事项、承办、时限</summary>
            <TaskForm action={here} submit="改好" task={task} accounts={accounts} state={states.edit} />
          </details>
        )}
      </div>
    </DeskPage>
  )
}

/** 成员：在任的、历任的。 */
export function MembersPage({ members, today, canHandle, state, flash }: { members: readonly Member[]; today: PlainDate; canHandle: boolean; state: FormState; flash: Flash | null }) {
  const serving = servingOn(members, today)
  return (
    <DeskPage title="领导小组成员" crumbs={HOME} lead={serving.length === 0 ? undefined : `现有成员 ${serving.length} 人。`}>
      <FlashNotice flash={flash} />
      <GroupTabs current={MEMBERS} />
      <div className="stack">
        <DataTable
          caption="成员"
          columns={[
            { key: 'name', label: '姓名', nowrap: true, render: (member: Member) => member.name },
            { key: 'duty', label: '组里', nowrap: true, render: (member) => DUTIES[member.duty] },
            { key: 'post', label: '职务', render: (member) => member.post },
            { key: 'from', label: '起止', nowrap: true, render: (member) => `${member.from} 至 ${member.to ?? '今'}` },
            { key: 'now', label: '现在', render: (member) => (serving.includes(member) ? <Tag tone="ok">在任</Tag> : <Tag>{member.from > today ? '未到任' : '已离任'}</Tag>) },
          ]}
          rows={members}
          rowKey={(member) => member.memberId}
          {...(canHandle ? { rowHref: (member: Member) => `${MEMBERS}/${member.memberId}` } : {})}
          empty={{ title: '还没有写成员', children: '照成立领导小组的文件，逐个写上组长、副组长、成员。' }}
        />
        {canHandle && (
          <Sheet title="新增">
            <MemberForm action={MEMBERS} submit="新增" member={null} state={state} today={today} />
          </Sheet>
        )}
      </div>
    </DeskPage>
  )
}

function MemberForm({ action, submit, member, state, today }: { action: string; submit: string; member: Member | null; state: FormState; today: PlainDate }) {
  return (
    <Form action={action} submit={submit} state={state} hidden={{ version: String(member?.version ?? 0) }} {...(member === null ? {} : { cancel: { href: MEMBERS } })}>
      <TextField name="name" label="姓名" required maxLength={50} width="middle" value={member?.name} />
      <RadioGroup name="duty" label="在组里" required value={member?.duty} options={Object.entries(DUTIES).map(([value, label]) => ({ value, label }))} />
      <TextField name="post" label="职务" required maxLength={100} value={member?.post} hint="如：党组书记、主任" />
      <FieldGroup title="起止">
        <DateField name="from" label="自" required value={member?.from ?? today} />
        <DateField name="to" label="至" value={member?.to ?? ''} hint="还在任的不填" />
      </FieldGroup>
    </Form>
  )
}

export const MemberPage = ({ member, state, today }: { member: Member; state: FormState; today: PlainDate }) => (
  <DeskPage title={`改成员 ${member.name}`} crumbs={[...HOME, { label: '成员', href: MEMBERS }]} lead="离任的写明止于何日，不删，从前的会议才对得上。">
    <Sheet>
      <MemberForm action={`${MEMBERS}/${member.memberId}`} submit="改好" member={member} state={state} today={today} />
    </Sheet>
  </DeskPage>
)
