import { createHash } from 'node:crypto'
import { LETTERS, TOPIC_KEYS } from './question.ts'
import type { Question, Topic } from './question.ts'

/** 抽到的一题，照当时的样子。 */
export interface DrawnQuestion extends Question {
  /** 题干的摘要，认出同一题 */
  key: string
}

/** 第几题答了什么：选项的字母，没有答的为空串。 */
export type Answers = readonly string[]

export const keyOf = (stem: string): string => createHash('sha256').update(stem).digest('hex').slice(0, 16)

/**
 * 分层随机抽题：各课题各抽若干，同一种子、同一题库抽得的必相同，题库的先后不影响。
 * 不够的抽完为止。做法：每题以种子与题干算一摘要，取摘要小的；再以摘要排出卷面的先后。
 */
export function drawPaper(pool: readonly Question[], counts: Readonly<Partial<Record<Topic, number>>>, seed: string): DrawnQuestion[] {
  const rank = new Map(pool.map((question) => [question.stem, createHash('sha256').update(`${seed}\0${question.stem}`).digest('hex')]))
  const byRank = (a: Question, b: Question): number => ((rank.get(a.stem) ?? '') < (rank.get(b.stem) ?? '') ? -1 : 1)
  const ordered = pool.toSorted(byRank)
  return TOPIC_KEYS.flatMap((topic) => ordered.filter((question) => question.topic === topic).slice(0, counts[topic] ?? 0))
    .toSorted(byRank)
    .map((question) => ({ ...question, key: keyOf(question.stem) }))
}

/** 一题对不对：多选须全对。 */
export const isRight = (question: Pick<Question, 'answer'>, given: string): boolean => given !== '' && given === question.answer

/** 百分制，每题分值相同，尾数舍去；没有题的为 0。 */
export function scoreOf(questions: readonly Pick<Question, 'answer'>[], answers: Answers): number {
  if (questions.length === 0) return 0
  const right = questions.filter((question, i) => isRight(question, answers[i] ?? '')).length
  return Math.floor((right * 100) / questions.length)
}

/** 表单里勾的选项 → 按次序的字母；不在选项里的不算，单选、判断只取第一个。 */
export function readGiven(question: Pick<Question, 'kind' | 'options'>, given: readonly string[]): string {
  const letters = [...new Set(given)].filter((letter) => letter.length === 1 && LETTERS.includes(letter) && LETTERS.indexOf(letter) < question.options.length).toSorted()
  return question.kind === 'multiple' ? letters.join('') : (letters[0] ?? '')
}
