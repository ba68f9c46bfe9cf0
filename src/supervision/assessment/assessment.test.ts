import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { aPublishedItem } from '../../catalogue/testing-published.ts'
import { closePdf, toPdf } from '../../documents/index.ts'
import type { Role, SignedInActor } from '../../identity/index.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { hashContent, refreeze } from './frozen.ts'
import { supervisionResults } from '../report-lines.ts'
import { assessmentVerifiers } from './index.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const POSTS = {
  office: ['district-office'], officer: ['disclosure-officer'], head: ['disclosure-head'], handler: ['handler'], secrecy: ['secrecy-reviewer'], otherHead: ['disclosure-head'], otherOfficer: ['disclosure-officer'], admin: ['system-admin'],
} as const satisfies Record<string, readonly Role[]>
type Who = keyof typeof POSTS
const people = new Map<Who, SignedInActor>()
let bodyId = ''
let otherId = ''

beforeAll(async () => {
  setToday('2026-02-02')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', sort: 1 })).bodyId
  otherId = (await aBody(deps, { code: 'qtj', name: '其他局', sort: 2 })).bodyId
  const office = (await aBody(deps, { code: 'zwgkb', name: '区政务公开办', kind: 'district-office', sort: 0 })).bodyId
  await aBody(deps, { code: 'xsj', name: '新设局', establishedOn: '2026-01-05', sort: 3 })
  const bodyOf = (who: Who): string => (who === 'office' || who === 'admin' ? office : who.startsWith('other') ? otherId : bodyId)
  for (const who of Object.keys(POSTS) as Who[]) people.set(who, await createAccount(db, { name: `kaohe.${who.toLowerCase()}`, displayName: `${who}（演示）`, bodyId: bodyOf(who), roles: POSTS[who] }))
  // 一条按期，一条逾期，撤回的不影响
  await aPublishedItem(deps, bodyId, { title: '按期的', formedOn: '2025-03-03', publishedOn: '2025-03-10' })
  await aPublishedItem(deps, bodyId, { title: '迟了的', formedOn: '2025-03-03', publishedOn: '2025-06-10' })
})
afterAll(() => closePdf())

const BASE = '/desk/assessment'
const at = `${BASE}/2025`
const mine = `${at}/bodies/sljd`
const headersOf = async (who: Who) => ({ cookie: await cookieFor(db, people.get(who)!, deps.clock.now()), 'sec-fetch-site': 'same-origin' })
const get = async (path: string, who: Who = 'office') => app.request(path, { headers: await headersOf(who) })
const page = async (path: string, who: Who = 'office') => {
  const response = await get(path, who)
  expect([path, response.status]).toEqual([path, 200])
  return (await response.text()).replaceAll(/<style[\s\S]*?<\/style>/g, '')
}
const wordsOf = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const rowWith = (html: string, words: string): string => wordsOf(html.split('<tr').find((row) => row.includes(words)) ?? '')
const post = async (path: string, fields: Record<string, string>, who: Who = 'office') => {
  const response = await app.request(path, { method: 'POST', headers: { ...(await headersOf(who)), 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() })
  return { status: response.status, html: response.status === 422 ? await response.text() : '' }
}
const ok = { status: 303, html: '' }
const versionOf = async (id = bodyId): Promise<string> => String((await db.selectFrom('assessment_sheet').select('version').where('body_id', '=', id).where('year', '=', 2025).executeTakeFirstOrThrow()).version)
const schemeVersion = async (year = 2025): Promise<string> => String((await db.selectFrom('assessment_scheme').select('version').where('year', '=', year).executeTakeFirstOrThrow()).version)
const step = async (name: string, who: Who, more: Record<string, string> = {}, code = 'sljd', id = bodyId) => post(`${at}/bodies/${code}/steps/${name}`, { seen: await versionOf(id), ...more }, who)
async function fill(code: string, part: string, fields: Record<string, string>, who: Who, file?: Uint8Array, [where, id] = [mine, bodyId]) {
  const form = new FormData()
  for (const [name, value] of Object.entries({ seen: await versionOf(id), ...fields })) form.set(name, value)
  if (file !== undefined) form.set('file', new File([Uint8Array.from(file)], '制度汇编.pdf', { type: 'application/pdf' }))
  const response = await app.request(`${where}/${code}/${part}`, { method: 'POST', headers: await headersOf(who), body: form })
  return { status: response.status, html: response.status === 422 ? await response.text() : '' }
}

describe('an assessment from the scheme to the frozen result', () => {
  test('the scheme: drafted from the default, an indicator changed, a wrong one told beside its field, opened', async () => {
    expect(await post(`${BASE}/new`, { year: '二零' })).toMatchObject({ status: 422 })
    expect(await post(`${BASE}/new`, { year: '2025' })).toEqual(ok)
    expect((await post(`${BASE}/new`, { year: '2025' })).html).toContain('这一年已经有方案了')
    expect(await page(`${at}/scheme`)).toContain('主动公开按期')
    expect((await get(`${at}/scheme`, 'officer')).status).toBe(404)
    const refused = await post(`${at}/indicators/15`, { seen: await schemeVersion(), name: '政策解读与回应', group: '工作', weight: '四', basis: '本区自定', how: '解读', kind: 'judged' })
    expect(refused).toMatchObject({ status: 422 })
    expect(refused.html).toMatch(/至多两位小数[\s\S]*value="四"/)
    expect(await post(`${at}/indicators/15`, { seen: await schemeVersion(), name: '政策解读与回应', group: '工作', weight: '3', basis: '本区自定', how: '解读形式多样', kind: 'judged' })).toEqual(ok)
    expect((await post(`${at}/open`, { seen: await schemeVersion() })).html).toContain('各项的满分加起来应当是 100 分')
    expect(await post(`${at}/indicators/new`, { seen: await schemeVersion(), name: '新媒体', group: '工作', weight: '1', basis: '本区自定', how: '更新', kind: 'judged' })).toEqual(ok)
    expect(await post(`${at}/indicators/16/remove`, { seen: await schemeVersion() })).toEqual(ok)
    expect(await post(`${at}/indicators/new`, { seen: await schemeVersion(), name: '公开制度', group: '工作', weight: '1', basis: '本区自定', how: '健全', kind: 'judged' })).toEqual(ok)
    expect(await page(`${at}/scheme`)).toContain('17 公开制度')
    expect((await post(`${at}/open`, { seen: await schemeVersion() })).html).toContain('自评的截止日不得早于今日')
    expect(await post(`${at}/settings`, { seen: await schemeVersion(), title: '2025 年度政务公开责任考核', basis: '条例第四十六条', selfBy: '2026-02-20', appealDays: '10', ranking: 'yes' })).toEqual(ok)
    expect(await post(`${at}/open`, { seen: await schemeVersion() })).toEqual(ok)
    expect(await post(`${at}/indicators/15/remove`, { seen: await schemeVersion() })).toMatchObject({ status: 404 })
    const told = await db.selectFrom('notice').select(['title', 'account_id']).where('key', 'like', 'assessment/%/opened').execute()
    expect(told.map(({ account_id: id }) => id).toSorted()).toEqual((['officer', 'head', 'otherOfficer', 'otherHead'] as const).map((who) => people.get(who)!.accountId).toSorted())
  })

  test('who is assessed: the living bodies of that year; not the office itself, nor a body set up after', async () => {
    const html = await page(at)
    expect(html).toContain('示例街道办事处')
    expect(html).toContain('其他局')
    expect(html).not.toContain('新设局')
    expect((await get(`${at}/bodies/zwgkb`)).status).toBe(404)
    expect((await get(at, 'officer')).headers.get('location')).toBe(mine)
  })

  test('every point opens the records it counts', async () => {
    expect(rowWith(await page(mine, 'officer'), '主动公开按期')).toMatch(/50%（1 \/ 2） 0 \/ 12/)
    const html = await page(`${mine}/01`, 'officer')
    expect(wordsOf(html)).toMatch(/应当公开于 2025-03-31，公开于 2025-06-10/)
    expect(wordsOf(html)).toContain('100%得满分，80%以下不得分，其间按比例')
    const { item_id: late } = await db.selectFrom('info_item').select('item_id').where('title', '=', '迟了的').executeTakeFirstOrThrow()
    expect(html).toContain(`/desk/items/${late}`)
    // 区政务公开办看得到逐条，没有通到别的机关工作台的链接
    expect(await page(`${mine}/01`)).not.toContain(`/desk/items/${late}`)
    // 保密审查员看得到数，看不到申请的逐条
    expect(await page(`${mine}/02`, 'secrecy')).toContain('只看得到数')
    // 没有申请：不适用，连同满分去掉
    expect(rowWith(await page(mine, 'officer'), '申请按期答复')).toContain('不适用')
  })

  test('self-score: only judged items take points, within their weight, no personal numbers; evidence kept and opened; the head hands it in', async () => {
    expect((await fill('01', 'self', { points: '12', note: '' }, 'officer')).html).toContain('由记录算出，不必自评分数')
    expect((await fill('14', 'self', { points: '5', note: '' }, 'officer')).html).toContain('零与这一项的满分之间')
    expect((await fill('14', 'self', { points: '4', note: '联系人 13800001234' }, 'officer')).html).toMatch(/身份证、手机[\s\S]*联系人 13800001234/)
    const pdf = await toPdf({ title: '制度汇编', creator: '示例', datedOn: '2025-12-01', demo: false, blocks: [{ kind: 'paragraph', spans: ['登记、审核、办理、答复、归档'] }] })
    expect((await fill('14', 'self', { points: '4', note: '制度健全' }, 'officer', Buffer.from('#!/bin/sh'))).html).toContain('不是可以打开的文件')
    expect(await fill('14', 'self', { points: '4', note: '制度健全' }, 'officer', pdf)).toEqual(ok)
    expect(await fill('01', 'self', { points: '', note: '迟了的一条因协商所致' }, 'officer')).toEqual(ok)
    const { evidence_id: id } = await db.selectFrom('assessment_evidence').select('evidence_id').executeTakeFirstOrThrow()
    const sent = await get(`${mine}/evidence/${id}`)
    expect([sent.status, sent.headers.get('content-type'), Buffer.from(await sent.arrayBuffer()).equals(Buffer.from(pdf))]).toEqual([200, 'application/pdf', true])
    expect((await get(`${mine}/evidence/${id}`, 'otherHead')).status).toBe(403)
    expect((await step('submit', 'head')).html).toContain('还有人评的指标没有自评')
    for (const code of ['15', '17']) expect(await fill(code, 'self', { points: code === '15' ? '2.5' : '1', note: '' }, 'officer')).toEqual(ok)
    expect(await step('submit', 'officer')).toMatchObject({ status: 403 })
    expect(await step('submit', 'head')).toEqual(ok)
    expect((await fill('14', 'self', { points: '3', note: '' }, 'officer')).html).toContain('不在这一步')
  })

  test('a page seen before another changed it is not acted on', async () => {
    expect(await post(`${mine}/steps/finish-check`, { seen: '1' })).toMatchObject({ status: 409 })
  })

  test('the check: agree or amend with a reason, take out with a reason; what was seen is kept', async () => {
    expect((await step('finish-check', 'office')).html).toContain('还有人评的指标没有核查')
    expect((await fill('14', 'check', { points: '3', note: '' }, 'office')).html).toContain('请写明理由')
    expect(await fill('14', 'check', { points: '3', note: '归档制度没有更新' }, 'office')).toEqual(ok)
    expect(await fill('15', 'check', { points: '2.5', note: '' }, 'office')).toEqual(ok)
    expect((await fill('17', 'check', { points: '', exempt: 'yes', note: '' }, 'office')).html).toContain('请写明理由')
    expect(await fill('17', 'check', { points: '', exempt: 'yes', note: '不制发此类制度' }, 'office')).toEqual(ok)
    expect((await fill('01', 'check', { points: '3', note: '' }, 'office')).html).toContain('请写明理由')
    expect(await fill('01', 'check', { points: '3', note: '' }, 'officer')).toMatchObject({ status: 403 })
    expect(await step('finish-check', 'office')).toEqual(ok)
    expect(await page(mine, 'head')).toContain('2026-02-12')
    expect(rowWith(await page(mine, 'officer'), '公开制度')).toContain('不适用')
  })

  test('the appeal: once, with reasons; the decision answers each', async () => {
    expect((await step('appeal', 'head')).html).toContain('还没有对哪一项写明申诉的理由')
    expect((await fill('14', 'appeal', { note: '不服' }, 'officer')).html).toContain('四至一千个字')
    expect(await fill('14', 'appeal', { note: '归档制度已于十一月修订' }, 'officer')).toEqual(ok)
    expect(await fill('01', 'appeal', { note: '迟了的一条因协商所致' }, 'officer')).toEqual(ok)
    expect(await step('appeal', 'head')).toEqual(ok)
    expect((await step('decide', 'office')).html).toContain('没有写明复核的意见')
    expect((await fill('15', 'decide', { points: '3', note: '同意' }, 'office')).html).toContain('这一项没有申诉')
    expect(await fill('14', 'decide', { points: '3.5', note: '已修订，尚未施行' }, 'office')).toEqual(ok)
    expect(await fill('01', 'decide', { points: '', note: '协商不改变公开期限，维持' }, 'office')).toEqual(ok)
    expect(await step('decide', 'office')).toEqual(ok)
    expect((await step('appeal', 'head')).html).toContain('不在这一步')
    expect(rowWith(await page(mine, 'officer'), '组织领导与制度')).toMatch(/3\.5 \/ 4 复核所定/)
  })

  test('publication waits for everybody; a body taken out is named with the reason; what moved since the check is shown', async () => {
    expect(await page(`${at}/publish`)).toContain('还没有办完')
    expect((await get('/supervision/assessments/2025')).status).toBe(404)
    expect((await step('excuse', 'office', { reason: '' }, 'qtj', otherId)).html).toContain('请写明理由')
    expect(await step('excuse', 'office', { reason: '年内职责划出' }, 'qtj', otherId)).toEqual(ok)
    await aPublishedItem(deps, bodyId, { title: '后来补记的', formedOn: '2025-03-03', publishedOn: '2025-03-11' })
    const html = await page(`${at}/publish`)
    expect(rowWith(html, '主动公开按期')).toMatch(/1 \/ 2 2 \/ 3/)
    const hash = /name="hash" value="([0-9a-f]{64})"/.exec(html)?.[1] ?? ''
    await aPublishedItem(deps, bodyId, { title: '又补记的', formedOn: '2025-03-03', publishedOn: '2025-03-12' })
    expect((await post(`${at}/publish`, { seen: await schemeVersion(), hash })).html).toContain('又变了')
    const again = /name="hash" value="([0-9a-f]{64})"/.exec(await page(`${at}/publish`))?.[1] ?? ''
    expect(await post(`${at}/publish`, { seen: await schemeVersion(), hash: again }, 'head')).toMatchObject({ status: 403 })
    expect(await post(`${at}/publish`, { seen: await schemeVersion(), hash: again })).toEqual(ok)
  })

  test('frozen: records change, the result does not; recomputed from what was stored it is the same bytes; the page says what moved', async () => {
    const before = await db.selectFrom('assessment_result').selectAll().executeTakeFirstOrThrow()
    const shown = wordsOf(await page('/supervision/assessments/2025/sljd'))
    await aPublishedItem(deps, bodyId, { title: '公布之后的', formedOn: '2025-03-03', publishedOn: '2025-09-01' })
    expect(await db.selectFrom('assessment_result').selectAll().executeTakeFirstOrThrow()).toEqual(before)
    expect([refreeze(before.content) === before.content, refreeze(refreeze(before.content)) === before.content, hashContent(before.content)]).toEqual([true, true, before.hash])
    expect(wordsOf(await page('/supervision/assessments/2025/sljd'))).toBe(shown)
    expect(shown).toContain('75%（3 / 4）')
    expect(await page(`${mine}/01`, 'officer')).toContain('公布之后记录有改动')
    expect(await page(`${mine}/15`, 'officer')).not.toContain('公布之后记录有改动')
    expect((await fill('14', 'decide', { points: '4', note: '改' }, 'office')).html).toContain('已经公布')
    expect((await post(`${at}/settings`, { seen: await schemeVersion(), title: '改名', basis: '条例第四十六条', selfBy: '', appealDays: '10', ranking: 'no' })).html).toContain('已经公布')
  })

  test('the public page: totals, reasons for what a person set, nothing of appeals; too few bodies, so no rank though asked for; files', async () => {
    const html = await page('/supervision/assessments/2025')
    expect(html).toContain('不足 30 个，不排名次')
    expect(html).toContain('其他局（年内职责划出）')
    const own = wordsOf(await page('/supervision/assessments/2025/sljd'))
    expect(own).toContain('复核所定：已修订，尚未施行')
    expect(own).not.toContain('归档制度已于十一月修订')
    expect((await get('/supervision/assessments/2025/qtj')).status).toBe(404)
    for (const format of ['xlsx', 'docx', 'pdf']) {
      const [open, desk] = [await app.request(`/supervision/assessments/2025/results.${format}`), await get(`${at}/results.${format}`)]
      expect([format, open.status, desk.status]).toEqual([format, 200, 200])
      expect(Buffer.from(await open.arrayBuffer()).equals(Buffer.from(await desk.arrayBuffer()))).toBe(true)
    }
    expect(await supervisionResults(db, 2026)).toBe('工作考核：2025 年度政务公开责任考核的结果于2026-02-02公布，考核1个机关。')
    expect(await (await app.request('/supervision/assessments')).text()).toContain('2025 年度政务公开责任考核')
  })

  test('verify finds a result that was touched', async () => {
    const problems = async () => (await Array.fromAsync(assessmentVerifiers[0]!.verify(deps))).map(({ message }) => message)
    expect(await problems()).toEqual([])
    const { content, hash } = await db.selectFrom('assessment_result').select(['content', 'hash']).executeTakeFirstOrThrow()
    const touched = content.replace(/"applicable":\d+/, '"applicable":1')
    await db.updateTable('assessment_result').set({ content: touched }).execute()
    expect(await problems()).toEqual(['结果与摘要不符'])
    await db.updateTable('assessment_result').set({ hash: hashContent(touched) }).execute()
    expect(await problems()).toEqual(['由存下的输入重算，结果不同'])
    await db.updateTable('assessment_result').set({ content, hash }).execute()
  })

  test("next year's scheme is drafted from this year's, codes included", async () => {
    expect(await post(`${BASE}/new`, { year: '2026' })).toEqual(ok)
    expect(await page(`${BASE}/2026/scheme`)).toContain('17 公开制度')
    expect(await post(`${BASE}/2026/indicators/new`, { seen: await schemeVersion(2026), name: '又一项', group: '工作', weight: '1', basis: '本区自定', how: '健全', kind: 'judged' })).toEqual(ok)
    expect(await page(`${BASE}/2026/scheme`)).toContain('18 又一项')
  })

  test('a body that never hands in its self-score does not stop the rest: after the date the office goes on without it', async () => {
    expect(await post(`${BASE}/2026/indicators/18/remove`, { seen: await schemeVersion(2026) })).toEqual(ok)
    expect(await post(`${BASE}/2026/settings`, { seen: await schemeVersion(2026), title: '2026 年度考核', basis: '条例第四十六条', selfBy: '2026-12-20', appealDays: '10', ranking: 'no' })).toEqual(ok)
    expect(await post(`${BASE}/2026/open`, { seen: await schemeVersion(2026) })).toEqual(ok)
    const sheet = `${BASE}/2026/bodies/sljd`
    const goOn = () => post(`${sheet}/steps/go-on`, { seen: '1' })
    expect(await page(sheet)).not.toContain('不等自评')
    expect((await goOn()).html).toContain('自评还没有截止')
    // 成批同意自评：看过之后又变了的不办；连同完成核查
    const other = `${BASE}/2026/bodies/qtj`
    const version = async (id: string) => String((await db.selectFrom('assessment_sheet').select('version').where('body_id', '=', id).where('year', '=', 2026).executeTakeFirstOrThrow()).version)
    const self = async (code: string) => {
      const form = new FormData()
      for (const [name, value] of Object.entries({ seen: await version(otherId), points: '1', note: '' })) form.set(name, value)
      return (await app.request(`${other}/${code}/self`, { method: 'POST', headers: await headersOf('otherOfficer'), body: form })).status
    }
    expect([await self('14'), await self('15'), await self('17')]).toEqual([303, 303, 303])
    expect(await post(`${other}/steps/submit`, { seen: await version(otherId) }, 'otherHead')).toEqual(ok)
    const agree = `${BASE}/2026/agree`
    const html = await page(agree)
    expect(wordsOf(html)).toContain('其他局：组织领导与制度 1，')
    expect((await post(agree, {})).html).toContain('请勾选机关')
    expect((await post(agree, { body: `qtj ${await version(otherId)}` }, 'head')).status).toBe(403)
    expect(await post(agree, { body: 'qtj 1', finish: 'yes' })).toEqual(ok)
    expect(wordsOf(await page(`${BASE}/2026?q=其他`))).toMatch(/其他局\s+待核查/)
    expect(await post(agree, { body: `qtj ${await version(otherId)}`, finish: 'yes' })).toEqual(ok)
    expect(rowWith(await page(other), '公开制度')).toContain('1 / 1')
    expect(wordsOf(await page(`${BASE}/2026?q=其他`))).toMatch(/其他局\s+待答复核查/)
    setToday('2026-12-21')
    expect(await page(sheet)).toContain('不等自评，径行核查')
    expect((await post(`${sheet}/steps/go-on`, { seen: '1' }, 'head')).status).toBe(403)
    expect(await goOn()).toEqual(ok)
    expect(await page(sheet)).toContain('待核查')
    expect(wordsOf(await page(`${BASE}/2026/agree`))).toContain('没有自评全的 1 家须逐项核查： 示例街道办事处')
    setToday('2026-02-02')
  })
})

test('who may do what: each step and each part, by each post', async () => {
  const paths = ['steps/submit', 'steps/accept', 'steps/appeal', 'steps/finish-check', 'steps/decide', 'steps/excuse', '14/self', '14/appeal', '14/check', '14/decide'] as const
  const allowed: Record<Who, readonly string[]> = {
    office: ['steps/finish-check', 'steps/decide', 'steps/excuse', '14/check', '14/decide'],
    head: ['steps/submit', 'steps/accept', 'steps/appeal', '14/self', '14/appeal'],
    officer: ['14/self', '14/appeal'],
    handler: [], secrecy: [], otherHead: [], otherOfficer: [], admin: [],
  }
  for (const who of Object.keys(POSTS) as Who[])
    for (const path of paths) {
      const form = new FormData()
      form.set('seen', await versionOf())
      form.set('reason', '理由写明')
      const body = path.startsWith('steps') ? new URLSearchParams({ seen: await versionOf(), reason: '理由写明' }).toString() : form
      const headers = { ...(await headersOf(who)), ...(path.startsWith('steps') ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) }
      const { status } = await app.request(`${mine}/${path}`, { method: 'POST', headers, body })
      expect([who, path, status === 403 ? 'no' : 'yes']).toEqual([who, path, allowed[who].includes(path) ? 'yes' : 'no'])
    }
})
