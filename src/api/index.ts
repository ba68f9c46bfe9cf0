import './tables.ts'

export { apiCrons, apiJobs } from './jobs.ts'
