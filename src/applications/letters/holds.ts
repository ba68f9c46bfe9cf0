import type { Facts } from './case-facts.ts'
import type { Condition } from './letter-rule.ts'

/** 这一段、这一项此时用不用。 */
export function holds(when: Condition | undefined, values: Facts): boolean {
  if (when === undefined) return true
  const value = values[when.key]
  if (when.absent === true) return value === undefined
  return value !== undefined && (when.is === undefined || when.is.includes(value))
}
