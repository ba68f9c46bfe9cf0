import { expect, test } from 'vitest'
import { testDb } from '../../platform/testing.ts'
import { charge, refund, THROTTLE } from './throttle.ts'

const { db } = testDb()
const START = Date.parse('2026-01-15T09:00:00+08:00')
const at = (seconds: number): Date => new Date(START + seconds * 1000)

test('scattered slips of a whole building, with sign-ins between them, never add up to a lock', async () => {
  const waits = []
  // 四小时，每半分钟有人输错一次，每七秒有人登录成功
  for (let second = 0; second < 4 * 3600; second += 7) {
    waits.push(await charge(db, 'address', '10.2.0.1', at(second)))
    if (second % 30 >= 7) await refund(db, '', '10.2.0.1')
  }
  expect(waits.every((wait) => wait === 0)).toBe(true)
})

test('a flood from one address is let through no faster than the count leaks away', async () => {
  const { slowAfter, leakMs } = THROTTLE.address
  const seconds = 1000
  const waits = []
  for (let guess = 0; guess < seconds * 2; guess++) waits.push(await charge(db, 'address', '10.2.0.2', at(guess / 2)))
  expect(waits.slice(0, slowAfter).every((wait) => wait === 0)).toBe(true)
  expect(waits.filter((wait) => wait === 0).length).toBeLessThan(slowAfter + (seconds * 1000) / leakMs + 10)
  expect(await charge(db, 'address', '10.2.0.2', at(2 * 3600))).toBe(0)
})

test('the count of one account does not leak away while somebody keeps guessing', async () => {
  let checked = 0
  for (let second = 0; second < 8 * 3600; second += 60) if ((await charge(db, 'account', 'li.si', at(second))) === 0) checked += 1
  expect(checked).toBeLessThan(THROTTLE.account.lockAfter + 8 * 4)
})
