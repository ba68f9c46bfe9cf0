import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OUTCOME_NAMES } from '../../statute/outcomes.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import { readCitations } from './citations.ts'
import { previewInput, refuseWording, samplesOf, toShownWording, toStoredWording } from './check-wording.ts'
import { composeLetter } from './compose-letter.ts'
import { letterFor } from './letter-decision.ts'
import type { ComposedLetter, LetterInput } from './letter-input.ts'
import { lintLetter } from './letter-lint.ts'
import { PLACEHOLDERS } from './letter-rule.ts'
import { LETTER_IDS, letterRule } from './letters.ts'
import type { LetterId } from './letters.ts'
import { aCase, anInput, BODY, EVIDENCE, FIELDS, sampleLetters, STEPS } from './sample-letters.ts'

const PARTS = LETTER_IDS.flatMap((id) => letterRule(id).free.map((free) => ({ id, free })))
const partOf = (id: LetterId, part: string) => letterRule(id).free.find((free) => free.part === part)!
const refusal = (id: LetterId, part: string, shown: string): string | null => refuseWording(id, partOf(id, part), toStoredWording(shown))
function letterFrom(input: LetterInput): ComposedLetter {
  const composed = composeLetter(input)
  if (!composed.ok) throw new Error(JSON.stringify(composed.problems))
  return composed.letter
}
const errorsIn = (input: LetterInput): string[] => lintLetter(letterFrom(input), input).flatMap(({ severity, message }) => (severity === 'error' ? [message] : []))

describe('各处', () => {
  test('每种文书都有；名目各不相同，也不与所填的项、案件所知的重名', () => {
    for (const id of LETTER_IDS) {
      const { free, fields, rows = [] } = letterRule(id)
      expect(free.length, id).toBeGreaterThan(0)
      expect(new Set(free.map(({ part }) => part)).size).toBe(free.length)
      const taken = [...fields.map(({ key }) => key), ...Object.keys(PLACEHOLDERS), ...rows.flatMap(({ text }) => [...text.matchAll(/\{(\w+)\}/g)].map(([, key]) => key))]
      expect(free.filter(({ part }) => taken.includes(part)), id).toEqual([])
    }
  })

  test.each(PARTS)('$id $free.part 的默认自己就合，占位都填得上', ({ id, free }) => {
    expect(free.text === '' ? null : refuseWording(id, free, free.text)).toBeNull()
    const every = free.uses.map((use) => `{${use}}`).join('、')
    expect(refuseWording(id, free, `${every}都写到。`)).toBeNull()
    for (const use of free.uses) {
      for (const input of samplesOf(id)) expect(letterFrom({ ...input, wording: { [free.part]: `甲{${use}}乙。` } }).paragraphs.join(''), use).toMatch(/甲[^{}]+乙。/)
    }
  })

  test('都不写，十条核对也没有错误：法定的话都在别处；法条都引在各处之前', () => {
    for (const { name, input } of sampleLetters()) {
      const wording = Object.fromEntries(letterRule(input.id).free.map(({ part }) => [part, '']))
      expect(errorsIn({ ...input, wording }), name).toEqual([])
      const texts = letterRule(input.id).paragraphs.map((one) => (typeof one === 'string' ? one : 'text' in one ? one.text : ''))
      const first = texts.findIndex((text) => letterRule(input.id).free.some(({ part }) => text.includes(`{${part}}`)))
      expect(readCitations(texts.slice(first + 1)).citations, name).toEqual([])
    }
  })
})

test('页面上的占位是中文的，存下的是键；换行、空行、首尾空白归一', () => {
  expect(toStoredWording(' 请{称呼}来取。\r\n\r\n　登记号{登记号}。 ')).toBe('请{you}来取。\n登记号{regNo}。')
  expect(toShownWording('请{you}来取{nobody}。')).toBe('请{称呼}来取{nobody}。')
})

describe('不合的说明缘故', () => {
  test.each([
    ['未知的占位', '请{申请人姓名}来取。', '不能用占位「{申请人姓名}」'],
    ['这里不能用的占位', '缴纳{应缴纳的金额}元。', '不能用占位「{应缴纳的金额}」'],
    ['没有闭合的花括号', '请{称呼来取。', '花括号没有成对'],
    ['全角的花括号', '请｛称呼｝来取。', '花括号没有成对'],
    ['超过五百字', `${'长'.repeat(500)}。`, '不超过 500 字'],
    ['不以句号结束', '感谢您的关心', '每段以句号结束'],
    ['救济', '不服的可以申请行政复议。', '复议、诉讼的告知由系统'],
    ['救济拆开写', '不服的可以申请行政 复　议。', '复议、诉讼的告知由系统'],
    ['救济里夹占位', '行政复{称呼}议、行政诉{登记号}讼。', '复议、诉讼的告知由系统'],
    ['看不见的字符', '感谢\u200b您的关心。', '看不见的字符'],
    ['相反的决定', '该信息不予公开。', '处理决定与法律后果由系统'],
    ['法律后果', '逾期不来取的，视为放弃。', '处理决定与法律后果由系统'],
    ['法条', '依据《中华人民共和国政府信息公开条例》第十六条。', '法条由系统'],
    ['法条写成全角', '依据该办法第１６条。', '法条由系统'],
    ['条例名称不全', '见《政府信息公开条例》。', '条例名称不完整'],
    ['空着的占位', '请于____前来取。', '有空着的占位'],
    ['排不成的字', '感谢您的关心🙏。', '现有的字体没有'],
  ])('%s', (_, shown, message) => {
    expect(refusal('L15', 'collect', shown)).toContain(message)
  })

  test('只看所在的文书：给第三方的不得写申请人，没有申请人的占位', () => {
    expect(refusal('L06', 'sendBack', '申请人为某某。')).toContain('申请人的身份')
    expect(refusal('L06', 'sendBack', '登记号{登记号}。')).toContain('不能用占位')
    expect(refusal('L06', 'sendBack', '请于{期限届满之日}之前送到本机关。')).toBeNull()
    expect(refusal('L12', 'payNote', '应缴{应缴纳的金额}元，于{期限届满之日}前缴。')).toBeNull()
  })
  test('一句的标点与前文相接处也看', () => {
    expect(refusal('L02', 'keep', '，请妥善保管。')).not.toBeNull()
    expect(refusal('L02', 'keep', '请妥善保管。')).toBeNull()
  })
})

test('自己的话只换所在的一处；预览用本机关的名称', () => {
  const [input] = samplesOf('L03')
  const plain = letterFrom(input!)
  const worded = letterFrom({ ...input!, wording: { closing: '特此告知，感谢{you}的理解。', nobody: '不在其中。' } })
  expect(worded.paragraphs).toEqual([...plain.paragraphs.slice(0, -1), '特此告知，感谢您的理解。'])
  expect([plain.wording, worded.wording]).toEqual([undefined, { closing: '特此告知，感谢{you}的理解。' }])
  expect(letterFrom(previewInput('L15', { ...BODY, name: '某街道', court: '' }, {})).signature).toBe('某街道')
})

test('任取一处、任写一句：收下的，任何案件照它拟成的都没有错误，救济与其余各段不变', () => {
  const nasty = fc.constantFrom('可以在6个月内提起诉讼', '向上级主管部门申请复议', '决定予以公开', '不予公开', '依据第十五条', '《政府信息公开条例》', '{称呼}', '{登记号}', '{', '｝', '____', '，', '。', '：', '（）', '×××', '年　月　日', '申请人：张', '视为同意', '身份证号420106199001011234', '\n', '\u202e', '“', '《', '$&', '6个月内', '六个月内')
  const plain = fc.constantFrom('请带身份证件到政务服务大厅领取', '感谢关心', '工作日上午九时至下午五时', '咨询电话027-88880000', '见本机关门户网站', '《办事指南》')
  const words = fc.array(fc.oneof({ weight: 5, arbitrary: plain }, { weight: 2, arbitrary: nasty }, { weight: 1, arbitrary: fc.string({ maxLength: 8, unit: 'grapheme' }) }), { minLength: 1, maxLength: 5 }).map((some) => `${some.join('，')}。`)
  // 与核对时的样例不同的案件：别的年份（2024 年前后救济不同）、登记号、申请人
  const cases = fc.record({ outcome: fc.constantFrom(...OUTCOME_NAMES), offset: fc.integer({ min: 0, max: 1100 }), kind: fc.constantFrom('N' as const, 'B' as const), regNo: fc.constantFrom('示街办公开申〔2025〕1号', '2025-0017', 'A7') })
  let [accepted, refused] = [0, 0]
  fc.assert(
    fc.property(fc.constantFrom(...PARTS), words, cases, ({ id, free }, shown, given) => {
      const text = toStoredWording(shown)
      if (refuseWording(id, free, text) !== null) return void refused++
      accepted++
      const wording = { [free.part]: text }
      for (const input of [...samplesOf(id), ...decidedInput(id, given)]) {
        const [before, after] = [letterFrom(input), letterFrom({ ...input, wording })]
        if (errorsIn(input).length === 0) expect(errorsIn({ ...input, wording })).toEqual([])
        expect(after.remedy).toEqual(before.remedy)
        expect({ ...after, paragraphs: [], wording: null }).toEqual({ ...before, paragraphs: [], wording: null })
        expect(after.paragraphs.join('')).not.toMatch(/复议|诉讼/)
        // 其余各段一字不动，次序不变
        const bare = letterFrom({ ...input, wording: { [free.part]: '' } }).paragraphs
        let from = 0
        for (const paragraph of bare) {
          const at = after.paragraphs.findIndex((one, i) => i >= from && one.startsWith(paragraph))
          expect(at, paragraph).toBeGreaterThanOrEqual(from)
          from = at + 1
        }
      }
    }),
    { numRuns: 250, seed: 20261124 },
  )
  expect([accepted > 60, refused > 60]).toEqual([true, true])
})

/** 答复一件任取之日作出的决定；不答复处理决定的、程序走不到的没有。 */
function decidedInput(id: LetterId, { outcome, offset, kind, regNo }: { outcome: (typeof OUTCOME_NAMES)[number]; offset: number; kind: 'N' | 'B'; regNo: string }): LetterInput[] {
  const outcomes = letterRule(id).outcomes ?? []
  const chosen = outcomes.includes(outcome) ? outcome : outcomes[offset % Math.max(outcomes.length, 1)]
  if (chosen === undefined || chosen.startsWith('CLOSED')) return []
  const on = addCalendarDays('2023-06-01', offset)
  const start = addCalendarDays(on, -20)
  const evidence = id === 'L19' ? { notHeld: 'NOT_RESPONSIBLE', notResponsible: '由公安机关负责', responsibleBody: '某公安局' } : EVIDENCE[chosen]
  const dated = Object.fromEntries(Object.entries(evidence).map(([key, value]) => [key, /On$/.test(key) ? start : value]))
  const before = chosen === 'UNABLE_UNCLEAR' ? [STEPS.askSupplement(start), STEPS.supplement(addCalendarDays(start, 3))] : chosen === 'NP_EXCESSIVE' ? [STEPS.askReason(start, start), STEPS.giveReason(start, false)] : []
  const application = aCase([...before, STEPS.propose(on, chosen, dated), STEPS.decide(on)], { applicantKind: kind, regNo }, start)
  expect(letterFor(application.decision!)).toBe(id)
  return [anInput(id, { application, on, fields: FIELDS[id] ?? {} })]
}
