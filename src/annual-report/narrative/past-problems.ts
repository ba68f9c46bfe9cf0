import type { Tx } from '../../platform/db.ts'
import type { ProblemPlan } from './narrative.ts'
import { findOwnPrevious } from '../own-check/own-previous.ts'

/** 某年报告（已报送、公布的，或者载入的）第五部分所列的问题与措施，连同报告的说法；没有报告为 null。 */
export async function findPastProblems(tx: Tx, bodyId: string, year: number): Promise<{ source: string; problems: readonly ProblemPlan[] } | null> {
  const found = await findOwnPrevious(tx, bodyId, year)
  if (found === null || found.source === 'none') return null
  return { source: found.source === 'filed' ? `${year} 年度报告` : `载入的《${found.fileName}》`, problems: found.problems }
}
