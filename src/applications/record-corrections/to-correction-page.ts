import { getCalendar, getSetting } from '../../bodies/index.ts'
import { actorKey, can, standsInFor } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import type { DueDateProps } from '../../platform/html/index.ts'
import { maskName } from '../../platform/mask.ts'
import { countWorkingDays } from '../../statute/calendar.ts'
import type { Calendar } from '../../statute/calendar.ts'
import { listMaskedNames } from '../applicants/applicant-store.ts'
import { issuedDocument } from '../letter-desk/letter-files.ts'
import type { IssuedModel } from '../letter-desk/letter-store.ts'
import { getGround } from '../settings.ts'
import { CORRECTION_ACTS, proposersOf } from './correction-acts.ts'
import { composeCorrectionLetter } from './correction-letter.ts'
import type { CorrectionPageModel } from './correction-pages.tsx'
import { hrefOf } from './correction-pages.tsx'
import type { RecordCorrection } from './correction-store.ts'
import { canStep, correctionDueOn } from './record-correction.ts'
import type { CorrectionStatus, CorrectionStep } from './record-correction.ts'

const NEXT: Readonly<Record<CorrectionStatus, string>> = {
  open: '核实记录：有权更正的，予以更正或者不予更正；无权更正的，转送有权更正的机关，或者告知向其提出（条例第四十一条）。',
  proposed: '处理已拟定，等负责人批准；拟定的人不能批准自己拟定的。',
  decided: '把更正告知书告知申请人，记下告知之日。',
  told: '办理完毕。',
  withdrawn: '申请人已撤回，办结。',
}

/** 更正申请一页的内容：期限、告知书（已作出的用固定的，拟定的现拟）、此人能办的。 */
export async function toCorrectionPage(deps: Deps, actor: SignedInActor, bodyId: string, found: RecordCorrection): Promise<Omit<CorrectionPageModel, 'people' | 'flash'>> {
  const { db } = deps
  const keys = fieldKeys(deps.config.secretKey)
  const canReadPerson = can(actor, 'personal-data.read', bodyId)
  const name = canReadPerson ? ((await listMaskedNames(db, keys, bodyId, [found.applicantId])).get(found.applicantId) ?? '') : '您的岗位不看姓名'
  const composed = await letterOf(deps, bodyId, found)
  const steps = (Object.keys(CORRECTION_ACTS) as CorrectionStep[]).filter(
    (step) => canStep(found.status, step) && can(actor, CORRECTION_ACTS[step].permit, bodyId) && !(step === 'decide' && found.proposedBy === actorKey(actor)) && standsInFor(actor, CORRECTION_ACTS[step].permit, proposersOf(found, step)) !== undefined,
  )
  return {
    found,
    name,
    due: dueOf(found, deps.clock.today(), await getSetting(db, bodyId, 'recordCorrectionDays'), await getCalendar(db)),
    document: composed.model === null ? null : issuedDocument(masked(composed.model, found)),
    problems: composed.problems,
    acts: steps.map((step) => ({ href: `${hrefOf(found.correctionId)}/${step}`, label: CORRECTION_ACTS[step].label })),
    canReadPerson,
    next: NEXT[found.status],
  }
}

async function letterOf(deps: Deps, bodyId: string, found: RecordCorrection): Promise<{ model: IssuedModel | null; problems: readonly string[] }> {
  if (found.letter !== null) return { model: found.letter.model, problems: [] }
  if (found.status !== 'proposed' || found.answer === null) return { model: null, problems: [] }
  const ground = await getGround(deps.db, bodyId, deps.clock.today())
  const composed = await composeCorrectionLetter(deps.db, fieldKeys(deps.config.secretKey), { bodyId, found, answer: found.answer, ground, on: ground.today, docNo: null })
  return composed.ok ? { model: composed.model, problems: [] } : { model: null, problems: composed.problems.map(({ message }) => message) }
}

// 屏幕上自然人只留姓
const masked = (model: IssuedModel, { applicantKind }: RecordCorrection): IssuedModel =>
  applicantKind === 'N' ? { ...model, letter: { ...model.letter, recipient: maskName(model.letter.recipient) } } : model

function dueOf(found: RecordCorrection, today: string, days: number, calendar: Calendar): DueDateProps | null {
  const label = '内部期限（本区设定）'
  const on = correctionDueOn(found.receivedOn, days, calendar)
  if (found.status === 'withdrawn') return null
  if (on === null) return { label, on: null, state: 'paused', note: '尚无所涉年份的节假日安排' }
  const basis = `${days} 个工作日，条例没有规定`
  if (found.decidedOn !== null) return { label, on, state: found.decidedOn <= on ? 'met' : 'late', note: `${found.decidedOn} 作出处理` }
  if (today > on) return { label, on, state: 'late', note: `已逾期 ${countWorkingDays(on, today, calendar)} 个工作日` }
  const left = countWorkingDays(today, on, calendar)
  return { label, on, state: left <= 5 ? 'soon' : 'ahead', note: `还有 ${left} 个工作日（${basis}）` }
}
