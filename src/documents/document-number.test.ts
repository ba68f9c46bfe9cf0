import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { newId } from '../platform/id.ts'
import { testDb } from '../platform/testing.ts'
import { formatNumber, isDocumentNumber, LETTER_WORDS, parseNumber } from './document-number.ts'
import { nextNumber } from './next-number.ts'

const numbers = fc.record({
  codeWord: fc.stringMatching(/^[武昌城运政办公开答]{1,8}$/),
  word: fc.constantFrom(...LETTER_WORDS),
  year: fc.integer({ min: 2008, max: 2200 }),
  serial: fc.integer({ min: 1, max: 99_999 }),
})

test('what is written can be read back, and is in the form of LT-01', () => {
  expect(formatNumber({ codeWord: '武城运', word: '答', year: 2024, serial: 12 })).toBe('武城运公开答〔2024〕12号')
  fc.assert(
    fc.property(numbers, (number) => {
      const text = formatNumber(number)
      expect(isDocumentNumber(text)).toBe(true)
      expect(parseNumber(text)).toEqual(number)
    }),
  )
})

test.each(['武城运公开答[2024]1号', '武城运公开答〔24〕1号', '武城运公开答〔2024〕01号', '武城运公开答〔2024〕第1号', '〔2024〕1号', '武城运公开答〔2024〕1'])(
  'LT-01 refuses %s',
  (text) => {
    expect(isDocumentNumber(text)).toBe(false)
    expect(parseNumber(text)).toBeNull()
  },
)

test('the number of another body is well-formed, though not ours', () => {
  expect(isDocumentNumber('国办公开办函〔2021〕30号')).toBe(true)
  expect(parseNumber('国办公开办函〔2021〕30号')).toBeNull()
})

describe('serial numbers', () => {
  const { db } = testDb()
  const aBody = async () => {
    const bodyId = newId()
    await sql`insert into body (body_id, code, name, kind, status) values (${bodyId}, ${`b${bodyId.slice(-12)}`}, '示例局', 'organ', 'active')`.execute(db)
    return bodyId
  }

  test('run from 1 for each body, word and year', async () => {
    const [a, b] = [await aBody(), await aBody()]
    const taken = [
      await nextNumber(db, a, '答', 2024),
      await nextNumber(db, a, '答', 2024),
      await nextNumber(db, a, '补', 2024),
      await nextNumber(db, a, '答', 2025),
      await nextNumber(db, b, '答', 2024),
    ]
    expect(taken).toEqual([1, 2, 1, 1, 1])
  })

  test('a transaction that fails gives its number back; many at once leave no gap and no double', async () => {
    const body = await aBody()
    const take = (fails: boolean) =>
      db.transaction().execute(async (tx) => {
        const serial = await nextNumber(tx, body, '答', 2024)
        if (fails) throw new Error('不成')
        return serial
      })
    const results = await Promise.allSettled(Array.from({ length: 12 }, (_, i) => take(i % 3 === 0)))
    const serials = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    expect(serials.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  test('the database refuses a word of no kind', async () => {
    const body = await aBody()
    await expect(nextNumber(db, body, '函' as '答', 2024)).rejects.toThrow(/check/)
  })
})
