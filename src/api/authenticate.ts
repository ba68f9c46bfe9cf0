import type { Context, MiddlewareHandler } from 'hono'
import { record } from '../audit/index.ts'
import { authenticateToken } from '../identity/index.ts'
import type { ApiActor, Scope } from '../identity/index.ts'
import { TooOften, createRateLimiter, routeOf } from '../platform/http/index.ts'
import { isId } from '../platform/id.ts'
import { ApiProblem } from './problems.ts'

declare module 'hono' {
  interface ContextVariableMap {
    /** 凭令牌认出的外接系统 */
    system: ApiActor
  }
}

/** 一个系统每分钟可以调用几次；令牌不对的，一个来处每分钟几次。 */
export const API_RATES = { system: { burst: 120, perMinute: 600 }, refused: { burst: 60, perMinute: 60 } } as const

/**
 * 凭 Bearer 令牌认出系统，限速，办完留痕：哪个系统、哪个接口、成否。
 * 令牌不对的不论缘故，答复相同。
 */
export function authenticate(): MiddlewareHandler {
  const perSystem = createRateLimiter(API_RATES.system)
  const perAddress = createRateLimiter(API_RATES.refused)
  return async (c, next) => {
    const deps = c.get('deps')
    const nowMs = deps.clock.now().getTime()
    const [, token] = /^Bearer ([\w-]{1,200})$/i.exec(c.req.header('authorization') ?? '') ?? []
    const system = token === undefined ? null : await authenticateToken(deps, token)
    if (system === null) {
      demand(perAddress.take(c.get('clientAddress'), nowMs))
      throw new ApiProblem('unauthorized')
    }
    demand(perSystem.take(system.systemId, nowMs))
    c.set('system', system)
    c.header('Cache-Control', 'no-store')
    await next()
    await record(deps.db, system, 'api.called', targetOf(c, system), { method: c.req.method, route: routeOf(c), status: c.res.status })
  }
}

const demand = (waitSeconds: number): void => {
  if (waitSeconds > 0) throw new TooOften(waitSeconds)
}

const targetOf = (c: Context, { bodyId, systemId }: ApiActor): { bodyId: string; target: string } => {
  const id = c.req.param('id')
  return { bodyId, target: isId(id) ? id : systemId }
}

/** 须有某项权限。 */
export const needs =
  (scope: Scope): MiddlewareHandler =>
  async (c, next) => {
    if (!c.get('system').scopes.includes(scope)) throw new ApiProblem('scope-missing', { detail: `办这件事须有权限 ${scope}，这个系统没有。请与所接入机关的信息公开工作机构联系。` })
    await next()
  }
