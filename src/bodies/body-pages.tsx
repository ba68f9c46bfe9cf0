import { FlashNotice } from '../identity/index.ts'
import type { Flash } from '../identity/index.ts'
import { DataTable, DefinitionList, DeskPage, LinkButton, Sheet, Tag } from '../platform/html/index.ts'
import type { ListQuery } from '../platform/html/index.ts'
import { BODY_KINDS, POWERS } from './body.ts'
import type { Body, BodyName } from './body.ts'
import { bodyHref, CRUMBS, heldPowers } from './body-frame.ts'
import type { Relation } from './queries.ts'
import { SettingsSheet } from './setting-pages.tsx'
import type { SettingState } from './settings.ts'

const powersText = (body: Body): string => heldPowers(body).map((power) => POWERS[power]).join('、') || '无'

const StatusTag = ({ body }: { body: Body }) =>
  body.status === 'active' ? <Tag tone="ok">现存</Tag> : <Tag>{body.abolishedOn} 撤销</Tag>

export interface BodiesPageProps {
  rows: readonly Body[]
  query: ListQuery
  total: number
  canManage: boolean
  flash: Flash | null
}

export function BodiesPage({ rows, query, total, canManage, flash }: BodiesPageProps) {
  return (
    <DeskPage
      title="机构与设置"
      lead="行政机关与法律、法规授权的组织。合并、撤销的机构连同它的记录都保留。"
      actions={canManage && <LinkButton href="/desk/admin/bodies/new">新建机构</LinkButton>}
    >
      <FlashNotice flash={flash} />
      <DataTable
        caption="机构"
        columns={[
          { key: 'name', label: '名称', render: (body) => body.name },
          { key: 'code', label: '代码', render: (body) => body.code },
          { key: 'kind', label: '种类', render: (body) => BODY_KINDS[body.kind] },
          { key: 'word', label: '机关代字', render: (body) => body.codeWord ?? '—' },
          { key: 'powers', label: '行政权力', render: powersText },
          { key: 'status', label: '状态', render: (body) => <StatusTag body={body} /> },
        ]}
        rows={rows}
        rowKey={(body) => body.bodyId}
        rowHref={bodyHref}
        empty={{
          title: '还没有机构',
          ...(canManage ? { action: { label: '新建机构', href: '/desk/admin/bodies/new' } } : {}),
        }}
        list={{
          query,
          total,
          search: '名称、曾用名、代码、机关代字',
          filters: [
            {
              kind: 'select',
              name: 'status',
              label: '状态',
              options: [
                { value: 'active', label: '现存' },
                { value: 'all', label: '含已撤销的' },
              ],
            },
          ],
        }}
      />
    </DeskPage>
  )
}

export interface BodyPageProps {
  body: Body
  names: readonly BodyName[]
  predecessors: readonly Relation[]
  successors: readonly Relation[]
  settings: readonly SettingState[]
  people: ReadonlyMap<string, string>
  may: { manage: boolean; set: boolean }
  flash: Flash | null
}

export function BodyPage(props: BodyPageProps) {
  const { body, may } = props
  const here = bodyHref(body)
  return (
    <DeskPage title={body.name} crumbs={CRUMBS} status={<StatusTag body={body} />} lead={BODY_KINDS[body.kind]}>
      <FlashNotice flash={props.flash} />
      <div className="stack">
        <Sheet title="资料" actions={may.manage && <LinkButton href={`${here}/edit`} second>修改资料</LinkButton>}>
          <DefinitionList
            items={[
              ['代码', body.code],
              ['信用代码', body.uscc ?? '—'],
              ['组织机构代码', body.orgCode9 ?? '—'],
              ['机关代字', body.codeWord ?? '—'],
              ['行政权力', powersText(body)],
              ['成立', body.establishedOn ?? '不详'],
              ...props.predecessors.map((r) => ['前身', <RelationText key={r.body.code} relation={r} />] as const),
              ...props.successors.map((r) => ['职责归于', <RelationText key={r.body.code} relation={r} />] as const),
            ]}
          />
          <p className="quiet">没有行政许可、行政处罚、行政强制职权的，年度报告表二的相应格应当为 0，核查以此为准。</p>
        </Sheet>
        <Names {...props} here={here} />
        <SettingsSheet settings={props.settings} people={props.people} canSet={may.set} here={here} />
      </div>
    </DeskPage>
  )
}

const RelationText = ({ relation }: { relation: Relation }) => (
  <>
    <a href={bodyHref(relation.body)}>{relation.body.name}</a>（{relation.on}，{relation.basis}）
  </>
)

function Names({ body, names, may, here }: BodyPageProps & { here: string }) {
  return (
    <Sheet
      title="名称"
      actions={
        may.manage && (
          <>
            <LinkButton href={`${here}/rename`} second>更名</LinkButton>
            <LinkButton href={`${here}/names`} second>补记曾用名</LinkButton>
            {body.status === 'active' && <LinkButton href={`${here}/merge`} second>并入其他机构</LinkButton>}
          </>
        )
      }
    >
      <DataTable
        caption="名称"
        columns={[
          { key: 'name', label: '名称', render: (name) => name.name },
          { key: 'kind', label: '种类', render: nameTag },
          { key: 'from', label: '自', render: (name) => name.from ?? '不详' },
          { key: 'to', label: '至', render: (name) => name.to ?? (name.kind === 'short' ? '—' : '今') },
          { key: 'note', label: '说明', render: (name) => name.note ?? '—' },
        ]}
        rows={names}
        rowKey={(name) => `${name.name}${name.from ?? ''}`}
        empty={{ title: '没有名称' }}
      />
    </Sheet>
  )
}

const nameTag = (name: BodyName) =>
  name.kind === 'short' ? <Tag>简称</Tag> : name.to === null ? <Tag tone="ok">现名</Tag> : <Tag>曾用名</Tag>
