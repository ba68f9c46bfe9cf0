import { expect, test } from 'vitest'
import { BUILT_IN_CALENDAR } from '../statute/calendar.ts'
import { hashContent } from './item-hash.ts'
import * as rules from './item-rules.ts'
import { evolveItem, foldItem, isPublic, NEW_ITEM } from './item.ts'
import type { Classification, ItemContent, ItemEvent, ItemState } from './item.ts'
import { toItemRow } from './store.ts'

const content: ItemContent = { title: '机构职能', docNo: null, summary: null, origin: 'made', formedOn: '2024-12-31', files: [] }
const proactive: Classification = { attribute: 'proactive', codes: ['A20_02'], summaryKind: null, exemption: null, term: 'GENERAL', termFrom: null }
const contentHash = hashContent(content)

type Decided = ReturnType<typeof rules.formItem>
function after(state: ItemState, decided: Decided): ItemState {
  if (!decided.ok) throw new Error(decided.refusal)
  return decided.events.reduce((so: ItemState, event: ItemEvent) => evolveItem(so, event), state)
}
const refusal = (decided: Decided): string | null => (decided.ok ? null : decided.refusal)

const formed = (): ItemState =>
  after(NEW_ITEM, rules.formItem(NEW_ITEM, { on: '2025-01-02', indexNo: '1/2024-00001', content, contentHash, handler: 'a' }))
const classified = (): ItemState => after(formed(), rules.determineAttribute(formed(), { on: '2025-01-03', classification: proactive }))
const reviewed = (result: 'pass' | 'fail' | 'escalated' = 'pass'): ItemState => {
  const asked = after(classified(), rules.requestReview(classified(), { on: '2025-01-06', handler: 'a' }))
  return after(asked, rules.reviewItem(asked, { on: '2025-01-07', reviewer: 'b', result, opinion: '意见' }))
}
const approved = (): ItemState => after(reviewed(), rules.approveItem(reviewed(), { on: '2025-01-08', approver: 'c' }))
const publish = (state: ItemState, changes: Partial<Parameters<typeof rules.publishItem>[1]> = {}) =>
  rules.publishItem(state, { on: '2025-01-09', contentHash, channel: '区门户', url: null, publisher: 'd', ...changes })

test('an item goes from formed to published by review, approval and export', () => {
  const exported = after(approved(), rules.exportItem(approved(), { on: '2025-01-08', target: '区门户' }))
  expect(exported.status).toBe('exported')
  const published = after(exported, publish(exported))
  expect(published).toMatchObject({ status: 'published', firstPublishedOn: '2025-01-09', indexNo: '1/2024-00001' })
})

test.each([
  ['2024-12-31', '2025-02-05'],
  ['2025-09-28', '2025-10-31'],
  ['2026-01-30', '2026-03-05'],
])('G46: formed %s, due by %s', (formedOn, due) => {
  const item = foldItem([
    { kind: 'formed', on: formedOn, indexNo: 'x', content: { ...content, formedOn }, contentHash, handler: 'a' },
    { kind: 'attribute-determined', on: formedOn, classification: proactive },
  ])
  if (item.status === 'new') throw new Error('没有登记')
  expect(toItemRow(item, BUILT_IN_CALENDAR).due_on).toBe(due)
})

test('G49: one word changed after the review, and it cannot be published', () => {
  const changed = { ...content, title: '机构职责' }
  expect(refusal(publish(approved(), { contentHash: hashContent(changed) }))).toBe('content-changed-since-review')
  const state = after(approved(), rules.changeContent(approved(), { on: '2025-01-09', content: changed, contentHash: hashContent(changed), handler: 'a' }))
  expect(refusal(publish(state, { contentHash: hashContent(changed) }))).toBe('not-in-this-state')
})

test('G50: an identity number in the text stops the review', () => {
  const bad = { ...content, summary: '联系人证件号 11010519491231002X' }
  const state = after(classified(), rules.changeContent(classified(), { on: '2025-01-04', content: bad, contentHash: hashContent(bad), handler: 'a' }))
  expect(refusal(rules.requestReview(state, { on: '2025-01-05', handler: 'a' }))).toBe('personal-data-found')
})

test('nobody reviews his own item, and the reviewer does not publish', () => {
  const asked = after(classified(), rules.requestReview(classified(), { on: '2025-01-06', handler: 'a' }))
  expect(refusal(rules.reviewItem(asked, { on: '2025-01-07', reviewer: 'a', result: 'pass', opinion: '' }))).toBe('reviewer-is-handler')
  expect(refusal(publish(approved(), { publisher: 'b' }))).toBe('publisher-is-reviewer')
  expect(refusal(publish(approved(), { publisher: 'a' }))).toBe('publisher-is-handler')
  expect(rules.publishItem(approved(), { on: '2025-01-09', contentHash, channel: '区门户', url: null, publisher: 'a' }, 'two-persons').ok).toBe(true)
})

test('without a passed review nothing is approved, exported or published', () => {
  expect(refusal(rules.approveItem(reviewed('escalated'), { on: '2025-01-08', approver: 'c' }))).toBe('review-not-passed')
  expect(reviewed('fail').status).toBe('attribute-determined')
  expect(refusal(publish(classified()))).toBe('not-in-this-state')
})

test('第二十六条: a change after publication starts the term again and asks for a new review', () => {
  const published = after(approved(), publish(approved()))
  const next = { ...content, title: '机构职能（2025年）' }
  const updated = after(published, rules.changeContent(published, { on: '2025-04-25', content: next, contentHash: hashContent(next), handler: 'a' }))
  if (updated.status === 'new') throw new Error('没有登记')
  expect(updated.status).toBe('updated')
  expect(isPublic(updated)).toBe(true)
  expect(toItemRow(updated, BUILT_IN_CALENDAR).due_on).toBe('2025-05-27')
  expect(refusal(publish(updated, { contentHash: hashContent(next) }))).toBe('not-in-this-state')
})

test('第十八条: an exempt item needs its reason, is reassessed, and may be opened', () => {
  const exempt = { ...proactive, attribute: 'exempt' as const, codes: [] }
  expect(refusal(rules.determineAttribute(formed(), { on: '2025-01-03', classification: exempt }))).toBe('exemption-reason-missing')
  const reasoned = { ...exempt, exemption: { code: 'A16_INTERNAL' as const, reason: '内部工作流程' } }
  const kept = after(formed(), rules.determineAttribute(formed(), { on: '2025-01-03', classification: reasoned }))
  expect(kept.status).toBe('exempt')
  const opened = after(kept, rules.reassessExemption(kept, { on: '2026-01-05', result: 'open', reason: '情形已不存在', reviewer: 'b' }))
  expect(opened.status).toBe('formed')
})

test('a withdrawn item is no longer public and the reason is kept', () => {
  const published = after(approved(), publish(approved()))
  const withdrawn = after(published, rules.withdrawItem(published, { on: '2025-02-01', reason: '内容有误' }))
  expect(withdrawn).toMatchObject({ status: 'withdrawn', withdrawnOn: '2025-02-01', withdrawReason: '内容有误' })
  expect(withdrawn.status !== 'new' && isPublic(withdrawn)).toBe(false)
})
