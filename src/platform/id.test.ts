import { expect, test } from 'vitest'
import { firstIdAt, newId } from './id.ts'

test('ids are UUIDv7, unique and rising', () => {
  const ids = Array.from({ length: 20_000 }, () => newId())
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.toSorted()).toEqual(ids)
  for (const id of ids.slice(0, 100)) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('a clock set back does not set ids back', () => {
  const later = newId(Date.now() + 60_000)
  expect(newId() > later).toBe(true)
})

test('ids made from an instant on are not below its first', () => {
  const at = new Date()
  const floor = firstIdAt(at)
  expect(newId(at.getTime()) >= floor).toBe(true)
  expect(firstIdAt(new Date(at.getTime() - 1)) < floor).toBe(true)
})
