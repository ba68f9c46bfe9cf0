import type { Hono } from 'hono'
import { actOnApplication, addDocument, answerConsent, confirmDocument, draftLetter, issueLetter, linkSameInformation, provideWhole, publishLogEntry, rate, saveLogDraft, signLetter, suggestPublication } from '../../src/applications/testing.ts'
import type { ActionName } from '../../src/applications/testing.ts'
import { aCitizen, fillDraft, submitDraft } from '../../src/applications/citizen/testing-citizen.ts'
import type { Citizen } from '../../src/applications/citizen/testing-citizen.ts'
import { toPdf } from '../../src/documents/index.ts'
import type { Deps } from '../../src/platform/deps.ts'
import { newId } from '../../src/platform/id.ts'
import type { Street } from './street.ts'

export interface Followed {
  /** 待缴费的、答复送达之后评价过的，都正在查询 */
  payer: Citizen
  asker: Citizen
  /** 答复刚送达，还没有评价、建议的一位 */
  wisher: Citizen
  wishedId: string
  /** 已取得答复的那一件：有文书、附件、评价、建议，答复已公布 */
  askedId: string
  entryId: string
  documentId: string
}

const must = <T extends { ok: boolean }>(result: T): T => {
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result
}

/** 三件网上申请：一件待缴费；一件答复刚送达，拟公布；一件答复已送达，附有文件，评价过，建议主动公开，答复已公布。 */
export async function followed(app: Hono, deps: Deps, { bodyId, staff }: Street): Promise<Followed> {
  const today = deps.clock.today()
  const file = async (citizen: Citizen): Promise<{ caseId: string; receipt: { regNo: string; code: string } }> => {
    await fillDraft(citizen, '/apply/sljd')
    const receipt = await submitDraft(citizen, '/apply/sljd')
    const { case_id: caseId } = await deps.db.selectFrom('application').select('case_id').where('reg_no', '=', receipt.regNo).executeTakeFirstOrThrow()
    return { caseId, receipt }
  }
  const act = async (caseId: string, name: ActionName, fields: Record<string, string> = {}, by = staff.officer): Promise<void> => {
    const { version } = await deps.db.selectFrom('application').select('version').where('case_id', '=', caseId).executeTakeFirstOrThrow()
    must(await actOnApplication(deps, by, { bodyId, caseId, seen: version, name, given: (field) => ({ on: today, ...fields })[field] ?? '' }))
  }
  const [payer, asker, wisher] = [aCitizen(app), aCitizen(app), aCitizen(app)]
  const [owed, asked, wished] = [await file(payer), await file(asker), await file(wisher)]
  for (const { caseId } of [owed, asked, wished]) await act(caseId, 'confirm-receipt')
  await act(owed.caseId, 'notice-fee', { mode: 'PAGES', pages: '120' }, staff.head)
  const { caseId } = asked
  await answerConsent(deps, { bodyId, caseId }, false)
  const documentId = newId()
  const ref = { bodyId, caseId, documentId }
  const bytes = await toPdf({ title: '批复', creator: '示例', datedOn: '2023-03-01', demo: false, blocks: [{ kind: 'paragraph', spans: ['同意加装电梯。'] }] })
  must(await addDocument(deps, staff.handler, { ...ref, name: '批复.pdf', bytes }))
  must(await provideWhole(deps, staff.handler, { ...ref, seen: 1 }))
  const { hash } = await deps.db.selectFrom('application_document').select('hash').where('document_id', '=', documentId).executeTakeFirstOrThrow()
  must(await confirmDocument(deps, staff.head, { ...ref, seen: 2, hash }))
  await act(caseId, 'propose', { outcome: 'GRANTED', 'evidence.provided': '批复的电子件' })
  await act(caseId, 'approve', {}, staff.leader)
  const letter = { bodyId, caseId, letterId: newId() }
  must(await draftLetter(deps, staff.officer, { ...letter, type: 'L15', recipient: '', fields: { infoName: '某小区加装电梯的批复' } }))
  must(await signLetter(deps, staff.leader, { ...letter, seen: 1 }))
  must(await issueLetter(deps, staff.officer, { ...letter, seen: 2 }))
  await act(caseId, 'dispatch', { method: 'DIRECT' })
  await act(caseId, 'serve')
  await suggestPublication(deps, { bodyId, caseId }, 'awareness')
  must(await linkSameInformation(deps, staff.officer, { bodyId, caseId, otherId: owed.caseId }))
  await rate(deps, { bodyId, caseId }, { score: 'basic', words: '答复很清楚，只是等得久了些。' })
  const words = { title: '某小区加装电梯的批复', asked: '某小区加装电梯的批复文件。', answer: '予以公开。\n批复同意加装电梯，写明施工期限与楼栋。' }
  must(await saveLogDraft(deps, staff.officer, { bodyId, caseId, seen: 0, words, documentIds: [documentId] }))
  const entry = await deps.db.selectFrom('answered_request').select(['entry_id', 'content_hash']).where('case_id', '=', caseId).executeTakeFirstOrThrow()
  must(await publishLogEntry(deps, staff.head, { bodyId, caseId, hash: entry.content_hash }))
  await act(wished.caseId, 'propose', { outcome: 'GRANTED', 'evidence.provided': '批复的电子件' })
  await act(wished.caseId, 'approve', {}, staff.leader)
  await act(wished.caseId, 'dispatch', { method: 'DIRECT' })
  await act(wished.caseId, 'serve')
  must(await saveLogDraft(deps, staff.handler, { bodyId, caseId: wished.caseId, seen: 0, words, documentIds: [] }))
  await payer.post('/applications/track', owed.receipt)
  await asker.post('/applications/track', asked.receipt)
  await wisher.post('/applications/track', wished.receipt)
  return { payer, asker, wisher, wishedId: wished.caseId, askedId: caseId, entryId: entry.entry_id, documentId }
}
