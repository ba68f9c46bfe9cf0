import { isPast } from '../../statute/reply-clock.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { close as rule } from '../decisions.ts'
import { releaseFollowers } from '../followers.ts'
import { numberFor } from './approve.ts'

/** 逾期不补正、不缴费的，期限届满的次日起不再处理。 */
export const close: CaseAction = {
  event: 'closed',
  label: '不再处理',
  article: '条例第三十条；国办函〔2020〕109号',
  permit: 'application.approve',
  done: '已记不再处理',
  consequences: ['申请人无正当理由逾期，视为放弃申请', '计入年度报告「（六）其他处理」', '再次提出相同申请的，不是重复申请'],
  when: (a, _, { today }) => {
    const by = a.status === 'correction-requested' ? a.supplements.at(-1)?.by : a.fee?.payBy
    return by != null && isPast(by, today)
  },
  fields: (_, { today }) => [dayField(today, '不再处理之日')],
  decide: async (a, given, ground, context) => {
    const { tx, bodyId } = context
    const trial = rule(a, { on: given('on'), docNo: null }, ground)
    if (!trial.ok) return trial
    const refusal = await releaseFollowers(context, `前一件（${a.regNo}）不再处理`, ground)
    if (refusal !== null) return { ok: false, refusal }
    return rule(a, { on: given('on'), docNo: await numberFor(tx, bodyId, '告', yearOf(given('on'))) }, ground)
  },
}
