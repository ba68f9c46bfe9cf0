import { assert, constantFrom, property } from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { listAudit } from '../audit/index.ts'
import type { Actor, Role } from '../identity/index.ts'
import { testDb } from '../platform/testing.ts'
import {
  addName,
  createBody,
  findBodyByName,
  getBodyByCode,
  getSetting,
  isUscc,
  listBodies,
  listNames,
  listRelations,
  listSettings,
  mergeBodies,
  namesOf,
  renameBody,
  setSetting,
  updateBody,
} from './index.ts'
import type { Body } from './index.ts'
import { aBody, aDistrict } from './testing.ts'

const { db, deps } = testDb()
const system: Actor = { kind: 'system', name: 'test' }
const holding = (bodyId: string, ...roles: Role[]): Actor => ({
  kind: 'account', accountId: '019a0000-0000-7000-8000-000000000001', name: '某', bodyId, roles,
})

let centre: Body
beforeAll(async () => {
  await aDistrict(deps)
  centre = await aBody(deps, {
    code: 'csyxglzx',
    name: '武昌区城市运行管理中心',
    kind: 'authorized-org',
    codeWord: '武城运',
    namedFrom: '2023-06-01',
    formerNames: [{ name: '武昌区社会管理网格化服务中心', from: '2013-01-01', to: '2023-05-31' }],
    shortName: '城运中心',
  })
})

describe('unified social credit code', () => {
  test('the published example is valid, and no single digit may be changed', () => {
    const good = '91350100M000100Y43'
    expect(isUscc(good)).toBe(true)
    const digits = Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY')
    const places = Array.from(good, (_, i) => i)
    assert(
      property(constantFrom(...places), constantFrom(...digits), (place, digit) => {
        const changed = good.slice(0, place) + digit + good.slice(place + 1)
        return isUscc(changed) === (changed === good)
      }),
    )
  })
  test.each(['', '91350100M000100Y4', '91350100M000100Y4O', '91350100m000100y43'])('%j is not', (text) => {
    expect(isUscc(text)).toBe(false)
  })
})

describe('names', () => {
  test('a body is found by code, by its former name and by its short name', async () => {
    expect((await getBodyByCode(db, 'csyxglzx')).bodyId).toBe(centre.bodyId)
    for (const name of ['武昌区城市运行管理中心', '武昌区社会管理网格化服务中心', '城运中心'])
      expect((await findBodyByName(db, name))?.code).toBe('csyxglzx')
    expect(await findBodyByName(db, '武昌区没有的局')).toBeNull()
    await expect(getBodyByCode(db, 'nothing')).rejects.toThrow('没有找到')
  })

  test('the name on a day', async () => {
    expect((await namesOf(db, centre.bodyId, '2023-05-31')).name).toBe('武昌区社会管理网格化服务中心')
    expect((await namesOf(db, centre.bodyId, '2023-06-01')).name).toBe('武昌区城市运行管理中心')
    expect((await namesOf(db, centre.bodyId, '2001-01-01')).name).toBe('武昌区社会管理网格化服务中心')
  })

  test('renaming keeps the old name up to the day before, and lists find either', async () => {
    const body = await aBody(deps, { code: 'rename-me', name: '武昌区旧名局', namedFrom: '2020-01-01' })
    const rename = (name: string, from: string) => renameBody(deps, system, { bodyId: body.bodyId, name, from })
    expect(await rename('武昌区旧名局', '2025-03-01')).toEqual({ ok: false, refusal: 'same-name' })
    expect(await rename('武昌区新名局', '2020-01-01')).toEqual({ ok: false, refusal: 'before-current-name' })
    expect(await rename('武昌区新名局', '2030-01-01')).toEqual({ ok: false, refusal: 'in-future' })
    expect(await rename('武昌区新名局', '2025-03-01')).toEqual({ ok: true })
    expect(await listNames(db, body.bodyId)).toMatchObject([
      { name: '武昌区新名局', from: '2025-03-01', to: null },
      { name: '武昌区旧名局', from: '2020-01-01', to: '2025-02-28' },
    ])
    expect((await listBodies(db, { text: '旧名' })).map((b) => b.name)).toEqual(['武昌区新名局'])
    expect(await addName(deps, system, { bodyId: body.bodyId, name: '武昌区旧名局', kind: 'former', to: '2019-01-01' }))
      .toEqual({ ok: false, refusal: 'known-name' })
  })

  test('a name once used by two bodies goes to the one that uses it now', async () => {
    await aBody(deps, { code: 'first-user', name: '武昌区甲局', formerNames: [{ name: '武昌区共名局', to: '2018-12-31' }] })
    const now = await aBody(deps, { code: 'second-user', name: '武昌区共名局' })
    expect((await findBodyByName(db, '武昌区共名局'))?.bodyId).toBe(now.bodyId)
  })
})

test('codes are unique, credit codes are checked, the organisation code is taken from them', async () => {
  const body = { code: 'uscc-body', name: '武昌区信用局', kind: 'organ', uscc: '91350100M000100Y43' } as const
  expect(await createBody(deps, system, body)).toMatchObject({ ok: true, body: { orgCode9: 'M000100Y4' } })
  expect(await createBody(deps, system, body)).toEqual({ ok: false, refusal: 'code-taken' })
  const saved = await getBodyByCode(db, 'uscc-body')
  expect(await updateBody(deps, system, saved.bodyId, { uscc: '91350100M000100Y44' })).toEqual({ ok: false, refusal: 'uscc-wrong' })
  await updateBody(deps, system, saved.bodyId, { powers: { license: true, penalty: false, coercion: false, fee: true } })
  expect((await getBodyByCode(db, 'uscc-body')).powers).toEqual({ license: true, penalty: false, coercion: false, fee: true })
})

test('merging abolishes the predecessors, keeps them findable and records the succession', async () => {
  const [a, b, into] = await Promise.all(['merge-a', 'merge-b', 'merge-c'].map((code) => aBody(deps, { code })))
  if (!a || !b || !into) throw new Error('missing')
  const merge = (from: string[], to: string) => mergeBodies(deps, system, { from, into: to, on: '2025-07-01', basis: '武昌编〔2025〕1号' })
  expect(await merge([a.bodyId], a.bodyId)).toEqual({ ok: false, refusal: 'into-itself' })
  expect(await merge([a.bodyId, b.bodyId], into.bodyId)).toEqual({ ok: true })
  expect(await merge([a.bodyId], into.bodyId)).toEqual({ ok: false, refusal: 'not-active' })
  expect(await getBodyByCode(db, 'merge-a')).toMatchObject({ status: 'abolished', abolishedOn: '2025-07-01' })
  expect((await listBodies(db, { text: 'merge-' })).map((x) => x.code)).toEqual(['merge-c'])
  expect((await listBodies(db, { text: 'merge-', includeAbolished: true })).map((x) => x.code)).toEqual(['merge-a', 'merge-b', 'merge-c'])
  expect((await listRelations(db, into.bodyId)).predecessors.map((r) => r.body.code).toSorted()).toEqual(['merge-a', 'merge-b'])
  expect((await listRelations(db, a.bodyId)).successors.map((r) => r.body.code)).toEqual(['merge-c'])
})

describe('settings', () => {
  test('every setting has a default that its own rule accepts', async () => {
    const body = await aBody(deps, { code: 'settings-all' })
    for (const { key, value } of await listSettings(db, body.bodyId))
      expect({ key, result: await setSetting(deps, system, { bodyId: body.bodyId, key, value }) }).toEqual({ key, result: { ok: true } })
  })

  test('defaults, the district as review authority, and a change with its basis', async () => {
    const { bodyId } = centre
    expect(await getSetting(db, bodyId, 'correctionDays')).toBe(15)
    expect(await getSetting(db, bodyId, 'pauseFrom')).toBe('SENT')
    expect(await getSetting(db, bodyId, 'annualDeadlineRoll')).toBe(false)
    expect(await getSetting(db, bodyId, 'reviewAuthority')).toBe('武昌区人民政府')
    expect(await setSetting(deps, system, { bodyId, key: 'correctionDays', value: '10', basis: '本区规程第三条' })).toEqual({ ok: true })
    expect(await getSetting(db, bodyId, 'correctionDays')).toBe(10)
    const states = new Map((await listSettings(db, bodyId)).map((s) => [s.key, s]))
    expect(states.get('correctionDays')).toMatchObject({ isDefault: false, basis: { article: '本区规程第三条' }, changedBy: 'system:test' })
    expect(states.get('pauseFrom')).toMatchObject({ isDefault: true, basis: '待核' })
  })

  test.each([
    ['correctionDays', '0', '1 至 60'],
    ['correctionDays', 'ten', '1 至 60'],
    ['pauseFrom', 'SOMETIME', '选项'],
    ['pauseFrom', 'constructor', '选项'],
    ['annualDeadlineRoll', 'maybe', '是'],
    ['reviewOnlineUrl', 'javascript:alert(1)', 'https://'],
    ['court', 'x'.repeat(61), '60'],
    ['logRetentionMonths', '5', '6 至'],
  ] as const)('%s = %j is refused', async (key, value, message) => {
    const result = await setSetting(deps, system, { bodyId: centre.bodyId, key, value })
    expect(result).toMatchObject({ ok: false, message: expect.stringContaining(message) })
  })

  test('own body for its head of disclosure, any for the district office, none for others; audited', async () => {
    const other = await aBody(deps, { code: 'settings-other' })
    const change = (actor: Actor, bodyId: string) => setSetting(deps, actor, { bodyId, key: 'court', value: '某人民法院' })
    await change(holding(centre.bodyId, 'disclosure-head'), centre.bodyId)
    await change(holding(centre.bodyId, 'district-office'), other.bodyId)
    expect(() => change(holding(centre.bodyId, 'disclosure-head'), other.bodyId)).toThrow('无权')
    expect(() => change(holding(centre.bodyId, 'system-admin'), centre.bodyId)).toThrow('无权')
    const { entries } = await listAudit(db, { bodyId: other.bodyId, action: 'setting.changed' })
    expect(entries).toMatchObject([{ target: 'court', detail: { value: '某人民法院' } }])
  })
})
