import { createContext, use } from 'react'
import type { Context } from 'hono'

export interface NavItem {
  label: string
  href: string
  /** 待办件数等；0 亦显示，不知则不写 */
  count?: number
  /** 有逾期的，件数以印红标出，并在读屏里说明 */
  late?: boolean
}

export interface RailSection {
  /** 分组名；首组可无 */
  title?: string
  items: readonly NavItem[]
}

export interface SignedIn {
  name: string
  /** 所属机关与岗位，如「武昌区城市运行管理中心 · 承办人」 */
  note: string
  /** 此刻还以别人的身份办事的，一条一句，写在每页之首 */
  standingIn?: readonly string[]
  /** 姓名下的菜单，如「我的账号」 */
  links: readonly NavItem[]
  /** 退出登录表单的去处 */
  signOutAction: string
}

/** 页面四周的东西，随请求而定，与正文无关；由 `frame()` 中间件备好，页面不必传来传去。 */
export interface Frame {
  /** 站名，如「武昌区政府信息公开」 */
  siteName: string
  /** 站名随数据而变的，渲染页面时才读 */
  loadSiteName?: () => Promise<string>
  siteNote: string
  path: string
  /** 含查询串，供切换适老模式后回到原处 */
  back: string
  elder: boolean
  /** 演示说明，横在每页之首；正式使用时为 null */
  demo: string | null
  stylesheet: string
  icon: string
  /** 小脚本的地址，见 `Island` */
  islands: Readonly<Record<string, string>>
  portalNav: readonly NavItem[]
  footerNav: readonly NavItem[]
  user: SignedIn | null
  /** 工作台左栏；只在工作台页面读取 */
  loadRail: () => Promise<readonly RailSection[]>
}

export interface RenderFrame extends Omit<Frame, 'loadRail' | 'loadSiteName'> {
  rail: readonly RailSection[]
  /** 页面每隔几秒自行刷新；0 为不刷新 */
  refreshSeconds: number
}

declare module 'hono' {
  interface ContextVariableMap {
    frame: Frame
  }
}

const FrameContext = createContext<RenderFrame | null>(null)
export const FrameProvider = FrameContext.Provider

/** 组件里取页面四周的东西。 */
export function useFrame(): RenderFrame {
  const frame = use(FrameContext)
  if (frame === null) throw new Error('组件须在 renderPage 里渲染')
  return frame
}

/** 改页面四周的东西，如会话中间件写入 `user`、`loadRail`。 */
export const setFrame = (c: Context, change: Partial<Frame>): void => c.set('frame', { ...c.get('frame'), ...change })

/** 当前所在：地址相同或在其下，最长者为准；首页与工作台首页之类，其下还列着别的，只认自己。 */
export function currentHref(items: readonly NavItem[], path: string): string | null {
  const holds = items
    .map((item) => item.href)
    .filter((href) => path === href || (path.startsWith(`${href}/`) && !items.some((other) => other.href.startsWith(`${href}/`))))
  return holds.reduce<string | null>((best, href) => (best === null || href.length > best.length ? href : best), null)
}
