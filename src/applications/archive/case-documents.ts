import type { Block, Document, TableCell } from '../../documents/index.ts'
import { momentText } from '../../platform/html/index.ts'
import { outcomeRule } from '../../statute/outcomes.ts'
import { CHANNELS } from '../../statute/receipt.ts'
import { CalendarYearMissing } from '../../statute/calendar.ts'
import type { DueAccount } from '../../statute/reply-clock.ts'
import { fieldsOfKind } from '../applicants/applicant-form.ts'
import { clarifiedContent } from '../application.ts'
import type { Application } from '../application.ts'
import { APPLICATION_EVENTS, consultationName, detailOf } from '../case-words.ts'
import { dueAccountOf } from '../clock.ts'
import { APPLICANT_KINDS } from '../events.ts'
import type { ApplicationEvent, EventKind } from '../events.ts'
import { consentWords } from '../follow-up/consent.ts'
import { SCORES } from '../follow-up/rating.ts'
import { letterRule } from '../letters/letters.ts'
import { reasonsOf } from '../redaction-desk/answer-documents.ts'
import { answerTitle } from '../redaction-desk/document-files.ts'
import { APPLICANT_ACTOR } from '../citizen/submit-online.ts'
import { assistanceOf, valueOf } from '../desk/to-case-page.ts'
import type { CaseFile } from './case-file.ts'

// 各份都由记录得出，不写做包的时刻：同样的记录得到同样的文字

type Facts = readonly (readonly [string, string | null | undefined])[]

const sheet = ({ application: a, body, events }: CaseFile, title: string, blocks: readonly Block[]): Document => ({
  title: `${title}（${a.regNo}）`,
  issuer: body.name,
  blocks,
  creator: body.name,
  datedOn: events.at(-1)?.event.on ?? a.receivedOn ?? '1970-01-01',
  demo: body.demo,
})
const text = (words: string): Block => ({ kind: 'paragraph', spans: [words] })
const heading = (words: string): Block => ({ kind: 'heading', level: 2, text: words })
const head = (words: readonly string[]): TableCell[] => words.map((each) => ({ text: each, head: true }))
const table = (caption: string, columns: readonly string[], rows: readonly (readonly string[])[], widths: readonly number[] = columns.map(() => 1)): Block =>
  rows.length === 0 ? text('没有。') : { kind: 'table', table: { caption, widths, headRows: 1, rows: [head(columns), ...rows.map((row) => row.map((each) => ({ text: each, align: 'left' as const })))] } }
const facts = (caption: string, all: Facts): Block =>
  table(caption, ['项目', '内容'], all.flatMap(([label, value]) => (value == null || value === '' ? [] : [[label, value]])), [1, 3])

const stepsOf = (file: CaseFile, kinds: readonly EventKind[]): string[][] =>
  file.events.flatMap((recorded) => (kinds.includes(recorded.event.kind) ? [lineOf(file, recorded.event, recorded.actor)] : []))
const lineOf = (file: CaseFile, event: ApplicationEvent, actor: string): string[] => [event.on, APPLICATION_EVENTS[event.kind], wordsOf(file, event), byWhom(file, event, actor)]
const byWhom = ({ people }: CaseFile, { onBehalfOf }: ApplicationEvent, actor: string): string => `${people.get(actor) ?? systemName(actor)}${onBehalfOf === undefined ? '' : `（代${people.get(onBehalfOf) ?? '他人'}）`}`
const wordsOf = (file: CaseFile, event: ApplicationEvent): string => (event.kind === 'assigned' ? (file.people.get(event.to) ?? '') : detailOf(event, file.application))
const systemName = (actor: string): string => (actor === `system:${APPLICANT_ACTOR.name}` ? '申请人' : actor.includes(':') ? '系统' : '')
const STEP = ['日期', '事项', '内容', '经手'] as const
const STEP_WIDTHS = [2, 3, 6, 2]

/** 申请表：登记的内容与申请人的各栏。 */
export function applicationForm(file: CaseFile): Document {
  const { application: a, applicant } = file
  const person: Facts = applicant === null ? [] : [...fieldsOfKind(applicant.kind).map(({ key, label }) => [label, valueOf(applicant, key)] as const), ['需要的协助', assistanceOf(applicant)]]
  return sheet(file, '政府信息公开申请表', [
    facts('申请', [['登记号', a.regNo], ['申请人类型', APPLICANT_KINDS[a.applicantKind]], ['收到渠道', a.channel === null ? null : CHANNELS[a.channel].label], ['所需政府信息', a.content], ['补正后的内容', clarifiedContent(a)], ['获取方式', a.form], ['备注', a.note]]),
    heading('申请人'),
    facts('申请人', person),
  ])
}

/** 收到之日与其凭据（条例第三十一条）。 */
export const receiptSheet = (file: CaseFile): Document =>
  sheet(file, '收到申请之日及凭据', [
    facts('收到之日', [['提交之日', file.application.submittedOn], ['收到之日', file.application.receivedOn], ['渠道', file.application.channel === null ? null : CHANNELS[file.application.channel].label]]),
    table('经过', STEP, stepsOf(file, ['submitted', 'received']), STEP_WIDTHS),
  ])

const SIGN_OFF: readonly EventKind[] = ['decision-proposed', 'decision-endorsed', 'decision-returned', 'decided', 'closed', 'extended', 'fee-noticed', 'deferred', 'corrected', 'voided']

/** 审批单：拟定、审核、退回、批准，与文书往返的意见。 */
export function signOffSheet(file: CaseFile): Document {
  const ended = file.application.decision
  const evidence: Facts = ended === null ? [] : outcomeRule(ended.outcome).evidence.map(({ key, label, options }) => [label, options?.[ended.evidence[key] ?? ''] ?? ended.evidence[key]])
  const remarks = file.letters.flatMap((letter) => letter.remarks.map((remark) => [momentText(remark.at), letterRule(letter.type).title, `${remark.kind === 'returned' ? '退回' : '再送'}：${remark.text}`, file.people.get(remark.by) ?? '']))
  return sheet(file, '审批单', [
    facts('处理决定', [['处理结果', ended === null ? null : outcomeRule(ended.outcome).label], ['文号', ended?.docNo], ['作出之日', ended?.decidedOn], ...evidence]),
    heading('审批经过'),
    table('审批经过', STEP, stepsOf(file, SIGN_OFF), STEP_WIDTHS),
    heading('文书往返的意见'),
    table('文书往返的意见', ['时间', '文书', '意见', '何人'], remarks, STEP_WIDTHS),
  ])
}

/** 送达：发出、签收、申请人打开文书、是否同意电子送达。 */
export const serviceSheet = (file: CaseFile): Document =>
  sheet(file, '送达记录', [
    table('送达', STEP, stepsOf(file, ['dispatched', 'served']), STEP_WIDTHS),
    heading('电子送达'),
    text(consentWords(file.consent)),
    table('申请人打开文书', ['文书', '文号', '首次打开', '次数'], file.letters.flatMap(({ type, docNo, opening }) => (opening === null ? [] : [[letterRule(type).title, docNo ?? '', momentText(opening.firstAt), String(opening.times)]]))),
  ])

/** 检索与协办。 */
export function searchSheet(file: CaseFile): Document {
  const evidence: Readonly<Record<string, string>> = file.application.decision?.evidence ?? {}
  return sheet(file, '检索与协办', [
    facts('检索', [['检索记录', evidence['searchRecord']]]),
    heading('协办'),
    table('协办', STEP, stepsOf(file, ['co-handling-asked', 'co-handling-returned']), STEP_WIDTHS),
  ])
}

/** 征求意见：问了谁、怎么答。 */
export const consultationSheet = (file: CaseFile): Document =>
  sheet(file, '征求意见', [
    table('征求的对方', ['哪一次', '对方', '联系方式', '发出', '送达', '收到意见'], file.application.consultations.map((c) => [consultationName(file.application, c.id), file.parties.get(c.id)?.name ?? '', file.parties.get(c.id)?.contact ?? '', c.sentOn, c.deliveredOn ?? '', c.returnedOn ?? ''])),
    heading('经过'),
    table('经过', STEP, stepsOf(file, ['consultation-sent', 'consultation-delivered', 'consultation-returned', 'consultation-expired']), STEP_WIDTHS),
  ])

/** 遮盖理由逐项（条例第十四条至第十六条、第三十七条）。 */
export const redactionSheet = (file: CaseFile): Document =>
  sheet(file, '遮盖理由', [
    table('遮盖理由', ['附件', '理由'], file.documents.flatMap((document, i) => reasonsOf(document, answerTitle(i + 1)).map((reason) => [answerTitle(i + 1), reason])), [1, 4]),
    heading('核对'),
    table('核对', ['附件', '核对的人', '核对的文件'], file.documents.flatMap(({ confirmed }, i) => (confirmed === null ? [] : [[answerTitle(i + 1), file.people.get(confirmed.by) ?? '', confirmed.hash]])), [1, 1, 4]),
  ])

/** 期限逐日的账；没有收到、没有该年节假日安排的为 null。 */
export function dueAccount({ application, ground }: Pick<CaseFile, 'application' | 'ground'>): DueAccount | null {
  try {
    return dueAccountOf(application, ground.calendar, ground.settings)
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}

export const clockSheet = (file: CaseFile, account: DueAccount | null): Document =>
  sheet(file, '期限逐日', [
    text(account === null ? '没有收到，或者没有所涉年份的节假日安排，期限没有算出。' : `应当答复之日：${account.dueOn ?? '期限暂停，未定'}`),
    ...(account === null ? [] : [table('逐日', ['日期', '第几个工作日', '说明'], account.steps.map(({ day, n, note }) => [day, n === null ? '' : String(n), note]), [2, 2, 6])]),
  ])

export const historySheet = (file: CaseFile): Document =>
  sheet(file, '办理经过', [table('经过', ['次序', ...STEP, 'hash（SM3）'], file.events.map((recorded) => [String(recorded.version), ...lineOf(file, recorded.event, recorded.actor), recorded.hash]), [1, 2, 3, 6, 2, 5])])

/** 申请人的评价；没有写话的为 null。 */
export const ratingSheet = (file: CaseFile): Document | null =>
  file.rating === null ? null : sheet(file, '申请人的评价', [facts('评价', [['评价', SCORES[file.rating.score]], ['意见', file.rating.words], ['日期', file.rating.ratedOn]])])

/** 目录：各份的次序、名称、说明。 */
export const indexSheet = (file: CaseFile, entries: readonly { path: string; note: string }[]): Document =>
  sheet(file, '案卷目录', [
    facts('案卷', [['题名', titleOf(file.application)], ['登记号', file.application.regNo], ['文号', file.application.decision?.docNo], ['收到之日', file.application.receivedOn], ['处理结果', file.application.decision === null ? null : outcomeRule(file.application.decision.outcome).label], ['归档之日', file.application.archivedOn ?? '尚未归档，预览']]),
    table('目录', ['序号', '文件', '说明'], entries.map(({ path, note }, i) => [String(i + 1), path, note]), [1, 4, 4]),
  ])

const titleOf = (a: Application): string => `政府信息公开申请：${a.content.length > 60 ? `${a.content.slice(0, 60)}…` : a.content}`
