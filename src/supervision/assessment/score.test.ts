import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_INDICATORS } from './default-indicators.ts'
import { freeze, hashContent, readFrozen, refreeze, scoreAll } from './frozen.ts'
import type { FrozenInputs } from './frozen.ts'
import { FULL, faultOf, faultOfScale, nextCode, sumOfWeights } from './indicator.ts'
import type { Indicator, Scale } from './indicator.ts'
import { pointsOf, scaleWords, shareOf, valueOf } from './scale.ts'
import { readIndicator, readPoints } from './scheme-form.ts'
import { scoreSheet } from './score.ts'
import type { LineInput } from './score.ts'
import { SOURCE_KEYS } from './source.ts'

const line = (code: string, more: Partial<LineInput> = {}): LineInput => ({ code, measured: null, exempted: null, self: null, checked: null, decided: null, ...more })
const REPLIES: Indicator = { code: '01', name: '按期答复', group: '及时', weight: 60_00, basis: '条例第三十三条', how: '按期', kind: 'computed', source: 'replies-in-time', scale: { kind: 'linear', zero: 90, full: 100 } }
const COMPLAINTS: Indicator = { ...REPLIES, code: '02', name: '查实', weight: 10_00, source: 'complaints-founded', scale: { kind: 'linear', zero: 4, full: 0 } }
const JUDGED: Indicator = { code: '03', name: '制度', group: '工作', weight: 30_00, basis: '自定', how: '健全', kind: 'judged' }
const ALL = [REPLIES, COMPLAINTS, JUDGED]

const scales = fc.oneof(
  fc.record({ kind: fc.constant('linear' as const), zero: fc.integer({ min: 0, max: 200 }), full: fc.integer({ min: 0, max: 200 }) }).filter(({ zero, full }) => zero !== full),
  fc
    .record({ down: fc.boolean(), ats: fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 10 }), shares: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 10, maxLength: 10 }) })
    .map(({ down, ats, shares }): Scale => {
      const [at, share] = [ats.toSorted((a, b) => (down ? b - a : a - b)), shares.toSorted((a, b) => a - b)]
      return { kind: 'steps', down, steps: at.map((each, i) => ({ at: each, share: share[i] ?? 100 })) }
    }),
)
const lessIsBetter = (scale: Scale): boolean => (scale.kind === 'linear' ? scale.full < scale.zero : scale.down)

describe('scales', () => {
  test('golden: 95% between 90 and 100 is half; two founded complaints of four are half; steps take the best reached', () => {
    expect(pointsOf(REPLIES.kind === 'computed' ? REPLIES.scale : { kind: 'linear', zero: 0, full: 1 }, 15_00, 95)).toBe(7_50)
    expect(shareOf({ kind: 'linear', zero: 4, full: 0 }, 2)).toBe(50)
    const steps: Scale = { kind: 'steps', down: false, steps: [{ at: 95, share: 100 }, { at: 80, share: 60 }] }
    expect([79.9999, 80, 94.9, 95, 100].map((value) => shareOf(steps, value))).toEqual([0, 60, 60, 100, 100])
    expect(scaleWords(steps, '%')).toBe('达到 95%得 100%，达到 80%得 60%，其余不得分')
    expect(scaleWords({ kind: 'linear', zero: 4, full: 0 }, ' 件')).toBe('0 件得满分，4 件以上不得分，其间按比例')
  })

  test('a third of three points is one point exactly; what does not divide is rounded, not cut', () => {
    expect(pointsOf({ kind: 'linear', zero: 0, full: 100 }, 3_00, valueOf('share', { total: 3, good: 1 }) ?? 0)).toBe(1_00)
    expect(pointsOf({ kind: 'linear', zero: 0, full: 100 }, 1_00, valueOf('share', { total: 3, good: 2 }) ?? 0)).toBe(67)
  })

  test('property: never below zero nor above full, and a better value never scores less', () => {
    fc.assert(
      fc.property(scales, fc.integer({ min: 1, max: 100_00 }), fc.double({ min: 0, max: 300, noNaN: true }), fc.double({ min: 0, max: 300, noNaN: true }), (scale, weight, a, b) => {
        expect(faultOfScale(scale)).toBeNull()
        const [worse, better] = lessIsBetter(scale) ? [Math.max(a, b), Math.min(a, b)] : [Math.min(a, b), Math.max(a, b)]
        const [low, high] = [pointsOf(scale, weight, worse), pointsOf(scale, weight, better)]
        expect(low).toBeLessThanOrEqual(high)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(weight)
      }),
    )
  })

  test('a scale that would pay less for better, or says nothing, is refused', () => {
    expect(faultOfScale({ kind: 'linear', zero: 5, full: 5 })).toContain('不能相同')
    expect(faultOfScale({ kind: 'steps', down: false, steps: [] })).toContain('一行一档')
    expect(faultOfScale({ kind: 'steps', down: false, steps: [{ at: 90, share: 50 }, { at: 95, share: 40 }] })).toContain('不能更低')
    expect(faultOfScale({ kind: 'steps', down: true, steps: [{ at: 1, share: 100 }, { at: 3, share: 50 }] })).toBeNull()
    expect(faultOfScale({ kind: 'steps', down: false, steps: [{ at: 90, share: 50 }, { at: 90, share: 60 }] })).toContain('相同')
  })
})

describe('a sheet', () => {
  test('golden: what does not apply is taken out with its weight, the rest counted to a hundred', () => {
    const inputs = [line('01', { measured: { total: 40, good: 38 } }), line('02', { measured: { total: 1, good: 0 } }), line('03', { self: 20_00, checked: 18_00 })]
    expect(scoreSheet(ALL, inputs)).toMatchObject({ points: 30_00 + 7_50 + 18_00, applicable: FULL, total: 55_50, unscored: 0 })
    const none = [line('01', { measured: { total: 0, good: 0 } }), ...inputs.slice(1)]
    // 60 分的一项没有记录：25.5 / 40 = 63.75
    expect(scoreSheet(ALL, none)).toMatchObject({ points: 25_50, applicable: 40_00, total: 63_75 })
    expect(scoreSheet(ALL, none).lines[0]).toMatchObject({ origin: 'not-applicable', points: null, value: null })
    expect(scoreSheet(ALL, [line('01', { exempted: '新设' }), line('02', { exempted: '新设' }), line('03', { exempted: '新设' })])).toMatchObject({ applicable: 0, total: null })
  })

  test('the decision goes before the check, the check before what was computed or claimed', () => {
    const of = (more: Partial<LineInput>) => scoreSheet([REPLIES], [line('01', { measured: { total: 10, good: 10 }, ...more })]).lines[0]
    expect(of({})).toMatchObject({ origin: 'computed', points: 60_00 })
    expect(of({ checked: 50_00 })).toMatchObject({ origin: 'checked', points: 50_00 })
    expect(of({ checked: 50_00, decided: 55_00 })).toMatchObject({ origin: 'decided', points: 55_00 })
    expect(scoreSheet([JUDGED], [line('03', { self: 10_00 })]).lines[0]).toMatchObject({ origin: 'self', points: 10_00 })
    expect(scoreSheet([JUDGED], [line('03')])).toMatchObject({ unscored: 1 })
  })

  const inputsFor = fc.record({ total: fc.nat(200), share: fc.double({ min: 0, max: 1, noNaN: true }), complaints: fc.nat(9), self: fc.nat(30_00), exempt: fc.constantFrom(null, '不适用') }).map(({ total, share, complaints, self, exempt }) => [
    line('01', { measured: { total, good: Math.floor(total * share) } }), line('02', { measured: { total: complaints, good: 0 } }), line('03', { self, checked: self, exempted: exempt }),
  ])

  test('property: the total lies in 0 to 100, is full when every part is, and leaving out the inapplicable equals a scheme without it', () => {
    fc.assert(
      fc.property(inputsFor, (inputs) => {
        const score = scoreSheet(ALL, inputs)
        expect(score.total).toBeGreaterThanOrEqual(0)
        expect(score.total).toBeLessThanOrEqual(FULL)
        const applicable = ALL.filter((_, i) => score.lines[i]?.origin !== 'not-applicable')
        expect(score.applicable).toBe(sumOfWeights(applicable))
        expect(scoreSheet(applicable, inputs)).toMatchObject({ points: score.points, total: score.total })
      }),
    )
  })

  const bodies = fc.array(inputsFor, { minLength: 1, maxLength: 45 })
  const frozenOf = (all: readonly LineInput[][], ranking: boolean): FrozenInputs => ({
    year: 2025, title: '考核', basis: '条例第四十六条', ranking, indicators: ALL, takenOn: '2026-02-01',
    bodies: all.map((lines, i) => ({ bodyId: `body-${i}`, code: `b${i}`, name: `机关${i}`, excused: null, lines: lines.map((each) => ({ ...each, records: null, checkNote: null, appeal: null, decision: null })) })),
  })

  test('property: recomputed from what was stored, twice, byte for byte the same', () => {
    fc.assert(
      fc.property(bodies, fc.boolean(), (all, ranking) => {
        const { content, hash } = freeze(frozenOf(all, ranking))
        expect(refreeze(content)).toBe(content)
        expect(refreeze(refreeze(content))).toBe(content)
        expect(hashContent(refreeze(content))).toBe(hash)
        expect(readFrozen(content).scores).toEqual(JSON.parse(JSON.stringify(scoreAll(readFrozen(content).inputs))))
      }),
      { numRuns: 30 },
    )
  })

  test('no ranks below thirty bodies, below thirty records, or when the scheme says so', () => {
    const rich = (good: number) => [line('01', { measured: { total: 40, good } }), line('02', { measured: { total: 0, good: 0 } }), line('03', { checked: 30_00 })]
    const ranks = (n: number, ranking = true, of = rich) => scoreAll(frozenOf(Array.from({ length: n }, (_, i) => of(40 - (i % 4))), ranking))
    expect(ranks(29).every(({ rank, lines }) => rank === null && lines.every((each) => each.rank === null))).toBe(true)
    expect(ranks(30, false).every(({ rank }) => rank === null)).toBe(true)
    const thirty = ranks(30)
    expect(thirty.slice(0, 5).map(({ rank }) => rank)).toEqual([1, 9, 17, 24, 1])
    expect(thirty[1]?.lines[0]?.rank).toBe(9)
    // 六成的满分只数了二十九条记录：总分不排，样本够的各项照排
    const poor = ranks(30, true, (good) => [line('01', { measured: { total: 29, good: Math.min(29, good) } }), line('02', { measured: { total: 0, good: 0 } }), line('03', { checked: 30_00 })])
    expect(poor.every(({ rank, lines }) => rank === null && lines[0]?.rank === null && lines[2]?.rank === 1)).toBe(true)
  })
})

describe('a scheme', () => {
  test('the default is complete: a hundred points, every source used, names its own', () => {
    expect(faultOf(DEFAULT_INDICATORS)).toBeNull()
    expect(new Set(DEFAULT_INDICATORS.flatMap((each) => (each.kind === 'computed' ? [each.source] : [])))).toEqual(new Set(SOURCE_KEYS))
    expect(DEFAULT_INDICATORS.map(({ code }) => code)).toEqual(DEFAULT_INDICATORS.map((_, i) => String(i + 1).padStart(2, '0')))
  })

  test('refused: nothing in it, not a hundred, a name twice', () => {
    expect([faultOf([]), faultOf([REPLIES]), faultOf([REPLIES, { ...JUDGED, name: REPLIES.name }])]).toEqual(['no-indicators', 'weights-not-100', 'name-taken'])
    expect([nextCode([]), nextCode(['01', '09']), nextCode(['12', '3'])]).toEqual(['01', '10', '13'])
  })

  test('points and scales are read as written, refused where they cannot be', () => {
    expect(['7.5', '12', '0.05', '100', '７.５'].map(readPoints)).toEqual([7_50, 12_00, 5, 100_00, 7_50])
    expect(['', '-1', '1.234', '一', '1e2'].map(readPoints)).toEqual([null, null, null, null, null])
    const form = (given: Record<string, string>) => readIndicator((name) => ({ name: '按期', group: '及时', weight: '10', basis: '条例', how: '按期', kind: 'computed', source: 'replies-in-time', scale: 'steps', steps: '95=100\n80=60', ...given })[name] ?? '')
    expect(form({}).given?.('07')).toMatchObject({ code: '07', weight: 10_00, scale: { kind: 'steps', down: false, steps: [{ at: 95, share: 100 }, { at: 80, share: 60 }] } })
    expect(form({ steps: '八十=60' }).errors).toHaveProperty('steps')
    expect(form({ weight: '0' }).errors).toHaveProperty('weight')
    expect(form({ source: 'made-up' }).errors).toHaveProperty('source')
    expect(form({ scale: 'linear', zero: '90', full: '90' }).errors).toHaveProperty('full')
    expect(form({ kind: 'judged', source: '', scale: '' })).toMatchObject({ errors: {} })
  })
})
