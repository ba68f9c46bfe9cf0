import { OpenAPIHono, createRoute } from '@hono/zod-openapi'
import { getBody } from '../bodies/index.ts'
import { answerApiError } from './answer-error.ts'
import { applicationRoutes } from './application-routes.ts'
import { authenticate } from './authenticate.ts'
import { toFieldErrors } from './field-errors.ts'
import { FAULTS } from './guarded.ts'
import { paperRoutes } from './paper-routes.ts'
import { personRoutes } from './person-routes.ts'
import { ApiProblem } from './problems.ts'
import { SystemInfo } from './schemas.ts'

const system = createRoute({
  method: 'get', path: '/api/system', tags: ['系统'], summary: '试令牌', security: [{ bearer: [] }],
  description: '这枚令牌代表哪个系统、接入哪个机关、有哪些权限。',
  responses: { 200: { description: '这个系统', content: { 'application/json': { schema: SystemInfo } } }, ...FAULTS },
})

/** 凭令牌的各接口：认出系统、限速、校验、办理、留痕；出错一律 problem+json。 */
export function createApi(): OpenAPIHono {
  const api = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw new ApiProblem('invalid', { errors: toFieldErrors(result.error.issues) })
    },
  })
  api.onError(answerApiError)
  const guard = authenticate()
  for (const path of ['/api/system', '/api/applications', '/api/applications/*']) api.use(path, guard)
  api.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer', description: '接入系统的令牌，由所接入机关的系统管理员发给' })
  api.openapi(system, async (c) => {
    const { name, bodyId, scopes } = c.get('system')
    const body = await getBody(c.get('deps').db, bodyId)
    return c.json({ system: name, body: { code: body.code, name: body.name }, scopes: [...scopes] }, 200)
  })
  applicationRoutes(api)
  paperRoutes(api)
  personRoutes(api)
  return api
}
