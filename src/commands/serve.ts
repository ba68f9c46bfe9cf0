import process from 'node:process'
import { readConfig } from '../platform/config.ts'
import { createLog } from '../platform/log.ts'
import { untilSignal } from '../run-until-signal.ts'
import { serve } from '../serve.ts'
import type { Command } from './command.ts'

/** 起服务，直到收到停止信号。 */
export const serveCommand: Command = {
  name: 'serve',
  usage: 'serve  起服务（网页、接口与后台任务）',
  run: async (_args, io) => {
    const config = readConfig(process.env)
    const log = createLog(config.logLevel)
    const serving = await serve(config, log, (line) => io.out(line))
    await untilSignal(log, serving.stop)
    return 0
  },
}
