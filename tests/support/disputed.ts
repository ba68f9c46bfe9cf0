import { PNG } from '../../src/applications/citizen/testing-citizen.ts'
import type { SignedInActor } from '../../src/identity/index.ts'
import { fieldKeys } from '../../src/platform/crypto.ts'
import type { Deps } from '../../src/platform/deps.ts'
import { newId } from '../../src/platform/id.ts'
import { addListed, draftAnswer, getAnswer, issueAnswer, openCase, registerCase, reviseAnswer, runStep, submitAnswer } from '../../src/reviews/testing.ts'
import type { Street } from './street.ts'

export interface Disputed {
  /** 待答复：有证据（一份上传的），答复书待签发 */
  review: string
  evidenceId: string
  submitted: string
  /** 待答辩，有一次开庭；答辩状起草中 */
  suit: string
  drafted: string
  /** 已答复：答复书已签发、送出 */
  answered: string
  issued: string
}

type Given = Readonly<Record<string, string>>

/** 示例街道的几件复议、诉讼，办到各步。 */
export async function disputed(deps: Deps, { bodyId, staff, records }: Street): Promise<Disputed> {
  const today = deps.clock.today()
  const keys = fieldKeys(deps.config.secretKey)
  const reader = (given: Given) => (name: string) => given[name] ?? ''
  async function register(kind: 'review' | 'direct', caseNo: string): Promise<string> {
    const caseId = newId()
    const given = { on: today, caseNo, organ: kind === 'review' ? '示例区人民政府' : '示例区人民法院', decisionNo: '示街公开答〔2025〕1号', ground: '认为遮盖的内容过多', procedure: 'ordinary', role: 'original', partyKind: 'person', name: '卫样例', contact: '13800000000' }
    const done = await registerCase(deps, staff.officer, { bodyId, caseId, kind, applicationId: records.application, given: reader(given) })
    if (!done.ok) throw new Error(done.refusal)
    return caseId
  }
  async function step(caseId: string, name: string, given: Given): Promise<void> {
    const { version } = await openCase(deps.db, bodyId, caseId)
    const done = await runStep(deps, staff.officer, { bodyId, caseId, seen: version, name, given: reader({ on: today, ...given }) })
    if (!done.ok) throw new Error(`${name}：${done.refusal}`)
  }
  async function draft(caseId: string): Promise<string> {
    const letterId = newId()
    must(await draftAnswer(deps, staff.officer, { bodyId, caseId, letterId }))
    return letterId
  }
  async function submit(caseId: string, letterId: string, by: SignedInActor = staff.officer): Promise<void> {
    const ref = { bodyId, caseId, letterId }
    const { content, version } = await getAnswer(deps.db, keys, ref)
    must(await reviseAnswer(deps, by, { ...ref, seen: version, content: { ...content, paragraphs: content.paragraphs.map((text) => text.replace(/〔请写明[^〕]*〕/gu, '本机关已尽合理检索的义务。')) } }))
    must(await submitAnswer(deps, by, { ...ref, seen: version + 1 }))
  }

  const review = await register('review', '示复〔2026〕1号')
  must(await addListed(deps, staff.officer, { bodyId, caseId: review, content: { name: '申请登记表', proves: '证明所求的内容', pages: '1—2' }, files: [{ field: 'file', name: '登记表.png', bytes: PNG }] }))
  must(await addListed(deps, staff.officer, { bodyId, caseId: review, content: { name: '检索记录', proves: '', pages: '' }, files: [] }))
  const { evidence_id: evidenceId } = await deps.db.selectFrom('dispute_evidence').select('evidence_id').where('body_id', '=', bodyId).where('case_id', '=', review).where('file_key', 'is not', null).executeTakeFirstOrThrow()
  const submitted = await draft(review)
  await submit(review, submitted)

  const suit = await register('direct', '（2026）示例行初1号')
  await step(suit, 'set-hearing', { day: '2026-02-03', time: '09:30', place: '示例区人民法院第三法庭', attends: 'head', account: '' })
  const drafted = await draft(suit)

  const answered = await register('review', '示复〔2026〕2号')
  const issued = await draft(answered)
  await submit(answered, issued)
  const { version } = await getAnswer(deps.db, keys, { bodyId, caseId: answered, letterId: issued })
  must(await issueAnswer(deps, staff.head, { bodyId, caseId: answered, letterId: issued, seen: version }))
  await step(answered, 'answer', { letter: issued })
  return { review, evidenceId, submitted, suit, drafted, answered, issued }
}

function must(result: { ok: boolean }): void {
  if (!result.ok) throw new Error(JSON.stringify(result))
}
