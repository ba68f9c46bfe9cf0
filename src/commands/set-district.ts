import { parseArgs } from 'node:util'
import { createBody, findBodyByCode, setDistrict } from '../bodies/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Command } from './command.ts'
import { withDatabase } from './with-runtime.ts'

const USAGE = 'set-district --code 420106 --name 武昌区 --government 武昌区人民政府 --office 武昌区人民政府办公室 --office-code zfb'

const COMMAND = { kind: 'system', name: 'set-district' } as const

/** 正式启用的第一步：定本区，建政府信息公开工作主管部门（条例第三条）。可以重复运行。退出码：0 成；2 参数有误。 */
export const setDistrictCommand: Command = {
  name: 'set-district',
  usage: `${USAGE}  定本区，建主管部门`,
  run: async (args, io) => {
    const question = parse(args)
    if (question === null) {
      io.err(`用法：${USAGE}`)
      return 2
    }
    return withDatabase(async ({ deps }) => {
      const { code, name, government, office, officeCode } = question
      await transaction(deps.db, async (tx) => {
        const inside = { ...deps, db: tx }
        await setDistrict(inside, COMMAND, { code, name, government, supervisor: office })
        if (await findBodyByCode(tx, officeCode)) return
        await createBody(inside, COMMAND, { code: officeCode, name: office, kind: 'district-office' })
      })
      io.out(`${name}（${code}），主管部门 ${office}，代码 ${officeCode}`)
      return 0
    })
  },
}

function parse(args: string[]) {
  try {
    const text = { type: 'string' } as const
    const { values } = parseArgs({
      args,
      options: { code: text, name: text, government: text, office: text, 'office-code': text },
    })
    const { code, name, government, office } = values
    const officeCode = values['office-code']
    if (!code || !name || !government || !office || !officeCode) return null
    if (!/^\d{6}$/.test(code) || !/^[a-z][a-z0-9-]{1,31}$/.test(officeCode)) return null
    return { code, name, government, office, officeCode }
  } catch {
    return null
  }
}
