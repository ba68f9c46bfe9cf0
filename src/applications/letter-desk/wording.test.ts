import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { setSetting } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { closePdf } from '../../documents/index.ts'
import { newId } from '../../platform/id.ts'
import { testDb } from '../../platform/testing.ts'
import { LETTER_IDS, letterRule } from '../letters/letters.ts'
import { aDesk } from '../testing-desk.ts'
import type { Post } from '../testing-desk.ts'
import { issuedDiffers } from './issued-differs.ts'
import { getApplication } from '../queries.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let desk: Awaited<ReturnType<typeof aDesk>>
let other: Awaited<ReturnType<typeof aDesk>>
const WORDING = '/desk/letters/wording'

beforeAll(async () => {
  setToday('2025-03-04')
  await aDistrict(deps)
  const bodies = [await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办' }), await aBody(deps, { code: 'lljd', name: '邻里街道办事处', kind: 'street', codeWord: '邻街办' })]
  for (const { bodyId } of bodies) for (const [key, value] of [['court', '武汉市武昌区人民法院'], ['letterPhone', '027-88880000']] as const) await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId, key, value })
  desk = await aDesk(app, deps, setToday, { bodyId: bodies[0]!.bodyId, name: 'wording' })
  other = await aDesk(app, deps, setToday, { bodyId: bodies[1]!.bodyId, name: 'wording2' })
})
afterAll(() => closePdf())

const textOf = async (path: string, as: Post = 'officer'): Promise<string> => (await desk.get(path, as)).text()
const versionIn = (html: string, action: string): string => new RegExp(`action="${action}"[^>]*><input type="hidden" name="version" value="(\\d+)"`).exec(html)?.[1] ?? '没有'
/** 打开那一页，交一处。 */
async function save(letter: string, part: string, words: string, more: Record<string, string> = {}, as: Post = 'head'): Promise<Response> {
  const version = versionIn(await textOf(`${WORDING}/${letter}`, 'head'), `${WORDING}/${letter}/${part}`)
  return desk.post(`${WORDING}/${letter}/${part}`, { version, [`words.${part}`]: words, ...more }, as)
}
const rowsOf = (bodyId = desk.bodyId) => db.selectFrom('letter_wording').selectAll().where('body_id', '=', bodyId).orderBy('letter').orderBy('part').execute()
const auditsOf = async () => (await db.selectFrom('audit_event').selectAll().where('action', '=', 'letter-wording.changed').orderBy('event_id').execute()).map(({ target, detail }) => ({ target, detail }))

/** 决定予以公开的一件，起草其答复书；返回文书的地址。 */
async function answered(day = '2025-03-04'): Promise<{ caseId: string; letter: string }> {
  const caseId = await desk.register(day)
  await desk.done(caseId, day, 'examine')
  await desk.decide(caseId, day)
  return { caseId, letter: await drafted(caseId, 'L15') }
}
async function drafted(caseId: string, type: string, fields: Record<string, string> = {}): Promise<string> {
  const letterId = newId()
  const response = await desk.post(`/desk/applications/${caseId}/letters/new/${type}`, { letterId, ...fields })
  expect([response.status, response.status === 303 ? '' : await response.text()]).toEqual([303, ''])
  return `/desk/applications/${caseId}/letters/${letterId}`
}
async function act(letter: string, name: string, as: Post = 'officer', fields: Record<string, string> = {}): Promise<Response> {
  const version = /name="version" value="(\d+)"/.exec(await textOf(`${letter}/${name}`, as))?.[1] ?? ''
  return desk.post(`${letter}/${name}`, { version, ...fields }, as)
}
const letterRowOf = (letter: string) => db.selectFrom('application_letter').selectAll().where('letter_id', '=', letter.split('/').at(-1)!).executeTakeFirstOrThrow()

test('the list has the twenty-eight letters, each with its parts and its page; only the head may change them', async () => {
  const html = await textOf(WORDING, 'head')
  for (const id of LETTER_IDS) {
    expect(html).toContain(`href="${WORDING}/${id}"`)
    expect(html).toContain(letterRule(id).title)
  }
  expect(html).not.toContain('改过：')
  for (const as of ['officer', 'leader', 'office'] as const) for (const path of [WORDING, `${WORDING}/L15`]) expect([as, path, (await desk.get(path, as)).status]).toEqual([as, path, 403])
  expect((await desk.post(`${WORDING}/L15/collect`, { version: '0', 'words.collect': '请来取。' }, 'officer')).status).toBe(403)
  expect(await textOf('/desk/applications', 'head')).toContain(`href="${WORDING}"`)
  expect(await textOf('/desk/applications', 'officer')).not.toContain(`href="${WORDING}"`)
  for (const path of ['L99', 'L15/nothing/reset', 'L15/collect/reset']) expect((await desk.get(`${WORDING}/${path}`, 'head')).status).toBe(404)
})

test('every letter has its page: defaults, placeholders in Chinese, a whole sample in the name of the body', async () => {
  for (const id of LETTER_IDS) {
    const html = await textOf(`${WORDING}/${id}`, 'head')
    for (const { label, part } of letterRule(id).free) {
      expect([id, html.includes(`保存「${label}」`), html.includes(`name="words.${part}"`)]).toEqual([id, true, true])
    }
    expect([id, html.includes('示例街道办事处')]).toEqual([id, true])
  }
  const html = await textOf(`${WORDING}/L03`, 'head')
  for (const words of ['{称呼}', '{期限届满之日}', '特此告知。', '行政', '胡某某']) expect([words, html.includes(words)]).toEqual([words, words !== '行政'])
})

test('what would hurt a letter is refused beside the field, kept as typed, and nothing is stored', async () => {
  for (const [words, message] of [
    ['不服的可以申请行政复议。', '复议、诉讼的告知由系统'],
    ['请{申请人}来取。', '不能用占位「{申请人}」'],
    ['请{称呼来取。', '花括号没有成对'],
    [`${'长'.repeat(501)}。`, '不超过 500 字'],
    ['该信息不予公开。', '处理决定与法律后果'],
    ['见《政府信息公开条例》。', '条例名称不完整'],
  ] as const) {
    for (const more of [{}, { act: 'preview' }] as Record<string, string>[]) {
      const response = await save('L15', 'collect', words, more)
      const html = await response.text()
      expect([words, response.status, html.includes('id="f-words.collect-error"'), html.includes(message), html.includes(`${words}</textarea>`)]).toEqual([words, 422, true, true, true])
    }
  }
  expect(await rowsOf()).toEqual([])
})

test('a look at the sample before saving stores nothing; saved, new letters carry it, and it is audited', async () => {
  const look = await save('L15', 'collect', '{称呼}可以带身份证件到政务服务中心领取。', { act: 'preview' })
  const html = await look.text()
  expect([look.status, html.includes('您可以带身份证件到政务服务中心领取。'), html.includes('还没有保存')]).toEqual([200, true, true])
  expect(await rowsOf()).toEqual([])
  expect((await save('L15', 'collect', ' {称呼}可以带身份证件到政务服务中心领取。\r\n\r\n工作日上午九时至下午五时。 ')).status).toBe(303)
  expect(await rowsOf()).toMatchObject([{ letter: 'L15', part: 'collect', text: '{you}可以带身份证件到政务服务中心领取。\n工作日上午九时至下午五时。', version: 1, changed_by: desk.accountOf('head').accountId }])
  expect(await auditsOf()).toEqual([{ target: 'L15/collect', detail: { words: ['{you}可以带身份证件到政务服务中心领取。\n工作日上午九时至下午五时。'] } }])
  const list = await textOf(WORDING, 'head')
  expect(list).toContain('改过：领取、查看的提示')
  expect(list).toContain('head（演示）')
  const { letter } = await answered()
  const page = await textOf(letter)
  expect(page).toContain('您可以带身份证件到政务服务中心领取。')
  expect(page).toContain('工作日上午九时至下午五时。')
  // 别的机关不受影响
  expect(await (await other.get(`${WORDING}/L15`, 'head')).text()).not.toContain('工作日上午九时')
})

test('a change of words makes a signed letter stale, never an issued one; a corrected case does not take it for a difference', async () => {
  const issued = await answered('2025-03-05')
  for (const [name, as] of [['sign', 'head'], ['issue', 'officer']] as const) expect((await act(issued.letter, name, as)).status).toBe(303)
  const before = await letterRowOf(issued.letter)
  const signed = await answered('2025-03-05')
  expect((await act(signed.letter, 'sign', 'head')).status).toBe(303)
  expect((await save('L15', 'closing', '感谢{称呼}的关心。')).status).toBe(303)
  expect(await letterRowOf(issued.letter)).toEqual(before)
  expect(await textOf(issued.letter)).not.toContain('感谢您的关心')
  expect(await textOf(signed.letter)).toContain('须重新签批')
  expect((await act(signed.letter, 'issue')).status).toBe(422)
  expect((await act(signed.letter, 'sign', 'head')).status).toBe(303)
  expect((await act(signed.letter, 'issue')).status).toBe(303)
  expect(await textOf(signed.letter)).toContain('感谢您的关心。')
  // 更正过记录而文书与之一致的：用语改过不算不一致
  const { events } = await getApplication(db, desk.bodyId, issued.caseId)
  const corrected = [...events, { ...events.at(-1)!, event: { kind: 'corrected' as const, on: '2025-03-05', changes: [{ field: 'content' as const, before: '', after: '' }] } }] as typeof events
  expect(await issuedDiffers(db, deps, { bodyId: desk.bodyId, caseId: issued.caseId, events: corrected })).toBe(false)
})

test('two people at once: the second is told, what was typed is kept', async () => {
  const version = versionIn(await textOf(`${WORDING}/L12`, 'head'), `${WORDING}/L12/payNote`)
  expect((await desk.post(`${WORDING}/L12/payNote`, { version, 'words.payNote': '请于{期限届满之日}前缴。' }, 'head')).status).toBe(303)
  const second = await desk.post(`${WORDING}/L12/payNote`, { version, 'words.payNote': '票据在大厅领取。' }, 'head')
  const html = await second.text()
  expect([second.status, html.includes('他人刚才改过这一处'), html.includes('票据在大厅领取。</textarea>')]).toEqual([409, true, true])
  expect((await rowsOf()).find(({ part }) => part === 'payNote')).toMatchObject({ text: '请于{deadline}前缴。', version: 1 })
})

test('left blank, the words are not written; to go back to the default asks first', async () => {
  expect((await save('L03', 'closing', '')).status).toBe(303)
  const caseId = await desk.register('2025-03-06')
  const fields = { 'fields.items': '没有写明合同的名称', 'fields.requirements': '写明合同的名称' }
  const letter = await drafted(caseId, 'L03', fields)
  expect(await textOf(letter)).not.toContain('特此告知')
  const ask = await textOf(`${WORDING}/L03/closing/reset`, 'head')
  expect(ask).toContain('改用默认：特此告知。')
  expect((await rowsOf()).find(({ letter: id }) => id === 'L03')).toMatchObject({ text: '' })
  const version = versionIn(ask, `${WORDING}/L03/closing/reset`)
  expect((await desk.post(`${WORDING}/L03/closing/reset`, { version: '9' }, 'head')).status).toBe(409)
  expect((await desk.post(`${WORDING}/L03/closing/reset`, { version }, 'head')).status).toBe(303)
  expect((await rowsOf()).find(({ letter: id }) => id === 'L03')).toMatchObject({ text: null, version: 2 })
  expect(await textOf(letter)).toContain('特此告知。')
  // 写得与默认一样，即用默认
  expect((await save('L03', 'closing', '特此告知。')).status).toBe(303)
  expect((await rowsOf()).find(({ letter: id }) => id === 'L03')).toMatchObject({ text: null, version: 3 })
  expect((await auditsOf()).at(-1)).toEqual({ target: 'L03/closing', detail: { words: null } })
})
