import type { Given } from '../../applications/index.ts'
import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { openCase } from '../open-case.ts'
import { insertParty, listParties } from './party-store.ts'
import type { Party } from './party-store.ts'

interface CaseRef {
  bodyId: string
  caseId: string
}

const orNull = (text: string): string | null => (text === '' ? null : text)

/** 添一个当事人；留痕里没有姓名。 */
export function addParty(deps: Deps, actor: Actor, { given, ...ref }: CaseRef & { given: Given }): Promise<void> {
  requirePermission(actor, 'review.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    await openCase(tx, ref.bodyId, ref.caseId)
    const role = given('role')
    const party: Party = {
      partyId: newId(),
      role: role === 'third-party' || role === 'agent' ? role : 'claimant',
      kind: given('kind') === 'organisation' ? 'organisation' : 'person',
      name: given('name'), idNo: orNull(given('idNo')), contact: orNull(given('contact')),
    }
    await insertParty(tx, fieldKeys(deps.config.secretKey), ref, party, { by: actorKey(actor), at: deps.clock.now() })
    await record(tx, actor, 'dispute-party.added', { bodyId: ref.bodyId, target: ref.caseId })
  })
}

/** 读出当事人的明文；须有事由，读与留痕同一事务。 */
export function readParties(deps: Deps, actor: Actor, { reason, ...ref }: CaseRef & { reason: string }): Promise<Party[]> {
  requirePermission(actor, 'personal-data.read', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const parties = await listParties(tx, fieldKeys(deps.config.secretKey), ref)
    await record(tx, actor, 'personal-data.read', { bodyId: ref.bodyId, target: ref.caseId }, { reason })
    return parties
  })
}
