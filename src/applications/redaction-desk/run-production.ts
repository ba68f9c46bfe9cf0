import { record } from '../../audit/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { openSource, redact, Unredactable, verifyRedaction } from '../../redaction/index.ts'
import type { SourceType } from '../../redaction/index.ts'
import { MOST_ATTEMPTS } from './change-document.ts'
import { keepFile, openFile, sm3 } from './document-files.ts'
import { claimProduction, insertFile, insertParts, saveNotProduced, saveProduced, saveStage } from './document-store.ts'
import type { AnswerDocument, Claim, DocumentRef } from './document-store.ts'
import { MissingText, produceLetter } from './letter-source.ts'
import { toEngineMarks } from './marks.ts'
import { toParts } from './open-parts.ts'

/** 任务期间遮盖之处又改过、或被后一次任务接手；这一次的事务退回。 */
class Superseded extends Error {
  override name = 'Superseded'
}

/**
 * 后台任务：照遮盖之处另造一份，用另一套读法复核；有一处可疑就不留。可以重办：已有结果、已改过的不再办。
 */
export async function runProduction(deps: Deps, { version, ...ref }: DocumentRef & { version: number }): Promise<void> {
  const keys = fieldKeys(deps.config.secretKey)
  const found = await claimProduction(deps.db, keys, { ...ref, version })
  if (found === null) return
  const claim: Claim = { version, attempt: found.attempt }
  try {
    await produce(deps, keys, ref, claim, found.document)
  } catch (error) {
    if (error instanceof Superseded) return
    const words = error instanceof MissingText || (error instanceof Unredactable && error.code !== 'busy') ? error.message : null
    if (words === null && claim.attempt < MOST_ATTEMPTS) throw error
    if (words === null) deps.log.error({ err: error, documentId: ref.documentId }, '遮盖件没有生成')
    await saveNotProduced(deps.db, keys, ref, claim, { status: 'failed', message: words ?? '系统出错或者太忙，没有生成；请稍后再生成一次' })
  }
}

async function produce(deps: Deps, keys: FieldKeys, ref: DocumentRef, claim: Claim, document: AnswerDocument): Promise<void> {
  const original = await openFile(deps.db, deps, keys, ref, 'original', document.hash)
  const made = document.type === 'letter' ? await produceLetter(original, document.marks) : await produceFile(original, document.type, document, () => saveStage(deps.db, ref, claim, 'verifying'))
  if (made.findings.length > 0) return saveNotProduced(deps.db, keys, ref, claim, { status: 'refused', findings: made.findings })
  const { bytes, type } = made
  const parts = toParts((await openSource(bytes, type, 'ours')).view)
  const { key } = await keepFile(deps.files, keys, ref, 'result', bytes)
  await transaction(deps.db, async (tx) => {
    const hash = sm3(bytes)
    if (!(await saveProduced(tx, ref, claim, { type, hash, parts: parts.length }))) throw new Superseded()
    await insertFile(tx, { ...ref, role: 'result' }, { fileKey: key, size: bytes.byteLength })
    await insertParts(tx, keys, { ...ref, role: 'result' }, parts)
    await record(tx, { kind: 'system', name: 'redaction' }, 'application.document-produced', { bodyId: ref.bodyId, target: ref.caseId }, { document: ref.documentId, marks: document.marks.length, hash })
  })
}

export interface Made {
  bytes: Uint8Array
  type: SourceType
  /** 复核发现的；空即干净 */
  findings: readonly string[]
}

async function produceFile(original: Uint8Array, type: SourceType, { marks }: AnswerDocument, onVerify: () => Promise<void>): Promise<Made> {
  const engineMarks = toEngineMarks(marks)
  const { bytes, type: resultType } = await redact(original, type, engineMarks)
  await onVerify()
  return { bytes, type: resultType, findings: await verifyRedaction(original, type, engineMarks, bytes) }
}
