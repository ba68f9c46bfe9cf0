import { expect, test } from 'vitest'
import { NotFound } from './errors.ts'
import { FileTooLarge } from './files.ts'
import { testDb } from './testing.ts'

const { files } = testDb()
async function* inPieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text)
}

test('the same content is kept once and comes back', async () => {
  const one = await files.put(inPieces('年度', '报告'), { maxBytes: 100 })
  const two = await files.put(Buffer.from('年度报告'), { maxBytes: 100 })
  expect(two).toEqual(one)
  expect((await files.get(one.key)).toString()).toBe('年度报告')
  expect(await Array.fromAsync(files.list())).toEqual([one])
})

test('too much is refused while it comes, and leaves nothing', async () => {
  let taken = 0
  async function* endless() {
    for (;;) {
      taken += 10
      yield Buffer.alloc(10, 1)
    }
  }
  await expect(files.put(endless(), { maxBytes: 55 })).rejects.toBeInstanceOf(FileTooLarge)
  expect(taken).toBe(60)
  expect(await Array.fromAsync(files.list())).toHaveLength(1)
})

test('a key that is none leads nowhere', async () => {
  for (const key of ['../../etc/passwd', 'a'.repeat(64), '']) {
    await expect(files.get(key)).rejects.toBeInstanceOf(NotFound)
    expect(await files.has(key)).toBe(false)
  }
})
