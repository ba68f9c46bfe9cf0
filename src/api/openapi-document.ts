import type { OpenAPIHono } from '@hono/zod-openapi'
import { sizeText } from '../platform/http/index.ts'
import { SCOPES, SCOPE_NAMES } from '../identity/index.ts'
import { API_RATES } from './authenticate.ts'
import { JSON_LIMITS } from './json-body.ts'

const NOTES = [
  '供政务服务大厅、省级平台等转来申请、同步进度。每个系统接入一个机关，凭令牌调用，只见得到这个机关的。',
  `一个系统每分钟至多 ${API_RATES.system.perMinute} 次，超过的答 429，依 Retry-After 再来。JSON 至多 ${sizeText(JSON_LIMITS.maxBytes)}、${JSON_LIMITS.maxDepth} 层。`,
  `权限：${SCOPE_NAMES.map((scope) => `${scope} ${SCOPES[scope].label}`).join('；')}。`,
]

/** OpenAPI 3.1 的文档，与校验同出一份格式。 */
export const toOpenApi = (api: OpenAPIHono, baseUrl: string) =>
  api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: '依申请公开接口', version: '1.0.0', description: NOTES.join('\n\n') },
    servers: [{ url: baseUrl }],
  })

export type ApiDocument = ReturnType<typeof toOpenApi>
