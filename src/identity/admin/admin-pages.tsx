import {
  CheckboxGroup,
  DataTable,
  DefinitionList,
  DeskPage,
  Form,
  LinkButton,
  Moment,
  Notice,
  PostButton,
  SelectField,
  Sheet,
  Tag,
  TextField,
} from '../../platform/html/index.ts'
import type { FormState, ListQuery } from '../../platform/html/index.ts'
import type { Account } from '../accounts/account.ts'
import { ROLES } from '../actor.ts'
import type { Role } from '../actor.ts'
import { FlashNotice } from '../flash-notice.tsx'
import { SessionsTable } from '../sign-in/sessions-table.tsx'
import type { SessionEntry } from '../sign-in/sessions.ts'
import type { Flash } from '../web.ts'

export interface BodyOption {
  bodyId: string
  name: string
}

const CRUMBS = [{ label: '账号', href: '/desk/admin/accounts' }]
const toOptions = (bodies: readonly BodyOption[]) => bodies.map((body) => ({ value: body.bodyId, label: body.name }))
const ROLE_OPTIONS = (Object.entries(ROLES) as [Role, string][]).map(([value, label]) => ({ value, label }))

const StatusTag = ({ account }: { account: Account }) =>
  account.status === 'active' ? <Tag tone="ok">在用</Tag> : <Tag>停用</Tag>

export interface AccountRow {
  account: Account
  bodyName: string
  /** 「岗位」或「机关：岗位」，逐条 */
  roles: readonly string[]
}

export interface AccountsPageProps {
  rows: readonly AccountRow[]
  query: ListQuery
  total: number
  bodies: readonly BodyOption[]
  canCreate: boolean
  flash: Flash | null
}

export function AccountsPage(props: AccountsPageProps) {
  return (
    <DeskPage
      title="账号"
      lead="一人一个账号，不得共用。系统管理员建账号，安全管理员定岗位，审计员查留痕，三者不得由一人兼任。"
      actions={props.canCreate && <LinkButton href="/desk/admin/accounts/new">新建账号</LinkButton>}
    >
      <FlashNotice flash={props.flash} />
      <DataTable
        caption="账号"
        columns={[
          { key: 'name', label: '登录名', sort: true, render: (row) => row.account.name },
          { key: 'displayName', label: '姓名', sort: true, render: (row) => row.account.displayName },
          { key: 'body', label: '所在机关', render: (row) => row.bodyName },
          {
            key: 'roles',
            label: '岗位',
            render: (row) => (row.roles.length === 0 ? <Tag tone="wait">未定岗位</Tag> : row.roles.join('、')),
          },
          { key: 'lastSignInAt', label: '上次登录', sort: true, render: (row) => <Moment at={row.account.lastSignInAt} /> },
          { key: 'status', label: '状态', render: (row) => <StatusTag account={row.account} /> },
        ]}
        rows={props.rows}
        rowKey={(row) => row.account.accountId}
        rowHref={(row) => `/desk/admin/accounts/${row.account.accountId}`}
        empty={{ title: '还没有账号' }}
        list={{
          query: props.query,
          total: props.total,
          search: '登录名、姓名',
          filters: [
            { kind: 'select', name: 'body', label: '机关', options: toOptions(props.bodies) },
            { kind: 'select', name: 'role', label: '岗位', options: ROLE_OPTIONS },
            {
              kind: 'select',
              name: 'status',
              label: '状态',
              options: [
                { value: 'active', label: '在用' },
                { value: 'disabled', label: '停用' },
              ],
            },
          ],
        }}
      />
    </DeskPage>
  )
}

export function NewAccountPage({ state, bodies }: { state: FormState; bodies: readonly BodyOption[] }) {
  return (
    <DeskPage title="新建账号" crumbs={CRUMBS} lead="建好后显示一次性口令，请当面或者用可靠的办法交给本人；岗位由安全管理员另定。">
      <Sheet>
        <Form action="/desk/admin/accounts/new" state={state} submit="新建账号" cancel={{ href: '/desk/admin/accounts' }}>
          <TextField
            name="name"
            label="登录名"
            required
            width="middle"
            maxLength={32}
            autoComplete="off"
            hint="3 至 32 位，小写字母起首，可用小写字母、数字、点、下划线、连字符；定后不改。"
          />
          <TextField name="displayName" label="姓名" required width="middle" maxLength={30} autoComplete="off" />
          <SelectField name="bodyId" label="所在机关" required options={toOptions(bodies)} />
        </Form>
      </Sheet>
    </DeskPage>
  )
}

/** 一次性口令只在这一页出现，刷新即无。 */
export function OneTimePasswordPage({ account, password }: { account: Account; password: string }) {
  return (
    <DeskPage title="一次性口令" crumbs={CRUMBS}>
      <Notice tone="warn" title="这一页离开后不能再看" live>
        口令没有存在任何地方。请现在交给本人，不要用短信或者微信群发送；没有交到的，可以再重置一次。
      </Notice>
      <Sheet>
        <DefinitionList
          items={[
            ['姓名', account.displayName],
            ['登录名', account.name],
            ['一次性口令', <code key="password">{password}</code>],
          ]}
        />
        <p className="quiet">首次登录须先更换口令。</p>
        <LinkButton href={`/desk/admin/accounts/${account.accountId}`}>交给本人了，继续</LinkButton>
      </Sheet>
    </DeskPage>
  )
}

export interface AccountDetailProps {
  account: Account
  bodyName: string
  postings: readonly { bodyId: string; name: string; roles: readonly Role[] }[]
  bodies: readonly BodyOption[]
  sessions: readonly SessionEntry[]
  may: { disable: boolean; reset: boolean; grant: boolean; revoke: boolean }
  /** 正在改岗位的机关；null 为没有 */
  editing: { bodyId: string; name: string; roles: readonly Role[] } | null
  state: FormState
  flash: Flash | null
}

export function AccountDetailPage(props: AccountDetailProps) {
  const { account, may, editing } = props
  const here = `/desk/admin/accounts/${account.accountId}`
  return (
    <DeskPage title={`${account.displayName}（${account.name}）`} crumbs={CRUMBS} status={<StatusTag account={account} />}>
      <FlashNotice flash={props.flash} />
      <div className="stack">
        <Sheet
          title="账号"
          actions={
            <>
              {may.reset && <LinkButton href={`${here}/reset`} second>重置口令</LinkButton>}
              {may.disable && account.status === 'active' && <LinkButton href={`${here}/disable`} second>停用</LinkButton>}
              {may.disable && account.status === 'disabled' && (
                <PostButton action={`${here}/enable`} label="启用" kind="second" />
              )}
            </>
          }
        >
          <DefinitionList
            items={[
              ['所在机关', props.bodyName],
              ['上次登录', <Moment key="seen" at={account.lastSignInAt} />],
              ['新建', <Moment key="made" at={account.createdAt} />],
              ['动态口令', account.hasSecondFactor ? '已启用' : '未启用'],
              ...(account.mustChange ? [['口令', '下次登录须更换'] as const] : []),
              ...(account.isDemo ? [['说明', '演示账号'] as const] : []),
            ]}
          />
        </Sheet>
        <Postings {...props} here={here} />
        {editing !== null && <RolesForm editing={editing} state={props.state} here={here} />}
        <Sheet
          title="正在登录的地方"
          actions={
            may.revoke && props.sessions.length > 0 && <PostButton action={`${here}/sessions/end`} label="结束全部" kind="second" />
          }
        >
          <SessionsTable sessions={props.sessions} empty="现在没有登录" />
        </Sheet>
      </div>
    </DeskPage>
  )
}

function Postings({ postings, bodies, may, here }: AccountDetailProps & { here: string }) {
  return (
    <Sheet title="岗位">
      <DataTable
        caption="岗位"
        columns={[
          { key: 'body', label: '机关', render: (row) => row.name },
          { key: 'roles', label: '岗位', render: (row) => row.roles.map((role) => ROLES[role]).join('、') },
          ...(may.grant
            ? [
                {
                  key: 'edit',
                  label: '改动',
                  render: (row: AccountDetailProps['postings'][number]) => (
                    <a href={`${here}?body=${row.bodyId}#roles`} aria-label={`改动在${row.name}的岗位`}>
                      改动
                    </a>
                  ),
                },
              ]
            : []),
        ]}
        rows={postings}
        rowKey={(row) => row.bodyId}
        empty={{ title: '还没有岗位', children: may.grant ? '在下面选一个机关，定他在那里的岗位。' : '由安全管理员定岗位。' }}
      />
      {may.grant && (
        <Form action={`${here}#roles`} method="get" submit="定在这个机关的岗位">
          <SelectField name="body" label="机关" required options={toOptions(bodies)} />
        </Form>
      )}
    </Sheet>
  )
}

function RolesForm({ editing, state, here }: { editing: NonNullable<AccountDetailProps['editing']>; state: FormState; here: string }) {
  return (
    <Sheet id="roles" title={`在${editing.name}的岗位`}>
      <p className="quiet">改动后本人的登录随即结束，重新登录后按新的岗位。全部不选即收回在这个机关的岗位。</p>
      <Form action={`${here}/roles`} state={state} submit="定下岗位" hidden={{ bodyId: editing.bodyId }} cancel={{ href: here }}>
        <CheckboxGroup name="roles" label="岗位" options={ROLE_OPTIONS} value={editing.roles} />
      </Form>
    </Sheet>
  )
}
