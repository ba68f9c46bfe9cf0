import { expireItem, hideEditions, lastToHide, withdrawItem } from '../../item-rules.ts'
import { isPublic } from '../../item.ts'
import type { ItemAction } from '../item-action.ts'

export const withdrawPublished: ItemAction = {
  label: '撤回',
  article: '条例第六条、第十五条',
  permit: 'item.withdraw',
  done: () => '已撤回，公众再也看不到内容，原址留有说明',
  consequences: (_, places) => [`立即从 ${places.length} 处消失：${places.join('、')}`, '原址只留索引号、公开与撤回之日、下面的说明', '撤回之后不能恢复原样；还要公开的，改好之后重新送审，索引号不变，撤回之前的各版不再给人看'],
  when: (item) => isPublic(item),
  barred: () => [],
  fields: () => [
    { name: 'reason', label: '撤回的理由', kind: 'long', required: true, maxLength: 500, hint: '留在本机关的记载里' },
    { name: 'notice', label: '给公众看的说明', kind: 'long', required: true, maxLength: 300, value: '该信息已撤回。', hint: '一直留在原址；不写个人信息，不说出撤回的内容' },
  ],
  decide: (item, given, { ground }) => withdrawItem(item, { on: ground.today, reason: given('reason'), notice: given('notice') }),
}

export const expire: ItemAction = {
  label: '标明失效',
  article: '条例第六条',
  permit: 'item.approve',
  done: () => '已标明失效，公众仍可查阅',
  consequences: () => ['公众仍看得到，页首标明已经失效', '标明之后不能恢复为有效；有新规定的，另行公开'],
  when: (item) => item.status === 'published',
  barred: () => [],
  fields: () => [{ name: 'reason', label: '失效的缘故', kind: 'long', required: true, maxLength: 500, hint: '如废止的文号、有效期届满' }],
  decide: (item, given, { ground }) => expireItem(item, { on: ground.today, reason: given('reason') }),
}

export const hidePast: ItemAction = {
  label: '隐去从前的版',
  article: '条例第六条、第十五条',
  permit: 'item.withdraw',
  done: () => '已隐去，公众不再能对照从前的版',
  consequences: (item) => [
    lastToHide(item) === item.editions ? '下一版公开之后，公众看不到现行的一版与它有哪些不同' : '公众立即看不到从前的各版与现行的有哪些不同',
    '现行的一版照常公开；它也不该再给人看的，请用「撤回」',
    '隐去之后不能恢复；本机关仍看得到各稿',
  ],
  when: (item) => isPublic(item) && item.published !== null && lastToHide(item) > item.hiddenThrough,
  barred: () => [],
  fields: () => [{ name: 'reason', label: '缘故', kind: 'long', required: true, maxLength: 500, hint: '如从前的版里有个人信息；留在本机关的记载里，不写出那些信息' }],
  decide: (item, given, { ground }) => hideEditions(item, { on: ground.today, reason: given('reason') }),
}
