import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** 接口的错误（RFC 9457）：哪一类（code）、一句话（title）、怎么办（detail），与请求号；所涉的栏写在 errors。 */
export interface Problem {
  status: ContentfulStatusCode
  code: string
  title: string
  detail: string
  errors?: readonly { pointer: string; detail: string }[]
  /** 该类错误另有的，如可能重复的各件 */
  more?: Readonly<Record<string, unknown>>
}

/** 以 application/problem+json 作答；type 指到接口说明页的那一类。 */
export function answerProblem(c: Context, { status, code, title, detail, errors, more }: Problem): Response {
  const requestId = c.get('requestId')
  const body = { ...more, type: `${c.get('deps').config.baseUrl}/api#${code}`, title, status, detail, code, instance: `urn:uuid:${requestId}`, requestId, ...(errors === undefined ? {} : { errors }) }
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json; charset=utf-8' })
}
