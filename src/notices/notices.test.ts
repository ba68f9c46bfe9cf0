import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { setSetting } from '../bodies/index.ts'
import { aBody, aDistrict } from '../bodies/testing.ts'
import type { SignedInActor } from '../identity/index.ts'
import { cookieFor, createAccount } from '../identity/testing.ts'
import { transaction } from '../platform/connect.ts'
import { runJobsOnce } from '../platform/jobs.ts'
import { mailJobs, outboxOf } from '../platform/mail/index.ts'
import { readMail } from '../platform/mail/testing.ts'
import { testDb } from '../platform/testing.ts'
import { noticeJobs, notify } from './index.ts'
import { toWords } from './mail-notices.ts'

const { db, deps, url, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let bodyId = ''
let otherId = ''
const people = new Map<string, SignedInActor>()
const idOf = (name: string): string => people.get(name)?.accountId ?? ''

beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street' })).bodyId
  otherId = (await aBody(deps, { code: 'slju', name: '示例局' })).bodyId
  for (const [name, roles] of [['officer', ['disclosure-officer']], ['handler', ['handler']], ['head', ['disclosure-head']], ['gone', ['handler']]] as const)
    people.set(name, await createAccount(db, { name: `notice.${name}`, displayName: `${name}（演示）`, bodyId, roles, status: name === 'gone' ? 'disabled' : 'active' }))
})

const headersOf = async (who: string) => ({ cookie: await cookieFor(db, people.get(who)!, deps.clock.now()), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' })
const get = async (path: string, who: string) => app.request(path, { headers: await headersOf(who) })
const post = async (path: string, who: string, fields: Record<string, string> = {}) => app.request(path, { method: 'POST', headers: await headersOf(who), body: new URLSearchParams(fields).toString() })
const pageOf = async (who: string, path = '/desk/notices'): Promise<string> => (await get(path, who)).text()
const railCount = (html: string): string | undefined => /href="\/desk\/notices"[^>]*>通知<span class="count">(\d+)/.exec(html)?.[1]

const WORDS = { title: '示公开申〔2026〕1号：还有 3 个工作日', note: '应当于 2026-01-20 前答复', href: '/desk/applications/01a20c5f-c89a-70a3-a655-209725326cf9' }
const tell = (to: { accounts?: string[]; roles?: ('handler' | 'disclosure-officer')[]; except?: string }, key = 'k1', words: Partial<typeof WORDS> = {}) =>
  transaction(db, (tx) => notify(tx, { bodyId, at: deps.clock.now(), ...WORDS, ...words, ...to, key }))
const mails = (): ReturnType<typeof readMail>[] => {
  try {
    return readdirSync(outboxOf(deps.config)).toSorted().map((file) => readMail(readFileSync(join(outboxOf(deps.config), file), 'utf8')))
  } catch {
    return []
  }
}
const runMail = async () => {
  await runJobsOnce(url, deps, { ...noticeJobs, ...mailJobs({}) })
  return mails()
}

test('told once, by account or by role; neither the one who acts nor those no longer in use', async () => {
  expect(await tell({ roles: ['handler', 'disclosure-officer'], accounts: [idOf('head'), idOf('gone')], except: idOf('head') })).toBe(2)
  expect(await tell({ roles: ['handler'], accounts: [idOf('officer')] })).toBe(0)
  for (const who of ['officer', 'handler']) expect(railCount(await pageOf(who))).toBe('1')
  expect(await pageOf('head')).toContain('没有未读的通知')
  expect(await db.selectFrom('notice').select('mail').distinct().execute()).toEqual([{ mail: 'done' }])
})

test('opening a notice marks it read and leads to the case; nobody opens another’s', async () => {
  const html = await pageOf('officer')
  expect(html).toContain(WORDS.note)
  const path = /action="(\/desk\/notices\/[0-9a-f-]{36}\/open)"/.exec(html)?.[1] ?? ''
  expect((await post(path, 'handler')).status).toBe(404)
  const opened = await post(path, 'officer')
  expect([opened.status, opened.headers.get('location')]).toEqual([303, WORDS.href])
  expect(railCount(await pageOf('officer'))).toBe('0')
  expect(await pageOf('officer', '/desk/notices/all')).toContain(WORDS.title)
  expect((await post('/desk/notices/01a20c5f-c89a-70a3-a655-209725326cf9/read', 'officer')).status).toBe(404)
  expect((await post('/desk/notices/nothing/open', 'officer')).status).toBe(404)
})

test('all marked read: only those seen, not one that came after the page; search and pages', async () => {
  for (let i = 0; i < 55; i++) await tell({ accounts: [idOf('head')] }, `many-${i}`, { title: `示公开申〔2026〕${i + 100}号：逾期 1 个工作日` })
  const first = await pageOf('head')
  expect(first).toContain('共 55 条')
  const next = /href="(\?[^"]*after=[^"]*)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const second = await pageOf('head', `/desk/notices${next}`)
  expect([second.match(/\/open"/g)?.length, second.includes('〔2026〕104号'), second.includes('全部标为已读')]).toEqual([5, true, false])
  expect((await pageOf('head', `/desk/notices?q=${encodeURIComponent('〔2026〕154号')}`)).match(/\/open"/g)?.length).toBe(1)
  expect(await pageOf('head', '/desk/notices?q=%25')).toContain('没有符合条件的记录')
  const upTo = /name="upTo" value="([0-9a-f-]{36})"/.exec(first)?.[1] ?? ''
  await tell({ accounts: [idOf('head')] }, 'later', { title: '后来的一条' })
  expect((await post('/desk/notices/read-all', 'head', { upTo })).status).toBe(303)
  const after = await pageOf('head')
  expect([railCount(after), after.includes('后来的一条')]).toEqual(['1', true])
  expect((await post('/desk/notices/read-all', 'head', { upTo: 'x' })).status).toBe(303)
  expect(railCount(await pageOf('head'))).toBe('1')
})

test('an address and a way of mail on the account page; what is wrong is said beside its field', async () => {
  const bad = await post('/desk/account/mail', 'handler', { mail: 'not an address', mode: 'daily' })
  expect(bad.status).toBe(422)
  const html = await bad.text()
  expect(html).toContain('邮箱的写法不对')
  expect(html).toContain('value="not an address"')
  expect((await post('/desk/account/mail', 'handler', { mail: 'handler@wuchang.gov.cn', mode: 'x' })).status).toBe(422)
  for (const [who, mode] of [['handler', 'immediate'], ['officer', 'daily'], ['head', 'none']] as const)
    expect((await post('/desk/account/mail', who, { mail: `${who}@wuchang.gov.cn`, mode })).status).toBe(303)
  expect(await pageOf('officer', '/desk/account')).toContain('value="officer@wuchang.gov.cn"')
  expect(JSON.stringify(await db.selectFrom('audit_event').selectAll().execute())).not.toContain('wuchang.gov.cn')
})

test('several at once make one mail; a digest in the morning; what was read on the page is not mailed', async () => {
  for (const key of ['a', 'b']) await tell({ roles: ['handler', 'disclosure-officer'], accounts: [idOf('head')] }, key, { title: `示公开申〔2026〕7号：${key}` })
  const [only, ...more] = await runMail()
  expect(more).toEqual([])
  expect(only).toMatchObject({ to: 'handler@wuchang.gov.cn', subject: '2 条新通知：示公开申〔2026〕7号：a' })
  for (const said of ['示例街道办事处', '示公开申〔2026〕7号：b', WORDS.note, `http://localhost:0${WORDS.href}`, '请勿回复']) expect(only?.text).toContain(said)
  await noticeJobs['notices.digest']?.(deps, {})
  const [, digest, ...others] = await runMail()
  expect([digest?.to, others]).toEqual(['officer@wuchang.gov.cn', []])
  await noticeJobs['notices.digest']?.(deps, {})
  await tell({ accounts: [idOf('handler')] }, 'read')
  await post('/desk/notices/read-all', 'handler', { upTo: 'ffffffff-ffff-7fff-bfff-ffffffffffff' })
  expect((await runMail()).length).toBe(2)
})

test('a body may do without mail; the notices stay', async () => {
  await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId, key: 'noticeMail', value: false })
  expect(await tell({ accounts: [idOf('handler')] }, 'quiet')).toBe(1)
  expect((await runMail()).length).toBe(2)
  expect(railCount(await pageOf('handler'))).toBe('1')
})

test('notices of another body are told of, but not listed', async () => {
  await db.insertInto('account_role').values({ body_id: otherId, account_id: idOf('handler'), role: 'handler', granted_by: 'system:seed', granted_at: deps.clock.now() }).execute()
  await transaction(db, (tx) => notify(tx, { bodyId: otherId, at: deps.clock.now(), key: 'else', ...WORDS, title: '另一机关的事', roles: ['handler'] }))
  const html = await pageOf('handler')
  expect(html).toContain('示例局 1 条')
  expect(html).not.toContain('另一机关的事')
})

test('words too long are cut between characters, and the deed they tell of goes through', async () => {
  await tell({ accounts: [idOf('head')] }, 'long', { title: '𠮷'.repeat(200), note: '注𠮷'.repeat(200) })
  const { title, note } = await db.selectFrom('notice').select(['title', 'note']).where('key', '=', 'long').executeTakeFirstOrThrow()
  expect([title.length <= 120, note.length <= 300, title.endsWith('…'), title.isWellFormed()]).toEqual([true, true, true, true])
})

test('a mail of many notices says how many more; words are bounded', () => {
  const { subject, text } = toWords(Array.from({ length: 70 }, (_, i) => ({ ...WORDS, title: `${'长'.repeat(119)}${i}`, note: '注'.repeat(300) })), '某机关', 'https://x')
  expect(subject.length).toBeLessThanOrEqual(150)
  expect(text).toContain('另有')
  expect(text.length).toBeLessThanOrEqual(20_000)
  expect(toWords([{ ...WORDS, title: '示〔2026〕1号\r\nBcc: x' }], '某机关', 'https://x').subject).toBe('示〔2026〕1号 Bcc: x')
  expect(toWords([{ ...WORDS, title: '\n' }], '某机关', 'https://x').subject).toBe('通知')
})

test('read ones go after half a year, the rest after a year', async () => {
  setToday('2026-08-01')
  await noticeJobs['notices.purge']?.(deps, {})
  expect((await db.selectFrom('notice').select('read_at').execute()).filter((row) => row.read_at !== null)).toEqual([])
  setToday('2027-02-01')
  await noticeJobs['notices.purge']?.(deps, {})
  expect(await db.selectFrom('notice').select('key').execute()).toEqual([])
})
