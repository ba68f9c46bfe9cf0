import '../tables.ts'
import { keyedHash, seal, unseal } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from 'kysely'
import { maskName } from '../../platform/mask.ts'
import { NotFound } from '../../platform/errors.ts'
import type { ApplicantKind } from '../events.ts'

/** 申请人的明文；只在需要时读出，读取须有事由并留痕。 */
export interface Applicant {
  applicantId: string
  kind: ApplicantKind
  name: string | null
  idNo: string | null
  contact: string | null
  /** 申请表的其余各栏，键见 `applicant-form.ts` */
  details?: Readonly<Record<string, string>> | null
}

type Column = 'name' | 'idNo' | 'contact' | 'details'
const placeOf = (bodyId: string, applicantId: string, column: Column): string => `applicant/${bodyId}/${applicantId}/${column}`

// 查同一人：不计空白与大小写、全半角
const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
export const nameHashOf = (keys: FieldKeys, name: string): Buffer => keyedHash(keys, 'applicant-name', plain(name))
export const idHashOf = (keys: FieldKeys, idNo: string): Buffer => keyedHash(keys, 'applicant-id', plain(idNo))

/** 存下若干申请人，个人信息加密。 */
export async function insertApplicants(
  tx: Tx,
  keys: FieldKeys,
  bodyId: string,
  applicants: readonly Applicant[],
  at: Date,
): Promise<void> {
  for (let from = 0; from < applicants.length; from += 1000) {
    const rows = applicants.slice(from, from + 1000).map((a) => {
      const sealed = (column: Column, text: string | null): Buffer | null => (text === null ? null : seal(keys, text, placeOf(bodyId, a.applicantId, column)))
      return {
        body_id: bodyId,
        applicant_id: a.applicantId,
        kind: a.kind,
        name_sealed: sealed('name', a.name),
        id_no_sealed: sealed('idNo', a.idNo),
        contact_sealed: sealed('contact', a.contact),
        details_sealed: sealed('details', a.details == null ? null : JSON.stringify(a.details)),
        name_hash: a.name === null ? null : nameHashOf(keys, a.name),
        id_hash: a.idNo === null ? null : idHashOf(keys, a.idNo),
        created_at: at,
      }
    })
    await tx.insertInto('applicant').values(rows).execute()
  }
}

/** 读出一个申请人的明文；没有抛 `NotFound`，密文被动过抛 `SealBroken`。 */
export async function getApplicant(tx: Tx, keys: FieldKeys, bodyId: string, applicantId: string): Promise<Applicant> {
  const row = await tx.selectFrom('applicant').selectAll().where('body_id', '=', bodyId).where('applicant_id', '=', applicantId).executeTakeFirst()
  if (row === undefined) throw new NotFound('申请人')
  const open = (sealed: Buffer | null, column: Column): string | null =>
    sealed === null ? null : unseal(keys, sealed, placeOf(bodyId, applicantId, column))
  const details = open(row.details_sealed, 'details')
  return {
    applicantId,
    kind: row.kind,
    name: open(row.name_sealed, 'name'),
    idNo: open(row.id_no_sealed, 'idNo'),
    contact: open(row.contact_sealed, 'contact'),
    // 由本系统写入、带校验的密文，其形可信
    details: details === null ? null : (JSON.parse(details) as Record<string, string>),
  }
}

/** 列表上显示的姓名：自然人只留姓，组织写全称。至多 1,000 个。 */
export async function listMaskedNames(tx: Tx, keys: FieldKeys, bodyId: string, applicantIds: readonly string[]): Promise<Map<string, string>> {
  if (applicantIds.length > 1000) throw new RangeError('一次至多 1,000 个')
  const rows = await tx
    .selectFrom('applicant')
    .select(['applicant_id', 'kind', 'name_sealed'])
    .where('body_id', '=', bodyId)
    .where('applicant_id', '=', sql<string>`any(${[...applicantIds]}::uuid[])`)
    .execute()
  return new Map(
    rows.map((row) => {
      const name = row.name_sealed === null ? '' : unseal(keys, row.name_sealed, placeOf(bodyId, row.applicant_id, 'name'))
      return [row.applicant_id, row.kind === 'N' ? maskName(name) : name]
    }),
  )
}

/** 各申请人的姓名摘要，导入时用来认出姓名改了没有。 */
export async function listNameHashes(tx: Tx, bodyId: string, applicantIds: readonly string[]): Promise<Map<string, Buffer | null>> {
  const rows = await tx
    .selectFrom('applicant')
    .select(['applicant_id', 'name_hash'])
    .where('body_id', '=', bodyId)
    .where('applicant_id', '=', sql<string>`any(${[...applicantIds]}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.applicant_id, row.name_hash]))
}
