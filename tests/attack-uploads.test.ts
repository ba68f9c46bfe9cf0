import { beforeAll, expect, test } from 'vitest'
import { attackGround } from './support/attack-ground.ts'

const { app, settle, post } = attackGround()
beforeAll(settle)

const MB = 1024 * 1024
const HEAD = '--xx\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'

/** 传了若干兆便停在那里、不传完也不断开的一个人。 */
function stalled(megabytes: number) {
  let finish = () => {}
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(Buffer.from(HEAD))
      finish = () => controller.error(new Error('gone'))
    },
    pull: (controller) => {
      if (sent++ < megabytes) controller.enqueue(new Uint8Array(MB))
      else return new Promise(() => {})
    },
  })
  const init: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    body,
    duplex: 'half',
    headers: { 'content-type': 'multipart/form-data; boundary=xx', 'sec-fetch-site': 'same-origin' },
  }
  return { answer: Promise.resolve(app.request('/check', init)), leave: () => finish() }
}

test('many who upload big files and never finish fill no more than their share; others go on, and it is given back', async () => {
  const crowd = Array.from({ length: 6 }, () => stalled(40))
  const turned = await Promise.race(crowd.map(async ({ answer }) => (await answer).status))
  expect(turned).toBe(503)
  // 小表单不受牵连：照样登录、照样核查粘贴的文字之外的页面
  expect((await post('/sign-in', { name: 'nobody', password: 'wrong-password' })).status).toBe(422)
  for (const { leave } of crowd) leave()
  const answers = await Promise.all(crowd.map(({ answer }) => answer))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503, 400]))
  const busy = answers.find(({ status }) => status === 503)
  expect([busy?.headers.get('retry-after'), (await busy?.text())?.includes('同时提交大文件的人太多')]).toEqual(['30', true])
  const form = new FormData()
  form.set('file', new File([new Uint8Array(19 * MB)], '空.txt'))
  expect((await post('/check', form)).status).toBe(422)
})

test('one who leaves in the middle of an upload is a mistake of theirs, not a failure of ours', async () => {
  const one = stalled(2)
  one.leave()
  const response = await one.answer
  expect([response.status, (await response.text()).includes('上传中断')]).toEqual([400, true])
})
