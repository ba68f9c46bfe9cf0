import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { setSetting } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { checkArchive } from '../../commands/check-archive.ts'
import { closePdf, toPdf } from '../../documents/index.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import type { SignedInActor } from '../../identity/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { newId } from '../../platform/id.ts'
import { runJobsOnce } from '../../platform/jobs.ts'
import { testDb } from '../../platform/testing.ts'
import { verifyAll } from '../../platform/verify.ts'
import { closeRedaction } from '../../redaction/index.ts'
import { jobHandlers, verifiers } from '../../wiring.ts'
import { PNG } from '../citizen/testing-citizen.ts'
import { aDesk } from '../testing-desk.ts'
import { importApplications } from '../ledger/import-applications.ts'
import { addDocument, aParsedApplication, confirmDocument, draftLetter, issueLetter, provideWhole, publishLogEntry, saveLogDraft, signLetter } from '../testing.ts'
import { findArchive } from './archive-store.ts'
import { checkPackage } from './package/index.ts'

const { db, deps, url, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let desk: Awaited<ReturnType<typeof aDesk>>
let archivist: SignedInActor
let bodyId = ''

beforeAll(async () => {
  setToday('2025-02-05')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办' })).bodyId
  const seed = { kind: 'system', name: 'seed' } as const
  for (const [key, value] of [['court', '武汉市武昌区人民法院'], ['letterPhone', '027-88880000']] as const) await setSetting(deps, seed, { bodyId, key, value })
  desk = await aDesk(app, deps, setToday, { bodyId, name: 'arc' })
  archivist = await createAccount(db, { name: 'arc.dang', displayName: '档案员（演示）', bodyId, roles: ['archivist'] })
})
afterAll(() => Promise.all([closePdf(), closeRedaction()]))

const NAME = '欧阳某某'
const WHO = { name: NAME, idNo: '420106197501014567', contact: '13912345678' }
const runJobs = () => runJobsOnce(url, deps, jobHandlers)
const headersOf = async () => ({ cookie: await cookieFor(db, archivist, deps.clock.now()), 'sec-fetch-site': 'same-origin' })
const get = async (path: string) => app.request(path, { headers: await headersOf() })
const post = async (path: string, fields: Record<string, string> | [string, string][]) =>
  app.request(path, { method: 'POST', headers: { ...(await headersOf()), 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() })
const archiveOf = async (caseId: string) => {
  const found = await findArchive(db, { bodyId, caseId })
  if (found === null) throw new Error('没有档案')
  return found
}
async function* source(bytes: Buffer): AsyncIterable<Buffer> {
  yield bytes
}

/** 一件从登记到送达的：附了检索记录，发了答复书，附了一份文件。 */
async function served(day: string, fields: Record<string, string> = {}): Promise<string> {
  const caseId = await desk.register(day, { ...WHO, ...fields })
  const form = new FormData()
  form.append('kind', 'search')
  form.append('givenOn', day)
  form.append('files', new Blob([PNG]), `${NAME}的检索.png`)
  const attached = await app.request(`/desk/applications/${caseId}/attach`, { method: 'POST', headers: { cookie: await desk.cookieOf('officer'), 'sec-fetch-site': 'same-origin' }, body: form })
  expect(attached.status).toBe(303)
  await provide(caseId)
  await desk.decide(caseId, day)
  const ref = { bodyId, caseId, letterId: newId() }
  expect(await draftLetter(deps, desk.accountOf('officer'), { ...ref, type: 'L15', recipient: '', fields: {} })).toEqual({ ok: true })
  expect(await signLetter(deps, desk.accountOf('head'), { ...ref, seen: 1 })).toEqual({ ok: true })
  expect(await issueLetter(deps, desk.accountOf('officer'), { ...ref, seen: 2 })).toMatchObject({ ok: true })
  await desk.done(caseId, day, 'dispatch', { method: 'POST', carrier: 'EMS 1' })
  await desk.done(caseId, day, 'serve')
  return caseId
}

/** 附上一份全文提供的文件，经负责人核对。 */
async function provide(caseId: string): Promise<void> {
  const ref = { bodyId, caseId, documentId: newId() }
  const bytes = await toPdf({ title: '批复', creator: '示例', datedOn: '2023-03-01', demo: false, blocks: [{ kind: 'paragraph', spans: ['同意加装电梯。'] }] })
  expect(await addDocument(deps, desk.accountOf('officer'), { ...ref, name: `${NAME}的批复.pdf`, bytes })).toEqual({ ok: true })
  expect(await provideWhole(deps, desk.accountOf('officer'), { ...ref, seen: 1 })).toEqual({ ok: true })
  const { hash } = await db.selectFrom('application_document').select('hash').where('document_id', '=', ref.documentId).executeTakeFirstOrThrow()
  expect(await confirmDocument(deps, desk.accountOf('head'), { ...ref, seen: 2, hash })).toEqual({ ok: true })
}

async function taken(caseId: string): Promise<Buffer> {
  const response = await post(`/desk/archive/cases/${caseId}/download`, { reason: '核对档案' })
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

test('chosen cases are archived at once; each package has all the papers, verifies from outside, and is the same when made again', async () => {
  const [first, second] = [await served('2025-02-10'), await served('2025-02-11')]
  const list = await (await get('/desk/archive')).text()
  expect(list).toContain('归档所选')
  const answer = await post('/desk/archive/batch', [['case', first], ['case', second], ['case', newId()]])
  expect(answer.headers.get('location')).toBe('/desk/archive/kept')
  expect(await (await get('/desk/archive/kept')).text()).toContain('正在做 2 件的档案包')
  await runJobs()
  const kept = await (await get('/desk/archive/kept')).text()
  expect(kept).toContain('完好')
  expect(kept).not.toContain(NAME)
  const bytes = await taken(first)
  const checked = await checkPackage(source(bytes))
  if (!checked.ok) throw new Error(checked.fault.message)
  const paths = checked.manifest.files.map(({ path }) => path)
  expect(paths).toEqual(expect.arrayContaining(['目录.html', '01申请材料/申请表.html', '01申请材料/申请人.json', '02收到凭据/收到之日.html', '03审批/审批单.html', '04文书/01政府信息予以公开答复书.pdf', '04文书/01政府信息予以公开答复书.docx', '05送达/送达记录.html', '06检索记录/01检索记录.png', '08答复附件/01原件.pdf', '08答复附件/遮盖理由.html', '09期限/期限逐日.json', '10经过/时间线.json']))
  expect(paths.join('')).not.toContain(NAME)
  const { hash, size } = await archiveOf(first)
  expect([checked.manifest.packageHash, bytes.length]).toEqual([hash, size])

  await post(`/desk/archive/cases/${first}/package`, {})
  await runJobs()
  expect((await taken(first)).equals(bytes)).toBe(true)
  expect((await archiveOf(first)).hash).toBe(hash)

  const file = join(deps.config.dataDir, '包.zip')
  const out: string[] = []
  const io = { out: (text: string) => void out.push(text), err: (text: string) => void out.push(text) }
  writeFileSync(file, bytes)
  expect(await checkArchive.run([file, '--hash', hash ?? ''], io)).toBe(0)
  expect(await checkArchive.run([file, '--hash', 'f'.repeat(64)], io)).toBe(1)
  const at = bytes.indexOf('%PDF')
  bytes[at + 100] = (bytes[at + 100] ?? 0) ^ 1
  writeFileSync(file, bytes)
  expect(await checkArchive.run([file], io)).toBe(1)
  expect(out.at(-1)).toContain('04文书/01政府信息予以公开答复书.pdf 内容被改动')
  expect(await checkArchive.run([`${file}.none`], io)).toBe(2)
  expect(await checkArchive.run([], io)).toBe(2)
})

test('only those who may read personal data take a package, with a reason, and it is recorded', async () => {
  const caseId = await served('2025-03-03')
  await desk.done(caseId, '2025-03-04', 'archive')
  await runJobs()
  const path = `/desk/archive/cases/${caseId}/download`
  expect((await desk.post(path, { reason: '看看' }, 'leader')).status).toBe(403)
  expect((await desk.get(path, 'office')).status).toBe(403)
  expect((await post(path, { reason: '' })).status).toBe(422)
  await taken(caseId)
  const { rows } = await db.selectFrom('audit_event').select(['action', 'detail']).where('target', '=', caseId).where('action', '=', 'archive.taken').execute().then((all) => ({ rows: all }))
  expect(rows).toHaveLength(1)
  const csv = await (await get('/desk/archive.csv?view=kept')).text()
  expect(csv).toContain((await archiveOf(caseId)).hash)
  expect(csv).not.toContain('示例文件')
})

test('a preview before; corrected after: made again; personal numbers left in the history are told', async () => {
  const caseId = await served('2025-03-10', { content: '请公开我（手机 13912345678）的拆迁协议' })
  await post(`/desk/archive/cases/${caseId}/package`, {})
  await runJobs()
  expect(await archiveOf(caseId)).toMatchObject({ state: 'kept', preview: true, retain_until: null })
  await desk.done(caseId, '2025-03-11', 'archive')
  await runJobs()
  const kept = await archiveOf(caseId)
  expect(kept).toMatchObject({ state: 'kept', preview: false, retention: 'Y30', retain_until: '2055-12-31' })
  expect(await (await get(`/desk/archive/cases/${caseId}`)).text()).toContain('疑有')
  expect(kept.traces.length).toBeGreaterThan(0)
  await desk.done(caseId, '2025-03-12', 'correct', { reason: '渠道写错', channel: 'ORAL', applicantKind: 'N', receivedOn: '2025-03-10', content: '请公开我（手机 13912345678）的拆迁协议' }, 'head')
  expect((await archiveOf(caseId)).state).toBe('waiting')
  await runJobs()
  const again = await archiveOf(caseId)
  expect(again.hash).not.toBe(kept.hash)
  expect(await deps.files.has(kept.file_key ?? '')).toBe(false)
})

const sweep = async (day: string) => {
  setToday(day)
  await jobHandlers['applications.sweep-archives-body']?.(deps, { bodyId })
  await runJobs()
}

/** 库里凡加密存着的，与时间线、列表，都不再有这个人。 */
test('de-identified when due: nothing of the person left in the working database, pages work, everything verifies', async () => {
  const caseId = await served('2025-04-01')
  await desk.done(caseId, '2025-04-02', 'archive')
  await runJobs()
  const before = await archiveOf(caseId)
  const letter = await db.selectFrom('application_letter').select(['letter_id', 'doc_no']).where('case_id', '=', caseId).executeTakeFirstOrThrow()
  const files = await db.selectFrom('application_letter_file').select('file_key').where('letter_id', '=', letter.letter_id).execute()
  expect(files).toHaveLength(2)
  await sweep('2025-09-20')
  expect((await archiveOf(caseId)).deidentified_on).toBeNull()
  await sweep('2025-10-10')
  expect((await archiveOf(caseId)).deidentified_on).toBe('2025-10-10')

  const applicant = await db.selectFrom('applicant').innerJoin('application', 'application.applicant_id', 'applicant.applicant_id').selectAll('applicant').where('application.case_id', '=', caseId).executeTakeFirstOrThrow()
  expect([applicant.name_sealed, applicant.id_no_sealed, applicant.contact_sealed, applicant.details_sealed, applicant.name_hash, applicant.id_hash]).toEqual([null, null, null, null, null, null])
  for (const table of ['application_paper', 'consultation_party', 'application_access', 'application_document'] as const) expect(await db.selectFrom(table).select('case_id').where('case_id', '=', caseId).execute(), table).toEqual([])
  for (const { file_key } of files) expect(await deps.files.has(file_key)).toBe(false)

  const page = await desk.pageOf(caseId)
  expect(page).toContain('已去标识化')
  expect(page).not.toContain('欧')
  // 无从核对身份，不再给查询码
  expect(page).not.toContain('/query-code')
  expect((await desk.get(`/desk/applications/${caseId}/query-code`)).status).toBe(303)
  expect((await desk.get(`/desk/applications/${caseId}/letters`)).status).toBe(200)
  expect((await desk.get(`/desk/applications/${caseId}/letters/${letter.letter_id}`)).status).toBe(404)
  expect((await desk.get('/desk/applications/closed')).status).toBe(200)
  // 档案包还在，照样取得出
  expect((await archiveOf(caseId)).hash).toBe(before.hash)
  expect((await taken(caseId)).includes(NAME)).toBe(true)
  for (const { name, problems } of await verifyAll(deps, verifiers)) expect([name, problems]).toEqual([name, []])
  // 同一行的旧台账再导入，姓名不回来
  const { regNo, content, applicantId } = await desk.stateOf(caseId)
  const value = aParsedApplication({ regNo, content, receivedOn: '2025-04-01', channel: 'IN_PERSON', applicantName: NAME, decidedOn: '2025-04-01', outcome: 'GRANTED', servedOn: '2025-04-01', deliveryMethod: 'POST' })
  const context = { bodyId, actor: 'system:test', at: deps.clock.now(), today: deps.clock.today(), fieldKeys: fieldKeys(deps.config.secretKey) }
  await db.transaction().execute((tx) => importApplications(tx, context, [{ key: regNo, value, line: 2 }]))
  expect((await desk.stateOf(caseId)).applicantId).toBe(applicantId)
})

test('not while held, disputed or when the package is not whole', async () => {
  const [held, disputed, broken] = [await served('2025-11-03'), await served('2025-11-04'), await served('2025-11-05')]
  for (const caseId of [held, disputed, broken]) await desk.done(caseId, '2025-11-06', 'archive')
  await runJobs()
  const docNo = (await desk.stateOf(disputed)).decision?.docNo
  expect(docNo).toBeTruthy()
  const letters = await db.selectFrom('application_letter').select('doc_no').where('case_id', '=', disputed).executeTakeFirstOrThrow()
  await db
    .insertInto('review_case')
    .values({ body_id: bodyId, review_id: newId(), version: 1, ledger_key: null, status: 'received', case_no: '区复〔2025〕9 号', authority: null, decision_no: letters.doc_no, procedure: 'ordinary', received_on: '2025-12-01', answer_due_on: null, answered_on: null, result: null, decided_on: null, updated_at: deps.clock.now() })
    .execute()
  setToday('2025-11-07')
  expect((await post(`/desk/archive/cases/${held}/hold`, { version: String((await archiveOf(held)).version), reason: '法院调卷' })).status).toBe(303)
  const { file_key } = await archiveOf(broken)
  await deps.files.remove(file_key ?? '')
  await sweep('2026-06-01')
  for (const caseId of [held, disputed, broken]) expect((await archiveOf(caseId)).deidentified_on).toBeNull()
  const faults = (await verifyAll(deps, verifiers.filter(({ name }) => name === '档案包')))[0]?.problems
  expect(faults?.map(({ where }) => where)).toEqual([`档案包 ${bodyId}/${broken}`])
  await post(`/desk/archive/cases/${broken}/package`, {})
  await runJobs()
  await db.deleteFrom('review_case').where('body_id', '=', bodyId).execute()
  await sweep('2026-06-02')
  expect([(await archiveOf(disputed)).deidentified_on, (await archiveOf(broken)).deidentified_on]).toEqual(['2026-06-02', '2026-06-02'])
  expect((await archiveOf(held)).deidentified_on).toBeNull()
})

test('files of an answer that was published stay: they are public', async () => {
  const caseId = await served('2026-02-02')
  const { document_id: documentId } = await db.selectFrom('application_document').select('document_id').where('case_id', '=', caseId).executeTakeFirstOrThrow()
  const words = { title: '加装电梯的批复', asked: '加装电梯的批复文件。', answer: '予以公开。' }
  expect(await saveLogDraft(deps, desk.accountOf('officer'), { bodyId, caseId, seen: 0, words, documentIds: [documentId] })).toMatchObject({ ok: true })
  const entry = await db.selectFrom('answered_request').select(['entry_id', 'content_hash']).where('case_id', '=', caseId).executeTakeFirstOrThrow()
  expect(await publishLogEntry(deps, desk.accountOf('head'), { bodyId, caseId, hash: entry.content_hash })).toMatchObject({ ok: true })
  await desk.done(caseId, '2026-02-03', 'archive')
  await runJobs()
  await sweep('2026-08-20')
  expect((await archiveOf(caseId)).deidentified_on).toBe('2026-08-20')
  expect((await app.request(`/bodies/sljd/answered-requests/${entry.entry_id}/attachments/${documentId}`)).status).toBe(200)
  for (const { name, problems } of await verifyAll(deps, verifiers)) expect([name, problems]).toEqual([name, []])
})

test('a case split in two: the shared applicant and papers go only when both are archived', async () => {
  const parent = await desk.register('2026-06-08', WHO)
  await desk.done(parent, '2026-06-08', 'split', { contents: '甲项\n乙项' })
  const children = (await desk.stateOf(parent)).splitInto
  const [one, two] = [children[0] ?? '', children[1] ?? '']
  for (const [caseId, day] of [[one, '2026-06-09'], [two, '2027-03-01']] as const) {
    await desk.done(caseId, day, 'withdraw')
    await desk.done(caseId, day, 'archive')
    await runJobs()
    if (caseId === one) {
      await sweep('2027-01-10')
      expect((await archiveOf(one)).deidentified_on).toBeNull()
    }
  }
  await sweep('2027-03-02')
  expect((await archiveOf(one)).deidentified_on).toBe('2027-03-02')
})

test('kept to the end, then destroyed by two: the register stays, the file goes; extended instead; to-dos say so', async () => {
  const [old, longer] = [await served('2026-07-15'), await served('2026-07-16')]
  await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId, key: 'caseRetention', value: 'Y10' })
  for (const caseId of [old, longer]) await desk.done(caseId, '2026-07-17', 'archive')
  await runJobs()
  await sweep('2027-12-01')
  setToday('2038-01-10')
  expect(await (await get('/desk')).text()).toContain('保管期限届满')
  expect(await (await get('/desk/archive/due')).text()).toContain((await desk.stateOf(old)).regNo)
  const step = async (caseId: string, name: string, fields: Record<string, string> = {}) => ({ version: String((await archiveOf(caseId)).version), reason: '期满，无继续保存的价值', ...fields, path: `/desk/archive/cases/${caseId}/${name}` })
  const { path: extend, ...more } = await step(longer, 'extend', { retention: 'Y10' })
  expect((await post(extend, more)).status).toBe(422)
  expect((await post(extend, { ...more, retention: 'PERMANENT' })).status).toBe(303)
  expect(await archiveOf(longer)).toMatchObject({ retention: 'PERMANENT', retain_until: null })

  const { path: destroy, ...proposal } = await step(old, 'destroy')
  expect((await desk.post(destroy, proposal, 'officer')).status).toBe(403)
  expect((await post(destroy, proposal)).status).toBe(303)
  const fileKey = (await archiveOf(old)).file_key ?? ''
  const { path: approve, ...consent } = await step(old, 'approve')
  expect((await post(approve, consent)).status).toBe(403)
  expect(await (await desk.get('/desk', 'leader')).text()).toContain('等您批准销毁')
  expect((await desk.post(approve, { ...consent, version: '1' }, 'leader')).status).toBe(422)
  expect((await desk.post(approve, consent, 'leader')).status).toBe(303)
  await runJobs()
  expect(await archiveOf(old)).toMatchObject({ state: 'destroyed', file_key: null, destroyed_on: '2038-01-10' })
  // 过一天才删，免得正在做的备份少了它
  expect(await deps.files.has(fileKey)).toBe(true)
  const { rows } = await sql<{ run_at: Date }>`select j.run_at from graphile_worker._private_jobs j where j.payload::text like ${`%${fileKey}%`}`.execute(db)
  expect(rows.map((row) => row.run_at.toISOString().slice(0, 10))).toEqual(['2038-01-11'])
  await jobHandlers['applications.remove-files']?.(deps, { keys: [fileKey] })
  expect(await deps.files.has(fileKey)).toBe(false)
  expect(await (await get('/desk/archive/destroyed')).text()).toContain('无继续保存的价值')
  expect(await desk.pageOf(old)).toContain('案卷已销毁')
  expect((await get(`/desk/archive/cases/${old}/download`)).status).toBe(404)
})
