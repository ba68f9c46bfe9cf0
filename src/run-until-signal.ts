import process from 'node:process'
import type { Log } from './platform/log.ts'

/** 一直运行到收到停止信号，停好后返回；再来一次信号则立即退出。 */
export function untilSignal(log: Log, stop: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const onSignal = (signal: NodeJS.Signals): void => {
      process.removeListener('SIGTERM', onSignal)
      process.removeListener('SIGINT', onSignal)
      process.once('SIGINT', () => process.exit(130))
      process.once('SIGTERM', () => process.exit(143))
      log.info({ signal }, '正在停止')
      stop().then(resolve, reject)
    }
    process.on('SIGTERM', onSignal)
    process.on('SIGINT', onSignal)
  })
}
