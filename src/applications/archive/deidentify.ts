import { record } from '../../audit/index.ts'
import { actorKey } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import type { ApplicationEvent } from '../events.ts'
import { lockApplication } from '../followers.ts'
import { getApplication } from '../queries.ts'
import { findArchive, lockArchive, saveAct } from './archive-store.ts'
import type { Archive, CaseRef } from './archive-store.ts'
import { SYSTEM } from './build-package.ts'
import { getCaseFile } from './case-file.ts'
import type { CaseFile } from './case-file.ts'
import type { ListDisputed } from './find-dispute.ts'
import { listEntries } from './package-entries.ts'
import { checkPackage, sm3 } from './package/index.ts'
import { openPackage } from './package-file.ts'
import { removeFilesLater } from './remove-files.ts'
import { refuseDeidentify } from './refuse-deidentify.ts'
import { stripCase } from './strip-case.ts'

const WHY = '归档已满规定的日数，档案包核对无误'

/**
 * 去标识化：档案包从头核对，工作库里的各份原件逐份都在包里，然后从工作库删去申请人的资料、材料、文书与附件的内容。
 * 返回没有办的缘故；办了的为 null。时间线一字不动，照样可以核对。
 */
export async function deidentify(deps: Deps, ref: CaseRef, listDisputed: ListDisputed): Promise<string | null> {
  const archive = await findArchive(deps.db, ref)
  if (archive === null) return '还没有归档、做成档案包'
  const file = await getCaseFile(deps, ref.bodyId, ref.caseId)
  const asked = { applicantIds: applicantsIn(file.events), version: file.version, today: deps.clock.today(), listDisputed }
  const refused = (await refuseDeidentify(deps.db, archive, asked)) ?? (await missingIn(deps, ref, archive, file))
  if (refused !== null) return refused
  return transaction(deps.db, async (tx) => {
    await lockApplication(tx, ref.bodyId, ref.caseId)
    const locked = await lockArchive(tx, ref, archive.version)
    const { version } = await getApplication(tx, ref.bodyId, ref.caseId)
    const again = await refuseDeidentify(tx, locked, { ...asked, version })
    if (again !== null) return again
    const now = await getCaseFile({ ...deps, db: tx }, ref.bodyId, ref.caseId)
    if (originalsOf(now) !== originalsOf(file)) return '核对期间又有改动，下次再办'
    const keys = await stripCase(tx, fieldKeys(deps.config.secretKey), now, asked.applicantIds)
    await removeFilesLater(tx, keys, deps.clock.now())
    await saveAct(tx, { ...ref, version: locked.version }, { deidentified_on: asked.today }, { kind: 'deidentified', reason: WHY, by: actorKey(SYSTEM), on: asked.today })
    await record(tx, SYSTEM, 'archive.deidentified', { bodyId: ref.bodyId, target: ref.caseId }, { hash: archive.hash })
    return null
  })
}

/** 时间线里先后出现过的申请人：登记的，与更正前后的。 */
function applicantsIn(events: readonly RecordedEvent<ApplicationEvent>[]): string[] {
  const ids = events.flatMap(({ event }): unknown[] => {
    if (event.kind === 'received' || event.kind === 'submitted' || event.kind === 'drafted') return [event.particulars.applicantId]
    return event.kind === 'corrected' ? event.changes.flatMap(({ field, before, after }) => (field === 'applicantId' ? [before, after] : [])) : []
  })
  return [...new Set(ids.filter((id) => typeof id === 'string'))]
}

const originalsOf = ({ papers, letters, documents }: CaseFile): string =>
  JSON.stringify([papers.map(({ paperId }) => paperId), letters.map(({ letterId }) => letterId), documents.map(({ documentId, version }) => [documentId, version])])

// 逐份读出工作库里的原件，都要在包里、摘要相同
async function missingIn(deps: Deps, ref: CaseRef, archive: Archive, file: CaseFile): Promise<string | null> {
  const checked = await checkPackage(openPackage(deps.files, fieldKeys(deps.config.secretKey), ref, archive.file_key ?? ''))
  if (!checked.ok) return `档案包不完好：${checked.fault.path} ${checked.fault.message}`
  if (checked.manifest.packageHash !== archive.hash) return '档案包与登记的摘要不符'
  const kept = new Map(checked.manifest.files.map(({ path, sm3: hash }) => [path, hash]))
  for (const { path, original, load } of listEntries(deps, file)) {
    if (original && kept.get(path) !== sm3(await load())) return `档案包里没有 ${path}，或者与工作库的不同`
  }
  return null
}
