import { beforeAll, expect, test } from 'vitest'
import { mergeBodies, renameBody } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { listAcceptedReports, listCollection, listFilers } from './filings.ts'
import { aFiledReport, anAcceptedReport } from './testing.ts'

const { db, deps, setToday } = testDb()
const SEED = { kind: 'system', name: 'seed' } as const
const ids: Record<string, string> = {}

beforeAll(async () => {
  setToday('2026-02-03')
  await aDistrict(deps)
  for (const [code, input] of Object.entries({
    gov: { name: '武昌区人民政府', kind: 'government' },
    ju: { name: '示例区甲局', sort: 1 },
    yi: { name: '示例区乙局', sort: 2 },
    bing: { name: '示例区丙局', sort: 3 },
    xin: { name: '示例区新局', sort: 4, establishedOn: '2025-06-01' },
    hou: { name: '示例区后设局', sort: 5, establishedOn: '2026-01-10' },
    wan: { name: '示例区晚并局', sort: 6 },
  } as const))
    ids[code] = (await aBody(deps, { code: `b-${code}`, ...input })).bodyId
  await renameBody(deps, SEED, { bodyId: ids['ju']!, name: '示例区甲和平局', from: '2025-03-01' })
  await renameBody(deps, SEED, { bodyId: ids['ju']!, name: '示例区甲新名局', from: '2026-02-01' })
  await mergeBodies(deps, SEED, { from: [ids['yi']!], into: ids['bing']!, on: '2025-06-01', basis: '机构改革方案' })
  await mergeBodies(deps, SEED, { from: [ids['wan']!], into: ids['bing']!, on: '2026-01-15', basis: '机构改革方案' })
})

test('each body of the roll either files or is said not to, and why', async () => {
  const { filers, others } = await listCollection(db, 2025, '2026-02-03')
  expect(filers.map(({ bodyCode, name, formerNames, because }) => [bodyCode, name, formerNames, because.why])).toEqual([
    ['b-ju', '示例区甲和平局', ['示例区甲局'], 'by-law'],
    ['b-bing', '示例区丙局', [], 'by-law'],
    ['b-xin', '示例区新局', [], 'new'],
    ['b-wan', '示例区晚并局', [], 'by-law'],
  ])
  expect(others.map(({ bodyCode, because }) => [bodyCode, because.why, because.words])).toEqual([
    ['b-gov', 'government', '本级政府的报告就是全区的汇总，3 月 31 日前公布（条例第四十九条）；它名下的记录直接加进汇总，不另报送'],
    ['b-yi', 'merged', '2025-06-01 并入示例区丙局，由其报送'],
    ['b-hou', 'not-yet', '2026-01-10 才设立'],
  ])
  const [, bing, , wan] = filers
  expect(bing?.absorbed).toEqual([{ bodyId: ids['yi'], code: 'b-yi', name: '示例区乙局', on: '2025-06-01', basis: '机构改革方案' }])
  expect(wan?.mergedInto).toMatchObject({ name: '示例区丙局' })
  expect(filers.every(({ late, status }) => late && status === 'none')).toBe(true)
  expect((await listFilers(db, 2025, '2026-01-31')).some(({ late }) => late)).toBe(false)
})

test('what is filed, and what is accepted', async () => {
  await anAcceptedReport(deps, { bodyId: ids['ju']!, year: 2025, cells: { 'R1.N': 3, 'R3.1.N': 2, 'R4.N': 1 }, filedOn: '2026-01-30' })
  await aFiledReport(deps, { bodyId: ids['bing']!, year: 2025, filedOn: '2026-02-01' })
  const [ju, bing] = await listFilers(db, 2025, '2026-02-03')
  expect(ju).toMatchObject({ status: 'accepted', round: 1, source: 'upload', filedOn: '2026-01-30', acceptedOn: '2026-01-25', late: false })
  expect(bing).toMatchObject({ status: 'filed', filedOn: '2026-02-01', acceptedOn: null, late: true })
  const accepted = await listAcceptedReports(db, 2025)
  expect(accepted.map(({ bodyCode, bodyName, round, form, acceptedOn }) => [bodyCode, bodyName, round, form, acceptedOn])).toEqual([['b-ju', '示例区甲新名局', 1, '2021', '2026-01-25']])
  expect(accepted[0]?.cells).toMatchObject({ 'R1.T': 3, 'R3.7.T': 2, 'R4.T': 1, 'T2.norm.valid': 0 })
  expect(await listAcceptedReports(db, 2024)).toEqual([])
})
