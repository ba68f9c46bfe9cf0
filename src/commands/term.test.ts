import { expect, test } from 'vitest'
import { term } from './term.ts'

async function run(...args: string[]) {
  const said = { out: '', err: '' }
  const code = await term.run(args, { out: (t) => void (said.out += `${t}\n`), err: (t) => void (said.err += `${t}\n`) })
  return { code, ...said }
}

test.each([
  ['G41', 'suit-after-review', '2026-02-01', '2026-02-16', '2026-02-24'],
  ['G42', 'review-answer-summary', '2025-09-29', '2025-10-13', '2025-10-13'],
  ['G42', 'review-answer-ordinary', '2025-09-29', '2025-10-20', '2025-10-20'],
  ['G43', 'suit-answer', '2025-09-20', '2025-10-05', '2025-10-09'],
])('%s %s 自 %s', async (_, name, from, nominal, dueOn) => {
  expect(JSON.parse((await run(name, from, '--json')).out)).toMatchObject({ term: name, from, nominal, dueOn })
  const { code, out, err } = await run(name, from)
  expect([code, err, out.includes(`：${dueOn}`), out.includes('顺延')]).toEqual([0, '', true, nominal !== dueOn])
})

test.each([
  [[], '缺少期限的名目'],
  [['suit'], '没有这一项期限：suit'],
  [['suit-answer', '2025-9-1'], '不是日期'],
  [['suit-answer', '2025-09-01', 'x'], '多出的参数'],
  [['suit-answer', '2025-09-01', '--jsno'], '看不懂的参数'],
  [['suit-answer', '2040-01-01'], '2040'],
])('参数有误的说明，退出码 2：%j', async (args, words) => {
  const { code, out, err } = await run(...args)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(words)
})
