import { describe, expect, test } from 'vitest'
import { bodyLevelOf } from './body-level.ts'
import { checkText, edited, fixtureText } from './check-report.testing.ts'

const HUAIAN = fixtureText('huaian-2024')
const SHUYANG = fixtureText('shuyang-fgj-2023')
const WUCHANG = fixtureText('wuchang-2024')

/** 核查改过的报告，只看某一条规则。 */
const only = async (rule: string, text: string, ...more: [string?, object?]) =>
  (await checkText(text, more[0] ?? null, more[1] ?? {})).filter((one) => one.rule === rule)

describe('headings', () => {
  test('AR-H01: one heading missing is named', async () => {
    const found = await only('AR-H01', edited(HUAIAN, ['五、存在的主要问题及改进情况', '']))
    expect(found[0]!.message).toContain('共 5 个')
    expect(found[0]!.message).toContain('缺 「五、存在的主要问题及改进情况」')
  })

  test('AR-H03 alone: a number wrong; AR-H04 alone: a word wrong', async () => {
    const renumbered = await checkText(edited(HUAIAN, ['六、其他需要报告的事项', '七、其他需要报告的事项']))
    expect(renumbered.map((one) => one.rule)).toEqual(['AR-H03'])
    const reworded = await checkText(edited(HUAIAN, ['六、其他需要报告的事项', '六、其他需报告的事项']))
    expect(reworded).toMatchObject([{ rule: 'AR-H04', expected: '六、其他需要报告的事项' }])
  })
})

describe('headings written otherwise', () => {
  const TITLES = ['总体情况', '主动公开政府信息情况', '收到和处理政府信息公开申请情况', '政府信息公开行政复议、行政诉讼情况', '存在的主要问题及改进情况', '其他需要报告的事项']
  const restyled = (style: (title: string, index: number) => string) =>
    TITLES.reduce((text, title, index) => edited(text, [`${'一二三四五六'[index]}、${title}`, style(title, index)]), HUAIAN)
  const found = async (text: string) => (await checkText(text)).map((one) => `${one.rule} ${one.severity}`)

  test.each([
    ['a colon after', (title: string, index: number) => `${'一二三四五六'[index]}、${title}：`],
    ['Markdown', (title: string, index: number) => `## ${'一二三四五六'[index]}、${title}`],
  ])('%s is no finding', async (_, style) => {
    expect(await found(restyled(style))).toEqual([])
  })

  test('automatic numbers lost: a warning each, and the parts are still found', async () => {
    expect(await found(restyled((title) => title))).toEqual(Array(6).fill('AR-H03 warning'))
  })

  test('another kind of number: an error each', async () => {
    expect(await found(restyled((title, index) => `（${'一二三四五六'[index]}）${title}`))).toEqual(Array(6).fill('AR-H03 error'))
    expect(await found(restyled((title, index) => `${index + 1}.${title}`))).toEqual(Array(6).fill('AR-H03 error'))
  })

  test('（一）主动公开政府信息情况 in part one is an element, not the second heading', async () => {
    const text = edited(HUAIAN, ['二、主动公开政府信息情况', ''], ['一、总体情况', '一、总体情况\n（一）主动公开政府信息情况'])
    expect((await only('AR-H01', text))[0]!.message).toContain('缺 「二、主动公开政府信息情况」')
  })

  test('prose on the line of its heading is read', async () => {
    const text = SHUYANG.replace(/六、其他需要报告的事项\n+/, '六、其他需要报告的事项。')
    expect(await found(text)).toEqual(await found(SHUYANG))
    expect(await only('AR-H01', SHUYANG.replace(/一、总体情况\n+/, '一、总体情况'))).toEqual([])
  })
})

describe('part one', () => {
  test('AR-S01: each element left out, once', async () => {
    const found = await only('AR-S01', WUCHANG.replace(/（四）监督保障情况[^三]*?(?=三、主动公开)/, ''))
    expect(found.map((one) => one.expected)).toEqual(['（三）政府信息管理情况', '（五）监督保障情况'])
  })

  test('AR-N01: a former name that is registered or explained is no finding', async () => {
    expect(await only('AR-N01', WUCHANG, undefined, { formerNames: ['武昌区社会管理网格化服务中心'] })).toEqual([])
    expect(await only('AR-N01', edited(WUCHANG, ['一、总体情况', '一、总体情况\n本中心由武昌区社会管理网格化服务中心更名而来。']))).toEqual([])
  })
})

describe('sources', () => {
  const cite = (sentence: string) => edited(SHUYANG, ['一、总体情况', `${sentence}\n一、总体情况`])

  test('AR-D01: a document number miswritten', async () => {
    expect(await only('AR-D01', cite('根据国办公开函〔2021〕30号编制。'))).toMatchObject([{ expected: '国办公开办函〔2021〕30号', line: 3 }])
    expect(await only('AR-D01', cite('根据国办公开办函〔2021〕30号、国办函〔2020〕109号、国办发〔2021〕12号编制。'))).toEqual([])
  })

  test('AR-D02: the regulations misnamed; a province’s own are not', async () => {
    expect(await only('AR-D02', cite('根据《中华人民共和国信息公开条例》编制。'))).toHaveLength(1)
    expect(await only('AR-D02', cite('根据《政府信息公开条列》编制。'))).toHaveLength(1)
    expect(await only('AR-D02', cite('根据《政府信息公开条例》《信息公开条例》《江苏省政府信息公开条例》编制。'))).toEqual([])
  })

  test('AR-D03: square brackets around the year', async () => {
    expect(await only('AR-D03', cite('按照国办函[2020]109号执行。'))).toMatchObject([{ expected: '按照国办函〔2020〕109号' }])
  })

  test('AR-M01: a report with basis, period and address needs nothing more', async () => {
    expect(await only('AR-M01', HUAIAN)).toEqual([])
    const found = await only('AR-M01', edited(HUAIAN, ['报告所列统计期限自 2024 年 1 月 1 日至 2024 年 12 月 31 日。', '']))
    expect(found[0]!.message).toContain('统计期')
  })

  test('AR-L01: dated after 31 January', async () => {
    expect(await only('AR-L01', SHUYANG)).toEqual([])
    expect(await only('AR-L01', edited(SHUYANG, ['2024年1月17日', '2024年2月1日']))).toMatchObject([{ line: 73, severity: 'warning' }])
    expect(await only('AR-L01', edited(SHUYANG, ['2024年1月17日', '2024年1月31日']))).toEqual([])
  })
})

describe('problems and measures', () => {
  const measures = '（二）整改措施。为进一步规范并加大政府信息公开工作，2023年我局加大贯彻落实新《条例》和有关文件精神的工作力度，一是'
  test('AR-Q01: more problems than measures', async () => {
    const text = edited(SHUYANG, ['各科室人员信息公开意识有所松懈，', '一是意识松懈，二是培训少，三是回复慢，'])
    expect((await only('AR-Q01', text))[0]!.message).toContain('问题 3 个，改进措施只有 2 条')
  })
  test('AR-Q01: no measures, or hollow ones', async () => {
    const cut = (to: string) => SHUYANG.replace(/（二）整改措施。[^\n]*/, to)
    expect(SHUYANG).toContain(measures)
    expect((await only('AR-Q01', cut('')))[0]!.message).toContain('没有写改进措施')
    expect((await only('AR-Q01', cut('（二）整改措施。下一步，我局将高度重视政府信息公开工作，不断加强学习，进一步提高工作水平。')))[0]!.message).toContain('空泛')
    expect(await only('AR-Q01', cut('（二）整改措施。下一步将逐月核对目录，由办公室专人负责。'))).toEqual([])
  })
})

describe('money', () => {
  test('K12: 6 applications not handled for want of a fee, and no amount stated', async () => {
    const found = await only('K12', edited(HUAIAN, ['全年收取政府信息公开信息处理费 3940 元。', '按规定收取信息处理费。']))
    expect(found).toMatchObject([{ cell: 'R3.6.2.T', severity: 'warning' }])
  })
  test('K12: a fee taken while table 2 shows none', async () => {
    const found = await only('K12', edited(HUAIAN, ['96171.6', '0']))
    expect(found).toMatchObject([{ cell: 'T2.fee.amountWan' }])
  })
  test('K12: said to be zero is enough', async () => {
    expect(await only('K12', fixtureText('hongze-2023'))).toEqual([])
    expect(await only('K12', SHUYANG)).toEqual([])
  })
})

describe('money said otherwise', () => {
  const sixth = (sentence: string) => SHUYANG.replace(/(六、其他需要报告的事项\n+)[^\n]*/, `$1${sentence}`)
  test.each(['发出收费通知的件数和总金额以及实际收取的总金额均为0。', '未向申请人收取任何费用。', '全年收取信息处理费0.00元。', '本年度信息处理费收取情况：无。'])('%s', async (sentence) => {
    expect(await only('K12', sixth(sentence))).toEqual([])
  })
  test('无。 says nothing of the fee', async () => {
    expect(await only('K12', sixth('无。'))).toMatchObject([{ severity: 'warning' }])
  })
})

describe('last year', () => {
  test('the same year, a later one, and another body are not last year', async () => {
    expect(await only('AR-Y01', SHUYANG, SHUYANG)).toEqual([])
    const left = edited(SHUYANG, ['四、结转下年度继续办理\t0', '四、结转下年度继续办理\t1']).replaceAll('2023年', '2022年')
    const other = left.replaceAll('沭阳县发展和改革局', '泗阳县水务局')
    expect((await only('K4', SHUYANG, left)).map((one) => one.severity)).toEqual(['error'])
    const found = await only('K4', SHUYANG, other)
    expect(found.map((one) => one.severity)).toEqual(['warning', 'warning'])
    expect(found[0]!.message).toContain('泗阳县水务局')
  })
  test('errors put right elsewhere do not excuse what was carried over', async () => {
    const left = edited(SHUYANG, ['四、结转下年度继续办理\t0', '四、结转下年度继续办理\t1']).replaceAll('2023年', '2022年')
    const busy = edited(SHUYANG, ['一、总体情况', '一、总体情况\n及时更正错别字12处。'])
    expect(await only('K4', busy, left)).toMatchObject([{ severity: 'error' }])
  })

  test('AR-Y01: the same report with the year changed', async () => {
    const next = SHUYANG.replaceAll('2023年', '2024年').replaceAll('2024年1月17日', '2025年1月17日')
    expect(await only('AR-Y01', next, SHUYANG)).toMatchObject([{ severity: 'warning', line: null }])
    expect(await only('AR-Y01', HUAIAN, SHUYANG)).toEqual([])
  })

  test('K4 both ways: what was left is taken over, what is taken over was left', async () => {
    const next = SHUYANG.replaceAll('2023年', '2024年').replaceAll('2024年1月17日', '2025年1月17日')
    const left = edited(SHUYANG, ['四、结转下年度继续办理\t0', '四、结转下年度继续办理\t1'])
    expect(await only('K4', next, left)).toMatchObject([{ cell: 'R2.N', line: 37, severity: 'error', expected: '1' }])
    const taken = edited(next, ['二、上年结转政府信息公开申请数量\t0', '二、上年结转政府信息公开申请数量\t1'])
    expect(await only('K4', taken, SHUYANG)).toMatchObject([{ cell: 'R2.N', expected: '0' }])
    expect(await only('K4', left, next)).toMatchObject([{ cell: 'R4.N', expected: '0' }])
  })

  test('K4 is a warning when the report explains a correction', async () => {
    const left = edited(SHUYANG, ['四、结转下年度继续办理\t0', '四、结转下年度继续办理\t1'])
    const next = SHUYANG.replaceAll('2023年', '2024年').replace('六、其他需要报告的事项', '六、其他需要报告的事项\n上年结转数有误，现予更正说明。')
    expect(await only('K4', next, left)).toMatchObject([{ severity: 'warning' }])
  })
})

test('K15: a district body by its name', async () => {
  expect(['武昌区城市运行管理中心', '沭阳县发展和改革局', '武汉市武昌区财政局', '江苏省淮安市洪泽区人民政府'].map(bodyLevelOf)).toEqual(
    Array(4).fill('district'),
  )
  expect(['淮安市人民政府', '广西壮族自治区人民政府', '武汉东湖新技术开发区管委会', '武汉市自然资源和城乡建设局', null].map(bodyLevelOf)).toEqual(
    Array(5).fill(undefined),
  )
  const wrong = edited(WUCHANG, ['规章\t0\t0\t0', '规章\t1\t0\t1'])
  expect((await only('K15', wrong)).map((one) => one.cell)).toEqual(['T2.reg.made', 'T2.reg.valid'])
})

test('a text full of figures and headings ends, with a bounded account', async () => {
  const noise = `2024年收到政府信息公开申请9件，答复《2022年部门预算》8件，${'其中概况信息1条、'.repeat(20)}一、`
  const found = await checkText(`${WUCHANG}\n${noise.repeat(700)}\n${`${noise}。\n`.repeat(1500)}`)
  const counts = Map.groupBy(found, (one) => one.rule)
  expect(Math.max(...[...counts.values()].map((all) => all.length))).toBeLessThanOrEqual(300)
})
