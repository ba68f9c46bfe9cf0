import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../src/app-parts.ts'
import { createApp } from '../src/app.tsx'
import { loadSeeds } from '../seeds/index.ts'
import type { Deps } from '../src/platform/deps.ts'
import { NotFound } from '../src/platform/errors.ts'
import { attackGround } from './support/attack-ground.ts'

const seeded = attackGround()
const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' })
const withFiles = (deps: Deps, change: Partial<Deps['files']>) => {
  const changed = { ...deps, files: { ...deps.files, ...change } }
  return createApp(changed, appParts(changed))
}
beforeAll(async () => {
  await loadSeeds(seeded.deps)
}, 120_000)

const REPORT = '/bodies/csyxglzx/annual-reports/2024/download'

test('with the disk full a published report is still given out', async () => {
  const app = withFiles(seeded.deps, { put: () => Promise.reject(full) })
  for (const format of ['docx', 'json', 'html']) {
    const response = await app.request(`${REPORT}/${format}`)
    expect([response.status, (await response.arrayBuffer()).byteLength > 1000]).toEqual([200, true])
  }
})

test('a stored file that is gone is written out again, the same', async () => {
  const first = await (await seeded.app.request(`${REPORT}/docx`)).arrayBuffer()
  const app = withFiles(seeded.deps, { get: () => Promise.reject(new NotFound('文件')) })
  const again = await app.request(`${REPORT}/docx`)
  expect(again.status).toBe(200)
  expect(Buffer.from(await again.arrayBuffer()).equals(Buffer.from(first))).toBe(true)
})

test('an upload with the disk full is told so, without the path', async () => {
  const ground = await signedIn()
  const form = new FormData()
  form.set('file', new File(['标题,形成日期\n甲,2024-01-01\n'], '台账.csv'))
  const response = await ground.app.request('/desk/ledgers/new/items', { method: 'POST', body: form, headers: ground.headers })
  const text = await response.text()
  expect([response.status, text.includes('磁盘已满')]).toEqual([507, true])
  expect(text).not.toMatch(/ENOSPC|\/tmp|\bat /)
})

async function signedIn() {
  const app = withFiles(seeded.deps, { put: () => Promise.reject(full) })
  const response = await app.request('/sign-in', {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ name: 'xinxi', password: '明窗演示-2026' }),
  })
  const cookie = /^mc=[^;]+/.exec(response.headers.getSetCookie().find((line) => line.startsWith('mc=')) ?? '')?.[0] ?? ''
  return { app, headers: { cookie, 'sec-fetch-site': 'same-origin' } }
}
