import { Hono } from 'hono'
import type { Context } from 'hono'
import { findBodyByCode } from '../../bodies/index.ts'
import { can } from '../../identity/index.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm, rateLimit } from '../../platform/http/index.ts'
import { errorsOf, hasErrors, textProblem } from '../progress/check-text.ts'
import { findByCode } from './sessions.ts'
import { signByCode } from './sign-in.ts'
import { SignedPage, SignInClosedPage, SignInPage } from './sign-in-pages.tsx'

/** 扫码签到，不须登录；码一小时失效，限速。 */
export const signInRoutes = new Hono()

export const signInPath = (bodyCode: string, code: string): string => `/training/${bodyCode}/${code}`
const AT = '/training/:body/:sign{[0-9A-Z]{10}}'

// 会场里的人多从同一处出去，故放得宽；码有三十的十次方种，猜不中
const limit = rateLimit({ burst: 120, perMinute: 60 })

/** 码所指的那一场；没有的、过了时候的为 null。 */
async function open(c: Context) {
  const { db, clock } = c.get('deps')
  const body = await findBodyByCode(db, (c.req.param('body') ?? '').slice(0, 40))
  const session = body === null ? null : await findByCode(db, body.bodyId, c.req.param('sign') ?? '', clock.now())
  const actor = c.get('actor')
  return body === null || session === null ? null : { body, session, actor: actor !== null && can(actor, 'training.take') ? actor : null }
}

const closed = (c: Context) => renderPage(c, <SignInClosedPage />, { status: 404 })

async function page(c: Context, state: FormState = emptyForm) {
  const found = await open(c)
  if (found === null) return closed(c)
  const { body, session, actor } = found
  return renderPage(c, <SignInPage session={session} bodyName={body.name} action={signInPath(body.code, session.signIn?.code ?? '')} person={actor?.name ?? null} state={state} />, { status: state === emptyForm ? 200 : 422 })
}

signInRoutes.get(AT, limit, (c) => page(c))

signInRoutes.post(AT, limit, async (c) => {
  const found = await open(c)
  if (found === null) return closed(c)
  const { body, session, actor } = found
  const form = await parseForm(c, { maxBytes: 8 * 1024, maxFields: 6 })
  const [name, unit] = [form.text('name'), form.text('unit')]
  const errors = actor === null ? errorsOf({ name: textProblem(name, 2, 50), unit: textProblem(unit, 2, 80) }) : {}
  if (hasErrors(errors)) return page(c, { values: form.fields, errors })
  const done = await signByCode(c.get('deps'), actor, { bodyId: body.bodyId, code: session.signIn?.code ?? '', name, unit })
  if (done === 'closed') return closed(c)
  if (done === 'full') return page(c, { values: form.fields, errors: { '': '签到的人满了，请找经办人' } })
  return renderPage(c, <SignedPage topic={session.topic} />)
})
