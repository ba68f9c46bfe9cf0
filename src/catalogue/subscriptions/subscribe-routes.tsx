import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { findBodyByCode, listBodies } from '../../bodies/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { toFormState, emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { createRateLimiter, parseForm, rateLimit } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { isMailAddress } from '../../platform/mail/index.ts'
import { TOPICS } from '../item-details.ts'
import type { Topic } from '../item-details.ts'
import { subscribe } from './subscribe.ts'
import { AskedPage, ConfirmPage, EndPage, EndedPage, LinkGonePage, SUBSCRIBE, SubscribePage } from './subscribe-pages.tsx'
import { CONFIRM_WITHIN_MS, tidyWords } from './subscription.ts'
import type { Wish } from './subscription.ts'
import { confirmSubscription, deleteSubscription, findSubscription, markOf, toWish } from './subscription-store.ts'
import type { SubscriptionRow } from './subscription-store.ts'
import { isToken } from './subscription-token.ts'
import type { SubscriptionAct } from './subscription-token.ts'
import { wishText } from './wish-text.ts'

const SMALL = { maxBytes: 8 * 1024, maxFields: 10 }
const LINK = { burst: 30, perMinute: 30 } as const

/** 公众的邮件订阅：订、凭邮件里的链接确认与退订。限速各应用一份。 */
export function subscribeRoutes(): Hono {
  const routes = new Hono()

  routes.get(SUBSCRIBE, (c) => {
    const asked = new URL(c.req.url).searchParams
    const values = Object.fromEntries(['body', 'topic', 'words'].flatMap((name) => (asked.has(name) ? [[name, [(asked.get(name) ?? '').slice(0, 60)]]] : [])))
    return page(c, { ...emptyForm, values })
  })

  // 同一地址一天至多收几封确认邮件，免得被人拿来骚扰；多出的不发，来人看不出
  const perAddress = createRateLimiter({ burst: 4, perMinute: 4 / (24 * 60) })

  routes.post(SUBSCRIBE, rateLimit({ burst: 10, perMinute: 2 }), async (c) => {
    const deps = c.get('deps')
    const form = await parseForm(c, SMALL)
    const parsed = FORM.safeParse(form.first())
    const body = form.text('body') === '' ? null : await findBodyByCode(deps.db, form.text('body').slice(0, 60))
    const issues = [...(parsed.error?.issues ?? []), ...(form.text('body') !== '' && body === null ? [{ path: ['body'], message: '请从所列的机关里选' }] : [])]
    if (!parsed.success || issues.length > 0) return page(c, toFormState(form.fields, issues), 422)
    const { topic, words, mail } = parsed.data
    const wish: Wish = { bodyId: body?.bodyId ?? null, topic: topic === '' ? null : (topic as Topic), words }
    const mark = markOf(fieldKeys(deps.config.secretKey), mail).toString('base64')
    if (perAddress.take(mark, deps.clock.now().getTime()) === 0) await subscribe(deps, { mail, wish })
    return c.redirect('/subscribe/asked', 303)
  })

  routes.get('/subscribe/asked', (c) => renderPage(c, <AskedPage />))

  routes.get('/subscribe/confirm/:id/:token', rateLimit(LINK), async (c) => {
    const found = await load(c, 'confirm')
    if (found === null || found.row === null) return gone(c)
    return renderPage(c, <ConfirmPage {...found} active={found.row.state === 'active'} />)
  })

  routes.post('/subscribe/confirm/:id/:token', rateLimit(LINK), async (c) => {
    const { db, clock } = c.get('deps')
    const found = await load(c, 'confirm')
    if (found === null || found.row === null) return gone(c)
    await confirmSubscription(db, found.id, clock.now())
    return c.redirect(found.path, 303)
  })

  routes.get('/subscribe/end/:id/:token', rateLimit(LINK), async (c) => {
    const found = await load(c, 'end')
    if (found === null) return gone(c)
    return found.row === null ? renderPage(c, <EndedPage />) : renderPage(c, <EndPage {...found} />)
  })

  // 邮件软件的「退订」按钮也来这里（RFC 8058），没有 Cookie，也没有来处
  routes.post('/subscribe/end/:id/:token', rateLimit(LINK), async (c) => {
    const found = await load(c, 'end')
    if (found === null) return gone(c)
    await deleteSubscription(c.get('deps').db, found.id)
    return renderPage(c, <EndedPage />)
  })
  return routes
}

const page = async (c: Context, state: FormState, status: 200 | 422 = 200) => renderPage(c, <SubscribePage bodies={await listBodies(c.get('deps').db)} state={state} />, { status })

const FORM = z.object({
  body: z.string().default(''),
  topic: z.string().default('').refine((text) => text === '' || Object.hasOwn(TOPICS, text), '请从所列的主题里选'),
  words: z.string().default('').transform(tidyWords).refine((text) => text.length <= 60, '不超过 60 个字'),
  mail: z.string('请填写电子邮箱').trim().min(1, '请填写电子邮箱').refine((text) => text === '' || isMailAddress(text), '不像一个邮箱地址，如 name@example.cn'),
})

// 密令不对的与没有的一样；退订了的、过期的没有
async function load(c: Context, act: SubscriptionAct) {
  const { db, config } = c.get('deps')
  const [id, token] = [c.req.param('id') ?? '', c.req.param('token') ?? '']
  if (!isId(id) || !isToken(fieldKeys(config.secretKey), act, id, token)) return null
  const row = notExpired(await findSubscription(db, id), c.get('deps').clock.now())
  return { id, path: c.req.path, row, wish: row === null ? '' : await wishText(db, toWish(row)) }
}

// 没有确认而过了四十八小时的，等着删，已不能确认
const notExpired = (row: SubscriptionRow | null, now: Date): SubscriptionRow | null =>
  row?.state === 'waiting' && now.getTime() - row.created_at.getTime() > CONFIRM_WITHIN_MS ? null : row

const gone = (c: Context) => renderPage(c, <LinkGonePage />, { status: 404 })
