import type { Tables, Tx } from '../platform/db.ts'
import { transaction } from '../platform/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { newId } from '../platform/id.ts'
import type { RecordedBy } from '../platform/timeline.ts'
import { upsertRows } from '../platform/upsert-rows.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { ApplicationEvent } from './events.ts'
import { toEvents } from './ledger/import-applications.ts'
import type { ParsedApplication } from './ledger/ledger.ts'
import { getGround } from './settings.ts'
import type { Ground } from './decisions.ts'
import { saveApplications } from './store.ts'

export { actOnApplication } from './act-on-application.ts'
export { actOnArchive, requestPackage } from './archive/archive-acts.ts'
export { buildPackage } from './archive/build-package.ts'
export { packMissing } from './archive/jobs.ts'
export { publishLogEntry, saveLogDraft } from './answered-log/answered-log-acts.ts'
export { evolve } from './application.ts'
export type { ActionName } from './case-actions.ts'
export { answerConsent } from './follow-up/consent.ts'
export { linkSameInformation, suggestPublication } from './follow-up/link-same-information.ts'
export { rate } from './follow-up/rating.ts'
export { draftLetter } from './letter-desk/draft-letter.ts'
export { issueLetter } from './letter-desk/issue-letter.ts'
export { returnLetter } from './letter-desk/return-letter.ts'
export { setWording } from './letter-desk/set-wording.ts'
export { signLetter } from './letter-desk/sign-letter.ts'
export { addDocument } from './redaction-desk/add-document.ts'
export { confirmDocument, markDocument, produceDocument, provideWhole } from './redaction-desk/change-document.ts'
export { runProduction } from './redaction-desk/run-production.ts'
export { registerApplication } from './intake/register-application.ts'
export { saveListView } from './saved-views/save-view.ts'
export { suggestItems } from './suggestions/suggest-items.ts'
export { actOnCorrection } from './record-corrections/correction-acts.ts'
export { recountTallies, settleTallies } from './tally.ts'
export { registerCorrection } from './record-corrections/register-correction.ts'
export * as applicationRules from './decisions.ts'
export type { Ground } from './decisions.ts'

/** 一件申请的全部经过，逐事写明何人何时记下。 */
export interface ApplicationHistory {
  bodyId: string
  caseId: string
  events: readonly ApplicationEvent[]
  recordedBy: (event: ApplicationEvent) => RecordedBy
}

/** 成批存下许多新的申请及其全部经过；至多 1,000 件一批，内部自分。 */
export const saveHistories = (tx: Tx, histories: readonly ApplicationHistory[], by: RecordedBy, ground: Ground): Promise<number> =>
  saveApplications(
    tx,
    histories.map(({ bodyId, caseId, ...rest }) => ({ found: { bodyId, caseId, version: 0, state: null }, ...rest })),
    by,
    ground,
  )

/** 一件申请的登记；没有写的取可信的缺省值：自然人、网上、当日收到、尚未答复。 */
export const aParsedApplication = (input: Partial<ParsedApplication> & { regNo: string; receivedOn: PlainDate }): ParsedApplication => ({
  applicantKind: 'N',
  applicantName: null,
  channel: 'ONLINE',
  content: '申请公开某小区加装电梯的批复文件',
  supplementAskedOn: null,
  supplementedOn: null,
  consultWith: null,
  consultSentOn: null,
  consultReturnedOn: null,
  extensionDays: 0,
  decidedOn: null,
  outcome: null,
  docNo: null,
  servedOn: null,
  deliveryMethod: null,
  feeAmount: 0,
  note: null,
  ...input,
})

/** 在库里建一件申请，返回案号；给测试与演示用。 */
export async function anApplication(deps: Deps, bodyId: string, input: Partial<ParsedApplication> & { receivedOn: PlainDate }): Promise<string> {
  const caseId = newId()
  const value = aParsedApplication({ regNo: `测-${caseId.slice(-12)}`, ...input })
  const ground = await getGround(deps.db, bodyId, deps.clock.today())
  await deps.db.transaction().execute((tx) =>
    saveApplications(
      tx,
      [{ found: { bodyId, caseId, version: 0, state: null }, events: toEvents(value, null, ground) }],
      { actor: 'system:seed', at: deps.clock.now() },
      ground,
    ),
  )
  return caseId
}

/** 一次在库里建许多件申请；给演示与量速度用。 */
export async function manyApplications(deps: Deps, bodyId: string, values: readonly ParsedApplication[]): Promise<void> {
  const ground = await getGround(deps.db, bodyId, deps.clock.today())
  const changes = values.map((value) => ({ found: { bodyId, caseId: newId(), version: 0, state: null }, events: toEvents(value, null, ground) }))
  await transaction(deps.db, (tx) => saveApplications(tx, changes, { actor: 'system:seed', at: deps.clock.now() }, ground))
}

/** 存下许多机构各日的提示之数。 */
export const saveSuggestionCounts = (tx: Tx, rows: readonly Tables['suggestion_count'][]): Promise<void> => upsertRows(tx, 'suggestion_count', ['body_id', 'day'], rows)
