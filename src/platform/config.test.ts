import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const dir = mkdtempSync(join(tmpdir(), 'mc-config-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const read = (env: Record<string, string>) => readConfig({ DATA_DIR: dir, ...env })

test('nothing set is a demonstration on the embedded database, its secret kept', () => {
  const config = read({ SECRET_KEY: '' })
  expect(config).toMatchObject({ mode: 'demo', databaseUrl: null, port: 3000, baseUrl: 'http://localhost:3000', worker: true })
  expect(config.secretKey).toHaveLength(64)
  expect(read({}).secretKey).toBe(config.secretKey)
})

test('inner hosts and networks for webhooks are listed by comma or space', () => {
  expect(read({ WEBHOOK_ALLOW: '10.20.0.0/16, hall.gov.local fd00::/8' }).webhookAllow).toEqual(['10.20.0.0/16', 'hall.gov.local', 'fd00::/8'])
  expect(read({}).webhookAllow).toEqual([])
})

test.each<[Record<string, string>, string]>([
  [{ PORT: '80x' }, 'PORT'],
  [{ PORT: '70000' }, 'PORT'],
  [{ MINGCHUANG_MODE: 'prod' }, 'MINGCHUANG_MODE'],
  [{ MINGCHUANG_MODE: 'production' }, 'SECRET_KEY'],
  [{ MINGCHUANG_MODE: 'production', SECRET_KEY: 'short' }, 'SECRET_KEY'],
  [{ MINGCHUANG_MODE: 'production', SECRET_KEY: 'mingchuang'.repeat(4) }, 'SECRET_KEY'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
  [{ BASE_URL: 'ftp://x' }, 'BASE_URL'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY'],
  [{ WEBHOOK_ALLOW: '10.0.0.0/33' }, 'WEBHOOK_ALLOW'],
  [{ WEBHOOK_ALLOW: 'https://hall.local' }, 'WEBHOOK_ALLOW'],
  [{ SMTP_URL: 'http://mail.example', MAIL_FROM: 'a@b.cn' }, 'SMTP_URL'],
  [{ SMTP_URL: 'smtp://mail.example' }, 'MAIL_FROM'],
  [{ MAIL_FROM: 'a@b.cn\nBcc: c@d.cn' }, 'MAIL_FROM'],
])('%j stops the start and names %s, not its value', (env, name) => {
  const failure = (() => {
    try {
      return read(env)
    } catch (error) {
      return error
    }
  })()
  expect(failure).toBeInstanceOf(ConfigError)
  const { message } = failure as ConfigError
  expect(message).toContain(name)
  expect(message).toMatch(/[一-鿿]/)
  if (env['SECRET_KEY']) expect(message).not.toContain(env['SECRET_KEY'])
})
