import type { Command } from './command.ts'
import { withRuntime } from './with-runtime.ts'

/** 迁移到最新。 */
export const migrateCommand: Command = {
  name: 'migrate',
  usage: 'migrate  把数据库迁移到最新',
  run: (_args, io) =>
    withRuntime(async (runtime) => {
      const done = await runtime.migrate()
      io.out(done.length > 0 ? done.join('\n') : '已是最新')
      return 0
    }),
}
