import type { Context } from 'hono'
import { setFlash } from '../../identity/index.ts'
import { Conflict } from '../../platform/errors.ts'
import type { Refused } from './compose-draft.ts'

const TAKEN = '他人刚才改过这件文书。请另开一页看最新的，确认之后再交；您填写的都在。'

/** 办完的转到 `to`；不可以的在原页写明，填过的都在。 */
export async function settle(
  c: Context,
  to: string,
  act: () => Promise<{ ok: true } | Refused>,
  done: string,
  again: (problems: Refused, status: 409 | 422) => Response | Promise<Response>,
): Promise<Response> {
  try {
    const result = await act()
    if (!result.ok) return await again(result, 422)
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return again({ ok: false, problems: [{ field: '', label: '', message: TAKEN }] }, 409)
  }
  setFlash(c, { tone: 'ok', text: done })
  return c.redirect(to, 303)
}
