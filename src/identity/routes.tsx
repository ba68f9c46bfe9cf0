import type { Mount } from '../platform/http/index.ts'
import { accountRoutes } from './accounts/account-routes.tsx'
import { adminRoutes } from './admin/admin-routes.tsx'
import { auditRoutes } from './admin/audit-routes.tsx'
import { delegationRoutes } from './delegation/delegation-routes.tsx'
import { deskFrame, requireSecondFactor } from './desk-frame.ts'
import { signInRoutes } from './sign-in/sign-in-routes.tsx'
import { requireSignIn } from './sign-in/require-sign-in.ts'

/**
 * 登录、账号、管理、留痕的页面，并给整个工作台守门：须先于其他模块挂上，
 * 其后挂的 `/desk` 下的页面都已要求登录。会话中间件（sessionMiddleware）另在 AppParts.before 里。
 */
export const mountIdentity: Mount = (app) => {
  for (const path of ['/desk', '/desk/*']) app.use(path, requireSignIn(), requireSecondFactor(), deskFrame())
  app.route('/', signInRoutes)
  app.route('/', accountRoutes)
  app.route('/', delegationRoutes)
  app.route('/', adminRoutes)
  app.route('/', auditRoutes)
}
