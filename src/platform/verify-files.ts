import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Deps } from './deps.ts'
import { NotFound } from './errors.ts'
import type { Problem } from './verify.ts'

const PAGE = 1000

/** 各表（凡有 `file_key` 一列的）所指的文件都在文件库里，内容与其键（SHA-256）相符。 */
export async function* verifyFiles({ db, files }: Pick<Deps, 'db' | 'files'>): AsyncIterable<Problem> {
  const { rows: tables } = await sql<{ table_name: string }>`
    select table_name from information_schema.columns
    where table_schema = 'public' and column_name = 'file_key' order by table_name`.execute(db)
  for (const { table_name: table } of tables) {
    let after = ''
    for (;;) {
      const { rows } = await sql<{ file_key: string }>`
        select distinct file_key from ${sql.table(table)} where file_key > ${after} order by file_key limit ${PAGE}`.execute(db)
      for (const { file_key: key } of rows) {
        const wrong = await check(files, key)
        if (wrong) yield { where: `文件 ${key}（${table}）`, message: wrong }
      }
      if (rows.length < PAGE) break
      after = rows.at(-1)?.file_key ?? ''
    }
  }
}

async function check(files: Deps['files'], key: string): Promise<string | null> {
  if (!(await files.has(key))) return '文件库里没有'
  const hash = createHash('sha256')
  try {
    for await (const chunk of files.stream(key)) hash.update(chunk)
  } catch (error) {
    if (error instanceof NotFound) return '文件库里没有'
    return `读不出：${error instanceof Error && 'code' in error ? String(error.code) : '未知'}`
  }
  return hash.digest('hex') === key ? null : '内容与存入时不符'
}
