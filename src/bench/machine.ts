import { cpus, totalmem } from 'node:os'
import process from 'node:process'
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'

/** 在什么机器上、用什么版本量的。 */
export async function describeMachine(db: Db): Promise<string[]> {
  const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db)
  const all = cpus()
  return [
    `处理器：${all.length} 核 ${all[0]?.model.trim() ?? '不详'}`,
    `内存：${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    `Node ${process.versions.node}，PostgreSQL ${rows[0]?.version ?? '不详'}（内嵌，落盘照常）`,
    `系统：${process.platform} ${process.arch}`,
  ]
}
