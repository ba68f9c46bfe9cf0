import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { PNG } from '../../applications/citizen/testing-citizen.ts'
import { mailJobs } from '../../platform/mail/index.ts'
import { testDb } from '../../platform/testing.ts'
import { complaintJobs } from './jobs.ts'
import { fetchImap } from './mail/fetch-imap.ts'
import { inboxOf } from './mail/inbox.ts'
import { MAIL_LIMITS } from './mail/mail-limits.ts'
import { fakeImap } from './mail/testing-imap.ts'
import { openMailReader } from './mail/read-mail.ts'
import { purgeInbox, sweepInbox } from './mail/sweep-inbox.ts'
import { aMail } from './testing-mails.ts'
import { aVisitor, twoDesks } from './testing-desk.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const inbox = inboxOf(deps.config)
let desks: Awaited<ReturnType<typeof twoDesks>>

beforeAll(async () => {
  setToday('2025-03-03')
  desks = await twoDesks(app, deps, setToday)
})

async function drop(name: string, mail: string | Uint8Array, folder = ''): Promise<void> {
  await mkdir(join(inbox, folder), { recursive: true })
  await writeFile(join(inbox, folder, name), mail)
}
const filesIn = async (folder: string): Promise<string[]> => (await readdir(join(inbox, folder)).catch((): string[] => [])).toSorted((a, b) => (a < b ? -1 : 1))
const listRows = () => db.selectFrom('complaint').selectAll().orderBy('complaint_id').execute()

test('a complaint by mail ends in feedback', async () => {
  await drop('one.eml', aMail())
  await complaintJobs['complaints.sweep-inbox']?.(deps, {})
  expect([await filesIn(''), await filesIn('done')]).toEqual([['done'], ['one.eml']])
  const [row] = await listRows()
  expect(row).toMatchObject({ body_id: desks.office.bodyId, about_body_id: desks.street.bodyId, channel: 'MAILBOX', matter: 'broken-column', basis: 'A47', anonymous: false, due_on: '2025-03-24' })
  const { complaint_id: complaintId = '', reg_no: regNo = '' } = row ?? {}
  await mailJobs({})['mail.deliver']?.(deps, {})
  const [sent = ''] = await readdir(join(deps.config.dataDir, 'outbox'))
  const ack = await db.selectFrom('mail_out').selectAll().executeTakeFirstOrThrow()
  expect(sent).toBe(`${ack.mail_id}.eml`)
  expect(ack.subject).toBe(`${regNo} 已收到您的反映`)
  const code = /查询码 ([A-Z0-9-]{14})/.exec(ack.text_body)?.[1] ?? ''

  // 直接回信即补充；别人冒用这个编号的，另作一件
  await drop('reply.eml', aMail({ id: '<two@example.cn>', subject: 'Re: 已收到', text: '补充：是二月二十日发现的。', headers: [`In-Reply-To: <${ack.mail_id}@localhost>`] }))
  await drop('forged.eml', aMail({ id: '<three@example.cn>', from: '李某 <li@example.cn>', text: '我也反映', headers: [`In-Reply-To: <${ack.mail_id}@localhost>`] }))
  await sweepInbox(deps)
  expect((await listRows()).length).toBe(2)
  expect(await desks.page(`/desk/complaints/${complaintId}`, 'office')).toContain('二月二十日发现的')

  await desks.done(complaintId, '2025-03-04', 'accept', {}, 'office')
  await desks.done(complaintId, '2025-03-05', 'investigate', { findings: '链接指向已迁移的地址' }, 'office')
  await desks.done(complaintId, '2025-03-05', 'draft', { outcome: 'founded', grounds: '链接失效', measures: '已督促街道改正' }, 'office')
  await desks.done(complaintId, '2025-03-05', 'decide', { verdict: 'agree' }, 'office2')
  await desks.done(complaintId, '2025-03-05', 'answer', { way: 'mail', text: '经查，成立，链接已经改正。' }, 'office')
  const answer = await db.selectFrom('mail_out').select('text_body').where('subject', '=', `${regNo} 答复`).executeTakeFirstOrThrow()
  expect(answer.text_body).toContain('链接已经改正')
  const visitor = aVisitor(app)
  expect((await visitor.post('/complain/track', { regNo, code })).status).toBe(303)
  expect((await visitor.post('/complain/track/rate', { rating: 'satisfied', text: '' })).status).toBe(303)
  await desks.done(complaintId, '2025-03-05', 'close', { note: '' }, 'office')
  expect(await desks.rowOf(complaintId)).toMatchObject({ status: 'closed', rating: 'satisfied' })
})

test('a body’s own mailbox; HTML becomes text, nothing outside is asked for; attachments by what they are', async () => {
  setToday('2025-03-06')
  const html = ['--b', 'Content-Type: text/html; charset=utf-8', '', '<style>p{}</style><script>alert(1)</script><p>第一段</p><p>第二段<img src="http://tracker.example/x.gif"></p>', '--b', 'Content-Type: image/png', 'Content-Disposition: attachment; filename="../../shot.png"', 'Content-Transfer-Encoding: base64', '', Buffer.from(PNG).toString('base64'), '--b', 'Content-Type: application/pdf', 'Content-Disposition: attachment; filename="virus.pdf"', '', 'MZ not a pdf', '--b--', ''].join('\r\n')
  await drop('html.eml', aMail({ id: '<four@example.cn>', headers: ['Content-Type: multipart/mixed; boundary=b'], text: html }), 'sljd')
  expect(await sweepInbox(deps)).toBe(1)
  const row = (await listRows()).at(-1)
  expect(row?.body_id).toBe(desks.street.bodyId)
  const page = await desks.page(`/desk/complaints/${row?.complaint_id ?? ''}`, 'officer')
  for (const words of ['<p>第一段</p>', '<p>第二段</p>', '另有 1 份附件没有收', 'shot.png']) expect(page).toContain(words)
  for (const words of ['alert(1)', 'tracker.example', 'virus.pdf']) expect(page).not.toContain(words)
  const file = /\/files\/[0-9a-f-]{36}/.exec(page)?.[0] ?? ''
  const got = await desks.get(`/desk/complaints/${row?.complaint_id ?? ''}${file}`, 'officer')
  expect([got.headers.get('content-type'), Buffer.from(await got.arrayBuffer()).equals(Buffer.from(PNG))]).toEqual(['image/png', true])
})

test('the same mail is not taken twice: by Message-ID, without one by its bytes, and after a crash before it was moved', async () => {
  const before = (await listRows()).length
  await drop('again.eml', aMail())
  await drop('bare-1.eml', aMail({ id: null, from: 'x@example.cn', text: '没有编号的信' }))
  await drop('bare-2.eml', aMail({ id: null, from: 'x@example.cn', text: '没有编号的信' }))
  expect(await sweepInbox(deps)).toBe(1)
  expect((await listRows()).length).toBe(before + 1)
  await drop('bare-1.eml', aMail({ id: null, from: 'x@example.cn', text: '没有编号的信' }))
  expect(await sweepInbox(deps)).toBe(0)
  expect((await filesIn('done')).filter((name) => name.startsWith('bare-1')).length).toBe(2)
})

const PART = '--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n'

test('a mail of many parts, a mail within mails within mails: five files are taken, the rest only counted', async () => {
  const reader = openMailReader()
  const many = await reader.read(Buffer.from(aMail({ headers: ['Content-Type: multipart/mixed; boundary=b'], text: `${PART.repeat(500)}--b--` })))
  expect(many.ok && [many.mail.files.length, many.mail.moreFiles]).toEqual([MAIL_LIMITS.files, 500 - MAIL_LIMITS.files])
  let nested = 'From: a@example.cn\r\n\r\nhi'
  for (let i = 0; i < 60; i += 1) nested = `From: a@example.cn\r\nSubject: level ${i}\r\nContent-Type: multipart/mixed; boundary=n${i}\r\n\r\n--n${i}\r\nContent-Type: message/rfc822\r\n\r\n${nested}\r\n--n${i}--\r\n`
  const deep = await reader.read(Buffer.from(nested))
  expect(deep.ok && [deep.mail.subject, deep.mail.files.length <= MAIL_LIMITS.files, deep.mail.text.length <= MAIL_LIMITS.text]).toEqual(['level 59', true, true])
  await reader.close()
})

test('machines are not answered; hostile mails end in failed/ with the reason, the next one is still taken', async () => {
  setToday('2025-03-10')
  const before = (await listRows()).length
  const deep = Array.from({ length: 60 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`).join('')
  const mails: Readonly<Record<string, string | Uint8Array>> = {
    'auto.eml': aMail({ id: '<a@x>', headers: ['Auto-Submitted: auto-replied'] }),
    'bounce.eml': aMail({ id: '<b@x>', from: 'MAILER-DAEMON@example.cn' }),
    'list.eml': aMail({ id: '<c@x>', headers: ['List-Id: <news.example.cn>'] }),
    'ourselves.eml': aMail({ id: '<d@x>', from: `x <${deps.config.mailFrom}>` }),
    'deep.eml': `From: a@example.cn\r\nMessage-ID: <e@x>\r\n${deep}`,
    'headers.eml': `From: a@example.cn\r\nX-Long: ${'a'.repeat(MAIL_LIMITS.headerBytes * 2)}\r\n\r\nhi`,
    'parts.eml': aMail({ id: '<p@x>', headers: ['Content-Type: multipart/mixed; boundary=b'], text: `${PART.repeat(10_000)}--b--` }),
    'large.eml': new Uint8Array(MAIL_LIMITS.bytes + 1),
    'z-good.eml': aMail({ id: '<good@x>', from: 'good@example.cn' }),
  }
  for (const [name, mail] of Object.entries(mails)) await drop(name, mail)
  expect(await sweepInbox(deps)).toBe(1)
  expect((await listRows()).length).toBe(before + 1)
  const failed = await filesIn('failed')
  for (const name of Object.keys(mails).filter((each) => each !== 'z-good.eml')) expect(failed).toEqual(expect.arrayContaining([name, `${name}.txt`]))
  expect(await readFile(join(inbox, 'failed', 'auto.eml.txt'), 'utf8')).toContain('自动回复')
  expect(await readFile(join(inbox, 'failed', 'large.eml.txt'), 'utf8')).toContain('超过 25 MB')
})

test('one address may not flood the mailbox, nor make us write without end', async () => {
  setToday('2025-03-12')
  const before = (await listRows()).length
  for (let i = 0; i < 22; i += 1) await drop(`flood-${String(i).padStart(2, '0')}.eml`, aMail({ id: `<flood${i}@x>`, from: 'flood@example.cn', text: `第 ${i} 封` }))
  await sweepInbox(deps)
  expect((await listRows()).length).toBe(before + 20)
  const acks = await db.selectFrom('complaint_mail').select('ack_id').where('received_at', '>=', new Date('2025-03-12T00:00:00+08:00')).where('ack_id', 'is not', null).execute()
  expect(acks.length).toBe(5)
})

test('one that cannot be dealt with now does not hold up the rest, and stays', async () => {
  setToday('2025-03-13')
  const before = (await listRows()).length
  const files = { ...deps.clock, today: () => { throw new TypeError('时钟坏了') } }
  await drop('a-first.eml', aMail({ id: '<stuck@x>', from: 'stuck@example.cn' }))
  await expect(sweepInbox({ ...deps, clock: files })).rejects.toThrow()
  expect(await filesIn('')).toContain('a-first.eml')
  expect(await sweepInbox(deps)).toBe(1)
  expect((await listRows()).length).toBe(before + 1)
})

test('from an IMAP mailbox: unread ones are fetched, kept, then marked; a wrong password, a server away: nothing lost, nothing thrown', async () => {
  const server = await fakeImap(new Map([[7, aMail({ id: '<imap1@x>', from: 'imap@example.cn', text: '来自邮箱的反映' })], [9, aMail({ id: '<imap2@x>', from: 'imap@example.cn', text: '第二封' })]]), 'secret')
  const withUrl = (imapUrl: string | null) => ({ ...deps, config: { ...deps.config, imapUrl } })
  expect(await fetchImap(withUrl(null))).toBe(0)
  expect(await fetchImap(withUrl(server.url.replace('secret', 'wrong')))).toBe(0)
  expect(server.seen.size).toBe(0)
  expect(await fetchImap(withUrl(server.url))).toBe(2)
  expect([...server.seen]).toEqual([7, 9])
  expect(await fetchImap(withUrl(server.url))).toBe(0)
  expect(await sweepInbox(deps)).toBe(2)
  // 没有写明可以不加密的，不把口令交给不能加密的服务器
  const before = server.said.filter((line) => line.includes('LOGIN')).length
  expect(await fetchImap(withUrl(server.url.replace('?ignoreTLS=true', '')))).toBe(0)
  expect(server.said.filter((line) => line.includes('LOGIN')).length).toBe(before)
  await server.stop()
  expect(await fetchImap(withUrl(server.url))).toBe(0)
})

test('originals are kept thirty days', async () => {
  const old = new Date('2025-01-01T00:00:00Z')
  await utimes(join(inbox, 'done', 'one.eml'), old, old)
  setToday('2025-03-13')
  expect(await purgeInbox(deps)).toBe(1)
  expect(await filesIn('done')).not.toContain('one.eml')
})

test('whatever the bytes, reading a mail ends, with a mail or a reason', async () => {
  const reader = openMailReader()
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
      const read = await reader.read(bytes)
      expect(read.ok ? read.mail.text.length <= MAIL_LIMITS.text && !/(?![\t\n])\p{Cc}/u.test(read.mail.text) : read.why.length > 0).toBe(true)
    }),
    { numRuns: 40 },
  )
  await reader.close()
})
