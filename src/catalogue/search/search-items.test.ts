import { beforeAll, expect, test } from 'vitest'
import type { Body } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { newId } from '../../platform/id.ts'
import { searchSources } from '../../search-sources.ts'
import { itemSource, listPublishedByIds, reindex, searchIndex, searchItems, verifyIndex } from '../index.ts'
import { anItem, withdraw } from '../testing.ts'

const { db, deps } = testDb()
let body: Body
let other: Body
beforeAll(async () => {
  await aDistrict(deps)
  ;[body, other] = [await aBody(deps, { code: 'sljd' }), await aBody(deps, { code: 'ybjd' })]
})

const idsOf = async (q: string, more: { bodyId?: string; limit?: number; after?: string | null; match?: 'any' } = {}) => (await searchItems(db, { q, limit: 10, ...more })).hits.map(({ id }) => id)
const problems = async () => {
  const found: string[] = []
  for await (const { message } of verifyIndex(db, [itemSource])) found.push(message)
  return found
}

test('a published item is found at once by word, part of a title, number and index number; a withdrawn one no more', async () => {
  const id = await anItem(db, body.bodyId, { title: '示例区共享单车停放秩序整治方案', docNo: '示政办发〔2024〕第5号', indexNo: 'SL/2024-00018' })
  for (const q of ['共享单车停放', '单车停', '「停放秩序」整治', '示政办发[2024] 5号', '示政办发〔2024〕5 号文件在哪', 'sl/2024-00018', '停放秩序的整治方案']) expect([q, await idsOf(q)]).toEqual([q, [id]])
  for (const q of ['「停放整治」', '示政办发〔2024〕6号', '无人机租赁', '。', "'", '\\', "a' & !b | (c", '%', '']) expect([q, await idsOf(q)]).toEqual([q, []])
  await withdraw(db, body.bodyId, id)
  expect([await idsOf('共享单车停放'), await idsOf('SL/2024-00018')]).toEqual([[], []])
  expect((await listPublishedByIds(db, [{ bodyId: body.bodyId, itemId: id }])).size).toBe(0)
})

test('what is not published is not found; a change rolled back leaves the index as it was', async () => {
  await anItem(db, body.bodyId, { title: '尚未公开的讨论稿', publishedOn: null })
  expect(await idsOf('尚未公开的讨论稿')).toEqual([])
  const failed = db.transaction().execute(async (tx) => {
    await anItem(tx, body.bodyId, { title: '回滚之后没有的通告' })
    expect((await searchItems(tx, { q: '回滚之后没有的通告', limit: 10 })).hits).toHaveLength(1)
    throw new Error('rolled back')
  })
  await expect(failed).rejects.toThrow('rolled back')
  expect(await idsOf('回滚之后没有的通告')).toEqual([])
})

test('another way of saying it, marked in the title as plain text', async () => {
  const id = await anItem(db, body.bodyId, { title: '住房公积金<b>缴存</b>比例调整' })
  expect(await idsOf('公积金缴存比例')).toEqual([id])
  const { hits: [hit] } = await searchItems(db, { q: '公积金缴存', limit: 1 })
  expect(hit?.title.filter((segment) => segment.hit).map(({ text }) => text)).toEqual(['住房公积金', '缴存'])
  expect(hit?.title.map(({ text }) => text).join('')).toBe('住房公积金<b>缴存</b>比例调整')
})

test('pages follow each other, newest first, none twice; one body alone when asked', async () => {
  const made: string[] = []
  for (let n = 1; n <= 7; n += 1) made.push(await anItem(db, n % 2 === 0 ? other.bodyId : body.bodyId, { title: '夜市摊位公示', formedOn: `2024-03-0${n}` }))
  const seen: string[] = []
  for (let after: string | null = null; ; ) {
    const page = await searchItems(db, { q: '夜市摊位', limit: 3, after })
    expect([page.total, page.atLeast]).toEqual([7, false])
    seen.push(...page.hits.map(({ id }) => id))
    after = page.next
    if (after === null) break
  }
  expect(seen).toEqual(made.toReversed())
  expect((await searchItems(db, { q: '夜市摊位', bodyId: other.bodyId, limit: 10 })).hits).toHaveLength(3)
})

test('verify names what the index lacks, has different, or should not have; reindex puts it right', async () => {
  expect(await problems()).toEqual([])
  const ids = [await anItem(db, body.bodyId, { title: '甲公告内容' }), await anItem(db, body.bodyId, { title: '乙公告内容' }), await anItem(db, body.bodyId, { title: '丙公告内容' })] as const
  await db.deleteFrom('search_document').where('doc_id', '=', ids[0]).execute()
  await db.updateTable('search_document').set({ tokens: "'甲'" }).where('doc_id', '=', ids[1]).execute()
  await db.updateTable('search_document').set({ doc_id: '019a0000-0000-7000-8000-000000000001' }).where('doc_id', '=', ids[2]).execute()
  expect((await problems()).toSorted()).toEqual([
    ...Array.from({ length: 1 }, () => '已不公开，而检索的索引里还有；请运行 mingchuang reindex'),
    ...Array.from({ length: 3 }, () => '检索的索引里没有，或与记录不同；请运行 mingchuang reindex'),
  ])
  expect(await reindex(db, [itemSource])).toEqual({ changed: 3, removed: 1 })
  expect([await problems(), await reindex(db, [itemSource])]).toEqual([[], { changed: 0, removed: 0 }])
  expect((await idsOf('丙公告内容'))[0]).toBe(ids[2])
})

test('of the same relevance, what a body has published comes before requests it has answered, however new', async () => {
  const kinds = ['normative', 'answered']
  await searchIndex.indexDocuments(db, [['normative', '2021-03-01'], ['answered', '2026-01-14']].map(([kind = '', publishedOn = '']) => ({ bodyId: body.bodyId, kind, id: newId(), title: '萤火虫观测点管理办法', text: '', numbers: [], publishedOn })))
  const order = async (later: readonly string[]) => (await searchIndex.search(db, { q: '萤火虫', kinds, limit: 10, today: '2026-01-15', later })).hits.map(({ kind }) => kind)
  expect(await order(searchSources.filter(({ later }) => later === true).map(({ kind }) => kind))).toEqual(['normative', 'answered'])
  expect(await order([])).toEqual(['answered', 'normative'])
})
