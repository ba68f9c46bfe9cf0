import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { listAudit } from '../audit/index.ts'
import { aBody, aDistrict } from '../bodies/testing.ts'
import type { Role, SignedInActor } from '../identity/index.ts'
import { cookieFor, createAccount } from '../identity/testing.ts'
import { runJobsOnce } from '../platform/jobs.ts'
import { testDb } from '../platform/testing.ts'
import { jobHandlers } from '../wiring.ts'
import { aClient, anIntake } from './testing.ts'

const { db, deps: plain, url: databaseUrl } = testDb()
const deps = { ...plain, config: { ...plain.config, webhookAllow: ['127.0.0.1'] } }
const app = createApp(deps, appParts(deps))

const heard: { event: string; data: Record<string, unknown> }[] = []
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => void (body += chunk.toString('utf8')))
  request.on('end', () => {
    heard.push(JSON.parse(body) as (typeof heard)[number])
    response.end()
  })
})

let bodyId = ''
let hookUrl = ''
const people = new Map<Role, SignedInActor>()
beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  hookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', codeWord: '示' })).bodyId
  const office = (await aBody(deps, { code: 'zfb', name: '示例区政府办公室', kind: 'district-office' })).bodyId
  for (const role of ['system-admin', 'security-admin', 'auditor'] as const) people.set(role, await createAccount(db, { name: role, displayName: role, bodyId: office, roles: [role] }))
  for (const role of ['disclosure-head', 'disclosure-officer'] as const) people.set(role, await createAccount(db, { name: role, displayName: role, bodyId, roles: [role] }))
})
afterAll(() => new Promise((resolve) => void server.close(resolve)))

async function as(role: Role) {
  const actor = people.get(role)
  if (actor === undefined) throw new Error(role)
  const headers = { cookie: await cookieFor(db, actor, deps.clock.now()), 'sec-fetch-site': 'same-origin' }
  return {
    get: (path: string) => app.request(path, { headers }),
    post: (path: string, fields: Record<string, string | readonly string[]> = {}) => {
      const body = new URLSearchParams()
      for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one)
      return app.request(path, { method: 'POST', headers, body })
    },
  }
}
const secretIn = (html: string): string => /<code class="break">([^<]+)<\/code>/.exec(html)?.[1] ?? ''

async function connect(name: string): Promise<string> {
  const made = await (await as('system-admin')).post('/desk/systems/new', { name, bodyId })
  expect(made.status).toBe(303)
  return made.headers.get('location') ?? ''
}

test('one administrator connects and issues, the other grants: only then may the system act; the token is shown once', async () => {
  const [system, security] = [await as('system-admin'), await as('security-admin')]
  const here = await connect('区政务服务大厅')
  expect(await (await system.get(here)).text()).toContain('还没有定')
  const shown = await (await system.post(`${here}/tokens/new`, { overlap: '0' })).text()
  const token = secretIn(shown)
  expect(token).toMatch(/^mc_[\w-]{86}$/)
  const client = aClient(app, token)
  expect((await client.get('/api/applications')).status).toBe(403)
  expect((await system.post(`${here}/scopes`, { scopes: ['applications:read'] })).status).toBe(403)
  expect((await security.post(`${here}/tokens/new`, { overlap: '0' })).status).toBe(403)
  expect((await security.post(`${here}/scopes`, { scopes: ['applications:read', 'nonsense'] })).status).toBe(303)
  expect((await client.get('/api/applications')).status).toBe(200)
  const page = await (await system.get(here)).text()
  expect(page).not.toContain(token)
  for (const words of ['查询申请办到哪里', '换发令牌', '有效', '订回调']) expect(page).toContain(words)
})

test('a token is renewed with an overlap, ended one by one, or with the whole system', async () => {
  const system = await as('system-admin')
  const here = await connect('省级平台')
  const first = secretIn(await (await system.post(`${here}/tokens/new`, { overlap: '0' })).text())
  expect(await (await system.get(`${here}/tokens/new`)).text()).toContain('此前的令牌再用七日')
  expect((await system.post(`${here}/tokens/new`, { overlap: 'x' })).status).toBe(422)
  const second = secretIn(await (await system.post(`${here}/tokens/new`, { overlap: '7' })).text())
  const status = async (token: string) => (await aClient(app, token).get('/api/system')).status
  expect([await status(first), await status(second)]).toEqual([200, 200])
  const [, revoke = ''] = /href="([^"]+\/revoke)" aria-label="作废尾号/.exec(await (await system.get(here)).text()) ?? []
  expect(await (await system.get(revoke)).text()).toContain('不能恢复')
  await system.post(revoke)
  expect([await status(first), await status(second)]).toEqual([200, 401])
  expect(await (await system.get(`${here}/revoke`)).text()).toContain('不能再启用')
  await system.post(`${here}/webhooks/new`, { url: hookUrl, events: ['application.created'] })
  await (await as('security-admin')).post(`${here}/revoke`)
  const [, hook = ''] = new RegExp(`href="(${here}/webhooks/[0-9a-f-]{36})"`).exec(await (await system.get(here)).text()) ?? []
  await system.post(`${hook}/resume`)
  expect(await (await system.get(hook)).text()).toContain('已暂停')
  expect(await status(first)).toBe(401)
  expect((await system.post(`${here}/tokens/new`, { overlap: '0' })).status).toBe(422)
  expect(await (await system.get(here)).text()).toContain('已停用')
})

test('what is wrong is said beside its field and stays; the head sees the systems of the own body only, the officer none', async () => {
  const system = await as('system-admin')
  const bad = await system.post('/desk/systems/new', { name: 'x'.repeat(61), bodyId: '' })
  const html = await bad.text()
  expect([bad.status, html.includes('不超过 60 个字'), html.includes('请选择接入的机关'), html.includes('x'.repeat(61))]).toEqual([422, true, true, true])
  const own = await connect('甲平台')
  const elsewhere = (await system.post('/desk/systems/new', { name: '乙平台', bodyId: people.get('system-admin')?.bodyId ?? '' })).headers.get('location') ?? ''
  const head = await as('disclosure-head')
  const list = await (await head.get('/desk/systems')).text()
  expect([list.includes('甲平台'), list.includes('乙平台')]).toEqual([true, false])
  expect([(await head.get(own)).status, (await head.get(elsewhere)).status, (await head.post(`${own}/scopes`, { scopes: [] })).status]).toEqual([200, 403, 403])
  expect((await (await as('disclosure-officer')).get('/desk/systems')).status).toBe(403)
  expect((await (await as('auditor')).get(elsewhere)).status).toBe(200)
  const found = await (await system.get('/desk/systems?q=%E4%B9%99&status=live')).text()
  expect([found.includes('乙平台'), found.includes('甲平台')]).toEqual([true, false])
  expect((await system.get('/desk/systems/sljd/nonsense')).status).toBe(404)
})

test('a change of a case reaches the subscriber, with codes and dates only; the log says so; it can be sent again, paused, removed', async () => {
  const [system, security] = [await as('system-admin'), await as('security-admin')]
  const here = await connect('回调平台')
  await security.post(`${here}/scopes`, { scopes: ['applications:submit', 'applications:act'] })
  const client = aClient(app, secretIn(await (await system.post(`${here}/tokens/new`, { overlap: '0' })).text()))
  const wrong = await system.post(`${here}/webhooks/new`, { url: 'http://10.1.1.1/x', events: ['application.created'] })
  expect([wrong.status, (await wrong.text()).includes('WEBHOOK_ALLOW')]).toEqual([422, true])
  const made = await (await system.post(`${here}/webhooks/new`, { url: hookUrl, events: ['application.created', 'application.status-changed', 'application.due-changed'] })).text()
  expect(secretIn(made)).toMatch(/^[\w-]{43}$/)
  const { id } = (await (await client.post('/api/applications', anIntake())).json()) as { id: string }
  await client.post(`/api/applications/${id}/confirm-receipt`, { on: '2026-01-15' })
  await runJobsOnce(databaseUrl, deps, jobHandlers)
  expect(heard.map(({ event, data }) => [event, data['status'], data['dueOn']])).toEqual(
    expect.arrayContaining([
      ['application.created', 'received-unconfirmed', null],
      ['application.status-changed', 'registered', '2026-02-12'],
      ['application.due-changed', 'registered', '2026-02-12'],
    ]),
  )
  for (const personal of ['张三丰', '11010519491231002X', '13800001234', '加装电梯']) expect(JSON.stringify(heard)).not.toContain(personal)
  const [, hook = ''] = new RegExp(`href="(${here}/webhooks/[0-9a-f-]{36})"`).exec(await (await system.get(here)).text()) ?? []
  const log = await (await system.get(hook)).text()
  for (const words of ['已送到', '答 200', '登记了一件申请', '重发']) expect(log).toContain(words)
  const [, resend = ''] = /action="([^"]+\/resend)"/.exec(log) ?? []
  const before = heard.length
  await system.post(resend)
  await runJobsOnce(databaseUrl, deps, jobHandlers)
  expect(heard.length).toBe(before + 1)
  await system.post(`${hook}/pause`)
  await client.post(`/api/applications/${id}/withdraw`, { on: '2026-01-15' })
  await runJobsOnce(databaseUrl, deps, jobHandlers)
  expect([heard.length, (await (await system.get(hook)).text()).includes('已暂停')]).toEqual([before + 1, true])
  expect(await (await system.get(`${hook}/remove`)).text()).toContain('密钥作废')
  await system.post(`${hook}/remove`)
  expect((await system.get(hook)).status).toBe(404)
  const { entries } = await listAudit(db, { bodyId, action: 'webhook.' })
  expect(entries.slice(0, 4).map(({ action }) => action)).toEqual(['webhook.removed', 'webhook.paused', 'webhook.resent', 'webhook.created'])
})

test('the documents come from the same schemas: every operation, every code, every event is explained', async () => {
  const document = (await (await app.request('/api/openapi.json')).json()) as { openapi: string; paths: Record<string, Record<string, { summary?: string; security?: unknown }>> }
  expect(document.openapi).toBe('3.1.0')
  const registered = [...new Set(app.routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/') && path !== '/api/openapi.json').map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)(\{[^}]*\})?/g, '{$1}')}`))]
  const written = Object.entries(document.paths).flatMap(([path, item]) => Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`))
  expect(written.toSorted()).toEqual(registered.toSorted())
  const text = JSON.stringify(document)
  const refs = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name)
  expect(refs.length).toBeGreaterThan(20)
  for (const name of refs) expect(text).toContain(`"${name}":{"type"`)
  const html = await (await app.request('/api')).text()
  for (const [path, item] of Object.entries(document.paths)) for (const each of Object.values(item)) expect([path, html.includes(path), html.includes(each.summary ?? '?'), each.security !== undefined]).toEqual([path, true, true, true])
  for (const words of ['Idempotency-Key', 'id="duplicates"', 'application.due-changed', 'HMAC-SM3', 'applicant.name', '当面提交']) expect(html).toContain(words)
  expect(html).not.toContain('<script')
})
