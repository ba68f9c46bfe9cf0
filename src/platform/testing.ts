import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, inject } from 'vitest'
import { readConfig } from './config.ts'
import { connect } from './connect.ts'
import type { Db } from './db.ts'
import type { Clock, Deps } from './deps.ts'
import { localFiles } from './local-files.ts'
import type { FileStore } from './files.ts'
import { silentLog } from './log.ts'
import { admin, withDatabase } from './testing-setup.ts'

export interface TestDb {
  db: Db
  deps: Deps
  files: FileStore
  /** 把今日改为某日（北京时间正午） */
  setToday: (day: string) => void
  /** 连接串，给子进程用 */
  url: string
}

/**
 * 在文件或 describe 的开头调用：给这一组测试一个全新的库（由迁移好的模板复制，完后删去）。
 * 今日为 2026-01-15，可改；文件存在临时目录；日志不出声。
 */
export function testDb(): TestDb {
  const adminUrl = inject('adminUrl')
  const database = `mc_test_${randomBytes(6).toString('hex')}`
  const url = withDatabase(adminUrl, database)
  const log = silentLog()
  const { db, close } = connect(url, { max: 5, namedStatements: true, log })
  const dataDir = mkdtempSync(join(tmpdir(), 'mc-files-'))
  const { clock, setToday } = settableClock('2026-01-15')
  const files = localFiles(join(dataDir, 'files'))
  const config = readConfig({ DATA_DIR: dataDir, DATABASE_URL: url, LOG_LEVEL: 'silent', PORT: '0' })

  // 照着文件复制：缺省的逐页写日志，多用七倍 CPU
  beforeAll(() => admin(adminUrl, `create database ${database} template ${inject('template')} strategy file_copy`))
  afterAll(async () => {
    await close()
    await admin(adminUrl, `drop database if exists ${database} with (force)`)
    rmSync(dataDir, { recursive: true, force: true })
  })
  return { db, deps: { db, files, clock, config, log }, files, setToday, url }
}

/** 停在某日正午的时钟。 */
function settableClock(day: string): { clock: Clock; setToday: (day: string) => void } {
  let today = day
  return {
    clock: { now: () => new Date(`${today}T12:00:00+08:00`), today: () => today },
    setToday: (next) => {
      today = next
    },
  }
}
