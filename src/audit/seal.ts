import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { canonicalJson } from '../platform/canonical-json.ts'
import { sqlState, transaction } from '../platform/connect.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { AuditEventTable } from './tables.ts'

/** 一块至多几条：核对时一次读一块，故不宜更大。 */
const BLOCK_ROWS = 5000

export type AuditRow = Selectable<AuditEventTable>

/**
 * 把各机关尚未封存的留痕封成块，返回封了几块。写留痕的从不等它；两个进程同时来封，后到的撞主键而退。
 */
export async function sealAudit(db: Db): Promise<number> {
  let sealed = 0
  for (const bodyId of await bodiesToSeal(db)) {
    for (;;) {
      const rows = await sealBlock(db, bodyId)
      if (rows > 0) sealed += 1
      if (rows < BLOCK_ROWS) break
    }
  }
  return sealed
}

async function bodiesToSeal(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('audit_event').select('body_id').distinct().where('block', 'is', null).execute()
  return rows.map((row) => row.body_id)
}

async function sealBlock(db: Db, bodyId: string): Promise<number> {
  try {
    return await transaction(db, (tx) => sealNext(tx, bodyId))
  } catch (error) {
    if (sqlState(error) === '23505') return 0
    throw error
  }
}

async function sealNext(tx: Tx, bodyId: string): Promise<number> {
  const last = await tx
    .selectFrom('audit_seal')
    .select(['block', 'hash'])
    .where('body_id', '=', bodyId)
    .orderBy('block', 'desc')
    .limit(1)
    .executeTakeFirst()
  const block = (last?.block ?? 0) + 1
  const rows = await tx
    .selectFrom('audit_event')
    .selectAll()
    .where('body_id', '=', bodyId)
    .where('block', 'is', null)
    .orderBy('event_id')
    .limit(BLOCK_ROWS)
    .execute()
  if (rows.length === 0) return 0
  await tx
    .insertInto('audit_seal')
    .values({ body_id: bodyId, block, sealed_at: new Date(), rows: rows.length, hash: blockHash(last?.hash ?? null, block, rows) })
    .execute()
  await tx
    .updateTable('audit_event')
    .set({ block })
    .where('body_id', '=', bodyId)
    .where('event_id', 'in', rows.map((row) => row.event_id))
    .execute()
  return rows.length
}

/** 一块的 hash；rows 须按 event_id 排好。 */
export function blockHash(previous: Buffer | null, block: number, rows: readonly AuditRow[]): Buffer {
  const hash = createHash('sm3').update(previous ?? Buffer.alloc(32)).update(`${block}\n`)
  for (const { block: _, at, ...row } of rows) hash.update(`${canonicalJson({ ...row, at: at.toISOString() })}\n`)
  return hash.digest()
}
