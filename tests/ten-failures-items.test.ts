import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../src/app-parts.ts'
import { createApp } from '../src/app.tsx'
import { aPublishedItem, changeItem } from '../src/catalogue/testing-published.ts'
import { getItem } from '../src/catalogue/index.ts'
import { withdraw } from '../src/catalogue/testing.ts'
import { aBody, aDistrict } from '../src/bodies/testing.ts'
import { closePdf } from '../src/documents/index.ts'
import { testDb } from '../src/platform/testing.ts'

/* 设计第 7 节之一「从第二道门看得到」，在主动公开的信息上：公众的每一扇门都试，门由路由表得出，不由人列。 */
const { db, deps } = testDb()
const app = createApp(deps, appParts(deps))
const q = encodeURIComponent
let bodyId = ''

beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街' })).bodyId
  // 旁边有别的信息，各页都不空
  await aPublishedItem(deps, bodyId, { title: '示例街道机构职能' })
})
afterAll(closePdf)

/** 一条信息里处处不同的记号，漏了哪一处便知。 */
const marksOf = (mark: string) => ({ title: `${mark}题名`, summary: `${mark}概述`, text: `${mark}正文`, attached: `${mark}附文`, file: `${mark}附件名`, keyword: `${mark}主题词`, docNo: `${mark}〔2026〕1号` })
type Marks = ReturnType<typeof marksOf>

const publish = (marks: Marks) =>
  aPublishedItem(deps, bodyId, {
    title: marks.title,
    summary: marks.summary,
    docNo: marks.docNo,
    html: `<p>${marks.text}</p>`,
    attachments: [{ name: `${marks.file}.txt`, mediaType: 'text/plain', content: Buffer.from(marks.attached), text: marks.attached }],
    details: { keywords: [marks.keyword] },
    classification: { codes: ['A20_05'] },
  })

interface Found {
  itemId: string
  indexNo: string
}

/** 公众不须登录的每个 GET 地址，参数换成这一条的。 */
function doorsOf({ itemId, indexNo }: Found, fileKeys: readonly string[], marks: Marks): string[] {
  const values: Record<string, string> = { code: 'sljd', itemId, indexNo, year: '2026', key: fileKeys[0] ?? '', name: 'newest' }
  const fromRoutes = app.routes
    .filter(({ method, path }) => method === 'GET' && !path.startsWith('/desk') && !path.includes('*'))
    .map(({ path }) => path.replaceAll(/:(\w+)(\{[^}]*\}+)?\??/g, (_, name: string) => values[name] ?? itemId))
  const words = [marks.title, marks.text, marks.attached, marks.keyword, marks.docNo, indexNo].map((word) => q(word))
  return [
    ...new Set([
      ...fromRoutes,
      ...words.flatMap((word) => [`/search?q=${word}`, `/search/suggest?q=${word}`, `/bodies/sljd/items?q=${word}`, `/policies?q=${word}`]),
      `/items/${indexNo}`, `/items/${indexNo}?format=pdf`, `/items/${indexNo}?format=docx`, `/data/items/${indexNo}.json`, '/data/items.json', '/catalog.jsonld',
      ...fileKeys.map((key) => `/item-files/${itemId}/${key}/a.txt`),
      ...['all', 'policy', 'bodies/sljd', 'codes/A20_05', 'topics/general'].flatMap((scope) => [`/feeds/${scope}.rss`, `/feeds/${scope}.atom`]),
      '/sitemap.xml', '/sitemaps/items-1.xml', '/bodies/sljd/statutory?code=A20_05',
    ]),
  ]
}

const decoder = new TextDecoder('utf-8', { fatal: false })

/** 应答里出现了哪些记号；检索框会把所问的写回，故去掉输入框的值、题名里的引语与地址。 */
async function leaks(path: string, marks: Marks): Promise<string[]> {
  const response = await app.request(path, { headers: { 'sec-fetch-site': 'same-origin' } })
  const asked = new URL(path, 'http://x').searchParams.get('q') ?? ''
  const bytes = new Uint8Array(await response.arrayBuffer())
  const text = [decoder.decode(bytes), ...inflated(path, bytes)].join('\n')
  expect([path, response.status < 500]).toEqual([path, true])
  return Object.entries(marks).flatMap(([where, word]) => (text.includes(word) && !(asked !== '' && asked.includes(word)) ? [`${path} ${where}`] : []))
}

// DOCX 是压缩的：解开来看
function inflated(path: string, bytes: Uint8Array): string[] {
  if (!path.includes('format=docx') || bytes[0] !== 0x50) return []
  return Object.values(unzipSync(bytes)).map((part) => decoder.decode(part))
}

const fileKeysOf = async ({ itemId }: Found): Promise<readonly string[]> => (await getItem(db, bodyId, itemId)).state.content.files

test('published: each way in really leads there', async () => {
  const marks = marksOf('甲辰')
  const item = await publish(marks)
  const doors = doorsOf(item, await fileKeysOf(item), marks)
  const open = (await Promise.all(doors.map(async (path) => [path, await leaks(path, marks)] as const))).filter(([, found]) => found.length > 0).map(([path]) => path)
  // 门确实是开着的，下面两个测试才算数
  for (const path of [`/items/${item.indexNo}`, `/items/${item.indexNo}?format=docx`, '/data/items.json', '/feeds/all.rss', '/feeds/bodies/sljd.atom', '/feeds/codes/A20_05.rss', '/catalog.jsonld', '/bodies/sljd/items', `/search?q=${q(marks.text)}`, `/search?q=${q(marks.attached)}`])
    expect(open).toContain(path)
})

test('a change not yet reviewed is seen through no door, and the published text stays', async () => {
  const [before, after] = [marksOf('乙巳'), marksOf('丙午')]
  const item = await publish(before)
  await changeItem(deps, bodyId, item.itemId, { title: after.title, summary: after.summary })
  for (const path of doorsOf(item, await fileKeysOf(item), after)) expect(await leaks(path, after)).toEqual([])
  expect(await leaks(`/items/${item.indexNo}`, before)).not.toEqual([])
})

test('withdrawn: not a word through any door, from the next reader on; its address says what happened', async () => {
  const marks = marksOf('丁未')
  const item = await publish(marks)
  const keys = await fileKeysOf(item)
  const doors = doorsOf(item, keys, marks)
  // 先都看一遍，缓存里便有了
  for (const path of doors) await app.request(path)
  await withdraw(db, bodyId, item.itemId)
  for (const path of doors) expect(await leaks(path, marks)).toEqual([])
  for (const path of [`/items/${item.indexNo}`, `/items/${item.indexNo}?format=pdf`, `/data/items/${item.indexNo}.json`, ...keys.map((key) => `/item-files/${item.itemId}/${key}/a.txt`)])
    expect([path, (await app.request(path)).status]).toEqual([path, 410])
})
