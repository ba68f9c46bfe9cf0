import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { getApplication, listApplications } from '../applications/index.ts'
import { aBody, aDistrict } from '../bodies/testing.ts'
import type { SignedInActor } from '../identity/index.ts'
import { cookieFor, createAccount } from '../identity/testing.ts'
import { toCsv } from '../platform/ledger/testing.ts'
import { testDb } from '../platform/testing.ts'
import { confirmImport, runImport, startImport } from './index.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let bodyId = ''
let officer: SignedInActor
let cookie = ''

beforeAll(async () => {
  setToday('2026-01-15')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', codeWord: '示' })).bodyId
  officer = await createAccount(db, { name: 'jing.ban', displayName: '经办（演示）', bodyId, roles: ['disclosure-officer'] })
  cookie = await cookieFor(db, officer, deps.clock.now())
  const rows = [
    ['登记号', '收到日期', '申请人类型', '申请人', '收到渠道', '申请内容', '补正告知日期', '收到补正日期', '处理结果', '答复日期', '答复文号', '送达日期'],
    ['旧〔2025〕1号', '2025-03-03', '自然人', '李四', '邮寄', '某小区加装电梯的批复', '2025-03-05', '2025-03-10', '予以公开', '2025-03-28', '旧公开答〔2025〕1号', '2025-03-31'],
    ['旧〔2026〕2号', '2026-01-12', '商业企业', '某公司', '当面', '某路改造的施工合同', '', '', '', '', '', ''],
  ]
  const { importId } = await startImport(deps, officer, { bodyId, kind: 'applications', file: { name: '旧台账.csv', bytes: toCsv(rows) } })
  const confirmed = await confirmImport(deps, officer, { bodyId, importId }, 'caller')
  if (!confirmed.ok) throw new Error(confirmed.refusal)
  await runImport(deps, { bodyId, importId })
})

const caseOf = async (regNo: string) => (await listApplications(db, { bodyId, regNo }, { sort: 'regNo' })).rows[0]?.caseId ?? ''
const page = async (path: string) => {
  const response = await app.request(path, { headers: { cookie } })
  return { status: response.status, html: await response.text() }
}

test('a row of an old ledger opens as a full case: state, what happened, answer and who asked, as far as the ledger goes', async () => {
  const { status, html } = await page(`/desk/applications/${await caseOf('旧〔2025〕1号')}`)
  expect(status).toBe(200)
  for (const words of ['旧〔2025〕1号', '已送达', '告知补正', '收到补正', '旧公开答〔2025〕1号', '某小区加装电梯的批复', '李']) expect(html).toContain(words)
  expect(html).not.toContain('李四')
})

test('an open row has its clock and its next steps, and is carried on like any other case', async () => {
  const caseId = await caseOf('旧〔2026〕2号')
  const before = await page(`/desk/applications/${caseId}`)
  for (const words of ['2026-02-09', `/desk/applications/${caseId}/examine`, `/desk/applications/${caseId}/ask-supplement`]) expect(before.html).toContain(words)
  const { version } = await getApplication(db, bodyId, caseId)
  const done = await app.request(`/desk/applications/${caseId}/examine`, {
    method: 'POST',
    headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ version: String(version), on: '2026-01-15' }).toString(),
  })
  expect([done.status, (await getApplication(db, bodyId, caseId)).state.status]).toEqual([303, 'examining'])
})
