import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadDistrictOf, loadSeeds } from '../../seeds/index.ts'
import { liveReport, listFilers } from '../annual-report/index.ts'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { applicationVerifiers } from '../applications/index.ts'
import { anApplication, settleTallies } from '../applications/testing.ts'
import { getBodyByCode, listBodies } from '../bodies/index.ts'
import { cookieFor, createAccount } from '../identity/testing.ts'
import { transaction } from '../platform/connect.ts'
import { testDb } from '../platform/testing.ts'
import { verifyAll } from '../platform/verify.ts'
import { addFigures, decidedOf, OUTCOME_GROUP_KEYS, onTimeOf, repliedOf } from './figures.ts'
import { gatherBodies, gatherBody } from './gather.ts'
import { loadFigures } from './load-figures.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const YEARS = [2023, 2024, 2025]
const cookies = { zhengwu: '', officer: '' }
let viewer = { accountId: '', standsFor: [] as string[] }

beforeAll(async () => {
  setToday('2026-01-12')
  await loadSeeds(deps)
  for (const [who, code, role] of [['zhengwu', 'slqzfb', 'district-office'], ['officer', 'sljd', 'disclosure-officer']] as const) {
    const actor = await createAccount(db, { name: `kanban-${who}`, displayName: '看板（演示）', bodyId: (await getBodyByCode(db, code)).bodyId, roles: [role] })
    cookies[who] = await cookieFor(db, actor, deps.clock.now())
    viewer = { accountId: actor.accountId, standsFor: [] }
  }
}, 120_000)

const get = async (path: string, who: keyof typeof cookies = 'zhengwu'): Promise<{ status: number; text: string }> => {
  const response = await app.request(path, { headers: { cookie: cookies[who] } })
  return { status: response.status, text: await response.text() }
}

const faults = async (): Promise<string[]> =>
  (await verifyAll(deps, applicationVerifiers.filter(({ name }) => name === '申请的逐日件数'))).flatMap(({ problems }) => problems.map(({ where, message }) => `${where} ${message}`))

describe('the same figures as the annual report', () => {
  test.each(YEARS)('%i: each body, each cell the dashboard shows', async (year) => {
    let received = 0
    for (const { body, bodyIds } of await gatherBodies(db, year)) {
      // 一级政府的报告是汇总，不是自己的台账
      if (body.kind === 'government') continue
      const { cells, figures: told } = await liveReport(deps, body.code, year)
      const figures = addFigures((await loadFigures(db, { bodyIds, from: `${year}-01-01`, to: `${year}-12-31`, viewer })).values())
      const sum = (prefix: string): number => Object.keys(cells).filter((code) => (code === `${prefix}.T` || code.startsWith(`${prefix}.`)) && code.endsWith('.T')).reduce((total, code) => total + (cells[code] ?? 0), 0)
      expect({ received: figures.received, decided: decidedOf(figures), items: figures.published, replies: { total: repliedOf(figures), onTime: onTimeOf(figures) } }, body.code).toEqual({
        received: cells['R1.T'],
        decided: cells['R3.7.T'],
        items: told.items.total,
        replies: told.replies,
      })
      for (const key of OUTCOME_GROUP_KEYS) expect(figures.outcomes[key], `${body.code} ${key}`).toBe(sum(key))
      for (const [group, columns] of Object.entries(figures.disputes)) for (const [column, n] of Object.entries(columns)) expect(n, `${body.code} ${group}.${column}`).toBe(cells[`T4.${group}.${column}`])
      received += figures.received
    }
    expect(received).toBeGreaterThan(100)
  })

  test('a body merged into another is counted with it, from that year on', async () => {
    const [into, gone] = [await getBodyByCode(db, 'slqzfb'), await getBodyByCode(db, 'slqspj')]
    expect((await gatherBody(db, into, 2025)).bodyIds).toEqual(expect.arrayContaining([into.bodyId, gone.bodyId]))
    expect((await gatherBody(db, into, 2024)).bodyIds).toEqual([into.bodyId])
    for (const year of YEARS) expect((await gatherBodies(db, year)).flatMap(({ bodyIds }) => bodyIds).toSorted()).toEqual((await listBodies(db, { includeAbolished: true })).map(({ bodyId }) => bodyId).toSorted())
  })
})

/** 页上各个点开到记录的数：所写的数与去处。 */
const numbersIn = (html: string): { n: number; href: string }[] =>
  [...html.matchAll(/<a href="(\/desk\/dashboard[^"]*\/records\?[^"]+)">([^<]*)<\/a>(?:<\/th><td class="bar">.*?<span class="num">([\d,]+)<\/span>)?/g)].flatMap(([, href = '', text = '', bar]) => {
    const n = Number((bar ?? /([\d,]+)(?: [件条])?$/.exec(text)?.[1] ?? '').replaceAll(',', ''))
    return [{ n, href: href.replaceAll('&amp;', '&') }]
  })

const shownOn = (html: string): number => Number(/<span class="due-on">([\d,]+)<\/span>/.exec(html)?.[1]?.replaceAll(',', ''))

/** 一页页数到底。 */
async function countRows(path: string): Promise<number> {
  let [rows, next]: [number, string | null] = [0, path]
  while (next !== null) {
    const { text } = await get(next)
    rows += [...text.matchAll(/<tr class="go">/g)].length
    const href = /<a href="([^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
    next = href === undefined ? null : `${path.split('?')[0]}${href}`
  }
  return rows
}

describe('every number leads to as many records', () => {
  test.each([['slqzfb', 2025], ['sljd', 2024], ['sljd', 2026]] as const)('%s %i', async (code, year) => {
    const { status, text } = await get(`/desk/dashboard/bodies/${code}?year=${year}`)
    expect(status).toBe(200)
    const numbers = numbersIn(text)
    expect(numbers.length).toBeGreaterThan(5)
    for (const { n, href } of numbers) {
      const page = await get(href)
      expect([page.status, shownOn(page.text), await countRows(href)], href).toEqual([200, n, n])
      if (href.includes('what=received') || href.includes('what=items')) expect((await get(href.replace('/records?', '/records.csv?'))).text.split('\r\n').length - 2, href).toBe(n)
    }
  })

  test('of the district: each number is the sum of the bodies it breaks into', async () => {
    const { text } = await get('/desk/dashboard?year=2025')
    const numbers = numbersIn(text)
    expect(numbers.length).toBeGreaterThan(20)
    for (const { n, href } of numbers) {
      const page = await get(href)
      const parts = [...page.text.matchAll(/<td class="num" data-label="[^"]+">([\d,]+)<\/td>/g)].map(([, part = '']) => Number(part.replaceAll(',', '')))
      expect([shownOn(page.text), parts.reduce((sum, part) => sum + part, 0)], href).toEqual([n, n])
    }
    expect(text).toContain('/desk/dashboard/bodies/slqzfb?year=2025')
    expect((await get('/desk/dashboard.csv?year=2025')).text.split('\r\n').length).toBeGreaterThan(12)
  })

  test('one body does not see another, nor the district', async () => {
    expect((await get('/desk/dashboard', 'officer')).text).toContain('数据看板')
    for (const path of ['/desk/dashboard/bodies/slqzjj', '/desk/dashboard/bodies/slqzjj/records?what=received', '/desk/dashboard.csv']) expect((await get(path, 'officer')).status, path).toBe(403)
    expect((await get('/desk/dashboard/records?what=nothing', 'officer')).status).toBe(404)
  })
})

describe('tallied in the transaction of the record', () => {
  test('the demo as loaded agrees with its rows', async () => expect(await faults()).toEqual([]))

  test('a case received now counts at once; settling changes no sum', async () => {
    const body = await getBodyByCode(db, 'sljd')
    const count = async () => (await loadFigures(db, { bodyIds: [body.bodyId], from: '2026-01-01', to: '2026-01-12', viewer })).get(body.bodyId)?.received ?? 0
    const before = await count()
    await anApplication(deps, body.bodyId, { receivedOn: '2026-01-08' })
    expect(await count()).toBe(before + 1)
    expect(await transaction(db, (tx) => settleTallies(tx, body.bodyId))).toBeGreaterThan(0)
    expect([await count(), await transaction(db, (tx) => settleTallies(tx, body.bodyId)), await faults()]).toEqual([before + 1, 0, []])
  })

  test('a row changed behind its back is found', async () => {
    const body = await getBodyByCode(db, 'slqjyj')
    const { rows } = await sql<{ n: number }>`update application_tally set n = n + 1 where (body_id, on_day, what, tally_id) in
      (select body_id, on_day, what, tally_id from application_tally where body_id = ${body.bodyId} limit 1) returning n`.execute(db)
    expect(rows).toHaveLength(1)
    expect(await faults()).toEqual([expect.stringContaining('与列表行差 1 件')])
  })
})

test('a district of many bodies, made once: filings in every state, records behind each figure', async () => {
  const said: string[] = []
  expect(await loadDistrictOf(deps, 10, (line) => said.push(line))).toBeNull()
  expect(await loadDistrictOf(deps, 10, () => {})).toBe('已经造过了，未再造')
  expect(said[0]).toContain('10 家机关')
  const made = (await listFilers(db, 2025, '2026-02-20')).filter(({ bodyCode }) => /^dl\d+$/.test(bodyCode))
  expect(Object.fromEntries([...Map.groupBy(made, ({ status }) => status)].map(([status, ones]) => [status, ones.length]))).toEqual({ accepted: 6, filed: 2, returned: 1, none: 1 })
  expect(made.filter(({ late, filedOn }) => late && filedOn !== null)).toHaveLength(1)
  const bodyIds = made.map(({ bodyId }) => bodyId)
  const figures = await loadFigures(db, { bodyIds, from: '2025-01-01', to: '2025-12-31', viewer })
  for (const { bodyId, bodyCode } of made.slice(0, 5)) expect(figures.get(bodyId)?.received, bodyCode).toBe((await liveReport(deps, bodyCode, 2025)).cells['R1.T'])
  const { text } = await get('/desk/dashboard?year=2025&q=示例第4街道')
  expect(text).toContain('/desk/dashboard/bodies/dl4?year=2025')
})
