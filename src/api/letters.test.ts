import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { getApplication, recomputeDue } from '../applications/index.ts'
import { draftLetter, issueLetter, signLetter } from '../applications/testing.ts'
import { listAudit } from '../audit/index.ts'
import { setSetting } from '../bodies/index.ts'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { closePdf } from '../documents/index.ts'
import type { Role, SignedInActor } from '../identity/index.ts'
import { createAccount } from '../identity/testing.ts'
import { newId } from '../platform/id.ts'
import { testDb } from '../platform/testing.ts'
import { createWebhook, listDeliveries } from '../webhooks/index.ts'
import { aClient, aSystem, anIntake } from './testing.ts'

const { db, deps } = testDb()
const app = createApp(deps, appParts(deps))
const NAME = '张三丰'
let bodyId = ''
let client: ReturnType<typeof aClient>
let hook = ''
const people = new Map<Role, SignedInActor>()
const who = (role: Role): SignedInActor => {
  const found = people.get(role)
  if (found === undefined) throw new Error(role)
  return found
}

beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办' })).bodyId
  for (const [key, value] of [['court', '武汉市武昌区人民法院'], ['letterPhone', '027-88880000']] as const) await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId, key, value })
  for (const role of ['system-admin', 'security-admin', 'disclosure-officer', 'disclosure-head', 'leader'] as const) people.set(role, await createAccount(db, { name: role, displayName: role, bodyId, roles: [role] }))
  const hall = await aSystem(deps, { admin: who('system-admin'), security: who('security-admin'), bodyId, scopes: ['applications:submit', 'letters:read'] })
  client = aClient(app, hall.token)
  const made = await createWebhook(deps, who('system-admin'), { ...hall, url: 'https://hall.example.cn/hook', events: ['letter.issued', 'application.due-changed'] })
  if (!made.ok) throw new Error(made.message)
  hook = made.webhookId
})
afterAll(() => closePdf())

/** 起草、签批、发出一件；返回其代码。 */
async function issue(caseId: string, type: 'L02' | 'L11', recipient: string, fields: Record<string, string>): Promise<string> {
  const ref = { bodyId, caseId, letterId: newId() }
  expect(await draftLetter(deps, who('disclosure-officer'), { ...ref, type, recipient, fields })).toMatchObject({ ok: true })
  expect(await signLetter(deps, who('disclosure-head'), { ...ref, seen: 1 })).toMatchObject({ ok: true })
  expect(await issueLetter(deps, who('disclosure-officer'), { ...ref, seen: 2 })).toMatchObject({ ok: true })
  return ref.letterId
}

test('letters to the applicant are listed and fetched for a reason; those to others do not exist here', async () => {
  const response = await client.post('/api/applications', anIntake({ channel: 'IN_PERSON' }))
  const { id, accessCode } = (await response.json()) as { id: string; accessCode: string }
  const receipt = await issue(id, 'L02', '', { queryCode: accessCode })
  const inside = await issue(id, 'L11', '城市管理科', { matter: '检索批复并提出可否公开的意见', by: '2026-01-20' })
  const list = await (await client.get(`/api/applications/${id}/letters`)).json()
  expect(list).toEqual({ items: [{ letterId: receipt, title: '政府信息公开申请接收回执', docNo: null, issuedOn: '2026-01-15' }] })

  const path = (letterId: string, format: string) => `/api/applications/${id}/letters/${letterId}/${format}`
  const reason = { 'access-reason': encodeURIComponent('打印给申请人') }
  expect((await client.get(path(receipt, 'pdf'))).status).toBe(400)
  expect([(await client.get(path(inside, 'pdf'), reason)).status, (await client.get(path(newId(), 'pdf'), reason)).status, (await client.get(path(receipt, 'exe'), reason)).status]).toEqual([404, 404, 422])
  for (const [format, magic] of [['pdf', '%PDF'], ['docx', 'PK']] as const) {
    const file = await client.get(path(receipt, format), reason)
    expect([file.status, Buffer.from(await file.arrayBuffer()).subarray(0, magic.length).toString()]).toEqual([200, magic])
  }
  const { entries } = await listAudit(db, { bodyId, action: 'personal-data.read' })
  expect(entries.map(({ target, detail }) => [target, detail['reason'], detail['letter']])).toEqual([[id, '打印给申请人', receipt], [id, '打印给申请人', receipt]])
  const told = await db.selectFrom('api_delivery').select(['event', 'payload']).where('webhook_id', '=', hook).execute()
  expect(told).toMatchObject([{ event: 'letter.issued', payload: { data: { applicationId: id, letterId: receipt, type: 'L02' } } }])
  expect(JSON.stringify(told)).not.toContain(NAME)
})

test('a due date that moves with the calendar is told, and the case comes up among the changed ones', async () => {
  const { id } = (await (await client.post('/api/applications', anIntake({ channel: 'IN_PERSON', content: '另一件：某路的合同', duplicatesSeen: '' , applicant: { kind: 'B', name: '示例公司', contact: '027-88886666' } }))).json()) as { id: string }
  // 好像登记时还没有春节的安排
  await db.updateTable('application').set({ due_on: '2026-02-11' }).where('body_id', '=', bodyId).where('case_id', '=', id).execute()
  const at = new Date('2026-01-15T06:00:00Z')
  await db.transaction().execute((tx) => recomputeDue(tx, bodyId, '2026-01-15', at))
  const [newest] = (await listDeliveries(db, { bodyId, webhookId: hook }, { limit: 1 })).rows
  const row = await db.selectFrom('api_delivery').select('payload').where('delivery_id', '=', newest?.deliveryId ?? '').executeTakeFirstOrThrow()
  expect(row.payload).toMatchObject({ event: 'application.due-changed', data: { applicationId: id, before: '2026-02-11', dueOn: '2026-02-12', version: (await getApplication(db, bodyId, id)).version } })
  const { updated_at } = await db.selectFrom('application').select('updated_at').where('case_id', '=', id).executeTakeFirstOrThrow()
  expect(updated_at).toEqual(at)
})
