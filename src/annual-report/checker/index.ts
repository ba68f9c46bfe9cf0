export { checkReport } from './check-report.ts'
export { alike, likeness, type Likeness } from './likeness.ts'
export type { CheckContext } from './rule.ts'
export { ruleOf } from './rules.ts'
