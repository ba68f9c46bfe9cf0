import { describe, expect, test } from 'vitest'
import { checkText, edited, fixtureText } from './check-report.testing.ts'
import { RULES } from './rules.ts'

const WUCHANG = fixtureText('wuchang-2024')
const at = (found: Awaited<ReturnType<typeof checkText>>) => found.map((one) => `${one.rule} ${one.line ?? '—'}`)
const errors = (found: Awaited<ReturnType<typeof checkText>>) => found.filter((one) => one.severity === 'error')

describe('G54: 武昌区城市运行管理中心 2024', async () => {
  const found = await checkText(WUCHANG)

  test('exactly the rules of the reference, each at its line, and nothing else', () => {
    const rows = Array.from({ length: 13 }, (_, index) => `AR-T01 ${54 + index}`)
    expect(at(found).toSorted()).toEqual(
      [
        'AR-H01 —', 'AR-H02 13', 'AR-H03 25', 'AR-H03 45', 'AR-H03 79', 'AR-H03 88', 'AR-H03 96',
        'AR-S01 7', 'AR-S02 17', 'AR-S03 19', 'AR-S04 11', 'AR-S05 11',
        ...rows, 'AR-T02 77', 'AR-T03 27', 'AR-T03 47', 'AR-T03 81',
        'AR-N01 11', 'AR-W01 98', 'AR-W02 15', 'AR-W02 47', 'AR-P01 90',
        'AR-F01 9', 'AR-F01 49', 'AR-F01 54', 'AR-F01 55', 'AR-F01 56', 'AR-F01 64', 'AR-F01 68', 'AR-F01 73', 'AR-F01 76', 'AR-F01 90',
        'AR-F02 5', 'AR-F02 11', 'AR-F02 15', 'AR-F02 47', 'AR-F02 98', 'AR-F03 5', 'AR-M01 —',
      ].toSorted(),
    )
  })

  test('levels and the mark for what the web page may have done', () => {
    const level = (rule: string) => found.find((one) => one.rule === rule)!.severity
    expect(['AR-H01', 'AR-H02', 'AR-H03', 'AR-T01', 'AR-T02'].map(level)).toEqual(Array(5).fill('error'))
    expect(['AR-S01', 'AR-S02', 'AR-N01', 'AR-W01', 'AR-P01'].map(level)).toEqual(Array(5).fill('warning'))
    expect(['AR-S03', 'AR-S04', 'AR-S05', 'AR-T03', 'AR-W02', 'AR-F01', 'AR-F02', 'AR-F03', 'AR-M01'].map(level)).toEqual(
      Array(9).fill('info'),
    )
    expect(new Set(found.filter((one) => one.maybeExtraction).map((one) => one.rule))).toEqual(
      new Set(['AR-T01', 'AR-T02', 'AR-P01']),
    )
  })

  test('a finding says what is wrong with the values, what is due and how to mend it', () => {
    expect(found.find((one) => one.rule === 'AR-H01')!.message).toContain('共 7 个：一（第 7 行）、二（第 13 行）、三（第 25 行）、四（第 45 行）、五（第 79 行）、六（第 88 行）、七（第 96 行）')
    expect(found.find((one) => one.rule === 'AR-H02')).toMatchObject({ expected: '（二）政府信息依申请公开情况' })
    expect(found.find((one) => one.line === 25)).toMatchObject({ expected: '二、主动公开政府信息情况' })
    expect(found.find((one) => one.rule === 'AR-N01')!.message).toContain('「武昌区社会管理网格化服务中心」（2 处）')
    expect(found.every((one) => one.mend !== undefined)).toBe(true)
  })

  // 应当通过的七项；前六项由上面的全表可知没有报，这里各自改坏一处，证明规则在看
  test('pass 1: 8 = 3 + 2 + 3, twice; 9 ≠ 8 is found at its place', async () => {
    expect(at(errors(await checkText(edited(WUCHANG, ['全年共主动公开政府信息8条', '全年共主动公开政府信息9条']))))).toContain('K11 27')
    expect(at(errors(await checkText(edited(WUCHANG, ['财政信息 2 条', '财政信息 3 条']))))).toContain('K11 11')
    expect(at(found).filter((one) => one.startsWith('K'))).toEqual([])
  })

  test('pass 2: seven numbered items, the fourth with two files, are eight', async () => {
    expect(at(await checkText(edited(WUCHANG, ['7. 公开武昌微邻里公众号', '7. 公开武昌微邻里公众号；8. 公开办事指南']))).filter((one) => one.startsWith('K'))).toEqual([])
  })

  test('pass 3: budget of 2024, account of 2023; another year is K16', async () => {
    const wrong = await checkText(edited(WUCHANG, ['2023 年部门决算', '2024 年部门决算']))
    expect(wrong.filter((one) => one.rule === 'K16')).toMatchObject([{ line: 11, severity: 'warning', expected: '2023 年度' }])
  })

  test('pass 4: a table of zeros satisfies K1–K8; one figure breaks it', async () => {
    const wrong = await checkText(edited(WUCHANG, ['一、本年新收政府信息公开申请数量\t0', '一、本年新收政府信息公开申请数量\t1']))
    expect(errors(wrong).filter((one) => one.rule.startsWith('K')).map((one) => `${one.rule} ${one.cell} ${one.line}`)).toEqual([
      'K1 R1.N 52', 'K3 R1.T 52',
    ])
  })

  test('pass 5: 未收到申请 with R1.T = 0, 无复议诉讼 with a table of zeros; otherwise K11', async () => {
    const asked = edited(WUCHANG, ['一、本年新收政府信息公开申请数量\t0\t0\t0\t0\t0\t0\t0', '一、本年新收政府信息公开申请数量\t1\t0\t0\t0\t0\t0\t1'])
    expect((await checkText(asked)).filter((one) => one.rule === 'K11').map((one) => [one.line, one.cell])).toEqual([[15, 'R1.T'], [47, 'R1.T']])
    const sued = edited(WUCHANG, ['0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0', '1\t0\t0\t0\t1\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0'])
    expect((await checkText(sued)).filter((one) => one.rule === 'K11').map((one) => [one.line, one.cell])).toEqual([[81, 'T4.rv.total']])
  })

  test('pass 6: a department need not report social appraisal', () => {
    expect(found.filter((one) => one.message.includes('社会评议'))).toEqual([])
  })

  test('pass 7: part six says no fee was taken; without it K12', async () => {
    const silent = await checkText(edited(WUCHANG, ['（一）政府信息处理费收取情况。2024年我中心未收取政府信息处理费。', '（一）政务公开培训情况。组织培训2次。']))
    expect(silent.filter((one) => one.rule === 'K12')).toMatchObject([{ line: 96, severity: 'warning' }])
  })
})

describe('three other published reports', () => {
  test('洪泽区 2023: two totals of 0 with parts 11 and 5, and no other error', async () => {
    const found = await checkText(fixtureText('hongze-2023'))
    expect(errors(found).map((one) => `${one.rule} ${one.cell} ${one.expected}`)).toEqual(['K6 T4.rv.total 11', 'K6 T4.la.total 5'])
  })

  test('淮安市 2024: nothing', async () => {
    expect(await checkText(fixtureText('huaian-2024'))).toEqual([])
  })

  test('沭阳县发展和改革局 2023: 125 blanks, part five misnamed, no other error', async () => {
    const found = errors(await checkText(fixtureText('shuyang-fgj-2023')))
    const blanks = found.filter((one) => one.rule === 'K8')
    expect(blanks).toHaveLength(125)
    expect(new Set(blanks.map((one) => one.cell)).size).toBe(125)
    expect(blanks.every((one) => one.line !== null)).toBe(true)
    expect(found.filter((one) => one.rule !== 'K8')).toMatchObject([
      { rule: 'AR-H04', line: 67, expected: '五、存在的主要问题及改进情况' },
    ])
  })
})

test('every rule has its own id, and text rules are silent without text', async () => {
  expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length)
})
