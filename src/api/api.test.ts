import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { applicationVerifiers } from '../applications/index.ts'
import { PNG, aCitizen } from '../applications/citizen/testing-citizen.ts'
import { listAudit } from '../audit/index.ts'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { grantScopes, issueToken, revokeApiSystem, revokeApiToken, SCOPE_NAMES } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { cookieFor, createAccount } from '../identity/testing.ts'
import type { SignedInActor } from '../identity/index.ts'
import { newId } from '../platform/id.ts'
import { testDb } from '../platform/testing.ts'
import { verifyAll } from '../platform/verify.ts'
import { purgeRequests } from './once.ts'
import { depthOf } from './json-body.ts'
import { Application, ApplicationDetail } from './schemas.ts'
import { aClient, aSystem, anIntake } from './testing.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))

let bodyId = ''
let otherBody = ''
let admin: Actor
let security: Actor
let officer: SignedInActor
let hall: Awaited<ReturnType<typeof aSystem>>
let client: ReturnType<typeof aClient>
beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  otherBody = (await aBody(deps, { code: 'csyxglzx', codeWord: '城' })).bodyId
  admin = await createAccount(db, { name: 'xi.tong', displayName: '系统（演示）', bodyId, roles: ['system-admin'] })
  security = await createAccount(db, { name: 'an.quan', displayName: '安全（演示）', bodyId, roles: ['security-admin'] })
  officer = await createAccount(db, { name: 'jing.ban', displayName: '经办（演示）', bodyId, roles: ['disclosure-officer'] })
  hall = await aSystem(deps, { admin, security, bodyId, scopes: SCOPE_NAMES })
  client = aClient(app, hall.token)
})

let serial = 0
/** 各件内容不同，免得查重。 */
const intake = (given: Record<string, unknown> = {}) => {
  serial += 1
  const person = given['applicant'] ?? {}
  return anIntake({ content: `第 ${serial} 个小区加装电梯的批复`, ...given, applicant: { kind: 'B', name: `示例第${serial}公司`, contact: '027-88886666', ...person } })
}
interface Made {
  id: string
  regNo: string
  accessCode: string
}
const registered = async (given: Record<string, unknown> = {}) => {
  const response = await client.post('/api/applications', intake(given))
  if (response.status !== 201) throw new Error(await response.text())
  return (await response.json()) as Made
}
const problemOf = async (response: Response) => {
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  return (await response.json()) as { status: number; code: string; detail: string; errors?: { pointer: string; detail: string }[] } & Record<string, unknown>
}
const listOf = async (response: Response) => (await response.json()) as { items: { id: string }[]; next: string | null }
const at = (path: string) => `/api/applications/${path}`

test('a hall hands in an application: registered by the same rules, with a code the citizen can follow it by', async () => {
  const response = await client.post('/api/applications', anIntake({ proof: '省平台 2026-0001' }))
  expect(response.status).toBe(201)
  const made = (await response.json()) as Made
  expect(made).toMatchObject({ regNo: '示公开申〔2026〕1号', status: 'received-unconfirmed', receivedOn: null, dueOn: null })
  expect(made.accessCode).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/)
  const citizen = aCitizen(app)
  expect((await citizen.post('/applications/track', { regNo: made.regNo, code: made.accessCode })).headers.get('location')).toBe('/applications/track/case')
  const first = await db.selectFrom('timeline_event').selectAll().where('case_id', '=', made.id).execute()
  expect(first.map(({ kind, actor }) => [kind, actor])).toEqual([['submitted', `api:${hall.systemId}`]])
  const confirmed = await client.post(at(`${made.id}/confirm-receipt`), { on: '2026-01-15', proof: '电话确认 10:20' })
  expect([confirmed.status, await confirmed.json()]).toMatchObject([200, { status: 'registered', receivedOn: '2026-01-15', dueOn: '2026-02-12', clock: 'running' }])
})

test('received at the counter it runs at once; signed mail runs from the day it was signed for', async () => {
  expect(await registered({ channel: 'IN_PERSON' })).toMatchObject({ status: 'registered', receivedOn: '2026-01-15', dueOn: '2026-02-12' })
  expect(await registered({ channel: 'POST_SIGNED', submittedOn: '2026-01-12', confirmedOn: '2026-01-13' })).toMatchObject({ receivedOn: '2026-01-13' })
})

test('the desk opens what a hall handed in, and names the system', async () => {
  const { id } = await registered({ channel: 'IN_PERSON' })
  const page = await app.request(`/desk/applications/${id}`, { headers: { cookie: await cookieFor(db, officer, deps.clock.now()) } })
  const html = await page.text()
  expect([page.status, html.includes('区政务服务大厅')]).toEqual([200, true])
})

test('unknown, malformed, expired and revoked tokens, and those of a closed system, get the same answer', async () => {
  const one = await aSystem(deps, { admin, security, bodyId, scopes: ['applications:read'], name: '甲' })
  const two = await aSystem(deps, { admin, security, bodyId, scopes: ['applications:read'], name: '乙' })
  const [token] = await db.selectFrom('api_token').select('token_id').where('system_id', '=', one.systemId).execute()
  await revokeApiToken(deps, security, { bodyId, systemId: one.systemId, tokenId: token?.token_id ?? '' })
  await revokeApiSystem(deps, security, two)
  const old = await aSystem(deps, { admin, security, bodyId, scopes: ['applications:read'], name: '丙' })
  await db.updateTable('api_token').set({ expires_at: new Date('2026-01-01') }).where('system_id', '=', old.systemId).execute()
  const changed = `${hall.token.slice(0, -1)}${hall.token.endsWith('A') ? 'Q' : 'A'}`
  const answers = await Promise.all(
    [one.token, two.token, old.token, changed, 'mc_nonsense', ''].map(async (each) => {
      const response = await aClient(app, each).get('/api/system')
      const { code, detail, title } = await problemOf(response)
      return [response.status, response.headers.get('www-authenticate'), code, title, detail]
    }),
  )
  expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1)
  expect(answers[0]?.slice(0, 3)).toEqual([401, 'Bearer', 'unauthorized'])
})

test('a new token leaves the old one a few days; without overlap it ends at once; stored is only a hash', async () => {
  const ref = await aSystem(deps, { admin, security, bodyId, scopes: ['applications:read'], name: '换发' })
  const status = async (token: string) => (await aClient(app, token).get('/api/system')).status
  const next = await issueToken(deps, admin, { bodyId, systemId: ref.systemId, overlapDays: 7 })
  if (!next.ok) throw new Error(next.refusal)
  expect([await status(ref.token), await status(next.token)]).toEqual([200, 200])
  setToday('2026-01-23')
  expect([await status(ref.token), await status(next.token)]).toEqual([401, 200])
  setToday('2026-01-15')
  const last = await issueToken(deps, admin, { bodyId, systemId: ref.systemId, overlapDays: 0 })
  expect([await status(next.token), last.ok && (await status(last.token))]).toEqual([401, 200])
  const stored = JSON.stringify([await db.selectFrom('api_token').selectAll().execute(), await db.selectFrom('audit_event').selectAll().execute()])
  expect(stored).not.toContain(next.token)
})

test('each scope opens its own doors and no other; another body’s cases are not there', async () => {
  const { id } = await registered({ channel: 'IN_PERSON' })
  const doors = {
    'applications:submit': [(c: typeof client) => c.post('/api/applications', intake()), 201],
    'applications:read': [(c: typeof client) => c.get(at(id)), 200],
    'applications:act': [(c: typeof client) => c.post(at(`${id}/confirm-receipt`), { on: '2026-01-15' }), 409],
    'letters:read': [(c: typeof client) => c.get(at(`${id}/letters`)), 200],
    'personal-data:read': [(c: typeof client) => c.get(at(`${id}/applicant`), { 'access-reason': encodeURIComponent('核对地址') }), 200],
  } as const
  for (const scope of SCOPE_NAMES) {
    const own = aClient(app, (await aSystem(deps, { admin, security, bodyId, scopes: [scope], name: scope })).token)
    const other = aClient(app, (await aSystem(deps, { admin, security, bodyId: otherBody, scopes: [scope], name: scope })).token)
    for (const [door, [open, status]] of Object.entries(doors)) expect([scope, door, (await open(own)).status]).toEqual([scope, door, door === scope ? status : 403])
    if (scope !== 'applications:submit') expect([scope, (await doors[scope][0](other)).status]).toEqual([scope, 404])
  }
  const other = aClient(app, (await aSystem(deps, { admin, security, bodyId: otherBody, scopes: ['applications:read'] })).token)
  expect((await listOf(await other.get('/api/applications'))).items).toEqual([])
})

test('scopes taken back are gone at the next call; only the security administrator gives them', async () => {
  const ref = await aSystem(deps, { admin, security, bodyId, scopes: ['applications:read'], name: '收回' })
  expect((await aClient(app, ref.token).get('/api/applications')).status).toBe(200)
  await grantScopes(deps, security, { bodyId, systemId: ref.systemId, scopes: [] })
  expect((await aClient(app, ref.token).get('/api/applications')).status).toBe(403)
  expect(() => grantScopes(deps, admin, { bodyId, systemId: ref.systemId, scopes: ['applications:read'] })).toThrow('权限')
  expect(() => issueToken(deps, security, { bodyId, systemId: ref.systemId, overlapDays: 0 })).toThrow('令牌')
})

test('the same key twice makes one application and the same answer; another body under it is refused', async () => {
  const body = intake({ channel: 'IN_PERSON' })
  const key = newId()
  const both = await Promise.all([client.post('/api/applications', body, key), client.post('/api/applications', body, key), client.post('/api/applications', body, key)])
  const answers = await Promise.all(both.map(async (response) => (await response.json()) as Made))
  expect(both.map((response) => response.status)).toEqual([201, 201, 201])
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(both.filter((response) => response.headers.get('idempotency-replayed') === 'true')).toHaveLength(2)
  expect(await problemOf(await client.post('/api/applications', intake(), key))).toMatchObject({ status: 422, code: 'key-reused' })
  expect(await problemOf(await client.post(at(`${answers[0]?.id}/withdraw`), { on: '2026-01-15' }, key))).toMatchObject({ code: 'key-reused' })
  const stored = await db.selectFrom('api_request').selectAll().where('key', '=', key).execute()
  expect(JSON.stringify(stored)).not.toContain(answers[0]?.accessCode)
  setToday('2026-01-23')
  await purgeRequests(db, deps.clock.now())
  setToday('2026-01-15')
  expect(await db.selectFrom('api_request').select('key').execute()).toEqual([])
})

test('what was refused leaves nothing behind, and may be put right under the same key', async () => {
  const key = newId()
  const before = await db.selectFrom('application').select('case_id').execute()
  const wrong = await problemOf(await client.post('/api/applications', intake({ channel: 'IN_PERSON', submittedOn: '2026-02-15' }), key))
  expect(wrong).toMatchObject({ code: 'invalid', detail: '日期不能晚于今日。' })
  expect((await db.selectFrom('application').select('case_id').execute()).length).toBe(before.length)
  expect((await client.post('/api/applications', intake({ channel: 'IN_PERSON' }), key)).status).toBe(201)
  expect(await problemOf(await app.request('/api/applications', { method: 'POST', headers: { authorization: `Bearer ${hall.token}`, 'content-type': 'application/json' }, body: JSON.stringify(intake()) }))).toMatchObject({ status: 400, code: 'key-missing' })
})

test('every fault is named by its pointer, in Chinese', async () => {
  const wrong = await problemOf(await client.post('/api/applications', { channel: 'PIGEON', submittedOn: '2026-02-30', applicant: { kind: 'N', name: '', purpose: '研究', idNo: '1'.repeat(41) }, content: 'x'.repeat(5001) }))
  expect(wrong).toMatchObject({ status: 422, code: 'invalid' })
  const pointers = Object.fromEntries((wrong.errors ?? []).map(({ pointer, detail }) => [pointer, detail]))
  expect(Object.keys(pointers).toSorted()).toEqual(['/applicant/idNo', '/applicant/name', '/applicant/purpose', '/channel', '/content', '/submittedOn'])
  expect(pointers['/content']).toBe('不超过 5000 个字')
  expect(Object.values(pointers).every((words) => /\p{Script=Han}/u.test(words))).toBe(true)
  expect(await problemOf(await client.post('/api/applications', { channel: 'ONLINE' }))).toMatchObject({ errors: expect.arrayContaining([{ pointer: '/content', detail: '不能没有这一栏' }]) })
  // 控制字符去掉之后是空的：页面的规则在此照样说话
  expect(await problemOf(await client.post('/api/applications', intake({ applicant: { kind: 'N', name: '\u0000 ' } })))).toMatchObject({ errors: [{ pointer: '/applicant/name', detail: '请填写姓名' }] })
})

test('broken, deep, large and foreign bodies are turned away', async () => {
  expect(await problemOf(await client.post('/api/applications', '{"a":'))).toMatchObject({ status: 400, code: 'malformed' })
  expect(await problemOf(await client.post('/api/applications', `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`))).toMatchObject({ status: 400, detail: 'JSON 套得太深，至多 10 层。' })
  expect(await problemOf(await client.post('/api/applications', JSON.stringify({ a: 'x'.repeat(1024 * 1024) })))).toMatchObject({ status: 413, code: 'too-large' })
  const text = await app.request('/api/applications', { method: 'POST', headers: { authorization: `Bearer ${hall.token}`, 'idempotency-key': newId(), 'content-type': 'text/plain' }, body: '{}' })
  expect(await problemOf(text)).toMatchObject({ status: 400 })
  expect([depthOf('{"a":"[[[[\\"[["}'), depthOf('[[{}]]')]).toEqual([1, 3])
})

test('possible duplicates are shown without a name, and registered only once they were seen', async () => {
  const body = intake({ channel: 'IN_PERSON' })
  await client.post('/api/applications', body)
  const refused = await problemOf(await client.post('/api/applications', body))
  expect(refused).toMatchObject({ status: 409, code: 'duplicates', duplicates: [{ sameApplicant: true, sameContent: true }] })
  expect(JSON.stringify(refused)).not.toContain('公司')
  expect((await client.post('/api/applications', { ...body, duplicatesSeen: refused['seen'] })).status).toBe(201)
})

test('applications are listed by change, page by page, without loss or repeat; nothing personal in them', async () => {
  const seen: string[] = []
  let after = ''
  for (let page = 0; page < 100; page++) {
    const { items, next } = await listOf(await client.get(`/api/applications?limit=2${after}`))
    seen.push(...items.map((item) => item.id))
    if (next === null) break
    after = `&after=${next}`
  }
  const all = await db.selectFrom('application').select('case_id').where('body_id', '=', bodyId).execute()
  const [one] = (await listOf(await client.get('/api/applications?limit=1'))).items
  expect(Object.keys(one ?? {}).toSorted()).toEqual(Object.keys(Application.shape).toSorted())
  expect(seen.toSorted()).toEqual(all.map((row) => row.case_id).toSorted())
  setToday('2026-01-16')
  const { id } = await registered({ channel: 'IN_PERSON', submittedOn: '2026-01-16', content: '只此一件：某路改造的合同' })
  const since = await client.get(`/api/applications?updatedSince=${encodeURIComponent('2026-01-16T00:00:00+08:00')}`)
  const text = await since.text()
  expect((JSON.parse(text) as { items: { id: string }[] }).items.map((item) => item.id)).toEqual([id])
  for (const personal of ['某路改造', '公司', '88886666']) expect(text).not.toContain(personal)
  expect((await listOf(await client.get('/api/applications?status=withdrawn'))).items).toEqual([])
  expect(await problemOf(await client.get('/api/applications?limit=900&updatedSince=yesterday'))).toMatchObject({ errors: [{ pointer: '/updatedSince' }, { pointer: '/limit' }] })
  setToday('2026-01-15')
})

test('one case tells where it stands and what happened, in words for the applicant, without name or content', async () => {
  const { id } = await registered({ channel: 'IN_PERSON', content: '某路灯杆的采购合同' })
  const text = await (await client.get(at(id))).text()
  expect(Object.keys(JSON.parse(text) as object).toSorted()).toEqual(Object.keys(ApplicationDetail.shape).toSorted())
  expect(JSON.parse(text)).toMatchObject({ statusText: '已登记', words: '机关已收到，即将审查。', dueOn: '2026-02-12', history: [{ on: '2026-01-15', text: '机关确认收到申请' }] })
  for (const personal of ['灯杆', '公司', '88886666']) expect(text).not.toContain(personal)
  expect(await problemOf(await client.get(at(newId())))).toMatchObject({ status: 404, code: 'not-found' })
  expect((await client.get(at('nonsense'))).status).toBe(422)
})

test('the applicant is shown only for a reason, and the reading is recorded', async () => {
  const { id } = await registered({ channel: 'IN_PERSON' })
  for (const headers of [{}, { 'access-reason': 'x' }, { 'access-reason': '%E6%9' }] as Record<string, string>[]) expect(await problemOf(await client.get(at(`${id}/applicant`), headers))).toMatchObject({ status: 400, code: 'reason-missing' })
  const read = await client.get(at(`${id}/applicant`), { 'access-reason': encodeURIComponent('核对邮寄地址') })
  expect(await read.json()).toMatchObject({ kind: 'B', name: expect.stringContaining('公司'), contact: '027-88886666' })
  expect(read.headers.get('cache-control')).toBe('no-store')
  const { entries } = await listAudit(db, { bodyId, action: 'personal-data.read' })
  expect(entries[0]).toMatchObject({ actor: `api:${hall.systemId}`, target: id, detail: { reason: '核对邮寄地址' } })
})

test('papers and a supplement are sealed and bounded; sent twice they are stored once', async () => {
  const { id } = await registered({ channel: 'IN_PERSON' })
  const key = newId()
  const sent = [await client.upload(at(`${id}/papers`), [['identity', '执照.png', PNG]], {}, key), await client.upload(at(`${id}/papers`), [['identity', '执照.png', PNG]], {}, key)]
  expect(sent.map((response) => response.status)).toEqual([201, 201])
  expect((await db.selectFrom('application_paper').select('paper_id').where('case_id', '=', id).execute()).length).toBe(1)
  expect(await problemOf(await client.upload(at(`${id}/papers`), [['identity', 'a.exe', new Uint8Array([77, 90, 1])]]))).toMatchObject({ status: 422, errors: [{ pointer: '/identity' }] })
  expect(await problemOf(await client.upload(at(`${id}/papers`), []))).toMatchObject({ status: 422 })
  expect((await client.upload(at(`${id}/papers`), [1, 2, 3, 4].map((n) => ['other', `${n}.png`, PNG] as const))).status).toBe(201)
  expect(await problemOf(await client.upload(at(`${id}/papers`), [['other', '6.png', PNG]]))).toMatchObject({ status: 409, code: 'too-many-papers' })
  expect(await problemOf(await client.upload(at(`${id}/supplement`), [], { text: '补正' }))).toMatchObject({ status: 409, code: 'refused' })
  const cookie = await cookieFor(db, officer, deps.clock.now())
  const form = { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
  await app.request(`/desk/applications/${id}/ask-supplement`, { method: 'POST', headers: form, body: new URLSearchParams({ version: '1', on: '2026-01-15', items: '写明小区' }).toString() })
  expect((await client.upload(at(`${id}/supplement`), [['files', '说明.png', PNG]], { text: '是甲小区' })).status).toBe(201)
  expect(await (await app.request(`/desk/applications/${id}`, { headers: { cookie } })).text()).toContain('补正')
  expect(await problemOf(await client.upload(at(`${id}/supplement`), [], {}))).toMatchObject({ errors: [{ pointer: '/text', detail: '请写明补正的内容' }] })
})

test('a withdrawal ends the case; what is not allowed now says why; an old version is refused', async () => {
  const { id } = await registered({ channel: 'IN_PERSON' })
  expect(await problemOf(await client.post(at(`${id}/withdraw`), { on: '2026-01-15', version: 7 }))).toMatchObject({ status: 409, code: 'conflict' })
  const done = await client.post(at(`${id}/withdraw`), { on: '2026-01-15', version: 1 })
  expect([done.status, await done.json()]).toMatchObject([200, { status: 'withdrawn', version: 2 }])
  expect(await problemOf(await client.post(at(`${id}/withdraw`), { on: '2026-01-15' }))).toMatchObject({ status: 409, code: 'refused', detail: '这件申请现在不能办这一步。' })
})

test('each call is recorded by system, route and outcome, never with the content', async () => {
  const { id } = await registered({ channel: 'IN_PERSON' })
  await client.get(at(id))
  await client.get(at(newId()))
  const { entries } = await listAudit(db, { bodyId, action: 'api.called' })
  expect(entries.slice(0, 3).map(({ actor, detail }) => [actor, detail])).toEqual([
    [`api:${hall.systemId}`, { method: 'GET', route: '/api/applications/:id', status: 404 }],
    [`api:${hall.systemId}`, { method: 'GET', route: '/api/applications/:id', status: 200 }],
    [`api:${hall.systemId}`, { method: 'POST', route: '/api/applications', status: 201 }],
  ])
})

test('a system that calls too often is told when to come back; others are not held up', async () => {
  const busy = aClient(app, (await aSystem(deps, { admin, security, bodyId, scopes: ['applications:read'], name: '忙' })).token)
  let last = await busy.get('/api/system')
  for (let n = 0; n < 130 && last.status === 200; n++) last = await busy.get('/api/system')
  expect([last.status, Number(last.headers.get('retry-after')) > 0]).toEqual([429, true])
  expect((await problemOf(last)).code).toBe('too-often')
  expect((await client.get('/api/system')).status).toBe(200)
})

test('what came through the interface replays like the rest', async () => {
  expect((await verifyAll(deps, applicationVerifiers)).flatMap(({ problems }) => problems)).toEqual([])
})
