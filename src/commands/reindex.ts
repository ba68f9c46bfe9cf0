import { reindex } from '../catalogue/index.ts'
import { searchSources } from '../search-sources.ts'
import type { Command } from './command.ts'
import { withDatabase } from './with-runtime.ts'

/** 照记录重建检索的索引；升级之后、词表改过之后运行一次，可以重办。 */
export const reindexCommand: Command = {
  name: 'reindex',
  usage: 'reindex [--json]  照已公开的记录重建检索的索引，只动不同的',
  run: (args, io) =>
    withDatabase(async ({ deps }) => {
      const done = await reindex(deps.db, searchSources)
      io.out(args.includes('--json') ? JSON.stringify(done) : `补上或改过 ${done.changed} 件，去掉 ${done.removed} 件`)
      return 0
    }),
}
