import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { sealAudit } from '../src/audit/index.ts'
import { loadSeeds } from '../seeds/index.ts'
import { verifyAll } from '../src/platform/verify.ts'
import { verifiers } from '../src/wiring.ts'
import { testDb } from '../src/platform/testing.ts'
import { appParts } from '../src/app-parts.ts'
import { createApp } from '../src/app.tsx'

const { db, deps } = testDb()
const FILES = join(deps.config.dataDir, 'files')

beforeAll(async () => {
  await loadSeeds(deps)
  await createApp(deps, appParts(deps)).request('/bodies/csyxglzx/annual-reports/2024/download/json')
  await sealAudit(db)
}, 120_000)

const problems = async (): Promise<string[]> =>
  (await verifyAll(deps, verifiers)).flatMap(({ name, problems: found }) => found.map(({ where, message }) => `${name}：${where}：${message}`))

/** 改了之后查得出，改回去就好了。 */
async function tampered(change: string, undo: string): Promise<string[]> {
  await sql.raw(change).execute(db)
  try {
    return await problems()
  } finally {
    await sql.raw(undo).execute(db)
  }
}

test('nothing is wrong to begin with', async () => expect(await problems()).toEqual([]))

/** 攻击者有数据库在手：把动到的表先存一份，改完再还原。 */
const saved = (table: string) => `create table kept as table ${table}`
const TAMPERINGS: readonly (readonly [string, string, string, RegExp])[] = [
  ['an event of a timeline rewritten', 'timeline_event', `update timeline_event set data = data || '{"reason":"改过"}' where stream = 'annual-report' and kind = 'published'`, /时间线.*不符/],
  ['the day of an event moved', 'timeline_event', `update timeline_event set on_day = on_day - 1 where version = 1 and stream = 'application'`, /时间线.*不符/],
  ['an event in the middle taken out', 'timeline_event', `delete from timeline_event where stream = 'annual-report' and version = 2`, /时间线.*缺第 2 条/],
  ['the last event taken out', 'timeline_event', `delete from timeline_event e where stream = 'application' and version = (select max(version) from timeline_event m where m.body_id = e.body_id and m.case_id = e.case_id)`, /依申请公开/],
  ['a whole timeline taken out', 'timeline_event', `delete from timeline_event where stream = 'item' and case_id = (select item_id from info_item limit 1)`, /主动公开信息.*没有时间线/],
  ['a row of the audit rewritten', 'audit_event', `update audit_event set action = 'x.y' where event_id = (select event_id from audit_event where block is not null limit 1)`, /留痕.*不符/],
  ['a row of the audit taken out', 'audit_event', `delete from audit_event where event_id = (select event_id from audit_event where block is not null limit 1)`, /留痕.*封存时/],
  ['a list row rewritten', 'application', `update application set status = 'withdrawn' where case_id = (select case_id from application where status <> 'withdrawn' limit 1)`, /依申请公开.*不符/],
  ['a list row taken out', 'application', `delete from application where case_id = (select case_id from application limit 1)`, /依申请公开.*没有行/],
  ['an item taken out of its list', 'info_item', `set session_replication_role = replica; delete from info_item where item_id = (select item_id from info_item limit 1); set session_replication_role = origin`, /主动公开信息.*没有行/],
  ['what the portal shows of an item rewritten', 'published_item', `update published_item set title = '改过' where item_id = (select item_id from published_item limit 1)`, /门户所见的信息.*title/],
  ['the report signed and the report kept differ', 'annual_report_edition', `update annual_report_edition set model = jsonb_set(model, '{narrative,introduction}', '"改过"')`, /年度报告.*不符/],
  ['the same with its digest rewritten too', 'annual_report_edition', `update annual_report_edition set content_hash = repeat('0', 64)`, /年度报告.*不符/],
  ['an edition published on another day', 'annual_report_edition', `update annual_report_edition set published_on = published_on - 30`, /年度报告.*之日与时间线不符/],
]

let table = ''
beforeEach(async () => {
  if (table === '') return
  await sql.raw(`drop table if exists kept`).execute(db)
  table = ''
})

test.each(TAMPERINGS)('%s is found', async (_, changed, statement, found) => {
  table = changed
  await sql.raw(saved(changed)).execute(db)
  const restore = `set session_replication_role = replica; truncate ${changed} cascade; insert into ${changed} select * from kept; set session_replication_role = origin`
  if (changed === 'annual_report_edition') {
    // 有外键指着它，不清空，逐行改回
    const undo = `update annual_report_edition e set model = k.model, content_hash = k.content_hash, published_on = k.published_on from kept k where e.body_id = k.body_id and e.report_id = k.report_id and e.edition = k.edition`
    expect((await tampered(statement, undo)).join('\n')).toMatch(found)
  } else if (changed === 'info_item') {
    // 门户所见的各行指着它，不清空，补回去掉的
    expect((await tampered(statement, `insert into info_item select * from kept on conflict do nothing`)).join('\n')).toMatch(found)
  } else expect((await tampered(statement, restore)).join('\n')).toMatch(found)
  expect(await problems()).toEqual([])
}, 60_000)

test('a file missing from the store, a file rewritten in it, are found', async () => {
  const key = (await db.selectFrom('annual_report_file').select('file_key').executeTakeFirstOrThrow()).file_key
  const path = join(FILES, key.slice(0, 2), key.slice(2, 4), key)
  await writeFile(path, '改过')
  expect((await problems()).join('\n')).toMatch(/文件.*与存入时不符/)
  await rm(path)
  expect((await problems()).join('\n')).toMatch(/文件.*文件库里没有/)
  expect(await readdir(join(FILES, 'tmp'))).toEqual([])
})
