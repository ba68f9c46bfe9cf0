import type { Hono } from 'hono'
import { cookieFor, createAccount } from '../identity/testing.ts'
import type { Role, SignedInActor } from '../identity/index.ts'
import type { Deps } from '../platform/deps.ts'
import { newId } from '../platform/id.ts'
import { getApplication } from './queries.ts'

export const POSTS = {
  officer: ['disclosure-officer'],
  handler: ['handler'],
  head: ['disclosure-head'],
  leader: ['leader'],
  office: ['district-office'],
} as const satisfies Record<string, readonly Role[]>
export type Post = keyof typeof POSTS

/** 一机构的工作台，给测试用：各岗位一人，登记、办一步、看页面都由请求进。 */
export async function aDesk(app: Hono, deps: Deps, setToday: (day: string) => void, { bodyId, name }: { bodyId: string; name: string }) {
  const { db } = deps
  const people = new Map<Post, SignedInActor>()
  for (const [post, roles] of Object.entries(POSTS)) people.set(post as Post, await createAccount(db, { name: `${name}.${post}`, displayName: `${post}（演示）`, bodyId, roles }))
  const accountOf = (post: Post): SignedInActor => {
    const found = people.get(post)
    if (found === undefined) throw new Error(`没有岗位 ${post}`)
    return found
  }

  const cookies = new Map<Post, { day: string; cookie: Promise<string> }>()
  // 存的是将有的会话：同一人同时办两步，不至于各开一个、彼此去掉
  function cookieOf(post: Post): Promise<string> {
    const day = deps.clock.today()
    const known = cookies.get(post)
    if (known?.day === day) return known.cookie
    const cookie = openSession(post)
    cookies.set(post, { day, cookie })
    return cookie
  }
  async function openSession(post: Post): Promise<string> {
    // 日子会往回走，旧的会话先去掉
    await db.deleteFrom('session').where('account_id', '=', accountOf(post).accountId).execute()
    return cookieFor(db, accountOf(post), deps.clock.now())
  }

  const get = async (path: string, as: Post = 'officer'): Promise<Response> => app.request(path, { headers: { cookie: await cookieOf(as) } })
  const post = async (path: string, fields: Record<string, string>, as: Post = 'officer'): Promise<Response> =>
    app.request(path, {
      method: 'POST',
      headers: { cookie: await cookieOf(as), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    })
  const pageOf = async (caseId: string, as: Post = 'officer'): Promise<string> => (await get(`/desk/applications/${caseId}`, as)).text()
  const stateOf = async (caseId: string) => (await getApplication(db, bodyId, caseId)).state

  let serial = 0
  /** 登记一件；同一人再提的，看过提示照登。 */
  async function register(day: string, fields: Record<string, string> = {}): Promise<string> {
    setToday(day)
    serial += 1
    const caseId = newId()
    const form = { caseId, kind: 'N', channel: 'IN_PERSON', submittedOn: day, name: `张某${serial}`, idKind: '居民身份证', idNo: `42010619900101${String(1000 + serial)}`, contact: '13800001234', content: `示例文件第 ${serial} 号`, ...fields }
    const first = await post('/desk/applications/new', form)
    if (first.status === 303) return caseId
    const seen = /name="seen" value="([^"]+)"/.exec(await first.text())?.[1]
    if (seen === undefined || (await post('/desk/applications/new', { ...form, seen })).status !== 303) throw new Error('登记不成')
    return caseId
  }

  /** 某日办一步；返回应答。 */
  async function act(caseId: string, day: string, step: string, fields: Record<string, string> = {}, as: Post = 'officer'): Promise<Response> {
    setToday(day)
    const { version } = await getApplication(db, bodyId, caseId)
    return post(`/desk/applications/${caseId}/${step}`, { version: String(version), on: day, ...fields }, as)
  }
  /** 办成一步；不成的抛出页上所写的缘故。 */
  async function done(caseId: string, day: string, step: string, fields: Record<string, string> = {}, as: Post = 'officer'): Promise<void> {
    const response = await act(caseId, day, step, fields, as)
    if (response.status !== 303) throw new Error(`${step}：${response.status} ${errorsIn(await response.text())}`)
  }
  /** 拟定、批准。 */
  async function decide(caseId: string, day: string, outcome = 'GRANTED', evidence: Record<string, string> = { 'evidence.provided': '电子邮件提供复制件' }): Promise<void> {
    await done(caseId, day, 'propose', { outcome, ...evidence })
    await done(caseId, day, 'approve', {}, 'head')
  }
  /** 不成的一步页上写的话。 */
  async function refusalOf(caseId: string, day: string, step: string, fields: Record<string, string> = {}, as: Post = 'officer'): Promise<string> {
    const response = await act(caseId, day, step, fields, as)
    if (response.status !== 409 && response.status !== 422) throw new Error(`${step} 没有被拒：${response.status}`)
    return response.text()
  }

  return { bodyId, accountOf, cookieOf, get, post, pageOf, stateOf, register, act, done, decide, refusalOf }
}

const errorsIn = (html: string): string => /<div class="notice (?:error|warn)"[\s\S]*?<\/div>/.exec(html)?.[0] ?? html.slice(0, 300)
