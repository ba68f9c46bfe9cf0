import { FlashNotice } from '../identity/index.ts'
import type { Flash } from '../identity/index.ts'
import {
  CheckboxGroup,
  DataTable,
  DateField,
  DefinitionList,
  DeskPage,
  FieldGroup,
  Form,
  LinkButton,
  Moment,
  Sheet,
  SelectField,
  Tag,
  TextField,
} from '../platform/html/index.ts'
import type { FormState, ListQuery } from '../platform/html/index.ts'
import { BODY_KINDS, POWERS } from './body.ts'
import type { Body, BodyName, Power } from './body.ts'
import type { Relation } from './queries.ts'
import type { SettingBasis, SettingState } from './settings.ts'

const CRUMBS = [{ label: '机构与设置', href: '/desk/admin/bodies' }]
export const bodyHref = (body: Pick<Body, 'code'>): string => `/desk/admin/bodies/${body.code}`

const KIND_OPTIONS = Object.entries(BODY_KINDS).map(([value, label]) => ({ value, label }))
const POWER_OPTIONS = Object.entries(POWERS).map(([value, label]) => ({ value, label }))
const POWER_KEYS = Object.keys(POWERS) as Power[]
const heldPowers = (body: Body): Power[] => POWER_KEYS.filter((power) => body.powers[power])
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
        <Settings {...props} here={here} />
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

/** 依据：条文照写；没有取得原文的标「本区设定」，不称法定。 */
export const Basis = ({ basis }: { basis: SettingBasis }) =>
  basis === '待核' ? <Tag tone="wait">本区设定</Tag> : <>{basis.article}</>

export function valueText({ spec, value }: SettingState): string {
  switch (spec.type) {
    case 'boolean':
      return value === true ? '是' : '否'
    case 'number':
      return `${String(value)} ${spec.unit}`
    case 'choice':
      return spec.options[String(value)] ?? String(value)
    case 'text':
    case 'url':
      return value === '' ? '待填' : String(value)
  }
}

function Settings({ settings, people, may, here }: BodyPageProps & { here: string }) {
  const doubtful = settings.filter((setting) => setting.basis === '待核').length
  return (
    <Sheet title="设置" id="settings">
      <p className="quiet">
        标「本区设定」的 {doubtful} 项没有取得法规、文件的原文，是本单位的口径，不是法定；上线前请与法制机构逐项确认，确认后写上依据。
      </p>
      <DataTable
        caption="设置"
        columns={[
          {
            key: 'label',
            label: '设置',
            render: (row) => (may.set ? <a href={`${here}/settings/${row.key}`}>{row.spec.label}</a> : row.spec.label),
          },
          { key: 'value', label: '现在', render: (row) => valueText(row) },
          { key: 'basis', label: '依据', render: (row) => <Basis basis={row.basis} /> },
          {
            key: 'changed',
            label: '改动',
            render: (row) =>
              row.isDefault ? (
                '默认'
              ) : (
                <>
                  <Moment at={row.changedAt} /> {people.get(row.changedBy ?? '') ?? ''}
                </>
              ),
          },
        ]}
        rows={settings}
        rowKey={(row) => row.key}
        empty={{ title: '没有设置' }}
      />
    </Sheet>
  )
}

export function SettingPage({ body, setting, state }: { body: Body; setting: SettingState; state: FormState }) {
  const here = bodyHref(body)
  return (
    <DeskPage title={setting.spec.label} crumbs={[...CRUMBS, { label: body.name, href: `${here}#settings` }]} lead={setting.spec.help}>
      <Sheet>
        <Form
          action={`${here}/settings/${setting.key}`}
          state={state}
          submit="保存设置"
          cancel={{ href: `${here}#settings` }}
        >
          <SettingField setting={setting} />
          <TextField
            name="basis"
            label="依据"
            maxLength={200}
            value={setting.basis === '待核' ? '' : setting.basis.article}
            hint="写明文件名称、文号与条款。没有依据的不填，页面上标「本区设定」。"
          />
        </Form>
      </Sheet>
    </DeskPage>
  )
}

function SettingField({ setting: { spec, value } }: { setting: SettingState }) {
  const common = { name: 'value', label: spec.label }
  switch (spec.type) {
    case 'boolean':
      return (
        <SelectField
          {...common}
          required
          blank={null}
          value={String(value)}
          options={[
            { value: 'true', label: '是' },
            { value: 'false', label: '否' },
          ]}
        />
      )
    case 'choice':
      return (
        <SelectField
          {...common}
          required
          blank={null}
          value={String(value)}
          options={Object.entries(spec.options).map(([option, label]) => ({ value: option, label }))}
        />
      )
    case 'number':
      return (
        <TextField
          {...common}
          required
          width="short"
          inputMode="numeric"
          value={String(value)}
          hint={`${spec.min} 至 ${spec.max}，单位：${spec.unit}`}
        />
      )
    case 'text':
    case 'url':
      return <TextField {...common} type={spec.type} maxLength={spec.maxLength} value={String(value)} />
  }
}

function BodyFields({ body }: { body: Body | null }) {
  return (
    <>
      <SelectField name="kind" label="种类" required options={KIND_OPTIONS} value={body?.kind} />
      <TextField
        name="uscc"
        label="统一社会信用代码"
        width="middle"
        maxLength={18}
        value={body?.uscc ?? ''}
        hint="18 位，最后一位是校验码。组织机构代码由此取得，用于索引号。"
      />
      <TextField name="codeWord" label="机关代字" width="short" maxLength={20} value={body?.codeWord ?? ''} hint="用于发文字号，如「武城运」。" />
      <CheckboxGroup
        name="powers"
        label="行政权力"
        options={POWER_OPTIONS}
        value={body === null ? [] : heldPowers(body)}
        hint="依权责清单。没有勾选的，年度报告的相应格应当为 0。"
      />
      <DateField name="establishedOn" label="成立日期" value={body?.establishedOn ?? ''} />
      <TextField name="sort" label="排列次序" width="short" inputMode="numeric" maxLength={6} value={String(body?.sort ?? 0)} hint="小的在前。" />
    </>
  )
}

export function NewBodyPage({ state }: { state: FormState }) {
  return (
    <DeskPage title="新建机构" crumbs={CRUMBS}>
      <Sheet>
        <Form action="/desk/admin/bodies/new" state={state} submit="新建机构" cancel={{ href: '/desk/admin/bodies' }}>
          <TextField name="name" label="名称" required maxLength={60} hint="全称，与公章一致。" />
          <TextField
            name="code"
            label="代码"
            required
            width="middle"
            maxLength={32}
            autoComplete="off"
            hint="写在网址里，如 csyxglzx：小写字母起首，可用小写字母、数字、连字符；全区不重，定后不改。"
          />
          <BodyFields body={null} />
          <FieldGroup title="曾用名" lead="名称用过不止一个的，建好之后再补记其余。">
            <TextField name="formerName" label="曾用名" maxLength={60} />
            <DateField name="formerTo" label="用至" />
          </FieldGroup>
        </Form>
      </Sheet>
    </DeskPage>
  )
}

export function EditBodyPage({ body, state }: { body: Body; state: FormState }) {
  return (
    <DeskPage title="修改资料" crumbs={[...CRUMBS, { label: body.name, href: bodyHref(body) }]} lead="名称用「更名」改，旧名会记为曾用名。">
      <Sheet>
        <Form action={`${bodyHref(body)}/edit`} state={state} submit="保存资料" cancel={{ href: bodyHref(body) }}>
          <BodyFields body={body} />
        </Form>
      </Sheet>
    </DeskPage>
  )
}

export function RenameBodyPage({ body, state }: { body: Body; state: FormState }) {
  return (
    <DeskPage title="更名" crumbs={[...CRUMBS, { label: body.name, href: bodyHref(body) }]} lead="旧名用至启用新名的前一日，记为曾用名；按旧名仍然查得到。已经报送、公布的文书不变。">
      <Sheet>
        <Form action={`${bodyHref(body)}/rename`} state={state} submit="更名" cancel={{ href: bodyHref(body) }}>
          <TextField name="name" label="新的名称" required maxLength={60} />
          <DateField name="from" label="自何日启用" required />
          <TextField name="note" label="依据" maxLength={200} hint="如机构编制部门的批复文号。" />
        </Form>
      </Sheet>
    </DeskPage>
  )
}

export function AddNamePage({ body, state }: { body: Body; state: FormState }) {
  return (
    <DeskPage title="补记曾用名" crumbs={[...CRUMBS, { label: body.name, href: bodyHref(body) }]} lead="更名发生在启用本系统之前的，或者常用的简称。">
      <Sheet>
        <Form action={`${bodyHref(body)}/names`} state={state} submit="记下" cancel={{ href: bodyHref(body) }}>
          <TextField name="name" label="名称" required maxLength={60} />
          <SelectField
            name="kind"
            label="是"
            required
            blank={null}
            options={[
              { value: 'former', label: '曾用名' },
              { value: 'short', label: '简称' },
            ]}
          />
          <DateField name="from" label="自" />
          <DateField name="to" label="至" hint="曾用名须写最后使用的一日。" />
          <TextField name="note" label="说明" maxLength={200} />
        </Form>
      </Sheet>
    </DeskPage>
  )
}

export function MergeBodyPage({ body, others, state }: { body: Body; others: readonly Body[]; state: FormState }) {
  return (
    <DeskPage title="并入其他机构" crumbs={[...CRUMBS, { label: body.name, href: bodyHref(body) }]}>
      <Sheet>
        <p className="quiet">
          {body.name}自所填之日起撤销，职责由所选的机构承担。它的记录、报告原样保留、仍可查阅；不能再为它登记新的。此事不能撤回。
        </p>
        <Form danger action={`${bodyHref(body)}/merge`} state={state} submit={`撤销${body.name}`} cancel={{ href: bodyHref(body) }}>
          <SelectField
            name="into"
            label="职责归于"
            required
            options={others.map((other) => ({ value: other.bodyId, label: other.name }))}
          />
          <DateField name="on" label="自何日" required />
          <TextField name="basis" label="依据" required maxLength={200} hint="如机构改革方案、机构编制部门的批复文号。" />
        </Form>
      </Sheet>
    </DeskPage>
  )
}
