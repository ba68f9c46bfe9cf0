import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fill, firstDraft, problemsIn } from './narrative.ts'
import type { Narrative } from './narrative.ts'
import { applyFill, findRegistered, proposeFill } from './narrative-fill.ts'
import type { RegisteredProblem, Registers } from './narrative-fill.ts'

const id = (n: number): string => `019a0000-0000-7000-8000-00000000000${n}`
const problem = (n: number, rest: Partial<RegisteredProblem> = {}): RegisteredProblem => ({ problemId: id(n), problem: `第${'一二三四五六'.charAt(n)}个问题，报送不够及时`, answer: '按月通报，已办结。', measure: '按月通报，由办公室负责，2026年6月底前完成。', reportIndex: null, ...rest })
const registers: Registers = {
  safeguards: { training: { sessions: 3, hours: 6.5, attendances: 41 }, meetings: 2, proposals: { people: 2, cppcc: 1, published: 2, exempt: 1, pending: 0 }, keyFields: { fields: 2, items: 15 } },
  last: [problem(1, { reportIndex: 1 }), problem(2)],
  now: [problem(3), problem(4, { measure: '' })],
  keyFields: [{ field: '社会救助', content: '低保的标准与按月的结果{内部}' }],
}
const all = (narrative: Narrative, from: Registers = registers) => new Set(proposeFill(narrative, from).map(({ key }) => key))
const context = { bodyName: '示例街道办事处', self: '本机关', year: 2025, cells: {}, figures: { items: { total: 0, byKind: [] }, processingFee: { cases: 0, fen: 0 }, replies: { total: 0, onTime: 0 }, safeguards: registers.safeguards } } as const

test('a fresh draft is filled: training and meetings as figures, answers, problems with measures and ids, part six', () => {
  const draft = firstDraft([{ problem: '报告里写的第一个问题', measure: '' }, { problem: problem(2).problem, measure: '' }])
  const filled = applyFill(draft, registers, all(draft))
  expect(fill(filled.overview.supervision, context)).toBe('召开政务公开领导小组会议2次，研究部署政府信息公开工作。全年组织政府信息公开培训3期，41人次参加，共6.5学时。')
  expect(filled.lastProblems.map(({ answer }) => answer)).toEqual(['按月通报，已办结。', '按月通报，已办结。'])
  expect(filled.problems).toEqual([
    { problem: problem(3).problem, measure: problem(3).measure, problemId: id(3) },
    { problem: problem(4).problem, measure: '', problemId: id(4) },
  ])
  expect(fill(filled.others.proposals, context)).toBe('本年度承办人大代表建议2件、政协提案1件，办理结果已公开2件，依法不公开1件。')
  expect(fill(filled.others.fields, context)).toBe('公开2个重点领域的政府信息15条。社会救助：低保的标准与按月的结果｛内部｝。')
  expect(problemsIn(filled)).toEqual({})
  expect(proposeFill(filled, registers)).toEqual([])
})

test('figures that were never counted are not made up', () => {
  const { safeguards: _, ...figures } = context.figures
  expect(fill('{培训综述}', { ...context, figures })).toBe('（冻结时没有数，请重新冻结）')
})

test('a problem of last year is found by its id, then by its place in the report, last by its words', () => {
  const last = [problem(1, { reportIndex: 2 }), problem(2, { reportIndex: 1 })]
  expect(findRegistered(last, { problem: '改过写法', problemId: id(1) }, 0)?.problemId).toBe(id(1))
  expect(findRegistered(last, { problem: '改过写法' }, 0)?.problemId).toBe(id(2))
  expect(findRegistered([problem(1)], { problem: ` ${problem(1).problem}` }, 5)?.problemId).toBe(id(1))
  expect(findRegistered([problem(1)], { problem: '别的' }, 5)).toBeUndefined()
})

const text = fc.oneof(fc.constant(''), fc.constantFrom('{培训综述}', '{建议提案公开数}件', '写过的话。', '两段\n话'), fc.string({ maxLength: 30 }))
const narratives: fc.Arbitrary<Narrative> = fc.record({
  introduction: text,
  overview: fc.record({ proactive: text, requests: text, management: text, platform: text, supervision: text }),
  lastProblems: fc.array(fc.record({ problem: fc.constantFrom(problem(1).problem, problem(2).problem, '没有登记的问题'), answer: text }), { maxLength: 3 }),
  problems: fc.array(fc.record({ problem: fc.constantFrom(problem(3).problem, '自己写的问题'), measure: text }), { maxLength: 3 }),
  others: fc.record({ fees: text, proposals: text, fields: text, more: text }),
})
const registered: fc.Arbitrary<Registers> = fc.record({
  safeguards: fc.constantFrom(registers.safeguards, { training: { sessions: 0, hours: 0, attendances: 0 }, meetings: 0, proposals: { people: 0, cppcc: 0, published: 0, exempt: 0, pending: 0 }, keyFields: { fields: 0, items: 0 } }),
  last: fc.subarray([problem(1), problem(2), problem(5, { answer: '' })]),
  now: fc.subarray([problem(3), problem(4), problem(5)]),
  keyFields: fc.subarray([...registers.keyFields]),
})

const keeps = (before: string, after: string): boolean => after === before || before.trim() === '' || after.startsWith(`${before}\n`)

test('whatever was written stays, word for word; what is filled twice adds nothing; nothing chosen changes nothing', () => {
  fc.assert(
    fc.property(narratives, registered, (narrative, from) => {
      const filled = applyFill(narrative, from, all(narrative, from))
      expect([filled.introduction, filled.overview.proactive, filled.overview.requests, filled.overview.management, filled.overview.platform, filled.others.fees, filled.others.more]).toEqual([narrative.introduction, narrative.overview.proactive, narrative.overview.requests, narrative.overview.management, narrative.overview.platform, narrative.others.fees, narrative.others.more])
      for (const [before, after] of [[narrative.overview.supervision, filled.overview.supervision], [narrative.others.proposals, filled.others.proposals], [narrative.others.fields, filled.others.fields]] as const) expect(keeps(before, after)).toBe(true)
      narrative.lastProblems.forEach((one, i) => {
        expect(filled.lastProblems[i]?.problem).toBe(one.problem)
        if (one.answer.trim() !== '') expect(filled.lastProblems[i]?.answer).toBe(one.answer)
      })
      narrative.problems.forEach((one, i) => {
        expect(filled.problems[i]?.problem).toBe(one.problem)
        if (one.measure.trim() !== '') expect(filled.problems[i]?.measure).toBe(one.measure)
      })
      expect(proposeFill(filled, from)).toEqual([])
      expect(applyFill(narrative, from, new Set())).toEqual(narrative)
    }),
  )
})
