import process from 'node:process'
import { sql } from 'kysely'
import { checkReport, readReportBytes, renderReport, type ReadReport } from '../annual-report/testing.ts'
import { anAcceptedDistrict, loadRollUp, someAccepted } from '../annual-report/roll-up/testing.ts'
import { createAccount, cookieFor } from '../identity/testing.ts'
import { servedApp } from '../serve.ts'
import type { Line, Section } from './line.ts'
import { median, wallMs } from './measure.ts'
import { publishedModel, YEAR, type World } from './world.ts'

const BODIES = 300
const YEARS = [2021, 2022, 2023, 2024, 2025] as const
const REPORTS = 10_000
const LIMITS = { rollUp: 1000, check: 0.2, dashboard: 8 } as const
const ROUNDS = 5
const TIMES = 20
const TODAY = '2026-02-20'

/** 区政务公开办：三百家五年的汇总，核查一万份报来的报告，百万件机关与全区的看板。 */
export async function districtLines(world: World): Promise<Section> {
  const { db } = world.deps
  await anAcceptedDistrict(world.deps, { count: BODIES, years: YEARS, prefix: 'bench-sl' })
  await sql`vacuum (analyze)`.execute(db)
  const lines: Line[] = []
  const { sum } = await loadRollUp(db, 2025, TODAY)
  if (sum.accepted < BODIES) throw new Error(`只汇总了 ${sum.accepted} 家`)
  lines.push({ what: `${BODIES} 家一个年度的汇总`, measured: await wallMs(() => loadRollUp(db, 2025, TODAY), 9), unit: 'ms', limit: LIMITS.rollUp, note: `钟表时间，含数据库；库里共 ${BODIES} 家 ${YEARS.length} 年` })
  lines.push({ what: `${BODIES} 家 ${YEARS.length} 个年度逐年汇总`, measured: await wallMs(async () => { for (const year of YEARS) await loadRollUp(db, year, TODAY) }, 5), unit: 'ms', limit: LIMITS.rollUp * YEARS.length })
  lines.push(await checkLine(world))
  lines.push(...(await dashboardLines(world)))
  return {
    title: '区政务公开办',
    lines,
    notes: [`看板在服务进程里直接交给应用（不经套接字），${ROUNDS} 轮各 ${TIMES} 次取中位，CPU 是服务进程的；每次之前写一笔，使存着的作废，故是现数的。百万件都在 ${YEAR} 年，比实际更苛。`],
  }
}

/** 一万份各不相同的报告，正文取演示的区公布的一份，读好之后逐份核查。 */
async function checkLine(world: World): Promise<Line> {
  const read = await readReportBytes(await renderReport(await publishedModel(world), 'json'), 'report.json')
  const reports = someAccepted(REPORTS, { year: YEAR }).map(({ bodyName, cells }): ReadReport => ({ ...read, body: bodyName, cells }))
  for (const report of reports.slice(0, 2000)) checkReport(report, null)
  const from = process.cpuUsage()
  let found = 0
  for (const report of reports) found += checkReport(report, null).length
  const { user, system } = process.cpuUsage(from)
  return { what: `核查 ${REPORTS} 份报来的报告，每份`, measured: (user + system) / 1000 / REPORTS, unit: 'ms', limit: LIMITS.check, note: `CPU，各份的数不同；共 ${((user + system) / 1e6).toFixed(1)} 秒，${found} 处` }
}

async function dashboardLines(world: World): Promise<Line[]> {
  const { db, clock } = world.deps
  const app = servedApp(world, null)
  const actor = await createAccount(db, { name: 'bench-office', displayName: '量测员（区）', bodyId: world.bodies.small.bodyId, roles: ['district-office'] })
  const cookie = await cookieFor(db, actor, clock.now())
  const cost = async (path: string): Promise<{ cpu: number; wall: number }> => {
    const once = async () => {
      // 取一个事务号，快照即变，存着的作废
      await sql`select pg_current_xact_id()`.execute(db)
      const response = await app.request(path, { headers: { cookie } })
      await response.text()
      if (response.status !== 200) throw new Error(`${path} 答 ${response.status}`)
    }
    for (let i = 0; i < TIMES; i++) await once()
    const [cpus, walls]: [number[], number[]] = [[], []]
    for (let round = 0; round < ROUNDS; round++) {
      const [from, began] = [process.cpuUsage(), performance.now()]
      for (let i = 0; i < TIMES; i++) await once()
      const { user, system } = process.cpuUsage(from)
      cpus.push((user + system) / 1000 / TIMES)
      walls.push((performance.now() - began) / TIMES)
    }
    return { cpu: median(cpus), wall: median(walls) }
  }
  const frame = await cost('/desk/differences')
  const big = await cost(`/desk/dashboard/bodies/${world.bodies.big.code}?year=${YEAR}`)
  const records = await cost(`/desk/dashboard/bodies/${world.bodies.big.code}/records?what=R3.3&from=${YEAR}-01-01&to=${YEAR}-12-31`)
  const district = await cost(`/desk/dashboard?year=${YEAR}`)
  const note = ({ cpu, wall }: { cpu: number; wall: number }): string => `另有页框 ${frame.cpu.toFixed(1)} ms；整页 CPU ${cpu.toFixed(1)} ms，钟表 ${wall.toFixed(0)} ms`
  return [
    { what: '百万件机关的看板，页框之外', measured: Math.max(0, big.cpu - frame.cpu), unit: 'ms', limit: LIMITS.dashboard, note: note(big) },
    { what: '百万件中一个数点开的记录，页框之外', measured: Math.max(0, records.cpu - frame.cpu), unit: 'ms', limit: LIMITS.dashboard, note: note(records) },
    { what: `全区 ${BODIES} 余家的看板，页框之外`, measured: Math.max(0, district.cpu - frame.cpu), unit: 'ms', limit: null, note: note(district) },
  ]
}
