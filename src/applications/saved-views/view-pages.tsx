import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { CheckboxGroup, Confirm, DataTable, DefinitionList, DeskPage, Form, Sheet, Tag, TextField } from '../../platform/html/index.ts'
import type { Column, FormState } from '../../platform/html/index.ts'
import { VIEWS } from '../desk/list-spec.ts'
import type { View } from '../desk/list-spec.ts'
import { VIEW_RULES } from './save-view.ts'
import type { SavedView } from './saved-view-store.ts'

export const HOME = '/desk/applications/views'
const CRUMBS = [{ label: '在办申请', href: VIEWS.open.href }]
const INSIDE = [...CRUMBS, { label: '存下的筛选', href: HOME }]

export interface ViewRow extends SavedView {
  words: string
  href: string
  /** 别人存的，共用的 */
  by: string | null
}

const shown: readonly Column<ViewRow>[] = [
  { key: 'name', label: '名称', render: (row) => row.name },
  { key: 'list', label: '哪张表', render: (row) => VIEWS[row.list].title },
  { key: 'words', label: '条件', render: (row) => row.words },
]

/** 自己的与共用的。 */
export function ViewsPage({ mine, others, flash }: { mine: readonly ViewRow[]; others: readonly ViewRow[]; flash: Flash | null }) {
  return (
    <DeskPage title="存下的筛选" crumbs={CRUMBS} lead="存过的筛选列在申请列表的上方，点一下即照此看。">
      <FlashNotice flash={flash} />
      <div className="stack">
        <Sheet title="我的">
          <DataTable
            caption="我存下的筛选"
            columns={[
              ...shown,
              {
                key: 'marks',
                label: '用法',
                render: (row) => (row.isDefault || row.shared ? <>{row.isDefault && <Tag tone="act">默认</Tag>} {row.shared && <Tag tone="ok">全机关用</Tag>}</> : '自己用'),
              },
              {
                key: 'change',
                label: '改动',
                nowrap: true,
                render: (row) => (
                  <span>
                    <a href={`${HOME}/${row.viewId}`} aria-label={`改动「${row.name}」`}>改动</a> · <a href={`${HOME}/${row.viewId}/delete`} aria-label={`删去「${row.name}」`}>删去</a>
                  </span>
                ),
              },
            ]}
            rows={mine}
            rowKey={(row) => row.viewId}
            rowHref={(row) => row.href}
            empty={{ title: '还没有存过', children: '在申请列表上选好条件，点「存下现在的筛选」。', action: { label: '去看在办申请', href: VIEWS.open.href } }}
          />
        </Sheet>
        {others.length > 0 && (
          <Sheet title="全机关共用的">
            <DataTable caption="全机关共用的筛选" columns={[...shown, { key: 'by', label: '谁存的', render: (row) => row.by ?? '' }]} rows={others} rowKey={(row) => row.viewId} rowHref={(row) => row.href} empty={{ title: '没有共用的' }} />
          </Sheet>
        )}
      </div>
    </DeskPage>
  )
}

export interface ViewFormModel {
  /** 新存的为 null */
  view: SavedView | null
  list: View
  words: string
  hidden: Readonly<Record<string, string>>
  mayShare: boolean
  state: FormState
}

/** 存下、改名；缺省与共用也在此定。 */
export function ViewFormPage({ view, list, words, hidden, mayShare, state }: ViewFormModel) {
  const options = [
    { value: 'default', label: '作为默认', hint: `不带条件打开「${VIEWS[list].title}」时即照此看，仍可点「全部」` },
    ...(mayShare || view?.shared === true ? [{ value: 'shared', label: '给全机关用', hint: '本机关看得到申请的人都看得到这个筛选' }] : []),
  ]
  return (
    <DeskPage title={view === null ? '存下筛选' : `改动「${view.name}」`} crumbs={INSIDE}>
      <Sheet>
        <DefinitionList items={[['哪张表', VIEWS[list].title], ['条件', words]]} />
        <Form action={view === null ? `${HOME}/new` : `${HOME}/${view.viewId}`} state={state} submit={view === null ? '存下' : '保存'} hidden={hidden} cancel={{ href: view === null ? VIEWS[list].href : HOME }}>
          <TextField name="name" label="名称" required width="middle" maxLength={VIEW_RULES.name} value={view?.name ?? ''} hint={`不超过 ${VIEW_RULES.name} 个字；一人至多存 ${VIEW_RULES.most} 个。不写申请人的姓名。`} />
          <CheckboxGroup name="uses" label="用法" options={options} value={[...(view?.isDefault === true ? ['default'] : []), ...(view?.shared === true ? ['shared'] : [])]} />
        </Form>
      </Sheet>
    </DeskPage>
  )
}

export function DeleteViewPage({ view }: { view: SavedView }) {
  return (
    <DeskPage title={`删去「${view.name}」`} crumbs={INSIDE}>
      <Confirm
        what={`删去存下的筛选「${view.name}」`}
        consequences={['只删这个筛选，申请不受影响', ...(view.shared ? ['别人也不再看得到'] : [])]}
        form={{ action: `${HOME}/${view.viewId}/delete`, submit: '删去', cancel: { href: HOME } }}
      />
    </DeskPage>
  )
}
