import type { AppParts } from './app.tsx'
import type { Deps } from './platform/deps.ts'

/** 各模块的路由、中间件与导航，在此接上。 */
export const appParts = ({ config }: Deps): AppParts => ({
  site: {
    siteName: '政府信息公开专栏',
    siteNote: '明窗',
    demo: config.mode === 'demo' ? '演示系统，数据为虚构' : null,
    portalNav: [],
    footerNav: [],
  },
  before: [],
  mounts: [],
})
