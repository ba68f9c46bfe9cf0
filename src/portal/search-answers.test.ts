import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { aGuide, aShownPart } from '../catalogue/testing.ts'
import { createAccount } from '../identity/testing.ts'
import { testDb } from '../platform/testing.ts'

const { db, deps } = testDb()
const app = createApp(deps, appParts(deps))
beforeAll(() => aDistrict(deps))

const page = async (query: Record<string, string>): Promise<string> => (await app.request(`/search?${new URLSearchParams(query).toString()}`)).text()
const plain = (html: string): string => html.slice(html.indexOf('<main')).replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ')

test('no body named: up to three whose names have the word answer, and how many more there are', async () => {
  for (const [i, name] of ['示例甲镇人民政府', '示例乙镇人民政府', '示例丙镇人民政府', '示例丁镇人民政府'].entries()) {
    const { bodyId } = await aBody(deps, { code: `town${i}`, name })
    const [officer, head] = [await createAccount(db, { name: `town${i}.a`, displayName: '甲（演示）', bodyId, roles: ['disclosure-officer'] }), await createAccount(db, { name: `town${i}.b`, displayName: '乙（演示）', bodyId, roles: ['disclosure-head'] })]
    await aShownPart(deps, { officer, head }, { bodyId, part: 'guide', content: aGuide({ phone: `027-8000000${i}` }) })
  }
  const text = plain(await page({ q: '镇人民政府电话' }))
  for (const part of ['示例甲镇人民政府 · 联系电话', '027-80000000', '027-80000002', '名称里有“镇人民政府”的机关共 4 个']) expect(text).toContain(part)
  expect(text.slice(0, text.indexOf('其余见'))).not.toContain('027-80000003')
  expect(plain(await page({ q: '甲镇电话' }))).toContain('027-80000000')
  expect(plain(await page({ q: '消防栓电话' }))).not.toContain('指南的回答')
})
