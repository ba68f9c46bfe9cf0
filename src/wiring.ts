import { visitorOf } from './app-parts.ts'
import { filingCrons, filingJobs, reportVerifiers, rollUpCrons, rollUpJobs } from './annual-report/index.ts'
import { apiCrons, apiJobs } from './api/index.ts'
import { answerDocumentJobs, answerDocumentVerifiers, archiveCrons, archiveJobs, archiveVerifiers, applicationCrons, applicationJobs, applicationVerifiers } from './applications/index.ts'
import { auditCrons, auditJobs, auditVerifiers } from './audit/index.ts'
import { contentCrons, contentJobs, catalogueCrons, catalogueJobs, catalogueVerifiers, dutyCrons, dutyJobs, exemptionCrons, exemptionJobs, normativeCrons, normativeJobs, subscriptionComposers, subscriptionCrons, subscriptionJobs, verifyIndex, handOverCrons, handOverJobs } from './catalogue/index.ts'
import { identityCrons, identityJobs } from './identity/index.ts'
import type { CronEntry, JobHandlers } from './platform/jobs.ts'
import { noticeCrons, noticeJobs } from './notices/index.ts'
import { mailCrons, mailJobs } from './platform/mail/index.ts'
import { fileCrons, fileJobs } from './platform/sweep-files.ts'
import { ledgerImportJobs } from './ledger-import/index.ts'
import { verifyFiles } from './platform/verify-files.ts'
import { verifyTimelines } from './platform/verify-timelines.ts'
import type { Verifier } from './platform/verify.ts'
import { listDisputed, reviewCrons, reviewJobs, reviewVerifiers } from './reviews/index.ts'
import { searchCrons, searchJobs, searchSources } from './search-sources.ts'
import { accountabilityVerifiers, complaintCrons, complaintJobs, complaintVerifiers, assessmentVerifiers, safeguardCrons, safeguardJobs } from './supervision/index.ts'
import { webhookCrons, webhookJobs } from './webhooks/index.ts'

/** 各模块的后台任务、定时与核对；新模块在此添一行。 */
export const jobHandlers: JobHandlers = { ...mailJobs(subscriptionComposers), ...fileJobs, ...subscriptionJobs, ...handOverJobs(visitorOf), ...noticeJobs, ...auditJobs, ...identityJobs, ...applicationJobs, ...answerDocumentJobs, ...archiveJobs(listDisputed), ...catalogueJobs, ...contentJobs, ...normativeJobs, ...dutyJobs, ...exemptionJobs, ...searchJobs, ...reviewJobs, ...ledgerImportJobs, ...complaintJobs, ...safeguardJobs, ...webhookJobs, ...rollUpJobs, ...filingJobs, ...apiJobs }
export const crons: readonly CronEntry[] = [...mailCrons, ...fileCrons, ...subscriptionCrons, ...noticeCrons, ...auditCrons, ...identityCrons, ...applicationCrons, ...archiveCrons, ...catalogueCrons, ...contentCrons, ...normativeCrons, ...dutyCrons, ...exemptionCrons, ...handOverCrons, ...searchCrons, ...reviewCrons, ...complaintCrons, ...safeguardCrons, ...filingCrons, ...rollUpCrons, ...webhookCrons, ...apiCrons]
export const verifiers: readonly Verifier[] = [
  { name: '时间线', verify: verifyTimelines },
  ...auditVerifiers,
  ...applicationVerifiers,
  ...answerDocumentVerifiers,
  ...archiveVerifiers,
  ...catalogueVerifiers,
  ...reviewVerifiers,
  ...complaintVerifiers,
  ...assessmentVerifiers,
  ...accountabilityVerifiers,
  ...reportVerifiers,
  { name: '检索的索引', verify: ({ db }) => verifyIndex(db, searchSources) },
  { name: '文件', verify: verifyFiles },
]
