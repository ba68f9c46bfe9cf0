import { FIGURES, isFigureName, type FigureContext, type FigureName } from '../tally/figures.ts'

/** 第一部分的五个习惯标题（条例第五十条、格式要求的五项要素）。 */
export const OVERVIEW = {
  proactive: '政府信息主动公开情况',
  requests: '政府信息依申请公开情况',
  management: '政府信息管理情况',
  platform: '政府信息公开平台建设情况',
  supervision: '监督保障情况',
} as const
export type OverviewKey = keyof typeof OVERVIEW

/** 第六部分。信息处理费收取情况必写，未收也写明。 */
export const OTHERS = {
  fees: '信息处理费收取情况',
  proposals: '建议提案办理结果公开情况',
  fields: '重点领域政府信息公开情况',
  more: '其他事项',
} as const
export type OtherKey = keyof typeof OTHERS

/** 上年的一个问题，与今年的交代。 */
export interface ProblemAnswer {
  problem: string
  answer: string
  /** 登记里的那一个问题；逐年凭它相接 */
  problemId?: string
}
/** 今年的一个问题，与对应的改进措施。 */
export interface ProblemPlan {
  problem: string
  measure: string
  problemId?: string
}

export interface Narrative {
  introduction: string
  overview: Readonly<Record<OverviewKey, string>>
  lastProblems: readonly ProblemAnswer[]
  problems: readonly ProblemPlan[]
  others: Readonly<Record<OtherKey, string>>
}

const TOKEN = /\{([^{}\n]{1,20})\}/g

/** 一段文字，或由占位得来的一处。 */
export type Piece = string | { text: string; figure: FigureName }

/** 把占位换成冻结的数，并记得哪些是数出来的；未知的占位照原样留下（保存时已拦下）。 */
export function fillPieces(text: string, context: FigureContext): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(TOKEN)) {
    const name = match[1] ?? ''
    if (!isFigureName(name)) continue
    if (match.index > from) pieces.push(text.slice(from, match.index))
    pieces.push({ text: FIGURES[name].of(context), figure: name })
    from = match.index + match[0].length
  }
  if (from < text.length) pieces.push(text.slice(from))
  return pieces
}

export const textOf = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('')

export const fill = (text: string, context: FigureContext): string => textOf(fillPieces(text, context))

/** 文中用到而不存在的占位。 */
export const unknownTokens = (text: string): string[] =>
  [...text.matchAll(TOKEN)].map(([, name]) => name ?? '').filter((name) => !isFigureName(name))

/**
 * 手写了本应取自台账的数字之处。表格里有的量，正文一律用占位，否则改了记录而正文不动。
 * 年份、文号、日期、序号不在此列。
 */
const PROTECTED: readonly { pattern: RegExp; use: string }[] = [
  { pattern: /(?:收到|新收|受理)[^。；{}\d]{0,20}申请\d+[件份]/g, use: '{新收申请数}' },
  { pattern: /上年度?结转[^。；{}\d]{0,10}\d+件/g, use: '{上年结转数}' },
  // 建议提案、热线、留言的件数不在表里
  { pattern: /(?:办结|答复)(?:(?!建议|提案|热线|留言|工单|来信|来电)[^。；{}\d]){0,10}\d+件/g, use: '{办结数}' },
  { pattern: /结转(?:下年度|至下年)[^。；{}\d]{0,10}\d+件/g, use: '{结转下年数}' },
  { pattern: /予以公开\d+件/g, use: '{予以公开数}' },
  { pattern: /部分公开\d+件/g, use: '{部分公开数}' },
  { pattern: /不予公开\d+件/g, use: '{不予公开数}' },
  { pattern: /无法提供\d+件/g, use: '{无法提供数}' },
  { pattern: /不予处理\d+件/g, use: '{不予处理数}' },
  { pattern: /行政复议(?:案件)?\d+[件起]/g, use: '{行政复议数}' },
  { pattern: /行政诉讼(?:案件)?\d+[件起]/g, use: '{行政诉讼数}' },
  { pattern: /主动公开(?:政府)?信息\d+条/g, use: '{主动公开数}' },
  { pattern: /信息处理费[^。；{}\d]{0,12}\d+(?:\.\d+)?万?元/g, use: '{信息处理费}' },
]

export const typedFigures = (text: string): { found: string; use: string }[] => {
  const plain = text.normalize('NFKC').replaceAll(/[\s,]/g, '')
  return PROTECTED.flatMap(({ pattern, use }) => [...plain.matchAll(pattern)].map(([found]) => ({ found, use })))
}

/** 各栏文字，连同栏名，供逐栏检查与比对。 */
export const textsOf = (narrative: Narrative): { key: string; label: string; text: string }[] => [
  { key: 'introduction', label: '引言', text: narrative.introduction },
  ...entries(OVERVIEW).map(([key, label]) => ({ key: `overview.${key}`, label, text: narrative.overview[key] })),
  ...narrative.lastProblems.map((one, i) => ({
    key: `lastProblems.${i}`,
    label: `上年问题${i + 1}的整改`,
    text: one.answer,
  })),
  ...narrative.problems.flatMap((one, i) => [
    { key: `problems.${i}.problem`, label: `问题${i + 1}`, text: one.problem },
    { key: `problems.${i}.measure`, label: `问题${i + 1}的改进措施`, text: one.measure },
  ]),
  ...entries(OTHERS).map(([key, label]) => ({ key: `others.${key}`, label, text: narrative.others[key] })),
]

export function entries<K extends string, V>(table: Readonly<Record<K, V>>): [K, V][] {
  return Object.entries(table) as [K, V][]
}

/** 一栏文字里的错处：栏名 → 一句话。空表即可保存。 */
export function problemsIn(narrative: Narrative): Record<string, string> {
  const found: Record<string, string> = {}
  for (const { key, text } of textsOf(narrative)) {
    const [unknown] = unknownTokens(text)
    if (unknown !== undefined) found[key] = `没有名为「{${unknown}}」的数字，请从页首的列表中选用`
    const [typed] = typedFigures(text)
    if (typed !== undefined) found[key] = `「${typed.found}」的数字取自台账，请改用 ${typed.use}`
    if (text.length > 20_000) found[key] = '文字过长，每栏不超过两万字'
  }
  return found
}

/** 起草：套用综述占位，其余待信息员写实。上年问题逐条带入，待今年交代。 */
export function firstDraft(lastProblems: readonly ProblemPlan[]): Narrative {
  return {
    introduction:
      '本报告依据《中华人民共和国政府信息公开条例》第五十条及{格式文号}规定的格式编制。所列数据的统计期限自{年}年1月1日起至{年}年12月31日止。',
    overview: {
      proactive: '{主动公开综述}{规范性文件综述}',
      requests: '{申请综述}{按期答复综述}',
      management: '',
      platform: '',
      supervision: '',
    },
    lastProblems: lastProblems.map(({ problem, problemId }) => ({ problem, answer: '', ...(problemId === undefined ? {} : { problemId }) })),
    problems: [],
    others: { fees: '{信息处理费综述}', proposals: '', fields: '', more: '' },
  }
}
