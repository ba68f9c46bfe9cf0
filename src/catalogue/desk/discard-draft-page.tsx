import { Confirm, DeskPage, momentText } from '../../platform/html/index.ts'
import type { ItemDraft } from '../content/draft-store.ts'
import { ITEM_LIST } from './item-form-page.tsx'

/** 放弃没有交的表单：先问。 */
export function DiscardDraftPage({ draft }: { draft: ItemDraft }) {
  const title = draft.fields['title']?.[0] ?? ''
  const back = draft.seen === 0 ? `/desk/items/new?item=${draft.itemId}` : `/desk/items/${draft.itemId}/edit`
  return (
    <DeskPage title="放弃没有交的" crumbs={[ITEM_LIST]}>
      <Confirm
        what={`放弃${title === '' ? '这份没有标题的' : `《${title}》`}`}
        consequences={[`${momentText(draft.savedAt)} 存下、还没有交的内容不再保留`, draft.seen === 0 ? '这一条还没有登记，放弃之后什么也不留' : '已登记的内容不受影响']}
        form={{ action: `/desk/items/${draft.itemId}/draft/discard`, submit: '放弃', cancel: { label: '接着填', href: back } }}
      />
    </DeskPage>
  )
}
