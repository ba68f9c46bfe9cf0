import type { FormState } from '../../platform/html/index.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import { findPersonalNumbers } from '../../statute/personal-numbers.ts'
import type { Given, ItemField } from './item-action.ts'

/** 各栏的通则：必填、日期真实、所选在列、不过长、不写个人的号码（意见留在时间线上，删不掉）。 */
export function checkFields(fields: readonly ItemField[], given: Given): FormState['errors'] {
  return Object.fromEntries(fields.flatMap((field) => {
    const message = wrong(field, given(field.name))
    return message === null ? [] : [[field.name, message]]
  }))
}

function wrong({ kind, label, required, options, maxLength = 500 }: ItemField, text: string): string | null {
  if (text === '') return required === true ? `请${kind === 'choice' ? '选择' : '填写'}${label}` : null
  if (kind === 'date') return isPlainDate(text) ? null : '日期有误，请写作 2026-01-15 的样子'
  if (kind === 'choice') return Object.hasOwn(options ?? {}, text) ? null : '请从所列的选项中选择'
  if (text.length > maxLength) return `不超过 ${maxLength} 个字，现有 ${text.length} 个`
  return findPersonalNumbers(text).length > 0 ? '里面有身份证、手机或者银行卡号码，请去掉' : null
}
