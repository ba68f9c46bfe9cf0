import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { countPeriod } from '../statute/count-period.ts'
import type { CountScope, PageQuery, RecordPage } from './record-scope.ts'
import { PUBLICATION_CODES, SUMMARY_KINDS } from './publication-codes.ts'
import type { PublicationCode, SummaryKind } from './publication-codes.ts'

export interface ItemCounts {
  total: number
  /** 按综述分类，依叙述的次序，没有的不列；和等于 total */
  byKind: { kind: SummaryKind; label: string; count: number }[]
  /** 按条例代码；一条可挂几个代码，故和可以大于 total */
  byCode: { code: PublicationCode; label: string; count: number }[]
}

/**
 * 主动公开条数：首次公开之日在该年度的信息条目。至统计截止日已撤回的不计；已失效的仍计。
 */
export async function countItems(tx: Tx, scope: CountScope): Promise<ItemCounts> {
  const kinds = await counted(tx, scope)
    .select((eb) => ['summary_kind', eb.fn.countAll<number>().as('n')])
    .groupBy('summary_kind')
    .execute()
  const codes = await sql<{ code: PublicationCode; n: number }>`
    select code, count(*) as n from (${counted(tx, scope).select(sql<string>`unnest(codes)`.as('code'))}) as each
    group by code order by code`.execute(tx)
  const ofKind = new Map(kinds.map((row) => [row.summary_kind, row.n]))
  return {
    total: kinds.reduce((sum, row) => sum + row.n, 0),
    byKind: (Object.keys(SUMMARY_KINDS) as SummaryKind[])
      .filter((kind) => ofKind.has(kind))
      .map((kind) => ({ kind, label: SUMMARY_KINDS[kind], count: ofKind.get(kind) ?? 0 })),
    byCode: codes.rows.map(({ code, n }) => ({ code, label: PUBLICATION_CODES[code].label, count: n })),
  }
}

/** 「主动公开 n 条」或其中一类所计的条目，按公开之日。 */
export async function listCountedItems(
  tx: Tx,
  scope: CountScope,
  { limit, offset, kind }: PageQuery & { kind?: SummaryKind },
): Promise<RecordPage> {
  let query = counted(tx, scope)
  if (kind !== undefined) query = query.where('summary_kind', '=', kind)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(['item_id', 'index_no', 'title', 'summary_kind', 'first_published_on'])
    .orderBy('first_published_on')
    .orderBy('item_id')
    .limit(limit)
    .offset(offset)
    .execute()
  return {
    total,
    records: rows.map((row) => ({
      kind: 'item',
      bodyId: scope.bodyId,
      id: row.item_id,
      title: `${row.index_no} ${row.title}`,
      kindLabel: '主动公开信息',
      note: row.summary_kind === null ? '' : SUMMARY_KINDS[row.summary_kind],
      on: row.first_published_on ?? '',
      amount: 1,
    })),
  }
}

function counted(tx: Tx, scope: CountScope) {
  const { from, to } = countPeriod(scope.year, scope.asOf)
  return tx
    .selectFrom('info_item')
    .where('body_id', '=', scope.bodyId)
    .where('attribute', '=', 'proactive')
    .where('first_published_on', '>=', from)
    .where('first_published_on', '<=', to)
    .where((eb) => eb.or([eb('withdrawn_on', 'is', null), eb('withdrawn_on', '>', scope.asOf)]))
}
