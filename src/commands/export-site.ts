import { parseArgs } from 'node:util'
import { visitorOf } from '../app-parts.ts'
import { ExportRefused, exportToTarget, forgetTarget, listTargetStates, TARGET_STATES } from '../catalogue/index.ts'
import type { Deps } from '../platform/deps.ts'
import type { Command, Io } from './command.ts'
import { withDistrict } from './with-runtime.ts'

const USAGE = 'export-site DIR [--full] [--json] | --list [--json] | --forget DIR'

/** 把公众看到的导出成静态网站，记下导出到哪里。退出码：0 已导出（--list：都没有撤回了的）；1 目录不能用（--list：有的须再导出）；2 参数有误。 */
export const exportSiteCommand: Command = {
  name: 'export-site',
  usage: `${USAGE}  导出静态网站（网页、数据、文件），只做变了的；--full 全部重做；--list 导出过的各个目录里还有没有撤回了的；--forget 不再管一个目录`,
  async run(args, io) {
    const wish = toWish(args)
    if (wish === null) {
      io.err(`用法：${USAGE}`)
      return 2
    }
    return withDistrict(async ({ deps }) => {
      if (wish.do === 'list') return list(deps, io, wish.json)
      if (wish.do === 'forget') {
        const known = await forgetTarget(deps.config, wish.dir)
        io.out(known ? '不再管这个目录；里面的文件请自己删去' : '没有记着这个目录')
        return 0
      }
      try {
        const counts = await exportToTarget(deps, { dir: wish.dir, full: wish.full, fetchPage: visitorOf(deps) })
        io.out(wish.json ? JSON.stringify(counts) : `已导出 ${counts.items} 条信息、撤回的说明 ${counts.withdrawn} 条，共 ${counts.files} 个文件 ${Math.ceil(counts.bytes / 1024)} KB；写了 ${counts.written} 个，删去 ${counts.removed} 个`)
        return 0
      } catch (error) {
        if (!(error instanceof ExportRefused)) throw error
        io.err(error.message)
        return 1
      }
    })
  },
}

async function list(deps: Deps, io: Io, json: boolean): Promise<number> {
  const targets = await listTargetStates(deps)
  if (json) io.out(JSON.stringify(targets))
  else for (const { dir, exportedAt, state } of targets) io.out([dir, exportedAt?.toISOString() ?? '没有导出完过', TARGET_STATES[state]].join('\t'))
  return targets.every(({ state }) => state === 'fresh') ? 0 : 1
}

type Wish = { do: 'export'; dir: string; full: boolean; json: boolean } | { do: 'list'; json: boolean } | { do: 'forget'; dir: string }

function toWish(args: string[]): Wish | null {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { full: { type: 'boolean' }, json: { type: 'boolean' }, list: { type: 'boolean' }, forget: { type: 'string' } } })
    const [dir, ...more] = positionals
    if (values.list === true) return dir === undefined && values.forget === undefined && values.full !== true ? { do: 'list', json: values.json ?? false } : null
    if (values.forget !== undefined) return dir === undefined && values.full !== true ? { do: 'forget', dir: values.forget } : null
    return dir === undefined || more.length > 0 ? null : { do: 'export', dir, full: values.full ?? false, json: values.json ?? false }
  } catch {
    return null
  }
}
