import type { AppParts } from './app.tsx'
import { cellRoutes, checkRoutes, deskReportRoutes, publicReportRoutes } from './annual-report/index.ts'
import type { MiddlewareHandler } from 'hono'
import { districtName } from './bodies/index.ts'
import { mountBodies } from './bodies/routes.tsx'
import { deskRail } from './desk/rail.ts'
import { deskRoutes } from './desk/routes.tsx'
import { sessionMiddleware } from './identity/index.ts'
import { mountIdentity } from './identity/routes.tsx'
import { ledgerRoutes } from './ledger-import/index.ts'
import type { Deps } from './platform/deps.ts'
import { setFrame } from './platform/html/index.ts'
import { portalRoutes } from './portal/routes.tsx'

/** 各模块的路由、中间件与导航，在此接上。mountIdentity 守工作台的门，须在各 `/desk` 页面之前。 */
export const appParts = (deps: Deps): AppParts => ({
  site: {
    siteName: '政府信息公开',
    siteNote: '年度报告的公开与核查',
    demo: deps.config.mode === 'demo' ? '演示数据，除已公开的年度报告外，机关与人物均为虚构' : null,
    portalNav: [
      { label: '首页', href: '/' },
      { label: '年度报告', href: '/annual-reports' },
      { label: '核查年报', href: '/check' },
    ],
    footerNav: [
      { label: '无障碍说明', href: '/accessibility' },
      { label: '隐私说明', href: '/privacy' },
      { label: '工作人员登录', href: '/desk' },
    ],
  },
  before: [siteName(deps), sessionMiddleware(deps), deskRail()],
  mounts: [
    mountIdentity,
    mountBodies,
    (app) => app.route('/', portalRoutes),
    (app) => app.route('/', checkRoutes),
    (app) => app.route('/', publicReportRoutes),
    (app) => app.route('/', deskRoutes),
    (app) => app.route('/', ledgerRoutes),
    (app) => app.route('/', deskReportRoutes),
    (app) => app.route('/', cellRoutes),
  ],
})

const KEEP_MS = 60_000

/** 站名带上区名，取自本区的设置，每分钟至多读一次；还没有设置的不写区名。 */
function siteName(deps: Deps): MiddlewareHandler {
  let kept: { name: string; until: number } | null = null
  return async (c, next) => {
    const now = deps.clock.now().getTime()
    if (kept === null || kept.until < now) kept = { name: await districtName(deps.db), until: now + KEEP_MS }
    setFrame(c, { siteName: `${kept.name}政府信息公开` })
    await next()
  }
}
