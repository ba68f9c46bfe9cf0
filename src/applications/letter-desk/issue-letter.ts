import { record } from '../../audit/index.ts'
import { formatNumber, MissingGlyphs, nextNumber } from '../../documents/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { announce } from '../../webhooks/index.ts'
import { letterRule } from '../letters/letters.ts'
import type { LetterId } from '../letters/letters.ts'
import { composeDraft, issuedHashOf, isStale, refuse } from './compose-draft.ts'
import type { Refused } from './compose-draft.ts'
import { issuedDocument, LETTER_FORMAT_NAMES, storeLetterFile, writeLetterFile } from './letter-files.ts'
import { dayOf, getLetterSource, keysOf } from './letter-source.ts'
import type { LetterSource } from './letter-source.ts'
import { untoldVersion } from './letter-steps.ts'
import { lockLetter, saveIssued } from './letter-store.ts'
import type { IssuedModel, LetterRef } from './letter-store.ts'
import { ANSWERED } from './list-offers.ts'

const UNSIGNED = '这件文书没有待发出的签批：先签批，再发出'
export const CHANGED = '签批之后案件有变，拟成的文书与签批的不同，须重新签批'

/** 不成而退回：已取的号随事务退回，不留空号。 */
class NotIssued extends Error {
  readonly refused: Refused
  constructor(refused: Refused) {
    super('文书没有发出')
    this.refused = refused
  }
}

/**
 * 发出一件：取号、以文号与成文之日再拟一遍、冻结内容与摘要、存下 PDF 与 DOCX，同一事务。
 * 不成的什么都不留，号也退回；他人已先办的抛 `Conflict`。
 */
export async function issueLetter(deps: Deps, actor: Actor, ref: LetterRef & { seen: number }): Promise<{ ok: true; docNo: string | null } | Refused> {
  requirePermission(actor, 'application.handle', ref.bodyId)
  try {
    return await transaction(deps.db, (tx) => issue(tx, deps, actor, ref))
  } catch (error) {
    if (error instanceof NotIssued) return error.refused
    if (error instanceof MissingGlyphs) return refuse(error.message)
    throw error
  }
}

async function issue(tx: Tx, deps: Deps, actor: Actor, ref: LetterRef & { seen: number }): Promise<{ ok: true; docNo: string | null }> {
  const { bodyId, caseId, letterId } = ref
  const keys = keysOf(deps)
  // 案件在此期间不得变动
  await tx.selectFrom('application').select('case_id').where('body_id', '=', bodyId).where('case_id', '=', caseId).forUpdate().execute()
  const letter = await lockLetter(tx, keys, ref)
  const { type, content } = letter
  if (letter.status !== 'signed') throw new NotIssued(refuse(UNSIGNED))
  const source = await getLetterSource(tx, deps, bodyId, caseId)
  const on = dayOf(source, type)
  // 已不能出的，先说明不能出的缘故
  demand(composeDraft(source, type, content, { on }))
  if (isStale(source, letter)) throw new NotIssued(refuse(CHANGED))
  if (letterRule(type).outcomes !== undefined) {
    const answered = source.letters.some((other) => other.status === 'issued' && letterRule(other.type).outcomes !== undefined)
    if (answered) throw new NotIssued(refuse(ANSWERED))
  }
  const docNo = await numberFor(tx, bodyId, type, source, on)
  const { letter: final } = demand(composeDraft(source, type, content, { on, docNo }))
  const model: IssuedModel = { letter: final, body: { name: source.body.name, codeWord: source.body.codeWord }, demo: source.demo }
  await saveIssued(tx, keys, ref, { docNo, model, hash: issuedHashOf(model), by: actorKey(actor), on: deps.clock.today(), stepVersion: untoldVersion(type, source.application, source.events, source.letters, content.consultation), version: letter.version + 1 })
  for (const format of LETTER_FORMAT_NAMES) await storeLetterFile(tx, deps, keys, { bodyId, letterId, format }, await writeLetterFile(issuedDocument(model), format))
  await record(tx, actor, 'application.letter-issued', { bodyId, target: caseId }, { letter: letterId, type, docNo })
  const told = { applicationId: caseId, letterId, type }
  if (letterRule(type).addressee === 'applicant') await announce(tx, [bodyId], deps.clock.now(), () => [{ bodyId, event: 'letter.issued', data: told }])
  return { ok: true, docNo }
}

function demand<T extends { ok: true }>(result: T | Refused): T {
  if (!result.ok) throw new NotIssued(result)
  return result
}

/** 答复书的文号在作出决定时已编，即用那一个；其余现取。 */
async function numberFor(tx: Tx, bodyId: string, type: LetterId, { application, body }: LetterSource, on: string): Promise<string | null> {
  const { word, outcomes } = letterRule(type)
  if (word === null) return null
  if (outcomes !== undefined && application.decision?.docNo != null) return application.decision.docNo
  const year = yearOf(on)
  return formatNumber({ codeWord: body.codeWord, word, year, serial: await nextNumber(tx, bodyId, word, year) })
}
