import { verifyAll } from '../platform/verify.ts'
import { verifiers } from '../wiring.ts'
import type { Command } from './command.ts'
import { withDatabase } from './with-runtime.ts'

/** 逐项核对；全好退出 0，有问题退出 1 并从第一处说起。 */
export const verifyCommand: Command = {
  name: 'verify',
  usage: 'verify [--json]  重放时间线，核对 hash、留痕的封、各列表与报告是否与记录相符',
  run: (args, io) =>
    withDatabase(async ({ deps }) => {
      const results = await verifyAll(deps, verifiers)
      const ok = results.every((result) => result.problems.length === 0)
      if (args.includes('--json')) io.out(JSON.stringify({ ok, results }))
      else
        for (const { name, problems, more } of results) {
          io.out(`${name}：${problems.length === 0 ? '无误' : `${problems.length}${more ? ' 处以上' : ' 处'}不符`}`)
          for (const { where, message } of problems) io.out(`  ${where}：${message}`)
        }
      return ok ? 0 : 1
    }),
}
