import type { Context } from 'hono'
import { findBodyByCode, getBody } from '../../bodies/index.ts'
import type { Body } from '../../bodies/index.ts'
import { reachOf, requirePermission, signedIn } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'

export const DUTIES = '/desk/duties'
/** 看别的机关的各页，同样的几页，地址里写明代码。 */
export const OF_BODY = `${DUTIES}/bodies/:body`
/** 各页的地址从哪里起；看自己的机关为 null。 */
export const baseOf = (code: string | null): string => (code === null ? DUTIES : `${DUTIES}/bodies/${code}`)

/** 看哪个机关：地址写明代码的，须有权看它；没有写的为自己的。 */
export async function bodyOf(c: Context): Promise<{ body: Body; code: string | null }> {
  const { deps, actor } = signedIn(c)
  const code = c.req.param('body')
  if (code === undefined) return { body: await getBody(deps.db, actor.bodyId), code: null }
  const body = await findBodyByCode(deps.db, code.slice(0, 40))
  if (body === null) throw new NotFound('这个机关')
  requirePermission(actor, 'item.read', body.bodyId)
  return { body, code: body.code }
}

/** 区政务公开办没有写明机关的，看全区。 */
export const isDistrictView = (c: Context): boolean => c.req.param('body') === undefined && reachOf(signedIn(c).actor, 'item.read') === 'district'
