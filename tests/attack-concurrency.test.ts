import { beforeAll, describe, expect, test } from 'vitest'
import { NARRATIVE_FIELDS } from '../src/annual-report/collection/testing-desk.ts'
import { reportVerifiers } from '../src/annual-report/index.ts'
import { getReport } from '../src/annual-report/testing.ts'
import { verifyTimelines } from '../src/platform/verify-timelines.ts'
import { attackGround } from './support/attack-ground.ts'
import type { Fields, Who } from './support/attack-ground.ts'

const { db, deps, post, get, settle, setToday, bodyId } = attackGround()
beforeAll(async () => {
  setToday('2026-01-05')
  await settle()
})

const AT_ONCE = 20
const base = '/desk/reports/own/2025'
const report = () => getReport(db, bodyId('own'), 2025)
const version = async () => String((await report()).version)

const NARRATIVE: Fields = { ...NARRATIVE_FIELDS, introduction: '本报告依据条例第五十条编制，统计期自{年}年1月1日至{年}年12月31日。如有疑问请与示例own局办公室联系，电话027-00000000。' }

/** 同一件事二十人（或二十下）一齐来；返回各答复的状态，以及这件事在时间线上记了几次。 */
async function burst(act: string, who: Who, fields: (i: number) => Fields = () => ({})) {
  const before = (await report().catch(() => null))?.version ?? 0
  const responses = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => post(`${base}/${act}`, fields(i), who)))
  const statuses = responses.map((response) => response.status)
  // 输的一方看得到说明：有冲突的页面，或回到报告页时的一句话
  for (const response of responses) expect([200, 303, 409, 422]).toContain(response.status)
  return { statuses, added: (await report()).version - before }
}

describe('twenty at once on one report: one wins, the others are told, the chain holds', () => {
  test('opened once, however many ask', async () => {
    const { statuses, added } = await burst('open', 'officer')
    expect([new Set(statuses), added]).toEqual([new Set([303]), 1])
    expect(await db.selectFrom('annual_report').select('year').where('body_id', '=', bodyId('own')).execute()).toHaveLength(1)
  })

  test('a narrative is never written over another that was not seen', async () => {
    await post(`${base}/freeze`, {}, 'officer')
    const seen = await version()
    const { statuses, added } = await burst('narrative', 'officer', (i) => ({ ...NARRATIVE, version: seen, 'others.more': `第${i}个人所写` }))
    expect([statuses.filter((status) => status === 303).length, added]).toEqual([1, 1])
    const winner = statuses.indexOf(303)
    expect((await report()).state.narrative?.others.more).toBe(`第${winner}个人所写`)
  })

  test('one who mends a narrative meanwhile changed by another is told again', async () => {
    const seen = await version()
    const wrong: Fields = { ...NARRATIVE, version: seen, introduction: '共收到申请12件' }
    const refused = await (await post(`${base}/narrative`, wrong, 'officer')).text()
    expect((await post(`${base}/narrative`, { ...NARRATIVE, version: seen }, 'head')).status).toBe(303)
    const kept = /name="version" value="(\d+)"/.exec(refused)?.[1] ?? ''
    const second = await post(`${base}/narrative`, { ...NARRATIVE, version: kept }, 'officer')
    expect([second.status, (await second.text()).includes('他人刚才改过这份报告')]).toEqual([422, true])
  })

  test('checked, reviewed, signed, filed, published and corrected exactly once each', async () => {
    for (let i = 0; i < 20; i++) {
      const key = /name="finding" value="([^"]+)"/.exec(await (await get(`${base}/findings`, 'head')).text())?.[1]
      if (key === undefined) break
      await post(`${base}/waive`, { finding: key, [`reason-${key}`]: '经核实情况属实' }, 'head')
    }
    const seen = async () => {
      const at = await version()
      return (): Fields => ({ version: at, result: 'pass', opinion: '可以公开', reason: '申请件数有误，予以更正' })
    }
    const done: [string, number, number][] = []
    for (const [act, who] of [['check', 'head'], ['review', 'reviewer'], ['sign', 'leader'], ['file', 'officer'], ['publish', 'publisher'], ['correct', 'head']] as const) {
      const { added, statuses } = await burst(act, who, await seen())
      done.push([act, added, statuses.filter((status) => status >= 500).length])
    }
    expect(done).toEqual(['check', 'review', 'sign', 'file', 'publish', 'correct'].map((act) => [act, 1, 0]))
  })

  test('the timelines and the report verify afterwards', async () => {
    expect(await Array.fromAsync(verifyTimelines(deps))).toEqual([])
    for (const { verify } of reportVerifiers) expect(await Array.fromAsync(verify(deps))).toEqual([])
  })
})
