import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { runJobsOnce } from '../../platform/jobs.ts'
import { mailJobs, outboxOf } from '../../platform/mail/index.ts'
import { readMail } from '../../platform/mail/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { aPublishedItem } from '../testing-published.ts'
import { withdraw } from '../testing.ts'
import { subscriptionComposers, subscriptionJobs } from './jobs.ts'
import { subscriptionPath } from './subscription-token.ts'
import { isWanted, tidyWords } from './subscription.ts'

const { db, deps, setToday, url } = testDb()
let body = { bodyId: '' }
let street = { bodyId: '' }

// 限速记在应用里，各测试各起一个
let app = createApp(deps, appParts(deps))
beforeAll(async () => {
  await aDistrict(deps)
  body = await aBody(deps, { code: 'csyxglzx', name: '示例中心' })
  street = await aBody(deps, { code: 'sljd', name: '示例街道' })
})
beforeEach(async () => {
  app = createApp(deps, appParts(deps))
  setToday('2026-01-15')
  await db.deleteFrom('mail_subscription').execute()
  await db.deleteFrom('mail_out').execute()
})

const post = (path: string, fields: Record<string, string> = {}, headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' }) =>
  app.request(path, { method: 'POST', headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() })
const deliver = () => runJobsOnce(url, deps, { ...mailJobs(subscriptionComposers), ...subscriptionJobs })
const digest = async () => {
  await subscriptionJobs['subscriptions.digest']?.(deps, {})
  return db.selectFrom('mail_out').selectAll().where('state', '=', 'waiting').execute()
}

const seen = new Set<string>()
/** 新发出的信。 */
async function mails(): Promise<{ subject: string; to: string; text: string; raw: string }[]> {
  await deliver()
  const files = (await readdir(outboxOf(deps.config)).catch(() => [])).filter((name) => !seen.has(name)).toSorted()
  for (const name of files) seen.add(name)
  const raws = await Promise.all(files.map((name) => readFile(join(outboxOf(deps.config), name), 'utf8')))
  return raws.map((raw) => ({ ...readMail(raw), raw }))
}
const linkIn = (text: string): string => new URL(/https?:\/\/\S+\/subscribe\/\S+/.exec(text)?.[0] ?? '').pathname

async function subscribed(fields: Record<string, string>): Promise<string> {
  expect((await post('/subscribe', fields)).status).toBe(303)
  const [mail] = await mails()
  const link = linkIn(mail?.text ?? '')
  expect((await post(link)).status).toBe(303)
  return link
}

test('asked, mailed, confirmed; the address is nowhere in the clear', async () => {
  const answer = await post('/subscribe', { body: 'csyxglzx', topic: 'finance', words: '预算  决算 预算', mail: 'Reader@example.cn' })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/subscribe/asked'])
  const [mail, ...none] = await mails()
  expect(none).toEqual([])
  expect(mail).toMatchObject({ to: 'Reader@example.cn', subject: expect.stringContaining('请确认订阅') as unknown })
  expect(mail?.text).toContain('示例中心，主题为「财政、金融、审计」，含有「预算 决算」')
  const link = linkIn(mail?.text ?? '')
  // 邮件软件预先打开网址，不算确认
  expect(await (await app.request(link)).text()).toContain('确认订阅</button>')
  expect((await db.selectFrom('mail_subscription').select('state').executeTakeFirstOrThrow()).state).toBe('waiting')
  await post(link)
  expect(await (await app.request(link)).text()).toContain('订阅已经生效')
  const row = await db.selectFrom('mail_subscription').selectAll().executeTakeFirstOrThrow()
  expect(row).toMatchObject({ state: 'active', body_id: body.bodyId, words: '预算 决算' })
  expect(JSON.stringify(row)).not.toContain('example')
  expect(row.mail_sealed.toString('latin1').toLowerCase()).not.toContain('reader')
})

test('wrong fields are told beside the field, and what was typed is kept', async () => {
  const page = await (await post('/subscribe', { mail: 'not an address', words: '预算', topic: 'none', body: 'none' })).text()
  for (const words of ['不像一个邮箱地址', '请从所列的主题里选', '请从所列的机关里选', 'value="not an address"', 'value="预算"']) expect(page).toContain(words)
  expect((await post('/subscribe', {})).status).toBe(422)
})

test('nobody learns from the page whether an address is subscribed', async () => {
  await subscribed({ mail: 'known@example.cn' })
  const [known, unknown] = [await post('/subscribe', { mail: 'known@example.cn' }), await post('/subscribe', { mail: 'unknown@example.cn' })]
  expect([known.status, known.headers.get('location')]).toEqual([unknown.status, unknown.headers.get('location')])
  expect(Object.fromEntries((await mails()).map(({ to, subject }) => [to, subject.includes('已经订阅')]))).toEqual({ 'known@example.cn': true, 'unknown@example.cn': false })
})

test('one address is not flooded, and holds only so many', async () => {
  for (let n = 0; n < 8; n++) await post('/subscribe', { mail: 'flood@example.cn', words: `词${n}` })
  expect((await mails()).length).toBe(4)
  expect((await post('/subscribe', { mail: 'other@example.cn' })).status).toBe(303)
  for (let n = 0; n < 4; n++) await post('/subscribe', { mail: `more${n}@example.cn` })
  expect((await post('/subscribe', { mail: 'third@example.cn' })).status).toBe(429)
})

test('not confirmed within forty-eight hours: gone', async () => {
  await post('/subscribe', { mail: 'late@example.cn' })
  const link = linkIn((await mails())[0]?.text ?? '')
  setToday('2026-01-18')
  expect((await post(link)).status).toBe(404)
  await subscriptionJobs['subscriptions.purge']?.(deps, {})
  expect(await db.selectFrom('mail_subscription').selectAll().execute()).toEqual([])
})

test('a link with another token, another act or another id opens nothing', async () => {
  const link = await subscribed({ mail: 'a@example.cn' })
  const [, , , id = '', token = ''] = link.split('/')
  for (const path of [`/subscribe/end/${id}/${token}`, `/subscribe/confirm/${id}/${token.slice(1)}x`, `/subscribe/confirm/not-an-id/${token}`, `/subscribe/end/019a0000-0000-7000-8000-000000000001/${token}`]) {
    expect([path, (await app.request(path)).status]).toEqual([path, 404])
    expect([path, (await post(path)).status]).toEqual([path, 404])
  }
  expect((await db.selectFrom('mail_subscription').selectAll().execute()).length).toBe(1)
})

describe('the daily mail', () => {
  const wait = () => setToday('2026-01-16')

  test('what is new and wanted, once, with a way out in the text and in the head', async () => {
    await subscribed({ mail: 'a@example.cn', body: 'csyxglzx', words: '预算' })
    setToday('2026-01-16')
    const { indexNo } = await aPublishedItem(deps, body.bodyId, { title: '2026 年部门预算' })
    await aPublishedItem(deps, body.bodyId, { title: '机构职能' })
    await aPublishedItem(deps, street.bodyId, { title: '街道预算' })
    setToday('2026-01-17')
    await digest()
    const [mail, ...none] = await mails()
    expect(none).toEqual([])
    expect(mail?.subject).toContain('1 条新公开的信息（2026-01-17）')
    expect(mail?.text).toContain('2026 年部门预算\n示例中心  2026-01-16\n')
    expect(mail?.text).toContain(`/items/${indexNo}`)
    for (const absent of ['机构职能', '街道预算']) expect(mail?.text).not.toContain(absent)
    const head = (mail?.raw ?? '').split('\r\n\r\n')[0]?.replaceAll(/\r\n[ \t]+/g, ' ') ?? ''
    const link = linkIn(mail?.text ?? '')
    expect(head).toContain(link)
    expect(head).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    // 次日没有新的，不发
    setToday('2026-01-18')
    expect(await digest()).toEqual([])
    // 邮件软件的退订按钮：没有 Cookie，没有来处
    expect((await post(link, { 'List-Unsubscribe': 'One-Click' }, {})).status).toBe(200)
    expect(await db.selectFrom('mail_subscription').selectAll().execute()).toEqual([])
    expect(await (await app.request(link)).text()).toContain('已经退订')
  })

  test('withdrawn between queueing and sending: the mail does not tell of it', async () => {
    await subscribed({ mail: 'a@example.cn' })
    wait()
    const stays = await aPublishedItem(deps, body.bodyId, { title: '留着的一条', publishedOn: '2026-01-15' })
    const gone = await aPublishedItem(deps, body.bodyId, { title: '将撤回的一条', publishedOn: '2026-01-15' })
    setToday('2026-01-17')
    const queued = await digest()
    expect(queued.length).toBe(1)
    expect(JSON.stringify(queued)).not.toContain('一条')
    await withdraw(db, body.bodyId, gone.itemId)
    const [mail] = await mails()
    expect(mail?.text).toContain(stays.indexNo)
    expect(mail?.raw).not.toContain(gone.indexNo)
    expect(mail?.text).not.toContain('将撤回')
  })

  test('nothing left to tell, or unsubscribed meanwhile: no mail at all', async () => {
    await subscribed({ mail: 'a@example.cn', words: '撤回' })
    const [, , , other = ''] = (await subscribed({ mail: 'b@example.cn' })).split('/')
    wait()
    const gone = await aPublishedItem(deps, body.bodyId, { title: '将撤回的又一条', publishedOn: '2026-01-15' })
    setToday('2026-01-17')
    expect((await digest()).length).toBe(2)
    await withdraw(db, body.bodyId, gone.itemId)
    await post(subscriptionPath(fieldKeys(deps.config.secretKey), 'end', other))
    expect(await mails()).toEqual([])
    expect(await db.selectFrom('mail_out').select('mail_id').where('state', '=', 'waiting').execute()).toEqual([])
  })

  test('what was published long ago and is only recorded now is not news', async () => {
    setToday('2026-02-10')
    await subscribed({ mail: 'a@example.cn' })
    setToday('2026-02-11')
    await aPublishedItem(deps, body.bodyId, { title: '十年前的', formedOn: '2016-01-04', publishedOn: '2016-01-05' })
    setToday('2026-02-12')
    expect(await digest()).toEqual([])
  })
})

test('a wish is met by every part of it; its words are tidied once', () => {
  const item = { bodyId: 'x', topic: 'finance' as const, title: '2026 年部门预算', docNo: null, summary: null, keywords: ['决算'] }
  expect(isWanted({ bodyId: null, topic: null, words: '' }, item)).toBe(true)
  expect(isWanted({ bodyId: 'x', topic: 'finance', words: '预算 决算' }, item)).toBe(true)
  for (const wish of [{ bodyId: 'y' }, { topic: 'health' as const }, { words: '预算 采购' }]) expect(isWanted({ bodyId: null, topic: null, words: '', ...wish }, item)).toBe(false)
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => tidyWords(tidyWords(text)) === tidyWords(text)))
})
