import './tables.ts'
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
  // 分类与代码一次数出：两者的组合不多，条目可以很多
  const rows = await counted(tx, scope)
    .select((eb) => ['summary_kind', 'codes', eb.fn.countAll<number>().as('n')])
    .groupBy(['summary_kind', 'codes'])
    .execute()
  const [ofKind, ofCode] = [new Map<SummaryKind | null, number>(), new Map<PublicationCode, number>()]
  for (const { summary_kind: kind, codes, n } of rows) {
    ofKind.set(kind, (ofKind.get(kind) ?? 0) + n)
    for (const code of codes) ofCode.set(code, (ofCode.get(code) ?? 0) + n)
  }
  return {
    total: rows.reduce((sum, row) => sum + row.n, 0),
    byKind: (Object.keys(SUMMARY_KINDS) as SummaryKind[])
      .filter((kind) => ofKind.has(kind))
      .map((kind) => ({ kind, label: SUMMARY_KINDS[kind], count: ofKind.get(kind) ?? 0 })),
    byCode: [...ofCode]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, count]) => ({ code, label: PUBLICATION_CODES[code].label, count })),
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
