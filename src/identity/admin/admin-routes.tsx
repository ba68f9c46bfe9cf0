import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { getBody, listBodies } from '../../bodies/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { Confirm, DeskPage, emptyForm, parseListQuery, renderPage, toFormState } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { ACCOUNT_NAME } from '../accounts/account.ts'
import { listPostings } from '../accounts/account-store.ts'
import { ROLES } from '../actor.ts'
import type { Role } from '../actor.ts'
import { AccountDetailPage, AccountsPage, NewAccountPage, OneTimePasswordPage } from './admin-pages.tsx'
import { endSession } from '../sign-in/end-session.ts'
import { createAccount, resetPassword, setAccountStatus, setRoles } from '../accounts/manage-account.ts'
import { can } from '../permissions.ts'
import { countAccounts, getAccount, listAccounts, listRolesOf } from '../queries.ts'
import { listSessions } from '../sign-in/sessions.ts'
import { permit, setFlash, signedIn, takeFlash } from '../web.ts'

const FORM_LIMITS = { maxBytes: 16_384, maxFields: 40 }
const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text)

/** 账号管理。 */
export const adminRoutes = new Hono()

const bodyOptions = async (c: Context) =>
  (await listBodies(c.get('deps').db, { includeAbolished: true })).map(({ bodyId, name }) => ({ bodyId, name }))

adminRoutes.get('/desk/admin/accounts', permit('account.read'), async (c) => {
  const { deps, actor } = signedIn(c)
  const query = parseListQuery(c.req.url, {
    sorts: ['name', 'displayName', 'lastSignInAt'],
    defaultSort: 'name',
    filters: { body: 'text', role: Object.keys(ROLES), status: ['active', 'disabled'] },
  })
  const { body, role, status } = query.filters
  const filter = {
    text: query.q,
    bodyId: body !== undefined && isId(body) ? body : undefined,
    role: role !== undefined && isRole(role) ? role : undefined,
    status: status === 'active' || status === 'disabled' ? status : undefined,
  } as const
  const sort = query.sort === 'displayName' || query.sort === 'lastSignInAt' ? query.sort : 'name'
  const page = { sort, descending: query.descending, limit: query.size, offset: query.offset } as const
  const [accounts, total, bodies] = await Promise.all([
    listAccounts(deps.db, filter, page),
    countAccounts(deps.db, filter),
    bodyOptions(c),
  ])
  const names = new Map(bodies.map((b) => [b.bodyId, b.name]))
  const held = Map.groupBy(await listRolesOf(deps.db, accounts.map((a) => a.accountId)), (row) => row.accountId)
  const rows = accounts.map((account) => ({
    account,
    bodyName: names.get(account.homeBodyId) ?? '',
    roles: (held.get(account.accountId) ?? []).map((row) =>
      row.bodyId === account.homeBodyId ? ROLES[row.role] : `${ROLES[row.role]}（${names.get(row.bodyId) ?? ''}）`,
    ),
  }))
  return renderPage(
    c,
    <AccountsPage rows={rows} query={query} total={total} bodies={bodies} canCreate={can(actor, 'account.create')} flash={takeFlash(c)} />,
  )
})

const newAccount = z.object({
  name: z.string().regex(ACCOUNT_NAME, '3 至 32 位，小写字母起首，只用小写字母、数字、点、下划线、连字符'),
  displayName: z.string().trim().min(1, '请填姓名').max(30, '姓名不超过 30 个字'),
  bodyId: z.string().refine(isId, '请选择所在机关'),
})

const showNew = async (c: Context, state: FormState): Promise<Response> =>
  renderPage(c, <NewAccountPage state={state} bodies={await bodyOptions(c)} />, {
    status: Object.keys(state.errors).length > 0 ? 422 : 200,
  })

adminRoutes.get('/desk/admin/accounts/new', permit('account.create'), (c) => showNew(c, emptyForm))

adminRoutes.post('/desk/admin/accounts/new', permit('account.create'), async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, FORM_LIMITS)
  const parsed = newAccount.safeParse({ ...form.first(), name: form.text('name') })
  if (!parsed.success) return showNew(c, toFormState(form.fields, parsed.error.issues))
  const { name, displayName, bodyId } = parsed.data
  const result = await createAccount(deps, actor, { name, displayName, homeBodyId: (await getBody(deps.db, bodyId)).bodyId })
  if (!result.ok) return showNew(c, { values: form.fields, errors: { name: '这个登录名已经有人用，请换一个' } })
  return renderPage(c, <OneTimePasswordPage account={result.account} password={result.password} />)
})

function accountIdOf(c: Context): string {
  const id = c.req.param('id') ?? ''
  if (!isId(id)) throw new NotFound('账号')
  return id
}

adminRoutes.get('/desk/admin/accounts/:id', permit('account.read'), (c) => showDetail(c, emptyForm, c.req.query('body')))

async function showDetail(c: Context, state: FormState, editBody: string | undefined): Promise<Response> {
  const { deps, actor } = signedIn(c)
  const account = await getAccount(deps.db, accountIdOf(c))
  const bodies = await bodyOptions(c)
  const nameOf = (bodyId: string) => bodies.find((b) => b.bodyId === bodyId)?.name ?? ''
  const postings = (await listPostings(deps.db, account.accountId)).map((p) => ({ ...p, name: nameOf(p.bodyId) }))
  const grant = can(actor, 'role.grant') && account.accountId !== actor.accountId
  const edited = grant ? bodies.find((b) => b.bodyId === editBody) : undefined
  return renderPage(
    c,
    <AccountDetailPage
      account={account}
      bodyName={nameOf(account.homeBodyId)}
      postings={postings}
      bodies={bodies}
      sessions={await listSessions(deps.db, account.accountId, deps.clock.now())}
      may={{
        disable: can(actor, 'account.disable') && account.accountId !== actor.accountId,
        reset: can(actor, 'account.reset-password'),
        revoke: can(actor, 'session.revoke'),
        grant,
      }}
      editing={edited ? { ...edited, roles: postings.find((p) => p.bodyId === edited.bodyId)?.roles ?? [] } : null}
      state={state}
      flash={takeFlash(c)}
    />,
    { status: Object.keys(state.errors).length > 0 ? 422 : 200 },
  )
}

/** 重置与停用先问一遍。 */
const ASKED = {
  reset: {
    permit: 'account.reset-password',
    what: (name: string) => `重置${name}的口令`,
    submit: '重置口令',
    consequences: ['原口令立即失效，正在登录的全部退出', '动态口令同时停用，由本人重新启用', '显示一次性口令，首次登录须更换'],
  },
  disable: {
    permit: 'account.disable',
    what: (name: string) => `停用${name}的账号`,
    submit: '停用账号',
    consequences: ['正在登录的全部退出，不能再登录', '办过的事、岗位都保留；可以再启用'],
  },
} as const

for (const step of ['reset', 'disable'] as const) {
  const asked = ASKED[step]
  adminRoutes.get(`/desk/admin/accounts/:id/${step}`, permit(asked.permit), async (c) => {
    const account = await getAccount(c.get('deps').db, accountIdOf(c))
    const here = `/desk/admin/accounts/${account.accountId}`
    return renderPage(
      c,
      <DeskPage title={asked.submit} crumbs={[{ label: '账号', href: '/desk/admin/accounts' }, { label: account.displayName, href: here }]}>
        <Confirm
          what={asked.what(account.displayName)}
          consequences={asked.consequences}
          form={{ action: `${here}/${step}`, submit: asked.submit, cancel: { href: here } }}
        />
      </DeskPage>,
    )
  })
}

adminRoutes.post('/desk/admin/accounts/:id/reset', permit('account.reset-password'), async (c) => {
  const { deps, actor } = signedIn(c)
  const { account, password } = await resetPassword(deps, actor, accountIdOf(c))
  return renderPage(c, <OneTimePasswordPage account={account} password={password} />)
})

for (const [step, status] of [['disable', 'disabled'], ['enable', 'active']] as const) {
  adminRoutes.post(`/desk/admin/accounts/:id/${step}`, permit('account.disable'), async (c) => {
    const { deps, actor } = signedIn(c)
    const accountId = accountIdOf(c)
    const result = await setAccountStatus(deps, actor, { accountId, status })
    const done = status === 'active' ? '账号已经启用' : '账号已经停用'
    setFlash(c, result.ok ? { tone: 'ok', text: done } : { tone: 'error', text: '不得停用自己的账号' })
    return c.redirect(`/desk/admin/accounts/${accountId}`, 303)
  })
}

adminRoutes.post('/desk/admin/accounts/:id/roles', permit('role.grant'), async (c) => {
  const { deps, actor } = signedIn(c)
  const accountId = accountIdOf(c)
  const form = await parseForm(c, FORM_LIMITS)
  const bodyId = form.text('bodyId')
  if (!isId(bodyId)) throw new NotFound('机构')
  await getBody(deps.db, bodyId)
  const result = await setRoles(deps, actor, { accountId, bodyId, roles: (form.fields['roles'] ?? []).filter(isRole) })
  if (result.ok || result.refusal === 'own-account') {
    setFlash(c, result.ok ? { tone: 'ok', text: '岗位已经定下，本人重新登录后生效' } : { tone: 'error', text: '不得改动自己的岗位' })
    return c.redirect(`/desk/admin/accounts/${accountId}`, 303)
  }
  const [a, b] = (result.roles ?? []).map((role) => ROLES[role])
  const said = `${a ?? ''}与${b ?? ''}不得由一人兼任（含在其他机关的岗位）`
  return showDetail(c, { values: form.fields, errors: { roles: said } }, bodyId)
})

adminRoutes.post('/desk/admin/accounts/:id/sessions/end', permit('session.revoke'), async (c) => {
  const { deps, actor } = signedIn(c)
  const accountId = accountIdOf(c)
  const ended = await endSession(deps, actor, { accountId })
  setFlash(c, { tone: 'ok', text: `已经结束 ${ended} 处登录` })
  return c.redirect(`/desk/admin/accounts/${accountId}`, 303)
})
