import type { Tx } from '../../platform/db.ts'
import type { Application, Status } from '../application.ts'
import { letterRule } from '../letters/letters.ts'
import { listLetters } from '../letter-desk/letter-store.ts'
import { getApplication } from '../queries.ts'

const NOT_YET: readonly Status[] = ['draft', 'received-unconfirmed']
const OVER: readonly Status[] = ['dispatched', 'served', 'closed', 'withdrawn', 'split', 'archived']

/** 附件此时可否改动；可以则为 null。答复发出之后一概不改。 */
export function refuseChange({ status }: Pick<Application, 'status'>, answered: boolean): string | null {
  if (NOT_YET.includes(status)) return '申请尚未确认收到，还不到准备答复附件的时候'
  if (OVER.includes(status)) return '这件申请已经答复或者办结，所附的文件不再改动'
  return answered ? '答复书已经发出，所附的文件不再改动' : null
}

/** 案件、答复书是否已发出，与此时可否改动附件；锁住案件，免得改动与发出相撞。 */
export async function getChangeable(tx: Tx, bodyId: string, caseId: string): Promise<string | null> {
  await tx.selectFrom('application').select('case_id').where('body_id', '=', bodyId).where('case_id', '=', caseId).forShare().execute()
  const { state } = await getApplication(tx, bodyId, caseId)
  return refuseChange(state, await isAnswered(tx, bodyId, caseId))
}

/** 答复书是否已发出。 */
export const isAnswered = async (tx: Tx, bodyId: string, caseId: string): Promise<boolean> =>
  (await listLetters(tx, bodyId, caseId)).some(({ type, status }) => status === 'issued' && letterRule(type).outcomes !== undefined)
