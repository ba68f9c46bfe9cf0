import { beforeAll, expect, test } from 'vitest'
import { aBody, aDistrict } from '../src/bodies/testing.ts'
import { createAccount } from '../src/identity/testing.ts'
import { identityApp, movableClock, visitor } from '../src/identity/testing-app.ts'
import { toSource } from '../src/platform/http/request-log.ts'
import { testDb } from '../src/platform/testing.ts'

const { db, deps: base } = testDb()
const { clock } = movableClock('2026-01-15T09:00:00+08:00')
const deps = { ...base, clock, config: { ...base.config, trustProxy: true } }
const app = identityApp(deps)
const PASSWORD = 'zhongnan-lu-46'

let bodyId = ''
beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'csyxglzx' })).bodyId
})
const person = (name: string) =>
  createAccount(db, { name, displayName: name, bodyId, roles: ['system-admin'], password: PASSWORD, isDemo: false, at: clock.now() })
const signIn = (who: ReturnType<typeof visitor>, name: string, password = PASSWORD) => who.post('/sign-in', { name, password, next: '/desk/account' })

test('one who knows the password cannot guess the six digits without end by signing in again', async () => {
  const victim = await person('zhao')
  await db.updateTable('account').set({ totp_secret: Buffer.alloc(80), totp_enabled_at: clock.now() }).where('account_id', '=', victim.accountId).execute()
  // 密文是假的：核对到它那一步就会出错，故能数出真正核对了几次
  let checked = 0
  for (let round = 0; round < 60; round++) {
    const guesser = visitor(app, { address: `10.9.0.${round}` })
    if ((await signIn(guesser, 'zhao')).status !== 303) continue
    const response = await guesser.post('/sign-in/code', { code: '123456' })
    if (!(await response.text()).includes('尝试次数过多')) checked += 1
  }
  expect(checked).toBeLessThanOrEqual(10)
  expect(checked).toBeGreaterThan(0)
})

test('an attacker who changes the last half of an IPv6 address is one source; IPv4 is as it was', () => {
  const same = ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:0DB8:0001:0002:0:0:0:9', '2001:db8:1:2::%eth0'].map(toSource)
  expect(new Set(same)).toEqual(new Set(['2001:db8:1:2::/64']))
  expect(toSource('2001:db8:1:3::1')).not.toBe(same[0])
  expect(['10.0.0.1', '::ffff:10.0.0.1', '::1', 'unknown'].map(toSource)).toEqual(['10.0.0.1', '10.0.0.1', '::1', 'unknown'])
})
