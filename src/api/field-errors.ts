import type { z } from 'zod'

type Issue = z.core.$ZodIssue

const KINDS: Readonly<Record<string, string>> = { string: '文字', number: '数', int: '整数', boolean: 'true 或 false', array: '列表', object: '对象' }

function words(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.includes('received undefined') ? '不能没有这一栏' : `须为${KINDS[issue.expected] ?? '所列的类型'}`
    case 'too_big':
      return issue.origin === 'string' ? `不超过 ${issue.maximum} 个字` : issue.origin === 'array' ? `不超过 ${issue.maximum} 项` : `不大于 ${issue.maximum}`
    case 'too_small':
      return issue.origin === 'string' ? (issue.minimum === 1 ? '不能为空' : `不少于 ${issue.minimum} 个字`) : `不小于 ${issue.minimum}`
    case 'invalid_value':
      return `只能是 ${issue.values.map(String).join('、')} 之一`
    case 'invalid_format':
      return issue.format === 'date' ? '不是真实的日期，请写作 2026-01-15 的样子' : issue.format === 'datetime' ? '不是时刻，请写作 2026-01-15T08:00:00+08:00 的样子' : '格式不对'
    default:
      return '不合要求'
  }
}

/** 校验的毛病 → 所涉的栏（JSON Pointer）与一句话；多写的栏各一句。 */
export const toFieldErrors = (issues: readonly Issue[]): { pointer: string; detail: string }[] =>
  issues.flatMap((issue) => {
    const path = issue.path.map(String)
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ pointer: toPointer([...path, key]), detail: '没有这一栏' }))
    return [{ pointer: toPointer(path), detail: words(issue) }]
  })

export const toPointer = (path: readonly string[]): string => path.map((part) => `/${part.slice(0, 60).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
