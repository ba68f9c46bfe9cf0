import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { assign as rule } from '../decisions.ts'

/** 分派、转交给本机关的一个承办人。 */
export const assign: CaseAction = {
  event: 'assigned',
  label: '分派承办人',
  article: '条例第四十五条',
  permit: 'application.handle',
  done: '已分派',
  fields: (a, { today }, { people }) => [
    { name: 'to', label: '承办人', kind: 'choice', required: true, options: people, ...(a.handler === null ? {} : { value: a.handler }) },
    dayField(today, '分派之日'),
  ],
  decide: (a, given, ground) => rule(a, { on: given('on'), to: given('to') }, ground),
}
