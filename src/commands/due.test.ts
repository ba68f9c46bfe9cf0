import { expect, test } from 'vitest'
import { due } from './due.ts'

async function run(...args: string[]) {
  const said = { out: '', err: '' }
  const code = await due.run(args, { out: (t) => void (said.out += `${t}\n`), err: (t) => void (said.err += `${t}\n`) })
  return { code, ...said }
}

test('G21 以 JSON 给出到期日与逐日的账', async () => {
  const args = ['--received', '2026-03-02', '--consulted', '2026-03-05..2026-03-16', '--consulted', '2026-03-10..2026-03-20', '--json']
  const { code, out, err } = await run(...args)
  const { dueOn, steps } = JSON.parse(out) as { dueOn: string; steps: { day: string; kind: string; n: number | null }[] }
  expect([code, err, dueOn]).toEqual([0, '', '2026-04-15'])
  expect(steps[0]).toMatchObject({ day: '2026-03-02', kind: 'received' })
  expect(steps.at(-1)).toMatchObject({ day: '2026-04-15', kind: 'counted', n: 20 })
  expect(steps.filter((s) => s.kind === 'paused')).toHaveLength(11)
})

test.each([
  ['G09', ['--received', '2025-01-10', '--extend', '20'], '2025-03-13'],
  ['G23', ['--received', '2024-12-23', '--supplemented', '2025-01-14'], '2025-02-17'],
  ['G15', ['--received', '2026-02-13', '--days', '7'], '2026-03-02'],
])('%s %s', async (_, args, dueOn) => {
  expect(JSON.parse((await run(...args, '--json')).out)).toMatchObject({ dueOn })
  expect((await run(...args)).out).toContain(`到期日：${dueOn}`)
})

test('没有数据的年份：标准错误写明年份，退出码 2，标准输出为空', async () => {
  const { code, out, err } = await run('--received', '2026-12-20', '--json')
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain('2027')
})

test.each([
  [['--json'], '缺少 --received'],
  [['--received', '2026-02-30'], '2026-02-30'],
  [['--received', '2026-03-02', '--extend', '21'], '0 至 20'],
  [['--received', '2026-03-02', '--extend', '-1'], '参数'],
  [['--received', '2026-03-02', '--days', '0'], '1 至 1000'],
  [['--received', '2026-03-02', '--consulted', '2026-03-09'], '起..止'],
  [['--received', '2026-03-02', '--consulted', '2026-03-09..2026-03-05'], '早于起日'],
  [['--received', '2026-03-02', '--supplemented', '2026-03-01'], '不能早于'],
  [['--received', '2026-03-02', '--what'], '--what'],
])('参数有误 %j：说明并退出 2', async (args, message) => {
  const { code, out, err } = await run(...args)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(message)
  expect(err).toContain('用法')
})
