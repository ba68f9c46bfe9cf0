import { isPlainDate } from '../../../statute/plain-date.ts'
import { scheduleItem, unscheduleItem } from '../../item-rules.ts'
import { awaitingOf } from '../../item.ts'
import { readyToPublish } from '../ensure-precheck.ts'
import type { Given, ItemAction } from '../item-action.ts'
import { barredFromPublishing, CHANNEL, notFit } from './publish.ts'

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/

/** 北京时间的日与时刻；写错了的为 null。 */
const momentOf = (given: Given): Date | null => (isPlainDate(given('day')) && TIME.test(given('time')) ? new Date(`${given('day')}T${given('time')}:00+08:00`) : null)

export const schedule: ItemAction = {
  label: '定时发布',
  article: '条例第二十三条、第二十六条',
  permit: 'item.publish',
  done: () => '已定下，到时由系统以您的名义发布；其间内容有改动的不发布',
  when: (item) => awaitingOf(item) === 'publish',
  barred: barredFromPublishing,
  fields: (_, { today }) => [
    { name: 'day', label: '发布之日', kind: 'date', required: true, value: today, hint: '至多在一年之内；过了公开期限的算迟发' },
    { name: 'time', label: '时刻', kind: 'time', required: true, value: '09:00', hint: '北京时间，如 09:00' },
  ],
  check: (given, { now }): Record<string, string> => {
    const at = momentOf(given)
    if (at === null) return TIME.test(given('time')) ? {} : { time: '请写作 09:00 的样子' }
    return at.getTime() <= now.getTime() ? { time: '须晚于现在；要现在公开的，用「发布」' } : {}
  },
  before: readyToPublish,
  decide: (item, given, context) => {
    const unfit = notFit(context)
    if (unfit !== null) return { ok: false, refusal: unfit }
    const { ground, who, contentHash } = context
    const at = momentOf(given)
    return scheduleItem(item, { on: ground.today, contentHash, publisher: who, publishAt: (at ?? ground.now).toISOString(), channel: CHANNEL, now: ground.now.toISOString() }, ground.separation)
  },
}

export const unschedule: ItemAction = {
  label: '取消定时',
  article: '条例第二十六条',
  permit: 'item.publish',
  done: () => '已取消定时，等发布',
  when: (item) => awaitingOf(item) === 'scheduled',
  barred: () => [],
  fields: () => [{ name: 'reason', label: '缘故', kind: 'long', required: true, maxLength: 200 }],
  decide: (item, given, { ground }) => unscheduleItem(item, { on: ground.today, reason: given('reason') }),
}
