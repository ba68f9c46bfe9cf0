import type { Hono } from 'hono'
import { getItem } from '../../src/catalogue/index.ts'
import type { SignedInActor } from '../../src/identity/index.ts'
import { cookieFor } from '../../src/identity/testing.ts'
import type { Deps } from '../../src/platform/deps.ts'
import { newId } from '../../src/platform/id.ts'

export interface ItemAtDesk {
  itemId: string
  /** 还没有登记的一份草稿 */
  draftId: string
  file: string
  picture: string
}

const FIELDS = { title: '示例街道养犬管理便民告知', docNo: '', summary: '在哪里办、要什么材料', origin: 'made', formedOn: '2026-01-08', issuer: '示例街道办事处', topic: 'general', genre: 'notice', keywords: '养犬', block: 'statutory', attribute: 'proactive', codes: 'A21_02', term: 'GENERAL' }
// 一个像素的图，末尾补足字节，像一张真的图
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const PNG = Buffer.concat([Buffer.from(DOT, 'base64'), Buffer.alloc(200)]).toString('base64')
const BODY = `<h2>一、在哪里办</h2><p>街道政务服务中心二楼。</p><table><tr><th>材料</th><th>份数</th></tr><tr><td>身份证明</td><td>1</td></tr></table><p><img src="data:image/png;base64,${PNG}"></p>`

/** 由表单登记、改过一次、又改到一半的一条信息：有附件，有没有说明的图片。 */
export async function anItemAtDesk(app: Hono, deps: Deps, officer: SignedInActor): Promise<ItemAtDesk> {
  const cookie = await cookieFor(deps.db, officer, deps.clock.now())
  const post = async (path: string, given: Record<string, string | File>): Promise<void> => {
    const body = new FormData()
    for (const [name, value] of Object.entries(given)) body.append(name, value)
    const response = await app.request(path, { method: 'POST', headers: { cookie, 'sec-fetch-site': 'same-origin' }, body })
    if (response.status !== 303) throw new Error(`${path}：${response.status}`)
  }
  const [itemId, draftId] = [newId(), newId()]
  await post('/desk/items/new', { ...FIELDS, itemId, seen: '0', body: BODY, files: new File(['办理时限五个工作日，材料不全的当场一次告知。'.repeat(5)], '办理须知.txt') })
  const first = await getItem(deps.db, officer.bodyId, itemId)
  const attachment = first.state.content.details?.attachments[0]?.key ?? ''
  const stored = first.state.content.details?.pictures[0]?.key ?? ''
  await post(`/desk/items/${itemId}/edit`, { ...FIELDS, seen: String(first.version), attachment, body: `${BODY}<p>周末也办。</p>` })
  const { version } = await getItem(deps.db, officer.bodyId, itemId)
  await post(`/desk/items/${itemId}/edit`, { ...FIELDS, title: '改到一半的标题', seen: String(version), attachment, body: BODY, do: 'draft' })
  await post('/desk/items/new', { ...FIELDS, title: '还没有登记的一条', itemId: draftId, seen: '0', body: '一段', do: 'draft' })
  return { itemId, draftId, file: `/desk/items/${itemId}/files/${attachment}/${encodeURIComponent('办理须知.txt')}`, picture: `/desk/items/${itemId}/files/${stored}` }
}
