import { beforeAll, describe, expect, test } from 'vitest'
import { appParts } from '../src/app-parts.ts'
import { createApp } from '../src/app.tsx'
import { aBody, aDistrict } from '../src/bodies/testing.ts'
import { cookieFor, createAccount } from '../src/identity/testing.ts'
import { testDb } from '../src/platform/testing.ts'

const { db, deps } = testDb()
const app = createApp(deps, appParts(deps))

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'ALL'])

/** 不须登录就能提交的；添一条须在此写明为何。 */
const OPEN: Readonly<Record<string, string>> = {
  'POST /elder': '适老模式，只写一个显示用的 Cookie',
  'POST /sign-in': '登录本身，有计数与锁定',
  'POST /sign-in/code': '登录的第二步，须有已过口令的会话',
  'POST /sign-out': '退出，没有登录的只清 Cookie',
  'POST /apply/:code/start': '公众申请，开一份草稿，限速，七日不填即删',
  'POST /apply/:code/discard': '删去自己的草稿，凭浏览器里的随机令牌',
  'POST /apply/:code/submit': '提交自己的草稿，凭随机令牌，限速',
  'POST /apply/:code/papers': '给自己的草稿附材料，凭随机令牌，限速，有份数与大小的上限',
  'POST /apply/:code/papers/remove': '从自己的草稿去掉一份材料，凭随机令牌',
  'POST /apply/:code/suggestions': '申请前提示已经公开的信息，只答公开的，所写的不存不记，限速',
  'POST /apply/:code/found': '找到了不用申请的删去自己的草稿，凭随机令牌，限速',
  'POST /apply/:code/:step': '填自己的草稿的一步，凭随机令牌，限速',
  'POST /applications/track': '凭登记号与查询码查询，按地址、按登记号限速',
  'POST /applications/track/redo': '改看重新答复的一件，凭查到后的密封 Cookie，只认与它相连的，限速',
  'POST /applications/track/leave': '结束查询，只清 Cookie',
  'POST /applications/track/withdraw': '撤回自己的申请，凭查到后的密封 Cookie',
  'POST /applications/track/supplement': '交自己的补正，凭查到后的密封 Cookie，限速，有份数与大小的上限',
  'POST /applications/track/letter': '取给自己的文书，凭查到后的密封 Cookie，限速',
  'POST /applications/track/attachment': '取答复所附的文件，凭查到后的密封 Cookie，限速',
  'POST /applications/track/consent': '答是否同意电子送达，凭查到后的密封 Cookie，限速',
  'POST /applications/track/payment': '交自己的缴费凭证，凭查到后的密封 Cookie，限速，有份数与大小的上限',
  'POST /applications/track/rating': '评价自己的申请的办理，凭查到后的密封 Cookie，限速',
  'POST /applications/track/suggest': '建议主动公开，凭查到后的密封 Cookie，限速',
  'POST /complain': '公众提出投诉、反映，限速，有份数与大小的上限',
  'POST /complain/track': '凭登记号与查询码查询，按地址、按登记号限速',
  'POST /complain/track/leave': '结束查询，只清 Cookie',
  'POST /complain/track/supply': '补充自己的反映，凭查到后的密封 Cookie，限速，有份数与大小的上限',
  'POST /complain/track/again': '评价不满意的请求再办一次，凭查到后的密封 Cookie，限速，一件一次',
  'POST /complain/track/rate': '评价自己的反映的办理，凭查到后的密封 Cookie，限速',
  'POST /subscribe': '公众订阅，限速；地址加密，点过确认邮件里的链接才算',
  'POST /subscribe/confirm/:id/:token': '确认自己的订阅，凭邮件里的密令',
  'POST /subscribe/end/:id/:token': '退订自己的，凭邮件里的密令',
  'POST /training/:body/:sign{[0-9A-Z]{10}}': '培训签到，凭会场的签到码，一小时失效，限速；登录的记其账号',
  'POST /check': '公众核查文件，不存任何东西，有大小与频次的上限',
  'POST /check/difference': '公众比较两个文件，不存任何东西，有大小与频次的上限',
}

const ID = '019a0000-0000-7000-8000-000000000001'
/** 路由样式里的参数填成像样的值，免得因格式而非权限被拒。 */
const toPath = (pattern: string): string =>
  pattern
    .replaceAll(/:(id|\w*Id)(\{[^}]*\})?\??/g, ID)
    .replaceAll(/:year(\{[^}]*\})?\??/g, '2024')
    .replaceAll(/:\w+(\{[^}]*\})?\??/g, 'csyxglzx')
    .replaceAll('*', 'x')

// 中间件在 app.routes 里的方法是 ALL，处理函数各写各的方法
const registered = app.routes.map(({ method, path }) => ({ method, path }))
const mutating = [...new Map(registered.filter((r) => !SAFE.has(r.method)).map((r) => [`${r.method} ${r.path}`, r])).values()]
const guarded = mutating.filter((r) => !Object.hasOwn(OPEN, `${r.method} ${r.path}`))
const desk = [...new Set(registered.filter((r) => r.method === 'GET' && r.path.startsWith('/desk')).map((r) => r.path))]

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const send = (method: string, path: string, headers: Record<string, string>) =>
  app.request(toPath(path), { method, headers: { ...form, ...headers }, body: method === 'DELETE' ? undefined : 'a=b' })

let cookie = ''
beforeAll(async () => {
  await aDistrict(deps)
  const { bodyId } = await aBody(deps, { code: 'csyxglzx' })
  const nobody = await createAccount(db, { name: 'no.role', displayName: '无岗位', bodyId, roles: [], at: deps.clock.now() })
  cookie = await cookieFor(db, nobody, deps.clock.now())
})

test('the walk sees the routes of the application', () => {
  expect(guarded.length).toBeGreaterThan(15)
  expect(desk.length).toBeGreaterThan(10)
})

test.each(mutating.map((r) => [r.method, r.path] as const))('%s %s refuses a page of another site, session or not', async (method, path) => {
  expect((await send(method, path, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
})

describe.each(guarded)('$method $path', ({ method, path }) => {
  test('refuses without a session', async () => {
    const response = await send(method, path, { 'sec-fetch-site': 'same-origin' })
    if (path.startsWith('/api')) return expect(response.status).toBe(401)
    // 口令不写回页面；其余的表单原样交还，登录之后再交
    if (path.startsWith('/desk/account')) return expect([response.status, response.headers.get('location')]).toEqual([303, '/sign-in'])
    expect(response.status).toBe(401)
    expect(await response.text()).toContain('<input type="hidden" name="a" value="b"/>')
  })

  test('refuses from another site, another port, a sandbox, and a program that carries the cookie', async () => {
    const origins: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { referer: 'https://evil.example/page' },
      {},
    ]
    for (const from of origins) expect([from, (await send(method, path, { cookie, ...from })).status]).toEqual([from, 403])
  })
})

// 自己的账号、自己的通知人人可改；其余没有岗位的一律不许
const own = (path: string): boolean => path.startsWith('/desk/account') || path.startsWith('/desk/notices')
// 接口不认会话，只认令牌
const isApi = (path: string): boolean => path.startsWith('/api/')

describe.each(guarded.filter((r) => !own(r.path) && !isApi(r.path)))('$method $path', ({ method, path }) => {
  test('refuses an account without a role', async () => {
    const { status } = await send(method, path, { cookie, 'sec-fetch-site': 'same-origin' })
    // 先找记录、后查权限的，查无此记录也是没有办
    expect([403, 404]).toContain(status)
  })
})

/** 不须令牌的：接口的说明。 */
const OPEN_API = new Set(['/api/openapi.json'])
const api = [...new Map(registered.filter((r) => isApi(r.path) && r.method !== 'ALL' && !OPEN_API.has(r.path)).map((r) => [`${r.method} ${r.path}`, r])).values()]

test('the walk sees the interface', () => {
  expect(api.length).toBeGreaterThan(8)
})

test.each(api)('$method $path: nothing without a token, with a session or with a wrong token', async ({ method, path }) => {
  const headers: Record<string, string>[] = [{}, { cookie, 'sec-fetch-site': 'same-origin' }, { authorization: 'Bearer mc_wrong' }]
  for (const each of headers) {
    const response = await app.request(toPath(path), { method, headers: { 'content-type': 'application/json', ...each }, ...(method === 'GET' ? {} : { body: '{}' }) })
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([401, 'unauthorized'])
  }
})

test.each(desk)('GET %s leads to the sign-in page', async (path) => {
  const response = await app.request(toPath(path))
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toMatch(/^\/sign-in\?next=%2Fdesk/)
})
