import './tables.ts'

export { archiveCrons, archiveJobs, archiveRoutes, archiveToDos, archiveVerifiers } from './archive/index.ts'
export { answeredLogRoutes } from './answered-log/public-log.tsx'
export { countAnsweredRequests } from './answered-log/answered-log-store.ts'
export { answeredSource } from './answered-log/log-source.ts'
export { insertApplicants, getApplicant, listMaskedNames } from './applicants/applicant-store.ts'
export type { Applicant } from './applicants/applicant-store.ts'
export { applyRoutes } from './citizen/apply-routes.tsx'
export { APPLICATION_TRANSITIONS, STATUSES, isOpen } from './application.ts'
export type { Application, Status } from './application.ts'
export { APPLICATION_EVENTS } from './case-words.ts'
export { clockOf, dueAccountOf } from './clock.ts'
export { correctApplication } from './correct-application.ts'
export { CORRECTABLE } from './corrections.ts'
export type { CorrectableField, CorrectableValues } from './corrections.ts'
export { countForReport, sumFees } from './count-for-report.ts'
export type { ReportCounts } from './count-for-report.ts'
export { listCoHandling } from './list-co-handling.ts'
export type { OpenCoHandling } from './list-co-handling.ts'
export { countReplies, findRepliesByDocNo, listRegNos } from './count-replies.ts'
export { deskPaperRoutes } from './desk/desk-paper-routes.tsx'
export { deskApplicationRoutes } from './desk/desk-routes.tsx'
export { APPLICANT_KINDS } from './events.ts'
export type { ApplicantKind, ApplicationEvent, Particulars } from './events.ts'
export { importApplications } from './ledger/import-applications.ts'
export { applicationCrons, applicationJobs } from './jobs.ts'
export { letterRoutes } from './letter-desk/letter-routes.tsx'
export { answerDocumentJobs, answerDocumentRoutes, answerDocumentToDos, answerDocumentVerifiers } from './redaction-desk/index.ts'
export { applicationLedger } from './ledger/ledger.ts'
export type { ParsedApplication } from './ledger/ledger.ts'
export {
  APPLICATION_SORTS,
  UnknownCell,
  countApplications,
  findApplicationRow,
  findApplicationYears,
  getApplication,
  listApplications,
  listForCell,
} from './queries.ts'
export type { ApplicationFilter, ApplicationRow, ApplicationSort, Page, PageRequest } from './queries.ts'
export { recordCorrectionRoutes } from './record-corrections/correction-routes.tsx'
export { recordCorrectionToDos } from './record-corrections/correction-to-dos.ts'
export { recomputeDue } from './recompute-due.ts'
export type { MovedDue } from './recompute-due.ts'
export { REFUSED } from './refusals.ts'
export type { ApplicationRefusal } from './refusals.ts'
export { cellsOfRecord, toReportFacts } from './report-facts.ts'
export type { ReportFacts } from './report-facts.ts'
export { applicationToDos } from './to-dos.ts'
export { trackRoutes } from './citizen/track-routes.tsx'
export { applicationVerifiers } from './verify-applications.ts'
export * from './for-systems.ts'
