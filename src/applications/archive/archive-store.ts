import './tables.ts'
import type { Selectable } from 'kysely'
import { getSetting } from '../../bodies/index.ts'
import type { Tables, Tx } from '../../platform/db.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/id.ts'
import { enqueue } from '../../platform/jobs.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { retainUntil } from './retention.ts'
import type { ArchiveActKind } from './tables.ts'

export interface CaseRef {
  bodyId: string
  caseId: string
}

export type Archive = Selectable<Tables['application_archive']>

export const BUILD_JOB = 'applications.build-archive'

const rowsOf = (tx: Tx, { bodyId, caseId }: CaseRef) => tx.selectFrom('application_archive').selectAll().where('body_id', '=', bodyId).where('case_id', '=', caseId)
const updateOf = (tx: Tx, { bodyId, caseId }: CaseRef) => tx.updateTable('application_archive').where('body_id', '=', bodyId).where('case_id', '=', caseId)

/** 一件的档案；还没有做过包的为 null。 */
export const findArchive = async (tx: Tx, ref: CaseRef): Promise<Archive | null> => (await rowsOf(tx, ref).executeTakeFirst()) ?? null

/** 锁住所见的那一版再办；没有抛 `NotFound`，已被别人改过的抛 `Conflict`。 */
export async function lockArchive(tx: Tx, ref: CaseRef, seen: number): Promise<Archive> {
  const row = await rowsOf(tx, ref).forUpdate().executeTakeFirst()
  if (row === undefined) throw new NotFound('这份档案')
  if (row.version !== seen) throw new Conflict(seen, row.version)
  return row
}

/**
 * 交办做（重做）一件的档案包，同一事务；已去标识化、已销毁的不再做，返回是否交办。
 * @param archivedOn 归档之日；还没有归档的为 null，做的是预览
 */
export async function queuePackage(tx: Tx, ref: CaseRef, { archivedOn, by, at }: { archivedOn: PlainDate | null; by: string; at: Date }): Promise<boolean> {
  const known = await rowsOf(tx, ref).forUpdate().executeTakeFirst()
  if (known !== undefined && (known.deidentified_on !== null || known.state === 'destroyed')) return false
  const retention = known?.archived_on === null || known === undefined ? await getSetting(tx, ref.bodyId, 'caseRetention') : known.retention
  const asked = { state: 'waiting', preview: archivedOn === null, attempt: 0, done: 0, total: 0, message: null, requested_by: by, requested_at: at, archived_on: archivedOn, retention, retain_until: archivedOn === null ? null : retainUntil(archivedOn, retention) } as const
  await tx
    .insertInto('application_archive')
    .values({ body_id: ref.bodyId, case_id: ref.caseId, ...asked, ...BLANK, version: 1 })
    .onConflict((clash) => clash.columns(['body_id', 'case_id']).doUpdateSet((eb) => ({ ...asked, version: eb('application_archive.version', '+', 1) })))
    .execute()
  await enqueue(tx, BUILD_JOB, { ...ref }, { key: `${BUILD_JOB}/${ref.bodyId}/${ref.caseId}` })
  return true
}

const BLANK = {
  case_version: null, file_key: null, size: null, hash: null, files: null, traces: [], held_because: null, held_by: null, deidentified_on: null,
  destroy_because: null, destroy_proposed_by: null, destroyed_by: null, destroyed_on: null,
}

/** 哪一次制作：被后一次接手、又交办过的，写不下结果。 */
export interface Claim {
  version: number
  attempt: number
}

/** 任务来做：次数加一；不必做的为 null。 */
export async function claimBuild(tx: Tx, ref: CaseRef): Promise<Archive | null> {
  const row = await updateOf(tx, ref).where('state', 'in', ['waiting', 'building']).set((eb) => ({ state: 'building' as const, attempt: eb('attempt', '+', 1), done: 0 })).returningAll().executeTakeFirst()
  return row ?? null
}

const claimed = (tx: Tx, ref: CaseRef, { version, attempt }: Claim) => updateOf(tx, ref).where('state', '=', 'building').where('version', '=', version).where('attempt', '=', attempt)

export async function saveProgress(tx: Tx, ref: CaseRef, claim: Claim, done: number, total: number): Promise<void> {
  await claimed(tx, ref, claim).set({ done, total }).execute()
}

export async function saveBuildFailed(tx: Tx, ref: CaseRef, claim: Claim, message: string): Promise<void> {
  await claimed(tx, ref, claim).set({ state: 'failed', message: message.slice(0, 500) }).execute()
}

export interface Built {
  caseVersion: number
  fileKey: string
  size: number
  hash: string
  files: number
  traces: readonly string[]
}

/** 做成了；返回是否写下。 */
export async function saveBuilt(tx: Tx, ref: CaseRef, claim: Claim, { caseVersion, fileKey, size, hash, files, traces }: Built): Promise<boolean> {
  const { numUpdatedRows } = await claimed(tx, ref, claim).set({ state: 'kept', case_version: caseVersion, file_key: fileKey, size, hash, files, traces: [...traces] }).executeTakeFirst()
  return numUpdatedRows === 1n
}

type Changes = Partial<Pick<Archive, 'state' | 'retention' | 'retain_until' | 'held_because' | 'held_by' | 'deidentified_on' | 'destroy_because' | 'destroy_proposed_by' | 'destroyed_by' | 'destroyed_on' | 'file_key'>>

/** 在锁住的一件上记下一次鉴定、保全、去标识化，并登记。 */
export async function saveAct(tx: Tx, { version, ...ref }: CaseRef & { version: number }, changes: Changes, act: { kind: ArchiveActKind; reason: string; by: string; on: PlainDate }): Promise<void> {
  await updateOf(tx, ref).set({ ...changes, version: version + 1 }).execute()
  await tx.insertInto('application_archive_act').values({ body_id: ref.bodyId, case_id: ref.caseId, act_id: newId(), kind: act.kind, reason: act.reason, done_by: act.by, done_on: act.on }).execute()
}

const MOST_ACTS = 100

/** 登记簿上这一件的各条，先办的在先；至多一百条。 */
export const listActs = (tx: Tx, { bodyId, caseId }: CaseRef) =>
  tx.selectFrom('application_archive_act').selectAll().where('body_id', '=', bodyId).where('case_id', '=', caseId).orderBy('act_id').limit(MOST_ACTS).execute()
