import { z } from '@hono/zod-openapi'
import { APPLICANT_FIELDS, APPLICANT_KINDS, ASSISTANCE, CARRIERS, STATUSES, WAYS } from '../applications/index.ts'
import { OUTCOME_NAMES, outcomeRule } from '../statute/outcomes.ts'
import { CHANNELS } from '../statute/receipt.ts'

/** 一张「代码 → 中文」的表写成枚举，说明里列全；给了名字的在文档里只列一次。 */
function choice<K extends string>(table: Readonly<Record<K, string>>, description: string, name?: string) {
  // 键即表的键
  const names = Object.keys(table) as [K, ...K[]]
  const made = z.enum(names)
  const said = { description: `${description}：${names.map((each) => `${each} ${table[each]}`).join('，')}` }
  return name === undefined ? made.openapi(said) : made.openapi(name, said)
}

const channelLabels = Object.fromEntries(Object.entries(CHANNELS).map(([key, { label, basis }]) => [key, `${label}（${basis}）`])) as Record<keyof typeof CHANNELS, string>
const channel = choice(channelLabels, '收到渠道，收到之日由此认定（条例第三十一条）', 'Channel')
const kind = choice(APPLICANT_KINDS, '申请人的种类', 'ApplicantKind')
const status = choice(STATUSES, '办到哪一步', 'Status')
const outcomeLabels = Object.fromEntries(OUTCOME_NAMES.map((name) => [name, outcomeRule(name).label])) as Record<(typeof OUTCOME_NAMES)[number], string>
const outcome = choice(outcomeLabels, '处理结果；送出之前为 null', 'Outcome')
const day = (description: string) => z.iso.date().openapi({ description, example: '2026-01-15' })
const text = (description: string, most: number) => z.string().max(most).openapi({ description })
const version = z.int().min(1).optional().openapi({ description: '所见的版本；写了而已有改动的不办，答 conflict' })

const applicantFields = Object.fromEntries(APPLICANT_FIELDS.map(({ key, label, maxLength, on }) => [key, text(`${label}${on}`, maxLength).optional()]))

export const Intake = z
  .strictObject({
    channel,
    submittedOn: day('提交、寄达之日'),
    confirmedOn: day('签收、与申请人确认之日；当面、口头的不写，尚未签收、确认的不写，期限不走').optional(),
    proof: text('收到之日的凭据，如挂号单号、电话确认的时刻；不写申请人的姓名、电话', 200).optional(),
    applicant: z
      .strictObject({
        kind,
        ...applicantFields,
        name: text('姓名或者单位的全称', 120).min(1),
        assistance: z.array(choice(ASSISTANCE, '需要的帮助')).max(5).optional(),
      })
      .openapi({ description: '申请人。不要写申请的用途：申请人不必说明用途' }),
    content: text('所需的政府信息：名称、文号，或者便于查询的特征描述', 5000).min(1),
    way: z.enum(WAYS).optional().openapi({ description: '获取方式' }),
    carrier: z.enum(CARRIERS).optional().openapi({ description: '载体形式' }),
    note: text('备注', 500).optional(),
    duplicatesSeen: text('已看过可能重复的各件，仍是另一件的：上次所答的 seen', 800).optional(),
  })
  .openapi('Intake', { description: '登记一件申请' })

const clock = z.enum(['running', 'consulting', 'stopped', 'no-calendar']).nullable().openapi({ description: '答复期限：running 在走，consulting 征求意见中不计，stopped 暂停，no-calendar 尚无该年节假日安排，null 尚未收到' })

export const Registered = z
  .object({
    id: z.uuid().openapi({ description: '这件申请的代码，此后凭它' }),
    regNo: z.string().openapi({ description: '登记号', example: '示公开申〔2026〕1号' }),
    accessCode: z.string().openapi({ description: '查询码，只在此出现一次；请连同登记号交给申请人', example: 'ABCD-EFGH-JKMN' }),
    status,
    receivedOn: z.iso.date().nullable().openapi({ description: '收到申请之日；尚未签收、确认的为 null' }),
    dueOn: z.iso.date().nullable().openapi({ description: '答复的到期日' }),
  })
  .openapi('Registered', { description: '登记的结果' })

const summary = {
  id: z.uuid(),
  regNo: z.string().openapi({ description: '登记号' }),
  status,
  statusText: z.string().openapi({ description: '办到哪一步，中文' }),
  channel: channel.nullable(),
  applicantKind: kind,
  submittedOn: z.iso.date().nullable(),
  receivedOn: z.iso.date().nullable().openapi({ description: '收到申请之日' }),
  clock,
  dueOn: z.iso.date().nullable().openapi({ description: '答复的到期日' }),
  outcome: outcome.nullable(),
  decidedOn: z.iso.date().nullable(),
  servedOn: z.iso.date().nullable(),
  redoOf: z.uuid().nullable().openapi({ description: '照复议决定、裁判重新答复的，原来那件申请的代码；不是的为 null' }),
  version: z.int().openapi({ description: '版本，每办一步加一或更多' }),
  updatedAt: z.iso.datetime().openapi({ description: '最近改动的时刻' }),
}

export const Application = z.object(summary).openapi('Application', { description: '一件申请；没有申请内容与申请人' })

export const ApplicationDetail = z
  .object({
    ...summary,
    words: z.string().openapi({ description: '可以念给申请人听的一句话：办到哪里、等谁' }),
    history: z
      .array(z.object({ on: z.iso.date(), text: z.string(), note: z.string().nullable() }))
      .openapi({ description: '对外的经过，依次；没有内部的意见与人员' }),
  })
  .openapi('ApplicationDetail', { description: '一件申请与其经过' })

export const ApplicationList = z
  .object({
    items: z.array(Application),
    next: z.string().nullable().openapi({ description: '下一页的 after；没有了为 null。同步时存下最后一件的 updatedAt' }),
  })
  .openapi('ApplicationList')

export const ListQuery = z.object({
  status: status.optional(),
  updatedSince: z.iso.datetime({ offset: true }).optional().openapi({ description: '只要此刻（含）以来有改动的', example: '2026-01-15T00:00:00+08:00' }),
  after: z.string().max(200).optional().openapi({ description: '上一页的 next' }),
  limit: z.coerce.number().int().min(1).max(200).default(50).openapi({ description: '一页几件，至多 200' }),
})

export const IdParam = z.object({ id: z.uuid().openapi({ param: { name: 'id', in: 'path' }, description: '申请的代码' }) })

export const ConfirmReceipt = z
  .strictObject({ on: day('确认、签收之日，即收到申请之日'), proof: text('凭据，如电话确认的时刻', 200).optional(), version })
  .openapi('ConfirmReceipt', { description: '与申请人确认收到（条例第三十一条）' })

export const Withdraw = z.strictObject({ on: day('申请人撤回之日'), version }).openapi('Withdraw', { description: '申请人撤回' })

export const State = z
  .object({ id: z.uuid(), status, receivedOn: z.iso.date().nullable(), clock, dueOn: z.iso.date().nullable(), version: z.int() })
  .openapi('State', { description: '办过之后的状态' })

export const Accepted = z.object({ id: z.uuid(), papers: z.array(z.uuid()).openapi({ description: '存下的各份材料' }) }).openapi('Accepted')

export const Applicant = z
  .object({ kind, name: z.string().nullable(), idNo: z.string().nullable(), contact: z.string().nullable(), details: z.record(z.string(), z.string()).openapi({ description: '申请表的其余各栏' }) })
  .openapi('Applicant', { description: '申请人的个人信息；每次读取都留痕' })

export const LetterList = z
  .object({
    items: z.array(
      z.object({
        letterId: z.uuid(),
        title: z.string(),
        docNo: z.string().nullable().openapi({ description: '文号' }),
        issuedOn: z.iso.date(),
      }),
    ),
  })
  .openapi('LetterList', { description: '已发给申请人的文书' })

export const SystemInfo = z
  .object({ system: z.string(), body: z.object({ code: z.string(), name: z.string() }), scopes: z.array(z.string()) })
  .openapi('SystemInfo', { description: '这枚令牌所代表的系统' })

export const ProblemSchema = z
  .object({
    type: z.string().openapi({ description: '说明页上的这一类' }),
    title: z.string().openapi({ description: '一句话' }),
    status: z.int(),
    detail: z.string().openapi({ description: '怎么办' }),
    code: z.string().openapi({ description: '哪一类，见下' }),
    instance: z.string().openapi({ description: '请求号，查问时请提供' }),
    errors: z.array(z.object({ pointer: z.string().openapi({ description: '所涉的栏，JSON Pointer' }), detail: z.string() })).optional(),
  })
  .openapi('Problem', { description: '错误，application/problem+json（RFC 9457）' })
