import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import type { ApplicationEvent } from '../events.ts'
import { letterRule } from '../letters/letters.ts'
import { isStale } from './compose-draft.ts'
import { getLetterSource, keysOf } from './letter-source.ts'
import type { LetterSource } from './letter-source.ts'
import { getLetter, listLetters } from './letter-store.ts'
import type { Letter } from './letter-store.ts'

// 文书里写到的几项；改了别的，文书不受影响
const WRITTEN: readonly string[] = ['decision', 'receivedOn', 'content', 'applicantKind']

/**
 * 更正过记录的案件，已发出的答复文书与现在的记录是否不一致：作出决定之日不同，或者照签批之日再拟一遍已不相同。
 * 没有更正过、没有发出答复的为否。
 */
export async function issuedDiffers(tx: Tx, deps: Deps, { bodyId, caseId, events }: { bodyId: string; caseId: string; events: readonly RecordedEvent<ApplicationEvent>[] }): Promise<boolean> {
  const corrected = events.some(({ event }) => event.kind === 'corrected' && event.changes.some(({ field }) => WRITTEN.includes(field)))
  if (!corrected) return false
  const answer = (await listLetters(tx, bodyId, caseId)).find(({ type, status }) => status === 'issued' && letterRule(type).outcomes !== undefined)
  if (answer === undefined || answer.stripped) return false
  const letter = await getLetter(tx, keysOf(deps), bodyId, caseId, answer.letterId)
  const source = await getLetterSource(tx, deps, bodyId, caseId)
  return letter.issued?.model.letter.on !== source.application.decision?.decidedOn || isStale(asIssued(source, letter), letter)
}

// 用语照发出时的：后来改了用语，不算与记录不一致
const asIssued = (source: LetterSource, { type, issued }: Letter): LetterSource => ({ ...source, wordings: { ...source.wordings, [type]: issued?.model.letter.wording ?? {} } })
