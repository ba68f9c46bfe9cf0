import { isUnseeded, loadSeeds } from '../../seeds/index.ts'
import type { Command } from './command.ts'
import { withDatabase } from './with-runtime.ts'

/** 载入演示数据；已有数据的不动，退出码 1。 */
export const seedCommand: Command = {
  name: 'seed',
  usage: 'seed  向空库载入演示数据（正式模式拒绝）',
  run: (_args, io) =>
    withDatabase(async ({ deps }) => {
      if (!(await isUnseeded(deps))) {
        io.err('库里已有数据，未载入')
        return 1
      }
      for (const line of await loadSeeds(deps)) io.out(line)
      return 0
    }),
}
