import { findPastProblems } from '../src/annual-report/testing.ts'
import { toPdf } from '../src/documents/index.ts'
import type { Deps } from '../src/platform/deps.ts'
import { addCalendarDays } from '../src/statute/plain-date.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'
import { listProblems } from '../src/supervision/index.ts'
import type { EvidenceFile } from '../src/supervision/testing.ts'
import { addMeasure, addMember, addPlan, addTask, carryProblem, endProblem, endSession, getProblem, getSession, importPast, listPlan, listTasksOf, makePaper, noteMeasure, noteTask, raiseProblem, saveKeyField, saveMeeting, saveProposal, saveQuestions, saveSession, signByOfficer, startAttempt, submitAttempt } from '../src/supervision/testing.ts'
import { atDay } from './clock.ts'
import type { Staff } from './staff.ts'

interface Place {
  bodyId: string
  staff: Staff
  /** 业务领域，写进课题与重点领域 */
  field: string
}

/** 各页要用的几个编号，供逐页看过的测试。 */
export interface Safeguarded {
  meetingId: string
  /** 附有纪要扫描件的会议、附有佐证的进展 */
  scannedId: string
  noteId: string
  memberId: string
  taskId: string
  lateTaskId: string
  heldId: string
  plannedId: string
  questionId: string
  paperId: string
  /** 承办人答过的一次、正在答的一次 */
  attemptId: string
  openAttemptId: string
  problemId: string
  measureId: string
  proposalId: string
  keyFieldId: string
}

/**
 * 一个机构的领导小组、培训、问题与措施、登记：上年的开过会、办过培训、答过卷，今年的有将办的、正在答的、逾期的。
 * 上年的问题取自 2024 年度报告；没有那份报告的自列一个。
 */
export async function loadSafeguards(deps: Deps, place: Place): Promise<Safeguarded> {
  const before = await loadBeforeReports(deps, place)
  return { ...before, ...(await loadProblems(deps, place)) }
}

/** 年度报告冻结的数里要有的：会议、培训、登记；须先于报告载入。 */
export async function loadBeforeReports(deps: Deps, place: Place) {
  const group = await loadGroup(deps, place)
  const training = await loadTraining(deps, place)
  return { ...group, ...training, ...(await loadRegisters(deps, place)) }
}

const note = (seen: number, on: PlainDate, said: string, step: 'note' | 'done' = 'note', file: EvidenceFile | null = null) => ({ seen, on, said, href: '', file, step })

/** 一份演示的文件：一页写着字的 PDF。 */
async function aPage({ files }: Pick<Deps, 'files'>, title: string, text: string, on: PlainDate): Promise<EvidenceFile> {
  const bytes = await toPdf({ title, creator: '演示', datedOn: on, demo: true, blocks: [{ kind: 'paragraph', spans: [text], indent: true }] })
  return { ...(await files.put(bytes, { maxBytes: 10 * 1024 * 1024 })), name: `${title}.pdf`, type: 'pdf' }
}

async function loadGroup(deps: Deps, { bodyId, staff: { officer, handler } }: Place) {
  const today = deps.clock.today()
  const members = [
    { duty: 'head', name: '罗某', post: '党组书记、主任', from: '2023-03-01', to: null },
    { duty: 'deputy', name: '毕某', post: '副主任', from: '2023-03-01', to: null },
    { duty: 'member', name: '郝某', post: '综合科科长', from: '2023-03-01', to: '2025-05-31' },
    { duty: 'member', name: '邬某', post: '综合科科长', from: '2025-06-01', to: null },
    { duty: 'office', name: '安某', post: '政府信息公开工作机构', from: '2023-03-01', to: null },
  ] as const
  for (const member of members) await addMember(atDay(deps, '2025-01-06'), officer, { bodyId, ...member })
  const meet = async (on: PlainDate, title: string, agenda: string, summary: string, absent: string[], file: EvidenceFile | null = null) =>
    saveMeeting(atDay(deps, on), officer, { bodyId, meetingId: null, seen: 0, file, facts: { heldOn: on, title, place: '三楼会议室', chair: '罗某', agenda, summary, present: ['罗某', '毕某', '安某'], absent, guests: ['各科室信息员'] } })
  const spring = await meet('2025-03-12', '2025年第一次政务公开领导小组会议', '研究2024年度报告反映的问题\n部署指南与目录更新', '会议听取了上年政府信息公开工作情况，逐条研究了年度报告所列问题的改进措施。', [], await aPage(deps, '会议纪要扫描件', '第一次会议纪要（演示）。', '2025-03-12'))
  const autumn = await meet('2025-09-18', '2025年第二次政务公开领导小组会议', '通报前三季度公开情况\n研究答复文书的质量', '会议通报了主动公开的及时率与答复的按期率，要求各科室信息员参加培训。', ['邬某'])
  const task = async (on: PlainDate, meetingId: string, content: string, unit: string, owner: string | null, dueOn: PlainDate): Promise<string> => {
    await addTask(atDay(deps, on), officer, { bodyId, meetingId, facts: { content, unit, owner, dueOn } })
    return (await listTasksOf(deps.db, bodyId, meetingId)).find((one) => one.content === content)?.taskId ?? ''
  }
  const guide = await task('2025-03-12', spring, '更新政府信息公开指南，逐项核对联系方式', '综合科', handler.accountId, '2025-04-30')
  await noteTask(atDay(deps, '2025-04-10'), handler, { bodyId, taskId: guide, note: note(1, '2025-04-10', '九项要素已逐项核对，电话改了一处', 'note', await aPage(deps, '核对表', '指南九项要素核对表（演示）。', '2025-04-10')) })
  await noteTask(atDay(deps, '2025-04-25'), handler, { bodyId, taskId: guide, note: note(2, '2025-04-25', '新的指南已公布', 'done') })
  const taskId = await task('2025-09-18', autumn, '梳理常见答复情形，编一份文书范例', '综合科', handler.accountId, addCalendarDays(today, 12))
  await noteTask(atDay(deps, '2025-11-03'), handler, { bodyId, taskId, note: note(1, '2025-11-03', '已整理十二种情形，正在请法制人员核对') })
  const lateTaskId = await task('2025-09-18', autumn, '清理公开专栏里三年没有更新的栏目', '综合科', null, addCalendarDays(today, -10))
  const { member_id: memberId } = await deps.db.selectFrom('leading_group_member').select('member_id').where('body_id', '=', bodyId).orderBy('member_id').limit(1).executeTakeFirstOrThrow()
  const { note_id: noteId } = await deps.db.selectFrom('progress_note').select('note_id').where('body_id', '=', bodyId).where('file_key', 'is not', null).orderBy('note_id').limit(1).executeTakeFirstOrThrow()
  return { meetingId: autumn, scannedId: spring, noteId, memberId, taskId, lateTaskId }
}

async function loadTraining(deps: Deps, { bodyId, staff, field }: Place) {
  const { officer } = staff
  const today = deps.clock.today()
  const year = Number(today.slice(0, 4))
  const plan = async (of: number, month: number, topic: string): Promise<string> => {
    await addPlan(atDay(deps, `${of}-01-06`), officer, { bodyId, year: of, month, topic, audience: '各科室信息员', halfHours: 4, note: '' })
    return (await listPlan(deps.db, bodyId, of)).find((entry) => entry.topic === topic)?.planId ?? ''
  }
  const held = async (on: PlainDate, topic: string, planId: string | null, halfHours: number, names: readonly string[], online: boolean): Promise<string> => {
    const then = atDay(deps, on)
    const facts = { planId, heldOn: on, startsAt: '14:30', online, place: online ? '视频会议 668 899 210' : '三楼会议室', topic, audience: '各科室信息员', lecturer: '区司法局法制科', halfHours }
    const sessionId = (await saveSession(then, officer, { bodyId, sessionId: null, seen: 0, facts })) ?? ''
    const accounts = [staff.handler, staff.unitHead, staff.publisher, staff.officer].map((person) => ({ accountId: person.accountId, name: person.name, unit: '' }))
    await signByOfficer(then, officer, { bodyId, sessionId, people: [...accounts, ...names.map((name) => ({ accountId: null, name, unit: '社区' }))] })
    await endSession(then, officer, { bodyId, sessionId, seen: (await getSession(deps.db, { bodyId, sessionId })).version, as: 'held' })
    return sessionId
  }
  const first = await plan(2025, 4, '条例与答复期限')
  await plan(2025, 10, '答复文书的写法')
  await held('2025-04-17', '条例与答复期限', first, 4, ['苗某', '柏某', '水某'], false)
  const heldId = await held('2025-10-23', `${field}信息公开前的审查与个人信息保护`, null, 3, ['苗某', '章某'], true)
  const next = await plan(year, 3, '年度报告的编制与校核')
  const plannedOn = addCalendarDays(today, 6)
  const plannedId = (await saveSession(deps, officer, { bodyId, sessionId: null, seen: 0, facts: { planId: plannedOn.startsWith(String(year)) ? next : null, heldOn: plannedOn, startsAt: '09:30', online: false, place: '二楼会议室', topic: '年度报告的编制与校核', audience: '各科室信息员', lecturer: '区政务公开办', halfHours: 4 } })) ?? ''
  await saveQuestions(deps, officer, {
    bodyId,
    questions: [
      { kind: 'single', topic: 'application', stem: `有人来窗口要${field}方面的材料，没有写清是哪一份，应当怎样办？`, options: ['不予登记', '登记，并在7个工作日内一次性告知补正', '请其回去想好再来'], answer: 'B', article: '条例第三十条', explanation: '给予指导和释明，答复期限自收到补正之日起计算。' },
      { kind: 'judge', topic: 'secrecy', stem: '公示名单里的身份证号码，中间几位打星号即可不经审查公布。', options: ['对', '错'], answer: 'B', article: '条例第十七条', explanation: '先审查、后公开，遮盖也须核对。' },
    ],
  })
  const { question_id: questionId } = await deps.db.selectFrom('training_question').select('question_id').where('body_id', '=', bodyId).orderBy('question_id').limit(1).executeTakeFirstOrThrow()
  const counts = { term: 3, decision: 3, application: 2, report: 2 }
  const paper = async (at: Deps, title: string, opensOn: PlainDate, closesOn: PlainDate): Promise<string> => {
    const made = await makePaper(at, officer, { bodyId, facts: { title, seed: `${title}/${bodyId.slice(-4)}`, counts, passScore: 60, attempts: 3, halfHours: 2, opensOn, closesOn } })
    return made.ok ? made.paperId : ''
  }
  const old = await paper(atDay(deps, '2025-04-18'), '2025年政府信息公开知识测试', '2025-04-18', '2025-04-30')
  for (const [person, wrong] of [[staff.handler, 1], [staff.unitHead, 5], [staff.publisher, 0]] as const) await take(atDay(deps, '2025-04-22'), bodyId, old, person, wrong)
  const paperId = await paper(deps, `${year}年政府信息公开知识测试`, today, addCalendarDays(today, 20))
  const attemptId = await take(deps, bodyId, paperId, staff.officer, 2)
  const open = await startAttempt(deps, staff.officer, { bodyId, paperId })
  return { heldId, plannedId, questionId, paperId, attemptId, openAttemptId: open.ok ? open.attemptId : '' }
}

/** 答一次卷，错头几题。 */
async function take(deps: Deps, bodyId: string, paperId: string, person: Staff[keyof Staff], wrong: number): Promise<string> {
  const started = await startAttempt(deps, person, { bodyId, paperId })
  if (!started.ok) throw new Error(`不能答卷：${started.refusal}`)
  const { questions } = await deps.db.selectFrom('training_attempt').select('questions').where('body_id', '=', bodyId).where('attempt_id', '=', started.attemptId).executeTakeFirstOrThrow()
  await submitAttempt(deps, person, { bodyId, attemptId: started.attemptId, answers: questions.map(({ answer }, i) => (i < wrong ? '' : answer)) })
  return started.attemptId
}

/** 问题与措施；上年的取自 2024 年度报告，须在报告公布之后载入。 */
export async function loadProblems(deps: Deps, { bodyId, staff: { officer, handler } }: Place) {
  const today = deps.clock.today()
  const past = await findPastProblems(deps.db, bodyId, 2024)
  const spring = atDay(deps, '2025-03-12')
  if (past === null) await raiseProblem(spring, officer, { bodyId, year: 2024, content: '个别科室报送信息不及时', source: 'own', sourceRef: null, sourceHref: null })
  else await importPast(spring, officer, { bodyId, year: 2024, past: past.problems })
  const versionOf = async (problemId: string): Promise<number> => (await getProblem(deps.db, bodyId, problemId)).version
  const measureOf = async (problemId: string, content: string, dueOn: PlainDate, at: Deps) => {
    await addMeasure(at, officer, { bodyId, problemId, facts: { content, unit: '综合科', owner: handler.accountId, dueOn } })
    const found = (await getProblem(deps.db, bodyId, problemId)).measures.find((measure) => measure.content === content)
    if (found === undefined) throw new Error('措施没有添上')
    return found
  }
  const [solved, ...rest] = await listProblems(deps.db, bodyId, 2024)
  if (solved === undefined) throw new Error('没有上年的问题')
  const monthly = await measureOf(solved.problemId, '按月通报各科室的报送情况', '2025-12-20', spring)
  await noteMeasure(atDay(deps, '2025-07-02'), handler, { bodyId, measureId: monthly.measureId, note: note(1, '2025-07-02', '上半年通报六期，逾期报送由五次减为一次') })
  await noteMeasure(atDay(deps, '2025-12-18'), handler, { bodyId, measureId: monthly.measureId, note: note(2, '2025-12-18', '全年通报十二期，下半年没有逾期报送', 'done') })
  for (const measure of (await getProblem(deps.db, bodyId, solved.problemId)).measures.filter(({ state }) => state === 'open')) await noteMeasure(atDay(deps, '2025-12-19'), officer, { bodyId, measureId: measure.measureId, note: note(measure.version, '2025-12-19', '与按月通报一并落实', 'done') })
  await endProblem(atDay(deps, '2025-12-22'), officer, { bodyId, problemId: solved.problemId, seen: await versionOf(solved.problemId), as: 'solved' })
  const [left] = rest
  if (left !== undefined) await carryProblem(atDay(deps, '2025-12-22'), officer, { bodyId, problemId: left.problemId, seen: await versionOf(left.problemId) })
  const raised = await raiseProblem(atDay(deps, '2025-12-23'), officer, { bodyId, year: 2025, content: '公开专栏个别栏目更新不及时，有的附件打不开', source: 'own', sourceRef: null, sourceHref: null })
  const problemId = raised.ok ? raised.problemId : ''
  const winter = atDay(deps, '2025-12-23')
  const { measureId } = await measureOf(problemId, '每季度逐栏核查一次，打不开的附件当月换好', addCalendarDays(today, 60), winter)
  await noteMeasure(deps, handler, { bodyId, measureId, note: note(1, today, '第一轮核查完了，换好附件三份') })
  return { problemId, measureId }
}

async function loadRegisters(deps: Deps, { bodyId, staff: { officer }, field }: Place) {
  const at = atDay(deps, '2025-12-24')
  const proposal = { year: 2025, unit: '综合科', indexNo: null }
  await saveProposal(at, officer, { bodyId, id: null, seen: 0, facts: { ...proposal, kind: 'people', number: '第17号', title: `关于加强${field}信息公开的建议`, answeredOn: '2025-06-20', publication: 'published', publishedOn: '2025-06-30' } })
  await saveProposal(at, officer, { bodyId, id: null, seen: 0, facts: { ...proposal, kind: 'cppcc', number: '第42号', title: '关于方便老年人查询政府信息的提案', answeredOn: '2025-07-15', publication: 'published', publishedOn: '2025-07-22' } })
  await saveProposal(at, officer, { bodyId, id: null, seen: 0, facts: { ...proposal, kind: 'cppcc', number: '第58号', title: '关于内部信息系统整合的提案', answeredOn: '2025-08-01', publication: 'exempt', publishedOn: null } })
  await saveKeyField(at, officer, { bodyId, id: null, seen: 0, facts: { year: 2025, field, content: '政策依据、办理程序、结果按季公开', indexNos: [], count: 12 } })
  await saveKeyField(at, officer, { bodyId, id: null, seen: 0, facts: { year: 2025, field: '财政预决算', content: '部门预算、决算及“三公”经费', indexNos: [], count: 2 } })
  const { proposal_id: proposalId } = await deps.db.selectFrom('proposal').select('proposal_id').where('body_id', '=', bodyId).orderBy('proposal_id').limit(1).executeTakeFirstOrThrow()
  const { entry_id: keyFieldId } = await deps.db.selectFrom('key_field').select('entry_id').where('body_id', '=', bodyId).orderBy('entry_id').limit(1).executeTakeFirstOrThrow()
  return { proposalId, keyFieldId }
}
