import { createHash } from 'node:crypto'
import { canonicalJson } from '../../platform/canonical-json.ts'
import type { ParsedForm } from '../../platform/http/index.ts'
import { OUTCOME_NAMES } from '../../statute/outcomes.ts'
import type { Outcome } from '../../statute/outcomes.ts'
import type { Application } from '../application.ts'
import type { LoggedAttachment } from './tables.ts'

/** 公布的一件答复：去掉个人信息的题目、申请、答复与所附的文件。 */
export interface LoggedContent {
  title: string
  asked: string
  answer: string
  attachments: readonly LoggedAttachment[]
}

export const LIMITS = { title: 100, asked: 1000, answer: 5000 } as const
const LABELS = { title: '题目', asked: '申请公开什么', answer: '答复' } as const

/** 内容的摘要：批准的是这一份。 */
export const hashOf = ({ title, asked, answer, attachments }: LoggedContent): string =>
  createHash('sm3').update(canonicalJson({ title, asked, answer, attachments: [...attachments] })).digest('hex')

// 不予公开的理由往往涉及不公开的内容，信访、撤回的与公众无关
const PUBLIC_OUTCOMES: readonly Outcome[] = OUTCOME_NAMES.filter((name) => ['GRANTED', 'PARTIAL', 'GRANTED_ALREADY_PUBLIC', 'UNABLE_NOT_HELD', 'UNABLE_NEEDS_CREATION', 'ADMIN_QUERY', 'NP_PUBLICATION'].includes(name))

/** 可以公布吗：答复已发出，结果是给了信息、告知途径或者没有这样的信息。 */
export const canPublish = (a: Application): boolean => a.decision !== null && a.delivery !== null && a.status !== 'voided' && PUBLIC_OUTCOMES.includes(a.decision.outcome)

/** 读出表单所填的三栏；有错的一栏一句。 */
export function readLogForm(form: ParsedForm): { ok: true; words: Pick<LoggedContent, 'title' | 'asked' | 'answer'> } | { ok: false; errors: Record<string, string> } {
  const words = { title: form.text('title'), asked: form.text('asked'), answer: form.text('answer') }
  const errors: Record<string, string> = {}
  for (const key of ['title', 'asked', 'answer'] as const) {
    if (words[key] === '') errors[key] = `请填写${LABELS[key]}`
    else if (words[key].length > LIMITS[key]) errors[key] = `不超过 ${LIMITS[key]} 个字，现有 ${words[key].length} 个`
  }
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, words }
}
