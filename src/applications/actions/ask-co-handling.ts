import { newId } from '../../platform/id.ts'
import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { askCoHandling as rule } from '../decisions.ts'

const DAYS = 5

/** 请科室、其他机关协办一件事，有内部期限；答复期限不停。 */
export const askCoHandling: CaseAction = {
  event: 'co-handling-asked',
  label: '请协办',
  article: '条例第三十三条：协办不停答复期限；协办的期限是内部的',
  permit: 'application.handle',
  done: '已请协办，答复期限照走',
  fields: (_, { today }, { people }) => [
    { name: 'unit', label: '请谁协办', kind: 'text', required: true, maxLength: 60, hint: '科室或者其他机关的名称，可以同时请几家，一家一次' },
    { name: 'account', label: '指定到人的', kind: 'choice', options: { '': '不指定', ...people }, value: '' },
    { name: 'matter', label: '协办的事项', kind: 'long', required: true, maxLength: 500, hint: '如：检索某合同，提出可否公开的意见。不写申请人的姓名、电话' },
    { name: 'days', label: '几个工作日内', kind: 'number', required: true, value: String(DAYS), hint: '内部期限，自次日起数，须在答复期限之内留出余地' },
    dayField(today, '请协办之日'),
  ],
  decide: (a, given, ground) =>
    rule(a, { on: given('on'), id: newId(), unit: given('unit'), account: given('account') || null, matter: given('matter'), days: Number(given('days')) }, ground),
}
