export { archiveCrons, archiveJobs } from './jobs.ts'
export { archiveRoutes } from './archive-routes.tsx'
export { archiveToDos } from './archive-to-dos.ts'
export { archiveVerifiers } from './verify-archive.ts'
