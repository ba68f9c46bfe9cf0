import type { Context, Hono } from 'hono'
import type { Deps } from '../deps.ts'

declare module 'hono' {
  interface ContextVariableMap {
    deps: Deps
    /** 本次请求的号，写在日志、应答头与出错页上 */
    requestId: string
    /** 对方的地址，只用于限速，不落日志 */
    clientAddress: string
    /** 归还收下的表单所占的内存；没有收大表单的没有 */
    releaseBody?: () => void
  }
}

/**
 * 各模块路由的环境：`deps`、`requestId`、`frame` 到处都有；
 * 另有的变量写在参数里，如 `new Hono<AppEnv<{ actor: Actor }>>()`。
 */
export interface AppEnv<Variables extends object = object> {
  Variables: Variables
}

/** 一个模块把自己的路由挂上：`(app) => app.route('/check', checkRoutes)`。 */
export type Mount = (app: Hono) => unknown

/** API 以 JSON 答，其余以页面答。 */
export const isApi = (c: Context): boolean => c.req.path === '/api' || c.req.path.startsWith('/api/')
