import { isApplicantKind, APPLICANT_KINDS } from '../events.ts'
import type { CaseAction } from '../case-action.ts'
import { correct as rule } from '../decisions.ts'
import { CHANNELS } from '../../statute/receipt.ts'
import { isChannel } from '../intake/intake-form.ts'

/** 更正登记：前后并存于经过。处理结果、送达有误的，另有一步，由负责人办。 */
export const correctRecord: CaseAction = {
  event: 'corrected',
  label: '更正登记',
  article: '条例第四十五条；前后并存，年度报告的数字随记录而变',
  permit: 'application.handle',
  done: '登记已更正，期限与年报随之重算',
  when: (a) => a.receivedOn !== null,
  fields: (a) => [
    { name: 'receivedOn', label: '收到之日', kind: 'date', required: true, value: a.receivedOn ?? '' },
    { name: 'channel', label: '渠道', kind: 'choice', value: a.channel ?? '', options: Object.fromEntries(Object.entries(CHANNELS).map(([key, { label }]) => [key, label])) },
    { name: 'applicantKind', label: '申请人类型', kind: 'choice', required: true, value: a.applicantKind, options: APPLICANT_KINDS },
    { name: 'content', label: '所需政府信息', kind: 'long', required: true, value: a.content, maxLength: 5000 },
    { name: 'reason', label: '更正的理由', kind: 'long', required: true, maxLength: 500 },
  ],
  decide: (a, given, ground) => {
    const kind = given('applicantKind')
    const channel = given('channel')
    return rule(
      a,
      {
        on: ground.today,
        reason: given('reason'),
        values: {
          receivedOn: given('receivedOn'),
          content: given('content'),
          ...(isChannel(channel) ? { channel } : {}),
          ...(isApplicantKind(kind) ? { applicantKind: kind } : {}),
        },
      },
      ground,
    )
  },
}
