import type { Tx } from '../../platform/db.ts'
import { enqueue } from '../../platform/jobs.ts'

export const REMOVE_FILES_JOB = 'applications.remove-files'

/** 过一天再删：正在做的备份取的是此前的表，里面还指着这些文件。 */
const LATER_MS = 24 * 3600 * 1000

/** 交办删去不再有记录指着的加密文件，与去掉记录同一事务。 */
export async function removeFilesLater(tx: Tx, keys: readonly string[], now: Date): Promise<void> {
  if (keys.length > 0) await enqueue(tx, REMOVE_FILES_JOB, { keys }, { runAt: new Date(now.getTime() + LATER_MS) })
}
