import { afterAll, beforeAll, expect, test } from 'vitest'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import type { SignedInActor } from '../../identity/index.ts'
import { createAccount } from '../../identity/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { closeRedaction } from '../../redaction/index.ts'
import { aDocx, aLine, aParagraph, aPart, aRun, aTextPdf } from '../../redaction/testing.ts'
import { getItem } from '../store.ts'
import { aDraftItem } from '../testing-drafts.ts'
import { findPrecheck } from './precheck-store.ts'
import { runPrecheck } from './run-precheck.ts'

const { db, deps } = testDb()
let bodyId = ''
let handler: SignedInActor
beforeAll(async () => {
  await aDistrict(deps)
  ;({ bodyId } = await aBody(deps, { code: 'yincang', name: '隐藏示例局' }))
  handler = await createAccount(db, { name: 'h.handler', displayName: '承办', bodyId, roles: ['handler'] })
})
afterAll(() => closeRedaction())

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const revised = aDocx(`<w:p>${aRun('正式的话')}<w:del w:id="1" w:author="张三" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>删去的话</w:delText></w:r></w:del></w:p>${aParagraph(aRun('看不见的话', '<w:vanish/>'))}`, {
  'word/comments.xml': aPart('comments', `<w:comment w:id="1" w:author="张三">${aParagraph('批注的话')}</w:comment>`),
  'docProps/core.xml': '<coreProperties><creator>张三</creator></coreProperties>',
})

async function hitsOf(attachments: Parameters<typeof aDraftItem>[3] extends { attachments?: infer A } | undefined ? A : never) {
  const { itemId } = await aDraftItem(deps, handler, bodyId, { attachments })
  await runPrecheck(deps, handler, { bodyId, itemId })
  const precheck = await findPrecheck(db, { bodyId, itemId }, (await getItem(db, bodyId, itemId)).state.contentHash)
  return (precheck?.hits ?? []).map(({ rule, said, severity }) => [rule, severity, said])
}

test('revisions, hidden words, comments stop it; the author among the properties is noted', async () => {
  expect(await hitsOf([{ name: '通知.docx', mediaType: DOCX, content: revised, text: '正式的话' }])).toEqual([
    ['file-hidden', 'block', '修订 1 处'],
    ['file-hidden', 'block', '隐藏文字 1 处'],
    ['file-hidden', 'block', '批注 1 处'],
    ['file-properties', 'note', '文件属性（作者、单位、时间等）'],
  ])
  // 同一份文件看过一次，存下了
  expect(await db.selectFrom('file_inspection').select(['media_type', 'failed']).execute()).toEqual([{ media_type: 'docx', failed: null }])
})

test('a clean PDF has nothing; a damaged one, one nobody read, one of another kind must be looked at by a person', async () => {
  expect(await hitsOf([{ name: '通知.pdf', mediaType: 'application/pdf', content: aTextPdf([aLine('关于某事的通知', 200)]), text: '通知' }])).toEqual([])
  expect((await hitsOf([{ name: '坏.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF-1.7 broken') }])).map(([rule, severity]) => [rule, severity])).toEqual([['file-unreadable', 'warn'], ['file-not-inspected', 'warn']])
  expect((await hitsOf([{ name: '档案.zip', mediaType: 'application/zip', content: Buffer.from('PK'), text: '' }])).map(([rule]) => rule)).toEqual(['file-not-inspected'])
})

test('words under a black box in a PDF, and white words, can be copied out: stopped', async () => {
  const boxed = aTextPdf([`${aLine('关于某事的通知', 200)} ${aLine('张某某', 100)} 0 0 0 rg 30 90 200 40 re f`, `${aLine('第二页', 200)} 1 1 1 rg ${aLine('白字', 100)}`])
  expect(await hitsOf([{ name: '遮盖.pdf', mediaType: 'application/pdf', content: boxed, text: '关于某事的通知' }])).toEqual([['file-hidden', 'block', '盖住的、看不见的文字 5 处（第 1、2 页）']])
})

test('numbers in a file name are found, and the name is not repeated', async () => {
  const found = await hitsOf([{ name: '张某13800001234.txt', mediaType: 'text/plain', content: Buffer.from('x'), text: 'x' }])
  expect(found).toEqual([['mobile', 'block', null]])
  expect(JSON.stringify(await db.selectFrom('item_precheck').select('hits').execute())).not.toContain('13800001234')
})
