import { afterAll, beforeAll, expect, test } from 'vitest'
import { openReport, freezeReport } from '../annual-report/testing.ts'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { setSetting } from '../bodies/index.ts'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { closePdf } from '../documents/index.ts'
import { newId } from '../platform/id.ts'
import { testDb } from '../platform/testing.ts'
import { verifyAll } from '../platform/verify.ts'
import { aDesk } from './testing-desk.ts'
import { draftLetter, issueLetter, signLetter } from './testing.ts'
import { applicationVerifiers } from './verify-applications.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let desk: Awaited<ReturnType<typeof aDesk>>
let bodyId = ''

beforeAll(async () => {
  setToday('2025-02-05')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办' })).bodyId
  const seed = { kind: 'system', name: 'seed' } as const
  for (const [key, value] of [['court', '武汉市武昌区人民法院'], ['letterPhone', '027-88880000']] as const) await setSetting(deps, seed, { bodyId, key, value })
  desk = await aDesk(app, deps, setToday, { bodyId, name: 'two' })
})
afterAll(() => closePdf())

const WHO = { name: '周同一', idNo: '420106197501014567' }

async function merged(day: string) {
  const [lead, later] = [await desk.register(day, WHO), await desk.register(day, WHO)]
  await desk.done(later, day, 'merge', { into: lead })
  return [lead, later] as const
}

/** 起草、签批、发出答复书。 */
async function answer(caseId: string): Promise<string> {
  const ref = { bodyId, caseId, letterId: newId() }
  expect(await draftLetter(deps, desk.accountOf('officer'), { ...ref, type: 'L15', recipient: '', fields: {} })).toEqual({ ok: true })
  expect(await signLetter(deps, desk.accountOf('head'), { ...ref, seen: 1 })).toEqual({ ok: true })
  expect(await issueLetter(deps, desk.accountOf('officer'), { ...ref, seen: 2 })).toMatchObject({ ok: true })
  return `/desk/applications/${caseId}/letters/${ref.letterId}`
}
const textOf = async (path: string): Promise<string> => (await desk.get(path)).text()

test('one letter answers both: it names both numbers; the case that joined has none of its own', async () => {
  const [lead, later] = await merged('2025-02-10')
  await desk.decide(lead, '2025-02-11')
  const { regNo } = await desk.stateOf(later)
  expect(await textOf(`/desk/applications/${later}/letters`)).toContain('本件已并案，与前一件以一份文书一并答复')
  const path = await answer(lead)
  expect(await textOf(path)).toContain(`您另行提出的相同申请（登记号：${regNo}）与本件并案，一并答复`)
  // 一并发出，后一件不另要文书
  await desk.done(lead, '2025-02-12', 'dispatch', { method: 'DIRECT' })
  expect((await desk.stateOf(later)).status).toBe('dispatched')
  for (const each of [lead, later]) expect(await desk.pageOf(each)).not.toContain('文书尚未发出')
})

test('a letter once issued stays as it was; the record corrected after it, the case page says that the two differ', async () => {
  const id = await desk.register('2025-02-12')
  await desk.decide(id, '2025-02-13')
  expect(await textOf(`/desk/applications/${id}/letters`)).toContain('在「更正申请」里办（条例第四十一条）')
  const path = await answer(id)
  await desk.done(id, '2025-02-13', 'dispatch', { method: 'POST', carrier: 'EMS 1' })
  const frozen = await db.selectFrom('application_letter').select(['content_hash', 'doc_no']).where('case_id', '=', id).executeTakeFirstOrThrow()
  const same = { outcome: 'GRANTED', decidedOn: '2025-02-13', method: 'POST', dispatchedOn: '2025-02-13', carrier: 'EMS 1', servedOn: '', reason: '签收单补来' }
  await desk.done(id, '2025-02-18', 'correct-outcome', { ...same, servedOn: '2025-02-17' }, 'head')
  expect(await desk.pageOf(id)).not.toContain('已发出的答复文书与现在的记录不一致')
  await desk.done(id, '2025-02-18', 'correct-outcome', { ...same, servedOn: '2025-02-17', outcome: 'GRANTED_ALREADY_PUBLIC', 'evidence.where': '区门户' }, 'head')
  expect(await desk.pageOf(id)).toContain('已发出的答复文书与现在的记录不一致')
  expect(await db.selectFrom('application_letter').select(['content_hash', 'doc_no']).where('case_id', '=', id).executeTakeFirstOrThrow()).toEqual(frozen)
  expect(await textOf(path)).toContain('予以公开')
  const dated = await desk.register('2025-02-12')
  await desk.decide(dated, '2025-02-17')
  await answer(dated)
  await desk.done(dated, '2025-02-19', 'correct-outcome', { outcome: 'GRANTED', decidedOn: '2025-02-18', reason: '成文日期抄错' }, 'head')
  expect(await desk.pageOf(dated)).toContain('已发出的答复文书与现在的记录不一致')
  expect(await desk.refusalOf(dated, '2025-02-19', 'void', { why: 'TWICE', reason: '登记了两次' }, 'head')).toContain('答复的文书已经发出的不能作废')
})

test('a frozen report shows what was voided and corrected since as drift, cell by cell', async () => {
  setToday('2026-01-05')
  const id = await desk.register('2025-03-03')
  const twice = await desk.register('2025-03-03')
  await desk.decide(id, '2025-03-04')
  setToday('2026-01-05')
  const officer = desk.accountOf('officer')
  await openReport(deps, officer, { bodyId, year: 2025 })
  await freezeReport(deps, officer, { bodyId, year: 2025 })
  await desk.done(twice, '2026-01-06', 'void', { why: 'TWICE', reason: '与前一件是同一封信' }, 'head')
  await desk.done(id, '2026-01-06', 'correct-outcome', { outcome: 'DENY_LAW', 'evidence.forbiddenBy': '某法第十条', decidedOn: '2025-03-04', reason: '归错了类' }, 'head')
  const drift = await textOf('/desk/reports/sljd/2025/drift')
  for (const words of ['作废', '更正记录', (await desk.stateOf(twice)).regNo, '其他法律行政法规禁止公开', '结转下年度继续办理']) expect(drift).toContain(words)
  const shown = await textOf(`/desk/records/application/${bodyId}/${twice}`)
  expect(shown).toContain('已作废')
  expect(shown).not.toContain('R1.N')
})

test('what the tables hold is what the timelines tell', async () => {
  expect((await verifyAll(deps, applicationVerifiers)).flatMap(({ problems }) => problems)).toEqual([])
})
