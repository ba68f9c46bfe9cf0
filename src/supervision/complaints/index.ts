import './tables.ts'
import { Hono } from 'hono'
import { complaintCaseRoutes } from './desk/case-routes.tsx'
import { complaintIntakeRoutes } from './desk/intake-routes.tsx'
import { complaintListRoutes } from './desk/list-routes.tsx'
import { retentionRoutes } from './retention/retention-routes.tsx'
import { complainRoutes } from './public/complain-routes.tsx'
import { supervisionRoutes } from './public/supervision-routes.tsx'
import { complaintTrackRoutes } from './public/track-routes.tsx'

/** 投诉与反映的各页：工作台的列表、登记先于案件的地址；公众的提交、查询、统计。 */
export const complaintRoutes = new Hono()
for (const routes of [retentionRoutes, complaintListRoutes, complaintIntakeRoutes, complaintCaseRoutes, complainRoutes, complaintTrackRoutes, supervisionRoutes]) complaintRoutes.route('/', routes)

export { complaintToDos } from './complaint-to-dos.ts'
export { countComplaints } from './count-complaints.ts'
export type { ComplaintCounts } from './count-complaints.ts'
export { complaintCrons, complaintJobs } from './jobs.ts'
export { OPEN as OPEN_COMPLAINTS } from './complaint.ts'
export { countListed as countListedComplaints, countReceivedByBody as countComplaintsByBody } from './queries.ts'
export { viewerOf } from './viewer.ts'
export { complaintVerifiers } from './verify-complaints.ts'
