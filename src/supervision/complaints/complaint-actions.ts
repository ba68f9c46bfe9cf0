import { accept } from './actions/accept.ts'
import { answer } from './actions/answer.ts'
import { ask } from './actions/ask.ts'
import { bar } from './actions/bar.ts'
import { classify } from './actions/classify.ts'
import { close } from './actions/close.ts'
import { decide } from './actions/decide.ts'
import { decline } from './actions/decline.ts'
import { draft } from './actions/draft.ts'
import { extend } from './actions/extend.ts'
import { feedBack } from './actions/feed-back.ts'
import { investigate } from './actions/investigate.ts'
import { link } from './actions/link.ts'
import { merge } from './actions/merge.ts'
import { reopen } from './actions/reopen.ts'
import { supply } from './actions/supply.ts'
import { transfer } from './actions/transfer.ts'
import { withdraw } from './actions/withdraw.ts'
import { canHappen } from './complaint.ts'
import type { Complaint } from './complaint.ts'
import type { ComplaintAction, Help } from './complaint-action.ts'

/** 各步，按办理的先后；地址里的名字 → 那一步。 */
export const COMPLAINT_ACTIONS = { accept, classify, investigate, draft, decide, answer, 'feed-back': feedBack, reopen, close, ask, supply, transfer, merge, extend, link, bar, decline, withdraw } as const satisfies Record<string, ComplaintAction>
export type ActionName = keyof typeof COMPLAINT_ACTIONS
export const ACTION_NAMES = Object.keys(COMPLAINT_ACTIONS) as ActionName[]
export const isActionName = (text: string): text is ActionName => Object.hasOwn(COMPLAINT_ACTIONS, text)

/** 此刻能不能办这一步；岗位另查。 */
export function isPossible(action: ComplaintAction, complaint: Complaint, help: Help): boolean {
  return canHappen(complaint, action.event) && (action.when?.(complaint, help) ?? true)
}
