import { parseArgs } from 'node:util'
import { isUnseeded, loadDistrictOf, loadSeeds, MOST_BODIES } from '../../seeds/index.ts'
import type { Deps } from '../platform/deps.ts'
import type { Command, Io } from './command.ts'
import { withDatabase } from './with-runtime.ts'

/** 载入演示数据；已有数据的不动，退出码 1。`--district 300` 另造三百家机关，只在演示的区里、只造一次。 */
export const seedCommand: Command = {
  name: 'seed',
  usage: `seed [--district 家数]  向空库载入演示数据（正式模式拒绝）；--district 在演示的区里另造许多机关，至多 ${MOST_BODIES} 家`,
  run: async (args, io) => {
    const count = countOf(args)
    if (count === undefined) {
      io.err(`用法：${seedCommand.usage}`)
      return 2
    }
    return withDatabase(({ deps }) => seed(deps, io, count))
  },
}

async function seed(deps: Deps, io: Io, count: number | null): Promise<number> {
  const empty = await isUnseeded(deps)
  if (!empty && count === null) {
    io.err('库里已有数据，未载入')
    return 1
  }
  if (empty) for (const line of await loadSeeds(deps)) io.out(line)
  if (count === null) return 0
  const refused = await loadDistrictOf(deps, count, (line) => io.out(line))
  if (refused !== null) io.err(refused)
  return refused === null ? 0 : 1
}

/** 另造几家；没有写的为 null，写得不对的为 undefined。 */
function countOf(args: string[]): number | null | undefined {
  try {
    const { district } = parseArgs({ args, options: { district: { type: 'string' } } }).values
    if (district === undefined) return null
    const count = Number(district)
    return Number.isInteger(count) && count >= 1 && count <= MOST_BODIES ? count : undefined
  } catch {
    return undefined
  }
}
