import { fieldKeys } from '../platform/crypto.ts'
import type { Deps } from '../platform/deps.ts'
import { NotFound } from '../platform/errors.ts'
import type { Ledger, LedgerContext } from '../platform/ledger/index.ts'
import { findLedger } from './ledgers.ts'

/** 没有这种台账则抛 NotFound。 */
export function getLedger(kind: string): Ledger {
  const ledger = findLedger(kind)
  if (ledger === null) throw new NotFound('这种台账')
  return ledger
}

/** 导入时的处境；时间线上记为 `import:导入的 id`，由它可知是谁、何时、哪个文件。 */
export const contextOf = (deps: Deps, bodyId: string, importId: string, at: Date): LedgerContext => ({
  bodyId,
  actor: `import:${importId}`,
  at,
  today: deps.clock.today(),
  fieldKeys: fieldKeys(deps.config.secretKey),
})
