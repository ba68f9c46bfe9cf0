import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { closeReader, readReportBytes, readReportFile } from './index.ts'
import { aDocx, aPdf, aStream, aZip } from './testing-files.ts'
import { UnreadableReport } from './unreadable.ts'

afterAll(() => closeReader())

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le')
const ole = (name: string): Buffer => Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(504), utf16(name)])
const page = (content: string, kids = '3 0 R', count = 1): string[] => [
  '<< /Type /Catalog /Pages 2 0 R >>',
  `<< /Type /Pages /Kids [${kids}] /Count ${count} >>`,
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << ${content} >> >>`,
]
const flate = (content: Buffer): Buffer => aStream(deflateSync(content), '/Filter /FlateDecode')
const LONG = 'x'.repeat(2_000_000)

const HOSTILE: Record<string, [() => Uint8Array, string, RegExp]> = {
  'an empty file': [() => Buffer.alloc(0), 'empty', /空的/],
  'a programme called PDF': [() => Buffer.concat([Buffer.from('MZ'), Buffer.alloc(2000, 0x90)]), 'wrong-type', /可执行程序/],
  'a photograph': [() => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]), 'wrong-type', /图片/],
  'a Word 97 file': [() => ole('WordDocument'), 'old-word', /旧版 Word 文件，请另存为 DOCX/],
  'an encrypted Office file': [() => ole('EncryptedPackage'), 'encrypted', /加密/],
  'random bytes': [() => Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3) * 104729) % 256)), 'encoding', /编码认不出/],
  'a text that is no report': [() => Buffer.from('今天天气很好。\n'.repeat(50)), 'not-a-report', /没有找到/],
  'a file over twenty megabytes': [() => Buffer.alloc(21 * 1024 * 1024, 0x61), 'too-large', /超过 20 MB/],
  'a text of a million lines': [() => Buffer.alloc(2_000_000, '0\n'), 'too-large', /行/],
  'a text of one huge line': [() => Buffer.from('政府信息公开'.repeat(200_000)), 'too-large', /过长/],
  'a zip that swells': [() => aZip([['word/document.xml', Buffer.alloc(40 * 1024 * 1024)]]), 'bomb', /膨胀/],
  'a zip that swells slowly': [() => aZip(Array.from({ length: 60 }, (_, i) => [`word/${i}.xml`, Buffer.alloc(1_000_000, 0x20)] as const)), 'bomb', /超过 50 MB/],
  'a zip of many entries': [() => aZip(Array.from({ length: 2001 }, (_, i) => [`word/${i}.xml`, ''] as const)), 'bomb', /2001 个条目/],
  'a zip cut short': [() => aDocx('<w:p/>').subarray(0, 300), 'damaged', /损坏/],
  'a zip of other things': [() => aZip([['a.txt', 'x']]), 'wrong-type', /压缩包/],
  'an OFD file': [() => aZip([['OFD.xml', '<x/>']]), 'wrong-type', /OFD/],
  'XML entities that multiply': [
    () => aDocx('<w:p><w:r><w:t>&c;</w:t></w:r></w:p>', '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&c;">]>'),
    'bomb',
    /实体/,
  ],
  'XML nested without end': [() => aDocx(`${Array.from({ length: 100_000 }, (_, i) => `<w:p w:rsidR="${i * 7919}">`).join('')}${'</w:p>'.repeat(100_000)}`), 'damaged', /损坏|出错/],
  'HTML nested without end': [() => Buffer.from(`<html><body>${'<div><b>'.repeat(300_000)}`), 'bomb', /嵌套/],
  'tables nested without end': [() => Buffer.from(`<html>${'<table><tr><td>'.repeat(100_000)}`), 'bomb', /嵌套/],
  'list items nested without end': [() => Buffer.from(`<html>${'<li><ul>'.repeat(1500)}${'<p>'.repeat(300_000)}`), 'not-a-report', /没有找到/],
  'a cell of lines without end': [() => Buffer.from(`<html><table><tr><td>${'a<br>'.repeat(300_000)}</td><td>1</td></tr></table>`), 'too-large', /万字|过长/],
  'words without end in one line': [() => Buffer.from(' a'.repeat(90_000)), 'not-a-report', /没有找到/],
  'spans without end': [() => Buffer.from(`<html><table>${'<tr><td rowspan=9999 colspan=9999>0'.repeat(2000)}</table>`), 'too-large', /列|格/],
  'JSON nested without end': [() => Buffer.from(`{"a":${'['.repeat(1_000_000)}`), 'damaged', /JSON/],
  'JSON of another kind': [() => Buffer.from('{"name":"x"}'), 'not-a-report', /schema/],
  'a PDF cut short': [() => Buffer.from(`%PDF-1.7\n${LONG.slice(0, 1000)}`), 'damaged', /损坏/],
  'an encrypted PDF': [
    () => aPdf([...page(''), aStream(Buffer.from('')), `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}> >>`], `/Encrypt 5 0 R /ID [<${'11'.repeat(16)}> <${'11'.repeat(16)}>]`),
    'encrypted',
    /加密/,
  ],
  'a PDF of ten thousand pages': [() => aPdf([...page('', '3 0 R '.repeat(10_000), 10_000), aStream(Buffer.from(''))]), 'too-many-pages', /10000 页/],
  'a PDF whose page tree loops': [() => aPdf([...page('', '2 0 R', 3), aStream(Buffer.from(''))]), 'damaged', /损坏/],
  'a scanned PDF': [() => aPdf([...page(''), aStream(Buffer.from('q 595 0 0 842 0 0 cm Q'))]), 'scanned', /扫描件，没有文字层/],
  'a PDF drawing that calls itself': [
    () => aPdf([...page('/XObject << /F 5 0 R >>'), aStream(Buffer.from('/F Do')), aStream(Buffer.from('/F Do /F Do'), '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>')]),
    'scanned',
    /扫描件|复杂/,
  ],
  'a PDF page that swells': [() => aPdf([...page(''), flate(Buffer.alloc(300 * 1024 * 1024, 'q Q '))]), 'too-slow', /不予读取/],
}

test.each(Object.keys(HOSTILE))('%s ends in a clear message', async (name) => {
  const [make, code, message] = HOSTILE[name]!
  const failure = await readReportBytes(make(), `${name}.pdf`).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(UnreadableReport)
  expect(failure).toMatchObject({ code, message: expect.stringMatching(message) })
})

test('a hundred megabytes on disk are refused before they are read; the reader goes on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'reading-'))
  const path = join(folder, 'large.pdf')
  await writeFile(path, '%PDF-1.7')
  await truncate(path, 100 * 1024 * 1024)
  await expect(readReportFile(path)).rejects.toMatchObject({ code: 'too-large' })
  const report = await readReportFile(new URL('fixtures/huaian-2024.txt', import.meta.url).pathname)
  expect(report.cells['R1.T']).toBe(3119)
  await rm(folder, { recursive: true })
})
