import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aDistrict } from '../../bodies/testing.ts'
import { aPublishedItem } from '../../catalogue/testing-published.ts'
import { testDb } from '../../platform/testing.ts'
import { aDesk } from '../testing-desk.ts'
import type { Desk } from '../testing-desk.ts'
import { countRegisters, listRegister } from './register-store.ts'

const { db, deps } = testDb()
const app = createApp(deps, appParts(deps))
let desk: Desk
let indexNo = ''
const PROPOSALS = '/desk/registers/proposals'
const FIELDS = '/desk/registers/key-fields'

beforeAll(async () => {
  await aDistrict(deps)
  desk = await aDesk(app, deps)
  indexNo = (await aPublishedItem(deps, desk.bodyId, { title: '关于加装电梯建议的答复' })).indexNo
})

test('a proposal: read, refused field by field, linked to what is public, changed, not twice', async () => {
  const one = { year: '2025', kind: 'people', number: '第12号', title: '关于加装电梯信息公开的建议', unit: '城管科', answeredOn: '2025-06-20', publication: 'published', indexNo, publishedOn: '2025-06-30' }
  for (const [wrong, said] of [[{ title: '王某代表13800001234的建议' }, '手机'], [{ publishedOn: '' }, '已公开的写明何日公开'], [{ publication: 'pending' }, '情况应为「已公开」'], [{ publishedOn: '2025-06-01' }, '不得早于答复之日'], [{ indexNo: '没有的' }, '没有公开着的信息 没有的'], [{ kind: '' }, '须为人大建议、政协提案']] as const) {
    const answer = await desk.post(`${PROPOSALS}/new`, { ...one, ...wrong })
    expect([answer.status, (await desk.textOf(answer)).includes(said)]).toEqual([422, true])
  }
  expect((await desk.post(`${PROPOSALS}/new`, one)).status).toBe(303)
  expect(await desk.textOf(await desk.post(`${PROPOSALS}/new`, one))).toContain('这一年已经登记过')
  const [kept] = await listRegister(db, desk.bodyId, 2025, 'proposal')
  expect(kept).toMatchObject({ number: '第12号', unit: '城管科', indexNo, publishedOn: '2025-06-30' })
  expect((await desk.post(`${PROPOSALS}/${kept?.id}`, { ...one, unit: '社会事务科', version: '1' })).status).toBe(303)
  expect(await desk.textOf(await desk.post(`${PROPOSALS}/${kept?.id}`, { ...one, version: '1' }))).toContain('他人刚才改过')
  expect(await (await desk.get(PROPOSALS)).text()).toContain(`href="/items/${indexNo}"`)
  expect(await desk.see(`${PROPOSALS}?year=2025`)).toContain('2025 年登记人大建议 1 件、政协提案 0 件，办理结果已公开 1 件')
})

test('a file: all or none, line by line; the same number is changed; what is exported can be imported again', async () => {
  const head = '年度,种类,编号,标题,承办科室,办结日期,公开情况,索引号,公开日期\n'
  const send = (text: string) => desk.upload(`${PROPOSALS}/import`, {}, { name: '建议提案.csv', bytes: Buffer.from(head + text) })
  const refused = await desk.textOf(await send('2025,政协提案,第3号,关于养老服务信息的提案,民政科,,,,\n2025年,提案,,短,,某日,不知,,\n2025,政协提案,第3号,重复的一件,,,,,\n'))
  expect(refused).toMatch(/有 2 处要改，一行也没有导入.*第 3 行：.*种类：须为.*编号：写编号.*第 4 行：与第 2 行重复/)
  expect(await desk.textOf(await send('2025,政协提案,第3号,关于养老服务信息的提案,民政科,,已公开,000000000/1,2025-07-01\n'))).toContain('没有公开着的信息 000000000/1')
  expect((await countRegisters(db, desk.bodyId, 2025)).cppcc).toBe(0)
  expect((await send('2025,政协提案,第3号,关于养老服务信息的提案,民政科,2025-07-01,不公开,,\n2025,人大建议,第12号,改了标题的建议,城管科,,尚未公开,,\n')).status).toBe(303)
  expect(await countRegisters(db, desk.bodyId, 2025)).toMatchObject({ people: 1, cppcc: 1, published: 0, exempt: 1, pending: 1 })
  const csv = await (await desk.get(`${PROPOSALS}.csv`)).text()
  expect(csv).toContain('2025,政协提案,第3号,关于养老服务信息的提案,民政科,2025-07-01,不公开,,')
  expect((await desk.upload(`${PROPOSALS}/import`, {}, { name: '再导.csv', bytes: Buffer.from(csv) })).status).toBe(303)
  expect(await listRegister(db, desk.bodyId, 2025, 'proposal')).toHaveLength(2)
  for (const kind of ['csv', 'xlsx']) expect((await desk.get(`${PROPOSALS}/template.${kind}`)).status).toBe(200)
  expect((await desk.get(`${PROPOSALS}.csv`, 'handler')).status).toBe(403)
})

test('a key field: counted from its items unless more is said; removed when registered wrongly', async () => {
  const one = { year: '2025', field: '社会救助', content: '低保、特困、临时救助的标准与按月的结果', count: '', indexNos: indexNo }
  expect(await desk.textOf(await desk.post(`${FIELDS}/new`, { ...one, count: '0' }))).toContain('少于所列的 1 条信息')
  expect(await desk.textOf(await desk.post(`${FIELDS}/new`, { ...one, indexNos: `${indexNo}、没有的` }))).toContain('没有公开着的信息 没有的')
  expect((await desk.post(`${FIELDS}/new`, one)).status).toBe(303)
  expect((await desk.upload(`${FIELDS}/import`, {}, { name: '重点领域.csv', bytes: Buffer.from('年度,重点领域,公开内容,公开条数,索引号\n2025,财政预决算,部门预算、决算,4,\n2025,社会救助,按月公开,12,\n') })).status).toBe(303)
  expect(await countRegisters(db, desk.bodyId, 2025)).toMatchObject({ fields: 2, fieldItems: 16 })
  const [first] = await listRegister(db, desk.bodyId, 2025, 'key-field')
  expect((await desk.post(`${FIELDS}/${first?.id}/remove`, {})).status).toBe(303)
  expect((await desk.post(`${FIELDS}/${first?.id}/remove`, {})).status).toBe(404)
  expect(await desk.see(FIELDS)).toContain('财政预决算')
  expect((await desk.post(`${FIELDS}/new`, one, 'handler')).status).toBe(403)
  expect((await desk.get(FIELDS, 'auditor')).status).toBe(403)
  expect((await desk.get(`${FIELDS}/${(await listRegister(db, desk.bodyId, 2025, 'key-field'))[0]?.id}`, 'outsider')).status).toBe(404)
})
