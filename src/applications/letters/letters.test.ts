import { expect, test } from 'vitest'
import { letterOf, OUTCOME_NAMES, outcomeRule } from '../../statute/outcomes.ts'
import { APPLICATION_TRANSITIONS } from '../application.ts'
import { readCitations } from './citations.ts'
import { composeLetter } from './compose-letter.ts'
import { lintLetter } from './letter-lint.ts'
import { isLetterId, LETTER_IDS, letterRule } from './letters.ts'
import { sampleLetters } from './sample-letters.ts'

const samples = sampleLetters()

test('二十八种，每种都有可信的一件', () => {
  expect(LETTER_IDS).toHaveLength(28)
  expect([...new Set(samples.map(({ input }) => input.id))].toSorted()).toEqual(LETTER_IDS)
})

test.each(samples)('$name 拟得成，十条核对没有一处不合', ({ input }) => {
  const composed = composeLetter(input)
  if (!composed.ok) throw new Error(JSON.stringify(composed.problems, null, 1))
  expect(lintLetter(composed.letter, input, ['胡某某'])).toEqual([])
  expect(composed.letter.paragraphs.length + composed.letter.rows.length).toBeGreaterThan(1)
})

test('每种结果都有文书，文书的表与结果的表彼此相符', () => {
  for (const outcome of OUTCOME_NAMES) {
    const id = letterOf(outcome, { notHeld: 'NOT_EXIST' })
    if (!isLetterId(id)) throw new Error(id)
    expect(letterRule(id).outcomes).toContain(outcome)
    expect(letterRule(id).procedural).toBe(false)
  }
  for (const id of LETTER_IDS) for (const outcome of letterRule(id).outcomes ?? []) expect([letterOf(outcome, { notHeld: id === 'L19' ? 'NOT_RESPONSIBLE' : 'NOT_EXIST' })]).toEqual([id])
})

test('只有 L01、L02、L07 不编文号；给第三方的是 L06、L07、L09', () => {
  expect(LETTER_IDS.filter((id) => letterRule(id).word === null)).toEqual(['L01', 'L02', 'L07'])
  expect(LETTER_IDS.filter((id) => letterRule(id).addressee === 'third-party')).toEqual(['L06', 'L07', 'L09'])
  expect(LETTER_IDS.filter((id) => !letterRule(id).procedural && letterRule(id).outcomes === undefined)).toEqual(['L09', 'L28'])
})

const textsOf = (id: (typeof LETTER_IDS)[number]): string[] => {
  const { paragraphs, free, rows = [] } = letterRule(id)
  return [...free.map(({ text }) => text), ...paragraphs.map((p) => (typeof p === 'string' ? p : 'text' in p ? p.text : `{${p.each}}`)), ...rows.map((row) => row.text)]
}
const keysOf = (id: (typeof LETTER_IDS)[number]): string[] => textsOf(id).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? ''))

test('给第三方、其他机关与协办单位的，模板里没有申请人的任何一项', () => {
  const applicants = ['you', 'opening', 'openingShort', 'content', 'contentWhole', 'applicantKind', 'receivedOn', 'form', 'note', 'channel', 'supplementQuoted']
  for (const id of LETTER_IDS.filter((each) => ['third-party', 'co-agency', 'unit'].includes(letterRule(each).addressee))) {
    expect(keysOf(id).filter((key) => applicants.includes(key)), id).toEqual([])
    expect(keysOf(id).includes('regNo'), id).toBe(id === 'L11')
  }
})

test('模板里的每个占位、每个条件都有来处', () => {
  const fromCase = ['recipient', 'on', 'you', 'regNo', 'applicantKind', 'content', 'contentWhole', 'opening', 'openingShort', 'article', 'outcome', 'ending', 'endedOn', 'receivedOn', 'submittedOn', 'form', 'note', 'channel', 'receiptBasis', 'askedOn', 'suppliedOn', 'reasonAskedOn', 'reasonGivenOn', 'reasonBy']
  const derived: Record<string, string[]> = { L01: ['receiptDueOn'], L02: ['receiptDueOn'], L03: ['deadline', 'lateNotice'], L05: ['newDueOn'], L06: ['deadline'], L10: ['deadline'], L12: ['deadline', 'tiers', 'amount', 'feeMonth'], L16: ['redactions'], L21: ['supplementQuoted'], L27: ['deadline', 'noticedOn', 'noticeNoShown'] }
  for (const id of LETTER_IDS) {
    const { fields, free, outcomes = [], paragraphs, rows = [] } = letterRule(id)
    const known = [...fromCase, ...(derived[id] ?? []), ...fields.map(({ key }) => key), ...free.map(({ part }) => part), ...outcomes.flatMap((outcome) => outcomeRule(outcome).evidence.map(({ key }) => key))]
    const conditions = [...paragraphs, ...rows, ...fields].flatMap((one) => (typeof one === 'string' || one.when === undefined ? [] : [one.when.key]))
    expect([...keysOf(id), ...conditions].filter((key) => !known.includes(key)), id).toEqual([])
  }
})

test('模板引用条例一律写全称，条款都存在', () => {
  for (const id of LETTER_IDS) {
    const { citations, misnamings } = readCitations(textsOf(id))
    expect(misnamings, id).toEqual([])
    expect(citations.every(({ law, article }) => law === 'regulation' && article <= 56), id).toBe(true)
  }
})

test('所告知的一步，都是案件里真有的一步', () => {
  for (const id of LETTER_IDS) {
    const { step } = letterRule(id)
    if (step !== undefined) expect(APPLICATION_TRANSITIONS).toHaveProperty(step)
  }
})
