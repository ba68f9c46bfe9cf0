import { describe, expect, test } from 'vitest'
import { checkText, edited, fixtureText } from './check-report.testing.ts'

/** 在一份全零的报告里，（二）之下写一句话；表中几行换成给定的数。 */
const ZERO = fixtureText('wuchang-2024')
  .replaceAll(/(?:\t0){6,7}\t?$/gm, '\t0\t0\t0\t0\t0\t0\t0')
  .replaceAll('2024年，武昌区城市运行管理中心未收到依申请公开事项。', '')

function saying(sentence: string, rows: Record<string, number> = {}): string {
  const changes = Object.entries(rows).map(([label, n]) => [`${label}${'\t0'.repeat(7)}`, `${label}\t${n}\t0\t0\t0\t0\t0\t${n}`] as const)
  return edited(edited(ZERO, ...changes), ['二、政府信息依申请公开情况', `（二）政府信息依申请公开情况\n${sentence}`])
}

const found = async (sentence: string, rows: Record<string, number> = {}) =>
  (await checkText(saying(sentence, rows)))
    .filter((one) => one.rule === 'K11' && one.severity !== 'info')
    .map((one) => `${one.cell} ${one.expected}`)

const [R1, R2, R7, R4] = ['一、本年新收政府信息公开申请数量', '二、上年结转政府信息公开申请数量', '\t(七) 总计', '\t四、结转下年度继续办理']

describe('K11: ways of saying it met in published reports', () => {
  test.each([
    ['共收到政府信息公开申请3项全部予以公开，无上年结转政府信息公开申请。', ['R1.T 0']],
    ['依申请公开3次，行政复议0次，行政诉讼0次。', ['R1.T 0']],
    ['依申请公开受理量为2件。', ['R1.T 0']],
    ['受理公民、法人和其他组织向本中心提出的政府信息公开申请5件。', ['R1.T 0']],
    ['接到依申请公开事项5项，均已答复办结。', ['R1.T 0']],
    ['共受理依申请政府信息公开事项17例，全部按时办结。', ['R1.T 0']],
    ['收到政府信息公开申请0件（其中：网上申请0件，邮寄0件），本年度办结9件。', ['R3.7.T 0']],
    ['依申请公开0件，产生行政复议13件和行政诉讼1件。', ['T4.rv.total 0', 'T4.ld.total 0']],
    ['信息公开类行政复议7件，诉讼9件，均获维持。', ['T4.rv.total 0', 'T4.ld.total 0']],
  ])('%s', async (sentence, expected) => {
    expect(await found(sentence)).toEqual(expected)
  })

  test.each([
    '未接到公民提出的公开政府信息申请。',
    '今年本中心未收到依申请公开的申请。',
  ])('none, said otherwise: %s', async (sentence) => {
    expect(await found(sentence, { [R1]: 2, [R4]: 2 })).toEqual(['R1.T 2'])
  })

  test('none carried in is not none received', async () => {
    expect(await found('收到政府信息公开申请3件，无上年结转政府信息公开申请。', { [R1]: 3, [R7]: 3 })).toEqual([])
    expect(await found('收到政府信息公开申请3件，无上年结转政府信息公开申请。', { [R1]: 3, [R2]: 1, [R7]: 4 })).toEqual(['R2.T 1'])
  })
})

describe('K11: figures that are not the body’s totals are left alone', () => {
  test.each([
    '2023年收到，结转至2024年作出答复的政府信息公开申请33件。',
    '因申请人撤回终止办理政府信息公开申请2件。',
    '收到其他行政机关转来政府信息公开申请2件。',
    '延期答复政府信息公开申请3件，当场答复1件。',
    '引发行政复议0件，作为复议机关，共办理政府信息公开行政复议案件30件。',
    '办理12345政务热线3612件，承办建议提案34件，满意率100%。',
  ])('%s', async (sentence) => {
    expect(await found(sentence)).toEqual([])
  })

  test('two outcomes told as one figure', async () => {
    expect(await found('予以公开及部分公开258件，不予公开0件。')).toEqual([])
  })
})

describe('K11: the total of items published', () => {
  const items = async (sentence: string) =>
    (await checkText(saying(sentence))).filter((one) => one.rule === 'K11' && one.cell === null).map((one) => `${one.severity} ${one.expected}`)
  test.each([
    ['主动公开政府信息33条，包括领导信息类1条、机构职能类2条、工作动态类6条、其他类23条。', ['error 32']],
    ['主动公开政府信息171条：领域信息124条，工作动态34条，预算决算4条，应急预案3条，其他信息4条。', ['error 169']],
    ['主动公开政府信息171条：领域信息124条，工作动态34条，预算决算4条，应急预案3条，政策文件2条，其他信息4条。', []],
    ['主动公开政府信息30条，其中文件公开20条，政务动态信息10条，较上年增加20条。', []],
    ['主动公开政府信息100条，其中政策类60条，包括规划30条、方案30条；其他类40条。', []],
    ['主动公开政府信息100条，其中网站公开100条，微信公众号公开80条。', ['warning 180']],
  ])('%s', async (sentence, expected) => {
    expect(await items(sentence)).toEqual(expected)
  })
})

test('a blank total is compared by the sum of its row', async () => {
  const text = saying('不予公开4件，无法提供3件。').replace('\t0\t0\t0\t0\t0\t0\t0\n\t\t2. 其他法律', '\t4\t0\t0\t0\t0\t0\t\n\t\t2. 其他法律')
  const k11 = (await checkText(text)).filter((one) => one.rule === 'K11' && one.severity === 'error')
  expect(k11.map((one) => one.cell)).toEqual(['R3.4.1.T'])
})

test('AR-Q01: measures announced only by their sub-heading', async () => {
  const fifth = (lines: string) => fixtureText('wuchang-2024').replace(/(六、存在的主要问题及改进情况)[\s\S]*?(?=七、其他)/, `$1\n${lines}\n`)
  const q01 = async (lines: string) => (await checkText(fifth(lines))).filter((one) => one.rule === 'AR-Q01').map((one) => one.message)
  expect(await q01('（一）主要问题\n一是理论学习仍需加强；二是解读方式不够多元。\n（二）改进措施\n一是抓紧修订办法，统一标准。二是按月制作图解，安排专人。')).toEqual([])
  expect(await q01('（一）主要问题\n一是理论学习仍需加强；二是解读方式不够多元。')).toEqual(['第五部分只写了问题，没有写改进措施'])
})
