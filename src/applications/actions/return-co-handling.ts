import { dayField } from '../case-action.ts'
import type { ActionField, CaseAction } from '../case-action.ts'
import type { Application } from '../application.ts'
import { returnCoHandling as rule } from '../decisions.ts'

export const returnCoHandling: CaseAction = {
  event: 'co-handling-returned',
  label: '协办有了结果',
  article: '条例第四十五条',
  permit: 'application.handle',
  done: '协办的结果已记下',
  when: (a) => a.coHandlings.some((c) => c.returnedOn === null),
  fields: (a, { today }) => [
    whichCoHandling(a),
    dayField(today, '收到结果之日'),
    { name: 'result', label: '结果', kind: 'long', required: true, maxLength: 1000, hint: '查到什么、可否公开、依据哪一条。不写申请人的姓名、电话' },
  ],
  decide: (a, given, ground) => rule(a, { on: given('on'), id: given('id'), result: given('result') }, ground),
}

function whichCoHandling(a: Application): ActionField {
  const open = a.coHandlings.filter((c) => c.returnedOn === null)
  const options = Object.fromEntries(open.map((c) => [c.id, `${c.unit}，${c.askedOn} 请协办：${c.matter.slice(0, 40)}`]))
  return { name: 'id', label: '哪一次', kind: 'choice', required: true, options, ...(open.length === 1 && open[0] !== undefined ? { value: open[0].id } : {}) }
}
