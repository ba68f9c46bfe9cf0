import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DataTable, DeskPage, LinkButton, Notice, Tag } from '../../platform/html/index.ts'
import type { ListQuery, Tone, Total } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { ATTRIBUTES, ITEM_STATUSES } from '../item.ts'
import type { ItemStatus } from '../item.ts'
import { articleOf, PUBLICATION_CODES } from '../publication-codes.ts'
import type { PublicationCode } from '../publication-codes.ts'
import { ATTRIBUTE_OPTIONS, DUE_RANGES } from './item-list-spec.ts'
import type { ItemRow } from './list-items.ts'

export interface ItemListModel {
  rows: readonly ItemRow[]
  query: ListQuery
  total: Total
  years: readonly number[]
  late: number
  drafts: readonly { itemId: string; title: string }[]
  today: PlainDate
  canHandle: boolean
  canExport: boolean
  flash: Flash | null
}

const TONES: Partial<Record<ItemStatus, Tone>> = { published: 'ok', withdrawn: 'late', expired: 'plain', exempt: 'plain', updated: 'wait', 'secrecy-review': 'wait' }
export const ItemStatusTag = ({ status }: { status: ItemStatus }) => <Tag tone={TONES[status] ?? 'act'}>{ITEM_STATUSES[status]}</Tag>

const optionsOf = (words: Readonly<Record<string, string>>) => Object.entries(words).map(([value, label]) => ({ value, label }))
const CODES = (Object.keys(PUBLICATION_CODES) as PublicationCode[]).map((code) => ({ value: code, label: code.startsWith('A20') ? `${articleOf(code)} ${clip(PUBLICATION_CODES[code].label, 16)}` : articleOf(code) }))

function clip(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text
}

/** 本机构的全部信息：找、筛、排、导出；一次送审许多条在「审查与发布」。 */
export function ItemListPage(props: ItemListModel) {
  const { canHandle, canExport, late, drafts, today } = props
  return (
    <DeskPage
      title="信息"
      lead="主动公开的、依申请公开的、不予公开的都登记在此；最近改动的在前。"
      actions={
        canHandle ? (
          <>
            <LinkButton href="/desk/items/review?step=submit" second>
              成批送审
            </LinkButton>
            <LinkButton href="/desk/items/new">登记信息</LinkButton>
          </>
        ) : undefined
      }
    >
      <FlashNotice flash={props.flash} />
      {late > 0 && (
        <Notice tone="warn" title={`${late} 条过了期限还没有公开`}>
          应当自形成或者变更之日起二十个工作日内公开（条例第二十六条）。<a href="/desk/items?due=late&amp;sort=dueOn">看是哪些</a>
        </Notice>
      )}
      {drafts.length > 0 && (
        <Notice tone="info" title={`您有 ${drafts.length} 份没有登记的`}>
          {drafts.slice(0, 5).map((draft, i) => (
            <span key={draft.itemId}>
              {i > 0 && '、'}
              <a href={`/desk/items/new?item=${draft.itemId}`}>{draft.title === '' ? '（没有标题）' : clip(draft.title, 20)}</a>
            </span>
          ))}
        </Notice>
      )}
      <DataTable
        caption="信息"
        columns={[
          { key: 'title', label: '标题', render: (row: ItemRow) => clip(row.title, 60) },
          { key: 'status', label: '办到', nowrap: true, render: (row) => <ItemStatusTag status={row.status} /> },
          { key: 'attribute', label: '公开属性', nowrap: true, render: (row) => (row.attribute === null ? '还没有定' : ATTRIBUTES[row.attribute]) },
          { key: 'code', label: '事项', render: (row) => row.codes.map(articleOf).join('、') },
          { key: 'formedOn', label: '成文', nowrap: true, sort: true, render: (row) => row.formedOn },
          { key: 'dueOn', label: '应当公开', nowrap: true, sort: true, render: (row) => <Due row={row} today={today} /> },
          { key: 'indexNo', label: '索引号', nowrap: true, render: (row) => row.indexNo },
        ]}
        rows={props.rows}
        rowKey={(row) => row.itemId}
        rowHref={(row) => `/desk/items/${row.itemId}`}
        list={{
          query: props.query,
          total: props.total,
          search: '标题、文号里的词，或者索引号',
          folded: true,
          filters: [
            { kind: 'select', name: 'status', label: '办到', options: optionsOf(ITEM_STATUSES) },
            { kind: 'select', name: 'due', label: '期限', options: optionsOf(DUE_RANGES) },
            { kind: 'select', name: 'attribute', label: '公开属性', options: optionsOf(ATTRIBUTE_OPTIONS) },
            { kind: 'select', name: 'code', label: '事项', options: CODES },
            { kind: 'select', name: 'year', label: '成文年份', options: props.years.map((year) => ({ value: String(year), label: `${year} 年` })) },
          ],
          ...(canExport ? { exports: [{ label: 'CSV' as const, href: '/desk/items.csv' }, { label: 'XLSX' as const, href: '/desk/items.xlsx' }] } : {}),
        }}
        empty={{ title: '还没有登记过信息', children: '形成一件，登记一件；往年的可以从台账导入。', ...(canHandle ? { action: { label: '登记信息', href: '/desk/items/new' } } : {}) }}
      />
    </DeskPage>
  )
}

const DONE: readonly ItemStatus[] = ['published', 'withdrawn', 'expired', 'exempt']

function Due({ row, today }: { row: ItemRow; today: PlainDate }) {
  if (row.status === 'published' || row.status === 'expired') return <>{row.publishedOn ?? row.firstPublishedOn} 已公开</>
  if (row.status === 'withdrawn') return <>{row.withdrawnOn} 已撤回</>
  if (row.dueOn === null) return <>—</>
  if (DONE.includes(row.status) || row.dueOn >= today) return <>{row.dueOn}</>
  return (
    <>
      {row.dueOn} <Tag tone="late">逾期</Tag>
    </>
  )
}
