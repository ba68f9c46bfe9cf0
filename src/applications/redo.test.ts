import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { setSetting } from '../bodies/index.ts'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { fieldKeys } from '../platform/crypto.ts'
import { newId } from '../platform/id.ts'
import { testDb } from '../platform/testing.ts'
import { BUILT_IN_CALENDAR as calendar } from '../statute/calendar.ts'
import { orderedDue } from '../statute/ordered-term.ts'
import { due, newTerm, replyClock } from '../statute/reply-clock.ts'
import { refuseDeidentify } from './archive/refuse-deidentify.ts'
import { giveAccessCode } from './citizen/access-code.ts'
import { aCitizen } from './citizen/testing-citizen.ts'
import { applicationVerifiers, countForReport, getApplication, listForCell, listRedos, openRedo } from './index.ts'
import { composeLetter } from './letters/compose-letter.ts'
import { getLetterSource, toLetterInput } from './letter-desk/letter-source.ts'
import type { RedoOrder } from './open-redo.ts'
import { aDesk } from './testing-desk.ts'

const { db, deps, setToday } = testDb()
const behindProxy = { ...deps, config: { ...deps.config, trustProxy: true } }
const app = createApp(behindProxy, appParts(behindProxy))
const seed = { kind: 'system', name: 'seed' } as const
let desk: Awaited<ReturnType<typeof aDesk>>
let bodyId = ''

beforeAll(async () => {
  setToday('2026-03-02')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  for (const [key, value] of [['court', '武汉市武昌区人民法院'], ['letterPhone', '027-88880000']] as const) await setSetting(deps, seed, { bodyId, key, value })
  desk = await aDesk(app, deps, setToday, { bodyId, name: 'redo' })
})

const ORDER: RedoOrder = { disputeId: newId(), kind: 'review', authority: '武昌区人民政府', documentNo: '武政复决〔2026〕3号', decidedOn: '2026-04-20', result: '撤销', from: '2026-04-22', term: { days: 10, unit: 'WORKDAY' } }
const redo = (of: string, order: Partial<RedoOrder> = {}) =>
  db.transaction().execute((tx) => openRedo(tx, deps, { bodyId, of, order: { ...ORDER, disputeId: newId(), ...order } }, { actor: 'system:test', at: deps.clock.now(), today: deps.clock.today() }))

/** 不予公开而送达的一件。 */
async function denied(): Promise<string> {
  const caseId = await desk.register('2026-03-02')
  await desk.done(caseId, '2026-03-03', 'examine')
  await desk.decide(caseId, '2026-03-10', 'DENY_PROCESS', { 'evidence.process': 'REQUEST', 'evidence.reason': '尚在讨论' })
  return caseId
}
async function served(): Promise<string> {
  const caseId = await denied()
  await desk.done(caseId, '2026-03-10', 'dispatch', { method: 'POST', carrier: 'EMS' })
  await desk.done(caseId, '2026-03-12', 'serve')
  return caseId
}

test('决定所定的期限：工作日、自然日都由日历算出，逐日的账止于同一日', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 60 }), fc.constantFrom('WORKDAY' as const, 'DAY' as const), (shift, days, unit) => {
      const from = new Date(Date.UTC(2025, 0, 6 + shift)).toISOString().slice(0, 10)
      const term = newTerm(from, { days, unit })
      const account = due(term, calendar)
      const clock = replyClock(term, calendar)
      expect(clock).toEqual({ state: 'running', dueOn: orderedDue({ days, unit }, from, calendar).dueOn })
      expect(account.dueOn).toBe(clock.dueOn)
      expect(account.steps.filter(({ kind }) => kind === 'counted')).toHaveLength(days)
      expect(account.steps.at(-1)?.day).toBe(account.dueOn)
    }),
  )
})

test('重新答复：自己的一件、自己的期限，不另计件，原件不动', async () => {
  const of = await served()
  setToday('2026-04-23')
  const before = await countForReport(db, bodyId, 2026, '2026-12-31')
  const made = await redo(of)
  if (!made.ok) throw new Error(made.refusal)
  const { state } = await getApplication(db, bodyId, made.caseId)
  expect(state).toMatchObject({ status: 'registered', receivedOn: '2026-04-22', regNo: expect.stringMatching(/-重1$/), redo: { of, counted: false, replaces: { decidedOn: '2026-03-10' } } })
  expect(await listRedos(db, bodyId, [of])).toMatchObject([{ caseId: made.caseId, dueOn: '2026-05-09' }])
  expect(await countForReport(db, bodyId, 2026, '2026-12-31')).toEqual(before)
  expect((await listForCell(db, { bodyId, year: 2026, asOf: '2026-12-31', cell: 'R1.T' })).rows.map(({ caseId }) => caseId)).not.toContain(made.caseId)
  const page = await desk.pageOf(made.caseId)
  for (const words of ['照复议决定、裁判重新答复', '武政复决〔2026〕3号', '2026-05-09', '不另计件', '决定、裁判所定的 10 个工作日']) expect(page).toContain(words)
  expect(await desk.pageOf(of)).toContain('重新答复 <a')
  expect(await (await desk.get('/desk/applications')).text()).toContain('-重1')
  // 决定定了期限的，不停、不延长；不拆、不并
  for (const step of ['extend', 'ask-supplement', 'split', 'notice-fee', 'merge']) expect((await desk.get(`/desk/applications/${made.caseId}/${step}`, 'head')).status).toBe(409)
  // 同一件决定不立两次；别的决定可以再立
  expect(await redo(of, { disputeId: state.redo?.disputeId ?? '' })).toEqual({ ok: false, refusal: 'redo-twice' })

  await desk.done(made.caseId, '2026-04-24', 'examine')
  await desk.decide(made.caseId, '2026-04-30', 'GRANTED')
  const source = await getLetterSource(db, deps, bodyId, made.caseId)
  const letter = composeLetter(toLetterInput(source, 'L15', { recipient: '', fields: {} }, { docNo: '示公开答〔2026〕9号' }))
  if (!letter.ok) throw new Error(JSON.stringify(letter.problems))
  const text = letter.letter.paragraphs.join('\n')
  expect(text).toContain('武昌区人民政府于2026年4月20日作出行政复议决定（武政复决〔2026〕3号）')
  expect(text).toContain('本答复取代')
  await desk.done(made.caseId, '2026-05-06', 'dispatch', { method: 'POST', carrier: 'EMS' })
  expect(await listRedos(db, bodyId, [of])).toMatchObject([{ answeredOn: '2026-05-06', late: false }])
  expect(await countForReport(db, bodyId, 2026, '2026-12-31')).toEqual(before)
  for (const verifier of applicationVerifiers) for await (const problem of verifier.verify(deps)) expect(problem).toBeNull()
})

test('没有定期限的照第三十三条；设置为计入的，另计一件新收', async () => {
  const of = await served()
  setToday('2026-04-23')
  expect(await setSetting(deps, seed, { bodyId, key: 'redoCounting', value: 'COUNTED' })).toMatchObject({ ok: true })
  const before = await countForReport(db, bodyId, 2026, '2026-12-31')
  const made = await redo(of, { term: null })
  await setSetting(deps, seed, { bodyId, key: 'redoCounting', value: 'NOT_COUNTED' })
  if (!made.ok) throw new Error(made.refusal)
  const after = await countForReport(db, bodyId, 2026, '2026-12-31')
  expect((after['R1.N'] ?? 0) - (before['R1.N'] ?? 0)).toBe(1)
  expect((after['R4.N'] ?? 0) - (before['R4.N'] ?? 0)).toBe(1)
  expect(await listRedos(db, bodyId, [of])).toMatchObject([{ dueOn: '2026-05-22' }])
  expect((await desk.get(`/desk/applications/${made.caseId}/extend`, 'head')).status).toBe(200)
})

test('还没有答复的、撤回的不能据以重新答复', async () => {
  const open = await desk.register('2026-03-02')
  expect(await redo(open)).toEqual({ ok: false, refusal: 'redo-unanswered' })
  await desk.done(open, '2026-03-03', 'withdraw')
  expect(await redo(open)).toEqual({ ok: false, refusal: 'redo-dropped' })
})

test('申请人从原件看到重新答复，凭原来的查询码也查得到；别的案件打不开', async () => {
  const of = await served()
  const code = await db.transaction().execute((tx) => giveAccessCode(tx, fieldKeys(deps.config.secretKey), { bodyId, caseId: of }, deps.clock.now()))
  setToday('2026-04-23')
  const made = await redo(of)
  if (!made.ok) throw new Error(made.refusal)
  const { regNo } = (await getApplication(db, bodyId, of)).state
  const citizen = aCitizen(app)
  await citizen.post('/applications/track', { regNo, code })
  const page = await (await citizen.get('/applications/track/case')).text()
  expect(page).toContain('重新答复')
  expect(page).toContain('应当答复于 2026-05-09')
  await citizen.post('/applications/track/redo', { case: made.caseId })
  expect(await (await citizen.get('/applications/track/case')).text()).toContain(`<h1>${made.regNo}`)
  // 不相连的一件不认
  const stranger = await served()
  await citizen.post('/applications/track/redo', { case: stranger })
  expect(await (await citizen.get('/applications/track/case')).text()).toContain(`<h1>${made.regNo}`)
  const direct = aCitizen(app)
  expect((await direct.post('/applications/track', { regNo: made.regNo, code })).headers.get('location')).toBe('/applications/track/case')
})

test('重新答复没有归档的，原件不去标识化', async () => {
  const of = await served()
  await desk.done(of, '2026-03-20', 'archive')
  setToday('2026-04-23')
  await redo(of)
  const { version, state } = await getApplication(db, bodyId, of)
  const archive = await db.selectFrom('application_archive').selectAll().where('body_id', '=', bodyId).where('case_id', '=', of).executeTakeFirstOrThrow()
  const refused = await refuseDeidentify(db, { ...archive, state: 'kept', preview: false, case_version: version }, { applicantIds: [state.applicantId ?? ''], version, today: '2026-04-23', listDisputed: () => Promise.resolve([]) })
  expect(refused).toContain('重新答复')
})
