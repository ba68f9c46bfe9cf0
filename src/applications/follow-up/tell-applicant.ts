import { isMailAddress, sendMail } from '../../platform/mail/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { getApplicant } from '../applicants/applicant-store.ts'
import type { Application } from '../application.ts'
import type { ApplicationEvent, EventKind } from '../events.ts'
import { findConsent } from './consent.ts'

/** 这些事与申请人有关，值得来看一眼；内部的审查、审批、归档不提。 */
const WORTH: readonly EventKind[] = ['received', 'supplement-asked', 'supplement-postponed', 'supplemented', 'consultation-sent', 'reason-asked', 'deferred', 'extended', 'fee-noticed', 'fee-paid', 'closed', 'split', 'merged', 'dispatched']

/**
 * 同意电子送达、留了电子邮箱的申请人，有新进展时发一封邮件，只说有进展，不说是什么；与所办的事同一事务。
 * 没有同意、没有邮箱的不发。邮件只是提醒，不是送达。
 */
export async function tellApplicant(tx: Tx, deps: Pick<Deps, 'config' | 'clock'>, { bodyId, caseId }: { bodyId: string; caseId: string }, a: Application, events: readonly ApplicationEvent[]): Promise<void> {
  if (a.applicantId === null || !events.some(({ kind }) => WORTH.includes(kind))) return
  // 照决定、裁判重新答复的一件，没有另说的照原来那一件所说
  const consent = (await findConsent(tx, bodyId, caseId)) ?? (a.redo === undefined ? null : await findConsent(tx, bodyId, a.redo.of))
  if (consent?.agreed !== true) return
  const to = (await getApplicant(tx, fieldKeys(deps.config.secretKey), bodyId, a.applicantId)).details?.['email'] ?? ''
  if (!isMailAddress(to)) return
  await sendMail(tx, deps, { bodyId, to, subject: '您的政府信息公开申请有新进展', text: textOf(deps.config.baseUrl) }, deps.clock.now())
}

const textOf = (baseUrl: string): string =>
  [
    '您的政府信息公开申请有新进展。',
    `请到 ${baseUrl}/applications/track 凭登记号与查询码查看。`,
    '这封邮件由系统发出，只作提醒，不是送达，请勿回复。不想再收到的，在查询页改为不同意电子送达。',
  ].join('\n')
