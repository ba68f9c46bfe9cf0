import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { setSetting } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { renameBody } from '../../bodies/index.ts'
import { delegate, cookieFor, createAccount } from '../../identity/testing.ts'
import type { Role, SignedInActor } from '../../identity/index.ts'
import { newId } from '../../platform/id.ts'
import { testDb } from '../../platform/testing.ts'
import { aPublishedItem } from '../testing-published.ts'
import { catalogueVerifiers } from '../verify-catalogue.ts'
import { columnToDos } from './column-desk.ts'
import { rowField } from './column-content.ts'
import { listColumnStates } from './column-states.ts'
import { findOpenVersion, findShownPart } from './column-store.ts'
import type { PartContent, PartName } from './column-parts.ts'
import { guideAnswers } from './guide-answers.ts'
import { aChannel, aGuide, anInstitution, aShownPart, channelsOf } from './testing-column.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const SEED = { kind: 'system', name: 'seed' } as const
const POSTS = { officer: ['disclosure-officer'], both: ['disclosure-officer', 'disclosure-head'], head: ['disclosure-head'], leader: ['leader'], reader: ['publisher'] } as const satisfies Record<string, readonly Role[]>
type Who = keyof typeof POSTS

beforeAll(async () => {
  setToday('2026-01-15')
  await aDistrict(deps)
})

let serial = 0

/** 一个新的机构与它的人。 */
async function aPlace(kind: 'organ' | 'district-office' = 'organ') {
  serial += 1
  const code = `zl${serial}`
  const { bodyId, name } = await aBody(deps, { code, name: `示例专栏${serial}局`, kind })
  const people = new Map<Who, SignedInActor>()
  for (const [who, roles] of Object.entries(POSTS)) people.set(who as Who, await createAccount(db, { name: `${code}.${who}`, displayName: `${who}（演示）`, bodyId, roles }))
  const actorOf = (who: Who): SignedInActor => people.get(who)!
  const desk = async (who: Who, path: string, fields?: Record<string, string>): Promise<Response> => {
    const headers = { cookie: await cookieFor(db, actorOf(who), deps.clock.now()), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
    return fields === undefined ? app.request(path, { headers }) : app.request(path, { method: 'POST', headers, body: new URLSearchParams(fields).toString() })
  }
  const show = (part: PartName, content: PartContent) => aShownPart(deps, { officer: actorOf('officer'), head: actorOf('head') }, { bodyId, part, content })
  const seen = async (path: string): Promise<string> => (await app.request(`/bodies/${code}${path}`)).text()
  const toDos = async (who: Who): Promise<string[]> => (await columnToDos(deps, actorOf(who))).map(({ title }) => title)
  return { code, bodyId, name, actorOf, desk, show, seen, toDos }
}

const toFields = ({ fields, lists }: PartContent): Record<string, string> => ({
  ...fields,
  ...Object.fromEntries(Object.entries(lists).flatMap(([list, rows]) => rows.flatMap((row, index) => Object.entries(row).map(([key, text]) => [rowField(list, index, key), text])))),
})

test('the guide begins as a skeleton; what is missing is said beside its field and nothing typed is lost', async () => {
  const { desk, bodyId, seen, toDos } = await aPlace()
  expect(await toDos('officer')).toEqual(['编制政府信息公开指南', '编制机构信息'])
  const form = await (await desk('officer', '/desk/column/guide')).text()
  expect(form).toContain('第二十条、第二十一条所列各项分类')
  expect(form).toContain('向武昌区人民政府办公室反映')
  const wrong = await desk('officer', '/desk/column/guide', { version: '0', ...aGuide({ address: '', fax: '' }).fields })
  const html = await wrong.text()
  expect(wrong.status).toBe(422)
  for (const said of ['id="f-address-error"', 'id="f-fax-error"', '请填写办公地址', 'xxgk@example.gov.cn']) expect(html).toContain(said)
  expect(await findOpenVersion(db, bodyId, 'guide')).toBeNull()
  // 没有填全的可以存为草稿，公众看不到
  expect((await desk('officer', '/desk/column/guide', { version: '0', act: 'draft', ...aGuide({ address: '' }).fields })).status).toBe(303)
  expect((await findOpenVersion(db, bodyId, 'guide'))?.status).toBe('draft')
  expect(await seen('/guide')).toContain('还没有在本站公布政府信息公开指南')
})

test.each([
  ['phone', '13800001234', '手机号码 138****1234'],
  ['remedies', '联系人证件 11010519491231002X', '居民身份证号码'],
])('a personal number in the guide is refused: %s', async (field, text, said) => {
  const { desk, bodyId } = await aPlace()
  const response = await desk('officer', '/desk/column/guide', { version: '0', act: 'draft', ...aGuide({ [field]: text }).fields })
  const html = await response.text()
  expect([response.status, html.includes(`id="f-${field}-error"`), html.includes(said)]).toEqual([422, true, true])
  expect(await findOpenVersion(db, bodyId, 'guide')).toBeNull()
})

test('written by one, published by another, bound to what was seen; then anyone reads it', async () => {
  const { desk, bodyId, seen, toDos, actorOf, code } = await aPlace()
  expect((await desk('reader', '/desk/column/guide')).status).toBe(403)
  expect((await desk('both', '/desk/column/guide', { version: '0', ...aGuide().fields })).headers.get('location')).toBe('/desk/column/guide/review')
  const sent = await findOpenVersion(db, bodyId, 'guide')
  expect(await toDos('head')).toContain('政府信息公开指南')
  expect((await desk('officer', '/desk/column/guide/publish', { hash: sent!.hash })).status).toBe(403)
  await desk('both', '/desk/column/guide/publish', { hash: sent!.hash })
  expect(await findShownPart(db, bodyId, 'guide')).toBeNull()
  // 批准的人看过之后又改了一个字
  await desk('officer', '/desk/column/guide', { version: '1', ...aGuide({ address: '示例路 2 号' }).fields })
  await desk('head', '/desk/column/guide/publish', { hash: sent!.hash })
  expect(await findShownPart(db, bodyId, 'guide')).toBeNull()
  const now = await findOpenVersion(db, bodyId, 'guide')
  // 只凭起草人的委托来批的，也不行
  await delegate(deps, actorOf('both'), { to: actorOf('reader').accountId, roles: ['disclosure-head'], startsOn: '2026-01-15', endsOn: '2026-01-16', reason: '外出' })
  await desk('reader', '/desk/column/guide/publish', { hash: now!.hash })
  expect(await findShownPart(db, bodyId, 'guide')).toBeNull()
  await desk('head', '/desk/column/guide/publish', { hash: now!.hash })
  const page = await seen('/guide')
  for (const text of ['示例路 2 号', '第 1 版', '2026-01-15', 'href="tel:02700000000"', 'mailto:xxgk@example.gov.cn', `/apply/${code}`]) expect(page).toContain(text)
  expect(await seen('')).toContain('示例路 2 号')
  expect(await toDos('head')).toEqual(['编制机构信息'])
})

test('a new version replaces the old only when approved; both stay and the difference is shown', async () => {
  const { desk, bodyId, show, seen } = await aPlace()
  await show('guide', aGuide())
  expect((await desk('officer', '/desk/column/guide', { version: '0', ...aGuide().fields })).status).toBe(422)
  await desk('officer', '/desk/column/guide', { version: '0', ...aGuide({ hours: '工作日上午 8:30—12:00' }).fields })
  expect(await seen('/guide')).not.toContain('8:30')
  const review = await (await desk('head', '/desk/column/guide/review')).text()
  expect(review).toContain('改了 1 栏')
  expect(review).toMatch(/<del>[^<]*9[^<]*<\/del>/)
  expect((await desk('head', '/desk/column/guide/return', { version: '1', reason: '' })).status).toBe(422)
  await desk('head', '/desk/column/guide/return', { version: '1', reason: '请写下午的时间' })
  expect(await (await desk('officer', '/desk/column/guide')).text()).toContain('退回修改：请写下午的时间')
  await desk('officer', '/desk/column/guide', { version: '2', ...aGuide({ hours: '工作日全天' }).fields })
  await desk('leader', '/desk/column/guide/publish', { hash: (await findOpenVersion(db, bodyId, 'guide'))!.hash })
  expect(await seen('/guide')).toContain('第 2 版')
  const versions = await (await desk('reader', '/desk/column/guide/versions')).text()
  for (const text of ['第 2 版', '第 1 版', 'officer（演示）', 'leader（演示）']) expect(versions).toContain(text)
  expect(await (await desk('reader', '/desk/column/guide/versions/2')).text()).toContain('<ins>')
  expect((await desk('reader', '/desk/column/guide/versions/3')).status).toBe(404)
})

test('two who write at once: the second is told, and loses nothing; a draft can be thrown away', async () => {
  const { desk, bodyId } = await aPlace()
  await desk('officer', '/desk/column/guide', { version: '0', act: 'draft', ...aGuide().fields })
  const late = await desk('both', '/desk/column/guide', { version: '0', act: 'draft', ...aGuide({ address: '另一处' }).fields })
  expect([late.status, (await late.text()).includes('另一处')]).toEqual([409, true])
  await desk('officer', '/desk/column/guide/discard', { version: '9' })
  expect(await findOpenVersion(db, bodyId, 'guide')).not.toBeNull()
  await desk('officer', '/desk/column/guide/discard', { version: '1' })
  expect(await findOpenVersion(db, bodyId, 'guide')).toBeNull()
  expect((await desk('officer', '/desk/column/nothing')).status).toBe(404)
})

test('条例第十二条: a change of name, address or head asks for the guide to be renewed, even unaltered', async () => {
  const { desk, bodyId, show, toDos, name, actorOf } = await aPlace()
  await show('institution', anInstitution())
  await show('guide', aGuide())
  expect(await toDos('officer')).toEqual([])
  await show('institution', anInstitution({ address: '新址 8 号' }, '示例乙'))
  await renameBody(deps, SEED, { bodyId, name: `${name}（新）`, from: '2026-01-10' })
  expect(await columnToDos(deps, actorOf('officer'))).toMatchObject([{ title: '更新公开指南', note: expect.stringContaining('机构名称、办公地址、负责人变了') }])
  expect(await (await desk('officer', '/desk/column')).text()).toContain('公布指南时为「示例路 1 号」，现在为「新址 8 号」')
  expect((await listColumnStates(db)).find((state) => state.bodyId === bodyId)?.guideOutdated.map(({ label }) => label)).toEqual(['机构名称', '办公地址', '负责人'])
  await show('guide', aGuide())
  expect(await toDos('officer')).toEqual([])
})

test('the institution page shows duties, leaders, departments and contact; blank rows are dropped', async () => {
  const { desk, bodyId, seen } = await aPlace()
  const content = anInstitution({ duties: '（一）负责甲。\n（二）负责乙。' })
  const fields = { ...toFields(content), 'leaders.1.name': '', 'leaders.2.name': '示例丙', 'leaders.2.post': '', 'leaders.2.charge': '分管综合' }
  const wrong = await (await desk('officer', '/desk/column/institution', { version: '0', ...fields })).text()
  expect(wrong).toContain('id="f-leaders.1.post-error"')
  await desk('officer', '/desk/column/institution', { version: '0', ...fields, 'leaders.2.post': '副主任' })
  await desk('head', '/desk/column/institution/publish', { hash: (await findOpenVersion(db, bodyId, 'institution'))!.hash })
  const page = await seen('/institution')
  expect(await seen('/statutory')).toContain('见<a href="/bodies/')
  for (const text of ['<li>负责甲。</li>', '示例甲', '示例丙', '副主任', '综合科', '430000']) expect(page).toContain(text)
})

test('a channel is checked as it stands; changed by one character it is unchecked, and grows stale', async () => {
  const { desk, bodyId, show, seen, toDos } = await aPlace()
  await show('guide', aGuide())
  await show('institution', anInstitution())
  const [hotline, board] = [aChannel(), aChannel({ name: '留言板', phone: '', url: 'https://example.gov.cn/board', qr: 'https://example.gov.cn/board' })]
  await show('channels', channelsOf(hotline, board))
  expect(await toDos('officer')).toEqual(['核实 2 条办事渠道'])
  expect(await seen('/channels')).toContain('还没有核实')
  const hashes = [...(await (await desk('officer', '/desk/column')).text()).matchAll(/name="hash" value="(\w{64})"/g)].map(([, hash]) => hash!)
  for (const hash of hashes) await desk('officer', '/desk/column/channels/check', { hash })
  await desk('officer', '/desk/column/channels/check', { hash: 'a'.repeat(64) })
  expect(await db.selectFrom('column_channel_check').select('row_hash').where('body_id', '=', bodyId).execute()).toHaveLength(2)
  const page = await seen('/channels')
  expect(page.match(/2026-01-15/g)?.length).toBeGreaterThanOrEqual(2)
  for (const text of ['href="tel:12345"', '<svg class="qr" role="img"', 'href="https://example.gov.cn/board"']) expect(page).toContain(text)
  expect(await toDos('officer')).toEqual([])
  await show('channels', channelsOf({ ...hotline, phone: '027-12345' }, board))
  expect(await toDos('officer')).toEqual(['核实 1 条办事渠道'])
  await setSetting(deps, SEED, { bodyId, key: 'channelCheckDays', value: '30' })
  setToday('2026-02-20')
  expect(await toDos('officer')).toEqual(['核实 2 条办事渠道'])
  setToday('2026-01-15')
})

test('a web address must be one; a script is not', async () => {
  const { desk } = await aPlace()
  const response = await desk('officer', '/desk/column/channels', { version: '0', act: 'draft', ...toFields(channelsOf(aChannel({ url: 'javascript:alert(1)' }))) })
  expect([response.status, (await response.text()).includes('https:// 或者 http:// 开头')]).toEqual([422, true])
})

test('the twenty-two headings with their counts; an empty one says why; each opens its list by year', async () => {
  const { code, bodyId, seen, show } = await aPlace()
  await aPublishedItem(deps, bodyId, { title: '应急预案甲', publishedOn: '2025-03-01', formedOn: '2025-02-20', classification: { codes: ['A20_12', 'A21_02'] } })
  await aPublishedItem(deps, bodyId, { title: '应急预案乙', publishedOn: '2026-01-05', formedOn: '2026-01-04', classification: { codes: ['A20_12'] } })
  const tree = await seen('/statutory')
  expect(tree.match(/data-label="内容"/g)).toHaveLength(22)
  expect(tree).toContain(`href="/bodies/${code}/statutory?code=A20_12"`)
  expect(tree).toContain('本机关没有行政处罚、行政强制职权。')
  expect(tree).toContain('批复后 20 日内公开')
  const list = await seen('/statutory?code=A20_12')
  for (const text of ['应急预案甲', '应急预案乙', '2025 年', '2026 年']) expect(list).toContain(text)
  const year = await seen('/statutory?code=A20_12&year=2025')
  expect([year.includes('应急预案甲'), year.includes('应急预案乙')]).toEqual([true, false])
  expect(await seen('/statutory?code=A20_01')).toContain('还没有公开过')
  await show('headings', { fields: { A20_01: '本机关没有制定规范性文件的权限。' }, lists: {} })
  expect(await seen('/statutory')).toContain('本机关没有制定规范性文件的权限。')
  expect(await seen('/statutory?code=A20_01')).toContain('本机关没有制定规范性文件的权限。')
})

test('fiscal information by year and kind; rules in their own block', async () => {
  const { bodyId, seen } = await aPlace()
  const fiscal = { classification: { codes: ['A20_07'] as const, term: 'BUDGET' as const, termFrom: '2025-01-20' } }
  for (const title of ['2025年部门预算', '2024年度部门决算（含三公经费）', '2024年“三公”经费决算情况说明']) await aPublishedItem(deps, bodyId, { title, ...fiscal })
  await aPublishedItem(deps, bodyId, { title: '政府信息公开审查制度', details: { block: 'rules' }, classification: { codes: ['A20_15'] } })
  const page = (await seen('/statutory?code=A20_07')).replaceAll(/\s+/g, ' ')
  expect(page.indexOf('2025 年')).toBeLessThan(page.indexOf('2024 年'))
  expect(page).toMatch(/<h3>决算<\/h3>.*2024年度部门决算.*<h3>三公经费<\/h3>.*2024年“三公”经费/)
  expect(await seen('/statutory?code=A20_07&view=list')).toContain('检索')
  expect(await seen('/statutory')).not.toContain('code=A20_15')
  const rules = await seen('/rules')
  expect([rules.includes('政府信息公开审查制度'), rules.includes('2025年部门预算')]).toEqual([true, false])
  expect(await seen('')).toContain('公开制度（1 件）')
})

test('the blank form is a DOCX that says where to hand it in; an abolished body gives none', async () => {
  const { code, bodyId, show } = await aPlace()
  await show('guide', aGuide())
  const response = await app.request(`/bodies/${code}/guide/application-form.docx`)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringContaining('wordprocessingml')])
  expect(Buffer.from(await response.arrayBuffer()).subarray(0, 2).toString()).toBe('PK')
  await db.updateTable('body').set({ status: 'abolished', abolished_on: '2025-12-01' }).where('body_id', '=', bodyId).execute()
  expect((await app.request(`/bodies/${code}/guide/application-form.docx`)).status).toBe(404)
  expect(await (await app.request(`/bodies/${code}/guide`)).text()).not.toContain(`/apply/${code}`)
})

test('where, when and how: answered from the guide of the body, or in general with the supervisor’s', async () => {
  const { bodyId, show, code } = await aPlace()
  expect(await guideAnswers(db, bodyId)).toEqual([])
  await show('guide', aGuide())
  const own = await guideAnswers(db, bodyId)
  expect(own.find(({ words }) => words.includes('地址'))).toMatchObject({ answer: '示例路 1 号 301 室', href: `/bodies/${code}/guide#office` })
  const office = await aPlace('district-office')
  await office.show('guide', aGuide({ address: '区政府大院' }))
  const general = await guideAnswers(db, null)
  expect(general.find(({ question }) => question === '办公地址')?.answer).toBe('区政府大院')
  expect(general.filter(({ words }) => words.includes('收费'))).toHaveLength(1)
  expect(await guideAnswers(db, newId())).toEqual([])
})

test('verify finds a version altered behind the system', async () => {
  const { bodyId, show } = await aPlace()
  await show('guide', aGuide())
  const verify = catalogueVerifiers.find(({ name }) => name === '专栏')!
  const problems = async () => {
    const found: string[] = []
    for await (const { message } of verify.verify(deps)) found.push(message)
    return found
  }
  expect(await problems()).toEqual([])
  const shown = await findShownPart(db, bodyId, 'guide')
  await db.updateTable('column_version').set({ content: JSON.stringify(aGuide({ phone: '027-99999999' })) }).where('body_id', '=', bodyId).where('version_id', '=', shown!.versionId).execute()
  expect(await problems()).toEqual(['内容与所记的摘要不符'])
})
