import type { Context } from 'hono'
import { setFlash } from '../../identity/index.ts'
import { Conflict } from '../../platform/errors.ts'
import type { Refused } from './add-document.ts'

const TAKEN = '他人刚才改过这份文件，这次没有办，也没有覆盖对方所办。下面已是最新的，请看过再办。'

/** 办完的转到 `to`；不可以的在原页写明，填过的都在。 */
export async function settleDocument(c: Context, to: string, act: () => Promise<{ ok: true } | Refused>, done: string, again: (message: string, status: 409 | 422) => Response | Promise<Response>): Promise<Response> {
  try {
    const result = await act()
    if (!result.ok) return await again(result.message, 422)
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return again(TAKEN, 409)
  }
  setFlash(c, { tone: 'ok', text: done })
  return c.redirect(to, 303)
}
