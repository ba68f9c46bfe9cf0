import { createServer } from 'node:http'
import type { RequestOptions } from 'node:http'
import { request } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { httpProbe } from '../src/catalogue/duties/probe-link.ts'
import { sendWebhook } from '../src/webhooks/send-webhook.ts'
import { AddressBlocked, addressGuard } from '../src/platform/address-guard.ts'
import type { Resolve } from '../src/platform/address-guard.ts'

let reached = 0
const server = createServer((_, response) => {
  reached += 1
  response.end()
})
let port = 0
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  port = (server.address() as AddressInfo).port
})
afterAll(() => server.close())

/** 每问一次换一个答案的解析：先公网，再本机；问过几次记下。 */
function turncoat(answers: readonly (readonly string[])[]): { resolve: Resolve; asked: () => number } {
  let asked = 0
  const resolve: Resolve = (_, __, done) => {
    const now = answers[Math.min(asked, answers.length - 1)] ?? []
    asked += 1
    setImmediate(() => done(null, now.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))))
  }
  return { resolve, asked: () => asked }
}

/** 照两处发送的写法连一次：连的是哪个地址，或者为何没有连。 */
function connectTo(options: RequestOptions): Promise<{ address: string | undefined; fault: unknown }> {
  return new Promise((done) => {
    const asking = request({ host: 'rebind.example', port, agent: false, timeout: 500, ...options })
    let address: string | undefined
    const end = (fault: unknown): void => {
      done({ address, fault })
      asking.destroy()
    }
    asking.on('socket', (socket: Socket) => {
      socket.on('lookup', (_, found) => void (address = found))
      socket.on('connect', () => end(null))
    })
    asking.on('timeout', () => end('timeout'))
    asking.on('error', end)
    asking.end()
  })
}

test('the name is asked once for a connection, and the connection goes to the address that was checked', async () => {
  const { resolve, asked } = turncoat([['127.0.0.1'], ['127.0.0.2']])
  const found = await connectTo({ lookup: addressGuard(['127.0.0.1'], resolve).lookup })
  expect([found, asked()]).toEqual([{ address: '127.0.0.1', fault: null }, 1])
})

test('a name that turns from a public address to this machine is refused at the connection, whatever was seen before', async () => {
  const { resolve, asked } = turncoat([['114.114.114.114'], ['127.0.0.1']])
  const guard = addressGuard([], resolve)
  const first = await new Promise<unknown>((done) => guard.lookup('rebind.example', { all: true }, (error) => done(error)))
  const { fault, address } = await connectTo({ lookup: guard.lookup })
  expect([first, fault instanceof AddressBlocked, address, asked()]).toEqual([null, true, undefined, 2])
})

test('one bad address among good ones and the whole name is refused', async () => {
  for (const bad of ['127.0.0.1', '10.1.2.3', '::1', 'fd00::1', '::ffff:127.0.0.1', '169.254.169.254'])
    expect((await connectTo({ lookup: addressGuard([], turncoat([['114.114.114.114', bad]]).resolve).lookup })).fault).toBeInstanceOf(AddressBlocked)
})

test('neither the link check nor a webhook reaches this machine through a name that changes between questions', async () => {
  reached = 0
  for (let n = 0; n < 3; n++) {
    const link = turncoat([['127.0.0.1']])
    expect(await httpProbe([], link.resolve)(`http://rebind.example:${port}/`)).toEqual({ result: 'unknown', answer: 'address-blocked' })
    const hook = turncoat([['127.0.0.1']])
    expect(await sendWebhook({ url: `http://rebind.example:${port}/`, secret: 's', event: 'x', eventId: 'x', body: '{}', at: new Date(0) }, { allow: [], httpsOnly: false, resolve: hook.resolve })).toEqual({ ok: false, answer: 'address-blocked' })
  }
  expect(reached).toBe(0)
  // 同一个名字，两次请求各问各查：先准后不准的，后一次不连
  const allowed = turncoat([['127.0.0.1'], ['127.0.0.2']])
  const probe = httpProbe(['127.0.0.1'], allowed.resolve)
  expect(await probe(`http://rebind.example:${port}/`)).toEqual({ result: 'ok', answer: '200' })
  expect(await probe(`http://rebind.example:${port}/`)).toEqual({ result: 'unknown', answer: 'address-blocked' })
  expect(reached).toBe(1)
})
