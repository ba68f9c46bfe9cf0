import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../../../app-parts.ts'
import { createApp } from '../../../app.tsx'
import { aBody, aDistrict } from '../../../bodies/testing.ts'
import { transaction } from '../../../platform/connect.ts'
import { openLedger } from '../../../platform/ledger/index.ts'
import { testDb } from '../../../platform/testing.ts'
import { closeRedaction } from '../../../redaction/index.ts'
import { closeFileReader } from '../../content/read-file.ts'
import { oldSiteLedger } from './old-site-ledger.ts'
import { closePageReader } from './read-page.ts'
import { confirmSiteImport, runReading, runSiteImport, startSiteImport } from './run-site-import.ts'
import { OLD_PROFILE, OLD_SITE, zipOf } from './testing-old-site.ts'

const { db, deps } = testDb()
const app = createApp(deps, appParts(deps))
const ledger = openLedger(oldSiteLedger)
let bodyId = ''
const context = () => ({ bodyId, actor: 'import:test', at: deps.clock.now(), today: deps.clock.today() })
const load = (csv: string) => transaction(db, (tx) => ledger.import(tx, Buffer.from(csv), context()))

beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'csyxglzx', name: '示例中心' })).bodyId
})
afterAll(() => Promise.all([closeFileReader(), closePageReader(), closeRedaction()]))

test('a list of the old site: one row one page, its content stays there, its address leads here', async () => {
  const csv = '链接,文章标题,发布时间,事项\nhttp://www.old.gov.cn/a/1.html?id=3,机构职能,2022-03-01,A20_02\n'
  expect(await load(csv)).toMatchObject({ created: 1 })
  expect(await load(csv)).toMatchObject({ created: 0, unchanged: 1 })
  const item = await db.selectFrom('published_item').selectAll().executeTakeFirstOrThrow()
  expect(item).toMatchObject({ title: '机构职能', first_published_on: '2022-03-01', url: 'http://www.old.gov.cn/a/1.html?id=3' })
  expect((await app.request('/a/1.html?id=3')).headers.get('location')).toBe(`/items/${item.index_no}`)
})

test('what cannot be is told beside its column', async () => {
  const preview = await ledger.preview(Buffer.from('网址,标题,发布日期,事项\nftp://x/1,甲,2022-03-01,A20_02\nhttp://a.cn/2.html,乙,2030-01-01,第九十九条\nhttp://a.cn/3.html,丙 11010519491231002X,2022-01-01,A20_02\n'), context())
  expect(preview.faults.map(({ line, column }) => [line, column])).toEqual([[2, '网址'], [3, '发布日期'], [3, '第二十条/二十一条事项'], [4, '标题']])
})

test('pages imported before keep their text and files when the list is loaded after them', async () => {
  const actor = { kind: 'system', name: 'test' } as const
  const ref = await startSiteImport(deps, actor, { bodyId, file: { name: 'x.zip', bytes: zipOf(OLD_SITE) }, profile: OLD_PROFILE })
  await runReading(deps, ref)
  await confirmSiteImport(deps, actor, ref, { withDoubt: false, by: 'caller' })
  await runSiteImport(deps, ref)
  expect(await load('网址,标题,发布日期,文号,事项\nhttp://www.old.gov.cn/xxgk/1.html,2023 年部门预算,2023-02-10,示例〔2023〕2号,A20_07\n')).toMatchObject({ created: 0, changed: 1 })
  const item = await db.selectFrom('published_item').selectAll().where('title', '=', '2023 年部门预算').executeTakeFirstOrThrow()
  expect(item).toMatchObject({ doc_no: '示例〔2023〕2号', url: null, details: { attachments: [{ name: '预算表.csv' }] } })
})
