import { Hono } from 'hono'
import type { Context } from 'hono'
import { can, permit, setFlash, takeFlash } from '../identity/index.ts'
import { NotFound } from '../platform/errors.ts'
import { Confirm, DeskPage, emptyForm, parseListQuery, renderPage } from '../platform/html/index.ts'
import type { FormState } from '../platform/html/index.ts'
import { parseForm } from '../platform/http/index.ts'
import { isId } from '../platform/id.ts'
import { DELIVERY_STATUSES, changeWebhook, createWebhook, getWebhook, isWebhookEvent, listDeliveries, resendDelivery } from '../webhooks/index.ts'
import type { Delivery } from '../webhooks/index.ts'
import { SYSTEM_CRUMBS, SecretPage } from './system-pages.tsx'
import { openSystem } from './system-routes.tsx'
import { NewWebhookPage, WebhookPage } from './webhook-pages.tsx'

/** 工作台的回调：订、暂停、恢复、撤去、重发与发送的记录；挂在 requireSignIn 之后。 */
export const webhookRoutes = new Hono()

const SYSTEM = '/desk/systems/:code/:id'
const HOOK = `${SYSTEM}/webhooks/:hook`
const LIMITS = { maxBytes: 16_384, maxFields: 20 }
const manage = permit('api-system.manage')
const isStatus = (text: string | undefined): text is Delivery['status'] => text !== undefined && Object.hasOwn(DELIVERY_STATUSES, text)

async function newPage(c: Context, state: FormState = emptyForm) {
  const { system, here } = await openSystem(c)
  return renderPage(c, <NewWebhookPage here={here} name={system.name} state={state} />, { status: state === emptyForm ? 200 : 422 })
}

webhookRoutes.get(`${SYSTEM}/webhooks/new`, manage, (c) => newPage(c))

webhookRoutes.post(`${SYSTEM}/webhooks/new`, manage, async (c) => {
  const { deps, actor, ref, system, here } = await openSystem(c)
  const form = await parseForm(c, LIMITS)
  const url = form.text('url')
  const made = await createWebhook(deps, actor, { ...ref, url, events: (form.fields['events'] ?? []).filter(isWebhookEvent) })
  if (!made.ok) return newPage(c, { values: { events: [], ...form.fields }, errors: { [made.field]: made.message } })
  return renderPage(c, <SecretPage title="回调的密钥" what="密钥" secret={made.secret} here={here} name={system.name} facts={[['网址', url], ['用处', '对方凭它验签，见接口说明「回调」']]} />)
})

async function openHook(c: Context) {
  const opened = await openSystem(c)
  const webhookId = c.req.param('hook') ?? ''
  if (!isId(webhookId)) throw new NotFound('回调')
  const hook = await getWebhook(opened.deps.db, { bodyId: opened.ref.bodyId, webhookId })
  if (hook.systemId !== opened.ref.systemId) throw new NotFound('回调')
  return { ...opened, hook }
}

webhookRoutes.get(HOOK, permit('api-system.read'), async (c) => {
  const { deps, actor, system, here, hook } = await openHook(c)
  const query = parseListQuery(c.req.url, { sorts: ['at'], defaultSort: '-at', filters: { status: Object.keys(DELIVERY_STATUSES) } })
  const { status } = query.filters
  const page = await listDeliveries(deps.db, hook, { status: isStatus(status) ? status : undefined, before: isId(query.after) ? query.after : null, limit: query.size })
  return renderPage(
    c,
    <WebhookPage system={here} name={system.name} hook={hook} deliveries={page.rows} next={page.next} query={query} canManage={system.revokedAt === null && can(actor, 'api-system.manage', hook.bodyId)} flash={takeFlash(c)} />,
  )
})

webhookRoutes.get(`${HOOK}/remove`, manage, async (c) => {
  const { system, here, hook } = await openHook(c)
  return renderPage(
    c,
    <DeskPage title="撤去回调" crumbs={[...SYSTEM_CRUMBS, { label: system.name, href: here }]}>
      <Confirm
        what={`撤去发往 ${new URL(hook.url).host} 的回调`}
        consequences={['不再通知这个网址', '发送的记录一并删去，密钥作废；再订须换新的密钥']}
        form={{ action: c.req.path, submit: '撤去回调', cancel: { href: `${here}/webhooks/${hook.webhookId}` } }}
      />
    </DeskPage>,
  )
})

for (const [change, done] of [['pause', '已暂停，其间的改动不通知'], ['resume', '已恢复'], ['remove', '已撤去']] as const) {
  webhookRoutes.post(`${HOOK}/${change}`, manage, async (c) => {
    const { deps, actor, here, hook } = await openHook(c)
    const result = await changeWebhook(deps, actor, { ...hook, change })
    setFlash(c, result === 'done' ? { tone: 'ok', text: done } : { tone: 'error', text: '这个系统已经停用，不能恢复' })
    return c.redirect(change === 'remove' ? here : `${here}/webhooks/${hook.webhookId}`, 303)
  })
}

webhookRoutes.post(`${HOOK}/deliveries/:delivery/resend`, manage, async (c) => {
  const { deps, actor, here, hook } = await openHook(c)
  const deliveryId = c.req.param('delivery')
  if (!isId(deliveryId)) throw new NotFound('这次回调')
  const result = await resendDelivery(deps, actor, { ...hook, deliveryId })
  setFlash(c, result === 'done' ? { tone: 'ok', text: '已交办，稍后刷新看对方的答复' } : { tone: 'error', text: '回调没有在用，请先恢复' })
  return c.redirect(`${here}/webhooks/${hook.webhookId}`, 303)
})
