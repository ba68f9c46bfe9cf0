import { IDENTITIES } from '../../statute/report-checks.ts'
import { doubtfulClasses, incompleteBasics, missingElements, oddElementTitles, unrelatedWork } from './element-rules.ts'
import { countHeadings, misnamedHeadings, misnumberedHeadings, misplacedElements } from './heading-rules.ts'
import { sameAsLastYear } from './likeness-rule.ts'
import { unansweredProblems } from './measure-rules.ts'
import { budgetYears, feeStated } from './money-rules.ts'
import { proseAgainstTables } from './prose-rules.ts'
import type { Rule } from './rule.ts'
import { lateRelease, missingParticulars, wrongCitations, wrongRegulationNames, wrongYearBrackets } from './source-rules.ts'
import { differentLabels, doubtfulReadings, missingParts, nestedRows, proseBesideTables, shortRows } from './table-rules.ts'
import {
  cutParagraphs,
  looseApplicationName,
  mixedBrackets,
  mixedYearSpaces,
  oddTitle,
  otherBodyNames,
  wrongFeeName,
} from './wording-rules.ts'

const FORM = '国办公开办函〔2021〕30号'
const ARTICLE_50 = '条例第五十条'

/** 看表的规则：没有正文的报告（如只有数字的 JSON）也核。 */
export const TABLE_RULES: readonly Rule[] = [
  { id: 'AR-T01', severity: 'error', title: '表 3 行宽不足', basis: FORM, check: shortRows },
  { id: 'AR-T02', severity: 'error', title: '结转下年度嵌套错误', basis: FORM, check: nestedRows },
  { id: 'AR-T04', severity: 'warning', title: '标签与格式不符', basis: FORM, check: differentLabels },
  { id: 'AR-T05', severity: 'warning', title: '缺表、缺行', basis: FORM, check: missingParts },
  { id: 'AR-T06', severity: 'warning', title: '读法存疑', basis: FORM, check: doubtfulReadings },
]

/** 看正文的规则。 */
export const TEXT_RULES: readonly Rule[] = [
  { id: 'AR-H01', severity: 'error', title: '一级标题数不为六', basis: FORM, check: countHeadings },
  { id: 'AR-H02', severity: 'error', title: '小节误作一级标题', basis: FORM, check: misplacedElements },
  { id: 'AR-H03', severity: 'error', title: '一级标题序号错位', basis: FORM, check: misnumberedHeadings },
  { id: 'AR-H04', severity: 'error', title: '一级标题文字不符', basis: FORM, check: misnamedHeadings },
  { id: 'AR-S01', severity: 'warning', title: '总体情况缺要素', basis: ARTICLE_50, check: missingElements },
  { id: 'AR-S02', severity: 'warning', title: '要素标题不规范', basis: ARTICLE_50, check: oddElementTitles },
  { id: 'AR-S03', severity: 'info', title: '内容泛化', basis: ARTICLE_50, check: unrelatedWork },
  { id: 'AR-S04', severity: 'info', title: '第二十条第（二）项要素不全', basis: '条例第二十条第（二）项', check: incompleteBasics },
  { id: 'AR-S05', severity: 'info', title: '信息分类存疑', basis: '条例第二十条第（二）项', check: doubtfulClasses },
  { id: 'AR-T03', severity: 'info', title: '表前重复正文', basis: FORM, check: proseBesideTables },
  { id: 'K11', severity: 'error', title: '正文与表格不一致', basis: FORM, check: proseAgainstTables },
  { id: 'K12', severity: 'warning', title: '信息处理费收取情况', basis: '国办函〔2020〕109号', check: feeStated },
  { id: 'K16', severity: 'warning', title: '预决算年度', basis: '条例第二十条第（七）项', check: budgetYears },
  { id: 'AR-N01', severity: 'warning', title: '机关名称不一致', basis: FORM, check: otherBodyNames },
  { id: 'AR-W01', severity: 'warning', title: '信息处理费名称', basis: '国办函〔2020〕109号', check: wrongFeeName },
  { id: 'AR-W02', severity: 'info', title: '政府信息公开申请名称', basis: '条例第二十七条', check: looseApplicationName },
  { id: 'AR-P01', severity: 'warning', title: '段落被截断', basis: '行文', check: cutParagraphs },
  { id: 'AR-F01', severity: 'info', title: '括号全半角混用', basis: '行文', check: mixedBrackets },
  { id: 'AR-F02', severity: 'info', title: '数字与汉字间空格不一', basis: '行文', check: mixedYearSpaces },
  { id: 'AR-F03', severity: 'info', title: '报告标题', basis: '惯例', check: oddTitle },
  { id: 'AR-M01', severity: 'info', title: '缺元信息', basis: '惯例', check: missingParticulars },
  { id: 'AR-D01', severity: 'error', title: '引用文号错误', basis: '行文', check: wrongCitations },
  { id: 'AR-D02', severity: 'error', title: '条例名称写错', basis: '国务院令第711号', check: wrongRegulationNames },
  { id: 'AR-D03', severity: 'info', title: '文号年份用六角括号', basis: 'GB/T 9704-2012', check: wrongYearBrackets },
  { id: 'AR-Q01', severity: 'warning', title: '问题与整改', basis: ARTICLE_50, check: unansweredProblems },
  { id: 'AR-Y01', severity: 'warning', title: '与上年内容雷同', basis: '条例第四十七条', check: sameAsLastYear },
  { id: 'AR-L01', severity: 'warning', title: '公布日期', basis: '条例第四十九条', check: lateRelease },
]

export const RULES: readonly Rule[] = [...TABLE_RULES, ...TEXT_RULES]

/** 规则的名称与依据；不在表中的规则号按错误抛出。 */
export function ruleOf(id: string): { title: string; basis: string } {
  const rule = RULES.find((each) => each.id === id)
  if (rule) return rule
  const identity = Object.entries(IDENTITIES).find(([key]) => key === id)?.[1]
  if (identity) return { title: identity.title, basis: FORM }
  throw new RangeError(`没有规则 ${id}`)
}
