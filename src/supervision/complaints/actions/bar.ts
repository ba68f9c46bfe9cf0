import { dayField } from '../../../applications/index.ts'
import { NO_ARTICLE, NO_NAMES, settled, unsettled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'
import { moveIfStuck } from '../hand-over.ts'

export const bar: ComplaintAction = {
  event: 'barred',
  label: '定回避',
  permit: 'complaint.decide',
  article: NO_ARTICLE,
  done: '已定回避，该人此后看不到本件',
  consequences: ['该人此后看不到、办不了本件，正由他承办的即空出', '回避不能取消', '本机关能办的人都须回避了的，本件随即转给主管部门'],
  when: (_complaint, { staff }) => Object.keys(staff).length > 0,
  fields: (_complaint, { today, staff }) => [
    dayField(today, '决定之日'),
    { name: 'account', label: '须回避的人', kind: 'choice', required: true, options: staff, hint: '被反映的人、与本件有利害关系的人；一次一人' },
    { name: 'reason', label: '理由', kind: 'long', required: true, maxLength: 300, hint: NO_NAMES },
  ],
  decide: async (complaint, given, context) => {
    const [on, account, reason] = [given('on'), given('account'), given('reason')]
    if (!Object.hasOwn(context.help.staff, account)) return unsettled('account', '请从所列的选项中选择')
    // 没有人能办了的，随即转走
    const moved = await moveIfStuck(context, { ...complaint, barred: [...complaint.barred, account] }, on)
    return settled(moved ?? { kind: 'barred', on, accounts: [account], reason })
  },
}
