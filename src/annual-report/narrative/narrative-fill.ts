import type { Safeguards } from '../tally/figures.ts'
import type { Narrative } from './narrative.ts'

/** 登记里的一个问题，写成报告的话。 */
export interface RegisteredProblem {
  problemId: string
  problem: string
  /** 整改情况，写进下一年的报告 */
  answer: string
  /** 改进措施，写进当年的报告 */
  measure: string
  /** 由报告取来的，是其第几个（1 起） */
  reportIndex: number | null
}

export interface Registers {
  safeguards: Safeguards
  /** 上年的问题，今年的整改情况 */
  last: readonly RegisteredProblem[]
  /** 今年的问题与明年的措施 */
  now: readonly RegisteredProblem[]
  /** 重点领域：哪个领域、公开了什么 */
  keyFields: readonly { field: string; content: string }[]
}

/** 什么都没有登记：没有培训、会议、建议提案、重点领域，也没有问题。 */
export const isEmpty = ({ safeguards: { training, meetings, proposals, keyFields }, last, now, keyFields: fields }: Registers): boolean =>
  training.sessions + meetings + proposals.people + proposals.cppcc + keyFields.items + last.length + now.length + fields.length === 0

/** 要补入的一处：在哪一栏，现在写着什么，补什么。补的只接在后面，或者填在空着的栏里。 */
export interface FillLine {
  key: string
  label: string
  now: string
  added: string
}

// 登记里的花括号不是占位
const plain = (text: string): string => text.replaceAll('{', '｛').replaceAll('}', '｝').trim()
const same = (a: string, b: string): boolean => a.replaceAll(/\s/g, '') === b.replaceAll(/\s/g, '')

/** 上年的一个问题在登记里是哪一个：先凭编号，再凭是报告的第几个，最后才凭文字。 */
export function findRegistered(last: readonly RegisteredProblem[], one: { problem: string; problemId?: string }, index: number): RegisteredProblem | undefined {
  return last.find(({ problemId }) => problemId === one.problemId) ?? last.find(({ reportIndex }) => reportIndex === index + 1) ?? last.find(({ problem }) => same(problem, one.problem))
}

/** 从登记能补些什么：写了的不动，登记里没有的不提。 */
export function proposeFill(narrative: Narrative, registers: Registers): FillLine[] {
  return [...overviewLines(narrative, registers), ...answerLines(narrative, registers), ...problemLines(narrative, registers), ...otherLines(narrative, registers)].filter(({ added }) => added !== '')
}

function overviewLines({ overview: { supervision } }: Narrative, { safeguards: { meetings, training } }: Registers): FillLine[] {
  const tokens = [meetings > 0 ? '领导小组' : null, training.sessions > 0 ? '培训' : null].flatMap((name) => (name === null || mentions(supervision, name) ? [] : [`{${name}综述}`]))
  return [{ key: 'overview.supervision', label: '监督保障情况', now: supervision, added: tokens.join('') }]
}

// 用了整句的，或者用了其中一个数的，都算写过
const mentions = (text: string, name: string): boolean => [...text.matchAll(/\{([^{}\n]{1,20})\}/g)].some(([, token]) => token?.startsWith(name) === true)

const answerLines = ({ lastProblems }: Narrative, { last }: Registers): FillLine[] =>
  lastProblems.map((one, i) => ({ key: `lastProblems.${i}`, label: `上年问题${i + 1}的整改（${one.problem.length > 40 ? `${one.problem.slice(0, 40)}…` : one.problem}）`, now: '', added: one.answer.trim() === '' ? plain(findRegistered(last, one, i)?.answer ?? '') : '' }))

/** 正文里写过的是第几个：先凭编号，再凭文字；没有写过的为 -1。 */
function placeOf(problems: Narrative['problems'], { problemId, problem }: RegisteredProblem): number {
  const byId = problems.findIndex((one) => one.problemId === problemId)
  return byId >= 0 ? byId : problems.findIndex((one) => same(one.problem, plain(problem)))
}

function problemLines({ problems }: Narrative, { now }: Registers): FillLine[] {
  return now.map((one) => {
    const written = problems[placeOf(problems, one)]
    const base = { key: `problem.${one.problemId}`, label: written === undefined ? '本年问题' : '本年问题的改进措施', now: written?.problem ?? '' }
    if (written === undefined) return { ...base, added: `问题：${plain(one.problem)}\n改进措施：${plain(one.measure) || '登记里还没有措施'}` }
    return { ...base, added: written.measure.trim() === '' ? plain(one.measure) : '' }
  })
}

function otherLines({ others }: Narrative, { safeguards: { proposals, keyFields }, keyFields: fields }: Registers): FillLine[] {
  const said = fields.filter(({ content }) => !others.fields.includes(plain(content))).map(({ field, content }) => `${plain(field)}：${plain(content).replace(/[。；]$/, '')}。`)
  return [
    { key: 'others.proposals', label: '建议提案办理结果公开情况', now: others.proposals, added: proposals.people + proposals.cppcc > 0 && !/\{(?:建议提案|人大建议|政协提案)[^{}]*\}/.test(others.proposals) ? '{建议提案综述}' : '' },
    { key: 'others.fields', label: '重点领域政府信息公开情况', now: others.fields, added: `${keyFields.fields > 0 && !mentions(others.fields, '重点领域') ? '{重点领域综述}' : ''}${said.join('')}` },
  ]
}

const append = (now: string, added: string): string => (added === '' ? now : now.trim() === '' ? added : `${now}\n${added}`)

/** 照选中的各处补入；没有选的、写过的一字不动。 */
export function applyFill(narrative: Narrative, registers: Registers, chosen: ReadonlySet<string>): Narrative {
  const lines = new Map(proposeFill(narrative, registers).filter(({ key }) => chosen.has(key)).map(({ key, added }) => [key, added]))
  const of = (key: string): string => lines.get(key) ?? ''
  const picked = registers.now.filter(({ problemId }) => lines.has(`problem.${problemId}`))
  const places = new Map(picked.map((one) => [placeOf(narrative.problems, one), one]))
  const written = narrative.problems.map((one, i) => {
    const found = places.get(i)
    return found === undefined ? one : { ...one, measure: append(one.measure, of(`problem.${found.problemId}`)), problemId: found.problemId }
  })
  const added = picked.filter((one) => placeOf(narrative.problems, one) < 0).map((one) => ({ problem: plain(one.problem), measure: plain(one.measure), problemId: one.problemId }))
  return {
    ...narrative,
    overview: { ...narrative.overview, supervision: append(narrative.overview.supervision, of('overview.supervision')) },
    lastProblems: narrative.lastProblems.map((one, i) => ({ ...one, answer: append(one.answer, of(`lastProblems.${i}`)) })),
    problems: [...written, ...added],
    others: { ...narrative.others, proposals: append(narrative.others.proposals, of('others.proposals')), fields: append(narrative.others.fields, of('others.fields')) },
  }
}
