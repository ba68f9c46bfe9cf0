import { isPast } from '../../statute/reply-clock.ts'
import { awaitsLateSupplement } from '../application.ts'
import type { Application } from '../application.ts'
import type { CaseAction } from '../case-action.ts'
import { clockOf, lastNoticeDay } from '../clock.ts'
import { askSupplement as rule } from '../decisions.ts'
import type { Ground } from '../decisions.ts'

/** 一次性告知补正，自收到之日起七个工作日内；再次补正、逾七个工作日的由负责人办。 */
export const askSupplement: CaseAction = {
  event: 'supplement-asked',
  label: '告知补正',
  article: '条例第三十条',
  permit: 'application.handle',
  done: (after) => (awaitsLateSupplement(after) ? '已告知补正；逾七个工作日告知的，答复期限不停' : '已告知补正，答复期限暂停'),
  consequences: (a, ground) => {
    const last = pastNotice(a, ground)
    if (last === null) return undefined
    const dueOn = clockOf(a, ground.calendar, ground.settings)?.dueOn ?? null
    return [`送达之日晚于 ${last} 的：答复期限不停，收到补正也不重新起算${dueOn === null ? '' : `，仍须于 ${dueOn} 前答复`}`, '申请人没有补正的，不能以逾期不补正不再处理，按现有的内容答复', '须由信息公开工作机构负责人办理']
  },
  when: (a, who) => !awaitsLateSupplement(a) && (a.supplements.length === 0 || who.isHead),
  aside: (a, who, ground) => (!who.isHead && pastNotice(a, ground) !== null ? '已过七个工作日，由负责人办，答复期限不停' : null),
  fields: (a, ground) => [
    { name: 'on', label: '补正告知书送达之日', kind: 'date', required: true, value: ground.today, hint: withinSeven(a, ground), letterFirst: '先在「文书」起草、签批、发出《补正告知书》，送达之后再记。' },
    { name: 'items', label: '需要补正的事项', kind: 'long', required: true, hint: '一次性写全，逐条，并作指导释明', maxLength: 2000 },
    { name: 'days', label: '补正期限（工作日）', kind: 'number', value: String(ground.settings.correctionDays), hint: '合理期限，条例没有规定天数（本区设定）' },
  ],
  decide: (a, given, ground, { who }) => {
    const days = Number(given('days') || ground.settings.correctionDays)
    if (!Number.isInteger(days) || days < 1 || days > 60) return { ok: false, refusal: 'days-invalid' }
    return rule(a, { servedOn: given('on'), items: given('items'), days, approvedByHead: who.isHead }, ground)
  },
}

// 七个工作日已过的，其最后一日；没有过、算不出的为 null
function pastNotice(a: Application, ground: Ground): string | null {
  const last = lastNoticeDay(a, ground.calendar, ground.settings)
  return last !== null && isPast(last, ground.today) ? last : null
}

function withinSeven(a: Application, ground: Ground): string {
  const last = lastNoticeDay(a, ground.calendar, ground.settings)
  if (last === null) return '自收到申请之日起七个工作日内'
  return `自收到申请之日起七个工作日内，即至 ${last}${isPast(last, ground.today) ? '：已过。经办只能补记此前送达的；此后才送达的由负责人办，答复期限不停' : ''}`
}
