import { beforeAll, expect, test } from 'vitest'
import { setSetting } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { createApp } from '../../app.tsx'
import { appParts } from '../../app-parts.ts'
import { cookieFor, createAccount, delegate } from '../../identity/testing.ts'
import type { Role, SignedInActor } from '../../identity/index.ts'
import { testDb } from '../../platform/testing.ts'
import { closeRedaction } from '../../redaction/index.ts'
import { awaitingOf } from '../item.ts'
import { findByIndexNo, listPublishedItems } from '../queries.ts'
import { getItem } from '../store.ts'
import { verifyPublished } from '../verify-published.ts'
import { aDraftItem, reviseItem } from '../testing-drafts.ts'
import { publishDue } from './publish-due.ts'
import { verifyReviews, wrongIn } from './verify-review.ts'
import { itemToDos } from './item-to-dos.ts'
import { afterAll } from 'vitest'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))

const POSTS = {
  officer: ['disclosure-officer'], handler: ['handler'], unitHead: ['unit-head'], secrecy: ['secrecy-reviewer'], head: ['disclosure-head'], leader: ['leader'], publisher: ['publisher'],
} as const satisfies Record<string, readonly Role[]>
type Post = keyof typeof POSTS
const people = new Map<Post, SignedInActor>()
let bodyId = ''
const personOf = (post: Post): SignedInActor => people.get(post) ?? fail(post)
const fail = (what: string): never => {
  throw new Error(`没有 ${what}`)
}

beforeAll(async () => {
  await aDistrict(deps)
  ;({ bodyId } = await aBody(deps, { code: 'shencha', name: '审查示例局', uscc: '91350100M000100Y43' }))
  for (const [post, roles] of Object.entries(POSTS)) people.set(post as Post, await createAccount(db, { name: `r.${post.toLowerCase()}`, displayName: `${post}（演示）`, bodyId, roles }))
})
afterAll(() => closeRedaction())

const get = async (path: string, as: Post): Promise<Response> => app.request(path, { headers: { cookie: await cookieFor(db, personOf(as), deps.clock.now()) } })
const post = async (path: string, fields: Record<string, string | readonly string[]>, as: Post): Promise<Response> => {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one)
  return app.request(path, { method: 'POST', headers: { cookie: await cookieFor(db, personOf(as), deps.clock.now()), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, body: body.toString() })
}
const stateOf = async (itemId: string) => (await getItem(db, bodyId, itemId)).state
const act = async (itemId: string, step: string, as: Post, fields: Record<string, string> = {}) => post(`/desk/items/${itemId}/steps/${step}`, { version: String((await getItem(db, bodyId, itemId)).version), ...fields }, as)
async function done(itemId: string, step: string, as: Post, fields: Record<string, string> = {}): Promise<void> {
  const response = await act(itemId, step, as, fields)
  if (response.status !== 303) throw new Error(`${step}：${response.status} ${/notice-title">[\s\S]*?<\/p>/.exec(await response.text())?.[0] ?? ''}`)
}
const draft = (wish: Parameters<typeof aDraftItem>[3] = {}, as: Post = 'officer') => aDraftItem(deps, personOf(as), bodyId, wish)
const PASS = { result: 'pass', opinion: '' }
async function approved(wish: Parameters<typeof aDraftItem>[3] = {}) {
  const made = await draft(wish)
  await done(made.itemId, 'submit', 'officer')
  await done(made.itemId, 'check', 'unitHead')
  await done(made.itemId, 'secrecy-review', 'secrecy', PASS)
  await done(made.itemId, 'approve', 'head')
  return made
}
const keysOf = async (itemId: string, severity: string): Promise<string[]> => {
  const { hits } = await db.selectFrom('item_precheck').select('hits').where('item_id', '=', itemId).executeTakeFirstOrThrow()
  return hits.filter((hit) => hit.severity === severity).map(({ key }) => key)
}

test('an item goes the whole way, each step by another person, from their to-do lists', async () => {
  const { itemId, indexNo } = await draft({ title: '机构职能' })
  const waits = async (as: Post) => (await itemToDos(deps, personOf(as))).filter(({ href }) => href.includes(itemId)).map(({ note }) => note)
  expect(await waits('officer')).toEqual(['待送审'])
  await done(itemId, 'submit', 'officer')
  expect([await waits('unitHead'), await waits('secrecy'), await waits('officer')]).toEqual([['待科室负责人审核'], [], []])
  await done(itemId, 'check', 'unitHead', { opinion: '属实' })
  await done(itemId, 'secrecy-review', 'secrecy', PASS)
  await done(itemId, 'approve', 'head')
  expect(await waits('publisher')).toEqual(['待发布'])
  expect((await findByIndexNo(db, indexNo)).items).toEqual([])
  expect(await (await get(`/desk/items/${itemId}/steps/publish`, 'publisher')).text()).toContain('公开之日由系统记为今日，不能倒填')
  await done(itemId, 'publish', 'publisher')
  expect((await findByIndexNo(db, indexNo)).items).toMatchObject([{ title: '机构职能', publishedOn: '2026-01-15', edition: 1 }])
  const told = await db.selectFrom('notice').select(['title', 'note']).where('body_id', '=', bodyId).execute()
  expect(told.map(({ title }) => title)).toEqual(expect.arrayContaining([`等您审核的信息：${indexNo}`, `等您发布的信息：${indexNo}`, `您承办的信息已公开：${indexNo}`]))
  // 通知由邮件发出，不写还没有审查的标题
  expect(JSON.stringify(told)).not.toContain('机构职能')
})

test('the steps are not for others: a role, an author, an author’s stand-in', async () => {
  const { itemId } = await draft()
  await done(itemId, 'submit', 'officer')
  expect((await act(itemId, 'check', 'secrecy')).status).toBe(403)
  expect((await act(itemId, 'secrecy-review', 'secrecy', PASS)).status).toBe(409)
  const own = await draft({}, 'head')
  await done(own.itemId, 'submit', 'head')
  const refused = await act(own.itemId, 'check', 'head')
  expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('审核人不能是承办人')])
  await done(own.itemId, 'check', 'unitHead')
  await done(own.itemId, 'secrecy-review', 'secrecy', PASS)
  const today = deps.clock.today()
  expect(await delegate(deps, personOf('head'), { to: personOf('unitHead').accountId, roles: ['disclosure-head'], startsOn: today, endsOn: today, reason: '出差' })).toMatchObject({ ok: true })
  const lent = await act(own.itemId, 'approve', 'unitHead')
  expect([lent.status, await lent.text()]).toEqual([409, expect.stringContaining('委托您的人承办或者审查过这一条')])
  await done(own.itemId, 'approve', 'leader')
  // 别人承办的，代得了，写明代谁
  const other = await draft()
  await done(other.itemId, 'submit', 'officer')
  await done(other.itemId, 'check', 'leader')
  await done(other.itemId, 'secrecy-review', 'secrecy', PASS)
  await done(other.itemId, 'approve', 'unitHead')
  expect((await getItem(db, bodyId, other.itemId)).history.at(-1)?.event).toMatchObject({ kind: 'approved', onBehalfOf: personOf('head').accountId })
  await db.deleteFrom('delegation').execute()
})

test('with three persons the reviewer does not publish, with two he does', async () => {
  const both = await createAccount(db, { name: 'r.both', displayName: '兼任（演示）', bodyId, roles: ['secrecy-reviewer', 'publisher'] })
  people.set('leader', { ...personOf('leader') })
  const saved = personOf('secrecy')
  people.set('secrecy', both)
  const { itemId } = await approved()
  people.set('publisher', both)
  const first = await act(itemId, 'publish', 'publisher')
  expect([first.status, await first.text()]).toEqual([409, expect.stringContaining('发布人不能是审查人')])
  await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId, key: 'separateDuties', value: 'TWO' })
  await done(itemId, 'publish', 'publisher')
  await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId, key: 'separateDuties', value: 'THREE' })
  people.set('secrecy', saved)
  people.set('publisher', await createAccount(db, { name: 'r.publisher2', displayName: '发布员二（演示）', bodyId, roles: ['publisher'] }))
})

test('returned with remarks, mended, and reviewed again from the start', async () => {
  const { itemId } = await approved({ title: '领导分工' })
  const empty = await act(itemId, 'return', 'publisher')
  expect([empty.status, await empty.text()]).toEqual([422, expect.stringContaining('请至少写一处要改什么')])
  expect(await (await act(itemId, 'return', 'publisher', { title: '联系人 13800001234' })).text()).toContain('里面有身份证、手机或者银行卡号码')
  await done(itemId, 'return', 'publisher', { title: '写全称', body: '第二段重复' })
  const state = await stateOf(itemId)
  expect([awaitingOf(state), state.review, state.returned?.remarks]).toEqual(['mend', null, [{ part: 'title', words: '写全称' }, { part: 'body', words: '第二段重复' }]])
  expect((await itemToDos(deps, personOf('officer'))).find(({ href }) => href.includes(itemId))?.note).toBe('退回，待修改')
  await reviseItem(deps, personOf('officer'), { bodyId, itemId }, { title: '领导成员及分工' })
  await done(itemId, 'submit', 'officer')
  expect(awaitingOf(await stateOf(itemId))).toBe('check')
})

test('a review that fails sends it back with the reason; an escalated one waits for the answer', async () => {
  const { itemId } = await draft()
  await done(itemId, 'submit', 'officer')
  await done(itemId, 'check', 'unitHead')
  expect((await act(itemId, 'secrecy-review', 'secrecy', { result: 'fail', opinion: '' })).status).toBe(422)
  await done(itemId, 'secrecy-review', 'secrecy', { result: 'escalated', opinion: '涉及未公开的规划' })
  expect(awaitingOf(await stateOf(itemId))).toBe('escalated')
  expect((await act(itemId, 'approve', 'head')).status).toBe(409)
  await done(itemId, 'secrecy-review', 'secrecy', { result: 'fail', opinion: '区保密局：暂不公开' })
  expect(await (await get(`/desk/items/${itemId}/steps/submit`, 'officer')).text()).toContain('送审')
  expect((await stateOf(itemId)).returned?.remarks).toEqual([{ part: 'whole', words: '区保密局：暂不公开' }])
})

test('G50: an identity number in the text or an attachment stops it; another person releases it with a basis, or it is taken out', async () => {
  const { itemId } = await draft({ html: '<p>联系人证件号 11010519491231002X</p>', attachments: [{ name: '名单.csv', mediaType: 'text/csv', content: Buffer.from('x'), text: '张某 13800001234' }] })
  const refused = await act(itemId, 'submit', 'officer')
  expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('预检发现个人信息或者密级标志')])
  const page = await (await get(`/desk/items/${itemId}/precheck`, 'officer')).text()
  expect(page).toContain('居民身份证号码，正文')
  expect(page).toContain('手机号码，附件：名单.csv')
  expect(page).not.toMatch(/11010519491231002X|13800001234/)
  const [keys, hash] = [await keysOf(itemId, 'block'), (await stateOf(itemId)).contentHash]
  const release = (as: Post, fields: Record<string, string> = {}) => post(`/desk/items/${itemId}/precheck/release`, { keys, hash, basis: '个人信息保护法第十三条', reason: '法定应当公示的责任人', ...fields }, as)
  expect((await release('unitHead', { basis: '' })).status).toBe(422)
  expect((await release('officer')).status).toBe(303)
  expect(await keysOf(itemId, 'block')).toHaveLength(2)
  expect((await act(itemId, 'submit', 'officer')).status).toBe(409)
  expect((await release('unitHead')).status).toBe(303)
  expect(await db.selectFrom('item_precheck_answer').select(['kind', 'answered_by']).where('item_id', '=', itemId).execute()).toEqual(keys.map(() => ({ kind: 'released', answered_by: personOf('unitHead').accountId })))
  await done(itemId, 'submit', 'officer')
  // 改一个字，放行也作废
  await reviseItem(deps, personOf('officer'), { bodyId, itemId }, { html: '<p>联系人证件号 11010519491231002X。</p>' })
  expect((await act(itemId, 'submit', 'officer')).status).toBe(409)
  await reviseItem(deps, personOf('officer'), { bodyId, itemId }, { html: '<p>联系人见附件</p>' })
  expect((await act(itemId, 'submit', 'officer')).status).toBe(409)
})

test('warnings are acknowledged by name before it is submitted; a file that cannot be read is one', async () => {
  const { itemId } = await draft({ html: '<p>截止目前，内部资料，注意保存</p>', attachments: [{ name: '图纸.dwg', mediaType: 'application/octet-stream', content: Buffer.from('dwg') }] })
  expect(await (await act(itemId, 'submit', 'officer')).text()).toContain('预检的提醒还没有逐条确认')
  const page = await (await get(`/desk/items/${itemId}/precheck`, 'officer')).text()
  for (const words of ['应为「截至目前」', '限于内部的字样', '文件的字读不出', '没有查有没有看不见的内容']) expect(page).toContain(words)
  const [keys, hash] = [await keysOf(itemId, 'warn'), (await stateOf(itemId)).contentHash]
  expect((await post(`/desk/items/${itemId}/precheck/acknowledge`, { hash, keys: [] }, 'officer')).status).toBe(422)
  expect((await post(`/desk/items/${itemId}/precheck/acknowledge`, { hash, keys }, 'unitHead')).status).toBe(403)
  await post(`/desk/items/${itemId}/precheck/acknowledge`, { hash, keys: keys.slice(1) }, 'officer')
  expect((await act(itemId, 'submit', 'officer')).status).toBe(409)
  await post(`/desk/items/${itemId}/precheck/acknowledge`, { hash, keys: keys.slice(0, 1) }, 'officer')
  await done(itemId, 'submit', 'officer')
})

test('only the secrecy reviewer releases a mark of secrecy', async () => {
  const { itemId } = await draft({ html: '<p>机密★1年</p><p>关于某事的通知</p>' })
  expect((await act(itemId, 'submit', 'officer')).status).toBe(409)
  const [keys, hash] = [await keysOf(itemId, 'block'), (await stateOf(itemId)).contentHash]
  for (const as of ['head', 'secrecy'] as const) await post(`/desk/items/${itemId}/precheck/release`, { keys, hash, basis: '解密通知〔2025〕3号', reason: '已解密' }, as)
  expect(await db.selectFrom('item_precheck_answer').select('answered_by').where('item_id', '=', itemId).execute()).toEqual([{ answered_by: personOf('secrecy').accountId }])
})

test('G49: content changed after the review, or a file changed under it, is not published', async () => {
  const { itemId, indexNo } = await approved({ title: '决算' })
  await reviseItem(deps, personOf('officer'), { bodyId, itemId }, { title: '决 算' })
  expect((await act(itemId, 'publish', 'publisher')).status).toBe(409)
  const other = await approved({ title: '预算' })
  const { content } = await stateOf(other.itemId)
  await deps.files.remove(content.details?.body ?? '')
  const refused = await act(other.itemId, 'publish', 'publisher')
  expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('正文或者附件的文件不在了')])
  expect([(await findByIndexNo(db, indexNo)).items, (await findByIndexNo(db, other.indexNo)).items]).toEqual([[], []])
})

test('scheduled: published at its minute in the name of who set it; not if changed, not if he has left', async () => {
  setToday('2026-01-15')
  const [kept, changed, left] = [await approved({ title: '到时' }), await approved({ title: '改了' }), await approved({ title: '离岗' })]
  expect((await act(kept.itemId, 'schedule', 'publisher', { day: '2026-01-15', time: '11:59' })).status).toBe(422)
  for (const { itemId } of [kept, changed]) await done(itemId, 'schedule', 'publisher', { day: '2026-01-16', time: '09:30' })
  const leaver = await createAccount(db, { name: 'r.leaver', displayName: '离岗的（演示）', bodyId, roles: ['publisher'] })
  const staying = personOf('publisher')
  people.set('publisher', leaver)
  await done(left.itemId, 'schedule', 'publisher', { day: '2026-01-16', time: '09:30' })
  people.set('publisher', staying)
  await db.updateTable('account').set({ status: 'disabled' }).where('account_id', '=', leaver.accountId).execute()
  expect(await publishDue(deps)).toBe(0)
  await reviseItem(deps, personOf('officer'), { bodyId, itemId: changed.itemId }, { title: '改过了' })
  setToday('2026-01-16')
  expect(await publishDue(deps)).toBe(1)
  expect(await publishDue(deps)).toBe(0)
  const event = (await getItem(db, bodyId, kept.itemId)).history.at(-1)
  expect([event?.actor, event?.event]).toMatchObject(['system:publish-due', { kind: 'published', on: '2026-01-16', publisher: staying.accountId }])
  expect(awaitingOf(await stateOf(changed.itemId))).toBe('submit')
  expect((await getItem(db, bodyId, left.itemId)).history.at(-1)?.event).toMatchObject({ kind: 'unscheduled', reason: '定时的人已不是发布员' })
  expect((await db.selectFrom('notice').select('title').where('account_id', '=', leaver.accountId).execute()).length).toBeLessThanOrEqual(1)
})

test('a new edition goes the same way, and the public keeps the old one until then; withdrawn with a notice, gone from every place', async () => {
  const { itemId, indexNo } = await approved({ title: '指南', attachments: [{ name: '表.csv', mediaType: 'text/csv', content: Buffer.from('a,b'), text: 'a,b' }] })
  await done(itemId, 'publish', 'publisher')
  await reviseItem(deps, personOf('handler'), { bodyId, itemId }, { title: '指南（修订）' })
  await done(itemId, 'submit', 'handler')
  await done(itemId, 'check', 'unitHead')
  await done(itemId, 'secrecy-review', 'secrecy', PASS)
  await done(itemId, 'approve', 'head')
  expect((await findByIndexNo(db, indexNo)).items[0]).toMatchObject({ title: '指南', edition: 1 })
  await done(itemId, 'publish', 'publisher')
  expect((await findByIndexNo(db, indexNo)).items[0]).toMatchObject({ title: '指南（修订）', edition: 2 })
  const form = await (await get(`/desk/items/${itemId}/steps/withdraw`, 'head')).text()
  expect(form).toContain('立即从 6 处消失')
  expect((await act(itemId, 'withdraw', 'publisher', { reason: '有误', notice: '已撤回' })).status).toBe(403)
  expect((await act(itemId, 'withdraw', 'head', { reason: '有误', notice: '请联系 13800001234' })).status).toBe(422)
  await done(itemId, 'withdraw', 'head', { reason: '有误', notice: '内容有误，已撤回。' })
  expect(await findByIndexNo(db, indexNo)).toMatchObject({ items: [], withdrawn: [{ notice: '内容有误，已撤回。' }] })
})

test('late publication is recorded and shown', async () => {
  setToday('2026-01-16')
  const { itemId } = await draft({ formedOn: '2025-01-02' })
  const state = await stateOf(itemId)
  expect(state.content.formedOn).toBe('2025-01-02')
  await done(itemId, 'submit', 'officer')
  await done(itemId, 'check', 'unitHead')
  await done(itemId, 'secrecy-review', 'secrecy', PASS)
  await done(itemId, 'approve', 'head')
  await done(itemId, 'publish', 'publisher')
  const { history } = await getItem(db, bodyId, itemId)
  const event = history.at(-1)?.event
  expect(event?.kind === 'published' && event.dueOn != null && event.dueOn < event.on).toBe(true)
})

test('expired: still public, marked', async () => {
  const { itemId, indexNo } = await approved({ title: '暂行办法' })
  await done(itemId, 'publish', 'publisher')
  await done(itemId, 'expire', 'head', { reason: '有效期届满' })
  expect((await findByIndexNo(db, indexNo)).items[0]).toMatchObject({ expiredOn: '2026-01-16' })
})

test('many at once: each its own transaction, each with its account', async () => {
  const items = [await draft({ title: '甲' }), await draft({ title: '乙' }), await draft({ title: '丙', html: '<p>13800001234</p>' })]
  const keys = async () => Promise.all(items.map(async ({ itemId }) => `${itemId}.${(await getItem(db, bodyId, itemId)).version}`))
  const many = async (step: string, as: Post, fields: Record<string, string> = {}) => post('/desk/items/review/many', { step, items: await keys(), ...fields }, as)
  expect((await post('/desk/items/review/many', { step: 'submit' }, 'officer')).status).toBe(422)
  expect((await many('secrecy-review', 'secrecy')).status).toBe(404)
  expect((await many('approve', 'officer')).status).toBe(403)
  expect(await (await many('submit', 'officer')).text()).toContain('送审以下 3 条？')
  const sent = await (await many('submit', 'officer', { confirmed: '1' })).text()
  expect(sent).toContain('2 条已办')
  expect(sent).toContain('1 条没有办')
  const stale = await keys()
  await many('check', 'unitHead', { confirmed: '1' })
  expect(await (await post('/desk/items/review/many', { step: 'check', items: stale, confirmed: '1' }, 'unitHead')).text()).toContain('他人刚才办过这一条')
  // 保密审查逐项审查，记下一条即到下一条
  const first = await act(items[0]?.itemId ?? '', 'secrecy-review', 'secrecy', { ...PASS, then: 'next' })
  expect(first.headers.get('location')).toMatch(/\/steps\/secrecy-review$/)
  await done(items[1]?.itemId ?? '', 'secrecy-review', 'secrecy', PASS)
  await many('approve', 'head', { confirmed: '1' })
  expect(await (await many('publish', 'publisher', { confirmed: '1' })).text()).toContain('2 条已办')
  expect((await listPublishedItems(db, { bodyId, text: '甲', limit: 5, offset: 0 })).total).toBe(1)
})

test('fifty at once tell each person once; the notice is done with once its reader has worked in that list', async () => {
  const items: string[] = []
  for (let i = 0; i < 50; i += 1) items.push((await draft({ title: `告诉第${i}条` })).itemId)
  const keys = () => Promise.all(items.map(async (itemId) => `${itemId}.${(await getItem(db, bodyId, itemId)).version}`))
  const many = async (step: string, as: Post, of: readonly string[]) => (await post('/desk/items/review/many', { step, items: of, confirmed: '1' }, as)).text()
  const told = async (as: Post, only: 'all' | 'unread' = 'all') =>
    (await db.selectFrom('notice').select(['title', 'href', 'read_at']).where('account_id', '=', personOf(as).accountId).where('key', 'like', 'review%').orderBy('notice_id').execute()).filter(({ read_at }) => only === 'all' || read_at === null)
  const before = { unitHead: (await told('unitHead')).length, secrecy: (await told('secrecy')).length }
  expect(await many('submit', 'officer', await keys())).toContain('50 条已办')
  expect(await told('unitHead')).toContainEqual({ title: '等您审核：50 条信息', href: '/desk/items/review?step=check', read_at: null })
  expect((await told('unitHead')).length).toBe(before.unitHead + 1)
  const at = await keys()
  await many('check', 'unitHead', at.slice(0, 49))
  expect((await told('unitHead', 'unread')).map(({ title }) => title)).not.toContain('等您审核：50 条信息')
  await many('check', 'unitHead', at.slice(49))
  const secrecy = (await told('secrecy')).slice(before.secrecy).map(({ title }) => title)
  expect(secrecy.sort((a, b) => b.length - a.length)).toEqual([expect.stringContaining('等您保密审查的信息：'), '等您保密审查：49 条信息'])
})

test('reminders of many: confirmed kind by kind on one page, and sent at once', async () => {
  const items = [await draft({ title: '甲甲', summary: null }), await draft({ title: '乙乙', summary: null }), await draft({ title: '丙丙', html: '<p>内部资料</p>', summary: null })]
  const keys = await Promise.all(items.map(async ({ itemId }) => `${itemId}.${(await getItem(db, bodyId, itemId)).version}`))
  const page = await (await post('/desk/items/review/many', { step: 'submit', items: keys, confirmed: '1' }, 'officer')).text()
  expect(page).toContain('只差确认提醒的：3 条')
  const of = (name: string) => [...page.matchAll(new RegExp(`name="${name}" value="([^"]+)"`, 'g'))].map(([, value = '']) => value)
  expect((await post('/desk/items/review/reminders', { 'of:no-summary': of('of:no-summary') }, 'officer')).status).toBe(422)
  expect((await post('/desk/items/review/reminders', { hits: of('hits') }, 'unitHead')).status).toBe(403)
  // 甲乙的都确认了；丙还有一处
  const sent = await (await post('/desk/items/review/reminders', { rules: 'no-summary', 'of:no-summary': of('of:no-summary') }, 'officer')).text()
  expect(sent).toContain('2 条已办')
  expect(sent).toContain('只差确认提醒的：1 条')
  expect(await Promise.all(items.map(async ({ itemId }) => awaitingOf(await stateOf(itemId))))).toEqual(['check', 'check', 'submit'])
  // 看过之后内容改了的，不确认也不送
  const third = items[2]?.itemId ?? ''
  const rest = of('of:internal-words')
  expect(rest).toHaveLength(1)
  await reviseItem(deps, personOf('officer'), { bodyId, itemId: third }, { title: '丙又改' })
  expect(await (await post('/desk/items/review/reminders', { hits: rest }, 'officer')).text()).toContain('请重新预检')
  expect(awaitingOf(await stateOf(third))).toBe('submit')
})

test('many waiting at the same step are one to-do, leading to the queue; those sent back stay one by one', async () => {
  const made = []
  for (let i = 0; i < 9; i += 1) made.push(await draft({ title: `成批第${i}条` }, 'handler'))
  const mine = async (as: Post) => (await itemToDos(deps, personOf(as))).filter(({ title }) => /条信息|成批第/.test(title))
  expect(await mine('handler')).toEqual([expect.objectContaining({ title: '9 条信息待送审', href: '/desk/items/review?step=submit' })])
  const [first] = made
  await done(first?.itemId ?? '', 'submit', 'handler')
  await done(first?.itemId ?? '', 'return', 'unitHead', { whole: '请改' })
  expect((await mine('handler')).map(({ note }) => note)).toEqual(['退回，待修改', ...Array(8).fill('待送审')])
})

test('the queue: what waits for whom, late ones marked, searched and paged', async () => {
  const page = await (await get('/desk/items/review', 'officer')).text()
  expect(page).toContain('退回待改')
  expect(await (await get('/desk/items/review?step=check', 'unitHead')).text()).toContain('审核同意所选的')
  expect(await (await get('/desk/items/review?step=check', 'secrecy')).text()).not.toContain('所选的')
  expect(await (await get('/desk/items/review?step=publish&q=没有这一条', 'publisher')).text()).toContain('没有符合条件的记录')
  const empty = await (await get('/desk/items/review?step=escalated', 'head')).text()
  expect(empty).toContain('没有已报请确定的信息')
  expect(empty).not.toContain('清除条件')
  // 检索时仍在这一步
  expect(await (await get('/desk/items/review?step=escalated&q=没有这一条', 'head')).text()).toContain('<input type="hidden" name="step" value="escalated"/>')
})

test('what the portal shows is what the timeline says', async () => {
  const problems = []
  for await (const problem of verifyPublished(db)) problems.push(problem)
  for await (const problem of verifyReviews(db)) problems.push(problem)
  expect(problems).toEqual([])
  const published = await db.selectFrom('info_item').select('item_id').where('status', '=', 'published').executeTakeFirstOrThrow()
  const { history } = await getItem(db, bodyId, published.item_id)
  expect(wrongIn(history.filter(({ event }) => event.kind !== 'reviewed'))).toContain('没有通过审查')
  expect(wrongIn(history.map((each) => (each.event.kind === 'reviewed' ? { event: { ...each.event, contentHash: 'x' } } : each)))).toContain('不是同一份内容')
  expect(wrongIn(history.map((each) => (each.event.kind === 'published' ? { event: { ...each.event, publisher: personOf('officer').accountId } } : each)))).toContain('由承办的人自己')
})

test('the reviewer reads text, files and what the pre-check found beside the form', async () => {
  const long = '第一段正文。'.repeat(120)
  const { itemId } = await draft({ title: '读得到', html: `<p>${long}末了一句</p><p>内部资料</p>`, attachments: [{ name: '附表.txt', mediaType: 'text/plain', content: Buffer.from('附表里的字'), text: '附表里的字' }, { name: '扫描.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF-1.4 扫描') }] })
  await act(itemId, 'submit', 'officer')
  await post(`/desk/items/${itemId}/precheck/acknowledge`, { hash: (await stateOf(itemId)).contentHash, keys: await keysOf(itemId, 'warn') }, 'officer')
  await done(itemId, 'submit', 'officer')
  await done(itemId, 'check', 'unitHead')
  const page = await (await get(`/desk/items/${itemId}/steps/secrecy-review`, 'secrecy')).text()
  for (const words of ['末了一句', '看全文', '附表里的字', '附件：', '文字读不出，请打开看', '承办人确认过']) expect(page).toContain(words)
  expect(page.indexOf('末了一句')).toBeGreaterThan(page.indexOf('<details'))
  expect(await (await get(`/desk/items/${itemId}/steps/withdraw`, 'head')).text()).not.toContain('正文与附件')
})
