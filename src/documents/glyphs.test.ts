import { expect, test } from 'vitest'
import { chooseFaces } from './faces.ts'
import { missingGlyphs } from './glyphs.ts'
import { closePdf, toPdf } from './to-pdf.ts'
import { aReport } from './testing.ts'
import { afterAll } from 'vitest'

const faces = chooseFaces(undefined, [])
afterAll(closePdf)

test('every character of GB 2312, and the punctuation of an official document, has a glyph', () => {
  const bytes = Array.from({ length: 0xf7 - 0xb0 + 1 }, (_, row) => Array.from({ length: 94 }, (_, cell) => [0xb0 + row, 0xa1 + cell])).flat()
  const text = bytes.map((pair) => new TextDecoder('gb18030').decode(Uint8Array.from(pair))).filter((c) => /\p{Script=Han}/u.test(c)).join('')
  expect([...text].length).toBeGreaterThan(6700)
  expect(missingGlyphs([text, '䶮㼆〔2025〕《》“”‘’——……、。；：？！％①②③Ⅰ㎡℃ 0-9 a-Z'], faces)).toEqual([])
})

test('characters no face has are named once each; what is taken out before typesetting is not missed', () => {
  expect(missingGlyphs(['姓𠮷，好😀', '又一个𠮷\n\u200b\ue123'], faces)).toEqual(['𠮷', '😀', '\ue123'])
})

test('what it lets through, the typesetter can set, and what it names, the typesetter refuses', async () => {
  const blocks = (text: string) => [{ kind: 'paragraph' as const, spans: [text] }]
  const document = (text: string) => ({ ...aReport(), blocks: blocks(text) })
  for (const character of ['䶮', '⼀', '𠀀', '€', 'é', '㈱', '🈚', '﷽']) {
    const set = toPdf(document(character), faces).then(() => true, () => false)
    expect([character, await set]).toEqual([character, missingGlyphs([character], faces).length === 0])
  }
})
