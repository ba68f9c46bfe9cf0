import './tables.ts'
import { sql } from 'kysely'
import { record } from '../../audit/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Application } from '../application.ts'
import { openLetterFile } from '../letter-desk/letter-files.ts'
import type { LetterFormat } from '../letter-desk/letter-files.ts'
import { listLetters } from '../letter-desk/letter-store.ts'
import type { LetterEntry } from '../letter-desk/letter-store.ts'
import { letterRule } from '../letters/letters.ts'
import { getApplication } from '../queries.ts'
import { APPLICANT_ACTOR } from '../submit-online.ts'

/** 查询页上可以下载的一件文书。 */
export interface ApplicantLetter {
  letterId: string
  title: string
  docNo: string | null
  issuedOn: PlainDate
  /** 首次打开的时刻；没有打开过的为 null */
  openedAt: Date | null
}

/**
 * 申请人看得到吗：只看给申请人的、已发出的；给第三方、其他机关、协办单位的与存卷的都不看。
 * 答复处理决定的，交邮、送出之后才看得到：送达之前结果还没有对外。
 */
export const isForApplicant = (letter: Pick<LetterEntry, 'type' | 'status'>, a: Application): boolean => {
  const rule = letterRule(letter.type)
  if (letter.status !== 'issued' || rule.addressee !== 'applicant') return false
  return rule.outcomes === undefined || a.delivery !== null || a.decision?.outcome === 'OTHER'
}

/** 申请人看得到的各件，先发的在先。 */
export async function listApplicantLetters(tx: Tx, { bodyId, caseId }: { bodyId: string; caseId: string }, a: Application): Promise<ApplicantLetter[]> {
  const letters = (await listLetters(tx, bodyId, caseId)).filter((letter) => isForApplicant(letter, a))
  const opened = await listOpenings(tx, bodyId, letters.map(({ letterId }) => letterId))
  return letters.map(({ letterId, type, docNo, issuedOn }) => ({ letterId, title: titleOf(type, a), docNo, issuedOn: issuedOn ?? '', openedAt: opened.get(letterId)?.firstAt ?? null }))
}

const titleOf = (type: LetterEntry['type'], a: Application): string => {
  const { title, titles } = letterRule(type)
  return (a.decision === null ? undefined : titles?.[a.decision.outcome]) ?? title
}

/** 这些文书首次打开之日与时刻。 */
export async function listOpenings(tx: Tx, bodyId: string, letterIds: readonly string[]): Promise<Map<string, { firstOn: PlainDate; firstAt: Date; times: number }>> {
  if (letterIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('application_letter_opening')
    .select(['letter_id', 'first_on', 'first_at', 'times'])
    .where('body_id', '=', bodyId)
    .where('letter_id', '=', sql<string>`any(${[...letterIds]}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.letter_id, { firstOn: row.first_on, firstAt: row.first_at, times: row.times }]))
}

/**
 * 申请人打开一件文书：读与记下首次打开的时刻同一事务。
 * 别人的、没有发出的、不是给申请人的，一概 `NotFound`，不加区别。
 */
export function openApplicantLetter(
  deps: Deps,
  { bodyId, caseId, letterId, format }: { bodyId: string; caseId: string; letterId: string; format: LetterFormat },
): Promise<{ bytes: Uint8Array; name: string }> {
  return transaction(deps.db, async (tx) => {
    const { state } = await getApplication(tx, bodyId, caseId)
    const letter = (await listLetters(tx, bodyId, caseId)).find((each) => each.letterId === letterId)
    if (letter === undefined || !isForApplicant(letter, state)) throw new NotFound('这件文书')
    const bytes = await openLetterFile(tx, deps.files, fieldKeys(deps.config.secretKey), { bodyId, letterId, format })
    const at = deps.clock.now()
    await tx
      .insertInto('application_letter_opening')
      .values({ body_id: bodyId, letter_id: letterId, first_on: deps.clock.today(), first_at: at, last_at: at, times: 1 })
      .onConflict((oc) => oc.columns(['body_id', 'letter_id']).doUpdateSet((eb) => ({ last_at: at, times: eb('application_letter_opening.times', '+', 1) })))
      .execute()
    await record(tx, APPLICANT_ACTOR, 'application.letter-opened', { bodyId, target: caseId }, { letter: letterId, format })
    return { bytes, name: `${letter.docNo ?? titleOf(letter.type, state)}.${format}` }
  })
}
