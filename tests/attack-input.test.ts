import { Writable } from 'node:stream'
import { beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../src/app.tsx'
import { appParts } from '../src/app-parts.ts'
import { createLog } from '../src/platform/log.ts'
import { attackGround } from './support/attack-ground.ts'
import type { Who } from './support/attack-ground.ts'

const { app, db, deps, get, post, headers, settle } = attackGround()
beforeAll(settle)

const DASHES = '-'.repeat(36)
const LEAKS = /\bat .*:\d+:\d+|node_modules|select .* from|postgres:|\/work\/|ECONN|SQLSTATE/i

/** 无论如何都是说得清的答复，不是 500，不露内情。 */
async function answered(response: Response): Promise<number> {
  const text = await response.text()
  expect(response.status, text.slice(0, 300)).toBeLessThan(500)
  expect(text).not.toMatch(LEAKS)
  return response.status
}

describe('addresses made up by hand', () => {
  const PLACES: readonly [string, Who?][] = [
    ['/bodies/~'], ['/bodies/~/annual-reports/2024'], ['/annual-reports?year=~'], ['/~'], ['/sign-in?next=~'],
    ['/desk/reports/~/2024', 'officer'], ['/desk/reports/own/2024/cells/~', 'officer'], ['/desk/reports?page=~&sort=~', 'officer'],
    ['/desk/records/application/~/~', 'district'], ['/desk/records/item/~/~', 'district'], ['/desk/records/~/~/~', 'district'],
    ['/desk/ledgers/imports/~', 'officer'], ['/desk/ledgers/new/~', 'officer'],
    ['/desk/admin/accounts?q=~&body=~&sort=~', 'system'], ['/desk/admin/accounts/~', 'system'], ['/desk/admin/bodies/~', 'system'],
    ['/desk/admin/audit?body=~&kind=~&from=~&to=~&after=~', 'auditor'], ['/desk/admin/audit.csv?from=~&to=~', 'auditor'],
  ]
  const JUNK = ['a%00b', '%ff%fe', '%', '%2e%2e%2fetc', "'%20or%201=1--", '%25', 'x'.repeat(2000), DASHES, '__proto__', '-1', '1e9', '0001-01-01', '9999-12-31']
  test.each(PLACES)('%s', async (place, who) => {
    for (const junk of JUNK) await answered(await get(place.replaceAll('~', junk), who))
  })

  test('days before 1970 are a filter like any other', async () => {
    for (const day of ['0001-01-01', '1900-01-01', '1969-12-31'])
      expect(await answered(await get(`/desk/admin/audit?from=${day}&to=9999-12-31`, 'auditor'))).toBe(200)
  })
})

describe('text that no database and no document can hold', () => {
  const NASTY = 'a\0b\u0001\u000b\u001b\uffffc'
  test('is kept without what cannot be seen', async () => {
    expect((await post('/desk/admin/bodies/own/settings/court', { value: `某${NASTY}法院`, basis: `依${NASTY}据` }, 'district')).status).toBe(303)
    expect(await (await get('/desk/admin/bodies/own', 'district')).text()).toContain('某abc法院')
    expect((await post('/desk/reports/own/2024/open', {}, 'officer')).status).toBe(303)
    expect((await post('/desk/reports/own/2024/freeze', {}, 'officer')).status).toBe(303)
    expect((await post('/desk/reports/own/2024/narrative', { version: '2', introduction: `引言${NASTY}` }, 'officer')).status).toBe(303)
    expect(await (await get('/desk/reports/own/2024/narrative', 'officer')).text()).toContain('引言abc')
  })

  test('in a name, a password or a file name is refused in words', async () => {
    expect(await answered(await post('/sign-in', { name: NASTY, password: NASTY, next: NASTY }))).toBe(422)
    const form = new FormData()
    form.set('file', new File(['x'], `${'年'.repeat(199)}😀😀.txt`))
    expect(await answered(await post('/check', form))).toBe(422)
    expect(await answered(await post('/desk/reports/own/2024/previous', form, 'officer'))).toBe(422)
  })
})

describe('forms made to exhaust', () => {
  const send = async (body: string, type: string) => app.request('/check', { method: 'POST', headers: { ...headers(), 'content-type': type }, body })

  test('a million empty fields are counted, not split', async () => {
    const response = await send('a&'.repeat(1_000_000), 'application/x-www-form-urlencoded')
    expect(await answered(response)).toBe(400)
  })

  test('thousands of parts, a boundary that never comes, no boundary at all', async () => {
    const part = (i: number) => `--xx\r\nContent-Disposition: form-data; name="a${i}"\r\n\r\nx\r\n`
    const many = `${Array.from({ length: 5000 }, (_, i) => part(i)).join('')}--xx--\r\n`
    expect(await answered(await send(many, 'multipart/form-data; boundary=xx'))).toBe(400)
    expect(await answered(await send(part(1), 'multipart/form-data; boundary=xx'))).toBe(400)
    expect(await answered(await send(part(1), 'multipart/form-data'))).toBe(400)
    expect(await answered(await send('{}', 'application/json'))).toBe(400)
  })

  test('a report of a million characters is not checked', async () => {
    const text = `示例局2024年政府信息公开工作年度报告\n${`${'收到'.repeat(450)}\n`.repeat(1200)}`
    const response = await post('/check', { text: text.slice(0, 600_000) })
    expect(await response.clone().text()).toContain('不像一份年度报告')
    expect(await answered(response)).toBe(422)
  })
})

describe('where an answer leads', () => {
  test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example', '/x\r\nSet-Cookie: a=b', 'javascript:alert(1)'])('back to %j stays here', async (back) => {
    const response = await post('/elder', { on: '1', back })
    const { origin } = new URL(response.headers.get('location') ?? '', 'http://here.example')
    expect(origin).toBe('http://here.example')
    expect(response.headers.get('set-cookie')).not.toContain('a=b')
  })
})

test('what goes wrong is logged without names, search words, tokens or values', async () => {
  const lines: string[] = []
  const log = createLog('trace', new Writable({ write: (chunk: Buffer, _, done) => (lines.push(String(chunk)), done()) }))
  const logged = createApp({ ...deps, log }, appParts({ ...deps, log }))
  const secrets = ['王小明', '13912345678', 'tok-9f8e7d', '密码-不可说']
  const query = `?q=${encodeURIComponent('王小明')}&phone=13912345678`
  await logged.request(`/annual-reports${query}`, { headers: { cookie: 'mc=tok-9f8e7d' } })
  await logged.request(`/bodies/${encodeURIComponent('王小明')}${query}`)
  await logged.request('/sign-in', { method: 'POST', headers: headers(), body: new URLSearchParams({ name: '王小明', password: '密码-不可说' }) })
  // 数据库的报错引着所填的值
  const failure = await db.selectFrom('body').select('code').where('body_id', '=', '13912345678').execute().catch((error: unknown) => error)
  log.error({ err: failure }, 'request failed')
  expect(lines.length).toBeGreaterThan(3)
  for (const secret of secrets) expect(lines.join('')).not.toContain(secret)
})
