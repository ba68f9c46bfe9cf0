import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import '../tables.ts'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Relation, RelationKind } from '../item-details.ts'
import { RELATIONS } from '../item-details.ts'

/** 与一条有关的另一条：怎样有关、叫什么、在哪里。 */
export interface RelatedItem {
  kind: RelationKind
  /** 由对方指过来的：对方解读、修订、废止本条 */
  inverse: boolean
  label: string
  indexNo: string
  title: string
  docNo: string | null
  publishedOn: PlainDate
}

const MOST = 100

/** 本条所指的与指着本条的，只列公开着的；先所指的，后指来的，各按公开之日由近及远。 */
export async function listRelated(tx: Tx, item: { itemId: string; indexNo: string; relations: readonly Relation[] }): Promise<RelatedItem[]> {
  const { itemId, indexNo, relations } = item
  const kinds = Map.groupBy(relations, (relation) => relation.indexNo)
  const pointed = await listRows(tx, itemId, sql`index_no = any(${[...kinds.keys()]}::text[])`)
  const pointing = await listRows(tx, itemId, sql`details -> 'relations' @> ${JSON.stringify([{ indexNo }])}::jsonb`)
  const own = pointed.flatMap((row) => (kinds.get(row.index_no) ?? []).map(({ kind }) => toRelated(row, kind, false)))
  const theirs = pointing.flatMap((row) => row.relations.filter((each) => each.indexNo === indexNo).map(({ kind }) => toRelated(row, kind, true)))
  // 双方互指「相关」的只列一次
  const seen = new Set<string>()
  return [...own, ...theirs].filter((each) => {
    const key = `${each.kind === 'related' ? 'related' : `${each.kind} ${each.inverse}`} ${each.indexNo}`
    return each.indexNo !== indexNo && !seen.has(key) && seen.add(key) !== undefined
  })
}

// 先照索引找出来再排：不分开的，数据库会沿着公开之日的索引一条条地比，条数多了就慢
async function listRows(tx: Tx, itemId: string, condition: RawBuilder<unknown>): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with found as materialized (
      select item_id, index_no, title, doc_no, first_published_on, coalesce(details -> 'relations', '[]') as relations
      from published_item where withdrawn_on is null and ${condition}
    )
    select * from found where item_id <> ${itemId} order by first_published_on desc, item_id desc limit ${MOST}`.execute(tx)
  return rows
}

interface Row {
  index_no: string
  title: string | null
  doc_no: string | null
  first_published_on: PlainDate
  relations: readonly Relation[]
}

const toRelated = (row: Row, kind: RelationKind, inverse: boolean): RelatedItem => ({
  kind,
  inverse,
  label: inverse ? RELATIONS[kind].inverse : RELATIONS[kind].label,
  indexNo: row.index_no,
  title: row.title ?? '',
  docNo: row.doc_no,
  publishedOn: row.first_published_on,
})

/** 有效性：失效的、被废止的、被修订的各有日子或依据；其余为有效。 */
export type Standing = { kind: 'valid' } | { kind: 'expired'; on: PlainDate } | { kind: 'repealed' | 'revised'; by: readonly RelatedItem[] }

export const STANDINGS = { valid: '有效', expired: '已失效', repealed: '已废止', revised: '已被修订' } as const satisfies Record<Standing['kind'], string>

/** 由失效之日与指着它的各条得出有效性。 */
export function standingOf(expiredOn: PlainDate | null, related: readonly RelatedItem[]): Standing {
  const by = (kind: RelationKind) => related.filter((each) => each.inverse && each.kind === kind)
  if (by('repeals').length > 0) return { kind: 'repealed', by: by('repeals') }
  if (expiredOn !== null) return { kind: 'expired', on: expiredOn }
  return by('revises').length > 0 ? { kind: 'revised', by: by('revises') } : { kind: 'valid' }
}
