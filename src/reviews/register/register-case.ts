import { getApplicant, getDisputed } from '../../applications/index.ts'
import type { Given } from '../../applications/index.ts'
import { record } from '../../audit/index.ts'
import { getCalendar } from '../../bodies/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { isId, newId } from '../../platform/id.ts'
import type { SharedEvent } from '../hearing.ts'
import { newLitigation, saveLitigation } from '../litigation-store.ts'
import { fileLitigation } from '../litigation.ts'
import type { LitigationEvent } from '../litigation.ts'
import { getReview, newReview, saveReviews } from '../review-store.ts'
import { acceptReview, evolveReview, receiveReview, sueAfterReview } from '../review.ts'
import type { ReviewEvent } from '../review.ts'
import type { StepRefusal } from '../case-step.ts'
import { insertParty } from '../parties/party-store.ts'
import type { Party } from '../parties/party-store.ts'
import { isRegistered } from './find-registered.ts'
import { NO_REVIEW, SAME } from './register-fields.ts'
import type { IntakeKind } from './register-fields.ts'

export interface Intake {
  bodyId: string
  caseId: string
  kind: IntakeKind
  /** 所争的申请；不在系统里的为 null */
  applicationId: string | null
  given: Given
}

export type Registered = { ok: true } | { ok: false; refusal: StepRefusal | 'case-no-taken' }

const orNull = (text: string): string | null => (text === '' ? null : text)

/** 登记一件行政复议或者行政诉讼：连上所争的申请与先前的复议，当事人的资料加密另存，同一事务。 */
export async function registerCase(deps: Deps, actor: Actor, intake: Intake): Promise<Registered> {
  const { bodyId, caseId, given } = intake
  requirePermission(actor, 'review.handle', bodyId)
  const today = deps.clock.today()
  if (given('on') > today || given('acceptedOn') > today) return { ok: false, refusal: 'future-date' }
  return transaction(deps.db, async (tx) => {
    if (await isRegistered(tx, bodyId, intake.kind === 'review' ? 'review' : 'litigation', given('caseNo'))) return { ok: false, refusal: 'case-no-taken' }
    const by = { actor: actorKey(actor), at: deps.clock.now() }
    const shared = sharedEvents(intake, actor, today)
    const done = intake.kind === 'review' ? await registerReview(tx, intake, shared, by) : await registerSuit(tx, intake, shared, by)
    if (!done.ok) return done
    const party = await partyOf(tx, deps, intake)
    if (party !== null) await insertParty(tx, fieldKeys(deps.config.secretKey), { bodyId, caseId }, party, { by: by.actor, at: by.at })
    await record(tx, actor, intake.kind === 'review' ? 'review.received' : 'litigation.filed', { bodyId, target: caseId })
    return done
  })
}

// 登记的人先承办，可以再分派
const sharedEvents = ({ applicationId }: Intake, actor: Actor, today: string): SharedEvent[] => [
  ...(applicationId === null ? [] : [{ kind: 'linked' as const, on: today, applicationId }]),
  ...(actor.kind === 'account' ? [{ kind: 'assigned' as const, on: today, to: actor.accountId }] : []),
]

type By = { actor: string; at: Date }

async function registerReview(tx: Tx, { bodyId, caseId, given }: Intake, shared: readonly SharedEvent[], by: By): Promise<Registered> {
  const on = given('on')
  const facts = {
    caseNo: given('caseNo'), authority: orNull(given('organ')), decisionNo: orNull(given('decisionNo')), ground: orNull(given('ground')),
    procedure: given('procedure') === 'summary' ? 'summary' : 'ordinary', receivedOn: on,
  } as const
  const found = newReview(bodyId, caseId, null)
  const received = receiveReview(found.state, { on, facts })
  if (!received.ok) return received
  const events: ReviewEvent[] = [...received.events, ...shared]
  if (given('acceptedOn') !== '') {
    const accepted = acceptReview(received.events.reduce(evolveReview, found.state), { on: given('acceptedOn') })
    if (!accepted.ok) return accepted
    events.push(...accepted.events)
  }
  await saveReviews(tx, [{ found, events }], by, await getCalendar(tx))
  return { ok: true }
}

async function registerSuit(tx: Tx, { bodyId, caseId, kind, given }: Intake, shared: readonly SharedEvent[], by: By): Promise<Registered> {
  const on = given('on')
  const facts = {
    caseNo: given('caseNo'), court: orNull(given('organ')), decisionNo: orNull(given('decisionNo')), afterReview: kind === 'after-review',
    role: given('role') === 'review-organ' ? 'review-organ' : 'original', receivedOn: on,
  } as const
  const found = newLitigation(bodyId, caseId, null)
  const filed = fileLitigation(found.state, { on, facts })
  if (!filed.ok) return filed
  const reviewId = given('reviewId')
  const linked: LitigationEvent[] = kind === 'after-review' && reviewId !== NO_REVIEW && isId(reviewId) ? [{ kind: 'review-linked', on, reviewId }] : []
  const calendar = await getCalendar(tx)
  await saveLitigation(tx, [{ found, events: [...filed.events, ...linked, ...shared] }], by, calendar)
  if (linked.length === 0) return { ok: true }
  const review = await getReview(tx, bodyId, reviewId)
  const sued = sueAfterReview(review.state, { on, litigationId: caseId })
  // 复议的决定还没有登记的，先连上，登记决定时再说
  if (sued.ok) await saveReviews(tx, [{ found: review, events: sued.events }], by, calendar)
  return { ok: true }
}

/** 当事人：照申请公开的申请人，或者所填的；都没有为 null。 */
async function partyOf(tx: Tx, deps: Deps, { bodyId, applicationId, given }: Intake): Promise<Party | null> {
  const partyId = newId()
  if (given('party') === SAME && applicationId !== null) {
    const { application } = await getDisputed(tx, bodyId, applicationId)
    if (application.applicantId === null) return null
    const { kind, name, idNo, contact } = await getApplicant(tx, fieldKeys(deps.config.secretKey), bodyId, application.applicantId)
    return name === null ? null : { partyId, role: 'claimant', kind: kind === 'N' ? 'person' : 'organisation', name, idNo, contact }
  }
  if (given('name') === '') return null
  return { partyId, role: 'claimant', kind: given('partyKind') === 'organisation' ? 'organisation' : 'person', name: given('name'), idNo: orNull(given('idNo')), contact: orNull(given('contact')) }
}
