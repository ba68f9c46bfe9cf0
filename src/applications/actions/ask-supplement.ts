import { isPast } from '../../statute/reply-clock.ts'
import type { Application } from '../application.ts'
import type { CaseAction } from '../case-action.ts'
import { lastNoticeDay } from '../clock.ts'
import { askSupplement as rule } from '../decisions.ts'
import type { Ground } from '../decisions.ts'

/** 一次性告知补正，自收到之日起七个工作日内；再次补正由负责人办。 */
export const askSupplement: CaseAction = {
  event: 'supplement-asked',
  label: '告知补正',
  article: '条例第三十条',
  permit: 'application.handle',
  done: '已告知补正，答复期限暂停',
  when: (a, who) => a.supplements.length === 0 || who.isHead,
  fields: (a, ground) => [
    { name: 'on', label: '补正告知书送达之日', kind: 'date', required: true, value: ground.today, hint: withinSeven(a, ground) },
    { name: 'items', label: '需要补正的事项', kind: 'long', required: true, hint: '一次性写全，逐条，并作指导释明', maxLength: 2000 },
    { name: 'days', label: '补正期限（工作日）', kind: 'number', value: String(ground.settings.correctionDays), hint: '合理期限，条例没有规定天数〔待核〕' },
  ],
  decide: (a, given, ground, { who }) => {
    const days = Number(given('days') || ground.settings.correctionDays)
    if (!Number.isInteger(days) || days < 1 || days > 60) return { ok: false, refusal: 'days-invalid' }
    return rule(a, { servedOn: given('on'), items: given('items'), days, approvedByHead: who.isHead }, ground)
  },
}

function withinSeven(a: Application, ground: Ground): string {
  const last = lastNoticeDay(a, ground.calendar, ground.settings)
  if (last === null) return '自收到申请之日起七个工作日内'
  return `自收到申请之日起七个工作日内，即至 ${last}${isPast(last, ground.today) ? '：已过，只能补记此前送达的' : ''}`
}
