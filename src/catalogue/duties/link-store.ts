import './tables.ts'
import '../tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Probed } from './probe-link.ts'

/** 接连几次不通算失效 */
const BROKEN_AFTER = 2

export const LINK_STATES = { broken: '失效', suspect: '上次不通，再查一次', unchecked: '还没有查', unknown: '不能判断', ok: '通' } as const
export type LinkState = keyof typeof LINK_STATES
export const isLinkState = (text: string | undefined): text is LinkState => text !== undefined && Object.hasOwn(LINK_STATES, text)

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: '对方拒绝连接', ECONNRESET: '连接中断', ENOTFOUND: '没有这个网站', EAI_AGAIN: '解析不到网站', EHOSTUNREACH: '网络不通', ENETUNREACH: '网络不通',
  ETIMEDOUT: '连接超时', EPIPE: '连接中断', timeout: '十五秒没有回应', certificate: '证书有误', redirects: '转来转去打不开', 'address-blocked': '内网的地址，没有查', 'not-web': '转到了不是网页的地址', error: '打不开', '404': '网页不存在', '410': '网页已经撤下', '500': '对方网站出错',
}
/** 查的结果怎样说。 */
export const wordAnswer = (answer: string | null): string => (answer === null ? '还没有查' : (WORDS[answer] ?? (/^\d+$/.test(answer) ? `对方答复 ${answer}` : '打不开')))

/** 记下一次查的结果：通了即归零；接连两次不通为失效；不能判断的不改原来的计数。 */
export async function saveProbed(tx: Tx, { bodyId, linkKey }: { bodyId: string; linkKey: string }, { result, answer }: Probed, at: Date, today: PlainDate): Promise<void> {
  const clip = answer.slice(0, 40)
  await sql`update outbound_link set checked_at = ${at}, answer = ${clip},
      failures = case ${result} when 'ok' then 0 when 'failed' then failures + 1 else failures end,
      broken_on = case ${result} when 'ok' then null when 'failed' then case when failures + 1 >= ${BROKEN_AFTER} then coalesce(broken_on, ${today}::date) end else broken_on end
    where body_id = ${bodyId} and link_key = ${linkKey}`.execute(tx)
}

// 写成字面，才用得上部分索引
const SUSPECT = sql`failures > 0 and broken_on is null`

/** 有上次不通、还没有认定失效的外链的机关。 */
export async function listSuspectBodies(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ bodyId: string }>`select distinct body_id as "bodyId" from outbound_link where ${SUSPECT}`.execute(tx)
  return rows.map((row) => row.bodyId)
}

/** 该查的：没有查过的在前，其次查得早的；`before` 之后查过的不再查；`suspects` 只要上次不通而还没有认定失效的。 */
export async function listDueLinks(tx: Tx, bodyId: string, { before, suspects }: { before: Date; suspects: boolean }, limit: number): Promise<{ linkKey: string; url: string }[]> {
  const { rows } = await sql<{ linkKey: string; url: string }>`
    select link_key as "linkKey", url from outbound_link where body_id = ${bodyId} and (checked_at is null or checked_at < ${before}) and ${suspects ? SUSPECT : sql`true`} order by checked_at nulls first limit ${limit}`.execute(tx)
  return rows
}

export interface OutboundLink {
  linkKey: string
  url: string
  state: LinkState
  answer: string | null
  checkedAt: Date | null
  brokenOn: PlainDate | null
  /** 写在何处：信息的 id 与标题、渠道的名称；至多五处 */
  places: { itemId: string | null; title: string }[]
}

const STATE = sql`case when l.broken_on is not null then 'broken' when l.checked_at is null then 'unchecked' when l.failures > 0 then 'suspect'
  when l.answer ~ '^[23][0-9][0-9]$' then 'ok' else 'unknown' end`

const conditions = (bodyId: string, { state, text }: { state?: LinkState; text?: string }) =>
  sql.join(
    [
      sql`l.body_id = ${bodyId}`,
      ...(state === 'broken' ? [sql`l.broken_on is not null`] : state === undefined ? [] : [sql`${STATE} = ${state}`]),
      ...(text === undefined || text === '' ? [] : [sql`l.url ilike ${`%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`}`]),
    ],
    sql` and `,
  )

/** 外链，失效的在前，同一情形按网址。 */
export async function listLinks(tx: Tx, bodyId: string, filter: { state?: LinkState; text?: string }, { limit, offset }: { limit: number; offset: number }): Promise<OutboundLink[]> {
  const { rows } = await sql<Omit<OutboundLink, 'places'> & { places: { itemId: string | null; title: string | null }[] | null }>`
    select l.link_key as "linkKey", l.url, ${STATE} as state, l.answer, l.checked_at as "checkedAt", l.broken_on as "brokenOn",
      (select json_agg(spot) from (
        select i.item_id as "itemId", coalesce(i.title, substr(p.place, 9)) as title from outbound_link_place p
        left join info_item i on i.body_id = p.body_id and i.item_id = case when p.place like 'item:%' then substr(p.place, 6)::uuid end
        where p.body_id = l.body_id and p.link_key = l.link_key order by p.place limit 5) spot) as places
    from outbound_link l where ${conditions(bodyId, filter)}
    order by l.broken_on nulls last, l.failures desc, l.url limit ${Math.min(limit, 500)} offset ${offset}`.execute(tx)
  return rows.map((row) => ({ ...row, places: (row.places ?? []).map(({ itemId, title }) => ({ itemId, title: title ?? '' })) }))
}

export async function countLinks(tx: Tx, bodyId: string, filter: { state?: LinkState; text?: string } = {}): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from outbound_link l where ${conditions(bodyId, filter)}`.execute(tx)
  return rows[0]?.n ?? 0
}

export const countBrokenLinks = (tx: Tx, bodyId: string): Promise<number> => countLinks(tx, bodyId, { state: 'broken' })

/** 最近一次查外链之时；没有查过的为 null。 */
export async function lastChecked(tx: Tx, bodyId: string): Promise<Date | null> {
  const row = await tx.selectFrom('outbound_link').select((eb) => eb.fn.max('checked_at').as('at')).where('body_id', '=', bodyId).executeTakeFirst()
  return row?.at ?? null
}
