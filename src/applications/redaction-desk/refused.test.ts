import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { SignedInActor } from '../../identity/index.ts'
import { newId } from '../../platform/id.ts'
import { testDb } from '../../platform/testing.ts'

// 一个只会装样子的：原样交回，什么也没有遮。复核的是真的那一套。
// 别的文件已在同一进程里载入过真的（见 vitest.config.ts），故另载一遍，用完作废
vi.resetModules()
vi.doMock('../../redaction/index.ts', async (load) => ({ ...(await load<object>()), redact: (bytes: Uint8Array, type: string) => Promise.resolve({ bytes, type }) }))
const { aBody, aDistrict } = await import('../../bodies/testing.ts')
const { closePdf, toPdf } = await import('../../documents/index.ts')
const { createAccount } = await import('../../identity/testing.ts')
const { fieldKeys } = await import('../../platform/crypto.ts')
const { closeRedaction } = await import('../../redaction/index.ts')
const { addDocument, anApplication, markDocument, produceDocument, runProduction } = await import('../testing.ts')
const { listAnswerDocuments } = await import('./answer-documents.ts')
const { confirmDocument } = await import('./change-document.ts')
const { getDocument, getPart } = await import('./document-store.ts')
const { findText, hitPlaces, readHit } = await import('./find-text.ts')

const { db, deps } = testDb()
let bodyId = ''
let caseId = ''
let officer: SignedInActor
let second: SignedInActor

beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办' })).bodyId
  officer = await createAccount(db, { name: 'refused.officer', displayName: '经办', bodyId, roles: ['disclosure-officer'] })
  second = await createAccount(db, { name: 'refused.second', displayName: '另一人', bodyId, roles: ['handler'] })
  caseId = await anApplication(deps, bodyId, { receivedOn: '2026-01-05' })
})
afterAll(async () => {
  await closeRedaction()
  await closePdf()
  vi.doUnmock('../../redaction/index.ts')
  vi.resetModules()
})

test('a redaction that hides nothing is refused by the second reader, said in plain words, and nothing of it is kept', async () => {
  const ref = { bodyId, caseId, documentId: newId() }
  const keys = fieldKeys(deps.config.secretKey)
  const bytes = await toPdf({ title: '合同', creator: '某单位', datedOn: '2025-03-01', demo: false, blocks: [{ kind: 'paragraph', spans: ['联系人张三丰，手机号码 13800001234。'] }] })
  expect(await addDocument(deps, officer, { ...ref, name: '合同.pdf', bytes })).toEqual({ ok: true })
  const page = await getPart(db, keys, ref, 'original', 1)
  const places = findText(page, 1, '张三丰').flatMap((hit) => hitPlaces(page, 1, readHit(hit.value)?.numbers ?? []))
  expect(await markDocument(deps, officer, { ...ref, seen: 1, places, ground: 'PRIVACY', reason: '姓名' })).toEqual({ ok: true })
  expect(await produceDocument(deps, officer, { ...ref, seen: 2 })).toEqual({ ok: true })
  await runProduction(deps, { ...ref, version: 3 })
  const document = await getDocument(db, keys, ref)
  expect([document.status, document.result]).toEqual(['refused', null])
  expect(document.findings.length).toBeGreaterThan(0)
  expect(document.findings.join('')).toMatch(/[\u4e00-\u9fff]/)
  expect(await confirmDocument(deps, second, { ...ref, seen: 3, hash: document.hash })).toMatchObject({ ok: false })
  expect(await listAnswerDocuments(db, bodyId, caseId)).toMatchObject([{ confirmed: false, sha: null }])
  // 重办一次也一样：已有结果的不再办
  await runProduction(deps, { ...ref, version: 3 })
  expect((await getDocument(db, keys, ref)).status).toBe('refused')
})
