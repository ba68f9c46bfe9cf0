import { reviewItem } from '../../item-rules.ts'
import { awaitingOf } from '../../item.ts'
import type { ItemAction } from '../item-action.ts'

const RESULTS = {
  pass: '可以公开：不含国家秘密、工作秘密、商业秘密、个人隐私',
  fail: '不能公开：退回承办人，写明缘故',
  escalated: '不能确定：报主管部门或者保密行政管理部门确定',
} as const
const DONE = { pass: '已记下可以公开，转批准', fail: '已记下不能公开，退回承办人', escalated: '已记下报请确定，等其答复' } as const
type Result = keyof typeof RESULTS
const isResult = (text: string): text is Result => Object.hasOwn(RESULTS, text)

export const secrecyReview: ItemAction = {
  label: '保密审查',
  article: '保守国家秘密法实施条例第四十二条，条例第十七条',
  permit: 'item.secrecy-review',
  done: (after) => DONE[after.review?.result ?? 'fail'],
  when: (item) => ['secrecy-review', 'escalated'].includes(awaitingOf(item) ?? ''),
  barred: (item) => item.authors,
  fields: (item) => {
    const waiting = awaitingOf(item) === 'escalated'
    return [
      { name: 'result', label: '结论', kind: 'choice', required: true, options: waiting ? { pass: RESULTS.pass, fail: RESULTS.fail } : RESULTS },
      { name: 'opinion', label: '意见', kind: 'long', required: waiting, maxLength: 500, hint: waiting ? '写明谁确定的、何时、文号' : '结论不是可以公开的，必须写明；国家秘密的内容不要写在这里' },
    ]
  },
  check: (given): Record<string, string> => (given('result') !== 'pass' && isResult(given('result')) && given('opinion') === '' ? { opinion: '请写明缘故' } : {}),
  decide: (item, given, { who, ground }) => {
    const result = given('result')
    return isResult(result) ? reviewItem(item, { on: ground.today, reviewer: who, result, opinion: given('opinion') }) : { ok: false, refusal: 'not-in-this-state' }
  },
}
