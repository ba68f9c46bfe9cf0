import { reportSource } from './annual-report/index.ts'
import { answeredSource } from './applications/index.ts'
import { itemSource, normativeSource, partSources, reindex } from './catalogue/index.ts'
import type { CronEntry, JobHandlers } from './platform/jobs.ts'
import type { SearchSource } from './platform/search/index.ts'

/** 公众检索得到的各种记录；新的一种在此添一行，检索页、重建与核对就都有它。 */
export const searchSources: readonly SearchSource[] = [itemSource, normativeSource, ...partSources, answeredSource, reportSource]

export const searchJobs: JobHandlers = {
  // 平日随记录增删；升级之前的、词表改过的，夜里补齐
  'search.reindex': async ({ db }) => {
    await reindex(db, searchSources)
  },
}
export const searchCrons: readonly CronEntry[] = [{ task: 'search.reindex', at: '2:20' }]
