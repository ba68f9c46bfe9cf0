import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { TooLarge } from '../platform/http/index.ts'
import { ApiProblem } from './problems.ts'

export const JSON_LIMITS = { maxBytes: 1024 * 1024, maxDepth: 10 } as const

/** 方括号、花括号套了几层；引号里的不算。 */
export function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (quoted) {
      if (char === '\\') i += 1
      else if (char === '"') quoted = false
    } else if (char === '"') quoted = true
    else if (char === '{' || char === '[') deepest = Math.max(deepest, (depth += 1))
    else if (char === '}' || char === ']') depth -= 1
  }
  return deepest
}

/** JSON 的请求体：边收边数，过限即止；层数在解析之前查。 */
export const jsonBody: readonly MiddlewareHandler[] = [
  bodyLimit({
    maxSize: JSON_LIMITS.maxBytes,
    onError: () => {
      throw new TooLarge(JSON_LIMITS.maxBytes)
    },
  }),
  async (c, next) => {
    if (!/^application\/json(;|$)/i.test(c.req.header('content-type') ?? '')) throw new ApiProblem('malformed', { detail: '内容须为 JSON，请写 Content-Type: application/json。' })
    if (depthOf(await c.req.text()) > JSON_LIMITS.maxDepth) throw new ApiProblem('malformed', { detail: `JSON 套得太深，至多 ${JSON_LIMITS.maxDepth} 层。` })
    await next()
  },
]
