import { accept, refuse } from '../../statute/decision.ts'
import type { Decision } from '../../statute/decision.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

export const STATUSES = {
  registered: '待受理',
  accepted: '办理中',
  asked: '待反映人补充',
  decided: '待答复',
  answered: '已答复，待反馈',
  closed: '已办结',
  declined: '不予受理',
  transferred: '已转办',
  merged: '已并入',
  withdrawn: '已撤回',
} as const
export type Status = keyof typeof STATUSES

export const CHANNELS = { MAILBOX: '信箱', PAGE: '网页', PHONE: '电话', LETTER: '来信', VISIT: '来访', HOTLINE: '12345 转来', HANDED: '其他机关转来' } as const
export type Channel = keyof typeof CHANNELS

/** 条例第四十七条：向主管部门反映；第五十一条：认为侵犯合法权益，向上一级行政机关或者主管部门投诉、举报。 */
export const BASES = { A47: '反映（条例第四十七条）', A51: '投诉、举报（条例第五十一条）' } as const
export type Basis = keyof typeof BASES

export const MATTERS = {
  'not-published': '应当主动公开的没有公开',
  'unlawful-reply': '对申请不依法答复处理',
  'wrong-content': '公开的内容有错误',
  'broken-column': '专栏、渠道打不开或者不更新',
  other: '其他',
} as const
export type Matter = keyof typeof MATTERS

export const OUTCOMES = { founded: '成立', partly: '部分成立', unfounded: '不成立' } as const
export type Outcome = keyof typeof OUTCOMES

export const RATINGS = { satisfied: '满意', basic: '基本满意', dissatisfied: '不满意' } as const
export type Rating = keyof typeof RATINGS

export const WAYS = { letter: '书面', mail: '电子邮件', phone: '电话', visit: '当面', page: '查询页' } as const
export type Way = keyof typeof WAYS

/** 所涉的记录；只指过去，各在各自的模块里办。`label` 为登记号、索引号、文号，不写姓名。 */
export interface Link {
  kind: 'application' | 'item' | 'redo' | 'problem' | 'other'
  label: string
  href: string | null
}

export interface Elsewhere {
  bodyId: string
  complaintId: string
}

/** 登记之时的事实；反映人与所写的话另存，这里只有编号。 */
export interface ComplaintFacts {
  regNo: string
  channel: Channel
  basis: Basis
  matter: Matter
  aboutBodyId: string
  anonymous: boolean
  contentId: string
  /** 12345 工单号、来文号 */
  workOrderNo: string | null
  /** 须回避的账号 */
  barred: readonly string[]
  links: readonly Link[]
  /** 由别的机关转来的那一件 */
  from: Elsewhere | null
  /** 反映人最初提出之日 */
  firstOn: PlainDate
  /** 登记时的办理期限，工作日 */
  days: number
  /** 依何规则归本机关办 */
  route: Route
  /** 不满意而转来再办的，第一次的结论与答复 */
  earlier?: readonly Earlier[]
  /** 机关合并而转来的，此前查明的情况 */
  findings?: readonly { on: PlainDate; text: string }[]
  /** 机关合并而转来、已经答复的：结论、答复与评价照旧，等反馈、办结 */
  answered?: Answered
}

/** 已经作出的结论与答复，与反映人的评价。 */
export interface Answered {
  decision: NonNullable<Complaint['decision']>
  answer: NonNullable<Complaint['answer']>
  feedback: Complaint['feedback']
}

/** 已经作出的结论与答复，再办之后照留。 */
export interface Earlier {
  decision: NonNullable<Complaint['decision']>
  answer: NonNullable<Complaint['answer']>
  rating: Rating | null
}

/** 归谁办的缘故。 */
export const ROUTES = {
  own: '由被反映的机关办',
  supervisor: '由主管部门办',
  infringed: '投诉、举报由主管部门办（条例第五十一条）',
  'about-head': '反映的是机关负责人，由主管部门办',
  'nobody-left': '本机关能办的人都须回避，由主管部门办',
} as const
export type Route = keyof typeof ROUTES

export type ComplaintEvent =
  | { kind: 'registered'; on: PlainDate; facts: ComplaintFacts }
  | { kind: 'accepted'; on: PlainDate; handler: string | null }
  | { kind: 'declined'; on: PlainDate; reason: string }
  | { kind: 'transferred'; on: PlainDate; to: Elsewhere | null; toName: string; reason: string }
  | { kind: 'merged'; on: PlainDate; into: Elsewhere; reason: string }
  | { kind: 'asked'; on: PlainDate; question: string; by: PlainDate | null }
  | { kind: 'supplied'; on: PlainDate; textId: string }
  | { kind: 'barred'; on: PlainDate; accounts: readonly string[]; reason: string }
  | { kind: 'classified'; on: PlainDate; basis: Basis; matter: Matter; aboutBodyId: string; accounts: readonly string[]; links: readonly Link[] }
  | { kind: 'linked'; on: PlainDate; link: Link; note: string }
  | { kind: 'investigated'; on: PlainDate; findings: string }
  | { kind: 'extended'; on: PlainDate; days: number; reason: string }
  | { kind: 'drafted'; on: PlainDate; outcome: Outcome; grounds: string; measures: string; by: readonly string[] }
  | { kind: 'draft-returned'; on: PlainDate; reason: string }
  | { kind: 'reopened'; on: PlainDate; reason: string; textId: string | null }
  | { kind: 'decided'; on: PlainDate; outcome: Outcome; grounds: string; measures: string }
  | { kind: 'answered'; on: PlainDate; way: Way; docNo: string | null; text: string }
  | { kind: 'fed-back'; on: PlainDate; rating: Rating; textId: string | null }
  | { kind: 'closed'; on: PlainDate; note: string }
  | { kind: 'withdrawn'; on: PlainDate; reason: string }
  | { kind: 'stripped'; on: PlainDate }

export interface Complaint extends ComplaintFacts {
  earlier: readonly Earlier[]
  reopenedOn: PlainDate | null
  /** 去标识化之日 */
  strippedOn: PlainDate | null
  status: Status
  receivedOn: PlainDate
  handler: string | null
  acceptedOn: PlainDate | null
  asked: { on: PlainDate; question: string; by: PlainDate | null } | null
  findings: readonly { on: PlainDate; text: string }[]
  extension: { on: PlainDate; days: number; reason: string } | null
  /** 拟就而等另一人审定的；`by` 为拟的人与其所代的人 */
  draft: { on: PlainDate; outcome: Outcome; grounds: string; measures: string; by: readonly string[] } | null
  decision: { on: PlainDate; outcome: Outcome; grounds: string; measures: string } | null
  answer: { on: PlainDate; way: Way; docNo: string | null; text: string } | null
  feedback: { on: PlainDate; rating: Rating; textId: string | null } | null
  /** 转到、并入的那一件 */
  movedTo: Elsewhere | null
  closedOn: PlainDate | null
}

export type ComplaintState = { status: 'new' } | Complaint

export const isOpen = ({ status }: { status: Status }): boolean => OPEN.includes(status)
/** 期限还在走的：还没有答复。 */
export const OPEN: readonly Status[] = ['registered', 'accepted', 'asked', 'decided']

const begin = (on: PlainDate, facts: ComplaintFacts): Complaint => ({
  ...facts,
  status: 'registered',
  receivedOn: on,
  handler: null,
  acceptedOn: null,
  asked: null,
  findings: facts.findings ?? [],
  extension: null,
  draft: null,
  earlier: facts.earlier ?? [],
  reopenedOn: null,
  strippedOn: null,
  decision: null,
  answer: null,
  feedback: null,
  movedTo: null,
  closedOn: null,
  ...(facts.answered === undefined ? {} : { ...facts.answered, status: 'answered' }),
})

// 正由须回避的人承办的，即空出
const bar = (state: Complaint, accounts: readonly string[]): Complaint => ({
  ...state,
  barred: [...new Set([...state.barred, ...accounts])],
  handler: state.handler !== null && accounts.includes(state.handler) ? null : state.handler,
  // 须回避的人所拟的不作数
  draft: state.draft !== null && state.draft.by.some((account) => accounts.includes(account)) ? null : state.draft,
})

// 期限自再办之日另起；承办人空出，查办从头记
function reopened({ decision, answer, feedback, ...state }: Complaint, on: PlainDate): Complaint {
  if (decision === null || answer === null) throw new Error('没有答复的不能再办')
  const earlier = [...state.earlier, { decision, answer, rating: feedback?.rating ?? null }]
  return { ...state, status: 'accepted', earlier, reopenedOn: on, decision: null, answer: null, feedback: null, draft: null, findings: [], asked: null, extension: null, handler: null, closedOn: null }
}

/** 可以再办一次：答复了，反映人评价不满意，还没有再办过。 */
export const mayReopen = ({ status, feedback, earlier, strippedOn }: Complaint): boolean => strippedOn === null && (status === 'answered' || status === 'closed') && feedback?.rating === 'dissatisfied' && earlier.length === 0

export function evolveComplaint(state: ComplaintState, event: ComplaintEvent): ComplaintState {
  if (event.kind === 'registered') return begin(event.on, event.facts)
  if (state.status === 'new') throw new Error(`投诉的第一件事不能是 ${event.kind}`)
  const { on } = event
  switch (event.kind) {
    case 'accepted':
      return { ...state, status: 'accepted', acceptedOn: on, handler: event.handler }
    case 'declined':
      return { ...state, status: 'declined', closedOn: on }
    case 'transferred':
      return { ...state, status: 'transferred', movedTo: event.to, closedOn: on }
    case 'merged':
      return { ...state, status: 'merged', movedTo: event.into, closedOn: on }
    case 'asked':
      return { ...state, status: 'asked', asked: { on, question: event.question, by: event.by } }
    case 'supplied':
      // 不等补充也会有人补充：只有在等的才回到办理中
      return { ...state, status: state.status === 'asked' ? 'accepted' : state.status, draft: null }
    case 'barred':
      return bar(state, event.accounts)
    case 'classified':
      return { ...bar(state, event.accounts), basis: event.basis, matter: event.matter, aboutBodyId: event.aboutBodyId, links: [...state.links, ...event.links] }
    case 'linked':
      return { ...state, links: [...state.links, event.link] }
    case 'investigated':
      return { ...state, status: 'accepted', findings: [...state.findings, { on, text: event.findings }], draft: null }
    case 'drafted':
      return { ...state, status: 'accepted', draft: { on, outcome: event.outcome, grounds: event.grounds, measures: event.measures, by: event.by } }
    case 'draft-returned':
      return { ...state, draft: null }
    case 'reopened':
      return reopened(state, on)
    case 'extended':
      return { ...state, extension: { on, days: event.days, reason: event.reason } }
    case 'decided':
      return { ...state, status: 'decided', draft: null, decision: { on, outcome: event.outcome, grounds: event.grounds, measures: event.measures } }
    case 'answered':
      return { ...state, status: 'answered', answer: { on, way: event.way, docNo: event.docNo, text: event.text } }
    case 'fed-back':
      return { ...state, feedback: { on, rating: event.rating, textId: event.textId } }
    case 'closed':
      return { ...state, status: 'closed', closedOn: on }
    case 'withdrawn':
      return { ...state, status: 'withdrawn', closedOn: on }
    case 'stripped':
      return { ...state, strippedOn: on }
  }
}

/** 在哪几种状态可以办；不在表里的事不能发生。 */
const FROM: Readonly<Record<Exclude<ComplaintEvent['kind'], 'registered'>, readonly Status[]>> = {
  accepted: ['registered'],
  declined: ['registered'],
  // 作了结论、答复了的只随机关合并而转
  transferred: ['registered', 'accepted', 'asked', 'decided', 'answered'],
  merged: ['registered', 'accepted', 'asked'],
  asked: ['accepted'],
  supplied: ['registered', 'accepted', 'asked'],
  barred: ['registered', 'accepted', 'asked', 'decided'],
  classified: ['registered', 'accepted', 'asked'],
  linked: ['registered', 'accepted', 'asked', 'decided', 'answered'],
  investigated: ['accepted', 'asked'],
  extended: ['registered', 'accepted', 'asked', 'decided'],
  drafted: ['accepted', 'asked'],
  'draft-returned': ['accepted', 'asked'],
  decided: ['accepted', 'asked'],
  reopened: ['answered', 'closed'],
  answered: ['decided'],
  'fed-back': ['answered'],
  closed: ['answered'],
  withdrawn: ['registered', 'accepted', 'asked', 'decided'],
  stripped: ['closed', 'declined', 'transferred', 'merged', 'withdrawn'],
}
export type ComplaintStep = keyof typeof FROM

export const canHappen = ({ status }: { status: Status }, kind: ComplaintStep): boolean => FROM[kind].includes(status)

export const COMPLAINT_REFUSALS = {
  'not-in-this-state': '这一件现在不能办这一步',
  'out-of-order': '日期不早于前一步，也不晚于今日',
  'nothing-found': '还没有记查办的情况，不能作结论',
  'not-drafted': '还没有拟结论',
  'not-again': '反映人评价不满意的才再办，只再办一次',
  'extended-already': '已经延长过一次，不再延长',
  'fed-back-already': '已经反馈过',
  'too-many': '所涉的记录已有五十条，不再添加',
} as const
export type ComplaintRefusal = keyof typeof COMPLAINT_REFUSALS

const MOST_LINKS = 50

/** 记下一件事之前的判断：状态、日期的先后、各自的条件。 */
export function decideComplaint(complaint: Complaint, event: Exclude<ComplaintEvent, { kind: 'registered' }>, today: PlainDate): Decision<ComplaintEvent, ComplaintRefusal> {
  if (!canHappen(complaint, event.kind)) return refuse('not-in-this-state')
  if (event.on > today || event.on < lastDay(complaint)) return refuse('out-of-order')
  if ((event.kind === 'drafted' || event.kind === 'decided') && complaint.findings.length === 0) return refuse('nothing-found')
  if ((event.kind === 'decided' || event.kind === 'draft-returned') && complaint.draft === null) return refuse('not-drafted')
  if (event.kind === 'reopened' && !mayReopen(complaint)) return refuse('not-again')
  if (event.kind === 'extended' && complaint.extension !== null) return refuse('extended-already')
  if (event.kind === 'fed-back' && complaint.feedback !== null) return refuse('fed-back-already')
  if (event.kind === 'linked' && complaint.links.length >= MOST_LINKS) return refuse('too-many')
  return accept(event)
}

const lastDay = ({ receivedOn, acceptedOn, asked, findings, draft, decision, answer, reopenedOn }: Complaint): PlainDate =>
  [receivedOn, reopenedOn, draft?.on, acceptedOn, asked?.on, findings.at(-1)?.on, decision?.on, answer?.on].reduce<PlainDate>((last, day) => (day != null && day > last ? day : last), receivedOn)
