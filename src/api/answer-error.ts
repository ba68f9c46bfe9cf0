import type { ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { Conflict, Forbidden, NotFound } from '../platform/errors.ts'
import { TooLarge, answerProblem, handleError } from '../platform/http/index.ts'
import { ApiProblem } from './problems.ts'
import type { ProblemCode } from './problems.ts'

const codeOf = (error: Error): ProblemCode | null => {
  if (error instanceof NotFound) return 'not-found'
  if (error instanceof Forbidden) return 'forbidden'
  if (error instanceof Conflict) return 'conflict'
  if (error instanceof TooLarge) return 'too-large'
  return error instanceof HTTPException && error.status < 500 ? 'malformed' : null
}

/** 接口的出错处；此处没有的（太频繁、数据库不通、缺陷）由全站的出错处答。 */
export const answerApiError: ErrorHandler = (error, c) => {
  if (error instanceof ApiProblem) {
    if (error.problem.status === 401) c.header('WWW-Authenticate', 'Bearer')
    return answerProblem(c, error.problem)
  }
  const code = codeOf(error)
  if (code === null) return handleError(error, c)
  return answerProblem(c, new ApiProblem(code, error instanceof TooLarge ? { detail: `${error.message}，没有接收。` } : {}).problem)
}
