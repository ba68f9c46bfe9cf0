import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { warningKeys } from '../own-check/finding-key.ts'
import type { FilingBar } from '../report.ts'
import { fileRound } from './filing.ts'
import { insertRound, openFiling, roundHash, saveFilings, type RoundContent } from './filing-store.ts'
import { settleReminders, tellOffice } from './tell.ts'

/** 谁、何时报送。 */
export interface Sender {
  actor: string
  at: Date
  on: PlainDate
  /** 收进以前报送的：不必告诉谁 */
  quiet?: boolean
}

export type RoundSent = { ok: true; round: number } | { ok: false; refusal: FilingBar }

/** 把一份内容作为下一次报送记下，告诉主管部门，与所办的事同一事务。错误、没有说明的提醒、已锁定的不收。 */
export async function sendRound(tx: Tx, { bodyId, year }: { bodyId: string; year: number }, content: RoundContent, by: Sender, reply = ''): Promise<RoundSent> {
  const found = await openFiling(tx, bodyId, year, by.on)
  const contentHash = roundHash(content)
  const waived = new Set(content.waivers.map((one) => one.findingKey))
  const warnings = warningKeys(content.findings)
  const decision = fileRound(found.state, {
    on: by.on,
    source: content.source,
    edition: content.edition,
    contentHash,
    errors: content.findings.filter((one) => one.severity === 'error').length,
    warnings: warnings.length,
    openWarnings: warnings.filter((key) => !waived.has(key)).length,
    reply: reply.trim(),
    filer: by.actor,
  })
  if (!decision.ok) return decision
  const round = found.state.round + 1
  await saveFilings(tx, [{ found, events: decision.events }], by)
  await insertRound(tx, { ...content, bodyId, filingId: found.filingId, year, round, contentHash, filedOn: by.on })
  if (by.quiet !== true) {
    await tellOffice(tx, { bodyId, year, round, reviewer: found.state.reviewer }, by)
    await settleReminders(tx, { bodyId, year }, by.at)
  }
  return { ok: true, round }
}
