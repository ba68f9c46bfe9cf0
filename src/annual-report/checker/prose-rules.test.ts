import { describe, expect, test } from 'vitest'
import { checkText, edited, fixtureText } from './check-report.testing.ts'

const HUAIAN = fixtureText('huaian-2024')
const WUCHANG = fixtureText('wuchang-2024')

const k11 = async (text: string) =>
  (await checkText(text)).filter((one) => one.rule === 'K11' && one.severity !== 'info').map((one) => `${one.line} ${one.cell} ${one.expected}`)

describe('K11: a figure in prose that the table does not bear out, at its own line', () => {
  test.each([
    ['申请 3119 件', '申请 3120 件', '32 R1.T 3119'],
    ['复 3050 件', '复 3051 件', '33 R3.7.T 3050'],
    ['结转申请 34 件', '结转申请 35 件', '33 R2.T 34'],
    ['另有 103 件', '另有 104 件', '33 R4.T 103'],
    ['行政复议 351', '行政复议 352', '34 T4.rv.total 351'],
    ['结果维持 72 件', '结果维持 71 件', '35 T4.rv.upheld 72'],
    ['尚\n未审结 37 件', '尚\n未审结 38 件', '36 T4.rv.pending 37'],
    ['行政诉讼 46 件', '行政诉讼 45 件', '36 T4.ld.total 46'],
    ['结果维持 25', '结果维持 13', '36 T4.ld.upheld 25'],
  ])('%s → %s', async (from, to, expected) => {
    expect(await k11(edited(HUAIAN, [from, to]))).toEqual([expected])
  })
})

/** 在武昌的报告里，把 15 行换成另一句，表中各行换成给定的数。 */
const SENTENCE = '2024年，武昌区城市运行管理中心未收到依申请公开事项。'
const ROW = '\t0\t0\t0\t0\t0\t0\t0'
function withSentence(sentence: string, rows: Record<string, number> = {}): string {
  const changes = Object.entries(rows).map(([label, n]) => [`${label}${ROW}`, `${label}\t${n}\t0\t0\t0\t0\t0\t${n}`] as const)
  const oneTable = WUCHANG.replaceAll(SENTENCE, '').replaceAll(/(?:\t0){6,7}\t?$/gm, ROW)
  return edited(edited(oneTable, ...changes), ['二、政府信息依申请公开情况', `（二）政府信息依申请公开情况\n${sentence}`])
}
const TABLE = {
  '一、本年新收政府信息公开申请数量': 18,
  '二、上年结转政府信息公开申请数量': 2,
  '三、本年度办理结果\t(一) 予以公开': 6,
  '\t(二) 部分公开（区分处理的，只计这一情形，不计其他情形）': 2,
  '\t(三) 不予公开\t1. 属于国家秘密': 4,
  '\t(五) 不予处理\t1. 信访举报投诉类申请': 6,
  '\t(七) 总计': 18,
  '\t四、结转下年度继续办理': 2,
}

describe('K11: ways of saying it that are right are left alone', () => {
  test.each([
    '2024年共收到政府信息公开申请18件，办结18件，结转下年度继续办理2件。',
    '全年新收政府信息公开申请 18 件，上年结转 2 件，共办结 18 件，其中予以公开 6 件、部分公开 2 件、不予公开 4 件、不予处理 6 件。',
    '本年度共受理政府信息公开申请20件（含上年结转2件），均依法答复。',
    '2023年收到政府信息公开申请 5 件，2024年收到政府信息公开申请 18 件，同比上升。',
    '收到18件政府信息公开申请，其中通过网络收到申请 10 件，信函收到申请 8 件。',
    '收到申请十八件，6件予以公开，2件部分公开，4件不予公开。',
    '收到政府信息公开申请18件，较上年收到申请 9 件增加一倍；答复网民留言 33 件，办理建议提案 12 件。',
    '收到政府信息公开申请18件。办理行政许可申请 500 件，12345 热线办结 3000 件。',
    '共收到自然人提出的政府信息公开申请 18 件，其中延期答复 3 件、按时答复 15 件。',
    '收到政府信息公开申请１８件，办理行政复议案件 50 件。',
    '新受理政府信息公开申请18件，办结18件，上年转结政府信息公开申请2件，转下一年办理2件。',
    '收到申请公开18条，办结18条，其中网络申请数10件，信函申请数8件。',
    '主动公开政府信息62件（其中，“规划计划”3件，“应主动公开的其他信息”59件），发布2篇预决算信息。',
    '公开各类信息共计139条，其中通过网站公开信息127条，通过公众号发布信息10余条。',
    '本年度未发生因政府信息公开被申请行政复议、提起行政诉讼的情况。',
    '没有因政府信息公开而被申请行政复议决定被纠正的案件。',
  ])('%s', async (sentence) => {
    expect(await k11(withSentence(sentence, TABLE))).toEqual([])
  })
})

describe('K11: and the same ways with a wrong figure are found', () => {
  test.each([
    ['2024年共收到政府信息公开申请19件，办结18件。', ['R1.T 18']],
    ['收到政府信息公开申请18件，办结17件，结转下年度继续办理3件。', ['R3.7.T 18', 'R4.T 2']],
    ['全年新收政府信息公开申请 18 件，办结 18 件，其中予以公开 7 件、部分公开 2 件、不予公开 3 件。', ['R3.1.T 6', 'R3.3.1.T 4']],
    ['本年度共受理政府信息公开申请21件（含上年结转3件）。', ['R1.T 18', 'R2.T 2']],
    ['收到依申请公开十九件。', ['R1.T 18']],
    ['收到17件政府信息公开申请，无法提供 1 件。', ['R1.T 18', 'R3.4.1.T 0']],
    ['收到政府信息公开申请18件，被申请行政复议 1 件，行政诉讼 2 件。', ['T4.rv.total 0', 'T4.ld.total 0']],
    ['2024年未收到政府信息公开申请。', ['R1.T 18']],
    ['上年转结1件，转下一年办理3件。', ['R2.T 2', 'R4.T 2']],
    ['2024年度发生行政复议案件1件，为其他结果；行政诉讼案件1件。', ['T4.rv.total 0', 'T4.ld.total 0']],
    ['主动公开政府信息60件（其中，“规划计划”3件，“其他信息”59件）。', ['null 62']],
  ])('%s', async (sentence, expected) => {
    const found = (await k11(withSentence(sentence, TABLE))).map((one) => one.slice(one.indexOf(' ') + 1))
    expect(found).toEqual(expected)
  })
})

test('K11: the count of items published, said twice and differently', async () => {
  const text = edited(WUCHANG, ['全年共主动公开政府信息8条。其中，概况信息3条，财政信息2条，其他对外管理服务事项信息3条。', '全年共主动公开政府信息10条。'])
  expect(await k11(text)).toEqual(['27 null 8'])
})

test('K11: what prose does not say is mentioned, not an error', async () => {
  const found = (await checkText(withSentence('依法办理政府信息公开申请。', TABLE))).filter((one) => one.rule === 'K11')
  expect(found).toMatchObject([{ severity: 'info' }])
})
