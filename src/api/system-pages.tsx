import { FlashNotice, SCOPES, SCOPE_NAMES, TOKEN_RULES, isLive } from '../identity/index.ts'
import type { ApiSystem, ApiToken, Flash, SystemRow } from '../identity/index.ts'
import { CheckboxGroup, DataTable, DefinitionList, DeskPage, Form, LinkButton, Moment, Notice, RadioGroup, SelectField, Sheet, Tag, TextField, momentText } from '../platform/html/index.ts'
import type { FormState, ListQuery } from '../platform/html/index.ts'
import { WEBHOOK_STATUSES } from '../webhooks/index.ts'
import type { Webhook } from '../webhooks/index.ts'

export interface BodyOption {
  bodyId: string
  code: string
  name: string
}

const HOME = '/desk/systems'
export const SYSTEM_CRUMBS = [{ label: '接入系统', href: HOME }]
const SystemTag = ({ system }: { system: Pick<ApiSystem, 'revokedAt'> }) => (system.revokedAt === null ? <Tag tone="ok">在用</Tag> : <Tag>已停用</Tag>)
const scopeText = (scopes: ApiSystem['scopes']) => scopes.map((scope) => SCOPES[scope].label).join('、')

export interface SystemsPageProps {
  rows: readonly (SystemRow & { code: string; bodyName: string })[]
  query: ListQuery
  total: number
  bodies: readonly BodyOption[]
  disabledHooks: number
  canCreate: boolean
  flash: Flash | null
}

export function SystemsPage({ rows, query, total, bodies, disabledHooks, canCreate, flash }: SystemsPageProps) {
  return (
    <DeskPage
      title="接入系统"
      lead={
        <>
          政务服务大厅、省级平台等经接口转来申请、同步进度。系统管理员接入、发令牌，安全管理员定权限。<a href="/api">接口说明</a>
        </>
      }
      actions={canCreate && <LinkButton href={`${HOME}/new`}>接入一个系统</LinkButton>}
    >
      <FlashNotice flash={flash} />
      {disabledHooks > 0 && <Notice tone="warn" title={`有 ${disabledHooks} 处回调屡次不通，已自动停用`}>请打开所属的系统，与对方核对网址之后恢复。</Notice>}
      <DataTable
        caption="接入的系统"
        columns={[
          { key: 'name', label: '系统', sort: true, render: (row) => row.name },
          { key: 'body', label: '接入的机关', render: (row) => row.bodyName },
          { key: 'scopes', label: '权限', render: (row) => (row.scopes.length === 0 ? <Tag tone="wait">未定权限</Tag> : scopeText(row.scopes)) },
          { key: 'used', label: '上次调用', render: (row) => <Moment at={row.lastUsedAt} /> },
          { key: 'createdAt', label: '接入', sort: true, render: (row) => <Moment at={row.createdAt} /> },
          { key: 'status', label: '状态', render: (row) => <SystemTag system={row} /> },
        ]}
        rows={rows}
        rowKey={(row) => row.systemId}
        rowHref={(row) => `${HOME}/${row.code}/${row.systemId}`}
        empty={{ title: '还没有接入系统', children: canCreate ? '大厅、省级平台要经接口转来申请的，先在此接入。' : '由系统管理员接入。' }}
        list={{
          query,
          total,
          search: '系统的名称',
          filters: [
            ...(bodies.length > 1 ? [{ kind: 'select' as const, name: 'body', label: '机关', options: bodies.map(({ bodyId, name }) => ({ value: bodyId, label: name })) }] : []),
            { kind: 'select', name: 'status', label: '状态', options: [{ value: 'live', label: '在用' }, { value: 'revoked', label: '已停用' }] },
          ],
        }}
      />
    </DeskPage>
  )
}

export const NewSystemPage = ({ bodies, state }: { bodies: readonly BodyOption[]; state: FormState }) => (
  <DeskPage title="接入一个系统" crumbs={SYSTEM_CRUMBS} lead="接入之后由安全管理员定权限，再发令牌。一个系统只接入一个机关。">
    <Sheet>
      <Form action={`${HOME}/new`} state={state} submit="接入" cancel={{ href: HOME }}>
        <TextField name="name" label="系统的名称" required maxLength={60} hint="如：区政务服务大厅综合受理平台" />
        <SelectField name="bodyId" label="接入的机关" required options={bodies.map(({ bodyId, name }) => ({ value: bodyId, label: name }))} />
      </Form>
    </Sheet>
  </DeskPage>
)

export interface SystemPageProps {
  here: string
  system: ApiSystem
  bodyName: string
  tokens: readonly ApiToken[]
  webhooks: readonly Webhook[]
  now: Date
  may: { manage: boolean; grant: boolean; revoke: boolean }
  state: FormState
  flash: Flash | null
}

export function SystemPage(props: SystemPageProps) {
  const { here, system, bodyName, may, flash } = props
  const live = system.revokedAt === null
  return (
    <DeskPage title={system.name} crumbs={SYSTEM_CRUMBS} status={<SystemTag system={system} />}>
      <FlashNotice flash={flash} />
      <div className="stack">
        <Sheet title="系统" actions={live && may.revoke && <LinkButton href={`${here}/revoke`} second>停用</LinkButton>}>
          <DefinitionList
            items={[
              ['接入的机关', bodyName],
              ['权限', system.scopes.length === 0 ? '还没有定，调用什么都不许' : scopeText(system.scopes)],
              ['接入', momentText(system.createdAt)],
              ...(system.revokedAt === null ? [] : [['停用', momentText(system.revokedAt)] as const]),
            ]}
          />
        </Sheet>
        {live && may.grant && <ScopesForm {...props} />}
        <Tokens {...props} live={live} />
        <Webhooks {...props} live={live} />
      </div>
    </DeskPage>
  )
}

const ScopesForm = ({ here, system, state }: SystemPageProps) => (
  <Sheet title="定权限" id="scopes">
    <p className="quiet">只给所必需的，下一次调用即按新的；全部不选即收回。个人信息每次读取都须写事由并留痕。</p>
    <Form action={`${here}/scopes`} state={state} submit="定下权限">
      <CheckboxGroup name="scopes" label="权限" options={SCOPE_NAMES.map((scope) => ({ value: scope, label: SCOPES[scope].label, hint: scope }))} value={system.scopes} />
    </Form>
  </Sheet>
)

function Tokens({ here, tokens, now, may, live }: SystemPageProps & { live: boolean }) {
  const used = tokens.some((token) => isLive(token, now))
  return (
    <Sheet title="令牌" actions={live && may.manage && <LinkButton href={`${here}/tokens/new`}>{used ? '换发令牌' : '发令牌'}</LinkButton>}>
      <DataTable
        caption="令牌"
        columns={[
          { key: 'token', label: '令牌', render: (token: ApiToken) => `尾号 ${token.tokenId.slice(-6)}` },
          { key: 'made', label: '发出', render: (token: ApiToken) => <Moment at={token.createdAt} /> },
          { key: 'expires', label: '有效至', render: (token: ApiToken) => <Moment at={token.expiresAt} /> },
          { key: 'used', label: '上次调用', render: (token: ApiToken) => <Moment at={token.lastUsedAt} /> },
          { key: 'status', label: '状态', render: (token: ApiToken) => (isLive(token, now) ? <Tag tone="ok">有效</Tag> : <Tag>{token.revokedAt === null ? '已过期' : '已作废'}</Tag>) },
          ...(live && may.revoke
            ? [
                {
                  key: 'revoke',
                  label: '作废',
                  render: (token: ApiToken) =>
                    isLive(token, now) ? (
                      <a href={`${here}/tokens/${token.tokenId}/revoke`} aria-label={`作废尾号 ${token.tokenId.slice(-6)} 的令牌`}>
                        作废
                      </a>
                    ) : (
                      '—'
                    ),
                },
              ]
            : []),
        ]}
        rows={tokens}
        rowKey={(token) => token.tokenId}
        empty={{ title: '还没有令牌', children: may.manage ? '发一枚令牌，当面交给对方的开发人员。' : '由系统管理员发给。' }}
      />
    </Sheet>
  )
}

const HOOK_TONE = { active: 'ok', paused: 'plain', disabled: 'late' } as const
export const WebhookTag = ({ status }: { status: Webhook['status'] }) => <Tag tone={HOOK_TONE[status]}>{WEBHOOK_STATUSES[status]}</Tag>

function Webhooks({ here, webhooks, may, live }: SystemPageProps & { live: boolean }) {
  return (
    <Sheet title="回调" actions={live && may.manage && <LinkButton href={`${here}/webhooks/new`} second>订回调</LinkButton>}>
      <DataTable
        caption="回调"
        columns={[
          { key: 'url', label: '网址', render: (hook: Webhook) => hook.url },
          { key: 'status', label: '状态', render: (hook: Webhook) => <WebhookTag status={hook.status} /> },
        ]}
        rows={webhooks}
        rowKey={(hook) => hook.webhookId}
        rowHref={(hook) => `${here}/webhooks/${hook.webhookId}`}
        empty={{ title: '没有订回调', children: '申请有变时通知对方，对方不必反复来查；内容没有个人信息。' }}
      />
    </Sheet>
  )
}

const OVERLAPS = [
  { value: '7', label: '此前的令牌再用七日', hint: '对方有时间更换' },
  { value: '0', label: '此前的令牌即刻作废', hint: '疑有泄露的选这一项' },
]

export const NewTokenPage = ({ here, name, used, state }: { here: string; name: string; used: boolean; state: FormState }) => (
  <DeskPage title={used ? '换发令牌' : '发令牌'} crumbs={[...SYSTEM_CRUMBS, { label: name, href: here }]} lead={`令牌只显示一次，有效 ${TOKEN_RULES.validDays} 日。请当面或者用可靠的办法交给对方。`}>
    <Sheet>
      <Form action={`${here}/tokens/new`} state={state} submit={used ? '换发' : '发令牌'} cancel={{ href: here }} {...(used ? {} : { hidden: { overlap: '0' } })}>
        {used && <RadioGroup name="overlap" label="此前的令牌" options={OVERLAPS} value="7" required />}
      </Form>
    </Sheet>
  </DeskPage>
)

/** 令牌、密钥只在这一页出现，刷新即无。 */
export const SecretPage = ({ title, what, secret, here, name, facts }: { title: string; what: string; secret: string; here: string; name: string; facts: readonly (readonly [string, string])[] }) => (
  <DeskPage title={title} crumbs={[...SYSTEM_CRUMBS, { label: name, href: here }]}>
    <Notice tone="warn" title="这一页离开后不能再看" live>
      {what}没有存在任何地方可以再看。请现在交给对方，不要用短信或者微信群发送。
    </Notice>
    <Sheet>
      <DefinitionList items={[[what, <code key="secret" className="break">{secret}</code>], ...facts]} />
      <LinkButton href={here}>交给对方了，继续</LinkButton>
    </Sheet>
  </DeskPage>
)
