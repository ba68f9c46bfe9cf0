import type { Narrative, ProblemAnswer, ProblemPlan } from '../src/annual-report/testing.ts'
import type { ExampleBody } from './example-bodies.ts'
import {
  FIELDS,
  MANAGEMENT_LEADS,
  MANAGEMENT_TAILS,
  PLATFORM_LEADS,
  PLATFORM_TAILS,
  PROACTIVE_LEADS,
  PROACTIVE_TAILS,
  PROBLEMS,
  PROPOSALS,
  REQUEST_LEADS,
  REQUEST_TAILS,
  SUPERVISION_LEADS,
  SUPERVISION_TAILS,
} from './narrative-words.ts'

/** 写正文要知道的。 */
type Told = Pick<ExampleBody, 'index' | 'code' | 'kind' | 'field' | 'codeWord'>

/** 一个机构一年的正文：各机构、各年取不同的句子；数字一律用占位。 */
export function narrativeOf(body: Told, year: number): Narrative {
  const [b, y] = [body.index, year - 2023]
  const words = (text: string): string => text.replaceAll('{域}', body.field).replaceAll('{代}', body.codeWord)
  const at = (list: readonly string[], n: number): string => words(list[((n % list.length) + list.length) % list.length] ?? '')
  const documents = body.kind === 'street' || body.code === 'slqspj' ? '' : '{规范性文件综述}'
  return {
    introduction: INTRODUCTION,
    overview: {
      proactive: `${at(PROACTIVE_LEADS, b + 3 * y)}{主动公开综述}${documents}${at(PROACTIVE_TAILS, 2 * b + 3 * y)}`,
      requests: `${at(REQUEST_LEADS, b + 3 * y)}{申请综述}{按期答复综述}${at(REQUEST_TAILS, 2 * b + 3 * y)}`,
      management: `${at(MANAGEMENT_LEADS, b + 4 * y)}${at(MANAGEMENT_TAILS, 2 * b + 3 * y)}`,
      platform: `${at(PLATFORM_LEADS, b + 3 * y)}${at(PLATFORM_TAILS, b + 2 * y)}`,
      supervision: `${at(SUPERVISION_LEADS, b + 2 * y)}${at(SUPERVISION_TAILS, b + 2 * y)}{复议诉讼综述}`,
    },
    lastProblems: answersOf(body, year),
    problems: plansOf(body, year),
    others: {
      fees: '{信息处理费综述}',
      proposals: at(PROPOSALS, b + y),
      fields: at(FIELDS, b + y),
      more: '',
    },
  }
}

const INTRODUCTION =
  '本报告依据《中华人民共和国政府信息公开条例》第五十条及{格式文号}规定的格式编制。所列数据的统计期限自{年}年1月1日起至{年}年12月31日止。报告的电子版可在示例区政府门户网站下载；对报告有疑问的，请与本机关信息公开工作机构联系，联系方式：见本机关政府信息公开指南。'

const problemsAt = ({ index }: Told, year: number) =>
  [0, 1].map((k) => PROBLEMS[(index * 5 + (year - 2022) * 2 + k) % PROBLEMS.length] ?? PROBLEMS[0])

export const plansOf = (body: Told, year: number): ProblemPlan[] =>
  problemsAt(body, year).map(([problem, measure]) => ({ problem: problem.replaceAll('{域}', body.field), measure }))

/** 上一年的各个问题，今年的交代。 */
export const answersOf = (body: Told, year: number): ProblemAnswer[] =>
  problemsAt(body, year - 1).map(([problem, , answer]) => ({ problem: problem.replaceAll('{域}', body.field), answer }))
