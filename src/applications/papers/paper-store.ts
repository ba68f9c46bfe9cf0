import '../tables.ts'
import { sql } from 'kysely'
import { seal, sealBytes, unseal, unsealBytes } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { PaperType } from './sniff-paper.ts'

export const PAPER_KINDS = { identity: '身份证明', mandate: '委托书', envelope: '收件凭据', search: '检索记录', other: '其他材料', supplement: '补正', payment: '缴费凭证' } as const
export type PaperKind = keyof typeof PAPER_KINDS

/** 一份材料的记载，不含文件名与内容。 */
export interface Paper {
  paperId: string
  kind: PaperKind
  type: PaperType
  size: number
  givenOn: PlainDate
  givenAt: Date
  /** 经办人附上的，其账号；申请人网上交来的为 null，只有这些给申请人看 */
  addedBy: string | null
}

export interface NewPaper extends Omit<Paper, 'givenAt' | 'addedBy'> {
  name: string
  bytes: Uint8Array
}

const placeOf = (bodyId: string, paperId: string, column: 'name' | 'content'): string => `application-paper/${bodyId}/${paperId}/${column}`

/** 存下若干份材料，文件名与内容加密；`addedBy` 为附上的经办人，申请人自己交来的不写。 */
export async function insertPapers(
  tx: Tx,
  keys: FieldKeys,
  { bodyId, caseId, isDraft, at, addedBy = null }: { bodyId: string; caseId: string; isDraft: boolean; at: Date; addedBy?: string | null },
  papers: readonly NewPaper[],
): Promise<void> {
  for (const { paperId, kind, type, name, bytes, givenOn } of papers) {
    const row = {
      body_id: bodyId,
      paper_id: paperId,
      case_id: caseId,
      kind,
      type,
      size: bytes.byteLength,
      name_sealed: seal(keys, name, placeOf(bodyId, paperId, 'name')),
      content_sealed: sealBytes(keys, bytes, placeOf(bodyId, paperId, 'content')),
      is_draft: isDraft,
      given_on: givenOn,
      given_at: at,
      added_by: addedBy,
    }
    await tx.insertInto('application_paper').values(row).execute()
  }
}

/** 一件申请（或草稿）的各份材料，先交的在前；至多 200 份。 */
export async function listPapers(tx: Tx, bodyId: string, caseId: string): Promise<Paper[]> {
  const rows = await tx
    .selectFrom('application_paper')
    .select(['paper_id as paperId', 'kind', 'type', 'size', 'given_on as givenOn', 'given_at as givenAt', 'added_by as addedBy'])
    .where('body_id', '=', bodyId)
    .where('case_id', '=', caseId)
    .orderBy('paper_id')
    .limit(200)
    .execute()
  return rows
}

/** 读出一份材料的文件名与内容；没有抛 `NotFound`，密文被动过抛 `SealBroken`。 */
export async function getPaper(tx: Tx, keys: FieldKeys, { bodyId, caseId, paperId }: { bodyId: string; caseId: string; paperId: string }): Promise<NewPaper> {
  const row = await tx
    .selectFrom('application_paper')
    .selectAll()
    .where('body_id', '=', bodyId)
    .where('paper_id', '=', paperId)
    .where('case_id', '=', caseId)
    .where('is_draft', '=', false)
    .executeTakeFirst()
  if (row === undefined) throw new NotFound('这份材料')
  const { kind, type, size, given_on: givenOn } = row
  const name = unseal(keys, row.name_sealed, placeOf(bodyId, paperId, 'name'))
  return { paperId, kind, type, size, givenOn, name, bytes: unsealBytes(keys, row.content_sealed, placeOf(bodyId, paperId, 'content')) }
}

/** 只是申请人自己交来的：经办人附上的（如检索记录）不给申请人看。 */
export const givenByApplicant = (papers: readonly Paper[]): Paper[] => papers.filter(({ addedBy }) => addedBy === null)

/** 登记成了：经办人在登记表单里附上的各份归入这一件。 */
export async function adoptPapers(tx: Tx, bodyId: string, caseId: string): Promise<void> {
  await tx.updateTable('application_paper').set({ is_draft: false }).where('body_id', '=', bodyId).where('case_id', '=', caseId).where('is_draft', '=', true).where('added_by', 'is not', null).execute()
}

/** 存在一张表单名下的若干份归入一件；返回几份。 */
export async function movePapers(tx: Tx, { bodyId, from, to, paperIds, kind, givenOn, at }: { bodyId: string; from: string; to: string; paperIds: readonly string[]; kind: PaperKind; givenOn: PlainDate; at: Date }): Promise<number> {
  const moved = await tx
    .updateTable('application_paper')
    .set({ case_id: to, kind, given_on: givenOn, given_at: at, is_draft: false })
    .where('body_id', '=', bodyId)
    .where('paper_id', 'in', paperIds)
    .where('case_id', '=', from)
    .where('is_draft', '=', true)
    .executeTakeFirst()
  return Number(moved.numUpdatedRows)
}

export async function deleteDraftPaper(tx: Tx, { bodyId, caseId, paperId }: { bodyId: string; caseId: string; paperId: string }): Promise<void> {
  await tx.deleteFrom('application_paper').where('body_id', '=', bodyId).where('paper_id', '=', paperId).where('case_id', '=', caseId).where('is_draft', '=', true).execute()
}

/** 一机构各草稿所附材料的合计字节数；有上限，免得有人拿草稿把盘占满。 */
export async function sumDraftPapers(tx: Tx, bodyId: string): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`select coalesce(sum(size), 0)::bigint as bytes from application_paper where body_id = ${bodyId} and is_draft`.execute(tx)
  return rows[0]?.bytes ?? 0
}
