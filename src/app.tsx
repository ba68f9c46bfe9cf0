import { Hono } from 'hono'
import type { Context, MiddlewareHandler } from 'hono'
import type { Deps } from './platform/deps.ts'
import { NotFound } from './platform/errors.ts'
import {
  dataVersion,
  frame,
  handleError,
  handleNotFound,
  keptPages,
  loadAssets,
  mountElder,
  requestLog,
  sameOrigin,
  securityHeaders,
  wellFormed,
} from './platform/http/index.ts'
import type { Mount, Site } from './platform/http/index.ts'

export interface AppParts {
  /** 站名、小字、演示说明与导航；导航只列已有的页面 */
  site: Site
  /** 先于一切的中间件，如计量 */
  first?: readonly MiddlewareHandler[]
  /** 先于各模块的中间件，如会话 */
  before: readonly MiddlewareHandler[]
  /** 各模块的路由 */
  mounts: readonly Mount[]
  /** 没有的地址怎样答；不归它管的为 null，照常答 404 */
  missing?: (c: Context) => Promise<Response | null>
}

/** 接好的应用：安全头、请求号与日志、同源检查、静态文件、页面四周、各模块的路由、出错的答复。 */
export function createApp(deps: Deps, parts: AppParts): Hono {
  const app = new Hono()
  const assets = loadAssets()
  const { baseUrl } = deps.config
  const https = baseUrl.startsWith('https:')
  app.use(securityHeaders({ https }))
  app.use(requestLog(deps))
  for (const middleware of parts.first ?? []) app.use(middleware)
  app.use('/assets/*', assets.serve)
  app.use(dataVersion(deps))
  app.use(keptPages({ https }))
  app.use(frame({ ...parts.site, stylesheet: assets.stylesheet, icon: assets.icon, islands: assets.islands }))
  app.use(wellFormed)
  app.use(sameOrigin({ baseUrl }))
  mountElder(app, { https })
  for (const middleware of parts.before) app.use(middleware)
  for (const mount of parts.mounts) mount(app)
  app.notFound(async (c) => (await helped(c, parts)) ?? handleNotFound(c))
  app.onError(async (error, c) => (error instanceof NotFound ? await helped(c, parts) : null) ?? handleError(error, c))
  return app
}

// 帮人找的页面出不来（多半是数据库不通），照常答
async function helped(c: Context, { missing }: AppParts): Promise<Response | null> {
  try {
    return (await missing?.(c)) ?? null
  } catch (error) {
    c.get('deps').log.error({ err: error, requestId: c.get('requestId') }, '没有的页面答不出来')
    return null
  }
}
