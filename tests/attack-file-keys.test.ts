import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { attackGround } from './support/attack-ground.ts'
import type { Who } from './support/attack-ground.ts'

const { deps, get, post, settle, setToday } = attackGround()
const REPORT = readFileSync(join(import.meta.dirname, '../src/annual-report/checker/fixtures/wuchang-2024.txt'))
beforeAll(async () => {
  setToday('2026-01-05')
  await settle()
  await post('/desk/reports/own/2025/open', {}, 'officer')
  await post('/desk/reports/other/2025/open', {}, 'stranger')
})

const hidden = (page: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
async function upload(bytes: Uint8Array<ArrayBuffer>, who: Who, body: string) {
  const form = new FormData()
  form.set('file', new File([bytes], '上年报告.txt'))
  const response = await post(`/desk/reports/${body}/2025/previous`, form, who)
  const page = await response.text()
  return { status: response.status, fileKey: hidden(page, 'fileKey'), ticket: hidden(page, 'ticket') }
}
const confirm = async (who: Who, body: string, fields: Record<string, string>) =>
  (await post(`/desk/reports/${body}/2025/previous/confirm`, { fileName: '上年报告.txt', problems: '', ...fields }, who)).status

test('only the one who uploaded a file for a body and a year can go on with it', async () => {
  const { fileKey, ticket } = await upload(Uint8Array.from(REPORT), 'officer', 'own')
  expect([fileKey.length, ticket.length]).toEqual([64, 64])
  // 别的机关的人、本机关的另一人，知道了键也不行；连同凭据抄来也不行
  expect(await confirm('stranger', 'other', { fileKey })).toBe(404)
  expect(await confirm('stranger', 'other', { fileKey, ticket })).toBe(404)
  expect(await confirm('head', 'own', { fileKey, ticket })).toBe(404)
  expect(await confirm('officer', 'own', { fileKey, ticket: 'zz' })).toBe(404)
  expect(await confirm('stranger', 'own', { fileKey, ticket })).toBe(403)
  expect(await confirm('officer', 'own', { fileKey, ticket })).toBe(303)
})

test('a key of some other file of the store, or of none, tells nothing', async () => {
  const { ticket } = await upload(Uint8Array.from(REPORT), 'officer', 'own')
  const { key } = await deps.files.put(Buffer.from('别处的台账'), { maxBytes: 100 })
  for (const fileKey of [key, 'a'.repeat(64), '../../etc/passwd', '']) expect(await confirm('officer', 'own', { fileKey, ticket })).toBe(404)
  expect((await get('/desk/reports/own/2025', 'officer')).status).toBe(200)
})
