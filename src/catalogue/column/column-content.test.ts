import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashPart, problemsOf, readPart, rowField } from './column-content.ts'
import { differenceOf } from './column-difference.ts'
import { EMPTY_CONTENT, PARTS } from './column-parts.ts'
import { fiscalKindOf, fiscalYearOf } from './fiscal.ts'
import { aGuide, anInstitution } from './testing-column.ts'

test('what is shown as same and removed is the old text, same and added the new', () => {
  const text = fc.string({ unit: fc.constantFrom('地', '址', '路', '1', '2', '\n'), maxLength: 60 })
  fc.assert(
    fc.property(text, text, (from, to) => {
      const [changed] = differenceOf('guide', aGuide({ address: from }), aGuide({ address: to }))
      if (from === to) {
        expect(changed).toBeUndefined()
        return
      }
      const without = (kind: 'added' | 'removed') => changed?.pieces.filter((piece) => piece.kind !== kind).map((piece) => piece.text).join('')
      expect([without('added'), without('removed')]).toEqual([from, to])
    }),
  )
})

test('texts that have almost nothing in common are compared line by line, whole', () => {
  const [long, other] = ['甲'.repeat(1900), '乙'.repeat(1900)]
  expect(differenceOf('guide', aGuide({ access: long }), aGuide({ access: other }))[0]?.pieces).toEqual([
    { kind: 'removed', text: long },
    { kind: 'added', text: other },
  ])
})

test('条例第十二条: each of the nine elements, left out, stops publication; an extra does not', () => {
  const elements = PARTS.guide.fields.filter(({ required }) => required).map(({ key }) => key)
  expect(elements).toHaveLength(9)
  for (const key of elements) expect(Object.keys(problemsOf('guide', aGuide({ [key]: '' }), true))).toEqual([key])
  expect(problemsOf('guide', aGuide({ intake: '', steps: '', fees: '', remedies: '' }), true)).toEqual({})
  expect(Object.keys(problemsOf('guide', EMPTY_CONTENT, true))).toHaveLength(9)
  expect(problemsOf('guide', EMPTY_CONTENT, false)).toEqual({})
})

test('a form is read to the content it was made from; one character changes the hash', () => {
  const content = anInstitution()
  const given: Record<string, string> = { ...content.fields }
  for (const [list, rows] of Object.entries(content.lists)) rows.forEach((row, index) => Object.entries(row).forEach(([key, text]) => (given[rowField(list, index, key)] = text)))
  const read = readPart('institution', (name) => given[name] ?? '')
  expect(hashPart('institution', read)).toBe(hashPart('institution', content))
  expect(hashPart('institution', anInstitution({ address: '示例路 1 号。' }))).not.toBe(hashPart('institution', content))
  expect(problemsOf('institution', { ...content, lists: { ...content.lists, leaders: [] } }, true)).toEqual({ 'leaders.0.name': '至少写一条领导成员' })
})

test.each([
  ['武昌区社会管理网格化服务中心2024年部门预算', 'budget', 2024],
  ['2023年度部门决算公开', 'accounts', 2023],
  ['2024年“三公”经费预算情况说明', 'three-public', 2024],
  ['2025 年部门预算及“三公”经费预算', 'budget', 2025],
  ['2024年预算执行及决算草案的报告', 'accounts', 2024],
  ['财政专项资金分配结果', 'other', 2026],
] as const)('%s → %s, %i', (title, kind, year) => {
  expect([fiscalKindOf(title), fiscalYearOf({ title, publishedOn: '2026-01-05' })]).toEqual([kind, year])
})
