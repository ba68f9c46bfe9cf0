import { listActingHolders, listHolders } from '../../identity/index.ts'
import { notifyMany } from '../../notices/index.ts'
import type { NoticeFor } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { daysBetween } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { hrefOf } from '../desk/hrefs.ts'
import { HANDLER_ROLES } from '../tell.ts'
import { DUTY_DEEDS, DUTY_KINDS, isFeedback } from './duty.ts'
import { listPendingDuties } from './duty-store.ts'
import type { PendingDuty } from './duty-store.ts'

/** 列进待办的：到期前这些自然日。 */
const SOON_DAYS = 15
/** 到期前几日提醒；都是自然日，意见书的六十日便是。 */
const REMIND = [30, 15, 7, 3, 1, 0]

// 重新答复已经立了的，在申请那里提醒
const isOurs = ({ applicationId }: PendingDuty): boolean => applicationId === null
const hrefOfDuty = ({ caseId }: PendingDuty): string => `${hrefOf(caseId)}#performance`
const nameOf = ({ caseNo, kind }: PendingDuty): string => `${caseNo} ${DUTY_KINDS[kind]}`

/** 将到期、已逾期、没有定期限的履行与反馈。 */
export async function listDutyToDos(tx: Tx, bodyId: string, today: PlainDate): Promise<{ title: string; href: string; dueOn: PlainDate | null; note: string }[]> {
  const pending = (await listPendingDuties(tx, bodyId)).filter(isOurs)
  return pending
    .filter(({ dueOn }) => dueOn === null || daysBetween(today, dueOn) <= SOON_DAYS)
    .map((duty) => ({ title: `${isFeedback(duty.kind) ? '' : '照决定、裁判'}${DUTY_DEEDS[duty.kind]}：${duty.caseNo}`, href: hrefOfDuty(duty), dueOn: duty.dueOn, note: isFeedback(duty.kind) ? '送出反馈，再记下' : '履行，再记下' }))
}

/** 提醒一机构要履行、反馈的：到期前三十、十五、七、三、一日与当日，逾期之后每七日；负责人自七日起同收。返回新增几条通知。 */
export function remindDuties(deps: Deps, bodyId: string): Promise<number> {
  return transaction(deps.db, async (tx) => {
    const today = deps.clock.today()
    const pending = (await listPendingDuties(tx, bodyId)).filter(isOurs)
    if (pending.length === 0) return 0
    const staff = await listHolders(tx, bodyId, HANDLER_ROLES)
    const [officers, heads] = [await listActingHolders(tx, bodyId, ['disclosure-officer'], today), await listActingHolders(tx, bodyId, ['disclosure-head'], today)]
    const handlersOf = (handler: string | null): readonly string[] => (handler !== null && staff.has(handler) ? [handler] : officers.length > 0 ? officers : heads)
    const notices = pending.flatMap((duty): NoticeFor[] => {
      const left = duty.dueOn === null ? null : daysBetween(today, duty.dueOn)
      const step = left === null ? null : stepOf(left)
      if (left === null || step === null) return []
      const accounts = [...new Set([...handlersOf(duty.handler), ...(left <= 7 ? heads : [])])]
      return [{ key: `dispute-duty/${duty.dutyId}/${step}`, supersedes: `dispute-duty/${duty.dutyId}/`, accounts, title: `${nameOf(duty)}：${left < 0 ? `逾期 ${-left} 日` : left === 0 ? '就在今日' : `还有 ${left} 日`}`, note: '', href: hrefOf(duty.caseId) }]
    })
    return notifyMany(tx, { bodyId, at: deps.clock.now() }, notices)
  })
}

// 漏跑的一日由下一次补上：落在哪一段便是哪一次
const stepOf = (left: number): string | null => {
  if (left < 0) return `late-${Math.ceil(-left / 7)}`
  const step = REMIND.findLast((days) => left <= days)
  return step === undefined ? null : `soon-${step}`
}
