import fc from 'fast-check'
import mammoth from 'mammoth'
import { afterAll, expect, test } from 'vitest'
import { docxEngine } from './blocks/docx-engine.ts'
import { closeRedaction, openSource, redact, verifyRedaction } from './index.ts'
import { aDocx, aParagraph, aPart, aRun, aZip, rezip, textMark } from './testing.ts'
import type { Block, Mark } from './index.ts'

afterAll(() => closeRedaction())

const cell = (text: string, style = '') => `<w:tc>${style === '' ? '' : `<w:tcPr>${style}</w:tcPr>`}${aParagraph(text)}</w:tc>`
const source = aDocx(
  [
    aParagraph('关于', aRun('张三', '<w:b/><w:sz w:val="32"/>'), '的情况'),
    aParagraph('身份证号：11010519491231002X'),
    `<w:tbl><w:tr>${cell('姓名')}${cell('住址')}</w:tr><w:tr>${cell('李四')}${cell('长江路1号')}</w:tr></w:tbl>`,
    aParagraph('<w:del><w:r><w:delText>删去的话</w:delText></w:r></w:del>', '<w:ins><w:r><w:t>添上的话</w:t></w:r></w:ins>', aRun('藏起的话', '<w:vanish/>'), aRun('白色的话', '<w:color w:val="FFFFFF"/>')),
    aParagraph('图：', '<w:r><w:drawing><a:blip/></w:drawing></w:r>'),
    aParagraph('框：', '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>'),
    `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>${aRun('编号的话')}</w:p>`,
    aParagraph('见注', '<w:r><w:footnoteReference w:id="2"/></w:r>'),
  ].join(''),
  {
    'word/header1.xml': aPart('hdr', aParagraph('页眉的话')),
    'word/footer1.xml': aPart('ftr', `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`),
    'word/footnotes.xml': aPart('footnotes', `<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">${aParagraph('脚注的话')}</w:footnote>`),
    'word/numbering.xml': aPart('numbering', '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'),
    'word/comments.xml': aPart('comments', '<w:comment w:id="1"><w:p/></w:comment>'),
    'docProps/core.xml': '<x/>',
    'customXml/item1.xml': '<x>张三</x>',
  },
)

const blocksOf = async (bytes: Uint8Array): Promise<readonly Block[]> => {
  const { view } = await openSource(bytes, 'docx')
  if (view.shape !== 'blocks') throw new Error('DOCX 应按段打开')
  return view.blocks
}
const markOf = (blocks: readonly Block[], text: string): Mark => {
  const block = blocks.find((each) => each.text.includes(text))
  if (!block) throw new Error(`没有「${text}」`)
  return textMark(block.id, block.text.indexOf(text), block.text.indexOf(text) + text.length)
}

test('a reader of the final document sees these; the rest is told', async () => {
  const { view, hidden } = await openSource(source, 'docx')
  expect(view.shape === 'blocks' && view.blocks.map(({ text, place }) => [place, text])).toEqual([
    ['页眉', '页眉的话'],
    ['第1段', '关于张三的情况'],
    ['第2段', '身份证号：11010519491231002X'],
    ['第1张表第1行第1列', '姓名'],
    ['第1张表第1行第2列', '住址'],
    ['第1张表第2行第1列', '李四'],
    ['第1张表第2行第2列', '长江路1号'],
    ['第3段', '添上的话白色的话'],
    ['第4段', '图：〔图片略〕'],
    ['第5段', '框：'],
    ['文本框', '框里的话'],
    ['第6段', '（三）编号的话'],
    ['第7段', '见注〔注2〕'],
    ['脚注', '〔注2〕脚注的话'],
    ['页脚', ''],
  ])
  expect(hidden).toEqual(['修订 2 处', '隐藏文字 1 处', '白色文字（已按普通文字列出） 1 处', '图片（不带入遮盖后的文件） 1 幅', '批注 1 处', '自定义数据 1 份', '文件属性（作者、单位、时间等）'])
})

test('marked passages become a bar of one length with its ground; the rest stays in order', async () => {
  const blocks = await blocksOf(source)
  const marks = [markOf(blocks, '张三'), markOf(blocks, '11010519491231002X'), markOf(blocks, '李四'), markOf(blocks, '框里的话')]
  const { bytes } = await redact(source, 'docx', marks)
  expect(await verifyRedaction(source, 'docx', marks, bytes)).toEqual([])
  const text = (await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value.split('\n').filter((line) => line !== '')
  expect(text).toEqual(['关于██〔条例第十五条〕的情况', '身份证号：██〔条例第十五条〕', '姓名', '住址', '██〔条例第十五条〕', '长江路1号', '添上的话白色的话', '图：〔图片略〕', '框：', '██〔条例第十五条〕', '（三）编号的话', '见注〔注2〕', '〔注2〕脚注的话'])
  expect((await openSource(bytes, 'docx')).hidden).toEqual(['文件属性（作者、单位、时间等）'])
  expect((await redact(source, 'docx', marks)).bytes).toEqual(bytes)
})

/** 假遮盖：在真的结果上再动手脚，或另写一份。 */
const inDocument = (from: string, to: string) => (bytes: Uint8Array) =>
  rezip(bytes, (parts) => {
    expect(parts['word/document.xml']).toContain(from)
    return { ...parts, 'word/document.xml': parts['word/document.xml']!.replace(from, to) }
  })
const withPart = (name: string, text: string) => (bytes: Uint8Array) => rezip(bytes, (parts) => ({ ...parts, [name]: text }))
const COVER = '<w:t xml:space="preserve">██〔条例第十五条〕</w:t>'
const FAKES: Record<string, [(bytes: Uint8Array) => Uint8Array, RegExp]> = {
  'white text': [inDocument(`<w:r><w:rPr><w:b/><w:sz w:val="32"/></w:rPr>${COVER}</w:r>`, `<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t xml:space="preserve">张三</w:t></w:r>`), /改了颜色/],
  'hidden text': [inDocument('的情况</w:t></w:r>', '的情况</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>张三</w:t></w:r>'), /隐藏文字/],
  'a tracked deletion': [inDocument('的情况</w:t></w:r>', '的情况</w:t></w:r><w:del><w:r><w:delText>张三</w:delText></w:r></w:del>'), /修订/],
  'custom XML': [withPart('customXml/item1.xml', '<x>张三</x>'), /自定义数据/],
  'a comment': [withPart('word/comments.xml', '<x>张三</x>'), /批注/],
  'a word split over runs': [inDocument(COVER, '<w:t xml:space="preserve">张</w:t></w:r><w:r><w:t xml:space="preserve">三</w:t>'), /还在文件里/],
  'a word behind an entity': [inDocument('xml:space="preserve">关于', 'xml:space="preserve">&#24352;&#x4e09;关于'), /还在文件里/],
  'the author in the properties': [withPart('docProps/core.xml', '<x>张三</x>'), /文件属性/],
  'an XML comment': [inDocument('<w:p>', '<!--张三--><w:p>'), /注释/],
  'bytes between the parts': [(bytes) => Buffer.concat([bytes, Buffer.from('张三')]), /夹带/],
  'the original itself': [() => source, /批注/],
  'no zip at all': [() => Buffer.from('张三'), /缺少部件/],
}
test.each(Object.keys(FAKES))('%s is found out', async (name) => {
  const [fake, finding] = FAKES[name]!
  const blocks = await blocksOf(source)
  const marks = [markOf(blocks, '张三'), markOf(blocks, '李四')]
  const { bytes } = await redact(source, 'docx', marks)
  expect((await verifyRedaction(source, 'docx', marks, fake(bytes))).join('\n')).toMatch(finding)
})

test('of a repacked clean result only the way of packing is told', async () => {
  const { bytes } = await redact(source, 'docx', [])
  const findings = await verifyRedaction(source, 'docx', [], rezip(bytes, (parts) => parts))
  expect(findings).toEqual([])
})

const letters = fc.string({ unit: fc.constantFrom(...'甲乙丙丁戊己庚辛Ab<&"1 𠮷'), minLength: 1, maxLength: 12 })
const documents = fc.array(fc.array(letters, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 })
const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

test('whatever is marked: it is gone by any reader, the rest remains in order', async () => {
  await fc.assert(
    fc.asyncProperty(documents, fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 8 }), async (paragraphs, wanted) => {
      const bytes = aDocx(paragraphs.map((runs) => `<w:p>${runs.map((run) => `<w:r><w:t xml:space="preserve">${escape(run)}</w:t></w:r>`).join('')}</w:p>`).join(''))
      const { view } = await docxEngine.open(bytes)
      if (view.shape !== 'blocks') return
      const marks = wanted.map(([b, f, t]) => {
        const block = view.blocks[b % view.blocks.length]!
        const from = f % block.text.length
        return textMark(block.id, from, from + 1 + (t % (block.text.length - from)), '密')
      })
      const result = await docxEngine.redact(bytes, marks)
      expect(await docxEngine.verify(bytes, marks, result)).toEqual([])
      const read = (await mammoth.extractRawText({ buffer: Buffer.from(result) })).value.split('\n\n').slice(0, paragraphs.length)
      for (const [index, block] of view.blocks.entries()) expect(read[index]?.replaceAll('██〔密〕', '')).toBe(remaining(block, marks))
    }),
    { numRuns: 60 },
  )
})
// 不用被测的代码：逐字看在不在勾画之内（一个字的两半同进退）
function remaining({ id, text }: Block, marks: readonly Mark[]): string {
  let [at, kept] = [0, '']
  for (const letter of text) {
    const [start, end] = [at, (at += letter.length)]
    if (!marks.some((mark) => mark.kind === 'text' && mark.block === id && mark.from < end && mark.to > start)) kept += letter
  }
  return kept
}

test('hostile and hopeless files end in a clear message', async () => {
  const refusal = async (bytes: Uint8Array) => await openSource(bytes, 'docx').catch((error: unknown) => error)
  expect(await refusal(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))).toMatchObject({ code: 'encrypted' })
  expect(await refusal(Buffer.from('PK'))).toMatchObject({ code: 'damaged' })
  expect(await refusal(aZip({ 'a.txt': 'x' }))).toMatchObject({ code: 'wrong-type' })
  expect(await refusal(aZip({ 'word/document.xml': ' '.repeat(30_000_000) }))).toMatchObject({ code: 'bomb' })
  expect(await refusal(aZip({ 'word/document.xml': '<!DOCTYPE x [<!ENTITY a "b">]><x/>' }))).toMatchObject({ code: 'bomb' })
  expect(await refusal(aDocx(`${'<w:sdt>'.repeat(300)}${'</w:sdt>'.repeat(300)}`))).toMatchObject({ code: 'damaged' })
  expect(await refusal(aDocx('<w:p/>'.repeat(20_001)))).toMatchObject({ code: 'too-large' })
  await expect(redact(source, 'docx', [textMark(1, 3, 3)])).rejects.toMatchObject({ code: 'bad-mark' })
  await expect(redact(source, 'docx', [textMark(99, 0, 1)])).rejects.toMatchObject({ code: 'bad-mark' })
})
