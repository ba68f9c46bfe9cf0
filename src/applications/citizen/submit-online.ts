import { record } from '../../audit/index.ts'
import { getBody, getSetting } from '../../bodies/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { accessCodeOf, insertAccess } from './access-code.ts'
import { insertApplicants } from '../applicants/applicant-store.ts'
import { firstUnfinished, toIntake } from './citizen-form.ts'
import type { CitizenStep } from './citizen-form.ts'
import { submit } from '../decisions.ts'
import { closeDraft, findDraft } from './draft-store.ts'
import type { DraftKey } from './draft-store.ts'
import { nextRegNo } from '../reg-number.ts'
import { getGround } from '../settings.ts'
import { saveApplications } from '../store.ts'
import { tellOfApplicant } from '../tell.ts'

/** 公众自己办的，记在门户名下：申请人不是账号，姓名不入留痕。 */
export const APPLICANT_ACTOR = { kind: 'system', name: 'portal' } as const
export const APPLICANT_KEY = 'system:portal'

export type Submitted = { ok: true } | { ok: false; unfinished: CitizenStep } | { ok: false; unfinished: null }

/**
 * 提交一份草稿：编登记号、存申请人（加密）与查询码（摘要）、记为待确认收到，同一事务。
 * 互联网提交的以双方确认之日为收到之日（条例第三十一条），此前期限不走。
 * 同一草稿提交两次只成一件：草稿锁住，后来的见到已提交。草稿没有了的 `unfinished` 为 null。
 */
export function submitOnline(deps: Deps, key: DraftKey): Promise<Submitted> {
  const { bodyId, token } = key
  const keys = fieldKeys(deps.config.secretKey)
  return transaction(deps.db, async (tx) => {
    const at = deps.clock.now()
    const today = deps.clock.today()
    const draft = await findDraft(tx, keys, key, at, true)
    if (draft === null) return { ok: false, unfinished: null }
    if (draft.answers === null) return { ok: true }
    const unfinished = firstUnfinished(draft.answers)
    const intake = toIntake(draft.answers, today)
    if (unfinished !== null || intake === null) return { ok: false, unfinished: unfinished ?? 'who' }
    const { caseId } = draft
    const ground = await getGround(tx, bodyId, today)
    const body = await getBody(tx, bodyId)
    const template = await getSetting(tx, bodyId, 'regNoTemplate')
    const regNo = await nextRegNo(tx, bodyId, { template, codeWord: body.codeWord ?? '', year: yearOf(today) })
    const applicantId = newId()
    const { kind: applicantKind, channel, content, form } = intake
    const decision = submit(null, today, { regNo, channel, applicantKind, applicantId, content, form, splitFrom: null, note: null }, ground)
    if (!decision.ok) throw new Error(`填好的申请不能提交：${decision.refusal}`)
    await insertApplicants(tx, keys, bodyId, [{ applicantId, kind: applicantKind, ...intake.applicant }], at)
    await saveApplications(tx, [{ found: { bodyId, caseId, version: 0, state: null }, events: decision.events }], { actor: APPLICANT_KEY, at }, ground)
    await insertAccess(tx, keys, { bodyId, caseId, code: accessCodeOf(keys, token, caseId) }, at)
    await closeDraft(tx, draft, at)
    await record(tx, APPLICANT_ACTOR, 'application.submitted', { bodyId, target: caseId })
    await tellOfApplicant({ tx, bodyId, caseId, at }, { regNo, handler: null }, 'submitted', { title: '收到一件网上申请', note: '当日须与申请人确认收到，确认之日为收到之日（条例第三十一条）。' })
    return { ok: true }
  })
}
