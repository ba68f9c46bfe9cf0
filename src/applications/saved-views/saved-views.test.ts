import fc from 'fast-check'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { aDesk } from '../testing-desk.ts'
import { parseList } from '../desk/list-spec.ts'
import { canonicalQuery } from './save-view.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let bodyId = ''
let desk: Awaited<ReturnType<typeof aDesk>>

beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  desk = await aDesk(app, deps, setToday, { bodyId, name: 'views' })
  await desk.register('2026-03-02')
})
beforeEach(() => db.deleteFrom('saved_view').execute())

const VIEWS = '/desk/applications/views'
const text = async (path: string, as?: Parameters<typeof desk.get>[1]): Promise<string> => (await desk.get(path, as)).text()
const save = (fields: Record<string, string>, as?: Parameters<typeof desk.get>[1]) => desk.post(`${VIEWS}/new`, { list: 'open', query: 'kind=N&sort=-receivedOn', name: '自然人的', ...fields }, as)
const only = () => db.selectFrom('saved_view').selectAll().executeTakeFirstOrThrow()

test('what is on the screen is kept under a name and taken up again', async () => {
  expect(await text('/desk/applications')).not.toContain('存下现在的筛选')
  const narrowed = await text('/desk/applications?kind=N&sort=-receivedOn&after=00~01&evil=1')
  const href = /href="(\/desk\/applications\/views\/new[^"]*)"/.exec(narrowed)?.[1]?.replaceAll('&amp;', '&')
  expect(href).toBe(`${VIEWS}/new?list=open&kind=N&sort=-receivedOn`)
  expect(await text(href!)).toContain('申请人：自然人；按收到之日，后的在前')
  const saved = await save({})
  expect([saved.status, saved.headers.get('location')]).toEqual([303, '/desk/applications?kind=N&sort=-receivedOn'])
  expect(await text('/desk/applications?kind=N&sort=-receivedOn')).toContain('aria-current="page">自然人的</a>')
  // 别的一面、别的人没有
  expect(await text('/desk/applications/closed')).not.toContain('自然人的')
  expect(await text('/desk/applications', 'head')).not.toContain('自然人的')
})

test('the default is taken when nothing is asked, and 全部 leaves it', async () => {
  await save({ uses: 'default' })
  const bare = await desk.get('/desk/applications')
  expect([bare.status, bare.headers.get('location')]).toEqual([303, '/desk/applications?kind=N&sort=-receivedOn'])
  expect((await desk.get('/desk/applications?all=1')).status).toBe(200)
  expect(await text('/desk/applications?kind=L')).toContain('href="/desk/applications?all=1">清除条件看全部</a>')
  // 一面只有一个缺省
  await save({ uses: 'default', name: '逾期的', query: 'due=overdue' })
  expect((await desk.get('/desk/applications')).headers.get('location')).toBe('/desk/applications?due=overdue&sort=dueOn')
  expect((await desk.get('/desk/applications', 'handler')).status).toBe(200)
})

test('names: said beside the field; typed text stays', async () => {
  const said = async (fields: Record<string, string>) => {
    const response = await save(fields)
    expect(response.status).toBe(422)
    return response.text()
  }
  expect(await said({ name: '  ' })).toContain('请写名称')
  const long = await said({ name: '一二三四五六七八九十一二三四五六七八九十一' })
  expect(long).toContain('不超过 20 个字')
  expect(long).toContain('value="一二三四五六七八九十一二三四五六七八九十一"')
  await save({})
  expect(await said({})).toContain('您已有这个名称的筛选')
  for (let i = 1; i < 20; i += 1) await save({ name: `第 ${i} 个` })
  expect(await said({ name: '多一个' })).toContain('一人至多存 20 个')
})

test('renamed, deleted after being asked; nobody touches another one’s', async () => {
  await save({})
  const { view_id: id } = await only()
  expect((await desk.get(`${VIEWS}/${id}`, 'head')).status).toBe(404)
  expect((await desk.post(`${VIEWS}/${id}/delete`, {}, 'head')).status).toBe(404)
  expect((await desk.post(`${VIEWS}/${id}`, { name: '改了的' })).status).toBe(303)
  expect(await text(VIEWS)).toContain('改了的')
  expect(await text(`${VIEWS}/${id}/delete`)).toContain('删去存下的筛选「改了的」？')
  expect((await desk.post(`${VIEWS}/${id}/delete`, {})).status).toBe(303)
  expect(await text(VIEWS)).toContain('还没有存过')
})

test('heads share with the body; others cannot', async () => {
  const refused = await save({ uses: 'shared' })
  expect(await refused.text()).toContain('给全机关用的，由负责人存')
  await save({ uses: 'shared', name: '负责人的' }, 'head')
  expect(await text('/desk/applications')).toContain('负责人的')
  expect(await text(VIEWS)).toContain('head（演示）')
  // 共用的不是别人的缺省，也不由别人改
  expect((await desk.get('/desk/applications')).status).toBe(200)
  expect((await desk.get(`${VIEWS}/${(await only()).view_id}`)).status).toBe(404)
})

test('hostile text kept in the database does no harm', async () => {
  await save({})
  const evil = `kind=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&sort=password;drop&handler=' or 1=1--&q=<img src=x onerror=alert(1)>&after=~~&page=99999`
  await db.updateTable('saved_view').set({ query: evil, name: '<script>坏</script>', is_default: true }).execute()
  const bare = await desk.get('/desk/applications')
  expect(bare.status).toBe(303)
  const seen = await desk.get(bare.headers.get('location')!)
  expect(seen.status).toBe(200)
  const html = (await seen.text()) + (await text(VIEWS))
  expect(html).not.toContain('<script>坏')
  expect(html).not.toContain('<img')
  // 最长的也存得下
  expect((await save({ query: new URLSearchParams({ q: '件'.repeat(200), handler: '人'.repeat(200), status: 'correction-requested', from: '2026-01-01', to: '2026-12-31' }).toString(), name: '最长的' })).status).toBe(303)
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (query) => {
      const kept = canonicalQuery('open', query)
      expect(kept.length).toBeLessThanOrEqual(4000)
      expect(canonicalQuery('open', kept)).toBe(kept)
      expect(parseList('open', `/?${kept}`)).toMatchObject({ page: 1, after: null })
    }),
  )
})
