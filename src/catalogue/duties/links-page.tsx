import type { Body } from '../../bodies/index.ts'
import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DataTable, DeskPage, Moment, Notice, PostButton, Sheet, Tag } from '../../platform/html/index.ts'
import type { Column, ListQuery, Tone } from '../../platform/html/index.ts'
import { DutyTabs } from './duty-pages.tsx'
import { FILE_FAULTS } from './file-faults.ts'
import type { FileFault } from './file-faults.ts'
import { LINK_STATES, wordAnswer } from './link-store.ts'
import type { LinkState, OutboundLink } from './link-store.ts'
import { DUTIES, baseOf } from './viewed-body.ts'

export interface LinksModel {
  body: Body
  code: string | null
  links: readonly OutboundLink[]
  faults: readonly FileFault[]
  faultTotal: number
  query: ListQuery
  total: number
  checkedAt: Date | null
  /** 要不要出去查外链 */
  isOn: boolean
  canCheck: boolean
  flash: Flash | null
}

const TONES: Readonly<Record<LinkState, Tone>> = { broken: 'late', suspect: 'wait', unchecked: 'plain', unknown: 'plain', ok: 'ok' }

/** 外链与附件查得怎样；打不开的要换、要撤、要补。 */
export function LinksPage(props: LinksModel) {
  const { body, code, faults, faultTotal, query, checkedAt, isOn, canCheck } = props
  return (
    <DeskPage
      title={code === null ? '外链与附件' : `外链与附件 ${body.name}`}
      heading="外链与附件"
      {...(code === null ? {} : { crumbs: [{ label: `${body.name}的公开职责`, href: baseOf(code) }] })}
      lead={`公开着的信息与渠道里写的外站网址，每周查一次，接连两次打不开的为失效；附件逐个打开看过。${isOn ? '' : '本机关没有开外链的检查。'}`}
      {...(canCheck ? { actions: <PostButton action={`${DUTIES}/links/check`} label="立即查" kind="second" /> } : {})}
    >
      <FlashNotice flash={props.flash} />
      <DutyTabs current="links" code={code} />
      {!isOn && (
        <Notice tone="info" title="没有开外链的检查">
          演示环境默认不查。要查的，由负责人在机构的设置里把「每周检查外站的链接」改为「检查」；附件不受此限。
        </Notice>
      )}
      <Sheet title="打不开的附件" id="files">
        <DataTable
          caption="打不开的附件"
          columns={FAULT_COLUMNS}
          rows={faults}
          rowKey={(row) => `${row.itemId} ${row.fileKey}`}
          {...(code === null ? { rowHref: (row: FileFault) => `/desk/items/${row.itemId}` } : {})}
          empty={{ title: '附件都打得开', children: '发现打不开的，打开那条信息，换上好的文件，重新审查、公开。' }}
        />
        {faultTotal > faults.length && <p className="quiet">共 {faultTotal} 个，先列早发现的 {faults.length} 个。</p>}
      </Sheet>
      <Sheet title="外链">
        {checkedAt !== null && (
          <p className="quiet">
            最近查过：
            <Moment at={checkedAt} />
          </p>
        )}
        <DataTable
          caption="外链"
          columns={linkColumns(code === null)}
          rows={props.links}
          rowKey={(row) => row.linkKey}
          list={{
            query,
            total: props.total,
            search: '网址中的片段',
            filters: [{ kind: 'select', name: 'state', label: '情形', options: Object.entries(LINK_STATES).map(([value, label]) => ({ value, label })) }],
          }}
          empty={{ title: '没有外站的链接', children: '信息的正文、发布网址，渠道的网址里写了外站的，查过之后列在这里。' }}
        />
      </Sheet>
    </DeskPage>
  )
}

const FAULT_COLUMNS: Column<FileFault>[] = [
  { key: 'name', label: '附件', render: (row) => row.name },
  { key: 'kind', label: '问题', render: (row) => <>{FILE_FAULTS[row.kind]}{row.note !== null && <span className="quiet"> {row.note}</span>}</> },
  { key: 'title', label: '所在信息', render: (row) => row.title },
  { key: 'foundOn', label: '发现', nowrap: true, render: (row) => row.foundOn },
]

const linkColumns = (canOpen: boolean): Column<OutboundLink>[] => [
  { key: 'url', label: '网址', render: (row) => <span className="break">{row.url}</span> },
  { key: 'state', label: '情形', nowrap: true, render: (row) => <Tag tone={TONES[row.state]}>{LINK_STATES[row.state]}</Tag> },
  { key: 'answer', label: '查的结果', render: (row) => (row.state === 'ok' ? '打得开' : wordAnswer(row.answer)) },
  { key: 'brokenOn', label: '失效', nowrap: true, render: (row) => row.brokenOn ?? '—' },
  {
    key: 'places',
    label: '写在何处',
    render: (row) => (
      <>
        {row.places.map((place, i) => (
          <span key={`${place.itemId ?? ''}${place.title}`}>
            {i > 0 && '；'}
            {place.itemId !== null && canOpen ? <a href={`/desk/items/${place.itemId}`}>{place.title}</a> : place.itemId === null ? `渠道「${place.title}」` : place.title}
          </span>
        ))}
      </>
    ),
  },
]
