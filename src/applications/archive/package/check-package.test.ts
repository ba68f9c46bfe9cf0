import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashOf } from '../../../platform/timeline.ts'
import { checkPackage } from './check-package.ts'
import { canonicalJson } from '../../../platform/canonical-json.ts'
import { MANIFEST, readManifest, sm3, TIMELINE_FILE } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { timelineText } from './timeline-file.ts'
import { writePackage } from './write-package.ts'
import type { PackageEntry } from './write-package.ts'
import { localHeader, zipEnd } from '../../../platform/zip-frame.ts'

const CASE = '019a0000-0000-7000-8000-000000000001'
const at = new Date('2026-01-05T02:00:00Z')

/** 几件事的时间线，hash 依次相接。 */
function history(days: readonly string[]) {
  let previous: Buffer | null = null
  return days.map((on, i) => {
    const data = { note: `第 ${i} 件` }
    previous = hashOf(previous, { body_id: CASE, case_id: CASE, version: i + 1, stream: 'application', kind: 'examined', on_day: on, at, actor: 'x', data })
    return { version: i + 1, event: { kind: 'examined', on, ...data }, at, actor: 'x', hash: previous.toString('hex') }
  })
}

const entry = (path: string, content: string | Uint8Array): PackageEntry => ({ path, note: '', load: async () => Buffer.from(content) })

async function aPackage(files: readonly (readonly [string, Uint8Array])[], days: readonly string[] = ['2026-01-05', '2026-01-06']) {
  const events = history(days)
  const entries = [...files.map(([path, bytes]) => entry(path, bytes)), entry(TIMELINE_FILE, timelineText({ bodyId: CASE, caseId: CASE, stream: 'application' }, events))]
  const head = { format: 'mingchuang-archive/1', preview: false, tool: 'test', body: { id: CASE, name: '示例街道办事处' }, case: { id: CASE, regNo: '1', archivedOn: null }, calendar: [], timeline: { events: events.length, head: events.at(-1)?.hash ?? '' } } as const
  const parts: Buffer[] = []
  let manifest: Manifest | null = null
  for await (const part of writePackage(entries, { ...head, calendar: [] }, { done: (made) => (manifest = made) })) parts.push(part)
  return { bytes: Buffer.concat(parts), manifest: manifest as Manifest | null }
}

async function* source(bytes: Buffer): AsyncIterable<Buffer> {
  for (let from = 0; from < bytes.length; from += 97) yield bytes.subarray(from, from + 97)
}
const check = (bytes: Buffer) => checkPackage(source(bytes))

const someFiles = fc.uniqueArray(fc.tuple(fc.string({ unit: fc.constantFrom('文', '书', 'a', '1', '/'), minLength: 1, maxLength: 8 }), fc.uint8Array({ maxLength: 300 })), { selector: ([path]) => path, maxLength: 5 })

test('every package verifies; every flipped byte, and every cut, is found and named', async () => {
  await fc.assert(
    fc.asyncProperty(someFiles, fc.nat(), fc.integer({ min: 1, max: 255 }), async (files, where, by) => {
      const { bytes, manifest } = await aPackage(files)
      expect(await check(bytes)).toEqual({ ok: true, manifest })
      const changed = Buffer.from(bytes)
      changed[where % bytes.length] = (changed[where % bytes.length] ?? 0) ^ by
      const flipped = await check(changed)
      expect(flipped.ok ? '' : flipped.fault.path).not.toBe('')
      expect((await check(bytes.subarray(0, where % bytes.length))).ok).toBe(false)
      expect((await check(Buffer.concat([bytes, Buffer.from('x')]))).ok).toBe(false)
    }),
    { numRuns: 60 },
  )
})

test('every single byte of one package', async () => {
  const { bytes } = await aPackage([['01申请材料/申请表.html', Buffer.from('甲')]], ['2026-01-05'])
  const missed: number[] = []
  for (let i = 0; i < bytes.length; i += 1) {
    const changed = Buffer.from(bytes)
    changed[i] = (changed[i] ?? 0) ^ 0x20
    if ((await check(changed)).ok) missed.push(i)
  }
  expect(missed).toEqual([])
})

test('the same content makes the same bytes', async () => {
  const files = [['甲.txt', Buffer.from('一')]] as const
  expect((await aPackage(files)).bytes.equals((await aPackage(files)).bytes)).toBe(true)
})

test('the file whose content changed is the one named', async () => {
  const { bytes } = await aPackage([['甲.txt', Buffer.from('AAAA')], ['乙.txt', Buffer.from('BBBB')]])
  const changed = Buffer.from(bytes)
  changed[bytes.indexOf('BBBB')] = 0x43
  expect(await check(changed)).toEqual({ ok: false, fault: { path: '乙.txt', message: '内容被改动' } })
})

/** 照同样的写法另造一个包，清单由人另写：有意作假的也查得出与登记的摘要不符，漏改的查得出哪一份。 */
function forged(files: readonly (readonly [string, string])[]): Buffer {
  const { crc32 } = process.getBuiltinModule('node:zlib')
  const items: { path: string; size: number; crc: number; offset: number }[] = []
  const parts: Buffer[] = []
  let offset = 0
  for (const [path, text] of files) {
    const bytes = Buffer.from(text)
    const item = { path, size: bytes.length, crc: crc32(bytes), offset }
    items.push(item)
    const header = localHeader(item)
    parts.push(header, bytes)
    offset += header.length + bytes.length
  }
  return Buffer.concat([...parts, zipEnd(items, offset)])
}

test('left out, added, exchanged with a correct checksum; a history broken or of another case', async () => {
  const { bytes, manifest } = await aPackage([['甲.txt', Buffer.from('一')]])
  if (manifest === null) throw new Error('没有清单')
  const timeline = timelineText({ bodyId: CASE, caseId: CASE, stream: 'application' }, history(['2026-01-05', '2026-01-06']))
  const good = [['甲.txt', '一'], [TIMELINE_FILE, timeline], [MANIFEST, canonicalJson(manifest)]] as const
  expect(forged(good).equals(bytes)).toBe(true)
  const faultOf = async (files: readonly (readonly [string, string])[]) => {
    const result = await check(forged(files))
    return result.ok ? 'ok' : `${result.fault.path}：${result.fault.message}`
  }
  expect(await faultOf([good[1], good[2]])).toBe('甲.txt：清单里有而包里没有')
  expect(await faultOf([good[0], ['乙.txt', '二'], good[1], good[2]])).toBe('乙.txt：包里有而清单里没有')
  expect(await faultOf([['甲.txt', '二'], good[1], good[2]])).toBe('甲.txt：与清单所记的摘要不符')
  expect(await faultOf([good[0], good[0], good[1], good[2]])).toBe('（整个文件）：有同名的两份')
  expect(await faultOf([good[0], good[1]])).toBe('manifest.json：没有清单，或者清单不在最后')
  expect(await faultOf([good[0], good[1], [MANIFEST, `${good[2][1]} `]])).toBe('manifest.json：清单被改动，或者与自己的摘要不符')
  // 连清单一并重写的：时间线自己对不上
  const broken = timeline.replace('第 0 件', '第 9 件')
  const { packageHash: _, ...rest } = manifest
  const rewritten = { ...rest, files: rest.files.map((file) => (file.path === TIMELINE_FILE ? { ...file, sm3: sm3(broken) } : file)) }
  expect(await faultOf([good[0], [TIMELINE_FILE, broken], [MANIFEST, canonicalJson({ ...rewritten, packageHash: sm3(canonicalJson(rewritten)) })]])).toBe(`${TIMELINE_FILE}：第 1 条的内容与其 hash 不符`)
  expect(readManifest('{}')).toBeNull()
})
