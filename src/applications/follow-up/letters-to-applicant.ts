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
import { isSameLetter } from '../followers.ts'
import { openLetterFile } from '../letter-desk/letter-files.ts'
import type { LetterFormat } from '../letter-desk/letter-files.ts'
import { MOST_LETTERS, typeOf } from '../letter-desk/letter-store.ts'
import type { LetterEntry } from '../letter-desk/letter-store.ts'
import { letterRule } from '../letters/letters.ts'
import type { LetterId } from '../letters/letters.ts'
import { getApplication } from '../queries.ts'
import { loadApplications } from '../store.ts'
import { APPLICANT_ACTOR } from '../citizen/submit-online.ts'

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
 * 答复处理决定的，交邮、送出之后才看得到：此前结果还没有对外；撤回的没有发出一步，文书发出即可看。
 */
export const isForApplicant = (letter: Pick<LetterEntry, 'type' | 'status'>, a: Application): boolean => {
  const rule = letterRule(letter.type)
  if (letter.status !== 'issued' || rule.addressee !== 'applicant') return false
  return rule.outcomes === undefined || a.delivery !== null || a.status === 'withdrawn' || a.status === 'archived'
}

/** 申请人看得到的各件，先发的在先；拆为几件的，连同拆出的各件的；并案的，连同共同的答复。 */
export async function listApplicantLetters(tx: Tx, { bodyId, caseId }: { bodyId: string; caseId: string }, a: Application): Promise<ApplicantLetter[]> {
  const states = await withRelated(tx, bodyId, caseId, a)
  const letters = (await listIssued(tx, bodyId, [...states.keys()])).flatMap((letter) => {
    const of = states.get(letter.caseId)
    return of !== undefined && isVisible(letter, of, a) ? [{ ...letter, of }] : []
  })
  const opened = await listOpenings(tx, bodyId, letters.map(({ letterId }) => letterId))
  return letters.map(({ letterId, type, docNo, issuedOn, of }) => ({ letterId, title: titleOf(type, of), docNo, issuedOn, openedAt: opened.get(letterId)?.firstAt ?? null }))
}

/** 这一件与拆出的各件（申请人手里的查询码是原件的），并案的连同以同一份文书答复的前案。 */
export async function withRelated(tx: Tx, bodyId: string, caseId: string, a: Application): Promise<Map<string, Application>> {
  const ids = [...a.splitInto, ...(a.mergedInto === null ? [] : [a.mergedInto])]
  const others = ids.length === 0 ? [] : [...(await loadApplications(tx, bodyId, ids)).values()]
  const related = others.flatMap(({ caseId: other, state }) => (state === null || (other === a.mergedInto && !isSameLetter(a, state)) ? [] : [[other, state] as const]))
  return new Map([[caseId, a], ...related])
}

// 并案的前案，只看共同的那份答复，前案自己的各步不看
const isVisible = (letter: Issued, of: Application, a: Application): boolean => isForApplicant(letter, of) && (letter.caseId !== a.mergedInto || letterRule(letter.type).outcomes !== undefined)

interface Issued {
  letterId: string
  caseId: string
  type: LetterId
  status: 'issued'
  docNo: string | null
  issuedOn: PlainDate
}

async function listIssued(tx: Tx, bodyId: string, caseIds: readonly string[]): Promise<Issued[]> {
  const rows = await tx
    .selectFrom('application_letter')
    .select(['letter_id', 'case_id', 'type', 'doc_no', 'issued_on'])
    .where('body_id', '=', bodyId)
    .where('case_id', '=', sql<string>`any(${[...caseIds]}::uuid[])`)
    .where('status', '=', 'issued')
    .where('stripped', '=', false)
    .orderBy('letter_id')
    .limit(MOST_LETTERS)
    .execute()
  return rows.map((row) => ({ letterId: row.letter_id, caseId: row.case_id, type: typeOf(row.type), status: 'issued', docNo: row.doc_no, issuedOn: row.issued_on ?? '' }))
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
    const states = await withRelated(tx, bodyId, caseId, state)
    const letter = (await listIssued(tx, bodyId, [...states.keys()])).find((each) => each.letterId === letterId)
    const of = letter === undefined ? undefined : states.get(letter.caseId)
    if (letter === undefined || of === undefined || !isVisible(letter, of, state)) throw new NotFound('这件文书')
    const bytes = await openLetterFile(tx, deps.files, fieldKeys(deps.config.secretKey), { bodyId, letterId, format })
    const at = deps.clock.now()
    await tx
      .insertInto('application_letter_opening')
      .values({ body_id: bodyId, letter_id: letterId, first_on: deps.clock.today(), first_at: at, last_at: at, times: 1 })
      .onConflict((oc) => oc.columns(['body_id', 'letter_id']).doUpdateSet((eb) => ({ last_at: at, times: eb('application_letter_opening.times', '+', 1) })))
      .execute()
    await record(tx, APPLICANT_ACTOR, 'application.letter-opened', { bodyId, target: letter.caseId }, { letter: letterId, format })
    return { bytes, name: `${letter.docNo ?? titleOf(letter.type, of)}.${format}` }
  })
}
