import { resolve } from 'node:path'
import { BadBackup, NotEmpty, restoreBackup } from '../platform/backup/index.ts'
import type { Command } from './command.ts'
import { verifyCommand } from './verify.ts'
import { withRuntime } from './with-runtime.ts'

const USAGE = 'restore FILE [--force]  从备份恢复到空库（--force 先清掉已有数据），随后核对'

/** 恢复并核对。退出码：0 成；1 核对不符、库不空或备份不可用；2 用法有误。 */
export const restoreCommand: Command = {
  name: 'restore',
  usage: USAGE,
  run: async (args, io) => {
    const force = args.includes('--force')
    const [file, ...more] = args.filter((arg) => arg !== '--force')
    if (!file || more.length > 0 || file.startsWith('-')) {
      io.err(`用法：${USAGE}`)
      return 2
    }
    try {
      const { createdAt } = await withRuntime(({ pool, deps, url }) =>
        restoreBackup({ pool, files: deps.files, url, log: deps.log, force }, resolve(file)),
      )
      io.out(`已恢复 ${createdAt} 的备份`)
    } catch (error) {
      if (!(error instanceof BadBackup || error instanceof NotEmpty)) throw error
      io.err(error.message)
      return 1
    }
    return verifyCommand.run([], io)
  },
}
