import { listBodies } from '../bodies/index.ts'
import { gradeOf, ndcg } from '../catalogue/index.ts'
import type { JudgedQuestion } from '../catalogue/index.ts'
import type { Tx } from '../platform/db.ts'
import type { SearchSource } from '../platform/search/index.ts'
import { directAnswers } from './search-answers.ts'
import { searchResults } from './search-results.ts'

export interface Judgement {
  asked: string
  about: JudgedQuestion['about']
  /** 前十条的 nDCG */
  score: number
  /** 依次所得 */
  got: readonly string[]
}

const MOST_ANSWERS = 3

/** 逐句检索、评分；先给的回答（指南的、归谁管的）排在各条之前，与公众所见的一样。 */
export async function judgeSearch(tx: Tx, questions: readonly JudgedQuestion[], { sources, today }: { sources: readonly SearchSource[]; today: string }): Promise<Judgement[]> {
  const bodies = await listBodies(tx, { includeAbolished: true })
  const titles = await allTitles(tx, sources)
  const judged: Judgement[] = []
  for (const question of questions) {
    const { answers } = await directAnswers(tx, question.asked, bodies)
    const { results } = await searchResults(tx, { q: question.asked, chosen: {}, literal: false, after: null }, { sources, bodies, today })
    const got = [...answers.map(({ bodyName, question: name }) => `${bodyName ?? ''} ${name}`), ...results.map(({ title }) => title.map(({ text }) => text).join(''))]
    // 先给的回答该有的只有一条
    const answerable = question.grades.filter(([, pattern]) => pattern.source.includes(' ')).map(([grade]) => grade).slice(0, MOST_ANSWERS)
    const all = [...titles.map((title) => gradeOf(question, title)), ...answerable]
    judged.push({ asked: question.asked, about: question.about, score: ndcg(got.map((title) => gradeOf(question, title)), all), got })
  }
  return judged
}

async function allTitles(tx: Tx, sources: readonly SearchSource[]): Promise<string[]> {
  const titles: string[] = []
  for (const source of sources) for await (const page of source.pages(tx)) titles.push(...page.map(({ title }) => title))
  return titles
}

export const meanOf = (judged: readonly Judgement[]): number => judged.reduce((sum, { score }) => sum + score, 0) / Math.max(1, judged.length)
