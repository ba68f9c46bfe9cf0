import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstDraft } from './narrative/narrative.ts'
import * as rules from './report.ts'
import { fold, type Decision, type Report, type ReportEvent, type Snapshot } from './report.ts'

const on = '2026-01-12'
const snapshot = (asOf = '2025-12-31'): Snapshot => ({
  form: '2021',
  asOf,
  cells: { 'R1.T': 0 },
  figures: { items: { total: 0, byKind: [] }, processingFee: { cases: 0, fen: 0 }, replies: { total: 0, onTime: 0 } },
})
const narrative = firstDraft([])

const MADE: ReportEvent[] = [
  { kind: 'opened', on, year: 2025 },
  { kind: 'frozen', on, snapshot: snapshot() },
  { kind: 'drafted', on, narrative, drafter: 'li' },
  { kind: 'checked', on, contentHash: 'h' },
  { kind: 'secrecy-reviewed', on, passed: true, opinion: '', contentHash: 'h', reviewer: 'wang' },
  { kind: 'signed', on, contentHash: 'h', signer: 'zhao' },
  { kind: 'filed', on },
  { kind: 'published', on },
]
const at = (steps: number): Report => fold(MADE.slice(0, steps))
const refusalOf = (decision: Decision): string | null => (decision.ok ? null : decision.refusal)

describe('年度报告的一生', () => {
  test('顺着走到报送、公布', () => {
    expect(MADE.map((_, i) => at(i + 1).status)).toEqual([
      'collecting',
      'frozen',
      'drafting',
      'checked',
      'reviewed',
      'signed',
      'released',
      'released',
    ])
  })

  test.each([
    ['没有冻结不能起草', rules.draft(at(1), { on, narrative, drafter: 'li' }), 'not-frozen'],
    ['没有正文不能校核', rules.passCheck(at(2), { on, errors: 0, warnings: [], contentHash: 'h' }), 'not-drafted'],
    ['有错误不能校核', rules.passCheck(at(3), { on, errors: 1, warnings: [], contentHash: 'h' }), 'errors-left'],
    ['提醒无人说明不能校核', rules.passCheck(at(3), { on, errors: 0, warnings: ['w'], contentHash: 'h' }), 'warnings-left'],
    ['起草人不能审查', rules.reviewSecrecy(at(4), { on, passed: true, opinion: '', contentHash: 'h', reviewer: 'li' }), 'reviewer-is-drafter'],
    ['审查的须是校核过的内容', rules.reviewSecrecy(at(4), { on, passed: true, opinion: '', contentHash: 'x', reviewer: 'wang' }), 'content-changed'],
    ['退回须写理由', rules.reviewSecrecy(at(4), { on, passed: false, opinion: ' ', contentHash: 'h', reviewer: 'wang' }), 'reason-required'],
    ['没有审查不能签发', rules.sign(at(4), { on, signer: 'zhao', contentHash: 'h' }), 'not-reviewed'],
    ['起草人不能签发', rules.sign(at(5), { on, signer: 'li', contentHash: 'h' }), 'signer-is-drafter'],
    ['起草人不能经受托人签发', rules.sign(at(5), { on, signer: 'zhao', onBehalfOf: 'li', contentHash: 'h' }), 'signer-is-drafter'],
    ['没有签发不能报送', rules.file(at(5), { on }), 'not-signed'],
    ['没有签发不能公布', rules.publish(at(5), { on }), 'not-signed'],
    ['不重复报送', rules.file(at(7), { on }), 'already-filed'],
    ['不重复公布', rules.publish(at(8), { on }), 'already-published'],
    ['报送之后不能改正文', rules.draft(at(7), { on, narrative, drafter: 'li' }), 'already-released'],
    ['报送之后不能重新冻结', rules.freeze(at(7), { on, snapshot: snapshot() }), 'already-released'],
    ['没有报送公布的不必更正', rules.openCorrection(at(6), { on, reason: '数字有误' }), 'not-released'],
    ['更正须说明理由', rules.openCorrection(at(8), { on, reason: '误' }), 'reason-required'],
    ['不能说明并不存在的提醒', rules.waive(at(3), { on, waiver: { findingKey: 'x', person: '李某', reason: '已核对原件' }, warnings: ['w'] }), 'nothing-to-waive'],
  ])('%s', (_, decision, refusal) => {
    expect(refusalOf(decision)).toBe(refusal)
  })

  test('统计期未满的数可以起草，不能校核', () => {
    const early = fold([MADE[0]!, { kind: 'frozen', on, snapshot: snapshot('2025-10-31') }, MADE[2]!])
    expect(early.status).toBe('drafting')
    expect(refusalOf(rules.passCheck(early, { on, errors: 0, warnings: [], contentHash: 'h' }))).toBe('year-not-over')
  })

  test('改动正文或重新冻结，校核以后的结论一律失效', () => {
    for (const steps of [4, 5, 6]) {
      const edited = fold([...MADE.slice(0, steps), MADE[2]!])
      const frozen = fold([...MADE.slice(0, steps), MADE[1]!])
      for (const report of [edited, frozen]) expect(report).toMatchObject({ status: 'drafting', contentHash: null })
    }
  })

  test('更正另起一版，须重新走完', () => {
    const corrected = fold([...MADE, { kind: 'correction-opened', on, reason: '表三第四行有误' }])
    expect(corrected).toMatchObject({ status: 'drafting', edition: 2, filedOn: null, publishedOn: null, waivers: [] })
    expect(refusalOf(rules.publish(corrected, { on }))).toBe('not-signed')
  })

  test('不论怎样走，公布出去的必是校核、审查、签发过的那份内容', () => {
    const step = fc.constantFrom<(report: Report) => Decision>(
      (report) => rules.freeze(report, { on, snapshot: snapshot() }),
      (report) => rules.draft(report, { on, narrative, drafter: 'li' }),
      (report) => rules.passCheck(report, { on, errors: 0, warnings: [], contentHash: 'h' }),
      (report) => rules.reviewSecrecy(report, { on, passed: true, opinion: '', contentHash: report.contentHash ?? '', reviewer: 'wang' }),
      (report) => rules.reviewSecrecy(report, { on, passed: false, opinion: '不妥', contentHash: report.contentHash ?? '', reviewer: 'wang' }),
      (report) => rules.sign(report, { on, signer: 'zhao', contentHash: report.contentHash ?? '' }),
      (report) => rules.sendBack(report, { on, reason: '再改' }),
      (report) => rules.file(report, { on }),
      (report) => rules.publish(report, { on }),
      (report) => rules.openCorrection(report, { on, reason: '更正数字' }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const events: ReportEvent[] = [MADE[0]!]
        for (const decide of steps) {
          const decision = decide(fold(events))
          if (decision.ok) events.push(...decision.events)
        }
        for (const [i, event] of events.entries()) {
          if (event.kind !== 'published' && event.kind !== 'filed') continue
          const before = events.slice(0, i).map((one) => one.kind)
          const lastChange = Math.max(before.lastIndexOf('drafted'), before.lastIndexOf('frozen'), before.lastIndexOf('returned'))
          expect(before.lastIndexOf('checked')).toBeGreaterThan(lastChange)
          expect(before.lastIndexOf('secrecy-reviewed')).toBeGreaterThan(before.lastIndexOf('checked'))
          expect(before.lastIndexOf('signed')).toBeGreaterThan(before.lastIndexOf('secrecy-reviewed'))
        }
      }),
    )
  })
})
