import type { FormState } from '../../platform/html/index.ts'
import { isPlainDate } from '../../statute/plain-date.ts'

/** 表单里的一栏，作为数据。 */
export interface StepField {
  name: string
  label: string
  kind: 'date' | 'text' | 'long' | 'choice'
  hint?: string
  required?: boolean
  /** 打开时填好的 */
  value?: string
  options?: Readonly<Record<string, string>>
  maxLength?: number
}

/** 填过的各栏，已去首尾空白；没有填的为空串。 */
export type Given = (name: string) => string

const MOST_TEXT = 500

/** 各栏的通则：必填、日期真实、所选在列、不过长；有错的一栏一句，没有错为空。 */
export function checkFields(fields: readonly StepField[], given: Given): FormState['errors'] {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const message = wrong(field, given(field.name))
      return message === null ? [] : [[field.name, message]]
    }),
  )
}

function wrong({ kind, label, required, options, maxLength = MOST_TEXT }: StepField, text: string): string | null {
  if (text === '') return required === true ? `请${kind === 'choice' ? '选择' : '填写'}${label}` : null
  if (kind === 'date') return isPlainDate(text) && text >= '1949-10-01' && text < '2200-01-01' ? null : '日期有误，请写作 2026-01-15 的样子'
  if (kind === 'choice') return Object.hasOwn(options ?? {}, text) ? null : '请从所列的选项中选择'
  return text.length > maxLength ? `不超过 ${maxLength} 个字，现有 ${text.length} 个` : null
}

/** 没有填的为 null。 */
export const orNull = (text: string): string | null => (text === '' ? null : text)
