import type { FormState } from '../../platform/html/index.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import { OWN_COLUMNS, fieldsOfKind } from '../applicants/applicant-form.ts'
import { isApplicantKind } from '../events.ts'
import { isChannel } from '../intake/intake-form.ts'
import type { CorrectionIntake } from './register-correction.ts'

export const MOST_RECORD = 500
export const MOST_CLAIM = 2000

/** 解析登记的表单；有错的一栏一句。 */
export function parseCorrectionIntake(text: (name: string) => string, today: string): { ok: true; intake: CorrectionIntake } | { ok: false; errors: FormState['errors'] } {
  const errors: Record<string, string> = {}
  const [channel, kind, receivedOn, record, claim] = [text('channel'), text('kind'), text('receivedOn'), text('record'), text('claim')]
  if (!isChannel(channel)) errors['channel'] = '请选择收到渠道'
  if (!isPlainDate(receivedOn)) errors['receivedOn'] = '请填写收到之日'
  else if (receivedOn > today) errors['receivedOn'] = '日期不能晚于今日'
  if (!isApplicantKind(kind)) errors['kind'] = '请选择类型'
  for (const [name, value, label, limit] of [['record', record, '要求更正的记录', MOST_RECORD], ['claim', claim, '何处不准确、有何证据', MOST_CLAIM]] as const) {
    if (value === '') errors[name] = `请填写${label}`
    else if (value.length > limit) errors[name] = `不超过 ${limit} 个字，现有 ${value.length} 个`
  }
  const fields = fieldsOfKind(isApplicantKind(kind) ? kind : 'N')
  for (const { key, label, maxLength, required } of fields) {
    if (required === true && text(key) === '') errors[key] = `请填写${label}`
    else if (text(key).length > maxLength) errors[key] = `${label}不超过 ${maxLength} 个字`
  }
  if (Object.keys(errors).length > 0 || !isChannel(channel) || !isApplicantKind(kind)) return { ok: false, errors }
  const details = Object.fromEntries(fields.filter(({ key }) => !OWN_COLUMNS.includes(key) && text(key) !== '').map(({ key }) => [key, text(key)]))
  return {
    ok: true,
    intake: { channel, receivedOn, kind, applicant: { name: text('name'), idNo: text('idNo') || null, contact: text('contact') || null, details }, request: { record, claim } },
  }
}
