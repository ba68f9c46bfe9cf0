import fc from 'fast-check'
import mammoth from 'mammoth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { closePdf } from '../../documents/index.ts'
import { testDb } from '../../platform/testing.ts'
import { anItem, withdraw } from '../testing.ts'
import { aPublishedItem, republish } from '../testing-published.ts'
import { itemFilePath, itemPath } from './item-path.ts'

const { db, deps } = testDb()
const app = createApp(deps, appParts(deps))
beforeAll(() => aDistrict(deps))
afterAll(closePdf)

const read = async (path: string): Promise<[number, string]> => {
  const response = await app.request(path)
  return [response.status, await response.text()]
}
const SHEET = { name: '补贴标准（2026）.xlsx', mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content: Buffer.from('表格的内容') }

test('an item: metadata in order, text, attachment, validity, its place in the head', async () => {
  const { bodyId } = await aBody(deps, { code: 'p1', name: '示例民政局' })
  const { indexNo } = await aPublishedItem(deps, bodyId, {
    title: '高龄津贴发放办法',
    docNo: '示民〔2026〕1号',
    html: '<h3>一、对象</h3><p>八十周岁以上的老人。</p><table><tbody><tr><td>年龄</td><td>标准</td></tr></tbody></table>',
    attachments: [SHEET],
    details: { keywords: ['养老', '津贴'], topic: 'civil-affairs', genre: 'rules' },
    classification: { codes: ['A20_01', 'A20_11'] },
  })
  const [status, html] = await read(itemPath(indexNo))
  expect(status).toBe(200)
  const order = ['索引号', '主题分类', '发文机关', '成文日期', '标题', '发文字号', '发布日期', '主题词', '有效性'].map((term) => html.indexOf(`<dt>${term}</dt>`))
  expect(order.every((at, i) => at > (order[i - 1] ?? 0))).toBe(true)
  for (const part of ['<h1>高龄津贴发放办法</h1>', '<h2>一、对象</h2>', '民政、扶贫、救灾', '养老，津贴', '示民〔2026〕1号', '<dd>有效</dd>', 'XLSX，', `rel="canonical" href="${deps.config.baseUrl}${itemPath(indexNo)}"`, '"@type":"Legislation"', 'InForce'])
    expect(html).toContain(part)
  expect(html).toMatch(/<section class="scroll" tabindex="0" aria-label="表格 1（可左右滑动）">|<section tabindex="0" class="scroll" aria-label="表格 1（可左右滑动）">/)
})

test('PDF and DOCX hold the text; other formats are not', async () => {
  const { bodyId } = await aBody(deps, { code: 'p2', name: '示例教育局' })
  const { indexNo } = await aPublishedItem(deps, bodyId, { title: '招生方案', html: '<h2>一、范围</h2><p>全区<strong>小学</strong>，见<a href="https://example.gov.cn/a">附图</a></p><ol><li>报名</li></ol>', attachments: [SHEET] })
  const docx = await app.request(`${itemPath(indexNo)}?format=docx`)
  expect(docx.headers.get('content-disposition')).toContain(encodeURIComponent('招生方案.docx'))
  const { value } = await mammoth.extractRawText({ buffer: Buffer.from(await docx.arrayBuffer()) })
  for (const words of ['招生方案', '一、范围', '全区小学，见附图', '1.报名', '补贴标准（2026）', `索引号：${indexNo}`]) expect(value).toContain(words)
  const pdf = Buffer.from(await (await app.request(`${itemPath(indexNo)}?format=pdf`)).arrayBuffer())
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect((await app.request(`${itemPath(indexNo)}?format=exe`)).status).toBe(404)
})

test('relations both ways: interpretation, revision and repeal with their notices', async () => {
  const { bodyId } = await aBody(deps, { code: 'p3' })
  const old = await aPublishedItem(deps, bodyId, { title: '旧办法', docNo: '示〔2020〕1号', html: '<p>旧的规定。</p>' })
  const rule = await aPublishedItem(deps, bodyId, { title: '新办法', details: { relations: [{ kind: 'repeals', indexNo: old.indexNo }] } })
  const reading = await aPublishedItem(deps, bodyId, { title: '新办法怎样看', details: { relations: [{ kind: 'interprets', indexNo: rule.indexNo }] } })
  const [, oldPage] = await read(itemPath(old.indexNo))
  expect(oldPage).toContain('已废止，不能再作依据')
  expect(oldPage).toMatch(new RegExp(`href="${itemPath(rule.indexNo)}">新办法`))
  expect(oldPage).toContain('<dd>已废止</dd>')
  expect(oldPage).toContain('废止它的文件：')
  // 下载的文件离开了网页，效力也要随着走
  const { value } = await mammoth.extractRawText({ buffer: Buffer.from(await (await app.request(`${itemPath(old.indexNo)}?format=docx`)).arrayBuffer()) })
  expect(value).toContain('发文字号：示〔2020〕1号')
  expect(value).toContain('下载时的有效性：已废止（新办法）')
  const [, rulePage] = await read(itemPath(rule.indexNo))
  for (const part of ['相关解读', '新办法怎样看', '废止', '旧办法', '<dd>有效</dd>']) expect(rulePage).toContain(part)
  await withdraw(db, bodyId, reading.itemId)
  expect((await read(itemPath(rule.indexNo)))[1]).not.toContain('新办法怎样看')
})

test('a file is served to be downloaded, in its own box, and only while the public edition names it', async () => {
  const { bodyId } = await aBody(deps, { code: 'p4' })
  const page = { name: '说明.html', mediaType: 'text/html', content: Buffer.from('<script>alert(1)</script>') }
  const { itemId, indexNo } = await aPublishedItem(deps, bodyId, { title: '有附件的', attachments: [SHEET, page] })
  const [, html] = await read(itemPath(indexNo))
  const paths = [...html.matchAll(/href="(\/item-files\/[^"]+)"/g)].map(([, path]) => path ?? '')
  expect(paths).toHaveLength(2)
  for (const [i, file] of [SHEET, page].entries()) {
    const response = await app.request(paths[i] ?? '')
    expect([response.status, await response.text()]).toEqual([200, file.content.toString()])
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': file.mediaType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name).replaceAll('(', '%28').replaceAll(')', '%29')}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, no-cache',
    })
    const etag = response.headers.get('etag') ?? ''
    expect((await app.request(paths[i] ?? '', { headers: { 'if-none-match': etag } })).status).toBe(304)
  }
  const body = await db.selectFrom('published_item').select('details').where('item_id', '=', itemId).executeTakeFirstOrThrow()
  // 正文不经此门；别的条目也取不到
  expect((await app.request(itemFilePath(itemId, { key: body.details?.body ?? '', name: 'x.html' }))).status).toBe(404)
  const other = await aPublishedItem(deps, bodyId, { title: '没有附件的' })
  expect((await app.request((paths[0] ?? '').replace(itemId, other.itemId))).status).toBe(404)
  await withdraw(db, bodyId, itemId)
  const etag = `"${(paths[0] ?? '').split('/')[3]}"`
  for (const headers of [{}, { 'if-none-match': etag }]) expect((await app.request(paths[0] ?? '', { headers })).status).toBe(410)
})

test('withdrawn: 410 with the number and the days, nothing of what it was; unknown: 404', async () => {
  const { bodyId } = await aBody(deps, { code: 'p5', name: '示例审批局' })
  const { itemId, indexNo } = await aPublishedItem(deps, bodyId, { title: '误发的名单', summary: '不该公开' })
  await read(itemPath(indexNo))
  await withdraw(db, bodyId, itemId)
  const [status, html] = await read(itemPath(indexNo))
  expect(status).toBe(410)
  for (const part of [indexNo, '2026-01-15', '示例审批局', '/apply/p5', '/bodies/p5/items']) expect(html).toContain(part)
  expect(html).not.toMatch(/误发的名单|不该公开/)
  for (const format of ['pdf', 'docx']) expect((await app.request(`${itemPath(indexNo)}?format=${format}`)).status).toBe(410)
  expect((await read('/items/000000000/2020-99999'))[0]).toBe(404)
})

test('what is published elsewhere leads there, what has no text says so; nothing to download', async () => {
  const { bodyId } = await aBody(deps, { code: 'p9', name: '示例财政局' })
  await anItem(db, bodyId, { title: '在别处的', indexNo: '别处/1', url: 'https://www.example.gov.cn/a.html' })
  await anItem(db, bodyId, { title: '只有登记的', indexNo: '登记/1', url: 'javascript:alert(1)' })
  const [, elsewhere] = await read(itemPath('别处/1'))
  for (const part of ['全文在另一个网站', 'www.example.gov.cn', 'href="https://www.example.gov.cn/a.html"']) expect(elsewhere).toContain(part)
  const [, bare] = await read(itemPath('登记/1'))
  expect(bare).toContain('本站没有这条信息的全文')
  expect(bare).not.toContain('javascript:')
  for (const no of ['别处/1', '登记/1']) expect((await app.request(`${itemPath(no)}?format=pdf`)).status).toBe(404)
})

test('two bodies, one number: the reader chooses, each then has its own page', async () => {
  const [a, b] = [await aBody(deps, { code: 'p6', name: '甲局' }), await aBody(deps, { code: 'p7', name: '乙局' })]
  await aPublishedItem(deps, a.bodyId, { title: '甲的一条', indexNo: '同号/1' })
  const second = await aPublishedItem(deps, b.bodyId, { title: '乙的一条', indexNo: '同号/1' })
  const [, html] = await read(itemPath('同号/1'))
  for (const part of ['甲的一条', '乙的一条', '?body=p6', '?body=p7']) expect(html).toContain(part)
  expect((await read(`${itemPath('同号/1')}?body=p7`))[1]).toContain('<h1>乙的一条</h1>')
  await withdraw(db, b.bodyId, second.itemId)
  expect((await read(itemPath('同号/1')))[1]).not.toContain('乙的一条')
  expect((await read(`${itemPath('同号/1')}?body=p7`))[0]).toBe(410)
})

test('what changed since an earlier edition is shown; once withdrawn, what was before is not', async () => {
  const { bodyId } = await aBody(deps, { code: 'p8' })
  const { itemId, indexNo } = await aPublishedItem(deps, bodyId, { title: '改造计划', html: '<p>年底完工。</p>' })
  expect((await read(itemPath(indexNo)))[1]).not.toContain('历次版本')
  await republish(deps, bodyId, itemId, { html: '<p>明年三月完工。</p>' })
  const [, page] = await read(itemPath(indexNo))
  expect(page).toContain('历次版本')
  expect(page).toContain(`${itemPath(indexNo)}?edition=1`)
  const [, difference] = await read(`${itemPath(indexNo)}?edition=1`)
  expect(difference).toMatch(/<del>.*?年底/)
  expect(difference).toMatch(/<ins>.*?明年三月/)
  for (const asked of ['2', '0', '9', 'x']) expect((await read(`${itemPath(indexNo)}?edition=${asked}`))[0]).toBe(404)
  await withdraw(db, bodyId, itemId)
  expect((await read(`${itemPath(indexNo)}?edition=1`))[0]).toBe(410)
  await republish(deps, bodyId, itemId, { html: '<p>更正之后的。</p>' })
  expect((await read(itemPath(indexNo)))[1]).not.toContain('历次版本')
  for (const asked of ['1', '2']) expect((await read(`${itemPath(indexNo)}?edition=${asked}`))[0]).toBe(404)
})

test('an address holds whatever an index number may hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => !/[\ud800-\udfff]/.test(text) || text.isWellFormed()), (indexNo) => {
      const path = itemPath(indexNo)
      expect(path).toMatch(/^\/items\/[\w\-.!~*'()%/]*$/)
      expect(decodeURIComponent(path.slice('/items/'.length))).toBe(indexNo)
    }),
  )
})
