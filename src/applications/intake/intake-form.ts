import type { FormState } from '../../platform/html/index.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import { CHANNELS } from '../../statute/receipt.ts'
import type { Channel } from '../../statute/receipt.ts'
import { ASSISTANCE, CARRIERS, OWN_COLUMNS, WAYS, fieldsOfKind } from '../applicants/applicant-form.ts'
import { isApplicantKind } from '../events.ts'
import type { ApplicantKind } from '../events.ts'

/** 登记一件申请所需的全部，由表单解析而来。 */
export interface Intake {
  channel: Channel
  submittedOn: string
  /** 签收、确认之日；当面、口头的不用，尚未签收、确认的为 null */
  confirmedOn: string | null
  /** 以何为证；没有写的为空 */
  proof: string
  kind: ApplicantKind
  applicant: { name: string; idNo: string | null; contact: string | null; details: Readonly<Record<string, string>> }
  content: string
  form: string | null
  note: string | null
}

interface Fields {
  fields: Readonly<Record<string, readonly string[]>>
  text: (name: string) => string
}

const CONTENT_LIMIT = 5000
export const isChannel = (text: string): text is Channel => Object.hasOwn(CHANNELS, text)

/** 解析登记的表单；有错的一栏一句。 */
export function parseIntake(form: Fields): { ok: true; intake: Intake } | { ok: false; errors: FormState['errors'] } {
  const errors: Record<string, string> = {}
  const channel = form.text('channel')
  const kind = form.text('kind')
  const submittedOn = form.text('submittedOn')
  const confirmedOn = form.text('confirmedOn')
  const content = form.text('content')
  if (!isChannel(channel)) errors['channel'] = '请选择收到渠道，收到之日由此认定（条例第三十一条）'
  if (!isPlainDate(submittedOn)) errors['submittedOn'] = '请填写提交或到件之日'
  if (confirmedOn !== '' && !isPlainDate(confirmedOn)) errors['confirmedOn'] = '日期有误'
  if (!isApplicantKind(kind)) errors['kind'] = '请选择申请人类型'
  if (content === '') errors['content'] = '请写明申请人所求的政府信息'
  else if (content.length > CONTENT_LIMIT) errors['content'] = `不超过 ${CONTENT_LIMIT} 个字，现有 ${content.length} 个`
  const fields = fieldsOfKind(isApplicantKind(kind) ? kind : 'N')
  for (const { key, label, maxLength, required } of fields) {
    const text = form.text(key)
    if (required === true && text === '') errors[key] = `请填写${label}`
    else if (text.length > maxLength) errors[key] = `${label}不超过 ${maxLength} 个字`
  }
  for (const [key, limit] of [['proof', 200], ['note', 500]] as const) if (form.text(key).length > limit) errors[key] = `不超过 ${limit} 个字`
  if (Object.keys(errors).length > 0 || !isChannel(channel) || !isApplicantKind(kind)) return { ok: false, errors }
  const details = Object.fromEntries(fields.filter(({ key }) => !OWN_COLUMNS.includes(key) && form.text(key) !== '').map(({ key }) => [key, form.text(key)]))
  const assistance = (form.fields['assistance'] ?? []).filter((each) => Object.hasOwn(ASSISTANCE, each))
  return {
    ok: true,
    intake: {
      channel,
      submittedOn,
      confirmedOn: CHANNELS[channel].receivedOn === 'submitted' || confirmedOn === '' ? null : confirmedOn,
      proof: form.text('proof'),
      kind,
      applicant: {
        name: form.text('name'),
        idNo: form.text('idNo') || null,
        contact: form.text('contact') || null,
        details: assistance.length === 0 ? details : { ...details, assistance: assistance.join(',') },
      },
      content,
      form: [one(WAYS, form.text('way')), one(CARRIERS, form.text('carrier'))].filter((each) => each !== null).join('；') || null,
      note: form.text('note') || null,
    },
  }
}

const one = (list: readonly string[], text: string): string | null => (list.includes(text) ? text : null)
