import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import type { Role, SignedInActor } from '../../identity/index.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import { newId } from '../../platform/id.ts'
import { testDb } from '../../platform/testing.ts'
import { verifyAll } from '../../platform/verify.ts'
import { anApplication, registerApplication } from '../testing.ts'
import { getApplication } from '../queries.ts'
import { applicationToDos } from '../to-dos.ts'
import { applicationVerifiers } from '../verify-applications.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const POSTS = { officer: ['disclosure-officer'], both: ['disclosure-officer', 'disclosure-head'], head: ['disclosure-head'], leader: ['leader'], office: ['district-office'] } as const satisfies Record<string, readonly Role[]>
type Who = keyof typeof POSTS
const people = new Map<Who, SignedInActor>()
let bodyId = ''

beforeAll(async () => {
  setToday('2026-01-15')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  for (const [name, roles] of Object.entries(POSTS)) people.set(name as Who, await createAccount(db, { name: `log.${name}`, displayName: `${name}（演示）`, bodyId, roles }))
})

async function desk(name: Who, path: string, fields?: Record<string, string>): Promise<Response> {
  const actor = people.get(name)!
  await db.deleteFrom('session').where('account_id', '=', actor.accountId).execute()
  const headers = { cookie: await cookieFor(db, actor, deps.clock.now()), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
  return fields === undefined ? app.request(path, { headers }) : app.request(path, { method: 'POST', headers, body: new URLSearchParams(fields).toString() })
}
const visit = (path: string): Promise<Response> => Promise.resolve(app.request(path))

const NAME = '欧阳测试'
let serial = 0

/** 一件有申请人资料的申请，答复已经送达。 */
async function answered({ party }: { party?: string } = {}): Promise<string> {
  serial += 1
  const caseId = newId()
  const person = { name: NAME, idNo: `42010619900101${String(1000 + serial)}`, contact: '027-87654321', details: { idKind: '居民身份证', postalAddress: '某市某区某路 8 号', email: 'ouyang@example.cn' } }
  const intake = { channel: 'IN_PERSON', submittedOn: '2026-01-15', confirmedOn: null, proof: '', kind: 'N', content: `示例道路改造的批复 ${serial}`, form: null, note: null, applicant: person } as const
  const given = (seen: string) => registerApplication(deps, people.get('officer')!, { bodyId, caseId, intake, seen })
  const first = await given('')
  if (!first.ok && first.refusal === 'duplicates') expect(await given(first.key)).toMatchObject({ ok: true })
  if (party !== undefined) {
    const steps = async (step: string, fields: Record<string, string>) => {
      const { version } = await getApplication(db, bodyId, caseId)
      expect([step, (await desk('officer', `/desk/applications/${caseId}/${step}`, { version: String(version), on: '2026-01-15', ...fields })).status]).toEqual([step, 303])
    }
    await steps('send-consultation', { with: 'THIRD_PARTY', party })
    await steps('return-consultation', { id: (await getApplication(db, bodyId, caseId)).state.consultations[0]?.id ?? '', reply: 'AGREE' })
  }
  for (const [step, who, fields] of [
    ['propose', 'officer', { outcome: 'GRANTED', 'evidence.provided': '电子件' }],
    ['approve', 'head', {}],
    ['dispatch', 'officer', { method: 'POST', carrier: 'EMS 1' }],
  ] as const) {
    const { version } = await getApplication(db, bodyId, caseId)
    expect((await desk(who, `/desk/applications/${caseId}/${step}`, { version: String(version), on: '2026-01-15', ...fields })).status).toBe(303)
  }
  return caseId
}

const WORDS = { title: '示例道路改造的批复', asked: '某条道路改造的批复文件', answer: '予以公开。批复写明改造的范围与工期。' }
const pathOf = (caseId: string): string => `/desk/applications/${caseId}/answered-log`
const entryOf = (caseId: string) => db.selectFrom('answered_request').selectAll().where('case_id', '=', caseId).orderBy('entry_id', 'desc').executeTakeFirstOrThrow()

async function published(words: Partial<typeof WORDS> = {}): Promise<{ caseId: string; entryId: string }> {
  const caseId = await answered()
  expect((await desk('officer', pathOf(caseId), { version: '0', ...WORDS, ...words })).status).toBe(303)
  const { content_hash: hash, entry_id: entryId } = await entryOf(caseId)
  await desk('head', `${pathOf(caseId)}/publish`, { hash })
  expect((await entryOf(caseId)).status).toBe('published')
  return { caseId, entryId }
}

test('before the answer is out, and for what concerns no one else, there is nothing to publish', async () => {
  const open = await anApplication(deps, bodyId, { receivedOn: '2026-01-12' })
  expect((await desk('officer', pathOf(open))).status).toBe(303)
  expect((await desk('officer', pathOf(open), { version: '0', ...WORDS })).status).toBe(303)
  const denied = await anApplication(deps, bodyId, { receivedOn: '2025-12-01', decidedOn: '2025-12-10', servedOn: '2025-12-10', outcome: 'DENY_PROCESS' })
  expect((await desk('officer', pathOf(denied))).status).toBe(303)
  expect(await db.selectFrom('answered_request').selectAll().execute()).toEqual([])
  expect((await desk('officer', pathOf(newId()))).status).toBe(404)
})

test.each([
  ['title', '欧阳 测试所要的批复', '申请人的姓名'],
  ['asked', '某路8号门前道路改造，住址：某市某区某路8号', '申请人的姓名'],
  ['answer', '已电话 13800001234 告知', '手机号码 138****1234'],
  ['answer', '证件 11010519491231002X', '居民身份证号码 110***********002X'],
  ['answer', '承包单位 91350100M000100Y43', '统一社会信用代码'],
  ['answer', '回信 someone@example.com', '电子邮箱'],
  ['answer', '联系电话 027 8765 4321', '申请人的姓名'],
])('personal data in the %s is refused beside its field: %s', async (field, text, said) => {
  const caseId = await answered()
  const response = await desk('officer', pathOf(caseId), { version: '0', ...WORDS, [field]: text })
  const html = await response.text()
  expect(response.status).toBe(422)
  expect(html).toContain(`id="f-${field}-error"`)
  expect(html).toContain(said)
  expect(await db.selectFrom('answered_request').select('entry_id').where('case_id', '=', caseId).execute()).toEqual([])
})

test('drafted by one, published by another, bound to what was seen; then anyone reads it and no name is in it', async () => {
  const caseId = await answered()
  expect((await visit('/bodies/sljd/answered-requests')).status).toBe(200)
  const missing = await desk('officer', pathOf(caseId), { version: '0', title: '', asked: WORDS.asked, answer: WORDS.answer })
  expect([missing.status, (await missing.text()).includes(WORDS.asked)]).toEqual([422, true])
  expect((await desk('both', pathOf(caseId), { version: '0', ...WORDS })).status).toBe(303)
  const draft = await entryOf(caseId)
  const address = `/bodies/sljd/answered-requests/${draft.entry_id}`
  expect((await visit(address)).status).toBe(404)
  expect(await (await visit('/bodies/sljd/answered-requests')).text()).not.toContain(WORDS.title)
  expect((await desk('officer', `${pathOf(caseId)}/publish`, { hash: draft.content_hash })).status).toBe(403)
  await desk('both', `${pathOf(caseId)}/publish`, { hash: draft.content_hash })
  expect((await entryOf(caseId)).status).toBe('draft')
  expect((await applicationToDos(deps, people.get('head')!)).map(({ title, note }) => [title, note])).toContainEqual([`公布答复：${WORDS.title}`, '等您批准公布'])
  expect((await applicationToDos(deps, people.get('both')!)).filter(({ note }) => note === '等您批准公布')).toEqual([])
  // 改一字，先前所见的不作数
  expect((await desk('both', pathOf(caseId), { version: '1', ...WORDS, answer: `${WORDS.answer}又一句。` })).status).toBe(303)
  await desk('head', `${pathOf(caseId)}/publish`, { hash: draft.content_hash })
  expect((await entryOf(caseId)).status).toBe('draft')
  expect((await desk('both', pathOf(caseId), { version: '1', ...WORDS })).status).toBe(422)
  await desk('head', `${pathOf(caseId)}/publish`, { hash: (await entryOf(caseId)).content_hash })
  expect(await entryOf(caseId)).toMatchObject({ status: 'published', published_on: '2026-01-15', approved_by: people.get('head')!.accountId })
  for (const path of [address, '/bodies/sljd/answered-requests']) {
    const response = await visit(path)
    const html = await response.text()
    expect([response.status, response.headers.get('cache-control'), html.includes(WORDS.title)]).toEqual([200, path === address ? 'public, no-cache' : response.headers.get('cache-control'), true])
    for (const hidden of [NAME, caseId, '（演示）', '示公开申']) expect(html).not.toContain(hidden)
  }
  expect(await (await visit('/bodies/sljd')).text()).toContain('答复过的申请（1 件）')
  expect((await desk('both', pathOf(caseId), { version: '3', ...WORDS })).status).toBe(422)
  const seen = await (await desk('office', pathOf(caseId))).text()
  expect([seen.includes(WORDS.answer), seen.includes('method="post" action="/desk/applications/')]).toEqual([true, false])
})

test('the list is searched, narrowed by year and paged; another body’s address finds nothing', async () => {
  const { entryId } = await published({ title: '雨水管网图', asked: '某片区百分之百%的雨水管网', answer: '予以公开。' })
  const other = (await aBody(deps, { code: 'other', name: '另一街道' })).code
  const list = async (query: string): Promise<string> => (await visit(`/bodies/sljd/answered-requests${query}`)).text()
  expect(await list('?q=雨水')).toContain(entryId)
  expect(await list('?q=%25的雨水')).toContain(entryId)
  expect(await list('?q=_水')).not.toContain(entryId)
  expect(await list('?year=2026')).toContain(entryId)
  expect(await list('?year=2025')).not.toContain(entryId)
  for (const path of [`/bodies/${other}/answered-requests/${entryId}`, `/bodies/sljd/answered-requests/${newId()}`, '/bodies/sljd/answered-requests/1', `/bodies/sljd/answered-requests/${entryId}/attachments/${newId()}`]) expect([path, (await visit(path)).status]).toEqual([path, 404])
  expect(await (await desk('office', '/desk/applications/answered-log')).text()).toBeTruthy()
  expect(await (await desk('officer', '/desk/applications/answered-log?status=published')).text()).toContain('雨水管网图')
})

test('returned with a reason, mended; discarded; withdrawn: gone at once, 410 with the reason, drafted anew', async () => {
  const caseId = await answered()
  await desk('officer', pathOf(caseId), { version: '0', ...WORDS })
  expect((await desk('head', `${pathOf(caseId)}/return`, { version: '1', reason: '' })).status).toBe(422)
  expect((await desk('head', `${pathOf(caseId)}/return`, { version: '1', reason: '题目写得太泛' })).status).toBe(303)
  expect(await (await desk('officer', pathOf(caseId))).text()).toContain('退回修改：题目写得太泛')
  await desk('officer', `${pathOf(caseId)}/discard`, { version: '1' })
  expect((await entryOf(caseId)).version).toBe(2)
  expect((await desk('officer', `${pathOf(caseId)}/discard`, { version: '2' })).headers.get('location')).toBe(`/desk/applications/${caseId}`)
  const gone = await published()
  const address = `/bodies/sljd/answered-requests/${gone.entryId}`
  expect((await visit(address)).status).toBe(200)
  expect((await desk('officer', `${pathOf(gone.caseId)}/withdraw`, { version: '2', reason: '内容有误' })).status).toBe(403)
  expect((await desk('head', `${pathOf(gone.caseId)}/withdraw`, { version: '2', reason: '' })).status).toBe(422)
  const named = await desk('head', `${pathOf(gone.caseId)}/withdraw`, { version: '2', reason: `${NAME}本人要求` })
  expect([named.status, (await named.text()).includes('申请人的姓名')]).toEqual([422, true])
  expect((await desk('head', `${pathOf(gone.caseId)}/withdraw`, { version: '2', reason: '内容有误' })).status).toBe(303)
  const after = await visit(address)
  const html = await after.text()
  expect([after.status, html.includes('内容有误'), html.includes(WORDS.answer)]).toEqual([410, true, false])
  expect(await (await visit('/bodies/sljd/answered-requests')).text()).not.toContain(gone.entryId)
  expect((await desk('officer', pathOf(gone.caseId), { version: '0', ...WORDS })).status).toBe(303)
})

test('the name of a third party that was asked is refused too', async () => {
  const caseId = await answered({ party: '某某建筑有限公司' })
  const response = await desk('officer', pathOf(caseId), { version: '0', ...WORDS, answer: '承包的是某某建筑有限公司。' })
  expect([response.status, (await response.text()).includes('征求过意见的第三方')]).toEqual([422, true])
})

test('verify finds an entry altered after it was approved', async () => {
  const { entryId } = await published({ title: '路灯的清单' })
  const problems = async () => (await verifyAll(deps, applicationVerifiers)).flatMap((result) => result.problems).filter(({ where }) => where.includes(entryId))
  expect(await problems()).toEqual([])
  await db.updateTable('answered_request').set({ answer: '另一句' }).where('entry_id', '=', entryId).execute()
  expect((await problems()).map(({ message }) => message)).toEqual(['内容与所记的摘要不符'])
})
