import { formatNumber } from '../../documents/index.ts'
import { BUILT_IN_CALENDAR as calendar } from '../../statute/calendar.ts'
import type { Decision } from '../../statute/decision.ts'
import type { Outcome } from '../../statute/outcomes.ts'
import { yearOf } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { evolve } from '../application.ts'
import type { Application } from '../application.ts'
import * as rules from '../decisions.ts'
import { APPLICATION_SETTINGS } from '../decisions.ts'
import type { Ground } from '../decisions.ts'
import type { ApplicationEvent, Particulars } from '../events.ts'
import type { ApplicationRefusal } from '../refusals.ts'
import type { LetterBody, LetterInput } from './letter-input.ts'
import { letterRule } from './letters.ts'
import type { LetterId } from './letters.ts'

export const BODY: LetterBody = {
  name: '武昌区城市运行管理中心',
  codeWord: '武城运',
  reviewAuthority: '武昌区人民政府',
  court: '武汉市武昌区人民法院',
  reviewOnlineUrl: 'https://fuyi.example.gov.cn/apply',
  contact: '政府信息公开工作机构',
  phone: '027-00000000',
}

const PARTICULARS: Particulars = {
  regNo: '2025-0017',
  channel: 'ONLINE',
  applicantKind: 'N',
  applicantId: null,
  content: '2024年武昌区城市运行管理中心与有关单位签订的视频监控设施运行维护服务合同及其验收材料',
  form: '电子邮件',
  splitFrom: null,
  note: null,
}

type Answer = Decision<ApplicationEvent, ApplicationRefusal>
type Step = (a: Application, ground: Ground) => Answer

const late: Ground = { today: '2026-12-31', calendar, settings: APPLICATION_SETTINGS }

/** 依次办几步，每步都须办得成；2025-03-03 收到，另有写明的除外。 */
export function aCase(steps: readonly Step[] = [], particulars: Partial<Particulars> = {}, receivedOn: PlainDate = '2025-03-03'): Application {
  const start = rules.receive(null, { particulars: { ...PARTICULARS, ...particulars }, submittedOn: receivedOn, confirmedOn: receivedOn, signedOn: receivedOn }, late)
  let application = fold(null, start)
  for (const step of [((a, ground) => rules.examine(a, receivedOn, ground)) satisfies Step, ...steps]) application = fold(application, step(application, late))
  return application
}

function fold(before: Application | null, answer: Answer): Application {
  if (!answer.ok) throw new Error(answer.refusal)
  let application = before
  for (const event of answer.events) application = evolve(application, event)
  if (application === null) throw new Error('没有事件')
  return application
}

export const STEPS = {
  askSupplement: (servedOn: PlainDate): Step => (a, g) => rules.askSupplement(a, { servedOn, items: '写明合同名称', approvedByHead: true }, g),
  supplement: (on: PlainDate, content?: string): Step => (a, g) => rules.supplement(a, { on, excused: false, ...(content === undefined ? {} : { content }) }, g),
  consult: (on: PlainDate, id = 'c1', kind: 'THIRD_PARTY' | 'CO_AGENCY' = 'THIRD_PARTY'): Step => (a, g) => rules.sendConsultation(a, { on, id, with: kind }, g),
  consultDelivered: (on: PlainDate, id = 'c1'): Step => (a, g) => rules.deliverConsultation(a, { on, id }, g),
  consultReturned: (on: PlainDate, reply: 'AGREE' | 'REFUSE', reasonable: boolean | null = null, id = 'c1'): Step => (a, g) => rules.returnConsultation(a, { on, id, reply, reasonable }, g),
  consultExpired: (id = 'c1'): Step => (a, g) => rules.expireConsultation(a, id, g),
  askReason: (on: PlainDate, by: PlainDate): Step => (a, g) => rules.askReason(a, { on, by }, g),
  giveReason: (on: PlainDate, reasonable: boolean): Step => (a, g) => rules.giveReason(a, { on, reasonable }, g),
  extend: (on: PlainDate, days: number): Step => (a, g) => rules.extend(a, { on, days, approvedBy: '负责人' }, g),
  noticeFee: (servedOn: PlainDate, amount: number): Step => (a, g) => rules.noticeFee(a, { servedOn, mode: 'PAGES', amount, approvedByHead: true }, g),
  propose: (on: PlainDate, outcome: Outcome, evidence: Readonly<Record<string, string>>): Step => (a, g) => rules.propose(a, { on, outcome, evidence }, g),
  decide: (on: PlainDate): Step => (a, g) => rules.decide(a, { on, docNo: null }, g),
  close: (on: PlainDate): Step => (a, g) => rules.close(a, { on, docNo: null }, g),
  withdraw: (on: PlainDate): Step => (a, g) => rules.withdraw(a, on, g),
} as const

/** 各种结果可信的依据材料。 */
export const EVIDENCE: Readonly<Record<Outcome, Readonly<Record<string, string>>>> = {
  GRANTED_ALREADY_PUBLIC: { where: '武昌区人民政府门户网站“政府信息公开”专栏，https://www.example.gov.cn/xxgk/wghfwzx/t20250109.html' },
  GRANTED: { provided: '以电子邮件发送复制件两份' },
  PARTIAL: { redactions: '合同第三页乙方项目负责人的公民身份号码、手机号码，属于个人隐私，依据第十五条，公开会对第三方合法权益造成损害\n合同附件四投标报价的成本构成明细，属于商业秘密，依据第十五条，第三方不同意公开且理由合理' },
  DENY_SECRET: { secretLevel: 'SECRET', classifiedBy: '武昌区国家保密工作机构', classifiedDoc: '密定〔2024〕3号' },
  DENY_LAW: { forbiddenBy: '《中华人民共和国统计法》第二十五条' },
  DENY_3S1W: { endangers: 'PUBLIC', argument: '该信息载明重点部位视频监控点位与盲区，公开后可能被用于规避监控、实施违法犯罪' },
  DENY_THIRD_PARTY: { thirdParty: '本机关已书面征求第三方的意见，第三方不同意公开，所述理由为该方案系其自主研发、未对外公开并采取了保密措施，理由合理' },
  DENY_INTERNAL: { internal: 'WORKFLOW', reason: '该值班排班表只用于本机关内部工作安排，不对外部产生效力' },
  DENY_PROCESS: { process: 'DRAFT', reason: '该文件系尚在征求意见、未经审定的过程稿，公开可能影响决策的独立与公正' },
  DENY_CASEFILE: { caseFileNo: '武城运案〔2024〕5号', reason: '该信息系对有关单位立案调查过程中形成的询问笔录与证据材料' },
  ADMIN_QUERY: { specialRule: '《不动产登记暂行条例》第二十七条', channel: '武昌区不动产登记服务大厅查询窗口' },
  UNABLE_NOT_HELD: { notHeld: 'NOT_EXIST', searchedBy: '档案室', searchedOn: '2025-03-12', searchScope: '本机关档案管理系统、合同台账（2020年至2024年）', searchTerms: '“视频监控”“运行维护”“验收”等关键词', searchResult: '未检索到该合同的验收材料' },
  UNABLE_NEEDS_CREATION: { creation: '所要求的按社区、按月统计的故障率分析，需要本机关对各维护记录另行汇总、加工、分析' },
  UNABLE_UNCLEAR: { unclear: '补正后仍未写明合同的名称、签订时间或者对方单位，不能确定所指向的政府信息' },
  NP_PETITION: { petition: '要求查处某社区网格员不作为并给予书面处理结果' },
  NP_DUPLICATE: { earlierDocNo: '武城运公开答〔2024〕12号', earlierOn: '2024-11-06' },
  NP_PUBLICATION: { publication: '《武昌年鉴（2024）》', where: '武昌区图书馆地方文献阅览室，或者向出版单位购买' },
  NP_EXCESSIVE: { unreasonable: '所述“用于研究”与所申请的信息无关，且多件申请的内容仅有个别字词之差' },
  NP_RECONFIRM: { alreadyHeld: '本机关已于2024年12月3日以电子邮件向申请人提供该合同的复制件' },
  CLOSED_NO_CORRECTION: {},
  CLOSED_NO_PAYMENT: {},
  OTHER: { explanation: '申请公开的内容为对政策的咨询，不是政府信息' },
}

/** 各种结果在发文时另须填写的。 */
export const FIELDS: Partial<Record<LetterId, Readonly<Record<string, string>>>> = {
  L15: { attachments: '视频监控设施运行维护服务合同（2024年）\n视频监控设施运行维护服务验收报告' },
  L16: { provided: '电子邮件', attachments: '视频监控设施运行维护服务合同（区分处理后）' },
  L17: { facts: '该信息公开后将泄露依法应当保守的秘密', interest: 'SECRET' },
  L21: { supplementContent: '2024年的全部合同' },
  L23: { channelAdvice: '武汉市民热线12345，或者武昌区信访接待中心' },
  L25: { facts: '自2025年1月1日至2025年3月3日，共提出政府信息公开申请46件' },
}

/** 走到某种结果已作出的案件；`on` 为作出之日，`clarified` 为补正后的申请内容。 */
export function aDecidedCase(outcome: Outcome, on: PlainDate = '2025-03-28', evidence = EVIDENCE[outcome], clarified?: string): Application {
  if (outcome === 'CLOSED_NO_CORRECTION') return aCase([STEPS.askSupplement('2025-03-05'), STEPS.close('2025-03-28')])
  if (outcome === 'CLOSED_NO_PAYMENT') return aCase([STEPS.noticeFee('2025-03-20', 700_00), STEPS.close('2025-04-21')])
  const before: Step[] = []
  if (outcome === 'DENY_THIRD_PARTY') before.push(STEPS.consult('2025-03-05'), STEPS.consultDelivered('2025-03-07'), STEPS.consultReturned('2025-03-20', 'REFUSE', true))
  if (outcome === 'UNABLE_UNCLEAR' || clarified !== undefined) before.push(STEPS.askSupplement('2025-03-05'), STEPS.supplement('2025-03-12', clarified))
  if (outcome === 'NP_EXCESSIVE') before.push(STEPS.askReason('2025-03-05', '2025-03-14'), STEPS.giveReason('2025-03-12', false))
  return aCase([...before, STEPS.propose(on, outcome, evidence), STEPS.decide(on)])
}

/** 一件文书所用的资料；文号依机关、类别与年份编第 7 号。 */
export function anInput(id: LetterId, changes: Partial<LetterInput> = {}): LetterInput {
  const on = changes.on ?? '2025-03-28'
  const { word } = letterRule(id)
  return {
    id,
    application: aCase(),
    body: BODY,
    recipient: '胡某某',
    fields: FIELDS[id] ?? {},
    on,
    docNo: word === null ? null : formatNumber({ codeWord: BODY.codeWord, word, year: yearOf(on), serial: 7 }),
    calendar,
    settings: APPLICATION_SETTINGS,
    ...changes,
  }
}

const INFO = '视频监控设施运行维护服务合同（2024年）'
const INVOLVED = '合同附件四投标报价的成本构成明细'

const decided = (id: LetterId, outcome: Outcome, on: PlainDate = '2025-03-28'): LetterInput => anInput(id, { application: aDecidedCase(outcome, on), on })

/** 二十八种文书各一件可信的，L17 七种、L22 与 L27 各种都在其中。 */
export function sampleLetters(): { name: string; input: LetterInput }[] {
  const excessive = [STEPS.askReason('2025-03-05', '2025-03-14'), STEPS.giveReason('2025-03-12', true)]
  const third = [STEPS.consult('2025-03-05'), STEPS.consultDelivered('2025-03-07'), STEPS.consultReturned('2025-03-20', 'REFUSE', true)]
  const inputs: [string, LetterInput][] = [
    ['L01', anInput('L01', { on: '2025-03-03', fields: { identity: 'COMPLETE', description: 'CLEAR', formAsked: 'GIVEN', evidence: '2025年3月3日与申请人电话确认的记录', registrar: '经办人甲' } })],
    ['L02', anInput('L02', { on: '2025-03-03', fields: { queryCode: '7K3F-92QD' } })],
    ['L03', anInput('L03', { on: '2025-03-05', fields: { items: '没有写明合同的名称、文号或者便于查询的其他特征\n没有附身份证明', requirements: '写明合同的名称、签订时间或者对方单位，例如“2024年视频监控设施运行维护服务合同”\n提供身份证明的复制件' } })],
    ['L04', anInput('L04', { on: '2025-03-05', fields: { facts: '自2025年1月1日至2025年3月3日，共提出政府信息公开申请46件', reasonBy: '2025-03-14' } })],
    ['L05', anInput('L05', { on: '2025-03-28', fields: { reason: '所申请的信息涉及的合同与验收材料数量较多，需要逐件审查', days: '15' } })],
    ['L06', anInput('L06', { on: '2025-03-05', recipient: '武汉某某科技有限公司', fields: { infoName: INFO, involved: INVOLVED, interest: 'SECRET', servedOn: '2025-03-07', replyTo: '武昌区某路1号，邮政编码430000' } })],
    ['L07', anInput('L07', { on: '2025-03-05', recipient: '武汉某某科技有限公司', fields: { consultNo: '武城运公开征〔2025〕7号', infoName: INFO, involved: INVOLVED } })],
    ['L08', anInput('L08', { on: '2025-03-05', application: aCase([STEPS.consult('2025-03-05')]) })],
    ['L09', anInput('L09', { application: aCase([...third, STEPS.propose('2025-03-28', 'PARTIAL', EVIDENCE.PARTIAL), STEPS.decide('2025-03-28')]), recipient: '武汉某某科技有限公司', fields: { infoName: INFO, ground: 'PUBLIC_INTEREST', reason: '该合同使用财政资金，所涉公共安全设施的运行与周边居民的人身安全直接相关', disclosed: '合同的标的、金额、履行期限与验收结论' } })],
    ['L10', anInput('L10', { on: '2025-03-05', recipient: '武昌区公安分局', fields: { infoName: '关于加强社区视频监控设施管理的通知', servedOn: '2025-03-06' } })],
    ['L11', anInput('L11', { on: '2025-03-05', recipient: '综合科', fields: { matter: '检索2024年视频监控设施运行维护服务合同及其验收材料，并提出可否公开的意见', by: '2025-03-12' } })],
    ['L12', anInput('L12', { on: '2025-03-20', fields: { mode: 'COUNT', countBefore: '28', count: '33', payHow: '凭本通知书的缴款码，通过湖北省非税收入收缴平台缴入国库' } })],
    ['L12-按量', anInput('L12', { on: '2025-03-20', fields: { mode: 'PAGES', pages: '250', payHow: '凭本通知书的缴款码，通过湖北省非税收入收缴平台缴入国库' } })],
    ['L13', anInput('L13', { on: '2025-03-20', application: aCase(excessive), fields: { facts: '所申请的46件信息数量较大，需要逐件检索、审查', until: '2025-05-30' } })],
    ['L14', decided('L14', 'GRANTED_ALREADY_PUBLIC')],
    ['L15', decided('L15', 'GRANTED')],
    ['L16', decided('L16', 'PARTIAL')],
    ['L17', decided('L17', 'DENY_THIRD_PARTY')],
    ...(['DENY_SECRET', 'DENY_LAW', 'DENY_3S1W', 'DENY_INTERNAL', 'DENY_PROCESS', 'DENY_CASEFILE'] as const).map((outcome): [string, LetterInput] => [`L17-${outcome}`, decided('L17', outcome)]),
    ['L18', decided('L18', 'UNABLE_NOT_HELD')],
    ['L19', anInput('L19', { application: aDecidedCase('UNABLE_NOT_HELD', '2025-03-28', { notHeld: 'NOT_RESPONSIBLE', notResponsible: '道路停车泊位的设置由公安机关交通管理部门负责', responsibleBody: '武汉市公安局武昌区交通大队，联系电话027-00000001' }) })],
    ['L20', decided('L20', 'UNABLE_NEEDS_CREATION')],
    ['L21', decided('L21', 'UNABLE_UNCLEAR')],
    ['L22', decided('L22', 'NP_DUPLICATE')],
    ['L22-NP_RECONFIRM', decided('L22', 'NP_RECONFIRM')],
    ['L23', decided('L23', 'NP_PETITION')],
    ['L24', decided('L24', 'NP_PUBLICATION')],
    ['L25', decided('L25', 'NP_EXCESSIVE')],
    ['L26', decided('L26', 'ADMIN_QUERY')],
    ['L27', { ...decided('L27', 'CLOSED_NO_CORRECTION'), fields: { noticeNo: '武城运公开补〔2025〕7号' } }],
    ['L27-CLOSED_NO_PAYMENT', decided('L27', 'CLOSED_NO_PAYMENT', '2025-04-21')],
    ['L27-OTHER', decided('L27', 'OTHER')],
    ['L27-WITHDRAWN', anInput('L27', { application: aCase([STEPS.withdraw('2025-03-28')]) })],
    ...([
      ['L28', { verified: '登记表所载与户籍记载不一致，系录入时误记', result: 'CORRECTED', corrected: '家庭人口数为3人' }],
      ['L28-REFUSED', { verified: '登记表所载与户籍记载一致', result: 'REFUSED' }],
      ['L28-TRANSFERRED', { verified: '该记录由公安机关制作', result: 'TRANSFERRED', competentBody: '武汉市公安局武昌区分局，联系电话027-00000002' }],
      ['L28-ADVISED', { verified: '该记录由公安机关制作', result: 'ADVISED', competentBody: '武汉市公安局武昌区分局，联系电话027-00000002' }],
    ] as const).map(([name, fields]): [string, LetterInput] => [name, anInput('L28', { application: null, fields: { requestedOn: '2025-03-10', record: '网格化服务登记表所载的家庭人口数', ...fields } })]),
  ]
  return inputs.map(([name, input]) => ({ name, input }))
}
