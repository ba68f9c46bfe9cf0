import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cellsOf } from '../../statute/report-form.ts'
import { balancedCells, seededRandom } from '../roll-up/testing.ts'
import { changedSentences, compareReports, type Compared } from './compare-reports.ts'

const cells = balancedCells('2021', seededRandom(7), 50)
const FIRST = '落实先审查、后公开的制度，公文起草时一并确定公开属性，年内核对指南与目录两次。'
const SECOND = '依托区门户网站的政府信息公开专栏集中发布，逐条核对栏目与附件。'
const report = (texts: readonly string[], more: Partial<Compared> = {}): Compared => ({
  body: '示例局', year: 2025, edition: '2021', cells,
  lines: ['一、总体情况', ...texts].map((text, i) => ({ number: i + 1, text, kind: i === 0 ? 'heading' : 'prose' })),
  ...more,
})

describe('两份报告的不同', () => {
  test('同一份没有不同', () => {
    const same = compareReports(report([FIRST, SECOND]), report([FIRST, SECOND]))
    expect(same.counts).toEqual({ cells: 0, added: 0, removed: 0, moved: 0 })
    expect(same.paragraphs.map(({ score }) => score)).toEqual([1, 1])
  })

  test('格的增减；空着的一边没有增减；增、删、移动的句子', () => {
    const after = report([SECOND, FIRST, '新增一句话，说明年内的培训情况，共两次。'], { cells: { ...cells, 'R1.N': (cells['R1.N'] ?? 0) + 2, 'R1.B': null } })
    const found = compareReports(report([FIRST, SECOND]), after)
    expect(found.cells.map(({ code, delta }) => [code, delta])).toEqual([['R1.N', 2], ['R1.B', null]])
    expect(found.counts).toMatchObject({ added: 1, removed: 0, moved: 1 })
    expect(found.paragraphs[2]?.score).toBeLessThan(0.5)
    expect(found.paragraphs[1]?.before).toBe(FIRST)
  })

  test('几乎全不同的，各部分自己比；移到别的部分的仍是移动', () => {
    const parted = (one: string, five: string) => report([one, '五、存在的主要问题及改进情况', five])
    const found = compareReports(parted(FIRST, '个别科室报送不及时。'), parted(SECOND, FIRST))
    expect(found.parts.map(({ heading, sentences }) => [heading, sentences.map(({ kind }) => kind)])).toEqual([
      ['一、总体情况', ['added']],
      ['五、存在的主要问题及改进情况', ['removed', 'moved']],
    ])
  })

  test('格式不同的，换到后一份的格式再比，换不出的不比', () => {
    const old = report([FIRST], { edition: '2019', year: 2020, cells: balancedCells('2019', seededRandom(7), 50) })
    const found = compareReports(old, report([FIRST]))
    expect(found.uncompared).toBeGreaterThan(0)
    expect(found.cells.every(({ code }) => cellsOf('2019').includes(code) || code.startsWith('R3.6.'))).toBe(true)
  })

  test('由后一份的句子与删去的，总能还原两份', () => {
    const text = fc.array(fc.constantFrom('甲。', '乙。', '丙。', '丁。', '戊。'), { maxLength: 12 })
    fc.assert(fc.property(text, text, (before, after) => {
      const found = changedSentences(before, after)
      expect(found.filter(({ kind }) => kind !== 'removed').map((one) => one.text)).toEqual(after)
      const old = found.filter(({ kind }) => kind !== 'added').map((one) => one.text)
      expect(old.toSorted()).toEqual(before.toSorted())
    }))
  })
})
