import { Hono } from 'hono'
import type { MiddlewareHandler } from 'hono'
import type { Deps } from './platform/deps.ts'
import type { NavItem } from './platform/html/index.ts'
import {
  frame,
  handleError,
  handleNotFound,
  loadAssets,
  mountElder,
  requestLog,
  sameOrigin,
  securityHeaders,
} from './platform/http/index.ts'
import type { Mount } from './platform/http/index.ts'

export interface AppParts {
  /** 站名与站名下的小字 */
  siteName: string
  siteNote: string
  /** 演示说明；正式使用时为 null */
  demo: string | null
  /** 主导航与页脚只列已有的页面 */
  portalNav: readonly NavItem[]
  footerNav: readonly NavItem[]
  /** 先于各模块的中间件，如会话 */
  before: readonly MiddlewareHandler[]
  /** 各模块的路由 */
  mounts: readonly Mount[]
}

/** 接好的应用：安全头、请求号与日志、同源检查、静态文件、页面四周、各模块的路由、出错的答复。 */
export function createApp(deps: Deps, parts: AppParts): Hono {
  const app = new Hono()
  const assets = loadAssets()
  const { baseUrl } = deps.config
  const https = baseUrl.startsWith('https:')
  app.use(securityHeaders({ https }))
  app.use(requestLog(deps))
  app.use('/assets/*', assets.serve)
  app.use(frame({ ...parts, stylesheet: assets.stylesheet, icon: assets.icon }))
  app.use(sameOrigin({ baseUrl }))
  mountElder(app, { https })
  for (const middleware of parts.before) app.use(middleware)
  for (const mount of parts.mounts) mount(app)
  app.notFound(handleNotFound)
  app.onError(handleError)
  return app
}
