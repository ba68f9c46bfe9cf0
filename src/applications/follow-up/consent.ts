import './tables.ts'
import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import type { Application } from '../application.ts'
import { getApplication } from '../queries.ts'
import { APPLICANT_ACTOR, APPLICANT_KEY } from '../citizen/submit-online.ts'

/** 申请人是否同意电子送达，最近一次所说的。 */
export interface Consent {
  agreed: boolean
  /** 申请人在查询页自己答的，还是经办人依书面凭据记的 */
  source: 'applicant' | 'paper'
  proof: string | null
  at: Date
}

interface Case {
  bodyId: string
  caseId: string
}

/** 最近一次所说；没有说过的为 null，即没有同意。 */
export async function findConsent(tx: Tx, bodyId: string, caseId: string): Promise<Consent | null> {
  const row = await tx
    .selectFrom('application_consent')
    .select(['agreed', 'source', 'proof', 'recorded_at'])
    .where('body_id', '=', bodyId)
    .where('case_id', '=', caseId)
    .orderBy('consent_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : { agreed: row.agreed, source: row.source, proof: row.proof, at: row.recorded_at }
}

/** 发出答复时看是否同意：锁住这一件，与申请人正在改口的分出先后。 */
export async function hasConsented(tx: Tx, bodyId: string, caseId: string): Promise<boolean> {
  await lock(tx, { bodyId, caseId })
  return (await findConsent(tx, bodyId, caseId))?.agreed === true
}

const lock = (tx: Tx, { bodyId, caseId }: Case) => tx.selectFrom('application').select('case_id').where('body_id', '=', bodyId).where('case_id', '=', caseId).forUpdate().executeTakeFirst()

/** 答复发出之前可以同意，也可以收回；已发出、已办结的不必再说。 */
export const canConsent = (a: Application): boolean => a.delivery === null && a.status !== 'withdrawn' && a.status !== 'archived' && a.status !== 'split'

/** 一件里至多改口几次，免得无尽地写。 */
const MOST = 50

/** 申请人答是否同意电子送达（同意须明白表示）；与已说的相同的不再记，答复已发出的为 `not-now`。 */
export function answerConsent(deps: Deps, { bodyId, caseId }: Case, agreed: boolean): Promise<'done' | 'not-now'> {
  return transaction(deps.db, async (tx) => {
    if (!(await lockedForConsent(tx, { bodyId, caseId }))) return 'not-now'
    if ((await findConsent(tx, bodyId, caseId))?.agreed === agreed) return 'done'
    const { n } = await tx.selectFrom('application_consent').select((eb) => eb.fn.countAll<number>().as('n')).where('body_id', '=', bodyId).where('case_id', '=', caseId).executeTakeFirstOrThrow()
    if (n >= MOST) return 'not-now'
    await insert(tx, { bodyId, caseId, agreed, source: 'applicant', proof: null, by: APPLICANT_KEY, at: deps.clock.now() })
    await record(tx, APPLICANT_ACTOR, 'application.consent-answered', { bodyId, target: caseId }, { agreed })
    return 'done'
  })
}

/** 经办人依申请表、同意书等记下是否同意；凭据必填，不写申请人的姓名。 */
export function recordConsent(deps: Deps, actor: Actor, { bodyId, caseId, agreed, proof }: Case & { agreed: boolean; proof: string }): Promise<'done' | 'not-now'> {
  requirePermission(actor, 'application.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    if (!(await lockedForConsent(tx, { bodyId, caseId }))) return 'not-now'
    await insert(tx, { bodyId, caseId, agreed, source: 'paper', proof, by: actorKey(actor), at: deps.clock.now() })
    await record(tx, actor, 'application.consent-recorded', { bodyId, target: caseId }, { agreed })
    return 'done'
  })
}

async function lockedForConsent(tx: Tx, { bodyId, caseId }: Case): Promise<boolean> {
  await lock(tx, { bodyId, caseId })
  return canConsent((await getApplication(tx, bodyId, caseId)).state)
}

const insert = (tx: Tx, { bodyId, caseId, agreed, source, proof, by, at }: Case & { agreed: boolean; source: Consent['source']; proof: string | null; by: string; at: Date }) =>
  tx
    .insertInto('application_consent')
    .values({ body_id: bodyId, consent_id: newId(), case_id: caseId, agreed, source, proof, recorded_by: by, recorded_at: at })
    .execute()

/** 一句话说现在怎样。 */
export const consentWords = (consent: Consent | null): string =>
  consent === null ? '没有说过，按不同意办' : `${consent.agreed ? '同意' : '不同意'}电子送达`
