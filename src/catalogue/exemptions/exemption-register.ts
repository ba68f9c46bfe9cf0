import './tables.ts'
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db.ts'
import { readMany } from '../../platform/timeline.ts'
import { upsertRows } from '../../platform/upsert-rows.ts'
import type { Problem } from '../../platform/verify.ts'
import { foldItem } from '../item.ts'
import type { Item, ItemEvent } from '../item.ts'
import type { PlacedItem } from '../search/search-items.ts'
import type { RegisterRow } from './tables.ts'

/** 由状态得出的登记；主动公开的、没有定属性的不在登记簿，为 null。 */
export function toRegisterRow({ classification, content, determinedOn, reassessedOn }: Item): RegisterRow | null {
  if (classification === null || classification.attribute === 'proactive') return null
  const determined = determinedOn ?? content.formedOn
  return {
    attribute: classification.attribute,
    exemption: classification.exemption?.code ?? null,
    reason: classification.exemption?.reason ?? null,
    determined_on: determined,
    reassessed_on: reassessedOn,
    assessed_from: reassessedOn !== null && reassessedOn > determined ? reassessedOn : determined,
  }
}

/** 刷新登记簿，与信息的时间线同一事务；转为主动公开的从簿上去掉。 */
export async function saveRegister(tx: Tx, placed: readonly PlacedItem[]): Promise<void> {
  const rows = placed.map(({ bodyId, itemId, item }) => ({ ref: { body_id: bodyId, item_id: itemId }, row: toRegisterRow(item) }))
  await upsertRows(tx, 'exemption_register', ['body_id', 'item_id'], rows.flatMap(({ ref, row }) => (row === null ? [] : [{ ...ref, ...row }])))
  const gone = rows.flatMap(({ ref, row }) => (row === null ? [ref] : []))
  if (gone.length === 0) return
  await sql`delete from exemption_register r using json_to_recordset(${JSON.stringify(gone)}::json) as gone (body_id uuid, item_id uuid)
    where r.body_id = gone.body_id and r.item_id = gone.item_id`.execute(tx)
}

const PAGE = 500

/** 登记簿与时间线重放所得比对：一条不多、一条不少、逐列相同。 */
export async function* verifyRegister(db: Db): AsyncIterable<Problem> {
  for (let after: { body_id: string; item_id: string } | null = null; ; ) {
    let query = db
      .selectFrom('info_item as i')
      .leftJoin('exemption_register as r', (join) => join.onRef('r.body_id', '=', 'i.body_id').onRef('r.item_id', '=', 'i.item_id'))
      .select(['i.body_id', 'i.item_id', 'r.attribute', 'r.exemption', 'r.reason', 'r.determined_on', 'r.reassessed_on', 'r.assessed_from'])
      .orderBy('i.body_id')
      .orderBy('i.item_id')
      .limit(PAGE)
    const last: { body_id: string; item_id: string } | null = after
    if (last !== null) query = query.where((eb) => eb(eb.refTuple('i.body_id', 'i.item_id'), '>', eb.tuple(last.body_id, last.item_id)))
    const rows = await query.execute()
    for (const [bodyId, group] of Map.groupBy(rows, (row) => row.body_id)) {
      const histories = await readMany<ItemEvent>(db, { bodyId, caseIds: group.map((row) => row.item_id), stream: 'item' })
      for (const { body_id: _, item_id: itemId, ...kept } of group) {
        const item = foldItem((histories.get(itemId) ?? []).map(({ event }) => event))
        const wanted = item.status === 'new' ? null : toRegisterRow(item)
        const same = wanted === null ? kept.attribute === null : Object.entries(wanted).every(([column, value]) => Object.entries(kept).some(([name, held]) => name === column && held === value))
        if (!same) yield { where: `exemption ${bodyId}/${itemId}`, message: '不予公开的登记与时间线重放所得不同' }
      }
    }
    after = rows.length < PAGE ? null : (rows.at(-1) ?? null)
    if (after === null) return
  }
}
