import { z } from 'zod'
import { job } from '../platform/jobs.ts'
import type { JobHandlers } from '../platform/jobs.ts'
import { runImport } from './run-import.ts'

export const ledgerImportJobs: JobHandlers = {
  'ledger-import.run': job(z.object({ bodyId: z.uuid(), importId: z.uuid() }), runImport),
}
