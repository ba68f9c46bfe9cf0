import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { loadSeeds } from '../seeds/index.ts'
import { fieldKeys, sealBytes } from '../src/platform/crypto.ts'
import { sealStream } from '../src/platform/seal-stream.ts'
import { sweepFiles } from '../src/platform/sweep-files.ts'
import { testDb } from '../src/platform/testing.ts'
import { verifyFiles } from '../src/platform/verify-files.ts'

const { db, deps, files } = testDb()
const put = async (content: AsyncIterable<Uint8Array> | Uint8Array, daysAgo = 2): Promise<string> => {
  const { key } = await files.put(content, { maxBytes: 1024 * 1024 })
  aged(key, daysAgo)
  return key
}
const aged = (key: string, daysAgo: number): void => {
  const at = new Date(deps.clock.now().getTime() - daysAgo * 86_400_000)
  utimesSync(join(deps.config.dataDir, 'files', key.slice(0, 2), key.slice(2, 4), key), at, at)
}
const keysOf = async (): Promise<Set<string>> => new Set((await Array.fromAsync(files.list())).map(({ key }) => key))

test('over the whole demo, everything old: nothing a record names goes, whatever column or JSON names it; what no record names does', async () => {
  await loadSeeds(deps)
  for (const key of await keysOf()) aged(key, 2)
  // 种种写法：表的一列之外，JSON 里、正文的地址里、文字数组里、还没有办的任务里
  const body = await db.selectFrom('body').select('body_id').executeTakeFirstOrThrow()
  const [inDraft, inText, inJob] = [await put(Buffer.from('只在没有交的表单里')), await put(Buffer.from('只在正文的地址里')), await put(Buffer.from('只在任务里'))]
  const item = await db.selectFrom('info_item').select(['item_id']).where('body_id', '=', body.body_id).executeTakeFirst()
  const account = await db.selectFrom('account').select('account_id').executeTakeFirstOrThrow()
  await db.insertInto('item_draft').values({ body_id: body.body_id, account_id: account.account_id, item_id: item?.item_id ?? account.account_id, seen_version: 0, fields: '{}', body_html: `<img src="file:${inText}">`, attachments: JSON.stringify([{ key: inDraft, name: 'a.txt', mediaType: 'text/plain', bytes: 1 }]), saved_at: deps.clock.now() }).execute()
  await sql`select graphile_worker.add_job('test.later', ${JSON.stringify({ key: inJob })}::json)`.execute(db)
  // 加密的没有记录写着也不动：写着它的可能也是加密的
  const keys = fieldKeys('another-key-than-the-one-now-in-use-000000')
  async function* long() { yield Buffer.alloc(1024, 7) }
  const sealed = [await put(sealBytes(keys, Buffer.from('x'), 'p')), await put(sealStream(keys, long(), 'p'))]
  const fresh = await put(Buffer.from('刚存下的'), 0.5)
  const orphans = [await put(Buffer.from('没有记录写着的甲')), await put(Buffer.from('没有记录写着的乙'))]
  const before = await keysOf()
  const broken = (await Array.fromAsync(verifyFiles(deps))).length

  await sweepFiles(deps)
  const after = await keysOf()
  for (const key of [inDraft, inText, inJob, ...sealed, fresh]) expect(after.has(key)).toBe(true)
  for (const key of orphans) expect(after.has(key)).toBe(false)
  expect((await Array.fromAsync(verifyFiles(deps))).length).toBe(broken)
  // 清去的，没有一个在任何一张表里
  const gone = [...before].filter((key) => !after.has(key))
  const { rows: tables } = await sql<{ name: string }>`select c.relname as name from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`.execute(db)
  for (const { name } of tables)
    for (const key of gone) {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(name)} t where position(${key} in t::text) > 0`.execute(db)
      expect([name, key, rows[0]?.n]).toEqual([name, key, 0])
    }
}, 120_000)

test('bounded: so many a night, the rest the next; what was stored again meanwhile stays', async () => {
  const some = await Promise.all(Array.from({ length: 5 }, (_, n) => put(Buffer.from(`剩下的 ${n}`))))
  expect([await sweepFiles(deps, 3), await sweepFiles(deps, 3), await sweepFiles(deps, 3)]).toEqual([3, 2, 0])
  const again = await put(Buffer.from('剩下的 0'), 0)
  expect([await sweepFiles(deps), (await keysOf()).has(again), some.includes(again)]).toEqual([0, true, true])
})
