import { publishLogEntry, rate, saveLogDraft } from '../src/applications/testing.ts'
import type { Deps } from '../src/platform/deps.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'
import { atDay } from './clock.ts'
import { after, before } from './days.ts'
import type { ExampleBody } from './example-bodies.ts'

const RATED: readonly (readonly [score: 'satisfied' | 'basic' | 'dissatisfied', words: string])[] = [
  ['satisfied', '答复很快，文件也清楚。'],
  ['satisfied', ''],
  ['basic', '希望能直接在网上下载，不用等邮寄。'],
  ['satisfied', '工作人员打电话问清楚了我要的是哪一份。'],
  ['dissatisfied', '等了将近一个月才收到，问进度时电话没有人接。'],
  ['satisfied', ''],
]
const PUBLISHED = 3

/** 示例街道公布的答复与申请人的评价：取近来予以公开、已送达的几件，照平常的办法起草、批准、评价。 */
export async function loadLivingLog(deps: Deps, { bodyId, staff }: ExampleBody, today: PlainDate): Promise<void> {
  const rows = await deps.db
    .selectFrom('application')
    .select(['case_id as caseId', 'content', 'served_on as servedOn'])
    .where('body_id', '=', bodyId)
    .where('outcome', '=', 'GRANTED')
    .where('served_on', 'is not', null)
    .orderBy('decided_on', 'desc')
    .orderBy('case_id')
    .limit(RATED.length)
    .execute()
  for (const [i, { caseId, servedOn }] of rows.entries()) {
    const [score, words] = RATED[i] ?? ['satisfied', '']
    await rate(atDay(deps, after(servedOn ?? today, 2)), { bodyId, caseId }, { score, words })
  }
  // 同样的申请只公布一次
  const distinct = rows.filter((row, i) => rows.findIndex(({ content }) => content === row.content) === i)
  for (const [i, { caseId, content }] of distinct.slice(0, PUBLISHED).entries()) {
    const title = content.replace(/^申请公开/, '').slice(0, 100)
    const on = before(after(today, 0), 20 - i * 5)
    const words = { title, asked: `${title}。`, answer: `予以公开。\n所申请的是${title}，本机关已制作并保存，提供电子件；也可以到本机关查阅、抄录。` }
    const drafted = await saveLogDraft(atDay(deps, on), staff.officer, { bodyId, caseId, seen: 0, words, documentIds: [] })
    const { content_hash: hash } = await deps.db.selectFrom('answered_request').select('content_hash').where('body_id', '=', bodyId).where('case_id', '=', caseId).executeTakeFirstOrThrow()
    const published = await publishLogEntry(atDay(deps, on, '15:00'), staff.head, { bodyId, caseId, hash })
    if (!drafted.ok || !published.ok) throw new Error('演示的答复公布不了')
  }
}
