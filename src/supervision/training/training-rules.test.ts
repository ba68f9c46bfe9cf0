import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawPaper, isRight, readGiven, scoreOf } from './draw-paper.ts'
import { readQuestion, TOPIC_KEYS, TOPICS } from './question.ts'
import type { Question } from './question.ts'
import { STARTER_QUESTIONS } from './starter-questions.ts'

const counts = fc.record(Object.fromEntries(TOPIC_KEYS.map((topic) => [topic, fc.nat({ max: 20 })])) as Record<(typeof TOPIC_KEYS)[number], fc.Arbitrary<number>>)
const shuffled = fc.shuffledSubarray([...STARTER_QUESTIONS], { minLength: STARTER_QUESTIONS.length, maxLength: STARTER_QUESTIONS.length })

test('the starter bank: sixty questions and more, each with its article, none twice, each readable as from a file, every topic filled', () => {
  expect(STARTER_QUESTIONS.length).toBeGreaterThanOrEqual(60)
  expect(new Set(STARTER_QUESTIONS.map(({ stem }) => stem)).size).toBe(STARTER_QUESTIONS.length)
  expect(STARTER_QUESTIONS.filter((question) => !/第.+条|〔\d{4}〕|通知/.test(question.article)).map(({ stem }) => stem)).toEqual([])
  for (const question of STARTER_QUESTIONS) expect(readQuestion({ ...question, options: question.options.join('\n') })).toEqual({ ok: true, row: question })
  for (const topic of TOPIC_KEYS) expect([topic, STARTER_QUESTIONS.filter((question) => question.topic === topic).length >= 5]).toEqual([topic, true])
})

test('the same seed and bank draw the same paper, whatever the order of the bank', () => {
  fc.assert(
    fc.property(shuffled, counts, fc.string({ minLength: 1, maxLength: 20 }), (pool, wanted, seed) => {
      expect(drawPaper(pool, wanted, seed)).toEqual(drawPaper(STARTER_QUESTIONS, wanted, seed))
    }),
    { numRuns: 40 },
  )
})

test('each topic gives what was asked for or all it has, and no question comes twice', () => {
  fc.assert(
    fc.property(counts, fc.string({ maxLength: 20 }), (wanted, seed) => {
      const drawn = drawPaper(STARTER_QUESTIONS, wanted, seed)
      expect(new Set(drawn.map(({ key }) => key)).size).toBe(drawn.length)
      for (const topic of TOPIC_KEYS) {
        const has = STARTER_QUESTIONS.filter((question) => question.topic === topic).length
        expect(drawn.filter((question) => question.topic === topic)).toHaveLength(Math.min(wanted[topic], has))
      }
    }),
    { numRuns: 40 },
  )
})

test('other seeds draw other papers: every question of a topic has its chance', () => {
  const seen = new Set(Array.from({ length: 60 }, (_, n) => drawPaper(STARTER_QUESTIONS, { term: 3 }, `种子${n}`)).flat().map(({ stem }) => stem))
  expect(seen.size).toBe(STARTER_QUESTIONS.filter(({ topic }) => topic === 'term').length)
})

const asked: fc.Arbitrary<Question[]> = fc.array(fc.constantFrom(...STARTER_QUESTIONS), { minLength: 1, maxLength: 50 })

test('all right is 100, all blank is 0, one more right answer never lowers the score, and 100 means no mistake', () => {
  fc.assert(
    fc.property(asked, fc.infiniteStream(fc.boolean()), (questions, right) => {
      const answers = questions.map((question) => (right.next().value === true ? question.answer : ''))
      const score = scoreOf(questions, answers)
      expect(score).toBeGreaterThanOrEqual(0)
      expect(scoreOf(questions, questions.map(({ answer }) => answer))).toBe(100)
      expect(scoreOf(questions, [])).toBe(0)
      expect(score === 100).toBe(answers.every((answer, i) => isRight(questions[i] ?? { answer: '' }, answer)))
      const first = answers.indexOf('')
      if (first >= 0) expect(scoreOf(questions, answers.with(first, questions[first]?.answer ?? ''))).toBeGreaterThanOrEqual(score)
    }),
  )
})

test('what a form sends is read as letters in order: no letter without an option, one for a single choice', () => {
  const question = { kind: 'multiple', options: ['甲', '乙', '丙'] } as const
  expect(readGiven(question, ['C', 'A', 'C', 'F', 'AB', ''])).toBe('AC')
  expect(readGiven({ ...question, kind: 'single' }, ['C', 'A'])).toBe('A')
  expect(readGiven({ kind: 'judge', options: ['对', '错'] }, ['C'])).toBe('')
})

test('a line of a file is read or told what is wrong, cell by cell', () => {
  const row = { kind: '单选题', topic: TOPICS.term, stem: '答复期限是几日？', options: 'A.十|B.二十', answer: 'b', article: '条例第三十三条', explanation: '' }
  expect(readQuestion(row)).toMatchObject({ ok: true, row: { kind: 'single', topic: 'term', options: ['十', '二十'], answer: 'B' } })
  expect(readQuestion({ ...row, kind: '判断', answer: '错误', options: '' })).toMatchObject({ ok: true, row: { answer: 'B', options: ['对', '错'] } })
  for (const [change, field] of [[{ kind: '填空' }, 'kind'], [{ topic: '天文' }, 'topic'], [{ stem: '短' }, 'stem'], [{ options: '十' }, 'options'], [{ options: '十|十' }, 'options'], [{ answer: 'D' }, 'answer'], [{ answer: 'AB' }, 'answer'], [{ article: '' }, 'article'], [{ kind: '多选', answer: 'A' }, 'answer'], [{ kind: '判断', answer: '也许' }, 'answer']] as const) {
    const read = readQuestion({ ...row, ...change })
    expect([field, read.ok ? [] : Object.keys(read.errors)]).toEqual([field, expect.arrayContaining([field])])
  }
})
