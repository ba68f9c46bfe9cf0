import type { FormState } from '../../platform/html/index.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import type { ActionField, Given } from '../case-action.ts'

const MOST_TEXT = 2000

/** 各栏的通则：必填、日期真实、所选在列、不过长；有错的一栏一句，没有错为空。 */
export function checkGiven(fields: readonly ActionField[], given: Given): FormState['errors'] {
  const errors: Record<string, string> = {}
  for (const field of fields) {
    const message = wrong(field, given(field.name))
    if (message !== null) errors[field.name] = message
  }
  return errors
}

function wrong({ kind, label, required, options, maxLength = MOST_TEXT }: ActionField, text: string): string | null {
  if (text === '') return required === true ? `请${kind === 'choice' ? '选择' : '填写'}${label}` : null
  if (kind === 'date') return isPlainDate(text) ? null : '日期有误，请写作 2026-01-15 的样子'
  if (kind === 'number') return /^\d{1,6}$/.test(text) ? null : `${label}须为整数`
  if (kind === 'choice') return Object.hasOwn(options ?? {}, text) ? null : '请从所列的选项中选择'
  return text.length > maxLength ? `不超过 ${maxLength} 个字，现有 ${text.length} 个` : null
}
