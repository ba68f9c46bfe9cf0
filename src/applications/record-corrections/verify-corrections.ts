import './tables.ts'
import { sql } from 'kysely'
import type { Deps } from '../../platform/deps.ts'
import { SealBroken, fieldKeys } from '../../platform/crypto.ts'
import type { Problem } from '../../platform/verify.ts'
import { issuedHashOf } from '../letter-desk/compose-draft.ts'
import { getCorrection } from './correction-store.ts'

const PAGE = 500

/** 更正告知书的内容与所记摘要相符；密文没有被动过。按主键分页。 */
export async function* verifyCorrections({ db, config }: Pick<Deps, 'db' | 'config'>): AsyncIterable<Problem> {
  const keys = fieldKeys(config.secretKey)
  let after = { body_id: NIL, correction_id: NIL }
  for (;;) {
    const rows = await db
      .selectFrom('record_correction')
      .select(['body_id', 'correction_id'])
      .where(sql<boolean>`(body_id, correction_id) > (${after.body_id}::uuid, ${after.correction_id}::uuid)`)
      .orderBy('body_id')
      .orderBy('correction_id')
      .limit(PAGE)
      .execute()
    for (const row of rows) {
      const where = `更正申请 ${row.body_id}/${row.correction_id}`
      try {
        const { letter } = await getCorrection(db, keys, { bodyId: row.body_id, correctionId: row.correction_id })
        if (letter !== null && issuedHashOf(letter.model) !== letter.hash) yield { where, message: '更正告知书与所记的摘要不符' }
      } catch (error) {
        if (!(error instanceof SealBroken)) throw error
        yield { where, message: '密文被动过，或者钥匙不对' }
      }
    }
    const last = rows.at(-1)
    if (rows.length < PAGE || last === undefined) return
    after = last
  }
}

const NIL = '00000000-0000-0000-0000-000000000000'
