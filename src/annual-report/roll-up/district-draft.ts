import type { Tx } from '../../platform/db.ts'
import { supervisionResults } from '../../supervision/index.ts'
import type { Figures, Safeguards } from '../tally/figures.ts'
import { applyFill, proposeFill } from '../narrative/narrative-fill.ts'
import { firstDraft, typedFigures, type Narrative, type ProblemPlan } from '../narrative/narrative.ts'
import { loadAcceptedTexts, type AcceptedTexts, type MaterialKey } from './accepted-texts.ts'
import { gatherSayings, whoSaid } from './gather-sayings.ts'
import { UNREAD_WORDS, type Summed, type Unread } from './summed.ts'

/** 两句话、两个问题有多像才归在一起 */
export const ALIKE_SENTENCES = 0.5
export const ALIKE_PROBLEMS = 0.3
const MOST_SENTENCES = 4
const MOST_PROBLEMS = 8
const LONGEST_SENTENCE = 200

/**
 * 区政府报告的初稿：数字用占位，文字一律摘自受理的报告，写明是谁说的，不概括、不编写。
 * 考核、追责取自本年的记录，没有的与社会评议留待区政府写实（校核会查）。
 */
export async function districtDraft(tx: Tx, year: number, { parts, unread }: Summed, { safeguards }: Figures, lastProblems: readonly ProblemPlan[]): Promise<Narrative> {
  const texts = await loadAcceptedTexts(tx, year, parts.map(({ bodyId }) => bodyId))
  const draft = toDraft(texts, lastProblems, unread)
  const supervision = [draft.overview.supervision, await supervisionResults(tx, year)].filter((text) => text !== '').join('\n')
  return withSafeguards({ ...draft, overview: { ...draft.overview, supervision } }, safeguards, unread)
}

// 各家登记的培训、会议、建议提案、重点领域相加，用占位写进去；上传的报告没有这些数，写明没有计入
function withSafeguards(draft: Narrative, safeguards: Safeguards | undefined, unread: readonly Unread[]): Narrative {
  if (safeguards === undefined) return draft
  const registers = { safeguards, last: [], now: [], keyFields: [] }
  const lines = proposeFill(draft, registers)
  if (lines.length === 0) return draft
  const filled = applyFill(draft, registers, new Set(lines.map(({ key }) => key)))
  const missing = unreadIn(unread, 'safeguards')
  return missing === '' ? filled : { ...filled, overview: { ...filled.overview, supervision: `${filled.overview.supervision}${missing}` } }
}

export function toDraft(texts: AcceptedTexts, lastProblems: readonly ProblemPlan[], unread: readonly Unread[]): Narrative {
  const draft = firstDraft(lastProblems)
  const unreadOf = (what: Unread['what']) => unreadIn(unread, what)
  return {
    ...draft,
    introduction: `${draft.introduction}\n{汇总综述}`,
    overview: {
      proactive: `{主动公开综述}${unreadOf('items')}{规范性文件综述}`,
      requests: `{申请综述}{按期答复综述}${unreadOf('replies')}`,
      management: quote(texts, 'management'),
      platform: quote(texts, 'platform'),
      supervision: quote(texts, 'supervision'),
    },
    problems: groupProblems(texts.problems).slice(0, MOST_PROBLEMS),
    others: { ...draft.others, fees: `{信息处理费综述}${unreadOf('fees')}`, proposals: quote(texts, 'proposals'), fields: quote(texts, 'fields') },
  }
}

const unreadIn = (unread: readonly Unread[], what: Unread['what']): string =>
  unread.filter((one) => one.what === what).map(({ who }) => `（未计入${whoSaid(who)}的${UNREAD_WORDS[what]}，${what === 'safeguards' ? '其报告由文件报来，没有这些数' : '其报告的文字没有写明'}。）`).join('')

// 说的人多的在前；写着件数、说到有没有申请与复议诉讼的是各机关自己的事，放进全区的文字里会与表不符，不摘
function quote({ said }: AcceptedTexts, key: MaterialKey): string {
  const plain = said[key].filter(({ text }) => text.length <= LONGEST_SENTENCE && !/[{}]|\d[件条次项个]|申请|复议|诉讼/.test(text) && typedFigures(text).length === 0)
  return gatherSayings(plain, ALIKE_SENTENCES)
    .slice(0, MOST_SENTENCES)
    .map(({ text, who }) => `${whoSaid(who)}：${closed(text)}`)
    .join('\n')
}

const closed = (text: string): string => (/[。！？；]$/.test(text) ? text : `${text}。`)

/** 相近的问题归为一个，写明涉及谁；措施取各家的原话，相同的只写一次。 */
export function groupProblems(problems: AcceptedTexts['problems']): ProblemPlan[] {
  const sayings = gatherSayings(problems.map(({ who, problem }) => ({ who, text: problem })), ALIKE_PROBLEMS)
  return sayings.map(({ text, who, others }) => {
    const same = new Set([text, ...others.map((one) => one.text)])
    const measures = [...new Set(problems.filter(({ problem, who: whose, measure }) => measure !== '' && who.includes(whose) && same.has(problem.trim())).map(({ measure }) => measure.trim().replace(/[。；]+$/, '')))]
    return { problem: `${text.replace(/[。；]+$/, '')}（${whoSaid(who)}）`, measure: measures.slice(0, 3).join('；') }
  })
}
