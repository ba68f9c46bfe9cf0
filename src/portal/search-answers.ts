import { SEARCH_WORDS, guideAnswers, whoseAnswers } from '../catalogue/index.ts'
import type { GuideAnswer } from '../catalogue/index.ts'
import type { Tx } from '../platform/db.ts'
import { FUNCTION_LETTERS } from '../platform/search/index.ts'

/** 问话才先由指南作答：问哪里、何时、怎样、要不要钱，或者只写「某某局电话」。「收费目录」之类是找文件，不是问话。 */
const ASKING = [/哪[里儿个]?/, /什么(?:时候|地方|时间)/, /几点/, /怎[么样]/, /如何/, /多少钱/, /[吗么呢]\s*[？?]?$/, /[？?]$/, /要不要|能不能|可不可以|是否/, /(?:电话|号码|地址|位置|邮箱|传真|上班时间|办公时间|工作时间|开门时间|联系方式|查询码|进度)$/]

const isQuestion = (q: string): boolean => ASKING.some((pattern) => pattern.test(q.trim()))

interface Named {
  bodyId: string
  name: string
  abolishedOn?: string | null
}

const MOST = 3

/** 问归谁管的：由机构信息里的职责、分工作答。 */
const WHOSE = /(?:由|归|是|该|找)?(?:谁|哪个(?:部门|单位|机关|局|科室|领导))(?:来)?(?:负责|主管|分管|承办|管|办)?(?:的|呢|啊)?|(?:的)?(?:主管|负责|分管)(?:部门|单位|科室|领导|人)(?:是)?[？?]?$/u

/** 直接的回答，与出自哪里。 */
export interface DirectAnswers {
  from: '公开指南' | '机构信息'
  answers: GuideAnswer[]
  /** 没有说是哪个机关，名称里有所写的字的不止所答的几个 */
  alike: { word: string; count: number } | null
}

/** 问话先答：归谁管的由机构信息答，问哪里、何时、怎样的由公开指南答；不是问话的、答不上的为空。 */
export async function directAnswers(tx: Tx, q: string, bodies: readonly Named[]): Promise<DirectAnswers> {
  if (WHOSE.test(q)) {
    const matter = q.replace(WHOSE, ' ')
    const asked = mentioned(matter, bodies)
    const answers = await whoseAnswers(tx, asked === null ? matter : matter.replaceAll(asked.word, ' '), asked?.bodyId ?? null)
    if (answers.length > 0) return { from: '机构信息', answers, alike: null }
  }
  return { from: '公开指南', ...(await answersTo(tx, q, bodies)) }
}

type Answered = Pick<DirectAnswers, 'answers' | 'alike'>

/**
 * 公开指南能直接答的，至多三条；不是问话的没有。没有说是哪个机关、一般的指南也答不上的（「街道电话」），由名称里有所写的字的机关各答一条。
 * @param bodies 本区的机关；问话里写了哪个（全称，或去掉「某某区」的简称）就以它的指南作答
 */
async function answersTo(tx: Tx, q: string, bodies: readonly Named[]): Promise<Answered> {
  if (!isQuestion(q)) return { answers: [], alike: null }
  const asked = mentioned(q, bodies)
  const rest = asked === null ? q : q.replaceAll(asked.word, ' ')
  const answers = fitting(await guideAnswers(tx, asked?.bodyId ?? null), rest)
  return answers.length > 0 || asked !== null ? { answers, alike: null } : alikeAnswers(tx, q, bodies)
}

const fitting = (answers: readonly GuideAnswer[], rest: string): GuideAnswer[] =>
  answers
    // 所问的多半写在句末
    .map((answer) => ({ answer, at: Math.max(-1, ...answer.words.map((word) => rest.lastIndexOf(word))) }))
    .filter(({ answer, at }) => at >= 0 && !asksMore(rest, answer.words))
    .toSorted((a, b) => b.at - a.at)
    .slice(0, MOST)
    .map(({ answer }) => answer)

// 没有公布指南的答不上，往后再看几个
const LOOKED = 8

async function alikeAnswers(tx: Tx, q: string, bodies: readonly Named[]): Promise<Answered> {
  const word = sharedWord(q, bodies)
  const alike = word === null ? [] : namedAlike(word, bodies)
  const answers: GuideAnswer[] = []
  for (const { bodyId } of alike.slice(0, LOOKED)) {
    answers.push(...fitting(await guideAnswers(tx, bodyId), q.replaceAll(word ?? '', ' ')).slice(0, 1))
    if (answers.length === MOST) break
  }
  return { answers, alike: word !== null && answers.length > 0 && alike.length > answers.length ? { word, count: alike.length } : null }
}

// 问话里最长的一段，某个机关的名称（区名不算）里也有
function sharedWord(q: string, bodies: readonly Named[]): string | null {
  const names = bodies.filter(({ abolishedOn }) => abolishedOn == null).map(({ name }) => localName(name))
  const places = new Set(bodies.map(({ name }) => name.slice(0, name.length - localName(name).length)).filter((place) => place !== ''))
  const runs = [...places, ...BESIDES].reduce((text, word) => text.replaceAll(word, ' '), q.slice(0, LONGEST_ASKED)).match(/\p{Script=Han}{2,}/gu) ?? []
  for (let length = LONGEST_SHARED; length >= 2; length -= 1)
    for (const run of runs)
      for (let at = 0; at + length <= run.length; at += 1) if (names.some((name) => name.includes(run.slice(at, at + length)))) return run.slice(at, at + length)
  return null
}

// 以它开头的在先：「民政」是民政局，不是人民政府
function namedAlike<Body extends Named>(word: string, bodies: readonly Body[]): Body[] {
  const alike = bodies.filter(({ abolishedOn, name }) => abolishedOn == null && localName(name).includes(word))
  const opening = alike.filter(({ name }) => localName(name).startsWith(word))
  return opening.length > 0 ? opening : alike
}

const LONGEST_ASKED = 40
const LONGEST_SHARED = 6

const BESIDES = ['政府信息', '信息公开', '公开指南', '答复', '申请', '公开', '单位', '部门', '机关', '区里', '工作', '上班', '办公', '方式', '地点', '具体', '不要', '要不要', '能不能', '进行', '办理', '办事', ...SEARCH_WORDS.ignored].toSorted((a, b) => b.length - a.length)

// 除了所答的、问话的词，还写了别的：是找文件（「临时救助标准多少钱」），不是问指南
function asksMore(rest: string, words: readonly string[]): boolean {
  const removed = [...words, ...BESIDES].toSorted((a, b) => b.length - a.length).reduce((text, word) => text.replaceAll(word, ' '), rest)
  return (removed.replaceAll(FUNCTION_LETTERS, '').match(/\p{Script=Han}/gu)?.length ?? 0) > MOST_BESIDES
}
const MOST_BESIDES = 1

// 写得最全的那个；简称至少三个字，免得把「街道」「中心」当作机关
function mentioned(q: string, bodies: readonly Named[]): { bodyId: string; word: string } | null {
  const words = bodies.flatMap(({ bodyId, name }) => [name, ...shortNames(name)].map((word) => ({ bodyId, word })))
  return words.filter(({ word }) => q.includes(word)).toSorted((a, b) => b.word.length - a.word.length)[0] ?? null
}

const SHORTEST = 3

const localName = (name: string): string => name.replace(/^.{2,6}?(?:区|市|县)(?=.{3})/u, '')

function shortNames(name: string): string[] {
  const local = localName(name)
  return [local, local.replace(/(?:办事处|管理局|委员会)$/u, ''), local.replace(/管理局$/u, '局')].filter((word, i, all) => word !== name && word.length >= SHORTEST && all.indexOf(word) === i)
}
