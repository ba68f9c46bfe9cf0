import type { CaseStep } from '../case-step.ts'
import type { Shared, SharedEvent } from '../hearing.ts'

/** 交给谁承办：提醒由他收。 */
export const assignCase: CaseStep<Shared, SharedEvent> = {
  label: '分派承办人',
  article: '内部的分工',
  permit: 'review.handle',
  done: '已分派',
  side: true,
  when: () => true,
  fields: ({ handler }, { people }) => [{ name: 'to', label: '承办人', kind: 'choice', required: true, options: people, ...(handler === null ? {} : { value: handler }) }],
  decide: (_shared, given, { help }) => (Object.hasOwn(help.people, given('to')) ? { ok: true, events: [{ kind: 'assigned', on: help.today, to: given('to') }] } : { ok: false, refusal: 'person-unknown' }),
}
