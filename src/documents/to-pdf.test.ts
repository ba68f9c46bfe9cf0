import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, describe, expect, test } from 'vitest'
import { chooseFaces, fontsInUse } from './faces.ts'
import type { Document, Table } from './document.ts'
import { documentTexts } from './document-texts.ts'
import { aReport } from './testing.ts'
import { closePdf, MissingGlyphs, toPdf } from './to-pdf.ts'

// 只用随 npm 安装的字体，使测试在任何机器上相同
const faces = chooseFaces(undefined, [])
const make = (document: Document) => toPdf(document, faces)
afterAll(closePdf)

const open = (pdf: Buffer) => getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise
type Pdf = Awaited<ReturnType<typeof open>>
const squeeze = (text: string) => text.normalize('NFKC').replace(/\s+/g, '')

async function linesOf(pdf: Pdf, page: number): Promise<{ text: string; x: number; y: number }[]> {
  const { items } = await (await pdf.getPage(page)).getTextContent()
  return items.flatMap((item) => ('str' in item && item.str.trim() ? [{ text: item.str, x: Number(item.transform[4]), y: Number(item.transform[5]) }] : []))
}
const textOf = async (pdf: Pdf, page: number) => squeeze((await linesOf(pdf, page)).map((line) => line.text).join(''))
const wholeText = async (pdf: Pdf) => (await Promise.all(Array.from({ length: pdf.numPages }, (_, i) => textOf(pdf, i + 1)))).join('').replace(/—\d+—/g, '')

// 按标签树读：读屏软件与复制都以此为序
async function taggedText(pdf: Pdf): Promise<string> {
  let text = ''
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent({ includeMarkedContent: true })
    const byId = new Map<string, string>()
    const open: string[] = []
    for (const item of items) {
      if ('str' in item) byId.set(open.at(-1) ?? '', (byId.get(open.at(-1) ?? '') ?? '') + item.str)
      else if (item.type === 'endMarkedContent') open.pop()
      else open.push(item.id ?? open.at(-1) ?? '')
    }
    walk(await page.getStructTree(), (node) => {
      if ('id' in node && typeof node.id === 'string') text += byId.get(node.id) ?? ''
    })
  }
  return squeeze(text)
}

function walk(node: unknown, visit: (node: object) => void): void {
  if (typeof node !== 'object' || node === null) return
  visit(node)
  if ('children' in node && Array.isArray(node.children)) for (const child of node.children) walk(child, visit)
}

const report = aReport({ 'R1.N': 12, 'R1.T': 18, 'R3.3.4.N': 1 })

describe('the report of 2024', () => {
  test('is read whole and in order by its tags, page numbers left out', async () => {
    const pdf = await open(await make(report))
    expect(await taggedText(pdf)).toBe(squeeze(documentTexts(report).join('')))
  })

  test('can be copied out: every paragraph, label and figure, without regard to tags', async () => {
    const text = await wholeText(await open(await make(report)))
    for (const part of documentTexts(report)) expect(text).toContain(squeeze(part))
    expect(Array.from(text).toSorted().join('')).toBe(Array.from(squeeze(documentTexts(report).join(''))).toSorted().join(''))
  })

  test('is PDF/UA-1 in Chinese with a title, a tree of headings and tables, and no Type 3 font', async () => {
    const bytes = await make(report)
    const pdf = await open(bytes)
    const { info, metadata } = await pdf.getMetadata()
    expect(info).toMatchObject({ Title: '武昌区城市运行管理中心2024年政府信息公开工作年度报告', Author: '武昌区城市运行管理中心', CreationDate: expect.stringMatching(/^D:20250109/), Language: 'zh-CN' })
    expect(metadata?.get('pdfuaid:part')).toBe('1')
    const roles = new Set<string>()
    for (let page = 1; page <= pdf.numPages; page += 1) walk(await (await pdf.getPage(page)).getStructTree(), (node) => 'role' in node && typeof node.role === 'string' && roles.add(node.role))
    expect([...roles]).toEqual(expect.arrayContaining(['H1', 'H2', 'P', 'Table', 'THead', 'TR', 'TH', 'TD']))
    expect(bytes.includes('/Type3')).toBe(false)
    expect(bytes.includes('/ToUnicode')).toBe(true)
  })

  test('is the same to the byte, also after other documents in the same process', async () => {
    const first = await make(report)
    await make(aReport({}, { title: '别的文书', datedOn: '2024-01-01' }))
    expect((await make(report)).equals(first)).toBe(true)
  })

  test('keeps each statutory table on one page, with its heading', async () => {
    const pdf = await open(await make(report))
    const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, i) => textOf(pdf, i + 1)))
    const third = pages.findIndex((text) => text.includes('三、收到和处理政府信息公开申请情况'))
    expect(pages[third]).toContain('四、结转下年度继续办理')
    expect(pages.filter((text) => text.includes('申请人情况'))).toHaveLength(1)
  })

  test('numbers odd pages at the right, even pages at the left', async () => {
    const pdf = await open(await make(report))
    const at = async (page: number) => (await linesOf(pdf, page)).find((line) => line.text.startsWith('—') || line.y < 90)
    expect((await at(1))?.x).toBeGreaterThan(400)
    expect((await at(2))?.x).toBeLessThan(120)
  })

  test('says on every page that it is a demonstration, when it is', async () => {
    const pdf = await open(await make({ ...report, demo: true }))
    for (let page = 1; page <= pdf.numPages; page += 1) expect(await textOf(pdf, page)).toContain('演示数据')
  })
})

const plain = (blocks: Document['blocks']): Document => ({ title: '版面', creator: '示例局', datedOn: '2024-01-09', demo: false, blocks })

test('GB/T 9704: 28 characters a line, 22 lines a page', async () => {
  const pdf = await open(await make(plain([{ kind: 'paragraph', spans: ['公'.repeat(28 * 50)], indent: false }])))
  const lines = new Map<number, number>()
  for (const { text, y } of await linesOf(pdf, 2)) if (text.startsWith('公')) lines.set(Math.round(y), (lines.get(Math.round(y)) ?? 0) + Array.from(text).length)
  expect([...lines.values()]).toEqual(new Array<number>(22).fill(28))
})

test('a signature never stands alone on a page', async () => {
  for (const lines of [15, 16, 17, 18, 19, 20]) {
    const blocks: Document['blocks'] = [
      ...Array.from({ length: lines }, () => ({ kind: 'paragraph' as const, spans: ['一行。'] })),
      { kind: 'signature', name: '武昌区城市运行管理中心', on: '2024-01-09' },
    ]
    const pdf = await open(await make(plain(blocks)))
    const text = await textOf(pdf, pdf.numPages)
    expect(text, `${lines} 行`).toMatch(/一行。武昌区城市运行管理中心2024年1月9日/)
  }
})

test('a table longer than a page repeats its head and never parts a group from its label', async () => {
  const groups = Array.from({ length: 30 }, (_, g) => 2 + (g % 7))
  const table: Table = {
    caption: '长表',
    widths: [1, 2, 1],
    headRows: 2,
    rows: [
      [{ text: '组名', head: true, rowspan: 2 }, { text: '表头甲', head: true, colspan: 2 }],
      [{ text: '事项', head: true }, { text: '件数', head: true }],
      ...groups.flatMap((size, g) =>
        Array.from({ length: size }, (_, i) => [...(i === 0 ? [{ text: `组${g}。`, head: true, rowspan: size }] : []), { text: `行${g}.${i}。` }, { text: '0' }]),
      ),
    ],
  }
  const pdf = await open(await make(plain([{ kind: 'table', table }])))
  expect(pdf.numPages).toBeGreaterThan(2)
  const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, i) => textOf(pdf, i + 1)))
  for (const text of pages) expect(text).toContain('表头甲')
  groups.forEach((size, g) => {
    const [first, ...others] = pages.flatMap((text, page) => (text.includes(`组${g}。`) ? [page] : []))
    expect(others).toEqual([])
    for (let i = 0; i < size; i += 1) expect(pages[first ?? -1]).toContain(`行${g}.${i}。`)
  })
})

test('a figure of seven digits still fits its cell; wide tables may lie across', async () => {
  const table: Table = {
    caption: '横表',
    widths: new Array<number>(16).fill(1),
    headRows: 1,
    landscape: true,
    rows: [Array.from({ length: 16 }, (_, i) => ({ text: `列${i}`, head: true })), Array.from({ length: 16 }, () => ({ text: '1234567' }))],
  }
  const pdf = await open(await make(plain([{ kind: 'paragraph', spans: ['前'] }, { kind: 'table', table }, { kind: 'paragraph', spans: ['后'] }])))
  const views = await Promise.all([1, 2, 3].map(async (page) => (await pdf.getPage(page)).view))
  expect(views.map(([, , width = 0, height = 0]) => width > height)).toEqual([false, true, false])
  const figures = (await linesOf(pdf, 2)).filter((line) => line.text === '1234567')
  expect(figures).toHaveLength(16)
  expect((await (await pdf.getPage(2)).getTextContent()).items.every((item) => !('width' in item) || item.str !== '1234567' || item.width < 640 / 16)).toBe(true)
})

test('every character of GB 2312 and rare ones of names are set, not boxed', async () => {
  const decoder = new TextDecoder('gb18030')
  const rows = Array.from({ length: 72 }, (_, i) => 0xb0 + i) // 汉字自 16 区至 87 区
  const characters = rows.flatMap((row) => Array.from({ length: 94 }, (_, i) => decoder.decode(Uint8Array.of(row, 0xa1 + i)))).filter((c) => /^\p{Script=Han}$/u.test(c))
  expect(characters).toHaveLength(6763)
  const text = `${characters.join('')}䶮㼆〔〕《》“”‘’——……、。；：？！％①②③Ⅰ㎡℃`
  const pdf = await open(await make(plain([{ kind: 'heading', level: 1, text: '字' }, { kind: 'paragraph', spans: [text, { text, strong: true }] }])))
  const out = await wholeText(pdf)
  for (const c of [...characters, '䶮', '㼆']) if (!out.includes(c)) throw new Error(`抄不出「${c}」`)
})

test('headings that skip a level are still a well-formed PDF/UA tree', async () => {
  const blocks = ([3, 1, 3, 2] as const).map((level) => ({ kind: 'heading' as const, level, text: `${level}级` }))
  const pdf = await open(await make(plain(blocks)))
  const roles: string[] = []
  walk(await (await pdf.getPage(1)).getStructTree(), (node) => 'role' in node && /^H\d$/.test(String(node.role)) && roles.push(String(node.role)))
  expect(roles).toEqual(['H1', 'H1', 'H2', 'H2'])
})

test('a character that no face has fails, and the error names it', async () => {
  const failure = await make(plain([{ kind: 'paragraph', spans: ['申请人姓𠮷，字\ue123。'] }])).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(MissingGlyphs)
  expect(failure).toMatchObject({ characters: ['𠮷', '\ue123'], message: expect.stringContaining('「𠮷」（U+20BB7）') })
})

test('hostile text stays text', async () => {
  const text = '#import "x": * $a^2$ \\u{41} <label> @ref *粗* `码` // /* "引" #sys.inputs'
  expect(await wholeText(await open(await make(plain([{ kind: 'paragraph', spans: [text] }]))))).toContain(squeeze(text))
})

test('the page that offers the PDF can say which faces it used, and what they stand in for', () => {
  expect(fontsInUse(faces)).toContainEqual({ use: '正文', standard: '仿宋', family: 'Noto Serif SC', isSubstitute: true })
})
