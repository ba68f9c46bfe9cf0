import { listBodies } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { GuideAnswer } from '../column/guide-answers.ts'
import { PARTS, linesOf, listOf } from '../column/column-parts.ts'
import type { PartContent } from '../column/column-parts.ts'
import { findShownPart } from '../column/column-store.ts'
import { searchIndex } from './search-items.ts'

const MOST = 3

/**
 * 「这事归谁管」由各机关的机构信息作答：职责里写着它的科室，与分管该科室、该事的领导；至多三个机关。
 * @param matter 所问的事，不带「谁负责」一类的话
 * @param bodyId 问的是哪个机关；没有说的为 null
 */
export async function whoseAnswers(tx: Tx, matter: string, bodyId: string | null): Promise<GuideAnswer[]> {
  if (!/[\p{Script=Han}a-z]{2}/u.test(matter)) return []
  const { hits, marks, loosened } = await searchIndex.search(tx, { q: matter, kinds: ['institution'], limit: MOST, literal: true, ...(bodyId !== null && { bodyId }) })
  // 只合上几个词的，多半是别的事
  if (loosened || hits.length === 0) return []
  const bodies = new Map((await listBodies(tx)).map((body) => [body.bodyId, body]))
  const found: { answer: GuideAnswer; spare: number }[] = []
  for (const hit of hits) {
    const [body, shown] = [bodies.get(hit.bodyId), await findShownPart(tx, hit.bodyId, 'institution')]
    const answer = shown === null ? '' : linesAbout(shown.content, marks)
    if (body !== undefined && answer !== '') found.push({ answer: { words: [], question: '谁负责', answer, href: `/bodies/${body.code}/${PARTS.institution.path}#departments`, bodyName: body.name }, spare: spareLetters(answer, marks) })
  }
  return found.toSorted((a, b) => a.spare - b.spare).map(({ answer }) => answer)
}

// 职责里专有这一项的（「老旧小区改造」）先于只沾一点边的（「老旧小区改造的居民意见征求」）
function spareLetters(answer: string, marks: readonly string[]): number {
  const mark = marks.filter((each) => answer.includes(each)).toSorted((a, b) => b.length - a.length)[0] ?? ''
  return Math.min(...answer.split(/[、，；：。\n]/).filter((item) => item.includes(mark)).map((item) => item.length - mark.length))
}

// 合上的字最多的科室；没有写到科室的，取主要职能里的那一句
function linesAbout(content: PartContent, marks: readonly string[]): string {
  const weigh = (text: string): number => marks.filter((mark) => text.includes(mark)).reduce((sum, mark) => sum + mark.length, 0)
  const best = <T>(rows: readonly T[], textOf: (row: T) => string): T[] => {
    const most = Math.max(0, ...rows.map((row) => weigh(textOf(row))))
    return most === 0 ? [] : rows.filter((row) => weigh(textOf(row)) === most)
  }
  const offices = best(listOf(content, 'departments'), (row) => `${row['name'] ?? ''} ${row['duties'] ?? ''}`)
  const leaders = listOf(content, 'leaders').filter(({ charge = '' }) => weigh(charge) > 0 || offices.some(({ name = '' }) => name !== '' && charge.includes(name)))
  const duties = offices.length > 0 ? [] : best(linesOf(content.fields['duties'] ?? ''), (line) => line).slice(0, 1)
  return [
    ...offices.map(({ name = '', duties: does = '', phone = '' }) => `${name}：${does}${phone === '' ? '' : `，电话 ${phone}`}`),
    ...duties,
    ...leaders.map(({ name = '', post = '', charge = '' }) => `${post}${name}：${charge}`),
  ].join('\n')
}
