import { beforeAll, describe, expect, test } from 'vitest'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { listAudit, WHOLE_DISTRICT } from '../../audit/index.ts'
import { testDb } from '../../platform/testing.ts'
import { createAccount } from '../testing.ts'
import { identityApp, movableClock, visitor } from '../testing-app.ts'
import { totpCode, totpStep } from './totp.ts'
import type { SignedInActor } from '../web.ts'

const { db, deps: base } = testDb()
const { clock, advance } = movableClock('2026-01-15T09:00:00+08:00')
const deps = { ...base, clock, config: { ...base.config, trustProxy: true } }
const app = identityApp(deps)
const PASSWORD = 'zhongnan-lu-46'
const at = clock.now()

let bodyId: string
let li: SignedInActor
beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'csyxglzx', name: '武昌区城市运行管理中心' })).bodyId
  li = await person('li.si')
})
const person = (name: string, roles: SignedInActor['roles'] = ['disclosure-officer']) =>
  createAccount(db, { name, displayName: `${name} 君`, bodyId, roles, password: PASSWORD, isDemo: false, at })

const someone = (address = '10.0.0.1') => visitor(app, { address })
const signIn = (who: ReturnType<typeof visitor>, name: string, password = PASSWORD, next = '/desk/account') =>
  who.post('/sign-in', { name, password, next })

describe('signing in', () => {
  test('the right password opens a session and leads on; the name is read without regard to case and width', async () => {
    const who = someone()
    const response = await signIn(who, ' Ｌi.Si ')
    expect([response.status, response.headers.get('location')]).toEqual([303, '/desk/account'])
    const page = await who.get('/desk/account')
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('li.si 君')
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith('mc='))
    expect(cookie).toMatch(/^mc=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  test('behind https the cookie is __Host- and Secure', async () => {
    const https = identityApp({ ...deps, config: { ...deps.config, baseUrl: 'https://mc.example' } })
    const response = await signIn(visitor(https, { address: '10.0.0.1' }), 'li.si')
    expect(response.headers.getSetCookie().join()).toMatch(/__Host-mc=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax/)
  })

  test('a wrong password, an unknown account and a disabled one get one and the same answer, without the password in it', async () => {
    const gone = await person('gone')
    await db.updateTable('account').set({ status: 'disabled' }).where('account_id', '=', gone.accountId).execute()
    const answers = await Promise.all(
      [['li.si', 'wrong-wrong-1'], ['nobody', 'wrong-wrong-1'], ['gone', PASSWORD]].map(async ([name = '', password = '']) => {
        const response = await signIn(someone(`10.1.0.${name.length}`), name, password)
        const text = await response.text()
        expect(text).not.toContain(password)
        return [response.status, text.includes('登录名或者口令不对')]
      }),
    )
    expect(answers).toEqual([[422, true], [422, true], [422, true]])
    expect((await signIn(someone(), 'li.si')).status).toBe(303)
  })

  test('what is missing is said beside the field', async () => {
    const response = await signIn(someone(), '', '')
    expect(response.status).toBe(422)
    const text = await response.text()
    expect(text).toContain('请填登录名')
    expect(text).toContain('请填口令')
  })

  test('a session that the browser already had is ended, not continued', async () => {
    const who = someone()
    await signIn(who, 'li.si')
    const old = who.jar.get('mc') ?? ''
    await signIn(who, 'li.si')
    const fresh = who.jar.get('mc')
    expect(fresh).not.toBe(old)
    const thief = someone()
    thief.jar.set('mc', old)
    expect((await thief.get('/desk/account')).status).toBe(303)
    expect(JSON.stringify(await db.selectFrom('session').selectAll().execute())).not.toContain(fresh)
  })

  test.each([
    ['/desk/admin/bodies?q=%E6%AD%A6', '/desk/admin/bodies?q=%E6%AD%A6'],
    ['https://evil.example/desk', '/desk'],
    ['//evil.example/desk', '/desk'],
    ['/\\evil.example/desk', '/desk'],
    ['/desk/../sign-out', '/desk'],
    ['/desk/%2e%2e/elder', '/desk'],
    ['javascript:alert(1)', '/desk'],
    ['/desk\r\nset-cookie: a=b', '/desk'],
    ['/', '/desk'],
    ['/deskevil', '/desk'],
  ])('next=%j leads to %s', async (next, location) => {
    expect((await signIn(someone(), 'li.si', PASSWORD, next)).headers.get('location')).toBe(location)
  })

  test('without a session a page leads to the sign-in page and back; it names no other place', async () => {
    const response = await someone().get('/desk/admin/accounts?status=active')
    expect(response.headers.get('location')).toBe('/sign-in?next=%2Fdesk%2Fadmin%2Faccounts%3Fstatus%3Dactive')
  })

  test('a form sent after the session has ended comes back whole, to be sent again once signed in', async () => {
    const who = someone()
    const lost = await who.post('/desk/admin/bodies/csyxglzx/settings/court', { value: '武昌区人民法院\n"<b>', role: ['a', 'b'] })
    expect(lost.status).toBe(401)
    const page = await lost.text()
    expect(page).toContain('action="/desk/admin/bodies/csyxglzx/settings/court"')
    expect(page).toContain('name="value" value="武昌区人民法院\n&quot;&lt;b&gt;"')
    expect(page.match(/name="role" value="[ab]"/g)).toHaveLength(2)
  })

  test('so does a form with files, without the files; one too large is told', async () => {
    const send = (file: string) => {
      const form = new FormData()
      form.set('title', '写了很久的标题')
      form.set('word', new File([file], '正文.docx'))
      return app.request('/desk/items/new', { method: 'POST', body: form, headers: { 'sec-fetch-site': 'same-origin' } })
    }
    const page = await (await send('x')).text()
    expect(page).toContain('name="title" value="写了很久的标题"')
    expect(page).toContain('所选的文件（正文.docx）带不过来')
    const large = await send('x'.repeat(5 * 1024 * 1024))
    expect(large.headers.get('location')).toBe('/sign-in?lost=1')
    expect(await (await someone().get('/sign-in?lost=1')).text()).toContain('刚才填写的没有保存')
  })

  test('a password is never written back; a mere button leads to the sign-in page and back to where it was', async () => {
    const password = await someone().post('/desk/account/password', { current: PASSWORD })
    expect([password.status, password.headers.get('location')]).toEqual([303, '/sign-in'])
    const button = await someone().post('/desk/reports/x/2025/freeze', {}, { referer: 'http://localhost/desk/reports/x/2025' })
    expect(button.headers.get('location')).toBe('/sign-in?next=%2Fdesk%2Freports%2Fx%2F2025')
    const foreign = await someone().post('/desk/reports/x/2025/freeze', {}, { referer: 'http://elsewhere.example/desk/a' })
    expect(foreign.headers.get('location')).toBe('/sign-in')
  })

  test('from another site it is refused, whatever the password', async () => {
    const response = await someone().post('/sign-in', { name: 'li.si', password: PASSWORD }, { 'sec-fetch-site': 'cross-site' })
    expect(response.status).toBe(403)
    expect(response.headers.getSetCookie().join()).not.toContain('mc=')
  })
})

describe('slow-down and lock-out', () => {
  test('an account: free tries, then doubling waits, then a quarter of an hour; the right password waits too', async () => {
    await person('slow')
    const who = someone('10.2.0.1')
    const attempt = async (password: string) => (await signIn(who, 'slow', password)).status
    expect([await attempt('wrong-1'), await attempt('wrong-2'), await attempt('wrong-3')]).toEqual([422, 422, 422])
    const blocked = await signIn(who, 'slow')
    expect([blocked.status, blocked.headers.get('retry-after')]).toEqual([429, '2'])
    for (let i = 4; i <= 10; i++) {
      advance(3)
      expect(await attempt(`wrong-${i}`)).toBe(422)
    }
    advance(14)
    expect(await attempt(PASSWORD)).toBe(429)
    advance(1)
    expect(await attempt(PASSWORD)).toBe(303)
    expect(await attempt('wrong-again')).toBe(422)
  })

  test('an unknown name is counted and blocked just the same', async () => {
    const who = someone('10.2.0.2')
    const seen: number[] = []
    for (let i = 0; i < 5; i++) seen.push((await signIn(who, 'no-such-one', `wrong-${i}`)).status)
    expect(seen).toEqual([422, 422, 422, 429, 429])
  })

  test('many at the same instant do not slip past the count', async () => {
    await person('burst')
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => signIn(someone('10.2.0.3'), 'burst', `wrong-${i}`)))
    expect(answers.filter((response) => response.status === 422)).toHaveLength(3)
  })

  test('one address trying many names is stopped, others are not', async () => {
    const before = { kind: 'address', key: '10.2.0.4', failures: 48, last_at: clock.now(), blocked_until: null } as const
    await db.insertInto('sign_in_throttle').values(before).execute()
    const seen: number[] = []
    for (let i = 0; i < 3; i++) seen.push((await signIn(someone('10.2.0.4'), `name${i}`, 'wrong-wrong')).status)
    expect(seen).toEqual([422, 422, 429])
    expect((await signIn(someone('10.2.0.5'), 'li.si')).status).toBe(303)
  })
})

describe('how long a session lasts', () => {
  test('thirty minutes idle', async () => {
    const who = someone()
    await signIn(who, 'li.si')
    advance(29)
    expect((await who.get('/desk/account')).status).toBe(200)
    advance(29)
    expect((await who.get('/desk/account')).status).toBe(200)
    advance(30)
    expect((await who.get('/desk/account')).headers.get('location')).toContain('/sign-in')
    expect(who.jar.has('mc')).toBe(false)
  })

  test('twelve hours at most, however busy', async () => {
    const who = someone()
    await signIn(who, 'li.si')
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      advance(20)
      expect((await who.get('/desk/account')).status).toBe(200)
    }
    advance(20)
    expect((await who.get('/desk/account')).status).toBe(303)
  })

  test('ten at most for one account: the eleventh ends the first', async () => {
    await person('many')
    const all = Array.from({ length: 11 }, () => someone())
    for (const who of all) await signIn(who, 'many')
    const seen = await Promise.all(all.map(async (who) => (await who.get('/desk/account')).status))
    expect(seen).toEqual([303, ...Array.from({ length: 10 }, () => 200)])
  })

  test('signing out ends it at the server', async () => {
    const who = someone()
    await signIn(who, 'li.si')
    const token = who.jar.get('mc') ?? ''
    expect((await who.post('/sign-out')).headers.get('location')).toBe('/sign-in?out=1')
    const again = someone()
    again.jar.set('mc', token)
    expect((await again.get('/desk/account')).status).toBe(303)
  })

  test('one may list and end one’s own sessions elsewhere, but not another’s', async () => {
    const [here, there] = [someone(), someone()]
    const other = await person('other')
    const stranger = someone()
    await Promise.all([signIn(here, 'li.si'), signIn(there, 'li.si'), signIn(stranger, 'other')])
    const theirs = await db.selectFrom('session').select('session_id').where('account_id', '=', other.accountId).executeTakeFirstOrThrow()
    await here.post('/desk/account/sessions/end', { sessionId: theirs.session_id })
    expect((await stranger.get('/desk/account')).status).toBe(200)
    await here.post('/desk/account/sessions/end', { others: '1' })
    expect([(await there.get('/desk/account')).status, (await here.get('/desk/account')).status]).toEqual([303, 200])
  })
})

describe('passwords', () => {
  test('changing: rules, history, the other sessions end, this one gets a new token', async () => {
    await person('wang')
    const [here, there] = [someone(), someone()]
    await Promise.all([signIn(here, 'wang'), signIn(there, 'wang')])
    const change = async (current: string, next: string, again = next) => {
      const response = await here.post('/desk/account/password', { current, next, again })
      return [response.status, await response.text()] as const
    }
    expect((await change('not-it-at-all', 'jianghan-guan-7'))[1]).toContain('原口令不对')
    expect((await change(PASSWORD, 'jianghan-guan-7', 'different'))[1]).toContain('不一样')
    expect((await change(PASSWORD, 'short'))[1]).toContain('不足 10 位')
    expect((await change(PASSWORD, 'my-name-is-wang'))[1]).toContain('登录名')
    expect((await change(PASSWORD, PASSWORD))[1]).toContain('最近 5 次')
    const token = here.jar.get('mc')
    expect((await change(PASSWORD, 'jianghan-guan-7'))[0]).toBe(303)
    expect(here.jar.get('mc')).not.toBe(token)
    expect([(await here.get('/desk/account')).status, (await there.get('/desk/account')).status]).toEqual([200, 303])
    expect((await change('jianghan-guan-7', PASSWORD))[1]).toContain('最近 5 次')
    expect((await signIn(someone(), 'wang')).status).toBe(422)
    expect((await signIn(someone(), 'wang', 'jianghan-guan-7')).status).toBe(303)
  })

  test('who must change the password can do nothing else first', async () => {
    await createAccount(db, { name: 'fresh', displayName: '新人', bodyId, roles: ['leader'], password: PASSWORD, isDemo: false, mustChange: true, at: clock.now() })
    const who = someone()
    await signIn(who, 'fresh')
    expect((await who.get('/desk/account')).headers.get('location')).toBe('/desk/account/password')
    expect((await who.post('/desk/account/body', { bodyId })).headers.get('location')).toBe('/desk/account/password')
    await who.post('/desk/account/password', { current: PASSWORD, next: 'jianghan-guan-7', again: 'jianghan-guan-7' })
    expect((await who.get('/desk/account')).status).toBe(200)
  })

  test('after 180 days it must be changed, except for demo accounts', async () => {
    const old = new Date(clock.now().getTime() - 181 * 86_400_000)
    await createAccount(db, { name: 'old', displayName: '旧', bodyId, roles: ['leader'], password: PASSWORD, isDemo: false, at: old })
    await createAccount(db, { name: 'old-demo', displayName: '旧', bodyId, roles: ['leader'], password: PASSWORD, at: old })
    const [real, demo] = [someone(), someone()]
    await Promise.all([signIn(real, 'old'), signIn(demo, 'old-demo')])
    expect((await real.get('/desk/account')).headers.get('location')).toBe('/desk/account/password')
    expect((await demo.get('/desk/account')).status).toBe(200)
  })
})

describe('second factor', () => {
  test('once confirmed, the password alone opens nothing; each code counts once; guessing is slowed', async () => {
    const zhao = await person('zhao')
    const who = someone()
    await signIn(who, 'zhao')
    await who.post('/desk/account/second-factor/prepare')
    const page = await (await who.get('/desk/account/second-factor')).text()
    const key = (/<code>([A-Z2-7 ]+)<\/code>/.exec(page)?.[1] ?? '').replaceAll(' ', '')
    const secret = fromBase32(key)
    const code = () => totpCode(secret, totpStep(clock.now()))
    const other = code() === '000000' ? '000001' : '000000'
    expect((await who.post('/desk/account/second-factor', { code: other })).status).toBe(422)
    expect((await who.post('/desk/account/second-factor', { code: code() })).status).toBe(303)
    const stored = await db.selectFrom('account').select('totp_secret').where('account_id', '=', zhao.accountId).executeTakeFirstOrThrow()
    expect(stored.totp_secret?.includes(secret)).toBe(false)
    expect(await (await who.get('/desk/account/second-factor')).text()).not.toContain('<code>')

    const next = someone()
    expect((await signIn(next, 'zhao')).headers.get('location')).toBe('/sign-in/code?next=%2Fdesk%2Faccount')
    expect((await next.get('/desk/account')).status).toBe(303)
    expect((await next.post('/sign-in/code', { code: code() })).status).toBe(422) // 刚才启用时用过
    advance(1)
    const half = next.jar.get('mc')
    expect((await next.post('/sign-in/code', { code: code(), next: '/desk/account' })).headers.get('location')).toBe('/desk/account')
    expect(next.jar.get('mc')).not.toBe(half)
    expect((await next.get('/desk/account')).status).toBe(200)

    const guesser = someone('10.4.0.1')
    await signIn(guesser, 'zhao')
    const seen: string[] = []
    for (let i = 0; i < 5; i++) seen.push(await (await guesser.post('/sign-in/code', { code: `99999${i}` })).text())
    expect(seen.filter((text) => text.includes('次数过多')).length).toBe(2)
  })

  test('a body may require it of its administrators', async () => {
    const { setSetting } = await import('../../bodies/index.ts')
    await person('root', ['system-admin'])
    const who = someone()
    await signIn(who, 'root')
    expect((await who.get('/desk/admin/accounts')).status).toBe(200)
    await setSetting(deps, { kind: 'system', name: 'test' }, { bodyId, key: 'adminSecondFactor', value: true })
    expect((await who.get('/desk/admin/accounts')).headers.get('location')).toBe('/desk/account/second-factor')
    expect((await who.get('/desk/account/second-factor')).status).toBe(200)
    const clerk = someone()
    await signIn(clerk, 'li.si')
    expect((await clerk.get('/desk/account')).status).toBe(200)
  })
})

test('sign-ins and failures leave a trail, without names or passwords', async () => {
  const failures = await listAudit(db, { bodyId: WHOLE_DISTRICT, action: 'session.refused' })
  expect(failures.entries.length).toBeGreaterThan(0)
  const opened = await listAudit(db, { bodyId, action: 'session.opened' })
  expect(opened.entries.some((entry) => entry.target === li.accountId)).toBe(true)
  expect(JSON.stringify([failures, opened])).not.toMatch(/zhongnan|wrong-|li\.si/)
})

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
