import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { aDesk } from '../../src/applications/testing-desk.ts'
import { setSetting } from '../../src/bodies/index.ts'
import { aBody, aDistrict } from '../../src/bodies/testing.ts'
import { testDb } from '../../src/platform/testing.ts'
import { openCase } from './real-case.ts'
import type { Desk } from './real-case.ts'

/* 逐日的神谕走出来的毛病，缩到最短，一处一试。 */
const { deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let desk: Desk
let goesOn: Desk

beforeAll(async () => {
  setToday('2025-01-02')
  await aDistrict(deps)
  const [usual, other] = [await aBody(deps, { code: 'jia', name: '示例甲局', codeWord: '甲' }), await aBody(deps, { code: 'yi', name: '示例乙局', codeWord: '乙' })]
  expect(await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId: other.bodyId, key: 'feeRestart', value: 'RESUME_AFTER_PAYMENT' })).toMatchObject({ ok: true })
  desk = await aDesk(app, deps, setToday, { bodyId: usual.bodyId, name: 'jia' })
  goesOn = await aDesk(app, deps, setToday, { bodyId: other.bodyId, name: 'yi' })
})

const dueOf = async (caseId: string): Promise<string | null> => (await openCase(desk, caseId, 'officer')).due
const askedAndAccepted = async (caseId: string): Promise<void> => {
  await desk.done(caseId, '2025-03-04', 'ask-reason', { by: '2025-03-10' })
  await desk.done(caseId, '2025-03-06', 'give-reason', { reasonable: 'yes' })
}

test('到期之后不得再定延迟答复之日，逾期抹不掉', async () => {
  const id = await desk.register('2025-03-03')
  await askedAndAccepted(id)
  expect(await desk.refusalOf(id, '2025-04-01', 'defer', { until: '2025-04-30' })).toContain('须在答复期限届满之前告知')
  expect((await openCase(desk, id, 'officer')).words).toContain('已逾期')
})

test('已定延迟答复之日的，不再延长：延了也不动到期日', async () => {
  const id = await desk.register('2025-03-03')
  await askedAndAccepted(id)
  await desk.done(id, '2025-03-07', 'defer', { until: '2025-04-30' })
  expect(await desk.refusalOf(id, '2025-03-10', 'extend', { days: '5' }, 'head')).toContain('已确定延迟答复的期限，不再延长')
})

test('逾期之后不得再收费：缴费会使期限重新计算', async () => {
  const id = await desk.register('2025-03-03')
  expect(await desk.refusalOf(id, '2025-04-01', 'notice-fee', { mode: 'PAGES', pages: '100' }, 'head')).toContain('逾期不得再收费')
})

test('再次告知补正，不得早于上次收到补正之日', async () => {
  const id = await desk.register('2025-03-03')
  await desk.done(id, '2025-03-05', 'ask-supplement', { items: '写明名称' })
  await desk.done(id, '2025-03-10', 'receive-supplement')
  expect(await desk.refusalOf(id, '2025-03-11', 'ask-supplement', { on: '2025-03-07', items: '再写明' }, 'head')).toContain('日期不能早于答复期限起算之日')
})

test('说明理由，不得早于要求说明之日', async () => {
  const id = await desk.register('2025-03-03')
  await desk.done(id, '2025-03-06', 'ask-reason', { by: '2025-03-10' })
  expect(await desk.refusalOf(id, '2025-03-07', 'give-reason', { on: '2025-03-05', reasonable: 'yes' })).toContain('日期有误')
})

test('收到补正，期限重新计算，此前所定的延迟之日作罢；同一日的亦然', async () => {
  const id = await desk.register('2025-03-03')
  await askedAndAccepted(id)
  await desk.done(id, '2025-03-07', 'defer', { until: '2025-06-30' })
  await desk.done(id, '2025-03-07', 'ask-supplement', { items: '写明名称' })
  await desk.done(id, '2025-03-07', 'receive-supplement')
  expect(await dueOf(id)).toBe('2025-04-07')
})

test('缴费、重新计算，此前所定的延迟之日作罢', async () => {
  const id = await desk.register('2025-03-03')
  await askedAndAccepted(id)
  await desk.done(id, '2025-03-07', 'defer', { until: '2025-06-30' })
  await desk.done(id, '2025-03-10', 'notice-fee', { mode: 'PAGES', pages: '100' }, 'head')
  await desk.done(id, '2025-04-02', 'pay-fee')
  expect(await dueOf(id)).toBe('2025-04-30')
})

test('同一日缴费、又告知补正的，期限停着', async () => {
  const id = await desk.register('2025-03-03')
  await desk.done(id, '2025-03-05', 'notice-fee', { mode: 'PAGES', pages: '100' }, 'head')
  await desk.done(id, '2025-03-10', 'pay-fee')
  await desk.done(id, '2025-03-10', 'ask-supplement', { items: '写明名称' })
  const seen = await openCase(desk, id, 'officer')
  expect([seen.status, seen.due]).toEqual(['待补正', '期限暂停'])
})

test('接续计算的，等缴费的日子写作等缴费，不写作征求意见', async () => {
  const id = await goesOn.register('2025-03-03')
  await goesOn.done(id, '2025-03-05', 'notice-fee', { mode: 'PAGES', pages: '100' }, 'head')
  await goesOn.done(id, '2025-03-10', 'pay-fee')
  const html = await goesOn.pageOf(id)
  expect([html.includes('扣除等缴费 3 个工作日'), html.includes('扣除征求意见')]).toEqual([true, false])
})

test('撤回的一件归档之后，也不能更正成别的结果', async () => {
  const id = await desk.register('2025-03-03')
  await desk.done(id, '2025-03-04', 'withdraw')
  await desk.done(id, '2025-03-05', 'archive')
  expect((await openCase(desk, id, 'head')).offered).not.toContain('correct-outcome')
})
