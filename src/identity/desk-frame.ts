import type { MiddlewareHandler } from 'hono'
import { findBody, getSetting } from '../bodies/index.ts'
import { setFrame } from '../platform/html/index.ts'
import type { NavItem, RailSection } from '../platform/html/index.ts'
import { isApi } from '../platform/http/index.ts'
import { ROLES } from './actor.ts'
import type { Actor, Role } from './actor.ts'
import { can } from './permissions.ts'

export const rolesText = (roles: readonly Role[]): string =>
  roles.length === 0 ? '未定岗位' : roles.map((role) => ROLES[role]).join('、')

/** 工作台页面的右上角：姓名，机关与岗位。放在会话中间件之后。 */
export function deskFrame(): MiddlewareHandler {
  return async (c, next) => {
    const { actor, deps } = c.var
    if (actor !== null && isDesk(c.req.path)) {
      const body = await findBody(deps.db, actor.bodyId)
      const user = {
        name: actor.name,
        note: `${body?.name ?? ''} · ${rolesText(actor.roles)}`,
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

/** 左栏的「管理」一组：只列此人能进的。没有一项的为 null。 */
export function adminRail(actor: Actor): RailSection | null {
  const items: NavItem[] = [
    ...(can(actor, 'account.read') ? [{ label: '账号', href: '/desk/admin/accounts' }] : []),
    ...(can(actor, 'body.read') ? [{ label: '机构与设置', href: '/desk/admin/bodies' }] : []),
    ...(can(actor, 'body.read') ? [{ label: '工作日历', href: '/desk/admin/calendar' }] : []),
    ...(can(actor, 'audit.read') ? [{ label: '留痕', href: '/desk/admin/audit' }] : []),
  ]
  return items.length === 0 ? null : { title: '管理', items }
}
