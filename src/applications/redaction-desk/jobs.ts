import { z } from 'zod'
import { job } from '../../platform/jobs.ts'
import type { JobHandlers } from '../../platform/jobs.ts'
import { runProduction } from './run-production.ts'

/** 任务：生成遮盖件并复核，生成、作废都记在那份文件上；可以重办。 */
export const answerDocumentJobs: JobHandlers = {
  'applications.produce-document': job(z.object({ bodyId: z.uuid(), caseId: z.uuid(), documentId: z.uuid(), version: z.int() }), runProduction),
}
