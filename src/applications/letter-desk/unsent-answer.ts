import type { Tx } from '../../platform/db.ts'
import type { Application } from '../application.ts'
import { letterFor } from '../letters/letter-decision.ts'
import { letterRule } from '../letters/letters.ts'
import { listLetters } from './letter-store.ts'

/** 还没有发出的答复文书：名称，与起草或者接着办的地址。 */
export interface UnsentAnswer {
  title: string
  href: string
  label: string
}

/** 作出了决定、不再处理而答复的文书没有发出的；已发出、没有决定、并案随前案答复的为 null。 */
export async function findUnsentAnswer(tx: Tx, { bodyId, caseId }: { bodyId: string; caseId: string }, { decision, mergedInto }: Application): Promise<UnsentAnswer | null> {
  if (decision === null || mergedInto !== null) return null
  const letters = await listLetters(tx, bodyId, caseId)
  if (letters.some(({ type, status }) => status === 'issued' && letterRule(type).outcomes !== undefined)) return null
  const type = letterFor(decision)
  const title = `《${letterRule(type).title}》`
  const here = `/desk/applications/${caseId}/letters`
  const started = letters.find((letter) => letter.type === type)
  return started === undefined ? { title, href: `${here}/new/${type}`, label: `起草${title}` } : { title, href: `${here}/${started.letterId}`, label: `接着办${title}` }
}
