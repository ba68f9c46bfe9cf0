import type { LedgerColumn, LedgerContext, LedgerDefinition, ParsedRow } from '../../platform/ledger/index.ts'
import { rowReader } from '../../platform/ledger/index.ts'
import type { RowReader } from '../../platform/ledger/index.ts'
import type { DeliveryMethod } from '../../statute/delivery.ts'
import type { Outcome } from '../../statute/outcomes.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { CHANNELS } from '../../statute/receipt.ts'
import type { Channel } from '../../statute/receipt.ts'
import { LONGEST_EXTENSION } from '../../statute/reply-clock.ts'
import type { ConsultationKind } from '../../statute/reply-clock.ts'
import { APPLICANT_KINDS, isApplicantKind } from '../events.ts'
import type { ApplicantKind } from '../events.ts'
import { importApplications } from './import-applications.ts'
import { readOutcome } from '../outcome-labels.ts'

/** 台账的一行，读好之后。日期先后已核对。 */
export interface ParsedApplication {
  regNo: string
  receivedOn: PlainDate
  applicantKind: ApplicantKind
  applicantName: string | null
  channel: Channel | null
  content: string
  supplementAskedOn: PlainDate | null
  supplementedOn: PlainDate | null
  consultWith: ConsultationKind | null
  consultSentOn: PlainDate | null
  consultReturnedOn: PlainDate | null
  extensionDays: number
  decidedOn: PlainDate | null
  outcome: Outcome | null
  docNo: string | null
  servedOn: PlainDate | null
  deliveryMethod: DeliveryMethod | null
  /** 分 */
  feeAmount: number
  note: string | null
}

const COLUMNS = [
  { key: 'regNo', label: '登记号', aliases: ['申请编号', '登记编号', '受理编号', '编号', '申请号', '受理号'], required: true, example: '2024-001', note: '本机构内唯一；再次导入时以此认出同一件' },
  { key: 'receivedOn', label: '收到日期', aliases: ['收到申请日期', '收件日期', '受理日期', '受理时间', '收件时间', '收到时间', '申请日期', '登记日期'], required: true, example: '2024-03-04', note: '依条例第三十一条认定的收到申请之日' },
  { key: 'applicantKind', label: '申请人类型', aliases: ['申请人类别', '申请人情况', '申请主体', '申请人性质'], required: true, example: '自然人', note: '自然人；法人或其他组织须写明哪一类：商业企业、科研机构、社会公益组织、法律服务机构、其他' },
  { key: 'applicantName', label: '申请人', aliases: ['申请人姓名', '申请人名称', '姓名', '申请人姓名或名称'], personal: true, example: '张某', note: '可不填；填了的加密存放，列表只显示姓' },
  { key: 'channel', label: '收到渠道', aliases: ['申请方式', '申请渠道', '收件方式', '提交方式', '受理渠道'], example: '网上', note: '当面、邮寄、平信、网上、电子邮件、传真、口头' },
  { key: 'content', label: '申请内容', aliases: ['申请公开内容', '申请事项', '所需信息', '申请公开的信息', '内容描述', '申请信息名称'], required: true, example: '某项目的批复文件' },
  { key: 'supplementAskedOn', label: '补正告知日期', aliases: ['补正通知日期', '告知补正日期'], example: '' },
  { key: 'supplementedOn', label: '收到补正日期', aliases: ['补正日期', '补正收到日期'], example: '' },
  { key: 'consultWith', label: '征求对象', aliases: ['征求意见对象'], example: '', note: '第三方、共同制作机关、其他机关；不填的按第三方' },
  { key: 'consultSentOn', label: '征求意见发出日期', aliases: ['征求意见日期', '征求第三方意见日期', '征求意见函发出日期'], example: '' },
  { key: 'consultReturnedOn', label: '征求意见收回日期', aliases: ['收到意见日期', '意见反馈日期', '第三方反馈日期'], example: '' },
  { key: 'extensionDays', label: '延期工作日数', aliases: ['延期天数', '延长工作日', '延期'], example: '', note: '不超过 20 个工作日（条例第三十三条第二款）' },
  { key: 'decidedOn', label: '答复日期', aliases: ['办结日期', '答复时间', '办理日期', '决定日期', '处理日期'], example: '2024-03-29', note: '作出处理决定之日；尚未答复的留空' },
  { key: 'outcome', label: '处理结果', aliases: ['办理结果', '答复类型', '答复结果', '办理情况', '结果'], example: '予以公开', note: '按年度报告表三的情形填写，带不带序号都可以' },
  { key: 'docNo', label: '答复文号', aliases: ['文号', '答复书文号', '告知书文号'], example: '示例公开答〔2024〕1号' },
  { key: 'servedOn', label: '送达日期', aliases: ['签收日期', '送达时间'], example: '2024-04-01' },
  { key: 'deliveryMethod', label: '送达方式', aliases: ['答复方式', '提供方式'], example: '邮寄送达', note: '直接送达、委托送达、邮寄送达、电子送达' },
  { key: 'feeAmount', label: '信息处理费（元）', aliases: ['信息处理费', '收费金额', '收费（元）', '收费金额（元）'], example: '0', note: '实收金额，元' },
  { key: 'note', label: '备注', aliases: ['说明'], example: '' },
] as const satisfies readonly LedgerColumn[]

type Key = (typeof COLUMNS)[number]['key']

const CHANNEL_WORDS: readonly (readonly [RegExp, Channel])[] = [
  [/当面|现场|窗口|来访|直接/, 'IN_PERSON'],
  [/口头/, 'ORAL'],
  [/平(常)?信/, 'POST_PLAIN'],
  [/电子邮|邮箱|email|e-mail/i, 'EMAIL'],
  [/传真/, 'FAX'],
  [/网|线上|在线|平台|小程序/, 'ONLINE'],
  [/邮(寄|政|件)?|信函|信件|快递|挂号|EMS/i, 'POST_SIGNED'],
]

const DELIVERY_WORDS: readonly (readonly [RegExp, DeliveryMethod])[] = [
  [/委托/, 'ENTRUSTED'],
  [/电子|网|邮箱|线上|短信/, 'ELECTRONIC'],
  [/邮|EMS|挂号|信函/i, 'POST'],
  [/直接|当面|现场|自取|领取/, 'DIRECT'],
]

const KIND_WORDS: readonly (readonly [RegExp, ApplicantKind])[] = [
  [/^(自然人|公民|个人|群众|居民|村民)$/, 'N'],
  [/商业企业|^(企业|公司)$/, 'B'],
  [/科研/, 'R'],
  [/公益/, 'P'],
  [/法律服务|律师事务所|律所/, 'L'],
  [/^其他(组织|法人)?$|-其他$/, 'O'],
]

const CONSULTED: Readonly<Record<ConsultationKind, string>> = { THIRD_PARTY: '第三方', CO_AGENCY: '共同制作机关', OTHER_AGENCY: '其他机关' }

/** 依申请公开台账。行键为登记号。 */
export const applicationLedger: LedgerDefinition<ParsedApplication> = {
  kind: 'applications',
  title: '依申请公开台账',
  columns: COLUMNS,
  parseRow,
  importRows: importApplications,
}

function parseRow(values: Readonly<Record<string, string>>, { today }: LedgerContext): ParsedRow<ParsedApplication> {
  const row = rowReader<Key>(values)
  const day = (column: Key, required = false): PlainDate | null => row.day(column, { required, notAfter: today })
  const value: ParsedApplication = {
    regNo: row.text('regNo', { most: 60, required: true }) ?? '',
    receivedOn: day('receivedOn', true) ?? '',
    applicantKind: readKind(row),
    applicantName: row.text('applicantName', { most: 200 }),
    channel: readWord(row, 'channel', CHANNEL_WORDS, CHANNELS),
    content: row.text('content', { most: 5000, required: true }) ?? '',
    supplementAskedOn: day('supplementAskedOn'),
    supplementedOn: day('supplementedOn'),
    consultWith: null,
    consultSentOn: day('consultSentOn'),
    consultReturnedOn: day('consultReturnedOn'),
    extensionDays: readExtension(row),
    decidedOn: day('decidedOn'),
    outcome: readResult(row),
    docNo: row.text('docNo', { most: 100 }),
    servedOn: day('servedOn'),
    deliveryMethod: readWord(row, 'deliveryMethod', DELIVERY_WORDS, DELIVERY_LABELS),
    feeAmount: readYuan(row),
    note: row.text('note', { most: 2000 }),
  }
  const consultWith = row.pick('consultWith', CONSULTED, 'THIRD_PARTY')
  if (value.consultSentOn !== null) value.consultWith = consultWith
  if (row.problems.length === 0) checkTogether(row, value)
  return row.problems.length > 0 ? { ok: false, problems: row.problems } : { ok: true, key: value.regNo, value }
}

const DELIVERY_LABELS: Readonly<Record<DeliveryMethod, { label: string }>> = {
  DIRECT: { label: '直接送达' },
  ENTRUSTED: { label: '委托送达' },
  POST: { label: '邮寄送达' },
  ELECTRONIC: { label: '电子送达' },
}

function readWord<V extends string>(
  row: RowReader<Key>,
  column: Key,
  words: readonly (readonly [RegExp, V])[],
  labels: Readonly<Record<V, { label: string }>>,
): V | null {
  const text = row.of(column).normalize('NFKC').replace(/\s+/g, '')
  if (text === '' || text === '无' || text === '-' || text === '/') return null
  const found = words.find(([pattern, code]) => code === text.toUpperCase() || labels[code].label === text || pattern.test(text))
  if (found !== undefined) return found[1]
  row.wrong(column, '不在可选之列', `填 ${words.map(([, code]) => labels[code].label).join('、')}`)
  return null
}

function readKind(row: RowReader<Key>): ApplicantKind {
  const text = row.of('applicantKind').normalize('NFKC').replace(/\s+/g, '')
  const code = text.toUpperCase()
  if (isApplicantKind(code)) return code
  const specific = text.replace(/^法人(?:或|和|及)?(?:者)?其他组织[-—–(:、/]*/, '').replace(/\)$/, '')
  const found = KIND_WORDS.find(([pattern]) => pattern.test(specific))
  if (found !== undefined) return found[1]
  const kinds = Object.values(APPLICANT_KINDS).join('、')
  if (text === '') row.wrong('applicantKind', '未填', `填 ${kinds}`)
  else if (/法人|组织|单位/.test(text)) row.wrong('applicantKind', '没有写明是哪一类法人或其他组织', '填 商业企业、科研机构、社会公益组织、法律服务机构、其他')
  else row.wrong('applicantKind', '不在可选之列', `填 ${kinds}`)
  return 'O'
}

function readExtension(row: RowReader<Key>): number {
  const text = row.of('extensionDays').normalize('NFKC').replace(/\s+/g, '')
  if (text === '' || text === '无' || text === '否' || text === '-' || text === '/') return 0
  const days = Number(/^(\d{1,3})(?:\.0+)?(?:个?(?:工作)?日|天)?$/.exec(text)?.[1] ?? Number.NaN)
  if (!Number.isInteger(days)) row.wrong('extensionDays', '不是整数', '填延长的工作日数，如 20；没有延期的留空')
  else if (days > LONGEST_EXTENSION) row.wrong('extensionDays', `超过 ${LONGEST_EXTENSION} 个工作日（条例第三十三条第二款）`, '核对延长答复期限告知书')
  else return days
  return 0
}

function readResult(row: RowReader<Key>): Outcome | null {
  const text = row.of('outcome').trim()
  if (text === '' || /^(正在)?(办理中|在办|未办结|办理|结转.*|未答复|-|\/|无)$/.test(text)) return null
  const reading = readOutcome(text)
  if (reading.ok) return reading.outcome
  row.wrong('outcome', reading.message, reading.mend)
  return null
}

function readYuan(row: RowReader<Key>): number {
  const text = row.of('feeAmount').normalize('NFKC').replace(/[\s,]+/g, '')
  if (text === '' || text === '无' || text === '-' || text === '/') return 0
  const found = /^(\d{1,9})(?:\.(\d{1,2})0*)?元?$/.exec(text)
  if (found !== null) return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
  row.wrong('feeAmount', '不是金额', '填元，至多两位小数，如 100 或 100.50；没有收费的填 0')
  return 0
}

// 各格都读得出之后，看彼此是否相符
function checkTogether(row: RowReader<Key>, v: ParsedApplication): void {
  const label = (key: Key): string => COLUMNS.find((column) => column.key === key)?.label ?? key
  const notBefore = (later: Key, laterDay: PlainDate | null, earlier: Key, earlierDay: PlainDate | null): void => {
    if (laterDay !== null && earlierDay !== null && laterDay < earlierDay) row.wrong(later, `${label(later)}早于${label(earlier)}`, '核对两个日期')
  }
  for (const key of ['supplementAskedOn', 'supplementedOn', 'consultSentOn', 'consultReturnedOn', 'decidedOn', 'servedOn'] as const)
    notBefore(key, v[key], 'receivedOn', v.receivedOn)
  notBefore('supplementedOn', v.supplementedOn, 'supplementAskedOn', v.supplementAskedOn)
  notBefore('consultReturnedOn', v.consultReturnedOn, 'consultSentOn', v.consultSentOn)
  notBefore('servedOn', v.servedOn, 'decidedOn', v.decidedOn)
  for (const key of ['supplementAskedOn', 'supplementedOn', 'consultSentOn'] as const) notBefore('decidedOn', v.decidedOn, key, v[key])
  if (v.consultReturnedOn !== null && v.consultSentOn === null) row.wrong('consultSentOn', '有收回日期而没有发出日期')
  if (v.supplementedOn !== null && v.supplementAskedOn === null) row.wrong('supplementAskedOn', '有收到补正日期而没有补正告知日期')
  if (v.decidedOn !== null && v.outcome === null) row.wrong('outcome', '有答复日期而没有处理结果')
  if (v.decidedOn === null && v.outcome !== null) row.wrong('decidedOn', '有处理结果而没有答复日期', '填答复日期；尚未答复的把处理结果留空')
  if (v.servedOn !== null && v.decidedOn === null) row.wrong('decidedOn', '有送达日期而没有答复日期')
  if (v.docNo !== null && v.decidedOn === null) row.wrong('decidedOn', '有答复文号而没有答复日期')
  if (v.outcome === 'CLOSED_NO_CORRECTION' && v.supplementedOn !== null) row.wrong('outcome', '申请人已补正，不能是逾期不补正', '核对处理结果')
  if (v.outcome === 'UNABLE_UNCLEAR' && v.supplementAskedOn !== null && v.supplementedOn === null)
    row.wrong('outcome', '没有收到补正，不能是补正后仍不明确', '填收到补正日期，或改为“逾期不补正”')
}
