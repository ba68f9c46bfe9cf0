import { mkdtempSync, rmSync } from 'node:fs'
import { access, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appParts } from '../../../app-parts.ts'
import { createApp } from '../../../app.tsx'
import { aBody, aDistrict } from '../../../bodies/testing.ts'
import { testDb } from '../../../platform/testing.ts'
import { aPublishedItem } from '../../testing-published.ts'
import { withdraw } from '../../testing.ts'
import { exportSite } from './export-site.ts'
import { exportedAddress, fileOf, relativeLink } from './site-paths.ts'

const { db, deps } = testDb()
const parts = appParts(deps)
const app = createApp(deps, { ...parts, first: [(c, next) => (c.set('unlimited', true), next())] })
const root = mkdtempSync(join(tmpdir(), 'mc-export-'))
let dir = ''
let body = { bodyId: '' }
let first = { itemId: '', indexNo: '' }
let gone = { itemId: '', indexNo: '' }
const asked: string[] = []
const fetchPage = async (address: string): Promise<Response> => {
  asked.push(address)
  return app.request(address)
}
const run = (full = false) => exportSite(deps, { dir, full, fetchPage })
const read = (path: string) => readFile(join(dir, path), 'utf8')
const exists = (path: string) => access(join(dir, path)).then(() => true, () => false)
const pageOf = (indexNo: string) => `items/${indexNo}/index.html`

async function listFiles(under = ''): Promise<string[]> {
  const entries = await readdir(join(dir, under), { withFileTypes: true })
  const nested = await Promise.all(entries.map(async (entry) => (entry.isDirectory() ? listFiles(posix.join(under, entry.name)) : [posix.join(under, entry.name)])))
  return nested.flat().toSorted()
}
async function everything(): Promise<string> {
  const files = await listFiles()
  return (await Promise.all(files.map(async (path) => `${path}\n${await read(path)}`))).join('\n')
}

beforeAll(async () => {
  await aDistrict(deps)
  body = await aBody(deps, { code: 'csyxglzx', name: '示例中心' })
  first = await aPublishedItem(deps, body.bodyId, { title: '部门预算', html: '<p>正文里写着 href="/search" 也不改</p>', attachments: [{ name: '预算 表%1?.txt', mediaType: 'text/plain', content: Buffer.from('预算表的内容') }] })
  gone = await aPublishedItem(deps, body.bodyId, { title: '将撤回的秘密一条', html: '<p>不该再有的正文</p>', attachments: [{ name: '撤回件.txt', mediaType: 'text/plain', content: Buffer.from('不该再有的附件') }], details: { relations: [{ kind: 'interprets', indexNo: first.indexNo }] } })
})
beforeEach(async () => {
  dir = join(root, Math.random().toString(36).slice(2))
  asked.length = 0
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('addresses become files', () => {
  const segment = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }).map((text) => encodeURIComponent(text.toWellFormed()))

  test('never outside the directory, never two addresses in one file, never a name the file system refuses', () => {
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.array(segment, { minLength: 1, maxLength: 4 }), (one, other) => {
        const [a, b] = [`/items/${one.join('/')}`, `/items/${other.join('/')}`]
        const file = fileOf(a, true)
        return posix.normalize(file) === file && !file.startsWith('..') && file.split('/').every((each) => !each.startsWith('.') && Buffer.byteLength(each) < 255) && (a === b) === (file === fileOf(b, true))
      }),
    )
  })

  test('plain ones stay readable; dots, queries and long names are written another way', () => {
    expect(fileOf('/', true)).toBe('index.html')
    expect(fileOf('/items/000014349/2024-00001', true)).toBe('items/000014349/2024-00001/index.html')
    expect(fileOf('/items/..%2F..%2Fetc', true)).toBe('items/%2E.%2F..%2Fetc/index.html')
    expect(fileOf('/bodies/a/items?page=2&sort=-on', true)).toBe('bodies/a/items/_page=2&sort=-on/index.html')
    expect(fileOf('/bodies/a/annual-reports/2024/download/pdf', false)).toBe('bodies/a/annual-reports/2024/download.pdf')
    expect(fileOf(`/item-files/x/${encodeURIComponent('很长的名字'.repeat(40))}.pdf`, false)).toMatch(/^item-files\/x\/[0-9a-f]{64}\.pdf$/)
  })

  test('a link leads to the file', () => {
    fc.assert(
      fc.property(segment, segment, (one, other) => {
        const [from, to] = [fileOf(`/items/${one}`, true), fileOf(`/bodies/${other}`, true)]
        return posix.join(posix.dirname(from), ...relativeLink(from, to).split('/').map(decodeURIComponent)) === to
      }),
    )
  })

  test('searching, applying, signing in and sorting stay with the live site', () => {
    for (const href of ['/search?q=x', '/apply', '/desk', '/sign-in', '/subscribe', '?sort=title', '/items/a/b?format=pdf', 'https://example.cn/items/a', 'mailto:a@b.cn', '#main']) expect([href, exportedAddress(href, '/bodies/a/items')]).toEqual([href, null])
    expect(exportedAddress('?sort=-on&page=2', '/bodies/a/items')).toBe('/bodies/a/items?page=2&sort=-on')
  })
})

describe('the export', () => {
  test('any web server can serve it: pages, data and files are there and every relative link leads somewhere', async () => {
    const counts = await run()
    expect(counts).toMatchObject({ items: 2, withdrawn: 0 })
    for (const path of ['index.html', 'bodies/csyxglzx/index.html', pageOf(first.indexNo), `data/items/${first.indexNo}.json`, 'data/index.json', 'data/items-1.json', 'feeds/all.rss']) expect([path, await exists(path)]).toEqual([path, true])
    const files = await listFiles()
    for (const path of files.filter((each) => each.endsWith('.html'))) {
      const html = await read(path)
      for (const [, link = ''] of html.matchAll(/<[a-z][^<>]*\s(?:href|src)="([^"]*)"/g)) {
        expect([path, link, link.startsWith('/')]).toEqual([path, link, false])
        if (/^([a-z]+:|#)/.test(link)) continue
        const target = posix.join(posix.dirname(path), ...(link.split('#')[0] ?? '').split('/').map(decodeURIComponent))
        expect([path, link, files.includes(target)]).toEqual([path, link, true])
      }
      expect(html).not.toContain('method="post"')
    }
    expect(await read(pageOf(first.indexNo))).toContain('正文里写着 href="/search" 也不改')
    expect(JSON.parse(await read(`data/items/${first.indexNo}.json`))).toMatchObject({ title: '部门预算', html: expect.stringContaining('正文') as unknown })
    const attachment = files.find((path) => path.startsWith(`item-files/${first.itemId}/`)) ?? ''
    expect(await read(attachment)).toBe('预算表的内容')
    // 清单所记与目录所有，一个不多一个不少
    const manifest = JSON.parse(await read('manifest.json')) as { complete: boolean; files: Record<string, unknown> }
    expect(manifest.complete).toBe(true)
    expect(Object.keys(manifest.files).toSorted()).toEqual(files.filter((path) => path !== 'manifest.json' && !path.startsWith('.')))
  })

  test('again, nothing changed: no item is rendered, nothing is written; one change: its page and those beside it', async () => {
    await run()
    asked.length = 0
    expect((await run()).written).toBe(0)
    expect(asked.filter((path) => path.startsWith('/items/'))).toEqual([])
    const more = await aPublishedItem(deps, body.bodyId, { title: '预算的解读', details: { relations: [{ kind: 'interprets', indexNo: first.indexNo }] } })
    await run()
    expect(asked.filter((path) => path.startsWith('/items/')).toSorted()).toEqual(expect.arrayContaining([`/items/${first.indexNo}`, `/items/${more.indexNo}`]) as unknown)
    expect(await read(pageOf(first.indexNo))).toContain('预算的解读')
    const before = (await listFiles()).length
    expect((await run(true)).written).toBe(0)
    expect((await listFiles()).length).toBe(before)
  })

  test('a lost or torn file is made anew; a stray one goes', async () => {
    await run()
    await rm(join(dir, pageOf(first.indexNo)))
    await writeFile(join(dir, 'index.html'), '')
    await mkdir(join(dir, 'items/stray'), { recursive: true })
    await writeFile(join(dir, 'items/stray/index.html'), 'stray')
    await run()
    expect(await read(pageOf(first.indexNo))).toContain('部门预算')
    expect((await read('index.html')).length).toBeGreaterThan(100)
    expect(await exists('items/stray')).toBe(false)
  })

  test('a directory of someone else is left alone; two exports at once are refused', async () => {
    await mkdir(dir, { recursive: true })
    await writeFile(join(dir, 'mine.txt'), 'mine')
    await expect(run()).rejects.toThrow('不是空的')
    expect(await listFiles()).toEqual(['mine.txt'])
    dir = join(dirname(dir), 'twice')
    const [one, two] = await Promise.allSettled([run(), run()])
    expect([one.status, two.status].toSorted()).toEqual(['fulfilled', 'rejected'])
    // 中途没了的进程留下的锁，后来者接手
    await writeFile(join(dir, '.mingchuang-export.lock'), '2147483646')
    expect((await run()).items).toBeGreaterThan(1)
  })

  test('broken off half way, it goes on from there', async () => {
    let left = 3
    const breaking = (address: string) => {
      if (address.startsWith('/bodies/') && (left -= 1) < 0) throw new Error('断电')
      return fetchPage(address)
    }
    await expect(exportSite(deps, { dir, full: false, fetchPage: async (address) => breaking(address) })).rejects.toThrow('断电')
    expect(await exists('.mingchuang-export.lock')).toBe(false)
    expect((await run()).items).toBeGreaterThan(1)
    expect(await exists('bodies/csyxglzx/index.html')).toBe(true)
  })
})

test('two bodies with one index number: one file that offers both', async () => {
  const other = await aBody(deps, { code: 'twin', name: '同号局' })
  await aPublishedItem(deps, other.bodyId, { title: '同号局的一条', indexNo: first.indexNo })
  await run()
  const { choices } = JSON.parse(await read(`data/items/${first.indexNo}.json`)) as { choices: { title: string }[] }
  expect(new Set(choices.map(({ title }) => title))).toEqual(new Set(['同号局的一条', '部门预算']))
  expect((await run()).written).toBe(0)
})

test('a withdrawn item does not survive: its page says so, nothing else of it is left, even after a crash', async () => {
  await run()
  expect(await everything()).toContain('不该再有的附件')
  await withdraw(db, body.bodyId, gone.itemId)
  // 头一次导出在写别的之前断掉：撤回的也已经删了
  await expect(exportSite(deps, { dir, full: false, fetchPage: async (address) => (address.startsWith('/items/') ? Promise.reject(new Error('断电')) : app.request(address)) })).rejects.toThrow('断电')
  expect(await exists(pageOf(gone.indexNo))).toBe(false)
  const counts = await run()
  expect(counts).toMatchObject({ withdrawn: 1 })
  expect(await read(pageOf(gone.indexNo))).toContain('撤回')
  const all = await everything()
  for (const words of ['将撤回的秘密一条', '不该再有的正文', '不该再有的附件', '撤回件']) expect([words, all.includes(words)]).toEqual([words, false])
  expect(await exists(`data/items/${gone.indexNo}.json`)).toBe(false)
  expect((await run()).written).toBe(0)
})

test('withdrawn while the export is under way: nothing of it is left when that very export ends', async () => {
  const late = await aPublishedItem(deps, body.bodyId, { title: '途中撤回的一条', html: '<p>途中的正文</p>', attachments: [{ name: '途中.txt', mediaType: 'text/plain', content: Buffer.from('途中的附件') }] })
  let done = false
  const withdrawing = async (address: string): Promise<Response> => {
    const answer = await app.request(address)
    // 列表、订阅已经取到、写下之后
    if (address === '/bodies/csyxglzx/items' && !done) {
      done = true
      await withdraw(db, body.bodyId, late.itemId)
    }
    return answer
  }
  expect(await exportSite(deps, { dir, full: false, fetchPage: withdrawing })).toMatchObject({ withdrawn: 2 })
  const all = await everything()
  for (const words of ['途中撤回的一条', '途中的正文', '途中的附件', '途中.txt']) expect([words, all.includes(words)]).toEqual([words, false])
  expect(await read(pageOf(late.indexNo))).toContain('撤回')
})
