import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { fakeSmtp, readMail } from '../platform/mail/testing.ts'
import type { FakeSmtp } from '../platform/mail/testing.ts'
import { mailTestCommand } from './mail-test.ts'

const dir = mkdtempSync(join(tmpdir(), 'mc-mail-'))
let smtp: FakeSmtp
beforeAll(async () => {
  smtp = await fakeSmtp()
  vi.stubEnv('DATA_DIR', dir)
  // vitest 自己设了 BASE_URL
  vi.stubEnv('BASE_URL', '')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await smtp.stop()
  rmSync(dir, { recursive: true, force: true })
})

async function run(...args: string[]) {
  const said = { out: '', err: '' }
  const code = await mailTestCommand.run(args, { out: (text) => void (said.out += text), err: (text) => void (said.err += text) })
  return { code, ...said }
}

test('without a server: the file it was written to', async () => {
  const { code, out } = await run('a@wuchang.gov.cn')
  expect(code).toBe(0)
  expect(readMail(readFileSync(/\S+\.eml/.exec(out)?.[0] ?? '', 'utf8'))).toMatchObject({ to: 'a@wuchang.gov.cn', subject: '明窗：试验邮件' })
})

test('with a server: handed over, refused, or not reached; the answer never repeats what the server said', async () => {
  vi.stubEnv('SMTP_URL', smtp.url)
  vi.stubEnv('MAIL_FROM', 'openness@wuchang.gov.cn')
  expect(await run('a@wuchang.gov.cn')).toEqual({ code: 0, out: '已交给 127.0.0.1', err: '' })
  expect(smtp.recipients).toEqual(['a@wuchang.gov.cn'])
  smtp.answer = () => '550 secret words'
  expect(await run('b@wuchang.gov.cn')).toEqual({ code: 1, out: '', err: '没有发成（EENVELOPE 550）：邮件服务器不收这个地址' })
  await smtp.stop()
  expect(await run('c@wuchang.gov.cn')).toMatchObject({ code: 1, err: expect.stringContaining('请核对 SMTP_URL') })
})

test('one address, nothing else', async () => {
  for (const args of [[], ['x'], ['a@b.cn', 'c@d.cn'], ['a@b.cn\r\nBcc: x@y.cn']]) expect((await run(...args)).code).toBe(2)
})
