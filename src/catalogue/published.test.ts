import { expect, test } from 'vitest'
import { aBody } from '../bodies/testing.ts'
import { testDb } from '../platform/testing.ts'
import { countPublishedItems, findByIndexNo, listPublishedItems } from './queries.ts'
import { searchItems } from './search/search-items.ts'
import { anItem, withdraw } from './testing.ts'
import { aPublishedItem, changeItem } from './testing-published.ts'
import { verifyPublished } from './verify-published.ts'

const { db, deps } = testDb()

const verified = async () => {
  const problems = []
  for await (const problem of verifyPublished(db)) problems.push(problem)
  return problems
}

test('a published item is found with its text; an unpublished change shows nowhere', async () => {
  const { bodyId } = await aBody(deps, { code: 'a1' })
  const { itemId, indexNo } = await aPublishedItem(deps, bodyId, {
    title: '防汛预案',
    html: '<p>长江水位<b>二十八米</b>时启动</p>',
    attachments: [{ name: '物资表.txt', mediaType: 'text/plain', content: Buffer.from('编织袋'), text: '编织袋若干' }],
  })
  for (const q of ['防汛预案', '长江水位', '编织袋', indexNo]) expect((await searchItems(db, { q, limit: 5 })).hits.map(({ id }) => id)).toEqual([itemId])
  await changeItem(deps, bodyId, itemId, { title: '尚未审查的标题' })
  expect((await listPublishedItems(db, { bodyId, limit: 9, offset: 0 })).items.map(({ title, edition }) => [title, edition])).toEqual([['防汛预案', 1]])
  expect((await searchItems(db, { q: '尚未审查', limit: 5 })).hits).toEqual([])
  expect(await verified()).toEqual([])
})

test('withdrawn: only the index number, the days and the notice stay', async () => {
  const { bodyId } = await aBody(deps, { code: 'a2' })
  const { itemId, indexNo } = await aPublishedItem(deps, bodyId, { title: '误发的名单', summary: '含个人信息' })
  await withdraw(db, bodyId, itemId)
  expect(await findByIndexNo(db, indexNo)).toMatchObject({ items: [], withdrawn: [{ bodyId, indexNo }] })
  const row = await db.selectFrom('published_item').selectAll().where('item_id', '=', itemId).executeTakeFirstOrThrow()
  expect(JSON.stringify(row)).not.toMatch(/误发|个人信息/)
  expect([await countPublishedItems(db, bodyId), (await searchItems(db, { q: '误发的名单', limit: 5 })).hits]).toEqual([0, []])
  expect(await verified()).toEqual([])
})

test('verify finds a row put back, one taken away and one altered', async () => {
  const { bodyId } = await aBody(deps, { code: 'a3' })
  const [gone, altered] = [await anItem(db, bodyId, { title: '甲' }), await anItem(db, bodyId, { title: '乙' })]
  await db.deleteFrom('published_item').where('item_id', '=', gone).execute()
  await db.updateTable('published_item').set({ title: '丙' }).where('item_id', '=', altered).execute()
  expect((await verified()).map(({ message }) => message).toSorted()).toEqual(['公开过，而门户没有它', '门户的 title 与时间线重放所得不同'])
})
