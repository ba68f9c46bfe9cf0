import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { listLetters } from '../letter-desk/letter-store.ts'
import { getApplication } from '../queries.ts'
import type { CaseRef } from './archive-store.ts'

/** 连着这件申请的、争这些文号的，还在复议、诉讼之中的：文号，没有文号的为案号。由复议诉讼一方给出，接线处接上。 */
export type ListDisputed = (tx: Tx, bodyId: string, asked: { caseId: string; docNos: readonly string[] }, today: PlainDate) => Promise<string[]>

/** 这一件还在争议之中吗：连着它的（没有答复而被复议的没有文号），或者决定、文书的文号、登记号正被复议、起诉；没有的为 null，有的说出一句。 */
export async function findDispute(tx: Tx, { bodyId, caseId }: CaseRef, today: PlainDate, listDisputed: ListDisputed): Promise<string | null> {
  const { state } = await getApplication(tx, bodyId, caseId)
  const letters = await listLetters(tx, bodyId, caseId)
  const docNos = [...new Set([state.regNo, state.decision?.docNo, ...letters.map(({ docNo }) => docNo)])].filter((docNo): docNo is string => docNo != null)
  const [disputed] = await listDisputed(tx, bodyId, { caseId, docNos }, today)
  return disputed === undefined ? null : `${disputed} 正在行政复议或者行政诉讼之中`
}
