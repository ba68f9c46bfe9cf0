import type { MiddlewareHandler } from 'hono'
import { Malformed } from './refused.ts'

// %00 到不了数据库（它存不了），也不会出现在本站的任何地址里
const NUL = /%00/

/** 地址里带空字符的一律不认，免得到数据库才出错。 */
export const wellFormed: MiddlewareHandler = async (c, next) => {
  if (NUL.test(c.req.url)) throw new Malformed('地址里有不成立的字符')
  await next()
}
