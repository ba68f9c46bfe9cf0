import { expect, test } from 'vitest'
import { BUILT_IN_CALENDAR } from '../statute/calendar.ts'
import { hashContent } from './item-hash.ts'
import * as rules from './item-rules.ts'
import { awaitingOf, evolveItem, foldItem, isPublic, NEW_ITEM } from './item.ts'
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
const WAY = { check: false, approver: 'disclosure-head' } as const
const ask = (hash = contentHash, changes: Partial<rules.PrecheckStanding> = {}) => ({ on: '2025-01-06', handler: 'a', way: WAY, precheck: { contentHash: hash, blocks: 0, warnings: 0, ...changes } })
const reviewed = (result: 'pass' | 'fail' | 'escalated' = 'pass'): ItemState => {
  const asked = after(classified(), rules.requestReview(classified(), ask()))
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

test('G50: what the pre-check found stops the review until it is settled, and a pre-check of other content does not count', () => {
  expect(refusal(rules.requestReview(classified(), ask(contentHash, { blocks: 1 })))).toBe('precheck-blocked')
  expect(refusal(rules.requestReview(classified(), ask(contentHash, { warnings: 1 })))).toBe('precheck-unacknowledged')
  expect(refusal(rules.requestReview(classified(), ask(hashContent({ ...content, title: '机构职责' }))))).toBe('precheck-missing')
  expect(refusal(rules.requestReview(classified(), { ...ask(), precheck: null }))).toBe('precheck-missing')
})

test('nobody reviews his own item, and the reviewer does not publish', () => {
  const asked = after(classified(), rules.requestReview(classified(), ask()))
  expect(refusal(rules.reviewItem(asked, { on: '2025-01-07', reviewer: 'a', result: 'pass', opinion: '' }))).toBe('reviewer-is-handler')
  expect(refusal(publish(approved(), { publisher: 'b' }))).toBe('publisher-is-reviewer')
  expect(refusal(publish(approved(), { publisher: 'a' }))).toBe('publisher-is-handler')
  expect(refusal(rules.approveItem(reviewed(), { on: '2025-01-08', approver: 'a' }))).toBe('approver-is-handler')
})

test('with two persons the reviewer may publish, the handler still may not', () => {
  const by = (publisher: string) => rules.publishItem(approved(), { on: '2025-01-09', contentHash, channel: '区门户', url: null, publisher }, 'two-persons')
  expect(by('b').ok).toBe(true)
  expect(refusal(by('a'))).toBe('publisher-is-handler')
})

test('who wrote an earlier draft of this edition is a handler too, and so is whom he stood in for', () => {
  const changed = { ...content, title: '机构职责' }
  const rewritten = after(classified(), rules.changeContent(classified(), { on: '2025-01-04', content: changed, contentHash: hashContent(changed), handler: 'x' }))
  const asked = after(rewritten, rules.requestReview(rewritten, { ...ask(hashContent(changed)), handler: 'x' }))
  expect(refusal(rules.reviewItem(asked, { on: '2025-01-07', reviewer: 'a', result: 'pass', opinion: '' }))).toBe('reviewer-is-handler')
  const lent = evolveItem(classified(), { kind: 'review-requested', on: '2025-01-06', contentHash, handler: 'a', onBehalfOf: 'y' })
  expect(refusal(rules.reviewItem(lent, { on: '2025-01-07', reviewer: 'y', result: 'pass', opinion: '' }))).toBe('reviewer-is-handler')
})

test('the way is kept: the unit head first, then secrecy; an escalated item waits for the answer; a return voids all', () => {
  const asked = after(classified(), rules.requestReview(classified(), { ...ask(), way: { check: true, approver: 'leader' } }))
  if (asked.status === 'new') throw new Error('没有登记')
  expect(awaitingOf(asked)).toBe('check')
  expect(refusal(rules.reviewItem(asked, { on: '2025-01-07', reviewer: 'b', result: 'pass', opinion: '' }))).toBe('not-checked')
  expect(refusal(rules.checkItem(asked, { on: '2025-01-07', checker: 'a', opinion: '' }))).toBe('checker-is-handler')
  const checked = after(asked, rules.checkItem(asked, { on: '2025-01-07', checker: 'e', opinion: '' }))
  const escalated = after(checked, rules.reviewItem(checked, { on: '2025-01-07', reviewer: 'b', result: 'escalated', opinion: '不能确定' }))
  expect(escalated.status !== 'new' && awaitingOf(escalated)).toBe('escalated')
  expect(refusal(rules.reviewItem(escalated, { on: '2025-01-08', reviewer: 'b', result: 'pass', opinion: ' ' }))).toBe('reason-missing')
  const passed = after(escalated, rules.reviewItem(escalated, { on: '2025-01-08', reviewer: 'b', result: 'pass', opinion: '区保密局复函：可以公开' }))
  expect(passed.status !== 'new' && awaitingOf(passed)).toBe('approve')
  const back = after(passed, rules.returnItem(passed, { on: '2025-01-08', by: 'c', remarks: [{ part: 'title', words: '标题不完整' }, { part: 'body', words: ' ' }] }))
  expect(back).toMatchObject({ status: 'attribute-determined', review: null, checked: null, returned: { by: 'c', remarks: [{ part: 'title' }] } })
  expect(back.status !== 'new' && awaitingOf(back)).toBe('mend')
})

test('a schedule is for this content, ahead, within a year; a change or a return undoes it', () => {
  const at = (publishAt: string) => rules.scheduleItem(approved(), { on: '2025-01-09', contentHash, publisher: 'd', publishAt, channel: '区门户', now: '2025-01-09T04:00:00.000Z' })
  expect(refusal(at('2025-01-09T04:00:00.000Z'))).toBe('schedule-past')
  expect(refusal(at('2026-03-01T00:00:00.000Z'))).toBe('schedule-far')
  const scheduled = after(approved(), at('2025-01-10T01:00:00.000Z'))
  expect(scheduled.status !== 'new' && awaitingOf(scheduled)).toBe('scheduled')
  const changed = { ...content, title: '机构职责' }
  const redone = after(scheduled, rules.changeContent(scheduled, { on: '2025-01-09', content: changed, contentHash: hashContent(changed), handler: 'a' }))
  expect(redone).toMatchObject({ schedule: null, status: 'attribute-determined' })
  expect(after(scheduled, rules.unscheduleItem(scheduled, { on: '2025-01-09', reason: '改期' }))).toMatchObject({ schedule: null, status: 'approved' })
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

const changed = (state: ItemState, on: string, title = '机构职能（更正）'): ItemState => {
  const next = { ...content, title }
  return after(state, rules.changeContent(state, { on, content: next, contentHash: hashContent(next), handler: 'a' }))
}

test('a withdrawn item is mended under its own index number; until it is published again it stays withdrawn', () => {
  const published = after(approved(), publish(approved()))
  const withdrawn = after(published, rules.withdrawItem(published, { on: '2025-02-01', reason: '内容有误', notice: '正在更正' }))
  const mended = changed(withdrawn, '2025-02-03')
  expect(mended).toMatchObject({ status: 'attribute-determined', indexNo: '1/2024-00001', changedOn: '2025-02-03', withdrawnOn: '2025-02-01', withdrawNotice: '正在更正', published: null })
  expect(isPublic(mended as Parameters<typeof isPublic>[0])).toBe(false)
})

test('第二十六条: a draft corrected before it was ever published keeps its term from the day it was formed', () => {
  expect(changed(classified(), '2025-01-20')).toMatchObject({ changedOn: null, status: 'attribute-determined' })
  expect(toItemRow(changed(classified(), '2025-01-20') as Parameters<typeof toItemRow>[0], BUILT_IN_CALENDAR).due_on).toBe('2025-02-05')
})

test('another classification after the review voids it; what was published stays proactive', () => {
  const regrouped = after(approved(), rules.determineAttribute(approved(), { on: '2025-01-08', classification: { ...proactive, codes: ['A20_07'] } }))
  expect(regrouped).toMatchObject({ status: 'attribute-determined', review: null, approver: null })
  const published = after(approved(), publish(approved()))
  const moved = after(published, rules.determineAttribute(published, { on: '2025-02-08', classification: { ...proactive, codes: ['A20_07'] } }))
  expect(moved).toMatchObject({ status: 'updated', published: { classification: { codes: ['A20_02'] } } })
  expect(refusal(rules.determineAttribute(published, { on: '2025-02-08', classification: { ...proactive, attribute: 'on-request', codes: [] } }))).toBe('published-stays-proactive')
})
