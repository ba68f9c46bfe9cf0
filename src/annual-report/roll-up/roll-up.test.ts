import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkCells } from '../../statute/report-checks.ts'
import { cellsOf, editionOf, type Cells } from '../../statute/report-form.ts'
import { convertCells } from './convert-form.ts'
import { findOutliers, medianOf } from './outliers.ts'
import { rollUp, type Accepted, type RollUpInput } from './roll-up.ts'
import { sumCells } from './sum-cells.ts'
import { balancedCells, seededRandom, someAccepted } from './testing.ts'

const input = (accepted: readonly Accepted[], more: Partial<RollUpInput> = {}): RollUpInput => ({ year: 2025, accepted, absent: [], exempt: [], merged: [], ...more })

describe('逐格相加', () => {
  const money = fc.integer({ min: 0, max: 10 ** 12 }).map((fen) => fen / 1_000_000)
  const someCells = (code: string) => (code === 'T2.fee.amountWan' ? money : fc.nat({ max: 100_000 }))
  const cells = fc.record(Object.fromEntries(cellsOf('2021').map((code) => [code, fc.option(someCells(code), { nil: null, freq: 60 })]))) as fc.Arbitrary<Cells>

  test('怎样分组都一样：各组之和再相加，等于一次加完；空格随之传下去', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cells, fc.nat({ max: 4 })), { maxLength: 8 }), (given) => {
        const addends = given.map(([own], i) => ({ name: `第${i}家`, cells: own }))
        const groups = [0, 1, 2, 3, 4].map((group) => sumCells('2021', addends.filter((_, i) => given[i]?.[1] === group)))
        const whole = sumCells('2021', addends)
        expect(sumCells('2021', groups.map((one, i) => ({ name: `第${i}组`, cells: one.cells }))).cells).toEqual(whole.cells)
      }),
      { numRuns: 60 },
    )
  })

  test('空格不是 0：算不出的格写明是谁空着', () => {
    const sum = sumCells('2021', [
      { name: '甲局', cells: { ...zeros, 'R1.N': 3 } },
      { name: '乙局', cells: { ...zeros, 'R1.N': null } },
    ])
    expect(sum.cells['R1.N']).toBeNull()
    expect(sum.cells['R1.B']).toBe(0)
    expect(sum.unknown).toEqual([{ code: 'R1.N', who: ['乙局'] }])
  })

  test('金额以分相加，不走样', () => {
    const fee = (amount: number) => ({ name: '某局', cells: { ...zeros, 'T2.fee.amountWan': amount } })
    expect(sumCells('2021', [fee(0.1), fee(0.2), fee(1.000001)]).cells['T2.fee.amountWan']).toBe(1.300001)
  })
})

const zeros: Cells = Object.fromEntries(cellsOf('2021').map((code) => [code, 0]))

describe('汇总', () => {
  test('勾稽相符的各家之和也相符，四类小计之和等于全区', () => {
    const all = rollUp(input(someAccepted(60)))
    expect(checkCells({ edition: '2021', year: 2025, cells: all.cells })).toEqual([])
    expect(sumCells('2021', all.groups.map(({ label, cells }) => ({ name: label, cells }))).cells).toEqual(all.cells)
    expect(all.groups.map(({ key, parts }) => [key, parts])).toEqual([['department', 30], ['street', 15], ['organization', 15]])
  })

  test('一家也不少：受理的、缺的、免的、并入的，合起来就是名单', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('accepted', 'none', 'filed', 'returned', 'exempt', 'merged'), { maxLength: 30 }), fc.boolean(), (fates, explained) => {
        const all = someAccepted(fates.length)
        const of = (fate: string) => all.filter((_, i) => fates[i] === fate)
        const reason = { person: '某某', reason: '机构改革，已撤销', on: '2026-02-01' }
        const absent = (['none', 'filed', 'returned'] as const).flatMap((status) => of(status).map(({ bodyId, bodyCode, bodyName, kind }) => ({ bodyId, bodyCode, bodyName, kind, status, late: true, explanation: explained ? reason : null })))
        const exempt = of('exempt').map(({ bodyId, bodyCode, bodyName }) => ({ bodyId, bodyCode, bodyName, reason: '另定' }))
        const merged = of('merged').map(({ bodyName }) => ({ bodyName, words: '2025-06-01 并入某局，由其报送' }))
        const sum = rollUp(input(of('accepted'), { absent, exempt, merged }))
        const named = [...sum.parts, ...sum.absent, ...sum.exempt, ...sum.merged].map(({ bodyName }) => bodyName)
        expect(named.toSorted()).toEqual(all.map(({ bodyName }) => bodyName).toSorted())
        expect(sum.due).toBe(sum.accepted + absent.length)
        expect(sum.unexplained).toHaveLength(explained ? 0 : absent.length)
      }),
    )
  })

  test('区政府本级的记录也加进去，不算在应报的机关里', () => {
    const [body, own] = someAccepted(2)
    const sum = rollUp(input([body!, { ...own!, kind: 'government', bodyName: '示例区人民政府', source: 'records', round: 0 }]))
    expect([sum.due, sum.accepted, sum.parts.length]).toEqual([1, 1, 2])
    expect(sum.cells['R1.T']).toBe((body!.cells['R1.T'] ?? 0) + (own!.cells['R1.T'] ?? 0))
  })
})

describe('两版格式之间', () => {
  test('2019 版换到 2021 版：同名的格照搬，分不出、没有的为空，写明哪些放不下', () => {
    const cells: Cells = { ...balancedCells('2019', seededRandom(3), 40), 'R3.6.N': 2, 'R3.6.B': 0, 'T2.norm.published': 4, 'T2.norm.made': 3 }
    const { cells: now, missing, lost } = convertCells(cells, '2019', '2021')
    expect(now).toMatchObject({ 'R1.N': cells['R1.N'], 'R3.6.1.N': null, 'R3.6.1.B': 0, 'T2.norm.made': 3, 'T2.norm.valid': null })
    expect(Object.keys(now)).toEqual([...cellsOf('2021')])
    expect(missing).toContain('R3.6.3.N')
    expect(missing).not.toContain('R3.6.3.B')
    expect(lost).toEqual(['T2.norm.published', 'R3.6.N', ...cellsOf('2019').filter((code) => /^R3\.6\.[^N]$/.test(code) && (cells[code] ?? 0) !== 0)])
  })

  test('2021 版换到 2019 版：其他处理三小项相加，各行各列仍相符', () => {
    const cells = balancedCells('2021', seededRandom(5), 200)
    const { cells: then } = convertCells(cells, '2021', '2019')
    const [a, b, c] = ['R3.6.1.N', 'R3.6.2.N', 'R3.6.3.N'].map((code) => cells[code] ?? 0)
    expect(then['R3.6.N']).toBe(a! + b! + c!)
    expect(checkCells({ edition: '2019', year: 2020, cells: then }).filter(({ rule }) => rule !== 'K8')).toEqual([])
  })

  test('往年的汇总用往年的格式', () => {
    const [old, odd] = someAccepted(2, { year: 2020 })
    const sum = rollUp({ ...input([old!, { ...odd!, form: '2021', cells: zeros }]), year: 2020 })
    expect(sum.form).toBe(editionOf(2020))
    expect(sum.cells['R1.T']).toBe(old!.cells['R1.T'])
    expect(sum.unknown.find(({ code }) => code === 'T2.norm.total')?.who).toEqual([old!.bodyName, odd!.bodyName])
  })
})

describe('高低悬殊的', () => {
  const of = (values: readonly number[]) => findOutliers(values.map((value, i) => ({ of: i, value })))

  test('十家以上才谈；一家再大也不把标准带偏', () => {
    expect(of([1, 2, 3, 400])).toBeNull()
    const found = of([3, 4, 5, 4, 3, 5, 4, 4, 3, 5, 5000])
    expect(found?.median).toBe(4)
    expect(found?.outliers.map((one) => one.of)).toEqual([10])
  })

  test('多数为 0 的，有几件的也认得出；全都一样的没有', () => {
    expect(of([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12])?.outliers.map((one) => one.of)).toEqual([11])
    expect(of(Array.from({ length: 12 }, () => 7))?.outliers).toEqual([])
  })

  test('中位数在最小与最大之间，与次序无关', () => {
    fc.assert(fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
      const median = medianOf(values)
      expect(median).toBeGreaterThanOrEqual(Math.min(...values))
      expect(median).toBeLessThanOrEqual(Math.max(...values))
      expect(medianOf(values.toReversed())).toBe(median)
    }))
  })
})
