import type { Role } from '../identity/index.ts'

/** 可以承办的岗位，与 `application.handle` 相同。 */
export const HANDLER_ROLES = ['handler', 'disclosure-officer', 'disclosure-head'] as const satisfies readonly Role[]

/** 承办这一件的人：分派的承办人还在岗的为他，否则依次取第一级有人的。 */
export function handlersOf(handler: string | null, holders: ReadonlySet<string>, fallback: readonly (readonly string[])[]): readonly string[] {
  if (handler !== null && holders.has(handler)) return [handler]
  return fallback.find((level) => level.length > 0) ?? []
}
