import './tables.ts'
import '../tables.ts'
import '../precheck/tables.ts'
import { sql } from 'kysely'
import { listBodies } from '../../bodies/index.ts'
import { listSource, sqlSource } from '../../platform/record-source.ts'
import type { CheckedRecord, SourceScope } from '../../platform/record-source.ts'
import type { Tx } from '../../platform/db.ts'
import { addCalendarMonths } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { PARTS } from '../column/column-parts.ts'
import { listColumnStates } from '../column/column-states.ts'
import type { ColumnState } from '../column/column-states.ts'
import { PUBLICATION_CODES, articleOf } from '../publication-codes.ts'
import { loadBoards } from './board-queries.ts'
import { CHANNEL_MONTHS } from './column-findings.ts'
import type { DutyRow } from './duty-board.ts'

/** 应当主动公开的是否按期公开（条例第二十六条）：期间到期的；到期而今日仍没有公开的不合。 */
export const itemsInTime = sqlSource(
  ({ bodyIds, from, to, today }) => sql`
    select body_id, item_id as record_id, index_no as label,
      '应当公开于 ' || due_on::text || case when published_on is null or status not in ('published', 'withdrawn', 'expired') then '，还没有公开' else '，公开于 ' || published_on::text end as note,
      due_on as on_day, coalesce(published_on <= due_on, false) and status in ('published', 'withdrawn', 'expired') as good
    from info_item where body_id = any(${[...bodyIds]}::uuid[]) and attribute = 'proactive' and due_on between ${from}::date and ${to}::date
      and (status in ('published', 'withdrawn', 'expired') or due_on < ${today}::date)`,
)

/** 公开着的信息有没有差错：预检还有没了结的命中，附件打不开，或者外链失效的不合。 */
export const itemsWithoutFault = sqlSource(
  ({ bodyIds, from, to }) => sql`
    select p.body_id, p.item_id as record_id, p.index_no as label,
      concat_ws('，', case when hits.n > 0 then '预检命中 ' || hits.n::text || ' 处' end, case when faults.n > 0 then '附件打不开 ' || faults.n::text || ' 个' end, case when links.n > 0 then '外链失效 ' || links.n::text || ' 个' end) as note,
      p.published_on as on_day, hits.n + faults.n + links.n = 0 as good
    from published_item p
    cross join lateral (select coalesce(sum(open_blocks + open_warnings), 0)::int as n from item_precheck h where h.body_id = p.body_id and h.item_id = p.item_id) hits
    cross join lateral (select count(*)::int as n from file_fault f where f.body_id = p.body_id and f.item_id = p.item_id) faults
    cross join lateral (select count(*)::int as n from outbound_link_place o join outbound_link l on l.body_id = o.body_id and l.link_key = o.link_key
      where o.body_id = p.body_id and o.place = 'item:' || p.item_id::text and l.broken_on is not null) links
    where p.body_id = any(${[...bodyIds]}::uuid[]) and p.withdrawn_on is null and p.first_published_on between ${from}::date and ${to}::date`,
)

async function boardRecords(tx: Tx, { bodyIds, today }: SourceScope, good: (row: DutyRow) => boolean): Promise<Map<string, CheckedRecord[]>> {
  const wanted = new Set(bodyIds)
  const bodies = (await listBodies(tx)).filter(({ bodyId }) => wanted.has(bodyId))
  const boards = await loadBoards(tx, bodies, today)
  return new Map(
    boards.map(({ body, rows }) => [
      body.bodyId,
      rows.filter(({ scope }) => scope.state === 'applies').map((row) => ({ recordId: row.code, label: row.code.startsWith('A20') ? `${articleOf(row.code)} ${PUBLICATION_CODES[row.code].label}` : articleOf(row.code), note: row.lastOn === null ? '没有公开过' : `最近公开 ${row.lastOn}`, on: row.lastOn, good: good(row) })),
    ]),
  )
}

/** 适用的法定主动公开事项有没有内容（条例第二十条、第二十一条）；按取数之日的情形。 */
export const dutiesFilled = listSource((tx, scope) => boardRecords(tx, scope, (row) => row.upkeep !== 'empty'))
/** 适用的法定主动公开事项是否在更新时限之内；空白的另有一项，不在此列。 */
export const dutiesCurrent = listSource(async (tx, scope) => {
  const all = await boardRecords(tx, scope, (row) => row.upkeep !== 'stale')
  return new Map([...all].map(([bodyId, records]) => [bodyId, records.filter(({ on }) => on !== null)]))
})

/** 公开指南的九项要素、指南是否跟上机构的变化、渠道是否按时核实（条例第十二条）；按取数之日的情形。 */
export const guideKept = listSource(async (tx, { bodyIds, today }) => {
  const wanted = new Set(bodyIds)
  return new Map((await listColumnStates(tx)).filter(({ bodyId }) => wanted.has(bodyId)).map((state) => [state.bodyId, guideRecords(state, today)]))
})

function guideRecords({ publishedOn, guideMissing, guideOutdated, channels }: ColumnState, today: PlainDate): CheckedRecord[] {
  const elements = PARTS.guide.fields.filter(({ required }) => required)
  const on = publishedOn.guide
  return [
    ...elements.map(({ key, label }) => ({ recordId: `guide:${key}`, label: `指南的要素：${label}`, note: on === null ? '指南没有公布' : guideMissing.includes(label) ? '没有写' : '写了', on, good: on !== null && !guideMissing.includes(label) })),
    ...guideOutdated.map(({ label }) => ({ recordId: `outdated:${label}`, label: `指南没有跟上：${label}`, note: '机构的情况变了，指南没有更新', on, good: false })),
    ...channels.map(({ name, checkedOn }) => ({ recordId: `channel:${name.slice(0, 60)}`, label: `渠道：${name}`, note: checkedOn === null ? '没有核实过' : `最近核实 ${checkedOn}`, on: checkedOn, good: checkedOn !== null && addCalendarMonths(checkedOn, CHANNEL_MONTHS) >= today })),
  ]
}
