import { createApp } from './app.tsx'
import type { AppParts } from './app.tsx'
import { mountApi } from './api/routes.tsx'
import { cellRoutes, checkRoutes, deskReportRoutes, publicReportRoutes, rollUpRoutes, districtReportRoutes, differenceRoutes, reportsInTime, reportsRight, reportTroubles, filedPending, findPastProblems, findRaisableReturn, fillRoutes, collectionRoutes, filingRoutes, uploadRoutes, registerRoutes } from './annual-report/index.ts'
import type { Context, MiddlewareHandler } from 'hono'
import { answerDocumentRoutes, answeredLogRoutes, applyRoutes, archiveRoutes, deskApplicationRoutes, deskPaperRoutes, letterRoutes, recordCorrectionRoutes, trackRoutes, withDisputes, withLessons } from './applications/index.ts'
import { districtName } from './bodies/index.ts'
import { cleanUpRoutes, columnDeskRoutes, columnRoutes, dataRoutes, depositRoutes, dutyRoutes, exemptionRoutes, feedRoutes, itemDeskRoutes, libraryRoutes, normativeRoutes, precheckRoutes, publicItemRoutes, reviewRoutes, subscribeRoutes, synonymRoutes, wordRoutes, handOverRoutes, embedRoutes, siteImportRoutes } from './catalogue/index.ts'
import { dashboardRoutes } from './dashboard/index.ts'
import { mountBodies } from './bodies/routes.tsx'
import { deskRail } from './desk/rail.ts'
import { deskRoutes } from './desk/routes.tsx'
import { sessionMiddleware } from './identity/index.ts'
import { mountIdentity } from './identity/routes.tsx'
import { ledgerRoutes } from './ledger-import/index.ts'
import type { Deps } from './platform/deps.ts'
import { setFrame } from './platform/html/index.ts'
import { noticeRoutes } from './notices/index.ts'
import { carryOverRoutes, disputeRoutes, lessonsFor, listDisputed, listDisputesOf } from './reviews/index.ts'
import { answerMissing } from './portal/index.ts'
import { complaintRoutes, assessmentRoutes, safeguardRoutes } from './supervision/index.ts'
import { portalRoutes } from './portal/routes.tsx'
import { searchRoutes } from './portal/search-routes.tsx'
import { searchSources } from './search-sources.ts'

/** 各模块的路由、中间件与导航，在此接上。mountIdentity 守工作台的门，须在各 `/desk` 页面之前。 */
export const appParts = (deps: Deps): AppParts => ({
  site: {
    siteName: '政府信息公开',
    siteNote: '主动公开、依申请公开、年度报告',
    demo: deps.config.mode === 'demo' ? '演示数据，除已公开的年度报告外，机关与人物均为虚构' : null,
    portalNav: [
      { label: '首页', href: '/' },
      { label: '检索', href: '/search' },
      { label: '政策文件', href: '/policies' },
      { label: '各机关', href: '/bodies' },
      { label: '申请公开', href: '/apply' },
      { label: '查询进度', href: '/applications/track' },
      { label: '年度报告', href: '/annual-reports' },
      { label: '核查年报', href: '/check' },
    ],
    footerNav: [
      { label: '申请公开政府信息', href: '/apply' },
      { label: '查询申请进度', href: '/applications/track' },
      { label: '投诉与反映', href: '/complain' },
      { label: '监督统计', href: '/supervision' },
      { label: '订阅', href: '/subscribe' },
      { label: '无障碍说明', href: '/accessibility' },
      { label: '隐私说明', href: '/privacy' },
      { label: '接口说明', href: '/api' },
      { label: '工作人员登录', href: '/desk' },
    ],
  },
  missing: answerMissing,
  before: [siteName(deps), sessionMiddleware(deps), deskRail()],
  mounts: [
    mountIdentity,
    mountBodies,
    (app) => app.route('/', portalRoutes),
    (app) => app.route('/', searchRoutes(searchSources)),
    (app) => app.route('/', columnRoutes),
    (app) => app.route('/', columnDeskRoutes),
    (app) => app.route('/', dutyRoutes),
    (app) => app.route('/', exemptionRoutes),
    (app) => app.route('/', depositRoutes),
    (app) => app.route('/', reviewRoutes),
    (app) => app.route('/', wordRoutes),
    (app) => app.route('/', synonymRoutes),
    (app) => app.route('/', precheckRoutes),
    (app) => app.route('/', itemDeskRoutes),
    (app) => app.route('/', publicItemRoutes),
    (app) => app.route('/', libraryRoutes),
    (app) => app.route('/', cleanUpRoutes),
    (app) => app.route('/', normativeRoutes),
    (app) => app.route('/', feedRoutes),
    (app) => app.route('/', dataRoutes),
    (app) => app.route('/', embedRoutes),
    (app) => app.route('/', subscribeRoutes()),
    (app) => app.route('/', checkRoutes),
    mountApi,
    (app) => app.route('/', applyRoutes),
    (app) => app.route('/', trackRoutes),
    (app) => app.route('/', answeredLogRoutes),
    (app) => app.route('/', complaintRoutes),
    (app) => app.route('/', publicReportRoutes),
    (app) => app.route('/', districtReportRoutes),
    (app) => app.route('/', deskRoutes),
    (app) => app.route('/', noticeRoutes),
    (app) => app.route('/', letterRoutes),
    (app) => app.route('/', answerDocumentRoutes),
    (app) => app.route('/', deskPaperRoutes),
    (app) => app.use('/desk/applications/:id', withDisputes(listDisputesOf)),
    (app) => app.use('/desk/applications/:id/propose', withLessons(lessonsFor)),
    (app) => app.route('/', deskApplicationRoutes),
    (app) => app.route('/', carryOverRoutes(filedPending)),
    (app) => app.route('/', disputeRoutes),
    (app) => app.route('/', recordCorrectionRoutes),
    (app) => app.route('/', archiveRoutes(listDisputed)),
    (app) => app.route('/', assessmentRoutes({ reportsInTime, reportsRight })),
    (app) => app.route('/', safeguardRoutes({ reportTroubles, findPastProblems, findRaisableReturn })),
    (app) => app.route('/', ledgerRoutes),
    (app) => app.route('/', handOverRoutes),
    (app) => app.route('/', siteImportRoutes),
    (app) => app.route('/', deskReportRoutes),
    (app) => app.route('/', dashboardRoutes),
    (app) => app.route('/', rollUpRoutes),
    (app) => app.route('/', differenceRoutes),
    (app) => app.route('/', fillRoutes),
    (app) => app.route('/', cellRoutes),
    (app) => app.route('/', collectionRoutes),
    (app) => app.route('/', filingRoutes),
    (app) => app.route('/', uploadRoutes),
    (app) => app.route('/', registerRoutes),
  ],
})

/** 站名带上区名，取自本区的设置，渲染页面时才读；还没有设置的不写区名。 */
function siteName(deps: Deps): MiddlewareHandler {
  return async (c, next) => {
    setFrame(c, { loadSiteName: () => loadSiteName(c, deps) })
    await next()
  }
}

async function loadSiteName(c: Context, { db, log }: Deps): Promise<string> {
  try {
    return `${await c.get('whileUnchanged')('district-name', () => districtName(db))}政府信息公开`
  } catch (error) {
    // 数据库不通时，出错的页面照样要有站名
    log.error({ err: error }, '读不到区名')
    return '政府信息公开'
  }
}

/** 照没有登录的公众取本站的页面，不经网络、不限速；导出静态网站用。 */
export function visitorOf(deps: Deps): (address: string) => Promise<Response> {
  const parts = appParts(deps)
  const app = createApp(deps, {
    ...parts,
    first: [
      async (c, next) => {
        c.set('unlimited', true)
        await next()
      },
    ],
  })
  return async (address) => app.request(address)
}
