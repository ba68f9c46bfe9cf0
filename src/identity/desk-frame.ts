import type { MiddlewareHandler } from 'hono'
import { findBody, getSetting } from '../bodies/index.ts'
import { setFrame } from '../platform/html/index.ts'
import { isApi } from '../platform/http/index.ts'
import { ROLES } from './actor.ts'
import type { Acting, Role } from './actor.ts'
import { ownRoles } from './delegation/behalf.ts'

export const rolesText = (roles: readonly Role[]): string =>
  roles.length === 0 ? '未定岗位' : roles.map((role) => ROLES[role]).join('、')

const dayText = (day: string): string => `${Number(day.slice(5, 7))} 月 ${Number(day.slice(8, 10))} 日`

/** 「代张三行使机关领导，至 3 月 5 日」。 */
export const actingText = ({ name, roles, until }: Acting): string => `代${name}行使${rolesText(roles)}，至 ${dayText(until)}`

/** 工作台页面的右上角：姓名，机关与岗位。放在会话中间件之后。 */
export function deskFrame(): MiddlewareHandler {
  return async (c, next) => {
    const { actor, deps } = c.var
    if (actor !== null && isDesk(c.req.path)) {
      const body = await findBody(deps.db, actor.bodyId)
      const user = {
        name: actor.name,
        note: `${body?.name ?? ''} · ${rolesText(ownRoles(actor))}`,
        standingIn: (actor.acting ?? []).map(actingText),
        links: [{ label: '我的账号', href: '/desk/account' }],
        signOutAction: '/sign-out',
      }
      setFrame(c, { user })
    }
    await next()
  }
}

const isDesk = (path: string): boolean => path === '/desk' || path.startsWith('/desk/')

const ADMINS: readonly Role[] = ['system-admin', 'security-admin', 'auditor']
const SETUP = '/desk/account/second-factor'

/** 机构的设置要求管理员用动态口令的，没有启用之前只许到启用它的页面。放在 requireSignIn 之后。 */
export function requireSecondFactor(): MiddlewareHandler {
  return async (c, next) => {
    const { actor, session, deps } = c.var
    const open = c.req.path === SETUP || c.req.path.startsWith(`${SETUP}/`) || c.req.path === '/desk/account/password'
    const admin = actor?.roles.some((role) => ADMINS.includes(role)) === true
    if (admin && actor !== null && session?.strong === false && !open) {
      if (await getSetting(deps.db, actor.bodyId, 'adminSecondFactor')) {
        if (isApi(c)) return c.json({ code: 'second-factor-required', message: '管理员须启用动态口令' }, 403)
        return c.redirect(SETUP, 303)
      }
    }
    await next()
  }
}
