import { approve } from './actions/approve.ts'
import { archive } from './actions/archive.ts'
import { askCoHandling } from './actions/ask-co-handling.ts'
import { askReason } from './actions/ask-reason.ts'
import { askSupplement } from './actions/ask-supplement.ts'
import { assign } from './actions/assign.ts'
import { close } from './actions/close.ts'
import { confirmReceipt } from './actions/confirm-receipt.ts'
import { correctOutcome } from './actions/correct-outcome.ts'
import { correctRecord } from './actions/correct.ts'
import { defer } from './actions/defer.ts'
import { deliverConsultation } from './actions/deliver-consultation.ts'
import { dispatch } from './actions/dispatch.ts'
import { endorse } from './actions/endorse.ts'
import { examine } from './actions/examine.ts'
import { expireConsultation } from './actions/expire-consultation.ts'
import { extend } from './actions/extend.ts'
import { giveReason } from './actions/give-reason.ts'
import { merge } from './actions/merge.ts'
import { noticeFee } from './actions/notice-fee.ts'
import { payFee } from './actions/pay-fee.ts'
import { postponeSupplement } from './actions/postpone-supplement.ts'
import { propose } from './actions/propose.ts'
import { receiveSupplement } from './actions/receive-supplement.ts'
import { returnCoHandling } from './actions/return-co-handling.ts'
import { returnConsultation } from './actions/return-consultation.ts'
import { sendBackProposal } from './actions/return-proposal.ts'
import { sendConsultation } from './actions/send-consultation.ts'
import { serve } from './actions/serve.ts'
import { split } from './actions/split.ts'
import { unmerge } from './actions/unmerge.ts'
import { voidCase } from './actions/void-record.ts'
import { withdraw } from './actions/withdraw.ts'
import { canHappen } from './application.ts'
import type { Application } from './application.ts'
import type { CaseAction, Who } from './case-action.ts'
import type { Ground } from './decisions.ts'

/** 案件上可以办的各步，键即地址的末段；在前的为主要的下一步。 */
export const CASE_ACTIONS = {
  'confirm-receipt': confirmReceipt,
  examine,
  close,
  'receive-supplement': receiveSupplement,
  'return-consultation': returnConsultation,
  'expire-consultation': expireConsultation,
  'deliver-consultation': deliverConsultation,
  'give-reason': giveReason,
  'pay-fee': payFee,
  approve,
  endorse,
  'return-proposal': sendBackProposal,
  dispatch,
  serve,
  propose,
  archive,
  'ask-supplement': askSupplement,
  'postpone-supplement': postponeSupplement,
  'send-consultation': sendConsultation,
  'ask-reason': askReason,
  defer,
  extend,
  'notice-fee': noticeFee,
  'return-co-handling': returnCoHandling,
  'ask-co-handling': askCoHandling,
  assign,
  merge,
  unmerge,
  split,
  withdraw,
  correct: correctRecord,
  'correct-outcome': correctOutcome,
  void: voidCase,
} as const satisfies Readonly<Record<string, CaseAction>>

export type ActionName = keyof typeof CASE_ACTIONS
export const isActionName = (text: string): text is ActionName => Object.hasOwn(CASE_ACTIONS, text)
export const ACTION_NAMES = Object.keys(CASE_ACTIONS).filter(isActionName)
export const actionOf = (name: ActionName): CaseAction => CASE_ACTIONS[name]

/** 此时这个人可以办吗：状态允许、另有的条件满足；权限由边界另查。 */
export const isOffered = (name: ActionName, a: Application, who: Who, ground: Ground): boolean => {
  const action = actionOf(name)
  return canHappen(a, action.event) && (action.when?.(a, who, ground) ?? true)
}
