import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { createApiSystem } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { createAccount } from '../identity/testing.ts'
import { runJobsOnce } from '../platform/jobs.ts'
import { testDb } from '../platform/testing.ts'
import { AddressBlocked, addressGuard } from '../platform/address-guard.ts'
import { announce } from './announce.ts'
import { deliverWebhook, purgeDeliveries, sweepDeliveries } from './deliver-webhook.ts'
import { webhookJobs } from './jobs.ts'
import { changeWebhook, createWebhook, refuseUrl, resendDelivery } from './manage-webhooks.ts'
import { sendWebhook, signatureOf } from './send-webhook.ts'
import { RETRY, waitAfter } from './webhook.ts'
import { getWebhook, listDeliveries } from './webhook-store.ts'

const { db, deps: plain, url: databaseUrl } = testDb()
let now = new Date('2026-01-15T04:00:00Z')
const deps = { ...plain, clock: { now: () => now, today: () => '2026-01-15' }, config: { ...plain.config, webhookAllow: ['127.0.0.1'] } }
const later = (ms: number): void => void (now = new Date(now.getTime() + ms))

interface Heard {
  headers: Record<string, string | string[] | undefined>
  body: string
}
const heard: Heard[] = []
let answer = 200
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => void (body += chunk.toString('utf8')))
  request.on('end', () => {
    heard.push({ headers: request.headers, body })
    if (answer === 302) response.setHeader('location', '/elsewhere')
    response.statusCode = answer
    response.end('ok')
  })
})

let base = ''
let bodyId = ''
let systemId = ''
let admin: Actor
beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'csyxglzx' })).bodyId
  admin = await createAccount(db, { name: 'xi.tong', displayName: '系统（演示）', bodyId, roles: ['system-admin'] })
  systemId = (await createApiSystem(deps, admin, { bodyId, name: '区政务服务大厅' })).systemId
})
afterAll(() => new Promise((resolve) => void server.close(resolve)))

async function subscribe(path = '/hook'): Promise<{ bodyId: string; webhookId: string; secret: string }> {
  const made = await createWebhook(deps, admin, { bodyId, systemId, url: `${base}${path}`, events: ['application.status-changed'] })
  if (!made.ok) throw new Error(made.message)
  return { bodyId, webhookId: made.webhookId, secret: made.secret }
}
const say = (caseId = 'c1') =>
  db.transaction().execute((tx) => announce(tx, [bodyId], now, () => [{ bodyId, event: 'application.status-changed', data: { applicationId: caseId, status: 'examining' } }]))
const latest = async (webhookId: string) => (await listDeliveries(db, { bodyId, webhookId }, { limit: 10 })).rows

test('a change is sent once, signed both ways, by the job written in the same transaction', async () => {
  const hook = await subscribe()
  await expect(
    db.transaction().execute(async (tx) => {
      await announce(tx, [bodyId], now, () => [{ bodyId, event: 'application.status-changed', data: { applicationId: 'lost' } }])
      throw new Error('rolled back')
    }),
  ).rejects.toThrow('rolled back')
  await say()
  await runJobsOnce(databaseUrl, deps, webhookJobs)
  expect(heard).toHaveLength(1)
  const [{ headers, body } = { headers: {}, body: '' }] = heard
  const [, seconds = '', sha256 = '', sm3 = ''] = /^t=(\d+),sha256=([0-9a-f]{64}),sm3=([0-9a-f]{64})$/.exec(String(headers['mingchuang-signature'])) ?? []
  for (const [hash, given] of [['sha256', sha256], ['sm3', sm3]] as const) expect(createHmac(hash, hook.secret).update(`${seconds}.${body}`).digest('hex')).toBe(given)
  expect(JSON.parse(body)).toMatchObject({ event: 'application.status-changed', data: { applicationId: 'c1', status: 'examining' }, id: headers['mingchuang-event-id'] })
  expect(await latest(hook.webhookId)).toMatchObject([{ status: 'delivered', attempts: 1, lastAnswer: '200' }])
  await changeWebhook(deps, admin, { ...hook, change: 'remove' })
})

test('failures wait longer and longer, spare the endpoint, and give up after a day; one can send again', async () => {
  const hook = await subscribe()
  answer = 500
  heard.length = 0
  await say('c2')
  await say('c3')
  const [second, first] = await latest(hook.webhookId)
  const go = (delivery: { deliveryId: string } | undefined) => deliverWebhook(deps, { bodyId, deliveryId: delivery?.deliveryId ?? '' })
  await go(first)
  await go(second)
  // 头一件不成，第二件等着，不再去敲
  expect(heard).toHaveLength(1)
  later(waitAfter(1))
  await go(second)
  expect([heard.length, (await getWebhook(db, hook)).failures]).toEqual([2, 2])
  for (let failures = 2; failures < 25; failures++) {
    later(waitAfter(failures) + RETRY.leaseMs)
    await go(first)
    await go(second)
  }
  expect((await latest(hook.webhookId)).map(({ status, lastAnswer }) => [status, lastAnswer])).toEqual([['failed', '500'], ['failed', '500']])
  answer = 204
  expect(await resendDelivery(deps, admin, { ...hook, deliveryId: first?.deliveryId ?? '' })).toBe('done')
  await go(first)
  expect((await latest(hook.webhookId)).at(-1)).toMatchObject({ status: 'delivered', lastAnswer: '204', eventId: first?.eventId })
  expect((await getWebhook(db, hook)).failures).toBe(0)
  await changeWebhook(deps, admin, { ...hook, change: 'remove' })
})

test('an endpoint that never answers is disabled and says so; nothing more is sent until resumed', async () => {
  const hook = await subscribe()
  answer = 503
  for (let failures = 0; failures < RETRY.disableAfter; failures++) {
    await say(`d${failures}`)
    later(RETRY.longestMs + RETRY.leaseMs)
    const [newest] = await latest(hook.webhookId)
    await deliverWebhook(deps, { bodyId, deliveryId: newest?.deliveryId ?? '' })
  }
  expect(await getWebhook(db, hook)).toMatchObject({ status: 'disabled' })
  const told = await db.selectFrom('notice').select(['title', 'href']).execute()
  expect(told).toMatchObject([{ title: '「区政务服务大厅」的回调屡次不通，已自动停用', href: `/desk/systems/csyxglzx/${systemId}/webhooks/${hook.webhookId}` }])
  const before = (await latest(hook.webhookId))[0]?.deliveryId
  await say('unheard')
  expect((await latest(hook.webhookId))[0]?.deliveryId).toBe(before)
  expect(await resendDelivery(deps, admin, { ...hook, deliveryId: before ?? '' })).toBe('not-active')
  await changeWebhook(deps, admin, { ...hook, change: 'resume' })
  answer = 200
  await say('heard')
  const [newest] = await latest(hook.webhookId)
  await deliverWebhook(deps, { bodyId, deliveryId: newest?.deliveryId ?? '' })
  expect((await latest(hook.webhookId))[0]).toMatchObject({ status: 'delivered' })
})

test('a lost job is taken up by the sweep, and old deliveries are cleared away', async () => {
  const hook = await subscribe('/swept')
  await say('swept')
  await db.deleteFrom('graphile_worker._private_jobs' as never).execute()
  later(RETRY.leaseMs * 2)
  await sweepDeliveries(db, now)
  heard.length = 0
  await runJobsOnce(databaseUrl, deps, webhookJobs)
  expect(heard.some(({ body }) => body.includes('swept'))).toBe(true)
  later(31 * 24 * 3600_000)
  await purgeDeliveries(db, now)
  expect(await latest(hook.webhookId)).toEqual([])
})

test('redirects are not followed; only https in production', async () => {
  const one = { secret: 's', event: 'e', eventId: 'i', body: '{}', at: now }
  answer = 302
  heard.length = 0
  expect(await sendWebhook({ ...one, url: `${base}/a` }, { allow: ['127.0.0.1'], httpsOnly: false })).toEqual({ ok: false, answer: '302' })
  expect(heard).toHaveLength(1)
  expect(await sendWebhook({ ...one, url: `${base}/a` }, { allow: ['127.0.0.1'], httpsOnly: true })).toEqual({ ok: false, answer: 'url-not-allowed' })
  expect(signatureOf('s', 1, '{}')).toContain('t=1,')
})

test('no address inside is reached, by number or by name, unless allowed', async () => {
  const one = { secret: 's', event: 'e', eventId: 'i', body: '{}', at: now }
  heard.length = 0
  const port = new URL(base).port
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '0', '10.0.0.8', '169.254.169.254', '192.168.1.1', '172.31.0.1', '100.64.0.1', '[fd00::1]', '[fe80::1]'])
    expect([host, await sendWebhook({ ...one, url: `http://${host}:${port}/` }, { allow: [], httpsOnly: false })]).toEqual([host, { ok: false, answer: 'address-blocked' }])
  expect(heard).toEqual([])
  answer = 200
  for (const allow of [['127.0.0.0/8'], ['localhost']]) expect((await sendWebhook({ ...one, url: `http://localhost:${port}/` }, { allow: [...allow, '::1'], httpsOnly: false })).ok).toBe(true)
  const guard = addressGuard(['10.20.0.0/16'])
  expect(() => guard.check('10.20.3.4')).not.toThrow()
  expect(() => guard.check('10.21.3.4')).toThrow(AddressBlocked)
  expect(() => guard.check('114.114.114.114')).not.toThrow()
})

test('every private address is refused, however it is written', () => {
  const { check } = addressGuard([])
  const octet = fc.integer({ min: 0, max: 255 })
  const nets = fc.constantFrom<(a: number, b: number, c: number) => string>(
    (a, b, c) => `10.${a}.${b}.${c}`,
    (a, b, c) => `127.${a}.${b}.${c}`,
    (a, b, c) => `172.${16 + (a % 16)}.${b}.${c}`,
    (_, b, c) => `192.168.${b}.${c}`,
    (_, b, c) => `169.254.${b}.${c}`,
  )
  fc.assert(
    fc.property(nets, octet, octet, octet, fc.boolean(), (net, a, b, c, mapped) => {
      expect(() => check(`${mapped ? '::ffff:' : ''}${net(a, b, c)}`)).toThrow(AddressBlocked)
    }),
    { numRuns: 300 },
  )
})

test('what is wrong with an address is said when subscribing', () => {
  const production = { ...deps.config, mode: 'production' as const }
  expect(refuseUrl('hall.example.cn', deps.config)).toContain('完整的网址')
  expect(refuseUrl('ftp://hall.example.cn', deps.config)).toContain('完整的网址')
  expect(refuseUrl('http://hall.example.cn/a', production)).toContain('https')
  expect(refuseUrl('https://u:p@hall.example.cn/a', production)).toContain('不要写用户名')
  expect(refuseUrl('https://10.0.0.1/a', production)).toContain('WEBHOOK_ALLOW')
  expect(refuseUrl('https://hall.example.cn/a', production)).toBeNull()
})

test('a system subscribes to few endpoints; only the system administrator may', async () => {
  const officer = await createAccount(db, { name: 'jing.ban', displayName: '经办（演示）', bodyId, roles: ['disclosure-officer'] })
  const input = { bodyId, systemId, url: `${base}/x`, events: ['letter.issued'] as const }
  expect(() => createWebhook(deps, officer, input)).toThrow('接入系统')
  let last: Awaited<ReturnType<typeof createWebhook>> = await createWebhook(deps, admin, input)
  for (let n = 0; n < 6 && last.ok; n++) last = await createWebhook(deps, admin, input)
  expect(last).toMatchObject({ ok: false, field: 'url' })
})
