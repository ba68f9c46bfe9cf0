import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { alike, likeness } from './likeness.ts'

const A = '全年共主动公开政府信息八条，其中概况信息三条，财政信息两条，其他三条，全文电子化率达百分之百。'
const B = '区城市运行管理中心组织两次业务培训，把政府信息公开纳入年度考核，未发生责任追究的情况。'

test('a paragraph is most like itself, whatever the year and the spaces', () => {
  const found = likeness([`2024年，${A}`], [B, `2023 年，${A}`])
  expect(found).toMatchObject([{ score: 1, nearest: 1 }])
})

test('different paragraphs are not alike; short ones are left out', () => {
  expect(likeness([A], [B])[0]!.score).toBeLessThan(0.2)
  expect(likeness(['六、其他需要报告的事项'], ['六、其他需要报告的事项'])).toEqual([])
})

test('six in ten is alike, fewer is not', () => {
  const scored = (...scores: number[]) => alike(scores.map((score) => ({ paragraph: '', score, nearest: 0 })))
  expect(scored(1, 0.9, 0.95, 0.1, 0.2)).toEqual({ alike: true, same: 3, of: 5 })
  expect(scored(1, 0.9, 0.89, 0.1, 0.2).alike).toBe(false)
  expect(scored().alike).toBe(false)
})

test('the score is a share, the same both ways, 1 for the same text', () => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from('政府信息公开年度报告申请办理，。')), minLength: 22, maxLength: 80 })
  fc.assert(
    fc.property(text, text, (a, b) => {
      const score = likeness([a], [b])[0]!.score
      expect(score).toBeGreaterThanOrEqual(0)
      expect(score).toBeLessThanOrEqual(1)
      expect(likeness([b], [a])[0]!.score).toBe(score)
      expect(likeness([a], [a])[0]!.score).toBe(1)
    }),
  )
})
