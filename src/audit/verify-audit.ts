import type { Db } from '../platform/db.ts'
import type { Problem } from '../platform/verify.ts'
import { blockHash } from './seal.ts'

/** 逐机关逐块核对留痕的封，一次只读一块；首个对不上的块之后，该机关不再往下（其后必都对不上）。 */
export async function* verifyAudit({ db }: { db: Db }): AsyncIterable<Problem> {
  const bodies = await db.selectFrom('audit_event').select('body_id').distinct().where('block', 'is not', null).execute()
  const sealed = await db.selectFrom('audit_seal').select('body_id').distinct().execute()
  for (const bodyId of new Set([...bodies, ...sealed].map((row) => row.body_id))) yield* verifyBody(db, bodyId)
}

async function* verifyBody(db: Db, bodyId: string): AsyncIterable<Problem> {
  let previous: Buffer | null = null
  let block = 0
  for (;;) {
    block += 1
    const seal = await findSeal(db, bodyId, block)
    if (!seal) break
    const rows = await db
      .selectFrom('audit_event')
      .selectAll()
      .where('body_id', '=', bodyId)
      .where('block', '=', block)
      .orderBy('event_id')
      .limit(seal.rows + 1)
      .execute()
    const where = `留痕 ${bodyId} 第 ${block} 块`
    if (rows.length !== seal.rows) return yield { where, message: `封存时 ${seal.rows} 条，现有 ${rows.length === seal.rows + 1 ? '更多' : `${rows.length} 条`}` }
    if (!blockHash(previous, block, rows).equals(seal.hash)) return yield { where, message: '内容与封存时不符，或前一块被换过' }
    previous = seal.hash
  }
  const beyond = await db
    .selectFrom('audit_event')
    .select('block')
    .where('body_id', '=', bodyId)
    .where('block', '>=', block)
    .orderBy('block')
    .limit(1)
    .executeTakeFirst()
  if (beyond) yield { where: `留痕 ${bodyId} 第 ${block} 块`, message: '封条不见了' }
}

const findSeal = (db: Db, bodyId: string, block: number) =>
  db.selectFrom('audit_seal').select(['rows', 'hash']).where('body_id', '=', bodyId).where('block', '=', block).executeTakeFirst()
