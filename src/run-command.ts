import process from 'node:process'
import type { Command, Io } from './commands/command.ts'
import { commands, usage } from './commands/index.ts'
import { ConfigError } from './platform/config.ts'

const standardIo: Io = {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
}

// 读结果的一方先走了（`| head`）：命令照常办完，只是没人听
const ignorePipe = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error
}
process.stdout.on('error', ignorePipe)
process.stderr.on('error', ignorePipe)

/** 按名字跑命令，返回退出码；没有这个命令则说用法，退出码 2。 */
export async function runCli([name = '', ...args]: string[], io: Io = standardIo): Promise<number> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (load) return runCommand(await load(), args, io)
  io.err(`${name ? `没有「${name}」这个命令\n` : ''}${await usage()}`)
  return 2
}

/** 跑一个命令，返回退出码；配置有误为 2，其他没有料到的错误为 1，都说明在标准错误。 */
export async function runCommand(command: Command, args: string[], io: Io = standardIo): Promise<number> {
  try {
    return await command.run(args, io)
  } catch (error) {
    if (error instanceof ConfigError) {
      io.err(error.message)
      return 2
    }
    io.err(`未能完成：${error instanceof Error ? error.message : String(error)}`)
    if (process.env['LOG_LEVEL'] === 'debug' && error instanceof Error) io.err(error.stack ?? '')
    return 1
  }
}
