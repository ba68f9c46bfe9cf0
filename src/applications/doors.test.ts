import { afterAll, beforeAll, expect, test } from 'vitest'
import { aClient, aSystem } from '../api/testing.ts'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { setSetting } from '../bodies/index.ts'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { closePdf, toPdf } from '../documents/index.ts'
import { createAccount } from '../identity/testing.ts'
import { newId } from '../platform/id.ts'
import { testDb } from '../platform/testing.ts'
import { closeRedaction } from '../redaction/index.ts'
import { PNG } from './citizen/testing-citizen.ts'
import { aDesk } from './testing-desk.ts'
import type { Post } from './testing-desk.ts'
import { actOnCorrection, addDocument, buildPackage, draftLetter, issueLetter, registerCorrection, requestPackage, signLetter } from './testing.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let desk: Awaited<ReturnType<typeof aDesk>>
let hall: ReturnType<typeof aClient>
let bodyId = ''
const DAY = '2025-03-03'
const NAME = '司马某某'
const PHONE = '13912345678'
const ids = { caseId: '', paper: '', letter: newId(), consultation: '', document: newId(), correction: newId() }

/** 一件什么个人信息都有的：材料、征求的对方、发出的文书、附件、档案包、更正申请。 */
beforeAll(async () => {
  setToday(DAY)
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办' })).bodyId
  for (const [key, value] of [['court', '武汉市武昌区人民法院'], ['letterPhone', '027-88880000']] as const) await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId, key, value })
  desk = await aDesk(app, deps, setToday, { bodyId, name: 'door' })
  const [officer, head, leader] = [desk.accountOf('officer'), desk.accountOf('head'), desk.accountOf('leader')]
  const admin = await createAccount(db, { name: 'door.sys', displayName: '系统管理员（演示）', bodyId, roles: ['system-admin'] })
  const security = await createAccount(db, { name: 'door.sec', displayName: '安全管理员（演示）', bodyId, roles: ['security-admin'] })
  hall = aClient(app, (await aSystem(deps, { admin, security, bodyId, scopes: ['applications:read', 'letters:read', 'personal-data:read'] })).token)

  const caseId = await desk.register(DAY, { name: NAME, contact: PHONE })
  ids.caseId = caseId
  const form = new FormData()
  form.append('kind', 'envelope')
  form.append('givenOn', DAY)
  form.append('files', new Blob([PNG]), '信封.png')
  await app.request(`/desk/applications/${caseId}/attach`, { method: 'POST', headers: { cookie: await desk.cookieOf('officer'), 'sec-fetch-site': 'same-origin' }, body: form })
  ids.paper = (await db.selectFrom('application_paper').select('paper_id').where('case_id', '=', caseId).executeTakeFirstOrThrow()).paper_id
  const ref = { bodyId, caseId, letterId: ids.letter }
  expect(await draftLetter(deps, officer, { ...ref, type: 'L03', recipient: '', fields: { items: '没有写明合同的名称', requirements: '写明合同的名称、签订时间' } })).toMatchObject({ ok: true })
  expect(await signLetter(deps, head, { ...ref, seen: 1 })).toEqual({ ok: true })
  expect(await issueLetter(deps, officer, { ...ref, seen: 2 })).toMatchObject({ ok: true })
  await desk.done(caseId, DAY, 'send-consultation', { with: 'THIRD_PARTY', party: '上官某', contact: PHONE })
  ids.consultation = (await desk.stateOf(caseId)).consultations[0]?.id ?? ''
  const bytes = await toPdf({ title: '合同', creator: '示例', datedOn: DAY, demo: false, blocks: [{ kind: 'paragraph', spans: [`甲方 ${PHONE}`] }] })
  expect(await addDocument(deps, officer, { bodyId, caseId, documentId: ids.document, name: '合同.pdf', bytes })).toEqual({ ok: true })
  expect(await requestPackage(deps, officer, { bodyId, caseId })).toEqual({ ok: true })
  await buildPackage(deps, { bodyId, caseId })

  const correctionId = ids.correction
  const request = { record: '登记表所载的家庭人口数', claim: '户口簿记载为三人' }
  await registerCorrection(deps, officer, { bodyId, correctionId, intake: { channel: 'IN_PERSON', receivedOn: DAY, kind: 'N', applicant: { name: NAME, idNo: null, contact: PHONE, details: {} }, request } })
  const given = (fields: Record<string, string>) => (name: string) => fields[name] ?? ''
  expect(await actOnCorrection(deps, officer, { bodyId, correctionId, seen: 1, step: 'verify', given: given({ result: 'CORRECTED', verified: '与户籍记载不一致，系录入时误记', corrected: '家庭人口数为3人' }) })).toEqual({ ok: true })
  expect(await actOnCorrection(deps, leader, { bodyId, correctionId, seen: 2, step: 'decide', given: given({ on: DAY }) })).toEqual({ ok: true })
})
afterAll(() => Promise.all([closePdf(), closeRedaction()]))

const CASE = () => `/desk/applications/${ids.caseId}`
const CORRECTION = () => `/desk/record-corrections/${ids.correction}`

/** 读到明文的每一道门；`fields` 是事由之外的。`leader` 为领导也能进的。 */
const DOORS: Readonly<Record<string, { path: () => string; fields?: Record<string, string>; own?: true }>> = {
  申请人的资料: { path: () => `${CASE()}/personal-data` },
  材料: { path: () => `${CASE()}/papers/${ids.paper}` },
  发出的文书: { path: () => `${CASE()}/letters/${ids.letter}/files`, fields: { format: 'pdf' } },
  征求意见的对方: { path: () => `${CASE()}/consultations/${ids.consultation}/contact` },
  附件的原件: { path: () => `${CASE()}/documents/${ids.document}/files`, fields: { which: 'original' } },
  档案包: { path: () => `/desk/archive/cases/${ids.caseId}/download` },
  更正申请的申请人: { path: () => `${CORRECTION()}/personal-data`, own: true },
  更正告知书: { path: () => `${CORRECTION()}/files`, fields: { format: 'pdf' }, own: true },
}

const auditOf = async (door: { own?: true }, reason: string) =>
  (await db.selectFrom('audit_event').select(['action', 'detail']).where('target', '=', door.own === true ? ids.correction : ids.caseId).execute()).filter(({ detail }) => JSON.stringify(detail).includes(reason))
const textOf = async (response: Response): Promise<string> => Buffer.from(await response.arrayBuffer()).toString('utf8')

test.each(Object.keys(DOORS))('%s: not without a reason, not by those who need not; with one it opens and is recorded', async (name) => {
  const door = DOORS[name]
  if (door === undefined) throw new Error(name)
  const go = (reason: string, as: Post) => desk.post(door.path(), { reason, ...door.fields }, as)
  expect((await desk.get(door.path())).status).toBe(200)
  expect(await textOf(await desk.get(door.path()))).not.toMatch(new RegExp(`${NAME}|${PHONE}|上官某`))
  for (const reason of ['', '一']) {
    const refused = await go(reason, 'officer')
    expect([refused.status, /司马某某|13912345678|上官某/.test(await textOf(refused))]).toEqual([422, false])
  }
  expect((await go('领导要看', 'leader')).status).toBe(403)
  expect((await go('区里要看', 'office')).status).not.toBe(200)
  const reason = `办理所需之${name}`
  expect((await go(reason, 'officer')).status).toBe(200)
  expect(await auditOf(door, reason)).toHaveLength(1)
})

test.each([['申请人', () => 'applicant'], ['文书', () => `letters/${ids.letter}/pdf`]])('the interface, %s: not without a reason; recorded with one', async (name, rest) => {
  const path = `/api/applications/${ids.caseId}/${rest()}`
  for (const reason of ['', '一']) {
    const refused = await hall.get(path, reason === '' ? {} : { 'access-reason': encodeURIComponent(reason) })
    expect([refused.status, (await textOf(refused)).includes(NAME)]).toEqual([400, false])
  }
  const reason = `大厅核对${name}`
  expect((await hall.get(path, { 'access-reason': encodeURIComponent(reason) })).status).toBe(200)
  expect(await auditOf({}, reason)).toHaveLength(1)
})

test('pages and lists open without a reason, and show no one', async () => {
  const pages = [CASE(), `${CASE()}/letters`, `${CASE()}/letters/${ids.letter}`, `${CASE()}/documents`, '/desk/applications', '/desk/applications.csv', '/desk/archive', '/desk/archive/kept', '/desk/archive.csv?view=waiting', `/desk/archive/cases/${ids.caseId}`, CORRECTION(), '/desk/record-corrections', '/desk', '/desk/notices']
  for (const path of pages) {
    const response = await desk.get(path)
    expect([path, response.status, /司马某某|13912345678|上官某/.test(await textOf(response))]).toEqual([path, 200, false])
  }
})
