import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createLog } from './log.ts'

function written(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = ''
  const sink = new Writable({
    write: (chunk: Buffer, _, done) => {
      text += chunk.toString()
      done()
    },
  })
  write(createLog('info', sink))
  return text
}

test('personal data, bodies and secrets do not reach the log', () => {
  const text = written((log) =>
    log.info({ body: '张三', request: { query: '?phone=13800000000', password: 'p' }, list: [{ idNumber: '420106' }], route: '/check' }, 'x'),
  )
  expect(text).toContain('/check')
  for (const secret of ['张三', '13800000000', '"p"', '420106']) expect(text).not.toContain(secret)
})

test('of a database error the row it quotes is left out', () => {
  const error = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (name)=(张三) already exists.' })
  const text = written((log) => log.error({ err: error }, 'x'))
  expect(text).toContain('23505')
  expect(text).not.toContain('张三')
})
