import { assert, nat, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { seal, unseal } from './secret-box.ts'
import { matchTotp, toBase32, totpCode, totpStep, totpUri } from './totp.ts'

// RFC 6238 附录 B（SHA-1），取后六位
const SECRET = Buffer.from('12345678901234567890')
test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('RFC 6238 vector at %i s', (seconds, code) => {
  expect(totpCode(SECRET, totpStep(new Date(seconds * 1000)))).toBe(code)
})

test('a code is good one step either side, and only once', () => {
  const at = new Date(1_111_111_109_000)
  const later = (seconds: number) => new Date(at.getTime() + seconds * 1000)
  const step = totpStep(at)
  expect(matchTotp(SECRET, '081804', at, null)).toBe(step)
  expect(matchTotp(SECRET, '081804', later(30), null)).toBe(step)
  expect(matchTotp(SECRET, '081804', later(-30), null)).toBe(step)
  expect(matchTotp(SECRET, '081804', later(61), null)).toBeNull()
  expect(matchTotp(SECRET, '081804', at, step)).toBeNull()
  expect(matchTotp(SECRET, '08180', at, null)).toBeNull()
})

test('Base32 as in RFC 4648, and the address that telephones read', () => {
  expect(toBase32(Buffer.from('foobar'))).toBe('MZXW6YTBOI')
  expect(totpUri(SECRET, 'li.si', '明窗')).toContain('secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
})

test('what is sealed opens with the same key and purpose only, and not when a byte is changed', () => {
  assert(
    property(uint8Array({ maxLength: 200 }), nat(), (plain, place) => {
      const sealed = seal(plain, 'key-a', 'totp')
      expect(unseal(sealed, 'key-a', 'totp')).toEqual(Buffer.from(plain))
      expect(() => unseal(sealed, 'key-b', 'totp')).toThrow('SECRET_KEY')
      expect(() => unseal(sealed, 'key-a', 'other')).toThrow('SECRET_KEY')
      const changed = Buffer.from(sealed)
      changed[place % changed.length] = (changed[place % changed.length] ?? 0) ^ 1
      expect(() => unseal(changed, 'key-a', 'totp')).toThrow('SECRET_KEY')
    }),
    { numRuns: 50 },
  )
  expect(() => unseal(Buffer.from('short'), 'key-a', 'totp')).toThrow('SECRET_KEY')
})
