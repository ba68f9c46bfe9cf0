import { parseArgs } from 'node:util'
import { findBodyByCode } from '../bodies/index.ts'
import { createFirstAdmin } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Command } from './command.ts'
import { withDatabase } from './with-runtime.ts'

const USAGE = 'create-admin NAME --display-name 姓名 --body CODE [--role system-admin|security-admin|auditor]'

const ROLES = ['system-admin', 'security-admin', 'auditor'] as const

/**
 * 建管理员的账号，一次性口令写在标准输出：正式启用时三种管理员各建一个，此后在工作台上办。
 * 退出码：0 成；1 登录名已有人用，或没有该机构；2 参数有误。
 */
export const createAdminCommand: Command = {
  name: 'create-admin',
  usage: `${USAGE}  建管理员的账号（缺省 system-admin），三种须由三个人分别担任`,
  run: async (args, io) => {
    const question = parse(args)
    if (question === null) {
      io.err(`用法：${USAGE}`)
      return 2
    }
    return withDatabase(async ({ deps }) => {
      const body = await findBodyByCode(deps.db, question.body)
      if (!body) {
        io.err(`没有代码为 ${question.body} 的机构；请先用 set-district 建好主管部门`)
        return 1
      }
      const result = await transaction(deps.db, (tx) =>
        createFirstAdmin({ ...deps, db: tx }, { ...question, bodyId: body.bodyId }),
      )
      if (!result.ok) {
        io.err(result.message)
        return 1
      }
      io.out(`登录名 ${question.name}\n一次性口令 ${result.password}`)
      io.err('口令没有存在任何地方，请现在记下；首次登录须更换。')
      return 0
    })
  },
}

function parse(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { 'display-name': { type: 'string' }, body: { type: 'string' }, role: { type: 'string' } },
    })
    const [name, ...more] = positionals
    const role = ROLES.find((each) => each === (values.role ?? 'system-admin'))
    const displayName = values['display-name']?.trim()
    if (name === undefined || more.length > 0 || role === undefined || !displayName || values.body === undefined) return null
    return { name, displayName, body: values.body, role }
  } catch {
    return null
  }
}
