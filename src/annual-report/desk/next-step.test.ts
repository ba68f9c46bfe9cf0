import { expect, test } from 'vitest'
import { NEW_REPORT } from '../report.ts'
import { nextStep, type StepFacts } from './next-step.ts'

const facts: StepFacts = {
  report: { ...NEW_REPORT, year: 2025, status: 'drafting' },
  base: '/desk/reports/jia/2025',
  errors: 0,
  openWarnings: 0,
  yearOver: true,
  drifted: 0,
  can: () => true,
  returned: false,
  sentBack: false,
  uncorrected: false,
  isDrafter: true,
  isRollUp: false,
}
const first = (given: Partial<StepFacts>) => nextStep({ ...facts, ...given }).actions[0]?.label

test.each<[string, Partial<StepFacts>, string]>([
  ['没有错误，提醒都有说明', {}, '提交校核'],
  ['有提醒没有说明', { openWarnings: 2 }, '逐条说明'],
  ['有错误', { errors: 1 }, '写正文'],
  ['冻结之后台账有改动', { drifted: 1, errors: 1 }, '重新冻结'],
  ['主管部门退回', { returned: true }, '写正文'],
  ['本机关退回起草', { sentBack: true, openWarnings: 1 }, '写正文'],
  ['更正另起一版，还没有改过', { uncorrected: true }, '写正文'],
  ['更正另起一版，先要跟上台账', { uncorrected: true, drifted: 3 }, '重新冻结'],
])('起草中，%s', (_, given, label) => {
  expect(first(given)).toBe(label)
})

test('没有权限的，只说该由谁办', () => {
  const { what, actions } = nextStep({ ...facts, can: () => false })
  expect(actions).toEqual([])
  expect(what).toContain('由信息公开工作机构办理')
})
