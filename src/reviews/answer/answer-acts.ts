import { record } from '../../audit/index.ts'
import { actorKey, requirePermission, settleBehalf, standsInFor } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { notify } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { hrefOfAnswer } from '../desk/hrefs.ts'
import { handlersOfCase } from '../tell.ts'
import { toAnswerDocument } from './answer-document.ts'
import { getAnswerSource } from './answer-source.ts'
import { ANSWER_TYPES, answerTypeOf, deleteAnswer, insertAnswer, isReport, listAnswers, lockAnswer, nextAnswerNumber, saveDraft, saveIssued, saveReturned, saveSubmitted } from './answer-store.ts'
import type { Answer, AnswerContent, AnswerRef } from './answer-store.ts'
import { composeAnswer } from './compose-answer.ts'
import { isPending } from '../performance/duty.ts'
import { composeReport } from '../performance/compose-report.ts'
import { hasErrors, lintAnswer, lintReport } from './lint-answer.ts'

export const ANSWER_REFUSED = {
  'not-now': '这件文书现在不能办这一步',
  'open-already': '已有一件没有签发的，请接着改那一件',
  'answered-already': '已经答复、答辩了，不能再起草',
  'duty-over': '这份意见书、建议书已经反馈，或者不再履行',
  'lint-errors': '核对有错误，改好再送签',
  'own-draft': '起草、改过的人不能签发、退回自己的文书',
  'delegator-drafted': '委托您的人起草了这一件，您不能代他签发',
  'no-code-word': '本机关没有设置机关代字，不能编文号',
} as const
export type AnswerRefusal = keyof typeof ANSWER_REFUSED
export type AnswerDone = { ok: true } | { ok: false; refusal: AnswerRefusal }

const refuse = (refusal: AnswerRefusal): AnswerDone => ({ ok: false, refusal })
const keysOf = (deps: Deps) => fieldKeys(deps.config.secretKey)
const auditOf = (ref: AnswerRef) => ({ bodyId: ref.bodyId, target: ref.caseId })

/** 起草：由记录拟成；一件案件同时只有一件没有签发的答复书、答辩状，一份意见书、建议书只有一件没有签发的报告、复函。 */
export function draftAnswer(deps: Deps, actor: Actor, { dutyId = null, ...ref }: AnswerRef & { dutyId?: string | null }): Promise<AnswerDone> {
  requirePermission(actor, 'review.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const source = await getAnswerSource(tx, deps, ref.bodyId, ref.caseId)
    const duty = source.opened.state.duties.find(({ id }) => id === dutyId)
    if (dutyId === null && !isAwaited(source.opened.state.status)) return refuse('answered-already')
    if (dutyId !== null && (duty === undefined || !isPending(duty) || (duty.kind !== 'opinion' && duty.kind !== 'suggestion'))) return refuse('duty-over')
    if ((await listAnswers(tx, ref.bodyId, ref.caseId)).some((one) => one.status !== 'issued' && one.dutyId === dutyId)) return refuse('open-already')
    const type = duty === undefined ? answerTypeOf(source.opened.kind) : duty.kind === 'opinion' ? 'opinion-report' : 'suggestion-reply'
    const content = duty === undefined ? composeAnswer(source) : composeReport(source, duty)
    await insertAnswer(tx, keysOf(deps), ref, { type, content, dutyId, by: actorKey(actor), at: deps.clock.now() })
    await record(tx, actor, 'dispute-letter.drafted', auditOf(ref))
    return { ok: true }
  })
}

/** 还等着答复、答辩。 */
export const isAwaited = (status: string): boolean => status === 'received' || status === 'filed'

/** 改：送签了的改了须重新送签。 */
export function reviseAnswer(deps: Deps, actor: Actor, { content, seen, ...ref }: AnswerRef & { content: AnswerContent; seen: number }): Promise<AnswerDone> {
  requirePermission(actor, 'review.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const found = await lockAnswer(tx, keysOf(deps), { ...ref, seen })
    if (found.status !== 'draft' && found.status !== 'returned') return refuse('not-now')
    await saveDraft(tx, keysOf(deps), ref, { content, draftedBy: [...new Set([...found.draftedBy, actorKey(actor)])], version: found.version })
    await record(tx, actor, 'dispute-letter.revised', auditOf(ref))
    return { ok: true }
  })
}

async function refuseLint(tx: Tx, deps: Deps, ref: AnswerRef, found: Answer): Promise<boolean> {
  const source = await getAnswerSource(tx, deps, ref.bodyId, ref.caseId)
  return hasErrors(isReport(found.type) ? lintReport(found.content, null) : lintAnswer(found.content, source, { today: deps.clock.today(), dueOn: null }))
}

/** 送签：核对有错误的送不出；告诉负责人、领导。 */
export function submitAnswer(deps: Deps, actor: Actor, { seen, ...ref }: AnswerRef & { seen: number }): Promise<AnswerDone> {
  requirePermission(actor, 'review.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const found = await lockAnswer(tx, keysOf(deps), { ...ref, seen })
    if (found.status !== 'draft' && found.status !== 'returned') return refuse('not-now')
    if (await refuseLint(tx, deps, ref, found)) return refuse('lint-errors')
    await saveSubmitted(tx, ref, found.version)
    await record(tx, actor, 'dispute-letter.submitted', auditOf(ref))
    await tell(tx, deps, ref, found, { roles: ['disclosure-head', 'leader'], except: actorKey(actor), word: 'submitted', title: '等您签发' })
    return { ok: true }
  })
}

/** 退回起草的人，写明意见。 */
export function returnAnswer(deps: Deps, actor: Actor, { seen, remark, ...ref }: AnswerRef & { seen: number; remark: string }): Promise<AnswerDone> {
  requirePermission(actor, 'review.approve', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const found = await lockAnswer(tx, keysOf(deps), { ...ref, seen })
    if (found.status !== 'submitted') return refuse('not-now')
    if (found.draftedBy.includes(actorKey(actor))) return refuse('own-draft')
    await saveReturned(tx, keysOf(deps), ref, { remark, version: found.version })
    await record(tx, actor, 'dispute-letter.returned', auditOf(ref))
    await tell(tx, deps, ref, found, { accounts: found.draftedBy, word: 'returned', title: '退回修改' })
    return { ok: true }
  })
}

/** 签发：编号、固定，此后不变；起草的人、委托起草人办的都不得签发。 */
export async function issueAnswer(deps: Deps, actor: Actor, { seen, ...ref }: AnswerRef & { seen: number }): Promise<AnswerDone> {
  requirePermission(actor, 'review.approve', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const found = await lockAnswer(tx, keysOf(deps), { ...ref, seen })
    if (found.status !== 'submitted') return refuse('not-now')
    if (found.draftedBy.includes(actorKey(actor))) return refuse('own-draft')
    const forWhom = standsInFor(actor, 'review.approve', found.draftedBy)
    if (forWhom === undefined) return refuse('delegator-drafted')
    if (await refuseLint(tx, deps, ref, found)) return refuse('lint-errors')
    const { body } = await getAnswerSource(tx, deps, ref.bodyId, ref.caseId)
    if (body.codeWord === null) return refuse('no-code-word')
    settleBehalf(actor, forWhom)
    const on = deps.clock.today()
    const { word } = ANSWER_TYPES[found.type]
    const docNo = `${body.codeWord}${word}〔${yearOf(on)}〕${await nextAnswerNumber(tx, ref.bodyId, word, yearOf(on))}号`
    const model = toAnswerDocument({ type: found.type, content: found.content, docNo, on, bodyName: body.name, demo: body.demo })
    await saveIssued(tx, keysOf(deps), ref, { model, docNo, by: actorKey(actor), on, version: found.version })
    await record(tx, actor, 'dispute-letter.issued', auditOf(ref))
    await tell(tx, deps, ref, found, { accounts: found.draftedBy, word: 'issued', title: '已签发，请送出' })
    return { ok: true }
  })
}

/** 不要了：没有签发的删去。 */
export function discardAnswer(deps: Deps, actor: Actor, { seen, ...ref }: AnswerRef & { seen: number }): Promise<AnswerDone> {
  requirePermission(actor, 'review.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const found = await lockAnswer(tx, keysOf(deps), { ...ref, seen })
    if (found.status !== 'draft' && found.status !== 'returned') return refuse('not-now')
    await deleteAnswer(tx, ref)
    await record(tx, actor, 'dispute-letter.discarded', auditOf(ref))
    return { ok: true }
  })
}

interface Told {
  accounts?: readonly string[]
  roles?: Parameters<typeof notify>[1]['roles']
  except?: string
  word: string
  title: string
}

async function tell(tx: Tx, deps: Deps, ref: AnswerRef, found: Answer, { accounts = [], roles = [], except, word, title }: Told): Promise<void> {
  const { opened } = await getAnswerSource(tx, deps, ref.bodyId, ref.caseId)
  const at = deps.clock.now()
  const to = accounts.length > 0 || roles.length > 0 ? accounts : await handlersOfCase(tx, { ...ref, at }, opened.state.handler)
  await notify(tx, { bodyId: ref.bodyId, at, accounts: to, roles, ...(except === undefined ? {} : { except }), key: `dispute-letter/${ref.letterId}/${word}/${found.version}`, title: `${opened.state.facts.caseNo}：${ANSWER_TYPES[found.type].title}${title}`, note: '', href: hrefOfAnswer(ref.caseId, ref.letterId) })
}
