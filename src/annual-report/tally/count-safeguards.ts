import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { countMeetings, countRegisters, trainingHours } from '../../supervision/index.ts'
import type { Safeguards } from './figures.ts'

/** 监督保障与第六部分要用的数，数自登记：培训、会议算到截止日，建议提案与重点领域按年度。 */
export async function countSafeguards(tx: Tx, bodyId: string, year: number, asOf: PlainDate): Promise<Safeguards> {
  const from = `${year}-01-01`
  const { sessions, hours, attendances } = await trainingHours(tx, bodyId, from, asOf)
  const { people, cppcc, published, exempt, pending, fields, fieldItems } = await countRegisters(tx, bodyId, year)
  return {
    training: { sessions, hours, attendances },
    meetings: await countMeetings(tx, { bodyId, from, to: asOf }),
    proposals: { people, cppcc, published, exempt, pending },
    keyFields: { fields, items: fieldItems },
  }
}

/** 几个机构之和：并入的前身一并算。 */
export function sumSafeguards(of: readonly Safeguards[]): Safeguards {
  const add = (pick: (one: Safeguards) => number): number => of.reduce((total, one) => total + pick(one), 0)
  return {
    training: { sessions: add(({ training }) => training.sessions), hours: add(({ training }) => training.hours), attendances: add(({ training }) => training.attendances) },
    meetings: add(({ meetings }) => meetings),
    proposals: { people: add(({ proposals }) => proposals.people), cppcc: add(({ proposals }) => proposals.cppcc), published: add(({ proposals }) => proposals.published), exempt: add(({ proposals }) => proposals.exempt), pending: add(({ proposals }) => proposals.pending) },
    keyFields: { fields: add(({ keyFields }) => keyFields.fields), items: add(({ keyFields }) => keyFields.items) },
  }
}
