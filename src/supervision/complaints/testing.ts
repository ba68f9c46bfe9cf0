import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import type { Elsewhere, Rating } from './complaint.ts'
import { giveFeedback } from './give-supply.ts'
import { PORTAL, submitComplaint } from './submit-complaint.ts'
import type { Submitted } from './submit-complaint.ts'
import type { NewComplaint } from './register-complaint.ts'

export { actOnComplaint } from './act-on-complaint.ts'
export { registerAtDesk, submitComplaint } from './submit-complaint.ts'
export { inboxOf } from './mail/inbox.ts'
export { takeMail } from './mail/take-mail.ts'

/** 一件投诉、反映的样子；缺省为今日在网页上、由被反映的机关办的匿名反映。 */
export const aNewComplaint = (aboutBodyId: string, today: string, wish: Partial<NewComplaint> = {}): NewComplaint => ({
  complaintId: newId(),
  channel: 'PAGE',
  basis: 'A47',
  matter: 'wrong-content',
  aboutBodyId,
  toOwn: true,
  receivedOn: today,
  workOrderNo: null,
  content: '专栏里的办事指南还是去年的电话，打不通。',
  accused: '',
  accusedAccounts: [],
  unit: false,
  disputed: '',
  person: { name: '', phone: '', mail: '', address: '' },
  files: [],
  ...wish,
})

/** 交来一件；返回登记号与查询码。 */
export const aComplaint = (deps: Deps, aboutBodyId: string, wish: Partial<NewComplaint> = {}): Promise<Submitted> =>
  submitComplaint(deps, aNewComplaint(aboutBodyId, deps.clock.today(), wish), 'k'.repeat(43))

/** 反映人自己评价。 */
export const feedBackOnline = (deps: Deps, ref: Elsewhere, given: { rating: Rating; text: string }): Promise<boolean> => transaction(deps.db, (tx) => giveFeedback(tx, deps, PORTAL, ref, given))
