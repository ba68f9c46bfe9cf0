import type { AppParts } from './app.tsx'
import { mountBodies } from './bodies/routes.tsx'
import { sessionMiddleware } from './identity/index.ts'
import { mountIdentity } from './identity/routes.tsx'
import type { Deps } from './platform/deps.ts'

/** 各模块的路由、中间件与导航，在此接上。 */
export const appParts = (deps: Deps): AppParts => ({
  site: {
    siteName: '政府信息公开专栏',
    siteNote: '明窗',
    demo: deps.config.mode === 'demo' ? '演示系统，数据为虚构' : null,
    portalNav: [],
    footerNav: [],
  },
  before: [sessionMiddleware(deps)],
  // mountIdentity 给整个 /desk 守门，须在最前
  mounts: [mountIdentity, mountBodies],
})
