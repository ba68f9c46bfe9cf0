import { dayField } from '../../../applications/index.ts'
import { getBody } from '../../../bodies/index.ts'
import { A47, A51, NO_NAMES, settled, unsettled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'
import { newId } from '../../../platform/id.ts'
import { handOver, whyNotTo } from '../hand-over.ts'
import { tellComplainant } from '../tell-complainant.ts'

const OUTSIDE = 'outside'

export const transfer: ComplaintAction = {
  event: 'transferred',
  label: '转办',
  permit: 'complaint.decide',
  article: `${A47}、${A51}`,
  done: '已转办；反映人凭原来的登记号与查询码照样查得到',
  when: ({ status }) => status !== 'decided' && status !== 'answered',
  consequences: ['本机关就此不再办，期限自对方收到之日另起', '反映人、所写的话与文件一并转去'],
  fields: (_complaint, { today, bodies }) => [
    dayField(today, '转办之日'),
    { name: 'to', label: '转给', kind: 'choice', required: true, options: { ...bodies, [OUTSIDE]: '本系统以外的机关（信访、纪检监察等）' }, hint: '不能转给被反映的人所在而须回避的机关' },
    { name: 'toName', label: '本系统以外的机关的名称', kind: 'text', maxLength: 60, hint: '选了本系统以外的才填；材料须另行送去' },
    { name: 'reason', label: '理由', kind: 'long', required: true, maxLength: 500, hint: NO_NAMES },
  ],
  decide: async (complaint, given, context) => {
    const { tx, ref } = context
    const [on, to, reason] = [given('on'), given('to'), given('reason')]
    if (to === OUTSIDE) {
      const toName = given('toName')
      if (toName === '') return unsettled('toName', '请填写机关的名称')
      await tellComplainant(context, complaint, { subject: '转办', text: `已转${toName}办，请向它了解办理的情况。` })
      return settled({ kind: 'transferred', on, to: null, toName, reason })
    }
    if (to === ref.bodyId) return unsettled('to', '已经在本机关')
    const why = await whyNotTo(context, complaint, to)
    if (why !== null) return unsettled('to', why)
    const { name } = await getBody(tx, to)
    const next = { bodyId: to, complaintId: newId() }
    await handOver(context, complaint, next, on)
    return settled({ kind: 'transferred', on, to: next, toName: name, reason })
  },
}
