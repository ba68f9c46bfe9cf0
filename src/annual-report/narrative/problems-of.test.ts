import { expect, test } from 'vitest'
import { problemsOf } from './problems-of.ts'
import type { ReadLine, ReadReport } from '../reading/read-report.ts'

const HEAD = '五、存在的主要问题及改进情况'
const reportOf = (...texts: string[]): ReadReport => ({
  file: '', format: 'txt', title: null, body: null, year: 2025, edition: '2021', cells: {}, places: {}, notes: [],
  lines: [HEAD, ...texts, '六、其他需要报告的事项', '无。'].map((text, i): ReadLine => ({ number: i + 1, text, kind: /^(?:[一二三四五六]、|（[一二三]）[^。]*$)/.test(text) ? 'heading' : 'prose' })),
})

test('本系统自己的写法：上年的整改不是今年的问题，小标题也不是', () => {
  const read = reportOf('（一）上年度问题的整改情况', '1.查阅点利用率偏低。整改情况：已张贴指引。', '（二）本年度存在的主要问题及改进措施', '1.链接失效。改进措施：按月检查。', '2.解读形式单一。改进措施：配图解。')
  expect(problemsOf(read)).toEqual(['1.链接失效。改进措施：按月检查。', '2.解读形式单一。改进措施：配图解。'])
})

test('问题与措施分开写的，措施不当作问题；以小标题为问题的，连同其下的话', () => {
  expect(problemsOf(reportOf('（一）存在的主要问题', '1.公开不够及时。', '（二）下一步改进措施', '1.每周通报。'))).toEqual(['1.公开不够及时。'])
  expect(problemsOf(reportOf('（一）公开的时效有待改进', '个别信息临近期限才公布。', '（二）解读不足', '形式单一。'))).toEqual(['（一）公开的时效有待改进个别信息临近期限才公布。', '（二）解读不足形式单一。'])
})

test('不分小标题的，交代上年的段落不取；只写了上年的，整部分都取', () => {
  expect(problemsOf(reportOf('上年度的问题已经整改。', '一是解读', '形式单一。'))).toEqual(['一是解读形式单一。'])
  expect(problemsOf(reportOf('（一）上年度问题的整改情况', '1.已经整改。'))).toEqual(['1.已经整改。'])
})
