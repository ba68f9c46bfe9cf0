import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { getBodyByCode } from '../../bodies/index.ts'
import type { Body } from '../../bodies/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Answers } from './citizen-form.ts'
import { findDraft } from './draft-store.ts'
import type { Draft } from './draft-store.ts'

export const COOKIE = 'apply'
const TOKEN = /^[\w-]{43}$/

const isHttps = ({ config }: Deps): boolean => config.baseUrl.startsWith('https:')
// 一机关一份草稿：Cookie 只发往该机关的申请页
export const cookieOptions = (c: Context, body: Body) => ({ path: `/apply/${body.code}`, httpOnly: true, sameSite: 'Lax', secure: isHttps(c.get('deps')) }) as const
const tokenOf = (c: Context): string => {
  const token = getCookie(c, COOKIE) ?? ''
  return TOKEN.test(token) ? token : ''
}

/** 此人在此机关的草稿；没有的为 null，已提交的 `answers` 为 null。 */
export async function open(c: Context) {
  const deps = c.get('deps')
  const body = await getBodyByCode(deps.db, c.req.param('code') ?? '')
  if (body.abolishedOn !== null) throw new NotFound('这个机关')
  const keys = fieldKeys(deps.config.secretKey)
  const token = tokenOf(c)
  const draft = token === '' ? null : await findDraft(deps.db, keys, { bodyId: body.bodyId, token }, deps.clock.now())
  return { deps, body, keys, token, draft, base: `/apply/${body.code}` }
}
export type Opened = Awaited<ReturnType<typeof open>>

/** 草稿找不到了的，回到这个机关的申请页；已提交的看凭条。 */
export const lost = (c: Context, { base, draft }: Opened) => c.redirect(draft === null ? `${base}?lost=yes` : `${base}/done`, 303)

/** 填写中的草稿；没有的、已提交的为 null。 */
export const opened = (draft: Draft | null): (Draft & { answers: Answers }) | null => (draft?.answers == null ? null : { ...draft, answers: draft.answers })

