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

test('however deep it lies, and errors nested in it keep only what is theirs', () => {
  const deep = { a: { b: { c: [{ name: '李四', kept: 'ok' }] } }, when: new Date('2026-01-15T00:00:00Z') }
  const cause = Object.assign(new Error('boom'), { detail: '王五' })
  const text = written((log) => log.info({ deep, none: null, cause }, 'x'))
  for (const secret of ['李四', '王五']) expect(text).not.toContain(secret)
  expect(text).toContain('boom')
  expect(text).toContain('2026-01-15')
})

test('of a database error the row it quotes is left out', () => {
  const error = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (name)=(张三) already exists.' })
  const text = written((log) => log.error({ err: error }, 'x'))
  expect(text).toContain('23505')
  expect(text).not.toContain('张三')
})
