import type { NavItem, RailSection } from '../../platform/html/index.ts'
import type { Actor } from '../actor.ts'
import { can } from '../permissions.ts'

/** 左栏的「管理」一组：只列此人能进的。没有一项的为 null。 */
export function adminRail(actor: Actor): RailSection | null {
  const items: NavItem[] = [
    ...(can(actor, 'account.read') ? [{ label: '账号', href: '/desk/admin/accounts' }] : []),
    ...(can(actor, 'delegation.read') ? [{ label: '委托代行', href: '/desk/admin/delegations' }] : []),
    ...(can(actor, 'body.read') ? [{ label: '机构与设置', href: '/desk/admin/bodies' }] : []),
    ...(can(actor, 'body.read') ? [{ label: '工作日历', href: '/desk/admin/calendar' }] : []),
    ...(can(actor, 'search.word') ? [{ label: '检索的同义说法', href: '/desk/admin/search-words' }] : []),
    ...(can(actor, 'api-system.read') ? [{ label: '接入系统', href: '/desk/systems' }] : []),
    ...(can(actor, 'audit.read') ? [{ label: '留痕', href: '/desk/admin/audit' }] : []),
  ]
  return items.length === 0 ? null : { title: '管理', items }
}
