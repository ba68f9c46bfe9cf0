import { Hono } from 'hono'
import type { Context } from 'hono'
import { namesOf } from '../../bodies/index.ts'
import { MissingGlyphs, toDocx, toPdf } from '../../documents/index.ts'
import { actorKey, can, listDisplayNames, listHolders, permit, ROLES, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import type { Role } from '../../identity/index.ts'
import type { Tx } from '../../platform/db.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import type { ParsedForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { dayProblem, errorsOf, hasErrors, linesOf, textProblem } from '../progress/check-text.ts'
import { EVIDENCE_UPLOAD, takeEvidence } from '../progress/evidence-file.ts'
import { listNotes } from '../progress/progress.ts'
import { sendEvidence } from '../progress/send-evidence.ts'
import { takeNote } from '../progress/take-note.ts'
import { GROUP, MEMBERS, MeetingFormPage, MeetingPage, meetingHref, MeetingsPage, MemberPage, MembersPage, TaskPage, TasksPage } from './leading-group-pages.tsx'
import { countMeetings, getMeeting, listMeetings, saveMeeting } from './meetings.ts'
import type { Meeting, MeetingFacts } from './meetings.ts'
import { addMember, changeMember, isDuty, listMembers, MEMBER_REFUSED, servingOn } from './members.ts'
import type { MemberInput } from './members.ts'
import { toMinutes } from './minutes-document.ts'
import { addTask, changeTask, countTasks, getTask, isTaskState, listTasks, listTasksOf, noteTask, TASK_STATES, taskHref, TASKS } from './tasks.ts'
import type { TaskFacts } from './tasks.ts'

/** 工作台的领导小组；挂在 requireSignIn 之后。 */
export const leadingGroupRoutes = new Hono()

const read = permit('safeguard.read')
const handle = permit('safeguard.handle')
const SMALL = { maxBytes: 64 * 1024, maxFields: 20 }
const STALE = '他人刚才改过，请看过最新的再办'
const LIST = { sorts: ['heldOn'], defaultSort: '-heldOn', filters: { year: 'year' } } as const

/** 可以经办的账号：本机关有岗位的。 */
const accountsOf = (tx: Tx, bodyId: string) => listHolders(tx, bodyId, Object.keys(ROLES) as Role[])

leadingGroupRoutes.get(GROUP, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const query = parseListQuery(c.req.url, LIST)
  const { year } = query.filters
  const filter = { bodyId: actor.bodyId, text: query.q, ...(year === undefined ? {} : { from: `${year}-01-01`, to: `${year}-12-31` }) }
  const now = yearOf(deps.clock.today())
  const years = { meetings: await countMeetings(deps.db, { bodyId: actor.bodyId, from: `${now}-01-01`, to: `${now}-12-31` }) }
  const rows = await listMeetings(deps.db, filter, { limit: query.size, offset: query.offset, descending: query.descending })
  return renderPage(c, <MeetingsPage rows={rows} query={query} total={await countMeetings(deps.db, filter)} year={now} years={years} canHandle={can(actor, 'safeguard.handle', actor.bodyId)} flash={takeFlash(c)} />)
})

const idOf = (c: Context, name: string, what: string): string => {
  const id = c.req.param(name) ?? ''
  if (!isId(id)) throw new NotFound(what)
  return id
}

async function meetingForm(c: Context, meeting: Meeting | null, state: FormState = emptyForm) {
  const { deps, actor } = signedIn(c)
  const today = deps.clock.today()
  return renderPage(c, <MeetingFormPage meeting={meeting} members={servingOn(await listMembers(deps.db, actor.bodyId), meeting?.heldOn ?? today)} today={today} state={state} />, { status: state === emptyForm ? 200 : 422 })
}

leadingGroupRoutes.get(`${GROUP}/meetings/new`, handle, (c) => meetingForm(c, null))

function readMeeting(form: ParsedForm, today: string): { facts: MeetingFacts; errors: FormState['errors'] } {
  const names = (field: string) => [...new Set((form.fields[field] ?? []).map((name) => name.trim()))].filter((name) => name !== '' && name.length <= 50).slice(0, 100)
  const present = names('present')
  const facts = {
    heldOn: form.text('heldOn'), title: form.text('title'), place: form.text('place'), chair: form.text('chair'), agenda: form.text('agenda').replaceAll('\r\n', '\n'), summary: form.text('summary').replaceAll('\r\n', '\n'),
    present, absent: names('absent'), guests: linesOf(form.text('guests'), 100).map((name) => name.slice(0, 50)),
  }
  const both = facts.absent.find((name) => present.includes(name))
  const errors = errorsOf({
    title: textProblem(facts.title, 2, 120), heldOn: dayProblem(facts.heldOn, { to: today }), place: textProblem(facts.place, 0, 120), chair: textProblem(facts.chair, 0, 50),
    agenda: textProblem(facts.agenda, 2, 2000), summary: textProblem(facts.summary, 0, 10_000), guests: textProblem(facts.guests.join(''), 0, 1000),
    absent: both === undefined ? null : `${both}既勾了出席又勾了请假`,
  })
  return { facts, errors }
}

async function saveFrom(c: Context, meeting: Meeting | null) {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, EVIDENCE_UPLOAD)
  const { facts, errors } = readMeeting(form, deps.clock.today())
  if (hasErrors(errors)) return meetingForm(c, meeting, { values: form.fields, errors })
  const taken = await takeEvidence(deps, form.files)
  if (!taken.ok) return meetingForm(c, meeting, { values: form.fields, errors: { file: taken.message } })
  try {
    const id = await saveMeeting(deps, actor, { bodyId: actor.bodyId, meetingId: meeting?.meetingId ?? null, seen: Number(form.text('version')), facts, file: taken.file })
    setFlash(c, { tone: 'ok', text: meeting === null ? '已记下；议定的事在这里逐件添' : '已改好' })
    return c.redirect(meetingHref(id), 303)
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return meetingForm(c, meeting, { values: form.fields, errors: { '': STALE } })
  }
}

leadingGroupRoutes.post(`${GROUP}/meetings/new`, handle, (c) => saveFrom(c, null))

const MEETING = `${GROUP}/meetings/:meetingId`

async function openMeeting(c: Context) {
  const { deps, actor } = signedIn(c)
  const meeting = await getMeeting(deps.db, { bodyId: actor.bodyId, meetingId: idOf(c, 'meetingId', '这次会议') })
  return { deps, actor, meeting, tasks: await listTasksOf(deps.db, actor.bodyId, meeting.meetingId) }
}

async function meetingPage(c: Context, state: FormState = emptyForm) {
  const { deps, actor, meeting, tasks } = await openMeeting(c)
  return renderPage(
    c,
    <MeetingPage meeting={meeting} tasks={tasks} accounts={await accountsOf(deps.db, actor.bodyId)} today={deps.clock.today()} canHandle={can(actor, 'safeguard.handle', actor.bodyId)} state={state} flash={takeFlash(c)} />,
    { status: state === emptyForm ? 200 : 422 },
  )
}

leadingGroupRoutes.get(MEETING, read, (c) => meetingPage(c))
leadingGroupRoutes.get(`${MEETING}/edit`, handle, async (c) => meetingForm(c, (await openMeeting(c)).meeting))
leadingGroupRoutes.post(`${MEETING}/edit`, handle, async (c) => saveFrom(c, (await openMeeting(c)).meeting))

leadingGroupRoutes.get(`${MEETING}/file`, read, async (c) => {
  const { deps, meeting } = await openMeeting(c)
  if (meeting.file === null) throw new NotFound('纪要的扫描件')
  return sendEvidence(c, deps, meeting.file)
})

const FORMATS = { pdf: { type: 'application/pdf', write: toPdf }, docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', write: toDocx } } as const

leadingGroupRoutes.get(`${MEETING}/:minutes{minutes\\.(?:pdf|docx)}`, read, async (c) => {
  const { deps, actor, meeting, tasks } = await openMeeting(c)
  const format = (c.req.param('minutes') ?? '').endsWith('pdf') ? 'pdf' : 'docx'
  const { name: bodyName } = await namesOf(deps.db, actor.bodyId, meeting.heldOn)
  try {
    const bytes = await FORMATS[format].write(toMinutes(meeting, tasks, { bodyName, demo: deps.config.mode === 'demo' }))
    return c.body(new Uint8Array(bytes), 200, { 'Content-Type': FORMATS[format].type, 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${meeting.title}纪要.${format}`)}`, 'Cache-Control': 'no-store' })
  } catch (error) {
    if (!(error instanceof MissingGlyphs)) throw error
    setFlash(c, { tone: 'error', text: error.message })
    return c.redirect(meetingHref(meeting.meetingId), 303)
  }
})

async function readTask(c: Context, from: string): Promise<{ form: ParsedForm; facts: TaskFacts; errors: FormState['errors'] }> {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, SMALL)
  const [content, unit, owner, dueOn] = [form.text('content'), form.text('unit'), form.text('owner'), form.text('dueOn')]
  const known = owner === '' || (await accountsOf(deps.db, actor.bodyId)).has(owner)
  const errors = errorsOf({ content: textProblem(content, 4, 500), unit: textProblem(unit, 2, 80), owner: known ? null : '请从名单里选', dueOn: dayProblem(dueOn, { from }) })
  return { form, facts: { content, unit, owner: owner === '' ? null : owner, dueOn }, errors }
}

leadingGroupRoutes.post(`${MEETING}/tasks`, handle, async (c) => {
  const { deps, actor, meeting } = await openMeeting(c)
  const { form, facts, errors } = await readTask(c, meeting.heldOn)
  if (hasErrors(errors)) return meetingPage(c, { values: form.fields, errors })
  await addTask(deps, actor, { bodyId: actor.bodyId, meetingId: meeting.meetingId, facts })
  setFlash(c, { tone: 'ok', text: facts.owner === null ? '已添上' : '已添上，并通知了经办人' })
  return c.redirect(meetingHref(meeting.meetingId), 303)
})

const TASK_LIST = { sorts: ['dueOn'], defaultSort: 'dueOn', filters: { state: ['late', ...Object.keys(TASK_STATES)] } } as const

leadingGroupRoutes.get(TASKS, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const { bodyId } = actor
  const [query, today] = [parseListQuery(c.req.url, TASK_LIST), deps.clock.today()]
  const { state } = query.filters
  const filter = { bodyId, text: query.q, ...(state === 'late' ? { state: 'open' as const, dueBefore: today } : isTaskState(state) ? { state } : {}) }
  const rows = await listTasks(deps.db, filter, { limit: query.size, offset: query.offset, descending: query.descending })
  const late = await countTasks(deps.db, { bodyId, state: 'open', dueBefore: today })
  return renderPage(c, <TasksPage rows={rows} query={query} total={await countTasks(deps.db, filter)} accounts={await accountsOf(deps.db, bodyId)} today={today} late={late} flash={takeFlash(c)} />)
})

async function taskPage(c: Context, states: { note?: FormState; edit?: FormState } = {}) {
  const { deps, actor } = signedIn(c)
  const ref = { bodyId: actor.bodyId, taskId: idOf(c, 'taskId', '这件议定的事') }
  const task = await getTask(deps.db, ref)
  const notes = (await listNotes(deps.db, ref.bodyId, [ref.taskId])).get(ref.taskId) ?? []
  const canHandle = can(actor, 'safeguard.handle', ref.bodyId)
  const people = await listDisplayNames(deps.db, [...notes.map((note) => note.by), task.owner ?? ''])
  const model = { task, notes, people, accounts: await accountsOf(deps.db, ref.bodyId), today: deps.clock.today(), canHandle, canNote: canHandle || task.owner === actorKey(actor) }
  return renderPage(c, <TaskPage {...model} states={{ note: states.note ?? emptyForm, edit: states.edit ?? emptyForm }} flash={takeFlash(c)} />, { status: states.note === undefined && states.edit === undefined ? 200 : 422 })
}

leadingGroupRoutes.get(`${TASKS}/:taskId`, read, (c) => taskPage(c))

/** 办一步：所见已落后、已了结的告知重看。 */
async function step(c: Context, href: string, done: string, act: () => Promise<boolean>) {
  try {
    setFlash(c, (await act()) ? { tone: 'ok', text: done } : { tone: 'warn', text: '已经了结，不能再改' })
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    setFlash(c, { tone: 'warn', text: STALE })
  }
  return c.redirect(href, 303)
}

leadingGroupRoutes.post(`${TASKS}/:taskId`, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const ref = { bodyId: actor.bodyId, taskId: idOf(c, 'taskId', '这件议定的事') }
  const { form, facts, errors } = await readTask(c, (await getTask(deps.db, ref)).heldOn)
  if (hasErrors(errors)) return taskPage(c, { edit: { values: form.fields, errors } })
  return step(c, taskHref(ref.taskId), '已改好', () => changeTask(deps, actor, { ...ref, seen: Number(form.text('version')), facts }))
})

leadingGroupRoutes.post(`${TASKS}/:taskId/notes`, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const ref = { bodyId: actor.bodyId, taskId: idOf(c, 'taskId', '这件议定的事') }
  await getTask(deps.db, ref)
  const taken = await takeNote(c, deps)
  if (!taken.ok) return taskPage(c, { note: taken.state })
  const done = { note: '已记下', done: '已记下，并办结', dropped: '已记下，不再办' }[taken.note.step]
  return step(c, taskHref(ref.taskId), done, () => noteTask(deps, actor, { ...ref, note: taken.note }))
})

async function membersPage(c: Context, state: FormState = emptyForm) {
  const { deps, actor } = signedIn(c)
  return renderPage(c, <MembersPage members={await listMembers(deps.db, actor.bodyId)} today={deps.clock.today()} canHandle={can(actor, 'safeguard.handle', actor.bodyId)} state={state} flash={takeFlash(c)} />, { status: state === emptyForm ? 200 : 422 })
}

leadingGroupRoutes.get(MEMBERS, read, (c) => membersPage(c))

async function readMember(c: Context): Promise<{ form: ParsedForm; input: MemberInput | null; errors: FormState['errors'] }> {
  const form = await parseForm(c, SMALL)
  const [name, duty, post, from, to] = [form.text('name'), form.text('duty'), form.text('post'), form.text('from'), form.text('to')]
  const errors = errorsOf({ name: textProblem(name, 2, 50), duty: isDuty(duty) ? null : '请选择', post: textProblem(post, 2, 100), from: dayProblem(from), to: to === '' ? null : dayProblem(to, { from }) })
  return { form, input: isDuty(duty) && !hasErrors(errors) ? { name, duty, post, from, to: to === '' ? null : to } : null, errors }
}

leadingGroupRoutes.post(MEMBERS, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const { form, input, errors } = await readMember(c)
  if (input === null) return membersPage(c, { values: form.fields, errors })
  const answer = await addMember(deps, actor, { bodyId: actor.bodyId, ...input })
  if (!answer.ok) return membersPage(c, { values: form.fields, errors: { duty: MEMBER_REFUSED[answer.refusal] } })
  setFlash(c, { tone: 'ok', text: `已新增${input.name}` })
  return c.redirect(MEMBERS, 303)
})

async function openMember(c: Context) {
  const { deps, actor } = signedIn(c)
  const memberId = c.req.param('memberId')
  const member = (await listMembers(deps.db, actor.bodyId)).find((one) => one.memberId === memberId)
  if (member === undefined) throw new NotFound('这名成员')
  return { deps, actor, member, today: deps.clock.today() }
}

leadingGroupRoutes.get(`${MEMBERS}/:memberId`, handle, async (c) => {
  const { member, today } = await openMember(c)
  return renderPage(c, <MemberPage member={member} state={emptyForm} today={today} />)
})

leadingGroupRoutes.post(`${MEMBERS}/:memberId`, handle, async (c) => {
  const { deps, actor, member, today } = await openMember(c)
  const { form, input, errors } = await readMember(c)
  const again = (wrong: FormState['errors']) => renderPage(c, <MemberPage member={member} state={{ values: form.fields, errors: wrong }} today={today} />, { status: 422 })
  if (input === null) return again(errors)
  try {
    const answer = await changeMember(deps, actor, { bodyId: actor.bodyId, memberId: member.memberId, seen: Number(form.text('version')), ...input })
    if (!answer.ok) return again({ duty: MEMBER_REFUSED[answer.refusal] })
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return again({ '': STALE })
  }
  setFlash(c, { tone: 'ok', text: '已改好' })
  return c.redirect(MEMBERS, 303)
})
