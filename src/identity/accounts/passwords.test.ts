import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { hashPassword, onetimePassword, passwordProblem, verifyPassword } from './passwords.ts'

test.each([
  ['短1', '不足 10 位'],
  ['aaaaaaaaaaaa', '重复'],
  ['1234567890', '重复或者连续'],
  ['abcdefghijkl', '连续'],
  ['aaaaaaaaaaaaaaaab1', '重复'],
  ['Password123!', '太常见'],
  ['mingchuang2026', '太常见'],
  ['li.si-is-here-9', '登录名'],
  ['xkqjwmzpvb', '两种'],
  ['x'.repeat(64) + 'y1'.repeat(40), '不得超过'],
])('%s is refused', (password, problem) => {
  expect(passwordProblem(password, 'li.si')).toContain(problem)
})

test.each(['zhongnan-lu-46', '江汉关-钟楼-七点整', 'correct horse battery staple'])('%s is accepted', (password) => {
  expect(passwordProblem(password, 'li.si')).toBeNull()
})

test('a one-time password always satisfies the rules', () => {
  assert(property(integer({ min: 1, max: 50 }), () => passwordProblem(onetimePassword(), 'li.si') === null))
})

test('hash and verify; an unknown account is verified against a decoy and never right', async () => {
  const hashed = await hashPassword('zhongnan-lu-46')
  expect(hashed).toMatch(/^\$argon2id\$v=19\$m=32768,t=6,p=1\$/)
  expect(await verifyPassword(hashed, 'zhongnan-lu-46')).toBe(true)
  expect(await verifyPassword(hashed, 'zhongnan-lu-47')).toBe(false)
  expect(await verifyPassword(null, 'zhongnan-lu-46')).toBe(false)
})

test('more at once than the gate admits: all are answered in turn', async () => {
  const hashed = await hashPassword('zhongnan-lu-46')
  const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => verifyPassword(hashed, `zhongnan-lu-4${i}`)))
  expect(answers).toEqual([false, false, false, false, false, false, true, false])
})
