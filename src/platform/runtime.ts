import { join } from 'node:path'
import type pg from 'pg'
import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { connect } from './connect.ts'
import type { Deps } from './deps.ts'
import { keepPostgres } from './keep-postgres.ts'
import { migrateJobs } from './jobs.ts'
import { localFiles } from './local-files.ts'
import type { Log } from './log.ts'
import { migrate } from './migrate.ts'

export interface Runtime {
  deps: Deps
  pool: pg.Pool
  url: string
  /** 内嵌数据库，还是 DATABASE_URL 所指的 */
  embedded: boolean
  /** 迁移到最新，含任务的表；返回做了的文件名 */
  migrate: () => Promise<string[]>
  close: () => Promise<void>
}

const DATABASE = 'mingchuang'

/**
 * 接好数据库与文件库。没有 DATABASE_URL 时起内嵌的数据库；目录正被使用的，服务等它停下，命令连过去。
 * @param as 服务与命令之别：命令停下时先等连过来的别人办完
 */
export async function openRuntime(config: Config, log: Log, as: 'server' | 'command'): Promise<Runtime> {
  const server = config.databaseUrl === null ? await openEmbedded(config, log, as) : { url: config.databaseUrl, stop: async () => {} }
  const connection = connect(server.url, { max: config.databasePool, namedStatements: config.namedStatements, log })
  const files = localFiles(join(config.dataDir, 'files'))
  return {
    deps: { db: connection.db, files, clock: systemClock(), config, log },
    pool: connection.pool,
    url: server.url,
    embedded: config.databaseUrl === null,
    migrate: async () => {
      const done = await migrate(connection.db)
      await migrateJobs(server.url, log)
      return done
    },
    close: async () => {
      await connection.close()
      await server.stop()
    },
  }
}

async function openEmbedded(config: Config, log: Log, as: 'server' | 'command') {
  const server = await keepPostgres({ dataDir: join(config.dataDir, 'postgres'), whenBusy: as === 'server' ? 'wait' : 'adopt' }, log)
  const admin = connect(server.urlOf('postgres'), { max: 1, namedStatements: false, log })
  try {
    const { rows } = await admin.pool.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (rows.length === 0) await admin.pool.query(`create database ${DATABASE}`)
  } finally {
    await admin.close()
  }
  return { url: server.urlOf(DATABASE), stop: () => server.stop({ patient: as === 'command' }) }
}
