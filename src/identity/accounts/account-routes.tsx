import { Hono } from 'hono'
import type { Context } from 'hono'
import { getBody } from '../../bodies/index.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { AccountPage, PasswordPage, SecondFactorSetupPage } from './account-pages.tsx'
import { listPostings } from './account-store.ts'
import { changeMail } from './change-mail.ts'
import { changePassword } from './change-password.ts'
import { ownRoles } from '../delegation/behalf.ts'
import { actingText, rolesText } from '../desk-frame.ts'
import { endSession, switchBody } from '../sign-in/end-session.ts'
import { getAccount, listMailChoices } from '../queries.ts'
import { confirmSecondFactor, dropSecondFactor, findPreparedSecret, prepareSecondFactor } from '../sign-in/second-factor.ts'
import { listSessions } from '../sign-in/sessions.ts'
import { sourceOf } from '../sign-in/sign-in-routes.tsx'
import { toBase32, totpUri } from '../sign-in/totp.ts'
import { giveToken, setFlash, signedIn, takeFlash } from '../web.ts'

const FORM_LIMITS = { maxBytes: 16_384, maxFields: 10 }

/** 我的账号：口令、动态口令、会话、换机关。人人可办自己的，故不另设权限。 */
export const accountRoutes = new Hono()

accountRoutes.get('/desk/account', (c) => showAccount(c, emptyForm))

async function showAccount(c: Context, mailState: FormState): Promise<Response> {
  const { deps, actor, session } = signedIn(c)
  const postings = await listPostings(deps.db, actor.accountId)
  const named = await Promise.all(
    postings.map(async ({ bodyId }) => ({ bodyId, name: (await getBody(deps.db, bodyId)).name })),
  )
  return renderPage(
    c,
    <AccountPage
      account={await getAccount(deps.db, actor.accountId)}
      bodyName={(await getBody(deps.db, actor.bodyId)).name}
      roles={rolesText(ownRoles(actor))}
      acting={(actor.acting ?? []).map(actingText)}
      postings={named}
      actingBodyId={actor.bodyId}
      sessions={await listSessions(deps.db, actor.accountId, deps.clock.now())}
      currentSessionId={session.sessionId}
      mail={(await listMailChoices(deps.db, [actor.accountId])).get(actor.accountId) ?? { mail: null, mode: 'immediate' }}
      mailServer={deps.config.smtpUrl !== null}
      mailState={mailState}
      flash={takeFlash(c)}
    />,
    { status: statusOf(mailState) },
  )
}

accountRoutes.post('/desk/account/mail', async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, FORM_LIMITS)
  const result = await changeMail(deps, actor, { mail: form.text('mail'), mode: form.text('mode') })
  if (!result.ok) return showAccount(c, { values: form.fields, errors: { [result.field]: result.message } })
  setFlash(c, { tone: 'ok', text: result.mail === null ? '没有留邮箱，只收站内通知' : '通知的邮箱已保存' })
  return c.redirect('/desk/account', 303)
})

accountRoutes.get('/desk/account/password', (c) => showPassword(c, emptyForm))

accountRoutes.post('/desk/account/password', async (c) => {
  const { deps, actor } = signedIn(c)
  const { fields } = await parseForm(c, FORM_LIMITS)
  const [current, next, again] = [fields['current']?.[0] ?? '', fields['next']?.[0] ?? '', fields['again']?.[0] ?? '']
  if (current === '') return showPassword(c, { values: {}, errors: { current: '请填原口令' } })
  if (next !== again) return showPassword(c, { values: {}, errors: { again: '两遍新口令不一样' } })
  const result = await changePassword(deps, actor, { current, next, ...sourceOf(c) })
  if (!result.ok) return showPassword(c, { values: {}, errors: { [result.field]: result.message } })
  giveToken(c, result.token)
  setFlash(c, { tone: 'ok', text: '口令已经更换，其他地方的登录已经结束' })
  return c.redirect('/desk/account', 303)
})

const statusOf = (state: FormState): 200 | 422 => (Object.keys(state.errors).length > 0 ? 422 : 200)

function showPassword(c: Context, state: FormState): Promise<Response> {
  return renderPage(c, <PasswordPage state={state} forced={signedIn(c).session.mustChange} />, { status: statusOf(state) })
}

accountRoutes.post('/desk/account/sessions/end', async (c) => {
  const { deps, actor, session } = signedIn(c)
  const form = await parseForm(c, FORM_LIMITS)
  const now = await listSessions(deps.db, actor.accountId, deps.clock.now())
  const wanted = form.text('others') === '1' ? (id: string) => id !== session.sessionId : (id: string) => id === form.text('sessionId')
  const ended = now.filter((entry) => wanted(entry.sessionId))
  for (const { sessionId } of ended) await endSession(deps, actor, { accountId: actor.accountId, sessionId })
  setFlash(c, ended.length > 0 ? { tone: 'ok', text: `已经结束 ${ended.length} 处登录` } : { tone: 'warn', text: '那处登录已经结束了' })
  return c.redirect('/desk/account', 303)
})

accountRoutes.post('/desk/account/body', async (c) => {
  const { deps, actor, session } = signedIn(c)
  const form = await parseForm(c, FORM_LIMITS)
  await switchBody(deps, actor, { sessionId: session.sessionId, bodyId: form.text('bodyId') })
  setFlash(c, { tone: 'ok', text: '已经换到另一个机关' })
  return c.redirect('/desk/account', 303)
})

const ISSUER = '明窗'

accountRoutes.get('/desk/account/second-factor', (c) => showSecondFactor(c, emptyForm))

async function showSecondFactor(c: Context, state: FormState): Promise<Response> {
  const { deps, actor } = signedIn(c)
  const account = await getAccount(deps.db, actor.accountId)
  const secret = await findPreparedSecret(deps, actor.accountId)
  const prepared = secret && {
    key: (toBase32(secret).match(/.{1,4}/g) ?? []).join(' '),
    uri: totpUri(secret, account.name, ISSUER),
  }
  return renderPage(
    c,
    <SecondFactorSetupPage state={state} enabled={account.hasSecondFactor} prepared={prepared} forced={c.req.query('forced') === '1'} />,
    { status: statusOf(state) },
  )
}

accountRoutes.post('/desk/account/second-factor/prepare', async (c) => {
  const { deps, actor } = signedIn(c)
  await prepareSecondFactor(deps, actor)
  return c.redirect('/desk/account/second-factor', 303)
})

accountRoutes.post('/desk/account/second-factor', async (c) => {
  const { deps, actor, session } = signedIn(c)
  const form = await parseForm(c, FORM_LIMITS)
  const code = form.text('code').replaceAll(' ', '')
  const result = await confirmSecondFactor(deps, actor, { code, sessionId: session.sessionId })
  if (!result.ok) {
    const said = { wrong: '数字不对；请等手机上换了下一个再填，并看手机的时间是否准', 'not-prepared': '请先生成密钥' }
    return showSecondFactor(c, { values: {}, errors: { code: said[result.refusal] } })
  }
  setFlash(c, { tone: 'ok', text: '动态口令已经启用' })
  return c.redirect('/desk/account', 303)
})

accountRoutes.post('/desk/account/second-factor/off', async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, FORM_LIMITS)
  const result = await dropSecondFactor(deps, actor, form.fields['password']?.[0] ?? '')
  if (!result.ok) return showSecondFactor(c, { values: {}, errors: { password: result.message } })
  setFlash(c, { tone: 'warn', text: '动态口令已经停用' })
  return c.redirect('/desk/account', 303)
})
