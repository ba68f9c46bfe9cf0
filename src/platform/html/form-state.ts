import { createContext } from 'react'

/** 一次提交：填过的值与各栏的错误；首次打开用 `emptyForm`。 */
export interface FormState {
  values: Readonly<Record<string, readonly string[]>>
  /** 栏名 → 错在哪里、怎样改；键 `''` 为整张表的错误 */
  errors: Readonly<Record<string, string>>
}

export const emptyForm: FormState = { values: {}, errors: {} }

// 整栏没有交来的（不是由本站的表单），zod 的话是英文
const isForeign = (message: string): boolean => /^[ -~]*$/.test(message)

/** 由 zod 的 issues 得到各栏错误；一栏只留第一条。 */
export function toFormState(
  values: Readonly<Record<string, readonly string[]>>,
  issues: readonly { path: readonly PropertyKey[]; message: string }[],
): FormState {
  const errors: Record<string, string> = {}
  for (const issue of issues) errors[String(issue.path[0] ?? '')] ??= isForeign(issue.message) ? '请填写' : issue.message
  return { values, errors }
}

export const FormContext = createContext<FormState>(emptyForm)

export const fieldId = (name: string): string => `f-${name}`
