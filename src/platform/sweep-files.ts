import { sql } from 'kysely'
import type { Deps } from './deps.ts'
import type { CronEntry, JobHandlers } from './jobs.ts'

const DAY_MS = 86_400_000
const PAGE = 1000
/** 一夜至多清去几个；其余下一夜再看 */
const MOST = 2000
/** 逐表细看要把全部记录过一遍，一夜至多几遍 */
const MOST_LOOKS = 5

/**
 * 清去文件库里没有任何记录写着的文件（没有交的表单、没有确认的导入留下的），返回清去几个。
 * 只清放了一天以上的：存文件在前、写记录在后的，中间容它一天。加密的（文书、申请人的材料、档案包）一概不碰：
 * 写着它们的记录可能也是加密的，从外面看不出。
 */
export async function sweepFiles(deps: Pick<Deps, 'db' | 'files' | 'clock'>, most = MOST): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - DAY_MS)
  let [removed, looks] = [0, 0]
  let waiting: string[] = []
  const sweep = async (): Promise<void> => {
    looks += 1
    for (const key of await withoutRecord(deps, waiting)) {
      // 查的这一会儿又存了一遍的，即又有人要用
      const at = await deps.files.storedAt(key)
      if (at === null || at >= before || removed >= most) continue
      await deps.files.remove(key)
      removed += 1
    }
    waiting = []
  }
  for await (const key of listCandidates(deps, before)) {
    waiting.push(key)
    if (waiting.length >= most) await sweep()
    if (removed >= most || looks >= MOST_LOOKS) return removed
  }
  await sweep()
  return removed
}

// 先照各表的 file_key 一列筛，余下的才逐表细看，多数夜里没有几个
async function* listCandidates(deps: Pick<Deps, 'db' | 'files'>, before: Date): AsyncIterable<string> {
  let page: string[] = []
  const sift = async (): Promise<string[]> => {
    const [named, asked] = [await namedInColumns(deps, page), page]
    page = []
    const old: string[] = []
    for (const key of asked) if (!named.has(key) && (await isOldAndPlain(deps, key, before))) old.push(key)
    return old
  }
  for await (const { key } of deps.files.list()) {
    page.push(key)
    if (page.length >= PAGE) yield* await sift()
  }
  yield* await sift()
}

async function namedInColumns({ db }: Pick<Deps, 'db'>, keys: readonly string[]): Promise<Set<string>> {
  const { rows: tables } = await sql<{ table_name: string }>`
    select table_name from information_schema.columns where table_schema = 'public' and column_name = 'file_key'`.execute(db)
  const named = new Set<string>()
  for (const { table_name: table } of tables) {
    const { rows } = await sql<{ file_key: string }>`select distinct file_key from ${sql.table(table)} where file_key = any(${[...keys]}::text[])`.execute(db)
    for (const row of rows) named.add(row.file_key)
  }
  return named
}

async function isOldAndPlain({ files }: Pick<Deps, 'files'>, key: string, before: Date): Promise<boolean> {
  const at = await files.storedAt(key)
  return at !== null && at < before && !isSealed(await files.head(key, 5))
}

/** 密文的开头：一个的第一字节是 1，逐块的在四字节的长度之后是 1（见 crypto.ts、seal-stream.ts）；钥匙换过的也认得。 */
export const isSealed = (head: Uint8Array): boolean => head[0] === 1 || (head[0] === 0 && head[4] === 1)

// 键是六十四位十六进制数，写在哪一列、JSON 的哪一层、正文的哪个地址里都认得
async function withoutRecord({ db }: Pick<Deps, 'db'>, candidates: readonly string[]): Promise<string[]> {
  if (candidates.length === 0) return []
  const left = new Set(candidates)
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and (n.nspname = 'public' or (n.nspname = 'graphile_worker' and c.relname = '_private_jobs')) order by 1, 2`.execute(db)
  for (const { schema, name } of tables) {
    if (left.size === 0) break
    const { rows } = await sql<{ key: string }>`
      select distinct found.key[1] as key from ${sql.id(schema, name)} t, regexp_matches(t::text, '[0-9a-f]{64}', 'g') as found(key)
      where found.key[1] = any(${[...left]}::text[])`.execute(db)
    for (const { key } of rows) left.delete(key)
  }
  return [...left]
}

export const fileJobs: JobHandlers = {
  'platform.sweep-files': async (deps) => {
    const removed = await sweepFiles(deps)
    if (removed > 0) deps.log.info({ removed }, '清去了没有记录写着的文件')
  },
}
export const fileCrons: readonly CronEntry[] = [{ task: 'platform.sweep-files', at: '4:20' }]
