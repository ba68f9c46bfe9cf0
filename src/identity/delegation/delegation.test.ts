import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addCalendarDays } from '../../statute/plain-date.ts'
import { ROLES } from '../actor.ts'
import type { AccountActor, Role } from '../actor.ts'
import { behalfOf, settleBehalf } from './behalf.ts'
import { DELEGATION_RULES, delegationProblems, delegationState, isDelegable, isLiveDelegation } from './delegation.ts'
import { requirePermission, standsInFor } from '../permissions.ts'

const TODAY = '2026-03-02'
const day = fc.integer({ min: -5, max: 90 }).map((n) => addCalendarDays(TODAY, n))
const roles = fc.subarray(Object.keys(ROLES) as Role[])

test('what is accepted is of one’s own business roles, for a term that is bounded, and to somebody who does business', () => {
  fc.assert(
    fc.property(day, day, roles, roles, roles, fc.constantFrom('me', 'you'), (startsOn, endsOn, given, own, receiver, to) => {
      const problems = delegationProblems({ to, roles: given, startsOn, endsOn, reason: '外出培训' }, { from: 'me', own, receiver, live: [], today: TODAY })
      const fair =
        to === 'you' && given.length > 0 && given.every((role) => own.includes(role) && isDelegable(role)) &&
        startsOn >= TODAY && endsOn >= startsOn && endsOn < addCalendarDays(startsOn, DELEGATION_RULES.mostDays) &&
        receiver.some(isDelegable) && !receiver.some((role) => ['system-admin', 'security-admin', 'auditor'].includes(role))
      expect(Object.keys(problems).length === 0).toBe(fair)
    }),
  )
})

test('a delegation is in force from its first day to its last, unless ended; any day is one state', () => {
  const at = (today: string, endedAt: Date | null = null) => delegationState({ startsOn: '2026-03-05', endsOn: '2026-03-06', endedAt }, today)
  expect(['2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07'].map((today) => at(today))).toEqual(['ahead', 'active', 'active', 'over'])
  expect(at('2026-03-05', new Date())).toBe('ended')
  expect(isLiveDelegation({ startsOn: '2026-03-05', endsOn: '2026-03-06', endedAt: null }, '2026-03-04')).toBe(true)
})

const acting = (own: readonly Role[], ...givers: readonly (readonly [from: string, ...roles: Role[]])[]): AccountActor => ({
  kind: 'account', accountId: 'y', name: '某', bodyId: 'b', own, behalf: new Set(),
  roles: [...own, ...givers.flatMap(([, ...lent]) => lent)],
  acting: givers.map(([from, ...lent]) => ({ from, name: from, roles: lent, until: TODAY })),
})

test('on whose behalf: nobody’s if one’s own roles do, else the first giver who may be acted for', () => {
  const y = acting(['handler'], ['x', 'leader'], ['z', 'disclosure-head'])
  expect(standsInFor(y, 'application.handle')).toBeNull()
  expect(standsInFor(y, 'application.approve')).toBe('x')
  expect(standsInFor(y, 'application.approve', ['x'])).toBe('z')
  expect(standsInFor(y, 'application.approve', ['x', 'z'])).toBeUndefined()
  expect(standsInFor(y, 'role.grant')).toBeUndefined()
  expect(behalfOf({ kind: 'system', name: 'job' }, () => false)).toBeNull()
})

test('a permission that rests on a delegation is noted; what was settled replaces it', () => {
  const y = acting(['handler'], ['x', 'leader'])
  requirePermission(y, 'application.handle', 'b')
  expect([...(y.behalf ?? [])]).toEqual([])
  requirePermission(y, 'application.approve', 'b')
  expect([...(y.behalf ?? [])]).toEqual(['x'])
  settleBehalf(y, null)
  expect([...(y.behalf ?? [])]).toEqual([])
  // 委托只在所在的机关有效
  expect(() => requirePermission(y, 'application.approve', 'other')).toThrow()
})
