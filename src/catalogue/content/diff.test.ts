import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ItemContent } from '../item.ts'
import { diffTexts } from './diff-texts.ts'
import type { DiffLine } from './diff-texts.ts'
import { diffVersions, isSame } from './diff-versions.ts'

test('one word in one sentence of one paragraph', () => {
  const before = ['一、工作时间', '周一至周五上午九时至下午五时。节假日除外。电话 027-88936000。', '二、地址', '中南路街一百号', '三、其他', '无'].join('\n')
  const after = before.replace('下午五时', '下午五时三十分')
  expect(diffTexts(before, after)).toEqual([
    { kind: 'same', text: '一、工作时间' },
    { kind: 'changed', parts: [{ kind: 'same', text: '周一至周五上午九时至下午五时' }, { kind: 'added', text: '三十分' }, { kind: 'same', text: '。节假日除外。电话 027-88936000。' }] },
    { kind: 'same', text: '二、地址' },
    { kind: 'gap', lines: 3 },
  ])
})

test('a paragraph put in between keeps its neighbours paired', () => {
  const lines = diffTexts('第一条 本办法适用于全区。\n第二条 由区政府办公室解释。', '第一条 本办法适用于全区各街道。\n附带说明三个事项\n第二条 由区司法局解释。')
  expect(lines.map(({ kind }) => kind)).toEqual(['changed', 'added', 'changed'])
})

test('a row of a table is a line, its cells parts of it', () => {
  expect(diffTexts('科目\t预算\n一般公共服务\t1200\n教育\t300', '科目\t预算\n一般公共服务\t1250\n教育\t300')[1]).toEqual({
    kind: 'changed',
    parts: [{ kind: 'same', text: '一般公共服务\t' }, { kind: 'removed', text: '1200' }, { kind: 'added', text: '1250' }],
  })
})

const sides = (lines: readonly DiffLine[], keep: 'added' | 'removed'): string[] =>
  lines.flatMap((line) => (line.kind === 'gap' ? Array.from({ length: line.lines }, () => '…') : line.kind === 'changed' ? [line.parts.filter(({ kind }) => kind === 'same' || kind === keep).map(({ text }) => text).join('')] : line.kind === 'same' || line.kind === keep ? [line.text] : []))

test('both versions can be read back from their difference', () => {
  const line = fc.array(fc.constantFrom('本办法', '适用于', '全区', '各街道', '。', '；', '2024', '年', ' ', '\t'), { maxLength: 8 }).map((parts) => parts.join(''))
  const text = fc.array(line, { maxLength: 12 })
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [before, after] = [a.map((each) => each.trim()).filter((each) => each !== ''), b.map((each) => each.trim()).filter((each) => each !== '')]
      const lines = diffTexts(before.join('\n'), after.join('\n'))
      if (before.join('\n') === after.join('\n')) {
        expect(lines).toEqual([])
        return
      }
      const matches = (read: string[], whole: string[]) => expect(read.map((each, i) => (each === '…' ? whole[i] : each))).toEqual(whole)
      matches(sides(lines, 'removed'), before)
      matches(sides(lines, 'added'), after)
    }),
    { numRuns: 300 },
  )
})

test('two long texts without anything in common end soon', () => {
  const many = (letter: string) => Array.from({ length: 6000 }, (_, i) => `${letter}${i}`).join('\n')
  const lines = diffTexts(many('甲'), many('乙'))
  expect(lines).toHaveLength(12_000)
  expect(lines[0]).toEqual({ kind: 'removed', text: '甲0' })
})

test('a long text rewritten throughout is compared line by line at first, then paragraph by paragraph', () => {
  const text = (end: string) => Array.from({ length: 40 }, (_, i) => `${String(i).repeat(10)}${'本办法适用于全区'.repeat(500)}${end}`).join('\n第一条\n')
  const kinds = new Set(diffTexts(text('。'), text('！')).map(({ kind }) => kind))
  expect([...kinds].toSorted()).toEqual(['added', 'changed', 'removed', 'same'])
})

const content: ItemContent = {
  title: '2024 年部门预算', docNo: null, summary: null, origin: 'made', formedOn: '2024-02-01', files: [],
  details: { issuer: '区城运中心', topic: 'finance', genre: 'report', keywords: ['预算'], effectiveOn: null, block: 'statutory', a19: [], body: null, pictures: [], attachments: [{ key: 'a', name: '预算.pdf', mediaType: 'application/pdf', bytes: 1 }, { key: 'b', name: '说明.docx', mediaType: '', bytes: 1 }, { key: 'c', name: '旧名.txt', mediaType: '', bytes: 1 }], relations: [] },
}

test('metadata by label, attachments by what became of them', () => {
  const { details } = content
  if (details === undefined) throw new Error('没有')
  const after = { ...content, title: '2024 年部门预算（更正）', docNo: '武城运〔2024〕1号', details: { ...details, keywords: ['预算', '三公'], attachments: [{ key: 'a2', name: '预算.pdf', mediaType: '', bytes: 2 }, { key: 'c', name: '新名.txt', mediaType: '', bytes: 1 }, { key: 'd', name: '表.xlsx', mediaType: '', bytes: 1 }] } }
  const difference = diffVersions({ content, classification: null, text: '同' }, { content: after, classification: null, text: '同' })
  expect(difference.fields.map(({ label }) => label)).toEqual(['标题', '发文字号', '主题词'])
  expect(difference.attachments).toEqual([
    { kind: 'replaced', name: '预算.pdf', before: null },
    { kind: 'renamed', name: '新名.txt', before: '旧名.txt' },
    { kind: 'added', name: '表.xlsx', before: null },
    { kind: 'removed', name: '说明.docx', before: null },
  ])
  expect(isSame(diffVersions({ content, classification: null, text: '' }, { content, classification: null, text: '' }))).toBe(true)
})
