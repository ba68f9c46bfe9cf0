import '../tables.ts'
import { seal, unseal } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import { maskName, maskNumber } from '../../platform/mask.ts'

export const PARTY_ROLES = { claimant: '申请人、原告', 'third-party': '第三人', agent: '代理人' } as const
export type PartyRole = keyof typeof PARTY_ROLES
export const PARTY_KINDS = { person: '自然人', organisation: '法人或者其他组织' } as const
export type PartyKind = keyof typeof PARTY_KINDS

/** 一个当事人的明文；只在需要时读出。 */
export interface Party {
  partyId: string
  role: PartyRole
  kind: PartyKind
  name: string
  idNo: string | null
  contact: string | null
}

const placeOf = (bodyId: string, partyId: string, column: 'name' | 'id-no' | 'contact'): string => `dispute-party/${bodyId}/${partyId}/${column}`

/** 存下一个当事人，加密。 */
export async function insertParty(tx: Tx, keys: FieldKeys, { bodyId, caseId }: { bodyId: string; caseId: string }, party: Party, { by, at }: { by: string; at: Date }): Promise<void> {
  const sealed = (column: 'id-no' | 'contact', text: string | null): Buffer | null => (text === null ? null : seal(keys, text, placeOf(bodyId, party.partyId, column)))
  await tx
    .insertInto('dispute_party')
    .values({
      body_id: bodyId, party_id: party.partyId, case_id: caseId, role: party.role, kind: party.kind,
      name_sealed: seal(keys, party.name, placeOf(bodyId, party.partyId, 'name')),
      id_no_sealed: sealed('id-no', party.idNo), contact_sealed: sealed('contact', party.contact),
      added_by: by, added_at: at,
    })
    .execute()
}

/** 一件案件的当事人，先登记的在前；至多五十个。 */
export async function listParties(tx: Tx, keys: FieldKeys, { bodyId, caseId }: { bodyId: string; caseId: string }): Promise<Party[]> {
  const rows = await tx.selectFrom('dispute_party').selectAll().where('body_id', '=', bodyId).where('case_id', '=', caseId).orderBy('party_id').limit(50).execute()
  return rows.map((row) => {
    const opened = (column: 'id-no' | 'contact', sealed: Buffer | null): string | null => (sealed === null ? null : unseal(keys, sealed, placeOf(bodyId, row.party_id, column)))
    return {
      partyId: row.party_id, role: row.role, kind: row.kind,
      name: unseal(keys, row.name_sealed, placeOf(bodyId, row.party_id, 'name')),
      idNo: opened('id-no', row.id_no_sealed), contact: opened('contact', row.contact_sealed),
    }
  })
}

/** 屏幕上的称呼：自然人只留姓。 */
export const partyName = ({ kind, name }: Pick<Party, 'kind' | 'name'>): string => (kind === 'person' ? maskName(name) : name)

/** 遮盖后的一行。 */
export const maskedParty = (party: Party): string =>
  [partyName(party), party.idNo === null ? null : party.kind === 'person' ? maskNumber(party.idNo) : party.idNo, party.contact === null ? null : maskNumber(party.contact)].filter((text) => text !== null).join('，')
