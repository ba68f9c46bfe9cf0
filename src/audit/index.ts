import './tables.ts'
import type { CronEntry, JobHandlers } from '../platform/jobs.ts'
import type { Verifier } from '../platform/verify.ts'
import { sealAudit } from './seal.ts'
import { verifyAudit } from './verify-audit.ts'

export { WHOLE_DISTRICT, record, recordMany } from './record.ts'
export type { AuditActor, AuditDetail, AuditTarget } from './record.ts'
export { listAudit } from './list-audit.ts'
export type { AuditEntry, AuditFilter } from './list-audit.ts'
export { sealAudit } from './seal.ts'
export { verifyAudit } from './verify-audit.ts'

export const auditJobs: JobHandlers = {
  'audit.seal': async ({ db }) => {
    await sealAudit(db)
  },
}
export const auditCrons: readonly CronEntry[] = [{ task: 'audit.seal', at: 'every-minute' }]
export const auditVerifiers: readonly Verifier[] = [{ name: '留痕的封', verify: verifyAudit }]
