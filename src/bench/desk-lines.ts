import { once } from 'node:events'
import type { Server } from 'node:http'
import process from 'node:process'
import { serve as listen } from '@hono/node-server'
import type { Hono } from 'hono'
import { getApplication } from '../applications/index.ts'
import { registerApplication } from '../applications/testing.ts'
import { cookieFor, createAccount } from '../identity/testing.ts'
import type { SignedInActor } from '../identity/index.ts'
import { newId } from '../platform/id.ts'
import { servedApp } from '../serve.ts'
import { crowd } from './crowd.ts'
import type { Ask, Officer } from './crowd.ts'
import type { Line, Section } from './line.ts'
import { median } from './measure.ts'
import type { BigBody, World } from './world.ts'

const LIMIT_LIST = 8
/** 案子多一百倍，一步所费不许多出一半 */
const LIMIT_GROWTH = 1.5
const ROUNDS = 5
const TIMES = 20
const OFFICERS = 50
const SHARED = 20
const CROWD_ROUNDS = 10

/** 依申请公开的工作台：列表、案件、登记、办一步，各在一万件与百万件的机关；五十人一齐办。 */
export async function deskLines(world: World): Promise<Section> {
  const app = servedApp(world, null)
  const small = await openDesk(world, app, world.bodies.small)
  const big = await openDesk(world, app, world.bodies.big)
  const lines: Line[] = []
  for (const [name, path] of LISTS) lines.push({ what: `百万件机关的列表：${name}`, ...(await pageCost(big, path)), unit: 'ms', limit: LIMIT_LIST })
  for (const [name, run] of STEPS) {
    const costs = { small: await stepCost(small, run), big: await stepCost(big, run) }
    const note = `CPU ${ms(costs.small.cpu)} 对 ${ms(costs.big.cpu)}，钟表 ${ms(costs.small.wall)} 对 ${ms(costs.big.wall)}`
    lines.push({ what: `${name}：百万件／一万件`, measured: costs.big.wall / costs.small.wall, unit: '倍', limit: LIMIT_GROWTH, note })
  }
  lines.push(...(await crowdLines(world, app, big)))
  return {
    title: '依申请公开的工作台',
    lines,
    notes: [
      `列表与各步在服务进程里直接交给应用（不经套接字），${ROUNDS} 轮各 ${TIMES} 次取中位；CPU 是服务进程的，钟表含数据库与落盘。`,
      `一齐办的经 HTTP：${OFFICERS} 人、${SHARED} 件共用的申请，各 ${CROWD_ROUNDS} 轮，另各登记一件。`,
    ],
  }
}

const ms = (value: number): string => `${value.toPrecision(2)} ms`

interface Desk {
  app: Hono
  world: World
  officer: SignedInActor
  /** 轮流分派给这二人 */
  handlers: readonly [string, string]
  cookie: string
  body: BigBody
  /** 真走过登记的一件，可以办各步 */
  caseId: string
}

async function openDesk(world: World, app: Hono, body: BigBody): Promise<Desk> {
  const { db, clock } = world.deps
  const officer = await createAccount(db, { name: `bench-desk-${body.cases}`, displayName: '量测员', bodyId: body.bodyId, roles: ['disclosure-officer', 'disclosure-head'] })
  const other = await createAccount(db, { name: `bench-other-${body.cases}`, displayName: '量测员乙', bodyId: body.bodyId, roles: ['handler'] })
  const desk = { app, world, body, officer, handlers: [officer.accountId, other.accountId] as const, cookie: await cookieFor(db, officer, clock.now()), caseId: '' }
  return { ...desk, caseId: await aCase(desk) }
}

/** 真经登记的一件，有时间线。 */
async function aCase({ world: { deps }, officer, body }: Omit<Desk, 'caseId'>): Promise<string> {
  const caseId = newId()
  const intake = {
    channel: 'IN_PERSON' as const,
    submittedOn: deps.clock.today(),
    confirmedOn: null,
    proof: '',
    kind: 'N' as const,
    applicant: { name: `演示申请人${caseId.slice(-6)}`, idNo: null, contact: '13800000000', details: {} },
    content: `量测用的一件 ${caseId}`,
    form: null,
    note: null,
  }
  const result = await registerApplication(deps, officer, { bodyId: body.bodyId, caseId, intake, seen: '' })
  if (!result.ok) throw new Error(`量测的一件登记不成：${result.refusal}`)
  return caseId
}

const LISTS: readonly (readonly [string, string])[] = [
  ['在办，先到期的在前', '/desk/applications'],
  ['已办结，新办结的在前', '/desk/applications/closed'],
  ['在办中某种申请人、逾期的', '/desk/applications?kind=L&due=overdue'],
  ['已办结中某一段日子收到的', '/desk/applications/closed?from=2024-03-01&to=2024-03-31'],
  ['按登记号的开头', '/desk/applications?q=2024-0099'],
]

async function pageCost(desk: Desk, path: string): Promise<{ measured: number; note: string }> {
  const { cpu, wall } = await stepCost(desk, ({ app, cookie }) => expectStatus(app.request(path, { headers: { cookie } }), 200))
  return { measured: cpu, note: `钟表 ${ms(wall)}` }
}

const FORM = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
const post = (desk: Desk, path: string, fields: Record<string, string>): Promise<void> =>
  expectStatus(desk.app.request(path, { method: 'POST', headers: { cookie: desk.cookie, ...FORM }, body: new URLSearchParams(fields).toString() }), 303)

const STEPS: readonly (readonly [string, (desk: Desk) => Promise<void>])[] = [
  ['待办', ({ app, cookie }) => expectStatus(app.request('/desk', { headers: { cookie } }), 200)],
  ['案件页', ({ app, cookie, caseId }) => expectStatus(app.request(`/desk/applications/${caseId}`, { headers: { cookie } }), 200)],
  [
    '登记一件',
    (desk) => {
      const caseId = newId()
      const today = desk.world.deps.clock.today()
      return post(desk, '/desk/applications/new', { caseId, kind: 'N', channel: 'IN_PERSON', submittedOn: today, name: `演示申请人${caseId.slice(-6)}`, contact: '13800000000', content: `量测用的一件 ${caseId}` })
    },
  ],
  [
    '办一步',
    async (desk) => {
      const { version } = await getApplication(desk.world.deps.db, desk.body.bodyId, desk.caseId)
      await post(desk, `/desk/applications/${desk.caseId}/assign`, { version: String(version), to: desk.handlers[version % 2 === 0 ? 0 : 1], on: desk.world.deps.clock.today() })
    },
  ],
]

async function expectStatus(response: Promise<Response> | Response, status: number): Promise<void> {
  const got = await response
  await got.text()
  if (got.status !== status) throw new Error(`应答 ${got.status}，应为 ${status}`)
}

/** 一步用去服务进程多少 CPU、多少钟表时间，毫秒。 */
async function stepCost(desk: Desk, run: (desk: Desk) => Promise<void>): Promise<{ cpu: number; wall: number }> {
  const fresh = { ...desk, caseId: await aCase(desk) }
  for (let i = 0; i < TIMES; i++) await run(fresh)
  const cpus: number[] = []
  const walls: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    // 时间线会越办越长，每轮换一件新的
    const one = { ...desk, caseId: await aCase(desk) }
    const from = process.cpuUsage()
    const began = performance.now()
    for (let i = 0; i < TIMES; i++) await run(one)
    const { user, system } = process.cpuUsage(from)
    cpus.push((user + system) / 1000 / TIMES)
    walls.push((performance.now() - began) / TIMES)
  }
  return { cpu: median(cpus), wall: median(walls) }
}

/** 五十人一齐办百万件机关的二十件：办成的都记下了，其余的都被告知，没有别的答复。 */
async function crowdLines({ deps }: World, app: Hono, desk: Desk): Promise<Line[]> {
  const { bodyId } = desk.body
  const officers: Officer[] = []
  for (let i = 0; i < OFFICERS; i++) {
    const actor = await createAccount(deps.db, { name: `bench-crowd-${i}`, displayName: `量测员${i}`, bodyId, roles: ['disclosure-officer'] })
    officers.push({ cookie: await cookieFor(deps.db, actor, deps.clock.now()), accountId: actor.accountId })
  }
  const cases: string[] = []
  for (let i = 0; i < SHARED; i++) cases.push(await aCase(desk))
  const versions = async () => {
    const all = await Promise.all(cases.map((caseId) => getApplication(deps.db, bodyId, caseId)))
    return all.reduce((sum, { version }) => sum + version, 0)
  }
  const server = listen({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server
  await once(server, 'listening')
  const address = server.address()
  const base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const waits: number[] = []
  const ask: Ask = async (path, init) => {
    const began = performance.now()
    const response = await fetch(base + path, { ...init, redirect: 'manual' })
    const text = await response.text()
    waits.push(performance.now() - began)
    return { status: response.status, location: response.headers.get('location') ?? '', text }
  }
  try {
    const before = await versions()
    const result = await crowd(ask, { officers, cases, rounds: CROWD_ROUNDS, newId, today: deps.clock.today() })
    const lost = result.acknowledged - ((await versions()) - before)
    if (lost !== 0 || result.wrong.length > 0) throw new Error(`五十人一齐办：丢了 ${lost} 件，另有 ${result.wrong.slice(0, 5).join('、')}`)
    const sorted = waits.toSorted((a, b) => a - b)
    const note = `办成 ${result.acknowledged} 次，被告知他人先办的 ${result.told} 次，登记 ${result.registered.length} 件，没有丢失，没有别的答复`
    return [
      { what: '五十人一齐办：一个请求等多久，中位', measured: sorted[Math.floor(sorted.length / 2)] ?? 0, unit: 'ms', limit: null, note },
      { what: '五十人一齐办：第 99 百分位', measured: sorted[Math.floor(sorted.length * 0.99)] ?? 0, unit: 'ms', limit: null },
    ]
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}
