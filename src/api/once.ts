import type { ApiRequestTable } from './tables.ts'
import type { Context } from 'hono'
import type { ZodType } from 'zod'
import { transaction } from '../platform/connect.ts'
import { fieldKeys, keyedHash, sealBytes, unsealBytes } from '../platform/crypto.ts'
import type { Tx } from '../platform/db.ts'
import type { Deps } from '../platform/deps.ts'
import { ApiProblem } from './problems.ts'

export const IDEMPOTENCY_KEY = /^[\w.:-]{8,100}$/
const KEPT_DAYS = 7
export const REPLAYED = 'Idempotency-Replayed'

/**
 * 同一键只办一次：键、所办的事、答复在同一事务里写下，办不成的连键一并退回，故改正后可以仍用同一键。
 * 同时来的两次，后来的等前一次办完，得到同样的答复；键相同而内容不同的不办。
 * @param content 请求的内容，用以认出是不是同一件
 * @param act 所办的事，`deps.db` 是这个事务；不成的抛 `ApiProblem`
 */
export async function once<T>(c: Context, answer: ZodType<T>, content: string, act: (deps: Deps) => Promise<T>): Promise<T> {
  const deps = c.get('deps')
  const { bodyId, systemId } = c.get('system')
  const key = c.req.header('idempotency-key') ?? ''
  if (!IDEMPOTENCY_KEY.test(key)) throw new ApiProblem('key-missing')
  const keys = fieldKeys(deps.config.secretKey)
  const hash = keyedHash(keys, 'api-request', `${c.req.method} ${c.req.path}\n${content}`)
  const place = `api-request/${bodyId}/${systemId}/${key}`
  return transaction(deps.db, async (tx) => {
    const found = await claimKey(tx, { body_id: bodyId, system_id: systemId, key, request_hash: hash, response_sealed: null, at: deps.clock.now() })
    if (found !== null) {
      if (!found.hash.equals(hash)) throw new ApiProblem('key-reused')
      c.header(REPLAYED, 'true')
      return answer.parse(JSON.parse(unsealBytes(keys, found.sealed, place).toString('utf8')))
    }
    const made = await act({ ...deps, db: tx })
    const sealed = sealBytes(keys, Buffer.from(JSON.stringify(made)), place)
    await tx.updateTable('api_request').set({ response_sealed: sealed }).where('body_id', '=', bodyId).where('system_id', '=', systemId).where('key', '=', key).execute()
    return made
  })
}

// 别的事务正以同一键在办的，插入在此等它办完
async function claimKey(tx: Tx, row: ApiRequestTable): Promise<{ hash: Buffer; sealed: Buffer } | null> {
  const taken = await tx.insertInto('api_request').values(row).onConflict((oc) => oc.doNothing()).returning('key').executeTakeFirst()
  if (taken !== undefined) return null
  const known = await tx
    .selectFrom('api_request')
    .select(['request_hash as hash', 'response_sealed as sealed'])
    .where('body_id', '=', row.body_id)
    .where('system_id', '=', row.system_id)
    .where('key', '=', row.key)
    .executeTakeFirst()
  if (known === undefined || known.sealed === null) throw new ApiProblem('conflict', { detail: '同一键的提交正在办理，请稍后以同一键再交。' })
  return { hash: known.hash, sealed: known.sealed }
}

/** 删去七日以前的；此后同一键当作新的。 */
export async function purgeRequests(tx: Tx, at: Date): Promise<void> {
  await tx.deleteFrom('api_request').where('at', '<', new Date(at.getTime() - KEPT_DAYS * 24 * 3600_000)).execute()
}
