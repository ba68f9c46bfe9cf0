import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { getApplicant } from '../applicants/applicant-store.ts'
import type { Ground } from '../decisions.ts'
import { getLetterBody, personalOf } from '../letter-desk/letter-source.ts'
import type { IssuedModel } from '../letter-desk/letter-store.ts'
import { getWordings } from '../letter-desk/wording-store.ts'
import { composeLetter } from '../letters/compose-letter.ts'
import type { LetterInput, LetterProblem } from '../letters/letter-input.ts'
import { lintLetter } from '../letters/letter-lint.ts'
import type { CorrectionAnswer, RecordCorrection } from './correction-store.ts'

// 写进句中，句末的标点去掉
const bare = (text: string): string => text.trim().replace(/[。；;，,]+$/u, '')

export type CorrectionLetter = { ok: true; model: IssuedModel } | { ok: false; problems: readonly LetterProblem[] }

/**
 * 更正告知书（L28）：由收到之日、要求更正的记录与处理拟成，过十条核对；资料不齐、核对有错误的拟不成。
 * `on` 为成文之日；没有编号的 `docNo` 为 null，供预览。
 */
export async function composeCorrectionLetter(
  tx: Tx,
  keys: FieldKeys,
  { bodyId, found, answer, ground, on, docNo }: { bodyId: string; found: RecordCorrection; answer: CorrectionAnswer; ground: Ground; on: PlainDate; docNo: string | null },
): Promise<CorrectionLetter> {
  const applicant = await getApplicant(tx, keys, bodyId, found.applicantId)
  const { body, demo } = await getLetterBody(tx, bodyId)
  const { result, verified, corrected, competentBody } = answer
  const input: LetterInput = {
    id: 'L28',
    application: null,
    body,
    recipient: applicant.name ?? '',
    fields: { requestedOn: found.receivedOn, record: bare(found.request.record), verified: bare(verified), result, corrected: bare(corrected), competentBody: bare(competentBody) },
    on,
    docNo,
    calendar: ground.calendar,
    settings: ground.settings,
    wording: (await getWordings(tx, bodyId)).L28 ?? {},
  }
  const composed = composeLetter(input)
  if (!composed.ok) return composed
  const wrong = lintLetter(composed.letter, input, personalOf(applicant)).filter(({ severity, rule }) => severity === 'error' && (docNo !== null || rule !== 'LT-01'))
  if (wrong.length > 0) return { ok: false, problems: wrong.map(({ message, mend }) => ({ field: '', label: '', message: `${message}。${mend}` })) }
  return { ok: true, model: { letter: composed.letter, body: { name: body.name, codeWord: body.codeWord }, demo } }
}
