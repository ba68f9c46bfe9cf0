import { getBody } from '../../bodies/index.ts'
import type { Body } from '../../bodies/index.ts'
import { listDisplayNames } from '../../identity/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import { getApplicant } from '../applicants/applicant-store.ts'
import type { Applicant } from '../applicants/applicant-store.ts'
import type { Application } from '../application.ts'
import { listParties } from '../applicants/consultation-party.ts'
import type { ConsultationParty } from '../applicants/consultation-party.ts'
import type { Ground } from '../decisions.ts'
import type { ApplicationEvent } from '../events.ts'
import { findConsent } from '../follow-up/consent.ts'
import type { Consent } from '../follow-up/consent.ts'
import { listOpenings } from '../follow-up/letters-to-applicant.ts'
import { findRating } from '../follow-up/rating.ts'
import type { Rating } from '../follow-up/rating.ts'
import { listRemarks } from '../letter-desk/letter-remarks.ts'
import type { LetterRemark } from '../letter-desk/letter-remarks.ts'
import { listLetters } from '../letter-desk/letter-store.ts'
import type { LetterEntry } from '../letter-desk/letter-store.ts'
import { letterRule } from '../letters/letters.ts'
import { listPapers } from '../papers/paper-store.ts'
import type { Paper } from '../papers/paper-store.ts'
import { getApplication } from '../queries.ts'
import { listDocuments } from '../redaction-desk/document-store.ts'
import type { AnswerDocument } from '../redaction-desk/document-store.ts'
import { getGround } from '../settings.ts'

/** 做一件的档案包所凭的全部；文件的内容不在其中，用到才读。 */
export interface CaseFile {
  bodyId: string
  caseId: string
  version: number
  application: Application
  events: readonly RecordedEvent<ApplicationEvent>[]
  body: Body
  ground: Ground
  applicant: Applicant | null
  /** 材料；从一份申请拆出的，连同原申请的 */
  papers: readonly (Paper & { caseId: string })[]
  /** 已发出的文书；去标识化了的不在其中。并案的，连同前一件里一并答复的 */
  letters: readonly (LetterEntry & { caseId: string; remarks: readonly LetterRemark[]; opening: { firstAt: Date; times: number } | null })[]
  documents: readonly AnswerDocument[]
  parties: ReadonlyMap<string, ConsultationParty>
  consent: Consent | null
  rating: Rating | null
  /** 账号 → 姓名 */
  people: ReadonlyMap<string, string>
}

/** 读出一件的全部；没有抛 `NotFound`。 */
export async function getCaseFile(deps: Deps, bodyId: string, caseId: string): Promise<CaseFile> {
  const { db, config } = deps
  const keys = fieldKeys(config.secretKey)
  const { state: application, events, version } = await getApplication(db, bodyId, caseId)
  const letters = await issuedLetters(db, keys, bodyId, caseId)
  // 并案的以前一件的答复书答复，一份存在两个案卷里
  if (application.mergedInto !== null) letters.push(...(await issuedLetters(db, keys, bodyId, application.mergedInto)).filter(({ type }) => letterRule(type).outcomes !== undefined))
  const documents = await listDocuments(db, keys, bodyId, caseId)
  const actors = [...events.flatMap(({ actor, event }) => [actor, event.onBehalfOf ?? []].flat()), ...events.flatMap(({ event }) => (event.kind === 'assigned' ? [event.to] : [])), ...letters.flatMap(({ remarks }) => remarks.map(({ by }) => by)), ...documents.flatMap(({ confirmed }) => confirmed?.by ?? [])]
  return {
    bodyId,
    caseId,
    version,
    application,
    events,
    body: await getBody(db, bodyId),
    ground: await getGround(db, bodyId, deps.clock.today()),
    applicant: application.applicantId === null ? null : await getApplicant(db, keys, bodyId, application.applicantId),
    papers: await papersOf(db, bodyId, caseId, application),
    letters,
    documents,
    parties: await listParties(db, keys, bodyId, caseId),
    consent: await findConsent(db, bodyId, caseId),
    rating: await findRating(db, keys, bodyId, caseId),
    people: await listDisplayNames(db, actors),
  }
}

async function issuedLetters(tx: Tx, keys: FieldKeys, bodyId: string, caseId: string): Promise<CaseFile['letters'][number][]> {
  const issued = (await listLetters(tx, bodyId, caseId)).filter(({ status, stripped }) => status === 'issued' && !stripped)
  const openings = await listOpenings(tx, bodyId, issued.map(({ letterId }) => letterId))
  const letters: CaseFile['letters'][number][] = []
  for (const letter of issued) letters.push({ ...letter, caseId, remarks: await listRemarks(tx, keys, bodyId, letter.letterId), opening: openings.get(letter.letterId) ?? null })
  return letters
}

const MOST_SPLITS = 5
const fromOf = (a: Application): string | null => a.splitFrom ?? a.redo?.of ?? null

// 拆出的、重新答复的各件，材料附在原申请上
async function papersOf(tx: Tx, bodyId: string, caseId: string, application: Application): Promise<CaseFile['papers']> {
  const papers = (await listPapers(tx, bodyId, caseId)).map((paper) => ({ ...paper, caseId }))
  for (let [from, n] = [fromOf(application), 0]; from !== null && n < MOST_SPLITS; n += 1) {
    const of = from
    papers.unshift(...(await listPapers(tx, bodyId, of)).map((paper) => ({ ...paper, caseId: of })))
    from = fromOf((await getApplication(tx, bodyId, of)).state)
  }
  return papers
}
