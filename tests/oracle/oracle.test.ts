import process from 'node:process'
import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { countForReport } from '../../src/applications/index.ts'
import { aDesk } from '../../src/applications/testing-desk.ts'
import { setSetting } from '../../src/bodies/index.ts'
import { aBody, aDistrict } from '../../src/bodies/testing.ts'
import { testDb } from '../../src/platform/testing.ts'
import { daysAfter } from './days.ts'
import type { Day } from './days.ts'
import type { Rules } from './tale.ts'
import { cellsIn, tellCase } from './tell-case.ts'
import { agreeOn, deliver, findEnd, register, takeStep } from './world.ts'
import type { World } from './world.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const OFFICES = { reviewAuthority: '武昌区人民政府', court: '武汉市武昌区人民法院' }
const SEED = { kind: 'system', name: 'seed' } as const

/** 两个机构：一个照缺省的设置，一个照另一种。 */
const USUAL: Rules = { pauseFrom: 'SENT', afterFee: 'AGAIN', withdrawRow: 'R3.6.3', adminQueryReviewFirst: false }
const OTHER: Rules = { pauseFrom: 'DELIVERED', afterFee: 'GO_ON', withdrawRow: 'R3.6.1', adminQueryReviewFirst: true }
const OTHER_SETTINGS = [['pauseFrom', 'DELIVERED'], ['feeRestart', 'RESUME_AFTER_PAYMENT'], ['withdrawRow', 'R3.6.1'], ['adminQueryRemedy', 'PRE_REVIEW']] as const
const worlds: World[] = []

beforeAll(async () => {
  setToday('2024-01-03')
  await aDistrict(deps)
  for (const [code, rules] of [['usual', USUAL], ['other', OTHER]] as const) {
    const { bodyId } = await aBody(deps, { code, name: `示例${code === 'usual' ? '甲' : '乙'}局`, codeWord: code === 'usual' ? '示甲' : '示乙' })
    const settings = [['court', OFFICES.court], ['letterPhone', '027-88880000'], ...(code === 'other' ? OTHER_SETTINGS : [])] as const
    for (const [key, value] of settings) expect(await setSetting(deps, SEED, { bodyId, key, value })).toMatchObject({ ok: true })
    const desk = await aDesk(app, deps, setToday, { bodyId, name: code })
    worlds.push({ desk, rules, offices: OFFICES, setToday, cases: new Map(), seen: new Map() })
  }
})

let people = 0
const aPerson = (): string => `42010619800101${String(1000 + (people += 1)).padStart(4, '0')}`

const lot = fc.record({ which: fc.nat(9), choose: fc.nat(1000), pick: fc.nat(1000), days: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(25)), back: fc.oneof({ arbitrary: fc.constant(0), weight: 4 }, { arbitrary: fc.nat(4), weight: 1 }), head: fc.boolean() })
const start = fc.integer({ min: 0, max: 690 }).map((n) => daysAfter('2024-01-05', n))

/** 一趟：登记一两件，走若干步；看各年的报告；再把没完的都走到头，再看一遍。 */
async function run(world: World, from: Day, lots: readonly (typeof lot extends fc.Arbitrary<infer T> ? T : never)[], twice: boolean): Promise<void> {
  // 测试的库不自动清理，件数多了查询计划会走偏
  if (people % 20 === 0) await sql`vacuum analyze`.execute(db)
  const person = aPerson()
  const ids = [await register(world, from, person)]
  await agreeOn(world, ids[0] ?? '', from)
  if (twice) ids.push(await register(world, daysAfter(from, 1), person))
  let today = twice ? daysAfter(from, 1) : from
  for (const one of lots) {
    today = daysAfter(today, one.days)
    await takeStep(world, ids, one, today)
  }
  for (const id of ids) await agreeOn(world, id, today)
  await agreeOnReports(world, today)
  for (const id of ids) today = await findEnd(world, id, today)
  for (const id of ids) today = await deliver(world, id, today, lots.length)
  await agreeOnReports(world, today)
  for (const id of ids) if (tellCase(world.cases.get(id)?.acts ?? [], today, world.rules).counted) expect(endsIn(world, id, today)).toHaveLength(1)
}

/** 办完的一件，三年的报告里恰有一个结果的格。 */
const endsIn = (world: World, id: string, today: Day): string[] => {
  const say = tellCase(world.cases.get(id)?.acts ?? [], today, world.rules)
  return [2024, 2025, 2026].flatMap((year) => cellsIn(say, year)).filter((cell) => cell.startsWith('R3'))
}

const YEARS = [2024, 2025, 2026]
async function agreeOnReports(world: World, today: Day): Promise<void> {
  for (const year of YEARS) {
    const expected: Record<string, number> = {}
    for (const { acts } of world.cases.values()) for (const cell of cellsIn(tellCase(acts, today, world.rules), year)) expected[cell] = (expected[cell] ?? 0) + 1
    expect([year, await countForReport(db, world.desk.bodyId, year, `${year}-12-31`)]).toEqual([year, expected])
  }
}

const RUNS = Number(process.env['ORACLE_RUNS'] ?? 20)
const SEED_NUMBER = process.env['ORACLE_SEED']

test('any sequence of offered steps: state, due date, refusals, fee, letters and report cells are what the day-by-day oracle tells; every case comes to one end', async () => {
  await fc.assert(
    fc.asyncProperty(start, fc.array(lot, { maxLength: 14, size: 'max' }), fc.boolean(), fc.nat(1), async (from, lots, twice, which) => {
      await run(worlds[which]!, from, lots, twice)
    }),
    { numRuns: RUNS, endOnFailure: process.env['ORACLE_SHRINK'] !== '1', ...(SEED_NUMBER === undefined ? {} : { seed: Number(SEED_NUMBER) }) },
  )
  if (process.env['ORACLE_STATS'] === '1') for (const { seen } of worlds) process.stderr.write(`${[...seen].toSorted(([a], [b]) => a.localeCompare(b)).map(([key, n]) => `${key} ${n}`).join('，')}\n`)
}, RUNS * 20_000)
