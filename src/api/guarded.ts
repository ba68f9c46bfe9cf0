import type { Scope } from '../identity/index.ts'
import { needs } from './authenticate.ts'
import { z } from '@hono/zod-openapi'
import { ProblemSchema } from './schemas.ts'

const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: ProblemSchema } } })

/** 各接口都有的错误。 */
export const FAULTS = {
  401: problem('unauthorized'),
  403: problem('scope-missing'),
  404: problem('not-found'),
  429: problem('too-often，依 Retry-After 再来'),
}

/** 提交另有的错误。 */
export const POST_FAULTS = {
  ...FAULTS,
  400: problem('malformed、key-missing'),
  409: problem('refused、conflict'),
  413: problem('too-large'),
  422: problem('invalid、key-reused'),
}

/** 一个须有某项权限的接口：文档里写明，请求来时查。 */
export const guarded = (scope: Scope) => ({ security: [{ bearer: [scope] }], middleware: [needs(scope)] })

/** 提交须带的头；由 `once` 查，此处供文档。 */
export const PostHeaders = z.object({
  'idempotency-key': z.string().optional().openapi({ param: { name: 'idempotency-key', in: 'header', required: true }, description: '必填。8 至 100 个字母、数字或者 . _ : -；同一件事重发用同一键，七日内不会办两次', example: 'hall-2026-000123' }),
})

/** 取用个人信息须带的头。 */
export const ReasonHeaders = z.object({
  'access-reason': z.string().max(2000).optional().openapi({ param: { name: 'access-reason', in: 'header', required: true }, description: '必填。取用的事由，二至二百字，百分号编码的 UTF-8；留痕', example: '%E6%A0%B8%E5%AF%B9%E9%82%AE%E5%AF%84%E5%9C%B0%E5%9D%80' }),
})
