import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BUILT_IN_CALENDAR as calendar } from '../statute/calendar.ts'
import { APPLICATION_TRANSITIONS, STATUSES, evolve, isOpen } from './application.ts'
import type { Application } from './application.ts'
import { ACTION_NAMES } from './case-actions.ts'
import * as rules from './decisions.ts'
import type { Answer, Ground } from './decisions.ts'
import type { ApplicationEvent } from './events.ts'

const DAY = '2025-03-03'
const LATE = '2026-12-31'
const ground: Ground = { today: LATE, calendar, settings: { ...rules.APPLICATION_SETTINGS, reviewOnlineUrl: 'https://review.example.cn' } }
const particulars = { regNo: '2025-1', channel: 'ONLINE', applicantKind: 'N', applicantId: null, content: '某批复', form: null, splitFrom: null, note: null } as const

const after = (a: Application, events: readonly ApplicationEvent[]): Application => events.reduce(evolve, a)
const start = (): Application => {
  const answer = rules.receive(null, { particulars, submittedOn: DAY, confirmedOn: DAY }, ground)
  if (!answer.ok) throw new Error(answer.refusal)
  return answer.events.reduce<Application | null>(evolve, null)!
}
const lead = start()
const open = (a: Application) => a.consultations.find((c) => c.returnedOn === null)?.id ?? ''
const waiting = (a: Application) => a.coHandlings.find((c) => c.returnedOn === null)?.id ?? ''
let ids = 0

/** 每一种事各走一步；日期都取收到之日，届满的取最后。撤回、作废、拆分不是答复，不作为出路。 */
const MOVES: Readonly<Record<string, (a: Application) => Answer>> = {
  examine: (a) => rules.examine(a, DAY, ground),
  askSupplement: (a) => rules.askSupplement(a, { servedOn: DAY, items: '写明文号', approvedByHead: true }, ground),
  postpone: (a) => rules.postponeSupplement(a, { on: DAY, by: '2026-01-05', reason: '有正当理由' }, ground),
  supplement: (a) => rules.supplement(a, { on: DAY, excused: false }, ground),
  consult: (a) => rules.sendConsultation(a, { on: DAY, id: `c${(ids += 1)}`, with: 'THIRD_PARTY' }, ground),
  consultOther: (a) => rules.sendConsultation(a, { on: DAY, id: `c${(ids += 1)}`, with: 'OTHER_AGENCY' }, ground),
  deliver: (a) => rules.deliverConsultation(a, { on: DAY, id: open(a) }, ground),
  returned: (a) => rules.returnConsultation(a, { on: DAY, id: open(a), reply: 'REFUSE', reasonable: true }, ground),
  expire: (a) => rules.expireConsultation(a, open(a), ground),
  askReason: (a) => rules.askReason(a, { on: DAY, by: '2025-03-10' }, ground),
  reasonable: (a) => rules.giveReason(a, { on: DAY, reasonable: true }, ground),
  unreasonable: (a) => rules.giveReason(a, { on: DAY, reasonable: false }, ground),
  defer: (a) => rules.defer(a, { on: DAY, until: '2026-02-27' }, ground),
  extend: (a) => rules.extend(a, { on: DAY, days: 20, approvedBy: '负责人' }, ground),
  noticeFee: (a) => rules.noticeFee(a, { servedOn: DAY, mode: 'COUNT', amount: 10_000, approvedByHead: true }, ground),
  payFee: (a) => rules.payFee(a, { on: DAY, ticketNo: null }, ground),
  merge: (a) => rules.merge(a, { on: DAY, caseId: 'b', into: { caseId: 'a', state: lead }, sameApplicant: true, leads: false }, ground),
  unmerge: (a) => rules.unmerge(a, { on: DAY, reason: '另办' }, ground),
  coHandle: (a) => rules.askCoHandling(a, { on: DAY, id: `h${(ids += 1)}`, unit: '某科', account: null, matter: '检索', days: 5 }, ground),
  coHandled: (a) => rules.returnCoHandling(a, { on: DAY, id: waiting(a), result: '查到了' }, ground),
  propose: (a) => rules.propose(a, { on: DAY, outcome: 'GRANTED', evidence: { provided: '复制件' } }, ground),
  proposeExcessive: (a) => rules.propose(a, { on: DAY, outcome: 'NP_EXCESSIVE', evidence: { unreasonable: '理由不合理' } }, ground),
  sendBack: (a) => rules.returnProposal(a, { on: DAY, reason: '重写' }, ground),
  decide: (a) => rules.decide(a, { on: LATE, docNo: null }, ground),
  close: (a) => rules.close(a, { on: LATE, docNo: null }, ground),
}

// 只计规则看得见的：同样的再来几遍，不生新的状态
const keyOf = (a: Application): string =>
  JSON.stringify([
    a.status,
    a.supplements.length === 0 ? null : a.supplements.at(-1)?.suppliedOn === null,
    a.supplements.at(-1)?.by,
    a.consultations.filter((c) => c.returnedOn === null).map((c) => `${c.with} ${c.deliveredOn ?? ''}`).toSorted((x, y) => x.localeCompare(y)),
    a.extensions.length,
    a.reason && [a.reason.givenOn, a.reason.reasonable],
    a.deferral,
    a.fee && [a.fee.paidOn],
    a.proposal?.outcome,
    a.mergedInto,
    a.coHandlings.some((c) => c.returnedOn === null),
  ])

/** 自收到起，逐步走遍：每个状态由哪些状态而来。 */
function explore() {
  const states = new Map<string, Application>([[keyOf(lead), lead]])
  const cameFrom = new Map<string, Set<string>>()
  const queue = [lead]
  for (let a = queue.shift(); a !== undefined; a = queue.shift()) {
    if (!isOpen(a)) continue
    for (const move of Object.values(MOVES)) {
      // 两次征求同时进行已够，不再添
      const answer = move(a)
      if (!answer.ok) continue
      const next = after(a, answer.events)
      if (next.consultations.filter((c) => c.returnedOn === null).length > 2 || next.coHandlings.filter((c) => c.returnedOn === null).length > 1) continue
      const key = keyOf(next)
      const sources = cameFrom.get(key) ?? new Set()
      sources.add(keyOf(a))
      cameFrom.set(key, sources)
      if (states.has(key)) continue
      states.set(key, next)
      queue.push(next)
    }
  }
  return { states, cameFrom }
}

test('every open state that can be reached has a way to an answer or a closing, without the applicant withdrawing', () => {
  const { states, cameFrom } = explore()
  const good = new Set([...states].filter(([, a]) => !isOpen(a)).map(([key]) => key))
  const queue = [...good]
  for (let key = queue.shift(); key !== undefined; key = queue.shift())
    for (const source of cameFrom.get(key) ?? [])
      if (!good.has(source)) {
        good.add(source)
        queue.push(source)
      }
  const stuck = [...states.keys()].filter((key) => !good.has(key))
  expect(stuck).toEqual([])
  // 走到了每一种在办的状态、两种终了
  const reached = new Set([...states.values()].map((a) => a.status))
  const inProgress = ['registered', 'examining', 'correction-requested', 'consulting', 'reason-requested', 'deferred', 'fee-noticed', 'merged', 'deciding'] as const
  expect([...inProgress, 'approved', 'closed'].filter((status) => !reached.has(status as Application['status']))).toEqual([])
  expect(states.size).toBeGreaterThan(200)
})

test('every state can be entered, and all but the last three can be left', () => {
  const rows = Object.values(APPLICATION_TRANSITIONS).map(({ from, to }) => ({ from: from as readonly string[], to: to as string }))
  const names = Object.keys(STATUSES)
  expect(names.filter((name) => !rows.some(({ to }) => to === name))).toEqual([])
  const left = names.filter((name) => rows.some(({ from, to }) => to !== 'same' && from.includes(name)))
  expect(names.filter((name) => !left.includes(name))).toEqual(['split', 'voided'])
})

test('every step a case can take is done by some test, over a request', () => {
  const folder = import.meta.dirname
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts')).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')
  const done = new Set([...sources.matchAll(/\bdone\([^,]+,\s*[^,]+,\s*'([a-z-]+)'/g)].map(([, name]) => name))
  expect(ACTION_NAMES.filter((name) => !done.has(name))).toEqual([])
})
