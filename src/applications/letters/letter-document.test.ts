import * as cheerio from 'cheerio'
import mammoth from 'mammoth'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, describe, expect, test } from 'vitest'
import { chooseFaces } from '../../documents/faces.ts'
import { closePdf, documentTexts, MissingGlyphs, toDocx, toHtml, toPdf } from '../../documents/index.ts'
import { composeLetter } from './compose-letter.ts'
import { toLetterDocument } from './letter-document.ts'
import type { ComposedLetter, LetterInput } from './letter-input.ts'
import { letterRule } from './letters.ts'
import { aDecidedCase, anInput, BODY, sampleLetters } from './sample-letters.ts'

const faces = chooseFaces(undefined, [])
afterAll(closePdf)

const squeeze = (text: string) => text.normalize('NFKC').replace(/\s+/g, '')
function letterFrom(input: LetterInput): ComposedLetter {
  const composed = composeLetter(input)
  if (!composed.ok) throw new Error(JSON.stringify(composed.problems))
  return composed.letter
}
async function pdfText(pdf: Buffer): Promise<string> {
  const opened = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise
  const pages = await Promise.all(
    Array.from({ length: opened.numPages }, async (_, i) => {
      const { items } = await (await opened.getPage(i + 1)).getTextContent()
      return items.map((item) => ('str' in item ? item.str : '')).join('')
    }),
  )
  return squeeze(pages.join(''))
}

describe('每一种都排得成三种版本，字一个不少', () => {
  test.each(sampleLetters())('$name', async ({ input }) => {
    const document = toLetterDocument(letterFrom(input), BODY, false)
    const texts = documentTexts(document).map(squeeze)
    const html = cheerio.load(toHtml(document))
    const docx = cheerio.load((await mammoth.convertToHtml({ buffer: await toDocx(document) })).value).text()
    const pdf = (await pdfText(await toPdf(document, faces))).replace(/[—-]\d[—-]/g, '')
    for (const text of texts) {
      expect(squeeze(html('main').text())).toContain(text)
      expect(pdf).toContain(text)
      if (text !== squeeze(BODY.name) || letterRule(input.id).rows !== undefined) expect(squeeze(docx)).toContain(text)
    }
    expect(html('h1').length).toBe(1)
  })
})

test('主送顶格，其后正文、救济、附件、署名、附注，依次', () => {
  const { blocks, letterhead, issuer } = toLetterDocument(letterFrom(anInput('L16', { application: aDecidedCase('PARTIAL') })), BODY, false)
  expect({ issuer, letterhead }).toEqual({ issuer: BODY.name, letterhead: { number: '武城运公开答〔2025〕7号' } })
  expect(blocks[0]).toEqual({ kind: 'paragraph', spans: ['胡某某：'], indent: false })
  expect(blocks.slice(-5).map(({ kind }) => kind)).toEqual(['paragraph', 'paragraph', 'attachments', 'signature', 'note'])
  expect(blocks.at(-2)).toEqual({ kind: 'signature', name: BODY.name, on: '2025-03-28' })
})

test('尚未编号的空着号；登记表与回执单不用信函格式', () => {
  const preview = letterFrom(anInput('L15', { application: aDecidedCase('GRANTED'), docNo: null }))
  expect(toLetterDocument(preview, BODY, true)).toMatchObject({ demo: true, letterhead: { number: '武城运公开答〔2025〕　号' } })
  const form = sampleLetters().find(({ name }) => name === 'L07')?.input
  if (form === undefined) throw new Error('没有 L07')
  const document = toLetterDocument(letterFrom(form), BODY, false)
  expect(document.letterhead).toBeUndefined()
  expect(document.blocks[0]).toMatchObject({ kind: 'table' })
})

test('生僻字照排；没有字体的字说明是哪一个', async () => {
  const named = (recipient: string) => toLetterDocument(letterFrom(anInput('L15', { application: aDecidedCase('GRANTED'), recipient })), BODY, false)
  expect(await pdfText(await toPdf(named('龚䶮㼆'), faces))).toContain('龚䶮㼆:')
  const failure = await toPdf(named('李𠮷'), faces).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(MissingGlyphs)
  expect(failure).toMatchObject({ characters: ['𠮷'] })
  expect(toHtml(named('李𠮷'))).toContain('李𠮷：')
  expect((await mammoth.convertToHtml({ buffer: await toDocx(named('李𠮷')) })).value).toContain('李𠮷：')
})

test('同样的案件、同样的所填，得到逐字节相同的文件', async () => {
  const make = async () => {
    const document = toLetterDocument(letterFrom(anInput('L15', { application: aDecidedCase('GRANTED') })), BODY, false)
    return Buffer.concat([Buffer.from(toHtml(document)), await toDocx(document), await toPdf(document, faces)])
  }
  expect((await make()).equals(await make())).toBe(true)
})
