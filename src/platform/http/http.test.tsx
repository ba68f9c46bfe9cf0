import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { MiddlewareHandler } from 'hono'
import { sql } from 'kysely'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Conflict, Forbidden, NotFound } from '../errors.ts'
import { PortalPage, renderPage } from '../html/index.ts'
import { testDb } from '../testing.ts'
import {
  createRateLimiter, dataVersion, frame, handleError, handleNotFound, keptPages, loadAssets, localPath, mountElder, parseForm, publicPage, rateLimit,
  requestLog, sameOrigin, securityHeaders, shareNext,
} from './index.ts'

const { deps } = testDb()

function anApp(add: (app: Hono) => unknown = () => {}, version: MiddlewareHandler = dataVersion(deps)): Hono {
  const app = new Hono()
  const assets = loadAssets()
  app.use(securityHeaders({ https: true }), requestLog(deps))
  app.use('/assets/*', assets.serve)
  app.use(version, keptPages({ https: true }))
  app.use(frame({ siteName: '示例', siteNote: '', demo: null, portalNav: [], footerNav: [], ...assets }))
  app.use(sameOrigin({ baseUrl: 'https://open.example' }))
  mountElder(app, { https: true })
  app.get('/', (c) => renderPage(c, <PortalPage title="首页" />))
  app.post('/echo', async (c) => {
    const form = await parseForm(c, { maxBytes: 2_000, maxFiles: 1, maxFields: 3 })
    return c.json({ fields: form.fields, files: form.files.map((file) => ({ name: file.name, size: file.bytes.length })) })
  })
  add(app)
  app.notFound(handleNotFound)
  app.onError(handleError)
  return app
}

const post = (app: Hono, headers: Record<string, string>, body = 'a=1') =>
  app.request('http://open.example/echo', {
    method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'open.example', ...headers },
  })

test('每个应答都有安全头，出错的也有', async () => {
  const app = anApp()
  for (const path of ['/', '/nowhere']) {
    const { headers } = await app.request(path)
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self';.*frame-ancestors 'none'/)
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('strict-transport-security')).toContain('max-age=')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  }
})

test.each([
  [{ 'sec-fetch-site': 'same-origin' }, 200],
  [{ 'sec-fetch-site': 'same-site' }, 403],
  [{ 'sec-fetch-site': 'cross-site', origin: 'https://open.example' }, 403],
  [{ 'sec-fetch-site': 'none' }, 403],
  [{ origin: 'https://open.example' }, 200],
  [{ origin: 'https://evil.example' }, 403],
  [{ origin: 'https://open.example.evil' }, 403],
  [{ origin: 'null' }, 403],
  [{ referer: 'https://open.example/desk' }, 200],
  [{ referer: 'https://evil.example/open.example' }, 403],
  [{ cookie: 'mc=1' }, 403],
  [{}, 200],
])('修改须由本站页面发出：%o → %i', async (headers, status) => {
  expect((await post(anApp(), headers)).status).toBe(status)
})

test('拒绝来自别站的修改时，用中文页面说明', async () => {
  const html = await (await post(anApp(), { origin: 'https://evil.example' })).text()
  expect(html).toContain('不是从本站页面发出的')
})

// 先编成字节：进程内传 FormData 时，半途不读会在 undici 里留下一个没人接的错误
async function upload(app: Hono, form: FormData): Promise<Response> {
  const encoded = new Response(form)
  const type = encoded.headers.get('content-type') ?? ''
  return app.request('/echo', { method: 'POST', body: await encoded.arrayBuffer(), headers: { 'content-type': type } })
}

test('表单：字段、文件与文件名', async () => {
  const body = new FormData()
  body.append('title', '合同')
  body.append('title', '二')
  body.append('file', new File(['abc'], '../../年报.txt'))
  const response = await upload(anApp(), body)
  expect(await response.json()).toEqual({ fields: { title: ['合同', '二'] }, files: [{ name: '年报.txt', size: 3 }] })
})

test('没选文件的文件栏不算文件', async () => {
  const body = new FormData()
  body.append('file', new File([], ''))
  expect(await (await upload(anApp(), body)).json()).toMatchObject({ files: [] })
})

test('过大的、过多的、残缺的都有明白的答复', async () => {
  const app = anApp()
  const send = async (body: FormData) => (await upload(app, body)).status
  const large = new FormData()
  large.append('file', new File(['x'.repeat(3_000)], 'a.txt'))
  expect(await send(large)).toBe(413)
  const many = new FormData()
  for (const name of ['a', 'b']) many.append('file', new File(['x'], name))
  expect(await send(many)).toBe(400)
  expect((await post(app, {}, 'a=1&b=2&c=3&d=4')).status).toBe(400)
  expect((await post(app, {}, `a=${'x'.repeat(3_000)}`)).status).toBe(413)
  expect((await post(app, { 'content-type': 'multipart/form-data; boundary=x' }, '--x\r\nContent-Dis')).status).toBe(400)
  expect((await post(app, { 'content-type': 'text/plain' })).status).toBe(400)
})

test('不写长度、源源不断的上传，到上限即止', async () => {
  let sent = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1_000
      controller.enqueue(new Uint8Array(1_000).fill(97))
    },
  })
  const response = await anApp().request('/echo', {
    method: 'POST', body: endless, duplex: 'half', headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(response.status).toBe(413)
  expect(sent).toBeLessThan(10_000)
})

test('浏览器传来过大的文件，看得到说明，而不是断线', async () => {
  const server = serve({ fetch: anApp().fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((done) => server.once('listening', done))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const body = new FormData()
  body.append('file', new File([new Uint8Array(8_000_000)], 'a.pdf'))
  const response = await fetch(`http://127.0.0.1:${port}/echo`, { method: 'POST', body })
  expect(response.status).toBe(413)
  expect(await response.text()).toContain('超过上限 2 KB')
  await new Promise((done) => server.close(done))
})

test('限速：一下子几次，此后慢慢补；来处再多也有界', () => {
  const limiter = createRateLimiter({ burst: 3, perMinute: 60 }, 10)
  expect([0, 0, 0, 0].map((at) => limiter.take('a', at))).toEqual([0, 0, 0, 1])
  expect(limiter.take('b', 0)).toBe(0)
  expect(limiter.take('a', 1_000)).toBe(0)
  expect(limiter.take('a', 1_000)).toBe(1)
  for (let i = 0; i < 100; i++) limiter.take(`k${i}`, 1_000)
  expect(limiter.take('a', 1_000)).toBe(0) // 早被忘掉，重新算起
  // 时钟往回拨的，不因此锁住
  expect([60_000, 0, 0].map((at) => limiter.take('z', at))).toEqual([0, 0, 0])
})

test('太频繁的答 429，写明几秒后再来', async () => {
  const app = anApp((on) => on.get('/slow', rateLimit({ burst: 1, perMinute: 6 }), (c) => c.text('ok')))
  expect((await app.request('/slow')).status).toBe(200)
  const refused = await app.request('/slow')
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('10')
})

test('各种错误各有其页；接口答 JSON；内情不外露', async () => {
  const app = anApp((on) => {
    for (const base of ['', '/api']) {
      on.get(`${base}/missing`, () => { throw new NotFound('年报') })
      on.get(`${base}/denied`, () => { throw new Forbidden('report.file') })
      on.get(`${base}/clash`, () => { throw new Conflict(3, 4) })
      on.get(`${base}/bug`, () => { throw new Error('password=1') })
    }
  })
  const cases = [['missing', 404, '没有这个页面'], ['denied', 403, '无权办理'], ['clash', 409, '这件事已有变动'], ['bug', 500, '系统出错']] as const
  for (const [path, status, words] of cases) {
    const page = await app.request(`/${path}`)
    const html = await page.text()
    expect([page.status, html.includes(words), html.includes('password=1')]).toEqual([status, true, false])
    expect(html).toContain(page.headers.get('x-request-id'))
    const api = await app.request(`/api/${path}`)
    expect(api.status).toBe(status)
    expect(await api.json()).toMatchObject({ status, title: words, detail: expect.any(String), requestId: api.headers.get('x-request-id') })
    expect(api.headers.get('content-type')).toContain('application/problem+json')
  }
})

test('样式表按内容散列，永久缓存，可压缩；猜的地址没有', async () => {
  const app = anApp()
  const { stylesheet } = loadAssets()
  const response = await app.request(stylesheet, { headers: { 'accept-encoding': 'gzip, br' } })
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(response.headers.get('content-encoding')).toBe('br')
  expect((await app.request('/assets/style.000000000000.css')).status).toBe(404)
  expect((await app.request('/assets/../package.json')).status).toBe(404)
})

test('公开页面：数据不变用存下的，浏览器已有的答 304，数据一变即重做', async () => {
  let made = 0
  let version = '1'
  const app = anApp(
    (on) =>
      on.get('/page', (c) =>
        publicPage(c, async () => {
          made += 1
          return renderPage(c, <PortalPage title={`第 ${made} 次`} />)
        }),
      ),
    // 真的快照号随同一服务器上的别的库而变，测试并行时不能指望它不变
    async (c, next) => {
      c.set('dataVersion', async () => version)
      await next()
    },
  )
  const first = await app.request('/page')
  const etag = first.headers.get('etag') ?? ''
  expect(await first.text()).toContain('第 1 次')
  expect((await app.request('/page', { headers: { 'if-none-match': etag } })).status).toBe(304)
  const zipped = await app.request('/page', { headers: { 'accept-encoding': 'gzip' } })
  expect(zipped.headers.get('content-encoding')).toBe('gzip')
  expect(made).toBe(1)
  for (const name of ['content-security-policy', 'strict-transport-security', 'x-request-id', 'cache-control'])
    expect([name, zipped.headers.get(name) !== null && zipped.headers.get(name) !== 'no-store']).toEqual([name, true])
  expect(zipped.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'))
  expect(await (await app.request('/page', { headers: { cookie: 'elder=1' } })).text()).toContain('data-elder')
  expect(made).toBe(2)
  version = '2'
  expect(await (await app.request('/page', { headers: { 'if-none-match': etag } })).text()).toContain('第 3 次')
})

test('数据的版本：提交之后问到的，与提交之前、写了还没提交时的都不同', async () => {
  const app = anApp((on) => on.get('/version', async (c) => c.text(await c.get('dataVersion')())))
  const ask = async () => (await app.request('/version')).text()
  await sql`create table touched (n int)`.execute(deps.db)
  for (const write of [sql`insert into touched values (1)`, sql`update touched set n = 2`, sql`delete from touched`]) {
    const before = await ask()
    const during = await deps.db.transaction().execute(async (tx) => {
      await write.execute(tx)
      return ask()
    })
    expect([before, during]).not.toContain(await ask())
  }
})

test('合读：谁也得不到比他来时更旧的', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('ask', 'change', 'wait'), { maxLength: 40 }), async (steps) => {
      let truth = 0
      const read = shareNext(async () => {
        const seen = truth
        await new Promise((done) => setTimeout(done, 1))
        return seen
      })
      const asked: Promise<void>[] = []
      for (const step of steps) {
        if (step === 'change') truth += 1
        else if (step === 'wait') await new Promise((done) => setTimeout(done, 1))
        else {
          const at = truth
          asked.push(read().then((got) => expect(got).toBeGreaterThanOrEqual(at)))
        }
      }
      await Promise.all(asked)
    }),
    { numRuns: 50 },
  )
})

test('合读：一次出错，下一次照读', async () => {
  let times = 0
  const read = shareNext(async () => {
    times += 1
    if (times === 1) throw new Error('断')
    return times
  })
  await expect(Promise.all([read(), read()])).rejects.toThrow('断')
  expect(await read()).toBe(2)
})

test('适老模式记在 Cookie 里，只回本站', async () => {
  const form = (back: string) => ({
    method: 'POST', body: new URLSearchParams({ on: '1', back }), headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  const response = await anApp().request('/elder', form('/desk?a=1'))
  expect([response.status, response.headers.get('location')]).toEqual([303, '/desk?a=1'])
  expect(response.headers.get('set-cookie')).toMatch(/^elder=1; .*HttpOnly; Secure; SameSite=Lax/)
  expect((await anApp().request('/elder', form('//evil.example'))).headers.get('location')).toBe('/')
  expect(['/a', '//a', '/\\a', 'https://a', '', '/a\nb', '/a\\b'].map(localPath)).toEqual(['/a', '/', '/', '/', '/', '/', '/'])
})
