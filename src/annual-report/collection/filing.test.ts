import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ROLES, type Actor, type Role } from '../../identity/index.ts'
import { can, type Permit } from '../../identity/index.ts'
import { acceptFiling, allowErrors, assign, endException, evolve, except, fileRound, FILING_STATUSES, lockFiling, remind, returnFiling, tellPublication, unlockFiling, type Filing, type FilingDecision, type FilingEvent, type FilingState, type FilingStatus } from './filing.ts'
import { reminderAt } from './remind-due.ts'

const ON = '2026-01-12'
const NEW: FilingState = { status: 'new' }
const fold = (events: readonly FilingEvent[]): Filing => {
  const state = events.reduce<FilingState>(evolve, NEW)
  if (state.status === 'new') throw new Error('没有列入名单')
  return state
}
const EXPECTED: FilingEvent = { kind: 'expected', on: '2026-01-01', year: 2025 }
const filed = (round: number, contentHash = `h${round}`): FilingEvent => ({ kind: 'filed', on: ON, round, source: 'upload', edition: null, contentHash, errors: 0, warnings: 0, reply: '', filer: 'filer' })
const TO: Record<FilingStatus, readonly FilingEvent[]> = {
  none: [EXPECTED],
  filed: [EXPECTED, filed(1)],
  returned: [EXPECTED, filed(1), { kind: 'returned', on: ON, round: 1, words: '请改', remarks: [], reviewer: 'office' }],
  accepted: [EXPECTED, filed(1), { kind: 'accepted', on: ON, round: 1, words: '', reviewer: 'office' }],
  locked: [EXPECTED, filed(1), { kind: 'accepted', on: ON, round: 1, words: '', reviewer: 'office' }, { kind: 'locked', on: ON }],
}
const incoming = { on: ON, source: 'upload' as const, edition: null, contentHash: 'new', errors: 0, warnings: 0, openWarnings: 0, reply: '', filer: 'filer' }
const by = { on: ON, round: 1, reviewer: 'office' }

const ACTS: Record<string, { permit: Permit; decide: (filing: Filing) => FilingDecision }> = {
  file: { permit: 'report.file', decide: (one) => fileRound(one, incoming) },
  publication: { permit: 'report.file', decide: (one) => tellPublication(one, { on: ON, publishedOn: ON, url: 'https://example.gov.cn/' }) },
  accept: { permit: 'filing.review', decide: (one) => acceptFiling(one, { ...by, words: '' }) },
  return: { permit: 'filing.review', decide: (one) => returnFiling(one, { ...by, words: '请核对各格', remarks: [] }) },
  allow: { permit: 'filing.review', decide: (one) => allowErrors(one, { on: ON, reason: '原件已公布' }) },
  lock: { permit: 'filing.review', decide: (one) => lockFiling(one, ON) },
  unlock: { permit: 'filing.review', decide: (one) => unlockFiling(one, { on: ON, reason: '机关要更正' }) },
  assign: { permit: 'filing.review', decide: (one) => assign(one, { on: ON, reviewer: 'office' }) },
  remind: { permit: 'filing.review', decide: (one) => remind(one, ON) },
  exempt: { permit: 'filing.review', decide: (one) => except(one, { on: ON, kind: 'exempt', reason: '当年筹建中', owes: true }) },
  restore: { permit: 'filing.review', decide: (one) => endException(one, { on: ON, reason: '恢复应报' }) },
}

// 各状态下可以办的；有意另写一遍，不从代码推出
const ALLOWED: Record<FilingStatus, string> = {
  none: 'file allow assign remind exempt',
  filed: 'file publication accept return allow assign',
  returned: 'file publication allow assign remind',
  accepted: 'file publication return allow lock assign',
  locked: 'publication unlock',
}
const HOLDERS: Record<string, readonly Role[]> = { 'report.file': ['disclosure-officer', 'disclosure-head'], 'filing.review': ['district-office'] }

describe('岗位 × 事 × 状态，逐格', () => {
  for (const status of Object.keys(FILING_STATUSES) as FilingStatus[])
    test(status, () => {
      const state = fold(TO[status])
      expect(state.status).toBe(status)
      const open = ALLOWED[status].split(' ')
      for (const [name, { permit, decide }] of Object.entries(ACTS)) {
        expect({ name, ok: decide(state).ok }).toEqual({ name, ok: open.includes(name) })
        for (const role of Object.keys(ROLES) as Role[]) {
          const actor: Actor = { kind: 'account', accountId: 'a', name: '某', bodyId: 'own', roles: [role] }
          const holds = HOLDERS[permit]?.includes(role) ?? false
          expect({ name, role, own: can(actor, permit, 'own') }).toEqual({ name, role, own: holds })
          // 机关的人不能报别的机关的，主管部门的人能审各机关的
          expect({ name, role, other: can(actor, permit, 'other') }).toEqual({ name, role, other: holds && permit === 'filing.review' })
        }
      }
    })
})

test('报来的人不能审自己的，经受托人也不行', () => {
  const state = fold(TO.filed)
  for (const who of [{ ...by, reviewer: 'filer' }, { ...by, onBehalfOf: 'filer' }]) {
    expect(acceptFiling(state, { ...who, words: '' })).toEqual({ ok: false, refusal: 'reviewer-is-filer' })
    expect(returnFiling(state, { ...who, words: '请核对各格', remarks: [] })).toEqual({ ok: false, refusal: 'reviewer-is-filer' })
  }
})

test('有错误的不收，准许了收一次；提醒没有说明的不收；一字不差的，退回之后写明缘由才收', () => {
  const none = fold(TO.none)
  expect(fileRound(none, { ...incoming, errors: 1 })).toEqual({ ok: false, refusal: 'filing-errors' })
  expect(fileRound(none, { ...incoming, warnings: 1, openWarnings: 1 })).toEqual({ ok: false, refusal: 'filing-warnings' })
  const allowed = fold([...TO.none, { kind: 'errors-allowed', on: ON, reason: '原件已公布' }])
  const sent = fileRound(allowed, { ...incoming, errors: 1 })
  expect(sent.ok).toBe(true)
  if (sent.ok) expect(fold([...TO.none, ...sent.events]).errorsAllowed).toBeNull()
  expect(fileRound(fold(TO.filed), { ...incoming, contentHash: 'h1' })).toEqual({ ok: false, refusal: 'filing-unchanged' })
  expect(fileRound(fold(TO.returned), { ...incoming, contentHash: 'h1' })).toEqual({ ok: false, refusal: 'filing-unchanged' })
  expect(fileRound(fold(TO.returned), { ...incoming, contentHash: 'h1', reply: '核对无误，理由如下' }).ok).toBe(true)
})

test('看的不是最新一次，不能受理、退回', () => {
  const state = fold([...TO.filed, filed(2)])
  expect(acceptFiling(state, { ...by, words: '' })).toEqual({ ok: false, refusal: 'round-changed' })
  expect(returnFiling(state, { ...by, words: '请核对各格', remarks: [] })).toEqual({ ok: false, refusal: 'round-changed' })
})

test('不论怎样往来，每次报送都在经过里，次第不断，第一次报送之日不变', () => {
  const act = fc.constantFrom(...Object.keys(ACTS).filter((name) => name !== 'file'), 'file', 'file', 'file')
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), (names) => {
      const events: FilingEvent[] = [EXPECTED]
      let sent = 0
      for (const name of names) {
        const state = fold(events)
        const at = { ...by, round: state.round }
        const decision =
          name === 'file' ? fileRound(state, { ...incoming, contentHash: `content${sent}` }) : name === 'accept' ? acceptFiling(state, { ...at, words: '' }) : name === 'return' ? returnFiling(state, { ...at, words: '请核对各格', remarks: [] }) : (ACTS[name]?.decide(state) ?? { ok: true as const, events: [] })
        if (!decision.ok) continue
        if (name === 'file') sent += 1
        events.push(...decision.events)
      }
      const rounds = events.flatMap((event) => (event.kind === 'filed' ? [event.round] : []))
      expect(rounds).toEqual(Array.from({ length: sent }, (_, i) => i + 1))
      const state = fold(events)
      expect(state.round).toBe(sent)
      expect(state.filedOn === null).toBe(sent === 0)
      // 受理、退回都指明是哪一次，且是当时最新的一次
      let last = 0
      for (const event of events) {
        if (event.kind === 'filed') last = event.round
        if (event.kind === 'accepted' || event.kind === 'returned') expect(event.round).toBe(last)
      }
    }),
  )
})

test('提醒的各档：二十、十、五、一天，逾期每天', () => {
  expect([21, 20, 15, 10, 6, 5, 2, 1, 0, -1, -30].map((left) => reminderAt(left)?.key ?? null)).toEqual([null, 'due/20', 'due/20', 'due/10', 'due/10', 'due/5', 'due/5', 'due/1', 'due/1', 'late/1', 'late/30'])
})
