import type { Hono } from 'hono'
import { aBody } from '../bodies/testing.ts'
import type { Role, SignedInActor } from '../identity/index.ts'
import { cookieFor, createAccount } from '../identity/testing.ts'
import type { Deps } from '../platform/deps.ts'

const POSTS = { officer: 'disclosure-officer', head: 'disclosure-head', handler: 'handler', publisher: 'publisher', leader: 'leader', auditor: 'auditor' } as const satisfies Record<string, Role>
export type Who = keyof typeof POSTS | 'outsider' | 'district'

/** 一个街道、另一机关与区政务公开办，各有其人，照人在工作台上所做的发请求。 */
export interface Desk {
  bodyId: string
  people: Readonly<Record<Who, SignedInActor>>
  get: (path: string, who?: Who) => Promise<Response>
  post: (path: string, fields: Readonly<Record<string, string | readonly string[]>>, who?: Who) => Promise<Response>
  upload: (path: string, fields: Readonly<Record<string, string>>, file: { name: string; bytes: Buffer } | null, who?: Who) => Promise<Response>
  /** 页面上的字 */
  see: (path: string, who?: Who) => Promise<string>
  textOf: (answer: Response) => Promise<string>
}

const plain = (html: string): string => html.replaceAll(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

export async function aDesk(app: Pick<Hono, 'request'>, deps: Deps): Promise<Desk> {
  const { bodyId } = await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })
  const other = await aBody(deps, { code: 'slqspj', name: '示例区审批局' })
  const office = await aBody(deps, { code: 'zfb', name: '示例区人民政府办公室', kind: 'district-office' })
  const people: Partial<Record<Who, SignedInActor>> = {}
  for (const [who, role] of Object.entries(POSTS) as [keyof typeof POSTS, Role][]) people[who] = await createAccount(deps.db, { name: `sv.${who}`, displayName: `${who}（演示）`, bodyId, roles: [role] })
  people.outsider = await createAccount(deps.db, { name: 'sv.outsider', displayName: '外机关（演示）', bodyId: other.bodyId, roles: ['disclosure-officer'] })
  people.district = await createAccount(deps.db, { name: 'sv.district', displayName: '区办（演示）', bodyId: office.bodyId, roles: ['district-office'] })
  const known = people as Record<Who, SignedInActor>
  const cookie = (who: Who) => cookieFor(deps.db, known[who], deps.clock.now())
  const send = async (path: string, body: string | FormData, who: Who, headers: Record<string, string> = {}) => app.request(path, { method: 'POST', headers: { cookie: await cookie(who), 'sec-fetch-site': 'same-origin', ...headers }, body })
  const get: Desk['get'] = async (path, who = 'officer') => app.request(path, { headers: { cookie: await cookie(who) } })
  return {
    bodyId,
    people: known,
    get,
    post: (path, fields, who = 'officer') => {
      const pairs = Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : value.map((one) => [name, one])))
      return send(path, new URLSearchParams(pairs as [string, string][]).toString(), who, { 'content-type': 'application/x-www-form-urlencoded' })
    },
    upload: (path, fields, file, who = 'officer') => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.set(name, value)
      if (file !== null) form.set('file', new File([new Uint8Array(file.bytes)], file.name))
      return send(path, form, who)
    },
    see: async (path, who = 'officer') => plain(await (await get(path, who)).text()),
    textOf: async (answer) => plain(await answer.text()),
  }
}
