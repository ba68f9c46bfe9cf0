import type { Db } from './db.ts'
import type { Config } from './config.ts'
import type { FileStore } from './files.ts'
import type { Log } from './log.ts'

/** 时钟只在 main.ts 与测试里造。 */
export interface Clock {
  /** 此刻，UTC 时刻。 */
  now(): Date
  /** 今日，北京时间的自然日 `YYYY-MM-DD`。 */
  today(): string
}

/** 每个动作的第一个参数。 */
export interface Deps {
  db: Db
  files: FileStore
  clock: Clock
  config: Config
  log: Log
}
