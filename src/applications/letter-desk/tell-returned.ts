import { listStandIns } from '../../identity/index.ts'
import { notify, settleNotices } from '../../notices/index.ts'
import { dayInBeijing } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { isId } from '../../platform/id.ts'
import { HANDLER_ROLES } from '../handlers-of.ts'
import { letterRule } from '../letters/letters.ts'
import type { Letter, LetterRef } from './letter-store.ts'

type Returned = Pick<Letter, 'type' | 'draftedBy' | 'version'>

const prefixOf = ({ letterId }: Pick<LetterRef, 'letterId'>): string => `letter-returned/${letterId}/`

// 起草、修改过的人，连同此日代行的；`lately` 为连同代行刚期满的
async function drafters(tx: Tx, bodyId: string, { draftedBy }: Pick<Letter, 'draftedBy'>, at: Date, lately = false): Promise<string[]> {
  const standIns = await listStandIns(tx, bodyId, HANDLER_ROLES, dayInBeijing(at), lately)
  return [...new Set([...draftedBy, ...standIns.filter(({ from }) => draftedBy.includes(from)).map(({ to }) => to)])].filter(isId)
}

/** 文书退回了：告诉起草、修改过的人；每退回一次通知一次。不写理由与主送：邮件照此发出。 */
export async function tellReturned(tx: Tx, ref: LetterRef, letter: Returned, { regNo, by, at }: { regNo: string; by: string; at: Date }): Promise<void> {
  const accounts = await drafters(tx, ref.bodyId, letter, at)
  const words = { title: `${regNo}：文书退回修改`, note: `《${letterRule(letter.type).title}》退回给您，改后再送签；退回的理由在文书那一页。`, href: `/desk/applications/${ref.caseId}/letters/${ref.letterId}` }
  await notify(tx, { bodyId: ref.bodyId, at, accounts, except: by, key: `${prefixOf(ref)}${letter.version}`, ...words })
}

/** 再送签了、删去了：退回的通知没有看的都算看过。 */
export async function settleReturned(tx: Tx, ref: LetterRef, letter: Pick<Letter, 'draftedBy'>, at: Date): Promise<void> {
  await settleNotices(tx, { bodyId: ref.bodyId, accounts: await drafters(tx, ref.bodyId, letter, at, true), prefix: prefixOf(ref), at })
}
