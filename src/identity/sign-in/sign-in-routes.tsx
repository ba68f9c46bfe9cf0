import { Hono } from 'hono'
import { listBodies } from '../../bodies/index.ts'
import { record } from '../../audit/index.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import type { Context } from 'hono'
import { listDemoAccounts } from '../demo.ts'
import { rolesText } from '../desk-frame.ts'
import { listRolesOf } from '../queries.ts'
import { passSecondFactor } from './second-factor.ts'
import { endSessions } from './sessions.ts'
import { signIn } from './sign-in.ts'
import { SecondFactorPage, SignInPage } from './sign-in-pages.tsx'
import type { DemoAccountRow } from './sign-in-pages.tsx'
import { forgetToken, giveToken, safeNext } from '../web.ts'

const FORM_LIMITS = { maxBytes: 16_384, maxFields: 10 }
const LOST_WORDS = '登录已过期，所交的文件太大，刚才填写的没有保存。请不要关闭浏览器：登录后用「后退」回到填写的页面，看看还在不在，再交一次'
const WRONG = '登录名或者口令不对'

/** 登录与退出；不须已登录。 */
export const signInRoutes = new Hono()

signInRoutes.get('/sign-in', async (c) => {
  const next = safeNext(c.req.query('next'))
  if (c.get('actor') !== null) return c.redirect(next, 303)
  const said = c.req.query('out') === '1' ? '已经退出登录' : c.req.query('lost') === '1' ? LOST_WORDS : c.req.query('next') === undefined ? null : '请先登录，登录后回到刚才的页面'
  return showSignIn(c, { next, said, state: emptyForm })
})

signInRoutes.post('/sign-in', async (c) => {
  const form = await parseForm(c, FORM_LIMITS)
  const next = safeNext(form.text('next'))
  const name = form.text('name')
  const password = form.fields['password']?.[0] ?? ''
  const values = { name: [name.slice(0, 64)] }
  const missing = { ...(name === '' ? { name: '请填登录名' } : {}), ...(password === '' ? { password: '请填口令' } : {}) }
  if (Object.keys(missing).length > 0) return showSignIn(c, { next, said: null, state: { values, errors: missing } }, 422)
  const result = await signIn(c.get('deps'), { name, password, ...sourceOf(c) })
  if (result.ok) {
    await endOld(c)
    giveToken(c, result.token)
    return c.redirect(result.next === 'second-factor' ? `/sign-in/code?next=${encodeURIComponent(next)}` : next, 303)
  }
  if (result.refusal === 'wrong') return showSignIn(c, { next, said: null, state: { values, errors: { '': WRONG } } }, 422)
  c.header('Retry-After', String(result.waitSeconds))
  const errors = { '': `尝试次数过多，请 ${waitText(result.waitSeconds)}后再试` }
  return showSignIn(c, { next, said: null, state: { values, errors } }, 429)
})

signInRoutes.get('/sign-in/code', async (c) => {
  if (c.get('session')?.pending !== true) return c.redirect('/sign-in', 303)
  return renderPage(c, <SecondFactorPage state={emptyForm} next={safeNext(c.req.query('next'))} />)
})

signInRoutes.post('/sign-in/code', async (c) => {
  const session = c.get('session')
  const form = await parseForm(c, FORM_LIMITS)
  if (session === null || !session.pending) return c.redirect('/sign-in', 303)
  const next = safeNext(form.text('next'))
  const result = await passSecondFactor(c.get('deps'), session, { code: form.text('code').replaceAll(' ', ''), ...sourceOf(c) })
  if (!result.ok)
    return renderPage(c, <SecondFactorPage state={{ values: {}, errors: { code: result.message } }} next={next} />, { status: 422 })
  giveToken(c, result.token)
  return c.redirect(next, 303)
})

signInRoutes.post('/sign-out', async (c) => {
  await endOld(c)
  forgetToken(c)
  return c.redirect('/sign-in?out=1', 303)
})

const waitText = (seconds: number): string => (seconds < 60 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`)

export const sourceOf = (c: Context): { address: string; agent: string } => ({
  address: c.get('clientAddress'),
  agent: c.req.header('user-agent') ?? '',
})

// 退出；登录前浏览器里若还有会话（别人的，或攻击者塞进来的），也结束它，不沿用
async function endOld(c: Context): Promise<void> {
  const { session, deps } = c.var
  if (session === null) return
  await endSessions(deps.db, session.accountId, { only: session.sessionId })
  const who = { kind: 'account', accountId: session.accountId, bodyId: session.actingBodyId } as const
  await record(deps.db, who, 'session.ended', session.accountId, { ended: 1, own: true })
}

async function showSignIn(
  c: Context,
  page: { next: string; said: string | null; state: FormState },
  status: 200 | 422 | 429 = 200,
): Promise<Response> {
  return renderPage(c, <SignInPage {...page} demo={await demoRows(c)} />, { status })
}

async function demoRows(c: Context): Promise<DemoAccountRow[]> {
  const { deps } = c.var
  const accounts = await listDemoAccounts(deps.db, deps)
  if (accounts.length === 0) return []
  const names = new Map((await listBodies(deps.db, { includeAbolished: true })).map((body) => [body.bodyId, body.name]))
  const roles = Map.groupBy(await listRolesOf(deps.db, accounts.map((a) => a.accountId)), (row) => row.accountId)
  return accounts.map((account) => ({
    name: account.name,
    displayName: account.displayName,
    body: names.get(account.homeBodyId) ?? '',
    roles: rolesText((roles.get(account.accountId) ?? []).map((row) => row.role)),
  }))
}
