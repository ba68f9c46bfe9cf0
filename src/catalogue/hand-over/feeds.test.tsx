import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { aPublishedItem, changeItem } from '../testing-published.ts'
import { withdraw } from '../testing.ts'
import { childrenOf, parseXml, textOf } from './testing-xml.ts'
import type { XmlElement } from './testing-xml.ts'
import { xmlText } from './xml.ts'

const { db, deps } = testDb()
const app = createApp(deps, appParts(deps))
const TITLE = '关于<政策> & "通知"的通知'
let gone = { bodyId: '', itemId: '', indexNo: '' }
let shown = { itemId: '', indexNo: '' }

const xmlOf = async (path: string): Promise<XmlElement> => {
  const answer = await app.request(path)
  expect([path, answer.status]).toEqual([path, 200])
  return parseXml(await answer.text())
}
const titlesOf = async (path: string): Promise<string[]> => {
  const root = await xmlOf(path)
  const entries = root.name === 'feed' ? childrenOf(root, 'entry') : childrenOf(root, 'channel').flatMap((channel) => childrenOf(channel, 'item'))
  return entries.map((entry) => textOf(entry, 'title'))
}

beforeAll(async () => {
  await aDistrict(deps)
  const one = await aBody(deps, { code: 'csyxglzx', name: '示例中心' })
  const two = await aBody(deps, { code: 'sljd', name: '示例街道' })
  shown = await aPublishedItem(deps, one.bodyId, {
    title: TITLE, publishedOn: '2026-01-10', summary: '概述', details: { topic: 'finance', keywords: ['预算'] }, classification: { codes: ['A20_07'] },
    attachments: [{ name: '预算 表.xlsx', mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content: Buffer.from('x'.repeat(300)) }],
  })
  await aPublishedItem(deps, two.bodyId, { title: '管理办法', publishedOn: '2026-01-12', classification: { codes: ['A20_01'] }, details: { topic: 'general' } })
  gone = { bodyId: two.bodyId, ...(await aPublishedItem(deps, two.bodyId, { title: '将撤回的一条', classification: { codes: ['A20_01'] }, details: { topic: 'general' }, attachments: [{ name: '撤.txt', mediaType: 'text/plain', content: Buffer.from('撤回的附件') }] })) }
})

describe('feeds', () => {
  test('each scope gives its items, newest first, as RSS and as Atom', async () => {
    const all = ['将撤回的一条', '管理办法', TITLE]
    for (const format of ['rss', 'atom']) {
      expect(await titlesOf(`/feeds/all.${format}`)).toEqual(all)
      expect(await titlesOf(`/feeds/bodies/csyxglzx.${format}`)).toEqual([TITLE])
      expect(await titlesOf(`/feeds/codes/A20_07.${format}`)).toEqual([TITLE])
      expect(await titlesOf(`/feeds/topics/finance.${format}`)).toEqual([TITLE])
      expect(await titlesOf(`/feeds/policy.${format}`)).toEqual(['将撤回的一条', '管理办法'])
    }
  })

  test('an entry carries its permalink, days, publisher and attachments', async () => {
    const [channel] = childrenOf(await xmlOf('/feeds/bodies/csyxglzx.rss'), 'channel')
    const [item] = childrenOf(channel!, 'item')
    const link = `${deps.config.baseUrl}/items/${shown.indexNo.split('/').map(encodeURIComponent).join('/')}`
    expect([textOf(item!, 'link'), textOf(item!, 'guid'), textOf(item!, 'pubDate'), textOf(item!, 'dc:publisher'), textOf(item!, 'category')]).toEqual([link, link, 'Fri, 09 Jan 2026 16:00:00 GMT', '示例中心', '预算'])
    const enclosure = childrenOf(item!, 'enclosure')[0]!.attributes
    expect(enclosure['length']).toBe('300')
    expect(decodeURIComponent(enclosure['url']!)).toMatch(/\/item-files\/[0-9a-f-]{36}\/[0-9a-f]{64}\/预算 表\.xlsx$/)
    const [entry] = childrenOf(await xmlOf('/feeds/bodies/csyxglzx.atom'), 'entry')
    expect([textOf(entry!, 'id'), textOf(entry!, 'published'), textOf(entry!, 'updated')]).toEqual([link, '2026-01-09T16:00:00.000Z', deps.clock.now().toISOString()])
  })

  test('a page names its feeds in the head', async () => {
    const [head = ''] = (await (await app.request('/subscribe')).text()).split('</head>')
    expect(head).toContain('<link rel="alternate" type="application/rss+xml" title="主动公开的政府信息（RSS）" href="/feeds/all.rss"/>')
  })

  test('unknown bodies, codes, topics and formats are not found', async () => {
    for (const path of ['/feeds/all.json', '/feeds/none.rss', '/feeds/bodies/none.rss', '/feeds/codes/A20_99.rss', '/feeds/topics/none.atom', '/feeds/x/all.rss', '/sitemaps/items-9.xml', '/sitemaps/x.xml'])
      expect([path, (await app.request(path)).status]).toEqual([path, 404])
  })

  test('unchanged, the reader is told so; a change is seen at once', async () => {
    const first = await app.request('/feeds/all.atom')
    const etag = first.headers.get('etag') ?? ''
    expect((await app.request('/feeds/all.atom', { headers: { 'if-none-match': `W/${etag}, "other"` } })).status).toBe(304)
    const more = await aPublishedItem(deps, gone.bodyId, { title: '新的一条' })
    expect((await app.request('/feeds/all.atom', { headers: { 'if-none-match': etag } })).status).toBe(200)
    await changeItem(deps, gone.bodyId, more.itemId, { title: '还没有审查的新名称' })
    expect(await titlesOf('/feeds/all.rss')).toContain('新的一条')
  })

  test('text of any kind stays well-formed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseXml(`<?xml version="1.0" encoding="UTF-8"?><a b="${xmlText(text)}">${xmlText(text)}</a>`)))
  })
})

test('sitemap: an index, the fixed pages, the items with the time of their change', async () => {
  const index = await xmlOf('/sitemap.xml')
  const paths = childrenOf(index, 'sitemap').map((each) => new URL(textOf(each, 'loc')).pathname)
  expect(paths).toEqual(['/sitemaps/pages.xml', '/sitemaps/items-1.xml'])
  const urls = childrenOf(await xmlOf('/sitemaps/items-1.xml'), 'url')
  expect(urls.map((url) => textOf(url, 'loc'))).toContain(`${deps.config.baseUrl}/items/${shown.indexNo}`)
  expect(textOf(urls[0]!, 'lastmod')).toBe(deps.clock.now().toISOString())
  expect(childrenOf(await xmlOf('/sitemaps/pages.xml'), 'url').map((url) => textOf(url, 'loc'))).toContain(`${deps.config.baseUrl}/bodies/sljd`)
  expect(await (await app.request('/robots.txt')).text()).toContain(`Sitemap: ${deps.config.baseUrl}/sitemap.xml`)
})

describe('open data', () => {
  test('items page by page, each with its own JSON; any site may read them', async () => {
    const list = await app.request('/data/items.json?body=csyxglzx')
    expect(list.headers.get('access-control-allow-origin')).toBe('*')
    const { items, next } = (await list.json()) as { items: Record<string, unknown>[]; next: string | null }
    expect([items.length, next]).toEqual([1, null])
    expect(items[0]).toMatchObject({ title: TITLE, publisher: { code: 'csyxglzx', name: '示例中心' }, codes: [{ code: 'A20_07', article: '第二十条第（七）项' }], topic: { name: '财政、金融、审计' }, publishedOn: '2026-01-10', attachments: [{ name: '预算 表.xlsx', bytes: 300 }] })
    const one = await app.request(new URL(String(items[0]!['data'])).pathname)
    expect(await one.json()).toMatchObject({ title: TITLE, html: expect.stringContaining('的正文') as unknown })
    expect((await app.request('/data/items.json?body=none')).status).toBe(404)
    expect((await app.request('/data/items/none.json')).status).toBe(404)
  })

  test('two bodies with one index number: both are offered, as on the page; each is had by naming its body', async () => {
    const bodies = [await aBody(deps, { code: 'twin-a', name: '甲局' }), await aBody(deps, { code: 'twin-b', name: '乙局' })]
    const twins: { itemId: string; indexNo: string }[] = []
    for (const { bodyId, name } of bodies) twins.push(await aPublishedItem(deps, bodyId, { title: `${name}的一条`, indexNo: 'TWIN/2026-00001' }))
    const address = '/data/items/TWIN/2026-00001.json'
    const both = await app.request(address)
    expect(both.status).toBe(300)
    const { choices } = (await both.json()) as { choices: { title: string | null; data: string }[] }
    expect(new Set(choices.map(({ title }) => title))).toEqual(new Set(['甲局的一条', '乙局的一条']))
    for (const { title, data } of choices) {
      const { pathname, search } = new URL(data)
      const one = await app.request(pathname + search)
      expect([one.status, ((await one.json()) as { title: string }).title]).toEqual([200, title])
    }
    const page = await (await app.request('/items/TWIN/2026-00001')).text()
    for (const { title } of choices) expect(page).toContain(title)
    // 撤回了的一条仍在其中，只说撤回
    await withdraw(db, bodies[0]!.bodyId, twins[0]!.itemId)
    const after = await (await app.request(address)).text()
    expect(after).toContain('乙局的一条')
    expect(after).not.toContain('甲局的一条')
    expect((await app.request(`${address}?body=twin-a`)).status).toBe(410)
    expect((await app.request(`${address}?body=none`)).status).toBe(404)
  })

  test('paging reaches every item once', async () => {
    const body = await aBody(deps, { code: 'many', name: '多条' })
    for (let n = 0; n < 3; n++) await aPublishedItem(deps, body.bodyId, { title: `第 ${n} 条` })
    const rows = await db.selectFrom('published_item').select('item_id').where('body_id', '=', body.bodyId).orderBy('item_id').execute()
    const { items } = (await (await app.request(`/data/items.json?body=many&after=${body.bodyId}.${rows[0]!.item_id}`)).json()) as { items: { title: string }[] }
    expect(items.map(({ title }) => title)).toEqual(['第 1 条', '第 2 条'])
  })

  test('DCAT-AP: a catalogue of datasets with their distributions', async () => {
    const answer = await app.request('/catalog.jsonld?body=csyxglzx')
    expect(answer.headers.get('content-type')).toContain('application/ld+json')
    const catalog = (await answer.json()) as { 'dcat:dataset': Record<string, unknown>[] }
    expect(catalog).toMatchObject({ '@type': 'dcat:Catalog', 'dcat:dataset': [{ '@type': 'dcat:Dataset', 'dct:title': { '@value': TITLE }, 'dct:issued': { '@value': '2026-01-10' } }] })
    expect(catalog['dcat:dataset'][0]!['dcat:distribution']).toMatchObject([{ 'dct:title': '网页' }, { 'dct:title': '预算 表.xlsx', 'dcat:byteSize': 300 }])
  })
})

describe('a withdrawn item is in none of them', () => {
  const doors = ['/feeds/all.rss', '/feeds/all.atom', '/feeds/policy.rss', '/feeds/bodies/sljd.atom', '/feeds/codes/A20_01.rss', '/feeds/topics/general.atom', '/sitemaps/items-1.xml', '/data/items.json', '/data/items.json?body=sljd', '/catalog.jsonld']
  let before: string[] = []
  beforeAll(async () => {
    before = await Promise.all(doors.map(async (path) => (await app.request(path)).text()))
    await withdraw(db, gone.bodyId, gone.itemId)
  })

  test.each(doors.map((path, at) => [path, at] as const))('%s', async (path, at) => {
    expect(before[at]).toContain(gone.indexNo)
    const after = await (await app.request(path)).text()
    expect(after).not.toContain(gone.indexNo)
    expect(after).not.toContain('将撤回的一条')
  })

  test('its own JSON says only that it is gone', async () => {
    const answer = await app.request(`/data/items/${gone.indexNo}.json`)
    expect(answer.status).toBe(410)
    const text = await answer.text()
    expect(JSON.parse(text)).toMatchObject({ indexNo: gone.indexNo, withdrawnOn: '2026-01-15' })
    expect(text).not.toContain('将撤回的一条')
  })
})
