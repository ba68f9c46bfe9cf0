import type { Hono } from 'hono'
import { cookieFor, createAccount } from '../identity/testing.ts'
import type { Role, SignedInActor } from '../identity/index.ts'
import type { Deps } from '../platform/deps.ts'
import { newId } from '../platform/id.ts'
import { openCase } from './open-case.ts'

const POSTS = { officer: ['disclosure-officer'], handler: ['handler'], head: ['disclosure-head'], leader: ['leader'], unitHead: ['unit-head'], auditor: ['auditor'] } as const satisfies Record<string, readonly Role[]>
export type Post = keyof typeof POSTS

/** 一机构的复议诉讼工作台，给测试用：各岗位一人，登记、办一步、看页面都由请求进。 */
export async function aDisputeDesk(app: Hono, deps: Deps, setToday: (day: string) => void, { bodyId, name }: { bodyId: string; name: string }) {
  const { db } = deps
  const people = new Map<Post, SignedInActor>()
  for (const [post, roles] of Object.entries(POSTS)) people.set(post as Post, await createAccount(db, { name: `${name}.${post.toLowerCase()}`, displayName: `${post}（演示）`, bodyId, roles }))
  const accountOf = (post: Post): SignedInActor => {
    const found = people.get(post)
    if (found === undefined) throw new Error(`没有岗位 ${post}`)
    return found
  }
  const cookies = new Map<Post, { day: string; cookie: string }>()
  async function cookieOf(post: Post): Promise<string> {
    const day = deps.clock.today()
    const known = cookies.get(post)
    if (known?.day === day) return known.cookie
    // 日子会往回走，旧的会话先去掉
    await db.deleteFrom('session').where('account_id', '=', accountOf(post).accountId).execute()
    const cookie = await cookieFor(db, accountOf(post), deps.clock.now())
    cookies.set(post, { day, cookie })
    return cookie
  }
  const get = async (path: string, as: Post = 'officer'): Promise<Response> => app.request(path, { headers: { cookie: await cookieOf(as) } })
  const post = async (path: string, fields: Record<string, string>, as: Post = 'officer'): Promise<Response> =>
    app.request(path, {
      method: 'POST',
      headers: { cookie: await cookieOf(as), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    })
  const upload = async (path: string, fields: Record<string, string>, file: { name: string; bytes: Uint8Array }, as: Post = 'officer'): Promise<Response> => {
    const form = new FormData()
    for (const [key, value] of Object.entries(fields)) form.set(key, value)
    form.set('file', new File([Uint8Array.from(file.bytes)], file.name))
    return app.request(path, { method: 'POST', headers: { cookie: await cookieOf(as), 'sec-fetch-site': 'same-origin' }, body: form })
  }
  const pageOf = async (caseId: string, as: Post = 'officer'): Promise<string> => (await get(`/desk/reviews/${caseId}`, as)).text()
  let serial = 0
  /** 登记一件；返回它的编号，登记不成的抛出页上所写的缘故。 */
  async function register(day: string, kind: 'review' | 'direct' | 'after-review', { doc = '', ...fields }: Record<string, string> & { doc?: string } = {}, as: Post = 'officer'): Promise<string> {
    setToday(day)
    serial += 1
    const caseId = newId()
    const known: Record<string, string> = kind === 'review' ? { procedure: 'ordinary', organ: '示例区人民政府' } : { role: 'original', organ: '示例区人民法院', reviewId: 'none' }
    const response = await post(`/desk/reviews/new?kind=${kind}&doc=${encodeURIComponent(doc)}`, { caseId, caseNo: `示〔2026〕${serial}号`, on: day, partyKind: 'person', party: 'other', name: `张三丰${serial}`, decisionNo: doc, ...known, ...fields }, as)
    if (response.status !== 303) throw new Error(`登记：${response.status} ${errorsIn(await response.text())}`)
    return caseId
  }
  /** 某日办一步；返回应答。 */
  async function act(caseId: string, day: string, step: string, fields: Record<string, string> = {}, as: Post = 'officer'): Promise<Response> {
    setToday(day)
    const { version } = await openCase(db, bodyId, caseId)
    return post(`/desk/reviews/${caseId}/steps/${step}`, { version: String(version), on: day, ...fields }, as)
  }
  /** 办成一步；不成的抛出页上所写的缘故。 */
  async function done(caseId: string, day: string, step: string, fields: Record<string, string> = {}, as: Post = 'officer'): Promise<void> {
    const response = await act(caseId, day, step, fields, as)
    if (response.status !== 303) throw new Error(`${step}：${response.status} ${errorsIn(await response.text())}`)
  }
  return { get, post, upload, pageOf, register, act, done, accountOf, stateOf: async (caseId: string) => (await openCase(db, bodyId, caseId)).state }
}

/** 页上所写的错误、缘故。 */
export const errorsIn = (html: string): string => (/<div class="notice (?:error|warn)"[\s\S]*?<\/div>/.exec(html)?.[0] ?? html.slice(0, 400)).replaceAll(/<[^>]+>/g, ' ')
/** 案件页上最大的那个日子。 */
export const dueIn = (html: string): string | undefined => /class="due-on"><time dateTime="([\d-]+)"/.exec(html)?.[1]
