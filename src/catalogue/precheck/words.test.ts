import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import type { Role, SignedInActor } from '../../identity/index.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { getItem } from '../store.ts'
import { aDraftItem } from '../testing-drafts.ts'
import { findPrecheck } from './precheck-store.ts'
import { runPrecheck } from './run-precheck.ts'

const { db, deps } = testDb()
const app = createApp(deps, appParts(deps))
const people = new Map<Role, SignedInActor>()
let bodyId = ''

beforeAll(async () => {
  await aDistrict(deps)
  ;({ bodyId } = await aBody(deps, { code: 'cibiao', name: '词表示例局' }))
  for (const role of ['disclosure-head', 'handler'] as const) people.set(role, await createAccount(db, { name: `w.${role}`, displayName: role, bodyId, roles: [role] }))
})
const personOf = (role: Role): SignedInActor => {
  const found = people.get(role)
  if (found === undefined) throw new Error(role)
  return found
}
const headers = async (as: Role) => ({ cookie: await cookieFor(db, personOf(as), deps.clock.now()), 'sec-fetch-site': 'same-origin' })
const get = async (path: string, as: Role = 'disclosure-head') => app.request(path, { headers: await headers(as) })
const post = async (path: string, fields: Record<string, string>, as: Role = 'disclosure-head') => app.request(path, { method: 'POST', headers: { ...(await headers(as)), 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() })
async function upload(name: string, content: string, as: Role = 'disclosure-head') {
  const body = new FormData()
  body.set('file', new File([content], name))
  return app.request('/desk/items/words/import', { method: 'POST', headers: await headers(as), body })
}
const words = () => db.selectFrom('watch_word').select(['wrong_form', 'right_form', 'severity', 'kind']).where('body_id', '=', bodyId).orderBy('wrong_form').execute()
const WORD = { kind: 'person', wrong: '区长张三', right: '区长李四', severity: 'block', note: '' }

test('a word is added, changed and removed by the head; a handler only looks', async () => {
  expect((await post('/desk/items/words', WORD, 'handler')).status).toBe(403)
  expect(await (await get('/desk/items/words', 'handler')).text()).not.toContain('添一个词')
  const wrong = await post('/desk/items/words', { ...WORD, wrong: '张', kind: '' })
  expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('须为两个字至一百个字')])
  expect((await post('/desk/items/words', WORD)).status).toBe(303)
  const { word_id: wordId } = await db.selectFrom('watch_word').select('word_id').executeTakeFirstOrThrow()
  expect(await (await get(`/desk/items/words/${wordId}`)).text()).toContain('删去「区长张三」')
  await post(`/desk/items/words/${wordId}`, { ...WORD, wrong: '区长张叁', severity: 'warn' })
  expect(await words()).toEqual([{ wrong_form: '区长张叁', right_form: '区长李四', severity: 'warn', kind: 'person' }])
  await post(`/desk/items/words/${wordId}/remove`, {})
  expect(await words()).toEqual([])
})

test('a list is imported whole or not at all, line by line; the same word is replaced; the template comes back as it went', async () => {
  const bad = await upload('词表.csv', '种类,不该出现的写法,应当写作,轻重,说明\n地名,武汉市江夏,武汉市江夏区,提醒,\n地理,武,武汉,提醒,\n')
  const page = await bad.text()
  expect([bad.status, page]).toEqual([422, expect.stringContaining('第 3 行：种类须为「领导姓名、职务」')])
  expect(await words()).toEqual([])
  expect((await upload('词表.csv', '错误写法,类别\n旧机构名,地名\n')).status).toBe(303)
  expect((await upload('词表.csv', '错误写法,类别,正确写法,级别\n旧机构名,地名,新机构名,阻断\n')).status).toBe(303)
  expect(await words()).toEqual([{ wrong_form: '旧机构名', right_form: '新机构名', severity: 'block', kind: 'place' }])
  const template = await (await get('/desk/items/words/template.csv')).text()
  expect(await (await upload('词表.csv', template)).text()).toContain('没有一个词')
  expect((await upload('词表.xlsx', 'not a workbook')).status).toBe(422)
})

test('words added make a pre-check stale, and stop what they find', async () => {
  const { itemId } = await aDraftItem(deps, personOf('handler'), bodyId, { html: '<p>由某某办公室承办，旧机构名负责</p>' })
  const ref = { bodyId, itemId }
  await runPrecheck(deps, personOf('handler'), ref)
  const { contentHash } = (await getItem(db, bodyId, itemId)).state
  expect(await findPrecheck(db, ref, contentHash)).toMatchObject({ stale: false, blocks: 1 })
  await post('/desk/items/words', { ...WORD, kind: 'error', wrong: '某某办公室', right: '' })
  expect((await findPrecheck(db, ref, contentHash))?.stale).toBe(true)
  await runPrecheck(deps, personOf('handler'), ref)
  expect(await findPrecheck(db, ref, contentHash)).toMatchObject({ stale: false, blocks: 2 })
})

test('the words that come with the system are listed, marked as not checked', async () => {
  const page = await (await get('/desk/items/words/starter?q=台湾', 'handler')).text()
  expect(page).toContain('涉港澳台用语（本区设定）')
  expect(page).not.toContain('按步就班')
})
