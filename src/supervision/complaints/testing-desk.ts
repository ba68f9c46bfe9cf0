import type { Hono } from 'hono'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import type { Role, SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import type { ActionName } from './complaint-actions.ts'

export const POSTS = {
  handler: ['street', ['handler']],
  officer: ['street', ['disclosure-officer']],
  head: ['street', ['disclosure-head']],
  leader: ['street', ['leader']],
  unitHead: ['street', ['unit-head']],
  archivist: ['street', ['archivist']],
  office: ['office', ['district-office']],
  office2: ['office', ['district-office']],
} as const satisfies Record<string, readonly ['street' | 'office', readonly Role[]]>
export type Post = keyof typeof POSTS

const NAMES: Readonly<Record<Post, string>> = { handler: '刘承办', officer: '赵经办', head: '钱负责', leader: '孙领导', unitHead: '李科长', archivist: '周档案', office: '吴政务', office2: '郑政务' }

/** 一个街道、一个区政务公开办与其各岗位；看页面、办一步都由请求进。 */
export async function twoDesks(app: Hono, deps: Deps, setToday: (day: string) => void) {
  await aDistrict(deps)
  const street = await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办', sort: 2 })
  const office = await aBody(deps, { code: 'zfb', name: '示例区人民政府办公室', kind: 'district-office', codeWord: '示政办', sort: 1 })
  const people = new Map<Post, SignedInActor>()
  for (const [post, [where, roles]] of Object.entries(POSTS))
    people.set(post as Post, await createAccount(deps.db, { name: `c.${post.toLowerCase()}`, displayName: `${NAMES[post as Post]}（演示）`, bodyId: (where === 'street' ? street : office).bodyId, roles }))
  const actorOf = (post: Post): SignedInActor => {
    const found = people.get(post)
    if (found === undefined) throw new Error(`没有岗位 ${post}`)
    return found
  }
  const cookies = new Map<string, string>()
  async function cookieOf(post: Post): Promise<string> {
    const key = `${post} ${deps.clock.today()}`
    const known = cookies.get(key)
    if (known !== undefined) return known
    await deps.db.deleteFrom('session').where('account_id', '=', actorOf(post).accountId).execute()
    const cookie = await cookieFor(deps.db, actorOf(post), deps.clock.now())
    cookies.set(key, cookie)
    return cookie
  }
  const get = async (path: string, as: Post): Promise<Response> => app.request(path, { headers: { cookie: await cookieOf(as) } })
  const page = async (path: string, as: Post): Promise<string> => (await get(path, as)).text()
  const send = (path: string, fields: Record<string, string>, cookie: string): Promise<Response> =>
    Promise.resolve(app.request(path, { method: 'POST', headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() }))
  const post = async (path: string, fields: Record<string, string>, as: Post): Promise<Response> => send(path, fields, await cookieOf(as))
  const rowOf = (complaintId: string) => deps.db.selectFrom('complaint').selectAll().where('complaint_id', '=', complaintId).executeTakeFirstOrThrow()

  /** 某日办一步；返回应答。 */
  async function act(complaintId: string, day: string, step: ActionName, fields: Record<string, string>, as: Post): Promise<Response> {
    setToday(day)
    const { version } = await rowOf(complaintId)
    return post(`/desk/complaints/${complaintId}/${step}`, { version: String(version), on: day, ...fields }, as)
  }
  /** 办成一步；不成的抛出页上所写的缘故。 */
  async function done(complaintId: string, day: string, step: ActionName, fields: Record<string, string>, as: Post): Promise<void> {
    const response = await act(complaintId, day, step, fields, as)
    if (response.status !== 303) throw new Error(`${step}：${response.status} ${/class="notice (?:error|warn)"[\s\S]{0,600}/.exec(await response.text())?.[0] ?? ''}`)
  }
  /** 不成的一步页上写的话。 */
  async function refused(complaintId: string, day: string, step: ActionName, fields: Record<string, string>, as: Post): Promise<string> {
    const response = await act(complaintId, day, step, fields, as)
    if (response.status !== 409 && response.status !== 422) throw new Error(`${step} 没有被拒：${response.status}`)
    return response.text()
  }
  return { street, office, actorOf, cookieOf, get, page, post, send, rowOf, act, done, refused }
}

/** 浏览器那样记着 Cookie 的公众。 */
export function aVisitor(app: Hono) {
  const jar = new Map<string, string>()
  const keep = (response: Response): Response => {
    for (const each of response.headers.getSetCookie()) {
      const [pair = ''] = each.split(';')
      const at = pair.indexOf('=')
      jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
  const cookie = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  return {
    get: async (path: string): Promise<Response> => keep(await app.request(path, { headers: { cookie: cookie() } })),
    post: async (path: string, fields: Record<string, string>): Promise<Response> =>
      keep(await app.request(path, { method: 'POST', headers: { cookie: cookie(), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() })),
  }
}
