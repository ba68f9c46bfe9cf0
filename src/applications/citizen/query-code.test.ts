import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { aDesk } from '../testing-desk.ts'
import { aCitizen, fillDraft, receiptOf, submitDraft } from './testing-citizen.ts'

const { db, deps, setToday } = testDb()
const behindProxy = { ...deps, config: { ...deps.config, trustProxy: true } }
const app = createApp(behindProxy, appParts(behindProxy))
let bodyId = ''
let desk: Awaited<ReturnType<typeof aDesk>>

beforeAll(async () => {
  setToday('2026-01-12')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  desk = await aDesk(app, deps, setToday, { bodyId, name: 'code' })
})

const pathOf = (caseId: string): string => `/desk/applications/${caseId}/query-code`
const hiddenIn = (html: string): { formId: string; seen: string } => ({ formId: /name="formId" value="([^"]+)"/.exec(html)?.[1] ?? '', seen: /name="seen" value="([^"]*)"/.exec(html)?.[1] ?? '' })
const formOf = async (caseId: string) => ({ ...hiddenIn(await (await desk.get(pathOf(caseId))).text()), reason: 'none', checked: 'yes' })
const audits = (caseId: string) => db.selectFrom('audit_event').selectAll().where('action', '=', 'application.query-code-given').where('target', '=', caseId).execute()
const tracks = async (given: { regNo: string; code: string }) => {
  const response = await aCitizen(app).post('/applications/track', given)
  return response.headers.get('location') === '/applications/track/case'
}

async function give(caseId: string): Promise<{ regNo: string; code: string }> {
  const response = await desk.post(pathOf(caseId), await formOf(caseId))
  expect(response.status).toBe(200)
  return receiptOf(await response.text())
}

test('who applied in person is given a code once checked; it opens the case, and only its digest is kept', async () => {
  const caseId = await desk.register('2026-01-12')
  expect(await desk.pageOf(caseId)).toContain(pathOf(caseId))
  const form = await formOf(caseId)
  const unchecked = await desk.post(pathOf(caseId), { ...form, checked: '', reason: '' })
  const html = await unchecked.text()
  expect([unchecked.status, html.includes('id="f-checked-error"'), html.includes('id="f-reason-error"')]).toEqual([422, true, true])
  expect(hiddenIn(html)).toEqual({ formId: form.formId, seen: '' })
  expect(await audits(caseId)).toEqual([])
  const slip = await desk.post(pathOf(caseId), form)
  const words = await slip.text()
  const given = receiptOf(words)
  expect([slip.status, slip.headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(given.regNo).toBe((await desk.stateOf(caseId)).regNo)
  expect(given.code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/)
  expect(words).toContain(`${deps.config.baseUrl}/applications/track`)
  expect(await tracks(given)).toBe(true)
  const kept = JSON.stringify([await audits(caseId), await db.selectFrom('application_access').selectAll().execute(), await db.selectFrom('timeline_event').selectAll().where('case_id', '=', caseId).execute()])
  expect(kept).toContain('还没有查询码')
  for (const part of [given.code, given.code.replaceAll('-', '')]) expect(kept).not.toContain(part)
  expect(await (await desk.get(pathOf(caseId))).text()).not.toContain(given.code)
})

test('the same form sent twice shows one code; a new one stops the old, and a form opened before it is refused', async () => {
  const caseId = await desk.register('2026-01-12')
  const form = await formOf(caseId)
  const other = await formOf(caseId)
  const codes = await Promise.all([desk.post(pathOf(caseId), form), desk.post(pathOf(caseId), form)])
  const [one, again] = [receiptOf(await codes[0].text()), receiptOf(await codes[1].text())]
  expect(again).toEqual(one)
  expect(await audits(caseId)).toHaveLength(1)
  const late = await desk.post(pathOf(caseId), other)
  expect([late.status, (await late.text()).includes('他人刚才给过新的查询码')]).toEqual([409, true])
  expect(await tracks(one)).toBe(true)
  const next = await give(caseId)
  expect([await tracks(one), await tracks(next)]).toEqual([false, true])
  expect((await desk.post(pathOf(caseId), form)).status).toBe(409)
  expect(await tracks(next)).toBe(true)
})

test('who applied online and lost the code: the old stops, and the slip in the browser is cleared', async () => {
  const citizen = aCitizen(app)
  await fillDraft(citizen, '/apply/sljd')
  const lost = await submitDraft(citizen, '/apply/sljd')
  const { case_id: caseId } = await db.selectFrom('application').select('case_id').where('reg_no', '=', lost.regNo).executeTakeFirstOrThrow()
  const given = await give(caseId)
  expect([given.regNo === lost.regNo, await tracks(lost), await tracks(given)]).toEqual([true, false, true])
  expect(await (await citizen.get('/apply/sljd/done')).text()).not.toContain(lost.code)
})

test('only who handles cases and reads personal data; not once the applicant is no longer known', async () => {
  const caseId = await desk.register('2026-01-12')
  for (const who of ['leader', 'office'] as const) {
    expect([who, (await desk.get(pathOf(caseId), who)).status]).toEqual([who, 403])
    expect([who, (await desk.post(pathOf(caseId), await formOf(caseId), who)).status]).toEqual([who, 403])
    expect(await desk.pageOf(caseId, who)).not.toContain(pathOf(caseId))
  }
  const form = await formOf(caseId)
  const { applicantId } = await desk.stateOf(caseId)
  await db.updateTable('applicant').set({ name_sealed: null, name_hash: null }).where('applicant_id', '=', applicantId ?? '').execute()
  expect(await desk.pageOf(caseId)).not.toContain(pathOf(caseId))
  expect((await desk.get(pathOf(caseId))).status).toBe(303)
  const refused = await desk.post(pathOf(caseId), form)
  expect([refused.status, refused.headers.get('location')]).toEqual([303, `/desk/applications/${caseId}`])
  expect(await db.selectFrom('application_access').select('case_id').where('case_id', '=', caseId).execute()).toEqual([])
})
