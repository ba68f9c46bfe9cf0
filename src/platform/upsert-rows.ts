import { sql } from 'kysely'
import type { Tables, Tx } from './db.ts'

const BATCH = 1000

/**
 * 写入许多行，已有的换成新的；十万行亦可一次交来，内部分批。各行的列须相同。
 * 一批作一份 JSON 交给数据库，照表的列型读出：语句不随行数而变，也不必逐列写明类型。
 * @param key 主键的各列
 * @param keep 这些列没有值时留着原来的
 */
export async function upsertRows(
  tx: Tx,
  table: keyof Tables,
  key: readonly string[],
  rows: readonly object[],
  keep: readonly string[] = [],
): Promise<void> {
  const kept = new Set<string>(keep)
  const keys = new Set<string>(key)
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH).map(toJson)
    const columns = Object.keys(batch[0] ?? {})
    const names = sql.join(columns.map((column) => sql.ref(column)))
    const updates = columns
      .filter((column) => !keys.has(column))
      .map((column) =>
        kept.has(column)
          ? sql`${sql.ref(column)} = coalesce(excluded.${sql.ref(column)}, ${sql.table(table)}.${sql.ref(column)})`
          : sql`${sql.ref(column)} = excluded.${sql.ref(column)}`,
      )
    await sql`insert into ${sql.table(table)} (${names})
      select ${names} from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(batch)}::json)
      on conflict (${sql.join(key.map((column) => sql.ref(column)))}) do update set ${sql.join(updates)}`.execute(tx)
  }
}

// JSON 里没有字节；bytea 认十六进制的写法
const toJson = (row: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([column, value]: [string, unknown]) => [column, Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value]))
