import { describe, expect, test } from 'vitest'
import { readCitations, toNumber } from './citations.ts'
import { composeLetter } from './compose-letter.ts'
import { LETTER_RULES, lintLetter } from './letter-lint.ts'
import type { LetterRuleId } from './letter-lint.ts'
import type { ComposedLetter, LetterInput } from './letter-input.ts'
import { readyLetter } from './ready-letter.ts'
import { aCase, aDecidedCase, anInput, BODY, STEPS, sampleLetters } from './sample-letters.ts'

const REG = '《中华人民共和国政府信息公开条例》'
const DENIED = anInput('L17', { application: aDecidedCase('DENY_PROCESS') })
const GRANTED = anInput('L15', { application: aDecidedCase('GRANTED') })
const EXTENDED = anInput('L05', { fields: { reason: '数量较多', days: '5' } })

const sample = (name: string): LetterInput => {
  const found = sampleLetters().find((each) => each.name === name)
  if (found === undefined) throw new Error(name)
  return found.input
}
function letterFrom(input: LetterInput): ComposedLetter {
  const composed = composeLetter(input)
  if (!composed.ok) throw new Error(JSON.stringify(composed.problems))
  return composed.letter
}
const rulesOf = (input: LetterInput, change: (letter: ComposedLetter) => Partial<ComposedLetter>, personal: readonly string[] = []): string[] => {
  const letter = letterFrom(input)
  return [...new Set(lintLetter({ ...letter, ...change(letter) }, input, personal).map(({ rule }) => rule))]
}
const plus = (text: string) => (letter: ComposedLetter) => ({ paragraphs: [...letter.paragraphs, text] })
const minus = (words: string) => (letter: ComposedLetter) => ({ paragraphs: letter.paragraphs.map((text) => text.replace(words, '')) })

describe('每条规则各有不合的一例', () => {
  const examples: readonly [LetterRuleId, string, LetterInput, (letter: ComposedLetter) => Partial<ComposedLetter>][] = [
    ['LT-01', '方括号、虚位', DENIED, () => ({ docNo: '武城运公开答[2025]07号' })],
    ['LT-01', '类别字不符', DENIED, () => ({ docNo: '武城运公开补〔2025〕7号' })],
    ['LT-01', '尚未编号', DENIED, () => ({ docNo: null })],
    ['LT-02', '法条被换成别的一条', DENIED, (l) => ({ paragraphs: l.paragraphs.map((text) => text.replace('第十六条第二款', '第十四条')) })],
    ['LT-02', '另引一条不相干的', GRANTED, plus(`本机关另依据${REG}第十五条作了审查。`)],
    ['LT-02', '引了第三十六条的另一项', GRANTED, (l) => ({ paragraphs: l.paragraphs.map((text) => text.replace('第（二）项', '第（四）项')) })],
    ['LT-02', '删去了决定', DENIED, minus('本机关决定不予公开')],
    ['LT-02', '写了相反的决定', DENIED, plus('本机关决定予以公开。')],
    ['LT-02', '征求第三方写视为同意', sample('L06'), plus('逾期不回复的，视为同意公开。')],
    ['LT-03', '复议前置的写了六个月起诉', DENIED, plus('也可以自收到之日起6个月内提起行政诉讼。')],
    ['LT-03', '换了救济', DENIED, () => ({ remedy: letterFrom(GRANTED).remedy })],
    ['LT-03', '没有救济', GRANTED, () => ({ remedy: { kind: 'EITHER', text: '' } })],
    ['LT-03', '换了复议机关', GRANTED, (l) => ({ remedy: { ...l.remedy, text: l.remedy.text.replace('武昌区人民政府', '武汉市人民政府') } })],
    ['LT-04', '花括号占位', GRANTED, plus('联系人：{contact}。')],
    ['LT-04', '下划线占位', GRANTED, plus('请于____前领取。')],
    ['LT-04', '日期没有填', GRANTED, plus('请于2025年　月　日前领取。')],
    ['LT-04', '冒号后缺字', GRANTED, plus('地点：。')],
    ['LT-04', '空的段落', GRANTED, plus('　')],
    ['LT-05', '早于收到之日', GRANTED, () => ({ on: '2025-03-01' })],
    ['LT-06', '延期告知附了救济', EXTENDED, plus('如有异议，可以自收到之日起60日内申请行政复议。')],
    ['LT-07', '写了身份证号', sample('L06'), plus('身份证号码为420106199001011234。')],
    ['LT-07', '写了申请人', sample('L10'), plus('申请人为某某。')],
    ['LT-08', '向上级主管部门申请复议', GRANTED, plus('可以向上级主管部门申请行政复议。')],
    ['LT-09', '电子送达没有互联网渠道', { ...GRANTED, delivery: 'ELECTRONIC' }, (l) => ({ remedy: { ...l.remedy, text: l.remedy.text.split('\n')[0] ?? '' } })],
    ['LT-10', '条例没有这一条', GRANTED, plus(`见${REG}第五十七条。`)],
    ['LT-10', '条例没有这一项', sample('L18'), (l) => ({ paragraphs: l.paragraphs.map((text) => text.replace('第（四）项', '第（八）项')) })],
    ['LT-10', '名称写得不全', GRANTED, plus('见《政府信息公开条例》第四条。')],
    ['LT-10', '只写条例', GRANTED, plus('依据条例第四条办理。')],
  ]
  test.each(examples)('%s %s', (rule, _, input, change) => {
    expect(rulesOf(input, () => ({}))).toEqual([])
    expect(rulesOf(input, change)).toContain(rule)
  })

  test('十条一条不少', () => {
    expect([...new Set(examples.map(([rule]) => rule))].toSorted()).toEqual(Object.keys(LETTER_RULES))
    expect(Object.keys(LETTER_RULES)).toHaveLength(10)
  })
})

test('LT-05：晚于答复期限只标逾期，仍可发出；延期告知逾期的不得发', () => {
  const on = '2025-04-02'
  const late = anInput('L15', { application: aDecidedCase('GRANTED', on), on })
  expect(readyLetter(late)).toMatchObject({ ok: true, warnings: [{ rule: 'LT-05', severity: 'warning', message: '晚于答复期限（2025年3月31日），逾期2个工作日' }] })
  const letter = letterFrom(EXTENDED)
  expect(lintLetter({ ...letter, on }, EXTENDED).filter(({ rule }) => rule === 'LT-05')).toMatchObject([{ severity: 'error' }])
})

test('LT-07：调用者给出的申请人姓名、电话，一处也不放过；第三方自己的名称与本机关电话不算', () => {
  const input = sample('L06')
  expect(rulesOf(input, plus('据赵某某反映。'), ['赵某某'])).toEqual(['LT-07'])
  expect(rulesOf({ ...input, fields: { ...input.fields, infoName: '赵某某申请的合同' } }, () => ({}), ['赵某某'])).toEqual(['LT-07'])
  expect(rulesOf({ ...input, body: { ...BODY, phone: '13800000000' } }, plus('请联系13800000000。'))).toEqual([])
  expect(rulesOf(input, () => ({}), [input.recipient, '某'])).toEqual([])
  expect(rulesOf(EXTENDED, plus('赵某某，电话13800000000。'), ['赵某某'])).toEqual([])
})

test('出生年月日、打码的号码、合同编号里的方头括号，不是空着的占位', () => {
  expect(rulesOf(GRANTED, plus('附件第二页的出生年月日已作区分处理，合同编号为【2024】12号，号码为138****1234。'))).toEqual([])
})

test('申请人的原话不算本机关的话：引了简称、写了救济也不报', () => {
  const content = '依据条例第二十七条申请公开，否则将在6个月内提起行政诉讼；另请公开第九十九条所称材料{不详}'
  const application = aCase([STEPS.propose('2025-03-28', 'DENY_PROCESS', DENIED.application?.decision?.evidence ?? {})], { content })
  const input = { ...DENIED, application }
  expect(rulesOf(input, () => ({}))).toEqual([])
  // 换了引号里的字，便不再是引述
  expect(rulesOf(input, (l) => ({ paragraphs: l.paragraphs.map((text) => text.replace('不详', '补填')) }))).toContain('LT-10')
})

test('不合之处写明在哪一段、怎样改', () => {
  const [found] = lintLetter({ ...letterFrom(GRANTED), ...plus('见《政府信息公开条例》第四条。')(letterFrom(GRANTED)) }, GRANTED)
  expect(found).toMatchObject({ rule: 'LT-10', line: 3, message: '条例名称不完整：「《政府信息公开条例》」', mend: '写作《中华人民共和国政府信息公开条例》' })
})

describe('读法条', () => {
  const read = (...texts: string[]) => readCitations(texts).citations.map(({ law, article, paragraph, item }) => [law, article, paragraph, item])
  test.each([
    [`${REG}第三十六条第（四）项`, [['regulation', 36, null, 4]]],
    [`${REG}第三十六条第（四）项、第（五）项`, [['regulation', 36, null, 4], ['regulation', 36, null, 5]]],
    [`${REG}第三十三条第二款、第三款`, [['regulation', 33, 2, null], ['regulation', 33, 3, null]]],
    [`${REG}第十五条、第三十二条`, [['regulation', 15, null, null], ['regulation', 32, null, null]]],
    [`${REG}第36条第4项`, [['regulation', 36, null, 4]]],
    ['《中华人民共和国统计法》第二十五条', [['中华人民共和国统计法', 25, null, null]]],
    ['依据行政复议法第二十四条', [['行政复议法', 24, null, null]]],
    ['依据档案法实施条例第三十九条', [['档案法实施条例', 39, null, null]]],
    ['第四条', [[null, 4, null, null]]],
  ] as const)('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test('沿用上文的法；清单里的“第3项”不当作引用', () => {
    expect(read(`依据${REG}：`, '1．身份证号，依据第十五条', '合同第3项')).toEqual([['regulation', 15, null, null]])
  })

  test('中文数字', () => {
    expect(['一', '十', '十六', '二十', '五十六', '一百零三', '一百一十', '36'].map(toNumber)).toEqual([1, 10, 16, 20, 56, 103, 110, 36])
  })
})
