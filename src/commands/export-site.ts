import { parseArgs } from 'node:util'
import { visitorOf } from '../app-parts.ts'
import { ExportRefused, exportSite } from '../catalogue/index.ts'
import type { Command } from './command.ts'
import { withDistrict } from './with-runtime.ts'

const USAGE = 'export-site DIR [--full] [--json]'

/** 把公众看到的导出成静态网站。退出码：0 已导出；1 目录不能用；2 参数有误。 */
export const exportSiteCommand: Command = {
  name: 'export-site',
  usage: `${USAGE}  导出静态网站（网页、数据、文件），只做变了的；--full 全部重做`,
  async run(args, io) {
    const wish = toWish(args)
    if (wish === null) {
      io.err(`用法：${USAGE}`)
      return 2
    }
    return withDistrict(async ({ deps }) => {
      try {
        const counts = await exportSite(deps, { dir: wish.dir, full: wish.full, fetchPage: visitorOf(deps) })
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

function toWish(args: string[]): { dir: string; full: boolean; json: boolean } | null {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { full: { type: 'boolean' }, json: { type: 'boolean' } } })
    const [dir, ...more] = positionals
    return dir === undefined || more.length > 0 ? null : { dir, full: values.full ?? false, json: values.json ?? false }
  } catch {
    return null
  }
}
