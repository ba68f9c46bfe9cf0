import { draftAnswer, addListed, getAnswer, openCase, pickEvidence, registerCase, reviseAnswer, runStep, submitAnswer } from '../src/reviews/testing.ts'
import { getApplication, listCaseMaterials } from '../src/applications/index.ts'
import { actOnApplication, registerApplication } from '../src/applications/testing.ts'
import type { ActionName } from '../src/applications/testing.ts'
import { fieldKeys } from '../src/platform/crypto.ts'
import type { Deps } from '../src/platform/deps.ts'
import { newId } from '../src/platform/id.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'
import { atDay } from './clock.ts'
import { after, before } from './days.ts'
import type { ExampleBody } from './example-bodies.ts'

type Given = Readonly<Record<string, string>>
/** 收到之后第几个工作日，办什么，填什么；日子由 `on` 起算。 */
type Step = readonly [day: number, name: string, given: (on: PlainDate, today: PlainDate) => Given]

interface LivingReview {
  /** 收到副本之日在今日之前第几个工作日 */
  ago: number
  kind: 'review' | 'direct' | 'after-review'
  caseNo: (year: string) => string
  ground: string
  party: string
  /** 所争的答复：申请公开什么，怎样答复的 */
  asked: string
  answer: Answer
  procedure?: 'ordinary' | 'summary'
  evidence?: true
  /** 起草答复书并送签 */
  drafts?: true
  steps: readonly Step[]
}

const PAPER: Given = { letter: 'paper' }

type Answer = 'none' | 'internal' | 'partial'
const ANSWERS: Readonly<Record<Answer, (on: PlainDate) => Given>> = {
  none: (on) => ({
    outcome: 'UNABLE_NOT_HELD', 'evidence.notHeld': 'NOT_EXIST', 'evidence.searchedBy': '档案员（演示）', 'evidence.searchedOn': on,
    'evidence.searchScope': '综合档案室、业务系统、办公系统', 'evidence.searchTerms': '示例二路、围挡、审批', 'evidence.searchResult': '未检索到',
  }),
  internal: () => ({ outcome: 'DENY_INTERNAL', 'evidence.internal': 'WORKFLOW', 'evidence.reason': '属于街道内部的呈批流转记录，不对外产生影响' }),
  partial: () => ({ outcome: 'PARTIAL', 'evidence.redactions': '居民的姓名、电话属于个人隐私，公开会对其合法权益造成损害（条例第十五条）；其余予以公开' }),
}

/** 示例街道眼下的复议、诉讼：待答复（一件已送签、一件逾期）、待听证、待开庭、待上诉、已决定的都有；败诉的一件正照决定重新答复，另一件还没有登记要履行什么。 */
const REVIEWS: readonly LivingReview[] = [
  { ago: 4, kind: 'review', caseNo: (year) => `示复〔${year}〕61号`, ground: '认为检索不尽合理，请求责令重新答复', party: '卫样例', asked: '申请公开示例二路围挡占道的审批材料', answer: 'none', procedure: 'ordinary', evidence: true, drafts: true, steps: [] },
  { ago: 6, kind: 'review', caseNo: (year) => `示复〔${year}〕58号`, ground: '认为应当公开而未公开', party: '蒋演示', asked: '申请公开示例社区停车场收费方案的呈批记录', answer: 'internal', procedure: 'summary', steps: [] },
  {
    ago: 24,
    kind: 'review',
    caseNo: (year) => `示复〔${year}〕49号`,
    ground: '认为遮盖的内容过多',
    party: '样例物业服务有限公司', asked: '申请公开示例花园业主大会备案材料', answer: 'partial',
    procedure: 'ordinary',
    steps: [
      [1, 'accept', (on) => ({ on })],
      [7, 'answer', () => PAPER],
      [20, 'set-hearing', (_on, today) => ({ kind: 'hearing', day: after(today, 4), time: '14:30', place: '示例区司法局听证室', attends: 'head', account: '' })],
    ],
  },
  {
    ago: 40,
    kind: 'direct',
    caseNo: (year) => `（${year}）示例行初37号`,
    ground: '',
    party: '韩样板', asked: '申请公开示例三路夜间施工的许可', answer: 'none',
    steps: [
      [3, 'docket', (on) => ({ on, trial: 'ordinary' })],
      [4, 'answer', () => PAPER],
      [30, 'set-hearing', (_on, today) => ({ day: after(today, 8), time: '09:30', place: '示例区人民法院第三法庭', attends: 'head', account: '' })],
    ],
  },
  {
    ago: 62,
    kind: 'direct',
    caseNo: (year) => `（${year}）示例行初29号`,
    ground: '',
    party: '杨演示', asked: '申请公开示例一路人行道改造的监理日志', answer: 'none',
    steps: [
      [2, 'docket', (on) => ({ on, trial: 'ordinary' })],
      [5, 'answer', () => PAPER],
      [56, 'judge', (on) => ({ on, form: 'judgment', result: 'claims-dismissed', documentNo: '', servedOn: on })],
    ],
  },
  // 败了的一件：照决定重新答复，期限走着；缘由也记了
  {
    ago: 47,
    kind: 'review',
    caseNo: (year) => `示复〔${year}〕43号`,
    ground: '认为应当公开而未公开，请求撤销并责令重新答复',
    party: '秦样板', asked: '申请公开示例街道便民服务中心搬迁方案的会签意见', answer: 'internal',
    procedure: 'ordinary',
    steps: [
      [1, 'accept', (on) => ({ on })],
      [8, 'answer', () => PAPER],
      [37, 'decide', (on) => ({ on, result: 'revoked', documentNo: `示复决〔${on.slice(0, 4)}〕29号`, servedOn: on })],
      [38, 'order-answer', (on) => ({ from: before(on, 1), days: '15', unit: 'WORKDAY', matter: '重新作出答复' })],
      [39, 'note-lesson', () => ({ cause: 'basis', unit: '党政办公室', words: '会签意见已随方案对外产生影响，不是内部事务信息，不能以条例第十六条不予公开' })],
    ],
  },
  {
    ago: 41,
    kind: 'review',
    caseNo: (year) => `示复〔${year}〕46号`,
    ground: '认为答复不当，请求撤销并责令重新答复',
    party: '朱样例', asked: '申请公开示例街道会议室租赁合同的会签记录', answer: 'internal',
    procedure: 'ordinary',
    steps: [
      [1, 'accept', (on) => ({ on })],
      [8, 'answer', () => PAPER],
      [37, 'decide', (on) => ({ on, result: 'revoked', documentNo: `示复决〔${on.slice(0, 4)}〕33号`, servedOn: on })],
    ],
  },
]

/** 载入眼下在办的复议、诉讼，连同所争的答复，一步步照平常的办法办。 */
export async function loadLivingReviews(deps: Deps, street: ExampleBody, today: PlainDate): Promise<void> {
  for (const plan of REVIEWS) await live(deps, street, plan, { today, application: await answered(deps, street, plan, before(after(today, 0), plan.ago)) })
}

/** 所争的答复：在被复议、起诉之前第十八个工作日送达。 */
async function answered(deps: Deps, { bodyId, staff }: ExampleBody, { asked, party, answer }: LivingReview, disputed: PlainDate): Promise<{ case_id: string; doc_no: string | null }> {
  const received = before(disputed, 35)
  const caseId = newId()
  const intake = { channel: 'IN_PERSON', submittedOn: received, confirmedOn: null, proof: '', kind: party.endsWith('公司') ? 'B' : 'N', applicant: { name: party, idNo: null, contact: '13800000000', details: {} }, content: asked, form: '纸面', note: null } as const
  const registered = await registerApplication(atDay(deps, received, '10:20'), staff.officer, { bodyId, caseId, seen: '', intake })
  if (!registered.ok) throw new Error(`演示的申请登记不成：${registered.refusal}`)
  const steps: readonly (readonly [number, 'handler' | 'head' | 'officer', ActionName, Given])[] = [
    [1, 'handler', 'examine', {}],
    [14, 'handler', 'propose', ANSWERS[answer](after(received, 10))],
    [15, 'head', 'approve', {}],
    [16, 'officer', 'dispatch', { method: 'DIRECT' }],
    [17, 'officer', 'serve', {}],
  ]
  for (const [day, by, name, fields] of steps) {
    const on = after(received, day)
    const filled: Given = { on, ...fields }
    const { version } = await getApplication(deps.db, bodyId, caseId)
    const done = await actOnApplication(atDay(deps, on), staff[by], { bodyId, caseId, seen: version, name, given: (field) => filled[field] ?? '' })
    if (!done.ok) throw new Error(`演示的申请走不通：${name} ${done.refusal}`)
  }
  return { case_id: caseId, doc_no: (await getApplication(deps.db, bodyId, caseId)).state.decision?.docNo ?? null }
}

async function live(deps: Deps, { bodyId, staff }: ExampleBody, plan: LivingReview, { today, application }: { today: PlainDate; application: { case_id: string; doc_no: string | null } }): Promise<void> {
  const received = before(after(today, 0), plan.ago)
  const caseId = newId()
  const isReview = plan.kind === 'review'
  const given: Given = {
    on: received,
    caseNo: plan.caseNo(received.slice(0, 4)),
    organ: isReview ? '示例区人民政府' : '示例区人民法院',
    decisionNo: application.doc_no ?? '',
    ground: plan.ground,
    party: 'same',
    role: 'original',
    procedure: plan.procedure ?? '',
  }
  const registered = await registerCase(atDay(deps, received, '09:40'), staff.officer, { bodyId, caseId, kind: plan.kind, applicationId: application.case_id, given: (field) => given[field] ?? '' })
  if (!registered.ok) throw new Error(`演示的复议诉讼登记不成：${registered.refusal}`)
  for (const [day, name, fields] of plan.steps) {
    const on = after(received, day)
    const filled: Given = { on, ...fields(on, today) }
    const { version } = await openCase(deps.db, bodyId, caseId)
    const answer = await runStep(atDay(deps, on), staff.officer, { bodyId, caseId, seen: version, name, given: (field) => filled[field] ?? '' })
    if (!answer.ok) throw new Error(`演示的复议诉讼走不通：${name} ${answer.refusal}`)
  }
  if (plan.evidence === true) await listTheEvidence(atDay(deps, after(received, 1)), staff, { bodyId, caseId, applicationId: application.case_id })
  if (plan.drafts === true) await draftTheAnswer(atDay(deps, after(received, 2)), staff, { bodyId, caseId })
}

type Staff = ExampleBody['staff']

async function listTheEvidence(deps: Deps, { officer }: Staff, { bodyId, caseId, applicationId }: { bodyId: string; caseId: string; applicationId: string }): Promise<void> {
  const materials = await listCaseMaterials(deps.db, bodyId, applicationId)
  await pickEvidence(deps, officer, { bodyId, caseId, ids: materials.slice(0, 3).map(({ id }) => id) })
  const more = [
    { name: '政府信息公开申请登记表', proves: '证明申请人所求的内容与收到之日', pages: '1—2' },
    { name: '检索记录', proves: '证明本机关已尽合理检索的义务', pages: '3—5' },
    { name: '政府信息公开答复与送达回证', proves: '证明在法定期限内作出答复并送达', pages: '6—8' },
  ]
  for (const content of more) await addListed(deps, officer, { bodyId, caseId, content, files: [] })
}

async function draftTheAnswer(deps: Deps, { officer }: Staff, ref: { bodyId: string; caseId: string }): Promise<void> {
  const letter = { ...ref, letterId: newId() }
  const done = [await draftAnswer(deps, officer, letter)]
  const { content, version } = await getAnswer(deps.db, fieldKeys(deps.config.secretKey), letter)
  const paragraphs = content.paragraphs.map((text) => text.replace(/〔请写明[^〕]*〕/gu, '本机关已在综合档案室、业务系统与办公系统检索，未发现所求的信息，已将检索的范围与结果写明。'))
  done.push(await reviseAnswer(deps, officer, { ...letter, content: { ...content, paragraphs }, seen: version }))
  done.push(await submitAnswer(deps, officer, { ...letter, seen: version + 1 }))
  for (const answer of done) if (!answer.ok) throw new Error(`演示的答复书走不通：${answer.refusal}`)
}
