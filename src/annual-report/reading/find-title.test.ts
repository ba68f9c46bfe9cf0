import { expect, test } from 'vitest'
import { findTitle } from './find-title.ts'
import type { ReadLine } from './read-report.ts'

const lines = (...texts: string[]): ReadLine[] => texts.map((text, index) => ({ number: index + 1, text, kind: 'prose' }))
const read = (...texts: string[]) => findTitle(lines(...texts, '一、总体情况'), texts.length + 1)

test.each([
  [['武昌区城市运行管理中心', '2024 年度政府信息公开工作年度报告'], { body: '武昌区城市运行管理中心', year: 2024, line: 2 }],
  [['沭阳县发展和改革局2023年政府信息公开年度报告'], { body: '沭阳县发展和改革局', year: 2023, line: 1 }],
  [['二〇二四年江北区水务局政府信息公开工作年度报告'], { body: '江北区水务局', year: 2024, line: 1 }],
  [['江北区人民政府关于２０２２年度政务公开工作情况的年度报告'], { body: '江北区人民政府', year: 2022, line: 1 }],
  [['首页 > 政府信息公开年报', '索引号：123', '江北区教育局2021年政府信息公开工作年度报告', '发布时间：2022-01-20'], { body: '江北区教育局', year: 2021, line: 3 }],
  [['江北区住房保障和房屋管理局2024年政府', '信息公开工作年度报告'], { body: '江北区住房保障和房屋管理局', year: 2024, line: 1 }],
  [['江北区教育局政府信息公开工作2024年度报告'], { body: '江北区教育局', year: 2024, line: 1 }],
  [['江北区教育局', '2021政府信息公开工作年度报告'], { body: '江北区教育局', year: 2021, line: 2 }],
  [['驼峰路街道办事处政府信息公开工作年度报告', '（2024年）'], { body: '驼峰路街道办事处', year: 2024, line: 1 }],
  [['江北区政务公开办公室2024年政府信息公开工作年度报告'], { body: '江北区政务公开办公室', year: 2024, line: 1 }],
])('%j', (texts, expected) => {
  expect(read(...texts)).toMatchObject(expected)
})

test('without a title the year is that of the period, the body that of the signature', () => {
  const found = findTitle(lines('本报告统计期限为2023年1月1日至2023年12月31日。', '一、总体情况', '江北区水务局', '2024年1月20日'), 2)
  expect(found).toEqual({ title: null, line: null, body: '江北区水务局', year: 2023 })
})
