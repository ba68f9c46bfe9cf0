import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { listMigrations } from '../src/platform/migrate.ts'
import { testDb } from '../src/platform/testing.ts'

const { db } = testDb()

/** 全区一份、不属某一机关的表：分布时作为参考表或留在协调节点。添一张须在此写明为何。 */
const DISTRICT_WIDE: Readonly<Record<string, string>> = {
  district: '区本身',
  body: '机构的名册，code 写在公开网址里，全区唯一',
  calendar_year: '节假日安排',
  account: '一人可在几个机构兼职，登录名全区唯一',
  account_password: '属于账号',
  mail_subscription: '公众的订阅属于订的人，可以跨机关',
  session: '属于账号，登录之前不知道机构',
  sign_in_throttle: '登录失败计数，登录之前不知道机构',
  search_word: '公开着的标题里的词，各机构混在一起；由应用随检索的索引增删',
  search_synonym: '本区自定的同义说法，全区一份',
  schema_migration: '迁移本身',
  schema_migration_lock: '迁移本身',
}

const names = async (query: ReturnType<typeof sql<{ name: string }>>): Promise<string[]> =>
  (await query.execute(db)).rows.map((row) => row.name).toSorted()

const tables = sql<{ name: string }>`select relname::text as name from pg_class
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`

test('each table says what it is for', async () => {
  const silent = sql<{ name: string }>`select relname::text as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname not like 'schema_migration%'
      and coalesce(obj_description(oid, 'pg_class'), '') = ''`
  expect(await names(silent)).toEqual([])
})

test('each table of a body begins its primary key with body_id', async () => {
  const keyed = await names(sql<{ name: string }>`
    select c.relname::text as name from pg_index i join pg_class c on c.oid = i.indrelid
    join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
    where i.indisprimary and c.relnamespace = 'public'::regnamespace and a.attname = 'body_id'`)
  const others = (await names(tables)).filter((name) => !keyed.includes(name))
  expect(others.filter((name) => !Object.hasOwn(DISTRICT_WIDE, name))).toEqual([])
})

test('the list of district-wide tables names only tables there are', async () => {
  const all = await names(tables)
  expect(Object.keys(DISTRICT_WIDE).filter((name) => !all.includes(name))).toEqual([])
})

test('nothing of a body is unique across bodies', async () => {
  const across = await names(sql<{ name: string }>`
    select c.relname || ': ' || pg_get_indexdef(i.indexrelid) as name from pg_index i join pg_class c on c.oid = i.indrelid
    where i.indisunique and c.relnamespace = 'public'::regnamespace and c.relname <> all(${Object.keys(DISTRICT_WIDE)}::text[])
      and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'body_id' and a.attnum = any(i.indkey::int[]))`)
  expect(across).toEqual([])
})

test('a reference from one table of a body to another carries body_id', async () => {
  const without = await names(sql<{ name: string }>`
    select k.conrelid::regclass || ' → ' || k.confrelid::regclass as name from pg_constraint k
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace
      and k.confrelid::regclass::text <> all(${Object.keys(DISTRICT_WIDE)}::text[])
      and not exists (select from pg_attribute a where a.attrelid = k.conrelid and a.attname = 'body_id' and a.attnum = any(k.conkey))`)
  expect(without).toEqual([])
})

test('no triggers, sequences, functions, views or rules of our own', async () => {
  const made = await names(sql<{ name: string }>`
    select 'trigger ' || t.tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
    union all select relkind::text || ' ' || relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('S', 'v', 'm', 'f')
    union all select 'function ' || proname from pg_proc where pronamespace = 'public'::regnamespace
    union all select 'rule ' || rulename from pg_rules where schemaname = 'public'`)
  expect(made).toEqual([])
})

test('migrations say nothing that only one server or one session knows', async () => {
  const forbidden = /\b(set\s+(session|local|role)\b|advisory_lock|listen\s|notify\s|create\s+extension|serial\b|generated\s+(always|by default)\s+as\s+identity|grouping\s+sets|with\s+recursive)/i
  const found = (await listMigrations()).flatMap(({ name, sql: text }) => {
    const hit = forbidden.exec(text.replaceAll(/--.*$/gm, ''))
    return hit ? [`${name}: ${hit[0]}`] : []
  })
  expect(found).toEqual([])
})
