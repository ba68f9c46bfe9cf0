import { lastToHide, publishItem } from '../../item-rules.ts'
import { awaitingOf } from '../../item.ts'
import type { Item } from '../../item.ts'
import { readyToPublish } from '../ensure-precheck.ts'
import type { ItemAction, ItemContext, ItemGround } from '../item-action.ts'

/** 公开的渠道（条例第二十三条）。 */
export const CHANNEL = '政府门户网站'

export const barredFromPublishing = (item: Item, { separation }: ItemGround): readonly string[] =>
  separation === 'two-persons' ? item.authors : [...item.authors, ...[item.review?.reviewer, item.review?.onBehalfOf].flatMap((each) => each ?? [])]

/** 预检过、没有未了结的个人信息、内容与审查时一样，才谈得上公开。 */
export const notFit = ({ precheck, contentHash }: ItemContext) =>
  precheck === null || precheck.contentHash !== contentHash ? 'precheck-missing' as const : precheck.blocks > 0 ? 'precheck-blocked' as const : null

export const publish: ItemAction = {
  label: '发布',
  article: '条例第二十三条、第二十六条',
  permit: 'item.publish',
  done: (after) => `已公开，公众现在就看得到；公开之日为 ${after.publishedOn ?? ''}`,
  consequences: (item) => [
    item.editions > 0 ? '公众立即看到新的一版，原来的一版不再是现行的' : '立即在门户公开，任何人都看得到、检索得到',
    ...(item.published !== null && lastToHide(item) > item.hiddenThrough ? ['公众可以对照从前的版改了什么；里面有个人信息等不该公开的，先请负责人「隐去从前的版」'] : []),
    '公开之日由系统记为今日，不能倒填',
    '此后内容要改的，重新审查；要撤下的，写明理由与说明',
  ],
  when: (item) => ['publish', 'scheduled'].includes(awaitingOf(item) ?? ''),
  barred: barredFromPublishing,
  fields: () => [],
  before: readyToPublish,
  decide: (item, _, context) => {
    const unfit = notFit(context)
    if (unfit !== null) return { ok: false, refusal: unfit }
    const { who, ground, contentHash, dueOn } = context
    return publishItem(item, { on: ground.today, contentHash, channel: CHANNEL, url: null, publisher: who, dueOn }, ground.separation)
  },
}
