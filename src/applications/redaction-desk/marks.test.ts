import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Document } from '../../documents/index.ts'
import type { Word } from '../../redaction/index.ts'
import { findText, hitPlaces, readHit, suggestNumbers } from './find-text.ts'
import { letterBlocks, redactLetter } from './letter-source.ts'
import { addMarks, MOST_MARKS, reasonLines, toEngineMarks } from './marks.ts'
import type { DeskMark, Part, Place } from './marks.ts'
import { lineText, toAreas, toLines } from './page-words.ts'

/** 逐字排成几行的一页。 */
const aPage = (lines: readonly string[]): Part & { shape: 'page' } => ({
  shape: 'page',
  width: 1000,
  height: 1400,
  words: lines.flatMap((line, row): Word[] => Array.from(line, (text, i) => ({ text, x: 0.1 + i * 0.02, y: 0.1 + row * 0.03, w: 0.02, h: 0.02 }))),
})
const aBlock = (id: number, text: string) => ({ id, text, place: `第${id + 1}段` })
const span = (block: number, from: number, to: number): Place => ({ kind: 'text', part: 1, block, from, to, text: '' })
const given = { ground: 'PRIVACY', reason: '手机号码' } as const

test('words of a page fall into lines, and chosen words of one line into one box', () => {
  const page = aPage(['联系人张三', '电话 138'])
  const { words } = page
  expect(toLines(words).map((line) => lineText(words, line))).toEqual(['联系人张三', '电话 138'])
  const boxes = toAreas(1, page, [3, 4, 5])
  expect(boxes.map((box) => box.text)).toEqual(['张三', '电'])
  expect(boxes[0]).toMatchObject({ kind: 'area', part: 1 })
  expect(boxes[0]?.kind === 'area' && [boxes[0].x, boxes[0].w].map((n) => n.toFixed(3))).toEqual(['0.157', '0.047'])
})

test('marks carry a ground and a reason, the same place is not marked twice, and there is an end to them', () => {
  const [place] = toAreas(1, aPage(['张三']), [0, 1])
  const once = addMarks([], [place!, place!], given)
  expect(once).toMatchObject({ ok: true, added: 1 })
  const marks = once.ok ? once.marks : []
  expect(addMarks(marks, [place!], given)).toMatchObject({ ok: true, added: 0 })
  expect(addMarks(marks, [], given)).toEqual({ ok: false, refusal: 'nothing-chosen' })
  expect(addMarks(marks, [place!], { ...given, reason: ' ' })).toEqual({ ok: false, refusal: 'reason-missing' })
  expect(addMarks([], Array.from({ length: MOST_MARKS + 1 }, (_, i) => span(i, 0, 1)), given)).toEqual({ ok: false, refusal: 'too-many-marks' })
  expect(toEngineMarks(marks)).toEqual([expect.objectContaining({ kind: 'area', page: 0, ground: '条例第十五条' })])
})

test('第三十七条: the reasons are listed one by one, each with its article, never the text itself', () => {
  const marked = addMarks([], [{ kind: 'area', part: 2, x: 0.1, y: 0.1, w: 0.1, h: 0.1, text: '13800001234' }, { kind: 'area', part: 3, x: 0.1, y: 0.1, w: 0.1, h: 0.1, text: '13900001234' }], { ground: 'PRIVACY', reason: '联系人的手机号码，公开会侵害其隐私' })
  const lines = reasonLines('答复附件1', marked.ok ? marked.marks : [], (part) => `第${part}页`)
  expect(lines).toEqual(['答复附件1第2页、第3页（2处）：属于个人隐私，依据第十五条，联系人的手机号码，公开会侵害其隐私'])
  expect(lines.join('')).not.toMatch(/\d{11}/)
})

test('text is found across lines, in any width and case, and a hit leads back to the very words', () => {
  const page = aPage(['负责人 Zhang', 'San，电话'])
  const [hit] = findText(page, 4, 'ｚｈａｎｇ san')
  expect(hit).toMatchObject({ text: 'zhangsan', part: 4 })
  const back = readHit(hit!.value)
  expect(hitPlaces(page, back!.part, back!.numbers).map((place) => place.text)).toEqual(['Zhang', 'San'])
  const blocks: Part = { shape: 'blocks', blocks: [aBlock(0, '甲方：张三'), aBlock(1, '张 三，张三')] }
  const hits = findText(blocks, 1, '张三')
  expect(hits.map(({ value }) => hitPlaces(blocks, 1, readHit(value)!.numbers)[0]?.text)).toEqual(['张三', '张 三', '张三'])
})

test('hits that do not fit the document lead nowhere', () => {
  const page = aPage(['张三'])
  for (const value of ['1', '1.0', '1.1.0', '1.0.9', '1.0.1.2', 'x.1.2', '1.-1.2', '']) {
    const hit = readHit(value)
    expect([value, hit === null ? [] : hitPlaces(page, 1, hit.numbers)]).toEqual([value, []])
  }
})

test('identity, telephone and card numbers with their checksums are suggested; others are not', () => {
  const page = aPage(['身份证 11010519491231002X', '电话 13800001234，座机 02788880000', '卡号 6222021234567890128', '编号 11010519491231002'])
  expect(suggestNumbers(page, 1).map(({ kind, text }) => [kind, text])).toEqual([
    ['居民身份证号码', '11010519491231002x'],
    ['手机号码', '13800001234'],
    ['银行卡号', '6222021234567890128'],
  ])
})

test('a number beside another in the next cell of a table is suggested all the same, and so is one written in groups', () => {
  const cell = (text: string, x: number): Word[] => Array.from(text, (letter, i) => ({ text: letter, x: x + i * 0.01, y: 0.1, w: 0.01, h: 0.02 }))
  const row: Part = { shape: 'page', width: 1000, height: 1400, words: [...cell('2', 0.1), ...cell('11010519491231002X', 0.12), ...cell('1,210,000', 0.31)] }
  expect(suggestNumbers(row, 1).map(({ kind, text, value }) => [kind, text, value])).toEqual([['居民身份证号码', '11010519491231002x', '1.1.18']])
  const blocks: Part = { shape: 'blocks', blocks: [aBlock(0, '李四\t11010519491231002X 1,210,000'), aBlock(1, '电话 138 0000 1234')] }
  expect(suggestNumbers(blocks, 1).map(({ kind, text }) => [kind, text])).toEqual([['居民身份证号码', '11010519491231002x'], ['手机号码', '13800001234']])
})

const aLetter = (paragraphs: readonly string[]): Document => ({
  title: '政府信息予以公开答复书', creator: '示例街道办事处', issuer: '示例街道办事处', letterhead: { number: '示公开答〔2026〕1号' }, datedOn: '2026-01-15', demo: false,
  blocks: [...paragraphs.map((text) => ({ kind: 'paragraph' as const, spans: [text] })), { kind: 'signature', name: '示例街道办事处', on: '2026-01-15' }],
})

test('a letter is redacted in its data: what is marked is gone, of fixed length, the rest stands', () => {
  const letter = aLetter(['张三丰：', '电话 13800001234，地址略。'])
  const blocks = letterBlocks(letter)
  const marked = addMarks([], [span(2, 0, 3), span(3, 3, 14)], given)
  const texts = letterBlocks(redactLetter(letter, marked.ok ? marked.marks : [])).map(({ text }) => text)
  expect(blocks.map(({ text }) => text).slice(2, 4)).toEqual(['张三丰：', '电话 13800001234，地址略。'])
  expect(texts.slice(2, 4)).toEqual(['████〔条例第十五条〕：', '电话 ████〔条例第十五条〕，地址略。'])
})

test('for any marks on any letter: no marked letter stays where it stood, all others stay in order', () => {
  const text = fc.string({ unit: fc.constantFrom('甲', '乙', '丙', '1', '2', '𠮷', '，'), minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), fc.array(fc.tuple(fc.nat(3), fc.nat(12), fc.nat(12)), { maxLength: 6 }), (paragraphs, ranges) => {
      const letter = aLetter(paragraphs)
      const marks = ranges.flatMap(([n, a, b], i): DeskMark[] => {
        const length = paragraphs[n]?.length ?? 0
        const [from, to] = [Math.min(a, b, length), Math.min(Math.max(a, b), length)]
        return from < to ? [{ kind: 'text', part: 1, block: n + 2, from, to, text: '', id: i + 1, batch: 1, ...given }] : []
      })
      const redacted = letterBlocks(redactLetter(letter, marks))
      paragraphs.forEach((paragraph, n) => {
        const covered = marks.filter((mark) => mark.kind === 'text' && mark.block === n + 2)
        const kept = Array.from({ length: paragraph.length }, (_, i) => i).filter((i) => !covered.some((mark) => mark.kind === 'text' && mark.from <= i && i < mark.to))
        expect(redacted[n + 2]?.text.replaceAll('████〔条例第十五条〕', '')).toBe(kept.map((i) => paragraph[i]).join(''))
      })
    }),
  )
})
