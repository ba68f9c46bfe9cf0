import { dayField } from '../../../applications/index.ts'
import { NO_ARTICLE, NO_NAMES, settled, unsettled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'
import { LINK_KINDS, isLinkKind, toLink } from '../find-link.ts'

export const link: ComplaintAction = {
  event: 'linked',
  label: '记所涉的记录',
  permit: 'complaint.handle',
  article: NO_ARTICLE,
  done: '已记',
  fields: (_complaint, { today }) => [
    dayField(today, '记下之日'),
    { name: 'kind', label: '哪一种', kind: 'choice', required: true, options: LINK_KINDS, hint: '只指过去，各在各自的地方办' },
    { name: 'number', label: '登记号、索引号、文号或者名称', kind: 'text', required: true, maxLength: 100 },
    { name: 'note', label: '说明', kind: 'text', maxLength: 200, hint: NO_NAMES },
  ],
  decide: async (complaint, given, context) => {
    const kind = given('kind')
    if (!isLinkKind(kind)) return unsettled('kind', '请选择')
    const found = await toLink(context, complaint, kind, given('number'))
    return found === null ? unsettled('number', '没有找到，请核对') : settled({ kind: 'linked', on: given('on'), link: found, note: given('note') })
  },
}
