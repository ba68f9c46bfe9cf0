import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { setSetting } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { aPublishedItem } from '../../catalogue/testing-published.ts'
import { closePdf, toPdf } from '../../documents/index.ts'
import type { Role, SignedInActor } from '../../identity/index.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import { testDb } from '../../platform/testing.ts'
import type { Decision } from '../../statute/decision.ts'
import { supervisionResults } from '../report-lines.ts'
import { accountabilityVerifiers, countAccountability } from './index.ts'
import { close, decide, evolveMatter, rectify, reply, sendBack, tell, withdraw } from './matter.ts'
import type { Matter, MatterEvent, MatterRefusal, MatterState } from './matter.ts'
import { STEPS, STEP_NAMES } from './matter-acts.ts'

describe('the rules of a matter', () => {
  const opened: Matter = { status: 'opened', title: '答复逾期', trigger: 'late-answer', basis: '条例第五十三条', openedOn: '2026-01-05', told: null, reply: null, decision: null, closedOn: null, withdrawn: null }
  const then = (state: Matter, decision: Decision<MatterEvent, MatterRefusal>): Matter => {
    if (!decision.ok) throw new Error(decision.refusal)
    const next = decision.events.reduce<MatterState>(evolveMatter, state)
    if (next.status === 'new') throw new Error('没有提起')
    return next
  }
  const told = then(opened, tell(opened, { on: '2026-01-05', findings: '三件逾期', basis: '条例第五十三条', subject: null, replyBy: '2026-01-12', least: '2026-01-12' }))

  test('no decision before the body was heard, or its term has passed', () => {
    const measures = { measures: ['criticize'], reason: '属实', rectifyBy: null } as const
    expect(decide(opened, { on: '2026-01-20', ...measures })).toMatchObject({ refusal: 'not-now' })
    expect(decide(told, { on: '2026-01-12', ...measures })).toMatchObject({ refusal: 'reply-pending' })
    expect(decide(told, { on: '2026-01-13', ...measures }).ok).toBe(true)
    const heard = then(told, reply(told, { on: '2026-01-06', said: '因征求意见' }))
    expect(then(heard, decide(heard, { on: '2026-01-07', ...measures }))).toMatchObject({ status: 'closed', closedOn: '2026-01-07' })
    expect(tell(opened, { on: '2026-01-05', findings: '三件', basis: '条例', subject: null, replyBy: '2026-01-11', least: '2026-01-12' })).toMatchObject({ refusal: 'reply-too-soon' })
  })

  test('what does not go together is refused; an order needs a day after today', () => {
    const on = '2026-01-20'
    const of = (measures: readonly ('none' | 'order' | 'talk')[], rectifyBy: string | null) => decide(told, { on, measures, reason: '属实', rectifyBy })
    expect([of([], null), of(['none', 'talk'], null), of(['order'], null), of(['order'], on)].map((each) => !each.ok && each.refusal)).toEqual(['measures-missing', 'none-with-others', 'rectify-missing', 'rectify-past'])
    const ordered = then(told, of(['order', 'talk'], '2026-02-20'))
    expect(ordered.status).toBe('decided')
    const done = then(ordered, rectify(ordered, { on, said: '补上了' }))
    const again = then(done, sendBack(done, { on, reason: '还缺一件', rectifyBy: '2026-03-01' }))
    expect(again).toMatchObject({ status: 'decided', decision: { rectifyBy: '2026-03-01' } })
    expect(sendBack(done, { on, reason: '还缺', rectifyBy: null })).toMatchObject({ refusal: 'rectify-missing' })
    expect(then(done, close(done, { on, said: '到位' }))).toMatchObject({ status: 'closed' })
  })

  test('property: whatever is tried in whatever order, a decision stands only after the term or the reply, and nothing follows a withdrawal', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-01-${String(n).padStart(2, '0')}`)
    const act = fc.tuple(fc.constantFrom('tell', 'reply', 'decide', 'rectify', 'return', 'close', 'withdraw'), day, day)
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        let state: Matter = opened
        for (const [name, a, b] of acts.toSorted((x, y) => x[1].localeCompare(y[1]))) {
          const step = STEP_NAMES.find((each) => each === name)
          if (step === undefined) continue
          const decided = STEPS[step].decide(state, a, { said: '写明', basis: '条例', subject: null, by: b, measures: ['order'], file: null }, '2026-01-03')
          if (!decided.ok) continue
          expect(state.status).not.toBe('withdrawn')
          if (step === 'decide') expect(state.reply !== null || a > (state.told?.replyBy ?? '9')).toBe(true)
          state = then(state, decided)
        }
      }),
    )
    expect(withdraw(then(opened, withdraw(opened, { on: '2026-01-06', reason: '不成立' })), { on: '2026-01-07', reason: '再撤' })).toMatchObject({ refusal: 'not-now' })
  })
})

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const POSTS = { office: ['district-office'], officer: ['disclosure-officer'], head: ['disclosure-head'], handler: ['handler'], otherHead: ['disclosure-head'] } as const satisfies Record<string, readonly Role[]>
type Who = keyof typeof POSTS
const people = new Map<Who, SignedInActor>()
let bodyId = ''

beforeAll(async () => {
  setToday('2026-01-15')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street' })).bodyId
  const other = (await aBody(deps, { code: 'qtj', name: '其他局' })).bodyId
  const office = (await aBody(deps, { code: 'zwgkb', name: '区政务公开办', kind: 'district-office' })).bodyId
  for (const who of Object.keys(POSTS) as Who[]) people.set(who, await createAccount(db, { name: `zhuijiu.${who.toLowerCase()}`, displayName: `${who}（演示）`, bodyId: who === 'office' ? office : who === 'otherHead' ? other : bodyId, roles: POSTS[who] }))
  for (const title of ['迟了的一', '迟了的二', '迟了的三']) await aPublishedItem(deps, bodyId, { title, formedOn: '2025-03-03', publishedOn: '2025-06-10' })
  await aPublishedItem(deps, bodyId, { title: '按期的', formedOn: '2025-03-03', publishedOn: '2025-03-10' })
})
afterAll(() => closePdf())

const BASE = '/desk/accountability'
const QUESTION = `${BASE}/questions/sljd/missed-publication`
const headersOf = async (who: Who) => ({ cookie: await cookieFor(db, people.get(who)!, deps.clock.now()), 'sec-fetch-site': 'same-origin' })
const get = async (path: string, who: Who = 'office') => app.request(path, { headers: await headersOf(who) })
const wordsOf = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const page = async (path: string, who: Who = 'office') => {
  const response = await get(path, who)
  expect([path, response.status]).toEqual([path, 200])
  return (await response.text()).replaceAll(/<style[\s\S]*?<\/style>/g, '')
}
const rowWith = (html: string, words: string): string => wordsOf(html.split('<tr').slice(1).find((row) => row.includes(words)) ?? '')
async function post(path: string, fields: readonly (readonly [string, string])[], who: Who = 'office', file?: Uint8Array) {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  if (file !== undefined) form.set('reply-file', new File([Uint8Array.from(file)], '说明.pdf', { type: 'application/pdf' }))
  const response = await app.request(path, { method: 'POST', headers: await headersOf(who), body: form })
  return { status: response.status, html: response.status === 422 ? await response.text() : '', at: response.headers.get('location') ?? '' }
}
const recordIds = async (): Promise<string[]> => [...(await page(`${QUESTION}?year=2025`)).matchAll(/name="record" value="([^"]+)"/g)].map(([, id = '']) => id)
const seen = async (): Promise<string> => String((await db.selectFrom('accountability_matter').select('version').orderBy('matter_id').executeTakeFirstOrThrow()).version)
let matter = ''
const step = async (name: string, who: Who, fields: Record<string, string | string[]> = {}, file?: Uint8Array) =>
  post(`${matter}/${name}`, [['seen', await seen()], ...Object.entries(fields).flatMap(([key, value]) => [value].flat().map((each) => [key, each] as const))], who, file)

describe('a matter from the question to its end', () => {
  test('a trigger is a question: counted from the records, opened or put aside record by record', async () => {
    const html = await page(`${BASE}/questions?year=2025`)
    expect(rowWith(html, '主动公开逾期')).toMatch(/示例街道办事处 3 0 为何没有在期限之内公开？/)
    expect(html).toContain('不是结论')
    const ids = await recordIds()
    expect(ids).toHaveLength(3)
    const common = [['year', '2025'], ['title', '2025 年主动公开逾期'], ['basis', '条例第二十六条']] as const
    expect((await post(QUESTION, common)).html).toContain('请选择至少一条')
    expect((await post(QUESTION, [...common, ['record', ids[0] ?? ''], ['aside', 'yes'], ['reason', '']])).html).toContain('请填写')
    expect(await post(QUESTION, [...common, ['record', ids[0] ?? ''], ['aside', 'yes'], ['reason', '当日系统维护']])).toMatchObject({ status: 303 })
    expect((await post(QUESTION, [...common, ['record', ids[0] ?? '']])).html).toContain('没有处置过')
    expect((await post(QUESTION, [['year', '2025'], ['title', '找 13800001234'], ['basis', '条例'], ['record', ids[1] ?? '']])).html).toMatch(/身份证、手机/)
    const made = await post(QUESTION, [...common, ['record', ids[1] ?? ''], ['record', ids[2] ?? ''], ['record', 'made-up']])
    expect(made.status).toBe(303)
    matter = made.at
    expect(await recordIds()).toEqual([])
    expect(rowWith(await page(`${BASE}/questions?year=2025`), '主动公开逾期')).toMatch(/3 3/)
    expect(await page(`${QUESTION}?year=2025`)).toContain('不提起：当日系统维护')
  })

  test('the body does not see it, nor is told, before the findings are put to it', async () => {
    expect((await get(matter, 'head')).status).toBe(404)
    expect(await page(BASE, 'head')).toContain('没有责任追究事项')
    expect(await db.selectFrom('notice').select('key').where('key', 'like', 'accountability/%').execute()).toEqual([])
  })

  test('the findings: words without personal numbers, a term not shorter than the setting; only an account names a person', async () => {
    const handler = people.get('handler')?.accountId ?? ''
    const given = { 'tell-said': '两条信息迟了两个月公开', basis: '条例第二十六条', by: '2026-01-22', subject: handler }
    expect((await step('tell', 'office', { ...given, 'tell-said': '当事人 13800001234' })).html).toMatch(/身份证、手机[\s\S]*当事人 13800001234/)
    expect((await step('tell', 'office', { ...given, by: '2026-01-21' })).html).toContain('不得短于机关的设置')
    expect(await step('tell', 'head', given)).toMatchObject({ status: 404 })
    expect(await step('tell', 'office', given)).toMatchObject({ status: 303 })
    const { data } = await db.selectFrom('timeline_event').select('data').where('stream', '=', 'accountability').where('kind', '=', 'told').executeTakeFirstOrThrow()
    expect(data).toMatchObject({ subject: handler })
    expect(JSON.stringify(data)).not.toContain('handler（演示）')
    const html = wordsOf(await page(matter, 'head'))
    for (const words of ['两条信息迟了两个月公开', '所列的线索', '2026-01-22', 'handler（演示）']) expect(html).toContain(words)
    expect((await db.selectFrom('notice').select('account_id').where('key', 'like', 'accountability/%').execute()).map((row) => row.account_id).toSorted()).toEqual([people.get('officer')!.accountId, people.get('head')!.accountId].toSorted())
    expect((await get(matter, 'otherHead')).status).toBe(403)
    expect((await get(matter, 'handler')).status).toBe(403)
  })

  test('the right of reply: not decided before it is heard or its term has passed; the material is kept', async () => {
    expect((await step('decide', 'office', { 'decide-said': '属实', measures: ['criticize'] })).html).toContain('期限没有过')
    expect(await step('reply', 'officer', { 'reply-said': '因系统升级' })).toMatchObject({ status: 403 })
    const pdf = await toPdf({ title: '说明', creator: '示例', datedOn: '2026-01-15', demo: false, blocks: [{ kind: 'paragraph', spans: ['系统升级的通知'] }] })
    expect((await step('reply', 'head', { 'reply-said': '因系统升级' }, Buffer.from('#!/bin/sh'))).html).toContain('不是可以打开的文件')
    expect(await step('reply', 'head', { 'reply-said': '因系统升级' }, pdf)).toMatchObject({ status: 303 })
    const { file_id: fileId } = await db.selectFrom('accountability_file').select('file_id').executeTakeFirstOrThrow()
    const sent = await get(`${matter}/files/${fileId}`)
    expect(Buffer.from(await sent.arrayBuffer()).equals(Buffer.from(pdf))).toBe(true)
    expect((await get(`${matter}/files/${fileId}`, 'otherHead')).status).toBe(403)
    const [notice] = await db.selectFrom('notice').select('title').where('account_id', '=', people.get('office')!.accountId).execute()
    expect(notice?.title).toBe('示例街道办事处作了陈述申辩')
  })

  test('the outcome, the mending, and a page that is behind is not acted on', async () => {
    expect((await step('decide', 'office', { 'decide-said': '属实', measures: ['none', 'talk'] })).html).toContain('不与别的处理并用')
    expect((await step('decide', 'office', { 'decide-said': '属实', measures: ['order'] })).html).toContain('请填写整改期限')
    expect(await step('decide', 'office', { 'decide-said': '部分采纳', measures: ['order', 'criticize'], 'decide-by': '2026-02-10' })).toMatchObject({ status: 303 })
    expect(await post(`${matter}/withdraw`, [['seen', '1'], ['withdraw-said', '有误']])).toMatchObject({ status: 409 })
    expect(await page('/desk', 'head')).toContain('整改后报告')
    expect(await step('rectify', 'head', { 'rectify-said': '建立了到期提醒' })).toMatchObject({ status: 303 })
    expect(await step('return', 'office', { 'return-said': '没有写明责任人', 'return-by': '2026-02-20' })).toMatchObject({ status: 303 })
    expect(await step('rectify', 'head', { 'rectify-said': '已写明' })).toMatchObject({ status: 303 })
    expect(await step('close', 'office', { 'close-said': '到位' })).toMatchObject({ status: 303 })
    expect(rowWith(await page(`${BASE}?status=closed`), '2025 年主动公开逾期')).toMatch(/示例街道办事处 已办结 2026-01-15 — 责令改正、通报批评/)
    expect(await (await get(`${BASE}.csv`)).text()).toContain('2025 年主动公开逾期,示例街道办事处,已办结')
  })

  test('the counts for the report of the government; withdrawn, its outcome counts no more', async () => {
    const year = { from: '2026-01-01', to: '2026-12-31' }
    expect(await countAccountability(db, year)).toEqual({ opened: 1, decided: 1, withdrawn: 0, byMeasure: { order: 1, criticize: 1 } })
    expect(await page(BASE)).toContain('2026 年提起 1 件')
    expect(await supervisionResults(db, 2026)).toBe('责任追究：提起1件，作出处理1件（责令改正1件次、通报批评1件次），撤销0件。')
    expect(await supervisionResults(db, 2025)).toBe('')
    expect(await step('withdraw', 'office', { 'withdraw-said': '复核发现期限算错' })).toMatchObject({ status: 303 })
    expect(await countAccountability(db, year)).toEqual({ opened: 1, decided: 0, withdrawn: 1, byMeasure: {} })
    expect(await page(matter, 'head')).toContain('复核发现期限算错')
    expect((await step('withdraw', 'office', { 'withdraw-said': '再撤' })).html).toContain('不在这一步')
  })

  test('opened by hand; taken back before the body was told, it never hears of it', async () => {
    expect((await post(`${BASE}/new`, [['body', ''], ['title', '制度没有建立'], ['basis', '条例第五十二条']])).html).toContain('请选择机关')
    const made = await post(`${BASE}/new`, [['body', 'qtj'], ['title', '制度没有建立'], ['basis', '条例第五十二条']])
    expect(made.status).toBe(303)
    expect(await post(`${made.at}/withdraw`, [['seen', '1'], ['withdraw-said', '查明已建立']])).toMatchObject({ status: 303 })
    expect((await get(made.at, 'otherHead')).status).toBe(404)
    expect(await db.selectFrom('notice').select('key').where('account_id', '=', people.get('otherHead')!.accountId).execute()).toEqual([])
  })

  test('the setting moves the least term; the office alone sees the questions', async () => {
    expect(await setSetting(deps, { kind: 'system', name: 'test' }, { bodyId, key: 'accountabilityReplyDays', value: 10 })).toMatchObject({ ok: true })
    const made = await post(`${BASE}/new`, [['body', 'sljd'], ['title', '指南没有更新'], ['basis', '条例第十二条']])
    expect(await page(made.at)).toContain('value="2026-01-29"')
    for (const path of [`${BASE}/questions`, `${QUESTION}?year=2025`, `${BASE}/new`]) expect((await get(path, 'head')).status).toBe(403)
  })

  test('verify: rows are what the timeline says', async () => {
    const problems = async () => (await Array.fromAsync(accountabilityVerifiers[0]!.verify(deps))).map(({ message }) => message)
    expect(await problems()).toEqual([])
    await db.updateTable('accountability_matter').set({ measures: ['talk'] }).where('title', '=', '2025 年主动公开逾期').execute()
    expect(await problems()).toHaveLength(1)
  })
})
