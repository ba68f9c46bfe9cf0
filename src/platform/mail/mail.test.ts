import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aBody } from '../../bodies/testing.ts'
import { transaction } from '../connect.ts'
import type { Deps } from '../deps.ts'
import { runJobsOnce } from '../jobs.ts'
import { testDb } from '../testing.ts'
import { deliverMails } from './deliver-mails.ts'
import { countMails, isMailAddress, mailJobs, outboxOf, sendMail } from './index.ts'
import { MailInvalid } from './mail.ts'
import { purgeOutbox } from './purge-outbox.ts'
import { fakeSmtp, readMail } from './testing.ts'
import type { FakeSmtp } from './testing.ts'

const { db, deps: plain, setToday, url } = testDb()
let bodyId = ''
let smtp: FakeSmtp
let deps: Deps

beforeAll(async () => {
  bodyId = (await aBody(plain, { code: 'sljd', name: '示例街道办事处', kind: 'street' })).bodyId
  smtp = await fakeSmtp()
  deps = { ...plain, config: { ...plain.config, smtpUrl: smtp.url, mailFrom: 'openness@wuchang.gov.cn' } }
})
afterAll(() => smtp.stop())
beforeEach(async () => {
  await db.deleteFrom('mail_out').execute()
  smtp.mails.length = 0
  smtp.recipients.length = 0
  smtp.answer = () => '250 ok'
  setToday('2026-01-15')
})

const LETTER = { to: 'chengban@wuchang.gov.cn', subject: '示公开申〔2026〕1号：还有 3 个工作日到期', text: '应当于 2026 年 1 月 20 日前答复。\n\nhttp://localhost:3000/desk/applications/1\n' }
const send = (given: Partial<typeof LETTER> = {}) => transaction(db, (tx) => sendMail(tx, deps, { bodyId, ...LETTER, ...given }, deps.clock.now()))
const rows = () => db.selectFrom('mail_out').selectAll().orderBy('mail_id').execute()

test('a mail is written with what it tells of, sealed, and sent by the job; the address is then gone', async () => {
  await send()
  const [waiting] = await rows()
  expect(waiting).toMatchObject({ state: 'waiting', attempts: 0 })
  expect(waiting?.to_sealed?.toString('latin1')).not.toContain('chengban')
  await runJobsOnce(url, deps, mailJobs({}))
  expect(smtp.recipients).toEqual([LETTER.to])
  expect(readMail(smtp.mails[0] ?? '')).toMatchObject({ subject: LETTER.subject, to: LETTER.to, text: LETTER.text })
  expect(smtp.mails[0]).toContain('Auto-Submitted: auto-generated')
  expect(smtp.mails[0]).toContain(`Message-ID: <${waiting?.mail_id}@wuchang.gov.cn>`)
  expect(await rows()).toMatchObject([{ state: 'sent', to_sealed: null, attempts: 1, fault: null }])
  await runJobsOnce(url, deps, mailJobs({}))
  await deliverMails(deps)
  expect(smtp.mails.length).toBe(1)
})

test('the mail falls with the transaction', async () => {
  await transaction(db, async (tx) => {
    await sendMail(tx, deps, { bodyId, ...LETTER }, deps.clock.now())
    throw new Error('退回')
  }).catch(() => {})
  expect(await rows()).toEqual([])
})

test('a head cannot be slipped in, nothing is too long, an address is one address', async () => {
  const bad: Partial<typeof LETTER>[] = [
    { subject: '到期\r\nBcc: x@evil.example' }, { subject: '到期\nX' }, { subject: ' ' }, { subject: '长'.repeat(201) },
    { text: '' }, { text: '长'.repeat(20_001) },
    { to: 'a@b.cn\r\nBcc: x@evil.example' }, { to: 'a@b.cn,c@d.cn' }, { to: '<a@b.cn>' }, { to: 'a b@c.cn' }, { to: 'a@' }, { to: `${'a'.repeat(64)}@${'b'.repeat(200)}.cn` },
  ]
  for (const given of bad) await expect(send(given)).rejects.toThrow(MailInvalid)
  expect(await rows()).toEqual([])
  fc.assert(fc.property(fc.string(), fc.constantFrom('\r', '\n', '\0', ' ', ',', '<', '>', ';', ':', '"'), (text, sign) => !isMailAddress(`a${sign}@b.cn`) && !isMailAddress(`a@b${sign}${text}.cn`)))
})

test('a refused recipient is given up at once, by code alone; the others still go', async () => {
  smtp.answer = (line) => (line.includes('nobody') ? '550 no such user nobody@wuchang.gov.cn' : '250 ok')
  await send({ to: 'nobody@wuchang.gov.cn' })
  await send()
  await deliverMails(deps)
  expect(smtp.recipients).toEqual([LETTER.to])
  expect((await rows()).map((row) => [row.state, row.fault, row.to_sealed])).toEqual([['failed', 'EENVELOPE 550', null], ['sent', null, null]])
  expect(await countMails(db)).toEqual({ waiting: 0, failed: 1 })
})

test('a passing fault is tried again, later each time', async () => {
  smtp.answer = () => '451 try later'
  await send()
  await deliverMails(deps)
  expect(await rows()).toMatchObject([{ state: 'waiting', attempts: 1, fault: 'EENVELOPE 451' }])
  await deliverMails(deps)
  expect(await rows()).toMatchObject([{ attempts: 1 }])
  smtp.answer = () => '250 ok'
  setToday('2026-01-16')
  await deliverMails(deps)
  expect(await rows()).toMatchObject([{ state: 'sent', attempts: 2, fault: null }])
  expect(smtp.mails.length).toBe(1)
})

test('a server that is down loses nothing for three days, and one wait serves for all', async () => {
  const gone = await fakeSmtp()
  await gone.stop()
  const down = { ...deps, config: { ...deps.config, smtpUrl: gone.url } }
  for (let i = 0; i < 3; i++) await send()
  await deliverMails(down)
  const waiting = await rows()
  expect(waiting.map((row) => [row.state, row.attempts])).toEqual(Array.from({ length: 3 }, () => ['waiting', 1]))
  expect(new Set(waiting.map((row) => row.fault)).size).toBe(1)
  expect(await countMails(db)).toEqual({ waiting: 3, failed: 0 })
  setToday('2026-01-19')
  await deliverMails(down)
  expect((await rows()).map((row) => row.state)).toEqual(['failed', 'failed', 'failed'])
})

test('name and password are not said to a server that does not encrypt', async () => {
  const [, host] = /^smtp:\/\/([^?]+)/.exec(smtp.url) ?? []
  await send()
  smtp.said.length = 0
  await deliverMails({ ...deps, config: { ...deps.config, smtpUrl: `smtp://openness:secret-word@${host}` } })
  expect(await rows()).toMatchObject([{ state: 'waiting', fault: expect.stringMatching(/^ETLS/) }])
  expect(smtp.said).toContain('STARTTLS')
  expect(smtp.said.filter((line) => /AUTH|secret|MAIL/.test(line))).toEqual([])
})

test('taken and never finished (the process died): sent again after the lease, as the same mail', async () => {
  await send()
  await db.updateTable('mail_out').set({ attempts: 1, next_at: new Date('2026-01-15T12:15:00+08:00') }).execute()
  await deliverMails(deps)
  expect(smtp.mails.length).toBe(0)
  setToday('2026-01-16')
  await deliverMails(deps)
  expect(smtp.mails.length).toBe(1)
})

test('no more than sixty in one go, none lost', async () => {
  for (let i = 0; i < 61; i++) await send({ to: `a${i}@wuchang.gov.cn` })
  expect(await deliverMails(plain)).toEqual({ more: true })
  expect(await countMails(db)).toEqual({ waiting: 1, failed: 0 })
  expect(await deliverMails(plain)).toEqual({ more: false })
  expect(await countMails(db)).toEqual({ waiting: 0, failed: 0 })
})

test('a key that was changed: the address cannot be read, the mail is closed', async () => {
  await send()
  await deliverMails({ ...deps, config: { ...deps.config, secretKey: 'another key of thirty-two letters 1234' } })
  expect(await rows()).toMatchObject([{ state: 'failed', fault: 'SealBroken' }])
})

test('without a server each mail is a file in the outbox; old ones go', async () => {
  await send()
  await deliverMails(plain)
  const [row] = await rows()
  const raw = readFileSync(join(outboxOf(plain.config), `${row?.mail_id}.eml`), 'utf8')
  expect(readMail(raw)).toMatchObject({ subject: LETTER.subject, text: LETTER.text })
  expect(raw).toContain('From: ')
  expect(raw).toContain('mingchuang@localhost')
  const before = readdirSync(outboxOf(plain.config)).length
  expect(await purgeOutbox(plain.config, 3)).toBe(before - 3)
  expect(readdirSync(outboxOf(plain.config))).toContain(`${row?.mail_id}.eml`)
  setToday('2026-06-01')
  await mailJobs({})['mail.purge']?.(plain, {})
  expect(await rows()).toEqual([])
})
