import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import type { UploadedFile } from '../../platform/http/index.ts'
import { deleteDraftPaper, insertPapers, listPapers, movePapers, sumDraftPapers } from '../papers/paper-store.ts'
import type { Paper, PaperKind } from '../papers/paper-store.ts'
import { findApplicationRow } from '../queries.ts'
import { PAPER_LIMITS, takePapers } from '../papers/take-papers.ts'

/** 登记时可以附的各种扫描件；栏名即种类。 */
export const INTAKE_PAPERS = [
  { kind: 'envelope', hint: '信封、挂号回执、邮件、传真的扫描件或者截图，为收到之日的凭据' },
  { kind: 'identity', hint: '申请人的身份证明' },
  { kind: 'mandate', hint: '代为申请的，授权委托书' },
  { kind: 'other', hint: '申请书原件等' },
] as const satisfies readonly { kind: PaperKind; hint: string }[]

/** 案件里经办人可以附的种类。 */
export const DESK_PAPER_KINDS = ['envelope', 'identity', 'mandate', 'search', 'supplement', 'other'] as const satisfies readonly PaperKind[]

export const MOST_INTAKE_PAPERS = 10
/** 一件里经办人附的至多几份。 */
const MOST_CASE_PAPERS = 60
const MB = 1024 * 1024
export const DESK_UPLOAD = { maxBytes: MOST_INTAKE_PAPERS * PAPER_LIMITS.bytes + MB, maxFiles: 20, maxFields: 60 }
/** 一机构还没有归案的合计至多这么多。 */
const MOST_DRAFT_BYTES = 2 * 1024 ** 3

/**
 * 存下登记表单里附的扫描件，记在尚未登记的 `caseId` 名下：表单填错了退回，也不必再传。
 * 合的都留下，不合的说明在所涉的栏；已登记的（同一表单交了两次）不再存。
 */
export async function keepIntakePapers(deps: Deps, actor: Actor, { bodyId, caseId, files }: { bodyId: string; caseId: string; files: readonly UploadedFile[] }): Promise<Record<string, string>> {
  requirePermission(actor, 'application.handle', bodyId)
  if (files.length === 0) return {}
  const already = (await listPapers(deps.db, bodyId, caseId)).length
  const kindOf = (field: string) => INTAKE_PAPERS.find(({ kind }) => kind === field)?.kind ?? null
  const taken = await takePapers(files, { already, givenOn: deps.clock.today(), kindOf, most: MOST_INTAKE_PAPERS })
  const errors = taken.ok ? {} : taken.errors
  if (taken.papers.length === 0) return errors
  const full = await transaction(deps.db, async (tx) => {
    if ((await findApplicationRow(tx, bodyId, caseId)) !== null) return false
    if ((await sumDraftPapers(tx, bodyId)) > MOST_DRAFT_BYTES) return true
    await insertPapers(tx, fieldKeys(deps.config.secretKey), { bodyId, caseId, isDraft: true, at: deps.clock.now(), addedBy: actorKey(actor) }, taken.papers)
    return false
  })
  return full ? { ...errors, [INTAKE_PAPERS[0].kind]: '还没有登记成的扫描件太多，暂不能收；可以先登记，再在案件里附' } : errors
}

/** 从登记表单去掉一份。 */
export async function dropIntakePaper(deps: Deps, actor: Actor, { bodyId, caseId, paperId }: { bodyId: string; caseId: string; paperId: string }): Promise<void> {
  requirePermission(actor, 'application.handle', bodyId)
  if ((await listPapers(deps.db, bodyId, caseId)).some((paper) => paper.paperId === paperId && paper.addedBy !== null)) await deleteDraftPaper(deps.db, { bodyId, caseId, paperId })
}

type Attached ={ ok: true; count: number } | { ok: false; errors: Record<string, string> }

/** 「附材料」的表单里已存下的各份：记在表单的编号名下，只有交来的人自己的。 */
export async function listHeldPapers(deps: Deps, actor: Actor, { bodyId, formId }: { bodyId: string; formId: string }): Promise<Paper[]> {
  if ((await findApplicationRow(deps.db, bodyId, formId)) !== null) return []
  return (await listPapers(deps.db, bodyId, formId)).filter(({ addedBy }) => addedBy === actorKey(actor))
}

/** 存下「附材料」的表单交来的文件：别的栏填错了退回，也不必再传。合的都留下，不合的说明。 */
export async function holdPapers(deps: Deps, actor: Actor, { bodyId, caseId, formId, files }: { bodyId: string; caseId: string; formId: string; files: readonly UploadedFile[] }): Promise<Record<string, string>> {
  requirePermission(actor, 'application.handle', bodyId)
  if (files.length === 0) return {}
  const already = (await listPapers(deps.db, bodyId, caseId)).length + (await listHeldPapers(deps, actor, { bodyId, formId })).length
  const taken = await takePapers(files, { already, givenOn: deps.clock.today(), kindOf: (field) => (field === 'files' ? 'other' : null), most: MOST_CASE_PAPERS })
  const errors = taken.ok ? {} : taken.errors
  if (taken.papers.length === 0) return errors
  return transaction(deps.db, async (tx): Promise<Record<string, string>> => {
    // 编号由表单带回：不得指着别的案件
    if ((await findApplicationRow(tx, bodyId, formId)) !== null) return { ...errors, files: '请重新打开这一页再附' }
    if ((await sumDraftPapers(tx, bodyId)) > MOST_DRAFT_BYTES) return { ...errors, files: '还没有附上的文件太多，暂不能收，请稍后再传' }
    await insertPapers(tx, fieldKeys(deps.config.secretKey), { bodyId, caseId: formId, isDraft: true, at: deps.clock.now(), addedBy: actorKey(actor) }, taken.papers)
    return errors
  })
}

/** 给已登记的一件附上存下的各份；已归档、已作废的不再附。 */
export async function attachPapers(deps: Deps, actor: Actor, { bodyId, caseId, formId, kind, givenOn }: { bodyId: string; caseId: string; formId: string; kind: PaperKind; givenOn: string }): Promise<Attached> {
  requirePermission(actor, 'application.handle', bodyId)
  const held = (await listHeldPapers(deps, actor, { bodyId, formId })).map(({ paperId }) => paperId)
  if (held.length === 0) return { ok: false, errors: { files: '请选择文件' } }
  return transaction(deps.db, async (tx): Promise<Attached> => {
    // 同一件的依次办，份数才数得准
    const row = await tx.selectFrom('application').select('status').where('body_id', '=', bodyId).where('case_id', '=', caseId).forUpdate().executeTakeFirstOrThrow()
    if (!mayAttach(row.status)) return { ok: false, errors: { '': '已归档、作废的案件不再附材料' } }
    if ((await listPapers(tx, bodyId, caseId)).length + held.length > MOST_CASE_PAPERS) return { ok: false, errors: { files: `一件至多 ${MOST_CASE_PAPERS} 份` } }
    const count = await movePapers(tx, { bodyId, from: formId, to: caseId, paperIds: held, kind, givenOn, at: deps.clock.now() })
    await record(tx, actor, 'application.papers-attached', { bodyId, target: caseId }, { kind, papers: count })
    return { ok: true, count }
  })
}

export const mayAttach = (status: string): boolean => !['archived', 'voided', 'split', 'draft'].includes(status)
