import { resolve } from 'node:path'
import { writeBackup } from '../platform/backup/index.ts'
import type { Command } from './command.ts'
import { withDatabase } from './with-runtime.ts'

const USAGE = 'backup FILE  把全部记录与文件备份成一个文件（服务照常运行；SECRET_KEY 须另行保管）'

/** 备份。退出码：0 成；2 没有写明文件。 */
export const backupCommand: Command = {
  name: 'backup',
  usage: USAGE,
  run: async ([file, ...more], io) => {
    if (!file || more.length > 0 || file.startsWith('-')) {
      io.err(`用法：${USAGE}`)
      return 2
    }
    return withDatabase(async ({ pool, deps }) => {
      const path = resolve(file)
      const done = await writeBackup({ pool, files: deps.files, now: deps.clock.now() }, path)
      io.out(`${path}：${done.tables} 张表，${done.files} 个文件，${done.bytes} 字节`)
      return 0
    })
  },
}
