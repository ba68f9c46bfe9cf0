import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { findBodyByCode } from '../bodies/index.ts'
import { closeFileReader, closePageReader, confirmSiteImport, folderSource, getSiteImport, listSiteImportPages, PAGE_RESULTS, readSiteProfile, runReading, runSiteImport, startFolderImport, UnreadableSite, zipSource } from '../catalogue/index.ts'
import type { SiteProfile } from '../catalogue/index.ts'
import type { Deps } from '../platform/deps.ts'
import { closeRedaction } from '../redaction/index.ts'
import type { Command, Io } from './command.ts'
import { withDistrict } from './with-runtime.ts'

const USAGE = 'import-site ZIP|DIR --body CODE --origin URL [--code A20_15] [--title SEL] [--date SEL] [--text SEL] [--with-doubt] [--dry-run]'

interface Wish {
  from: string
  body: string
  profile: SiteProfile
  withDoubt: boolean
  dryRun: boolean
}

/** 导入存下来的旧网站：逐页账写在标准输出，确认的全有或全无。退出码：0 已导入（或试读无误）；1 没有导入；2 读不了或参数有误。 */
export const importSiteCommand: Command = {
  name: 'import-site',
  usage: `${USAGE}  导入存下来的旧网站（网页、附件），逐页说明`,
  async run(args, io) {
    const wish = toWish(args)
    if (wish === null) {
      io.err(`用法：${USAGE}`)
      return 2
    }
    return withDistrict(({ deps }) => run(deps, io, wish))
  },
}

async function run(deps: Deps, io: Io, wish: Wish): Promise<number> {
  const actor = { kind: 'system', name: 'import-site' } as const
  const body = await findBodyByCode(deps.db, wish.body)
  if (body === null) {
    io.err(`没有代码为 ${wish.body} 的机构`)
    return 2
  }
  try {
    const source = (await stat(wish.from)).isDirectory() ? await folderSource(wish.from) : await zipSource(await readFile(wish.from))
    const ref = await startFolderImport(deps, actor, { bodyId: body.bodyId, name: basename(wish.from), profile: wish.profile })
    await runReading(deps, ref, source)
    for (let after = 0; ; ) {
      const pages = await listSiteImportPages(deps.db, ref, { after, limit: 1000 })
      for (const page of pages) io.out([PAGE_RESULTS[page.result], page.on_day ?? '', page.title, page.notes.join('；'), page.path].join('\t'))
      const last = pages.at(-1)
      if (last === undefined || pages.length < 1000) break
      after = last.page
    }
    const read = await getSiteImport(deps.db, ref)
    const { counts } = read
    if (read.status === 'failed') io.out(read.message ?? '没有读完')
    else io.out(Object.entries(PAGE_RESULTS).map(([name, label]) => `${label} ${counts[name as keyof typeof counts] ?? 0}`).join('，'))
    if (read.status === 'failed' || wish.dryRun) return read.status === 'failed' ? 1 : 0
    await confirmSiteImport(deps, actor, ref, { withDoubt: wish.withDoubt, by: 'caller' })
    await runSiteImport(deps, ref)
    const row = await getSiteImport(deps.db, ref)
    io.out(row.status === 'done' ? `已导入 ${body.name}：新增 ${row.created}，更新 ${row.changed}，未变 ${row.unchanged}` : (row.message ?? '没有导入'))
    return row.status === 'done' ? 0 : 1
  } catch (error) {
    if (error instanceof UnreadableSite || (error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
      io.err(error instanceof UnreadableSite ? error.message : `读不到 ${wish.from}`)
      return 2
    }
    throw error
  } finally {
    // 读网页、附件的子进程不停，命令就不退
    await Promise.all([closeFileReader(), closePageReader(), closeRedaction()])
  }
}

function toWish(args: string[]): Wish | null {
  try {
    const text = { type: 'string' } as const
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { body: text, origin: text, code: text, title: text, date: text, text, 'with-doubt': { type: 'boolean' }, 'dry-run': { type: 'boolean' } } })
    const [from, ...more] = positionals
    const profile = readSiteProfile({ origin: values.origin, code: values.code ?? 'A20_15', title: values.title, date: values.date, body: values.text })
    if (from === undefined || more.length > 0 || values.body === undefined || profile === null) return null
    return { from, body: values.body, profile, withDoubt: values['with-doubt'] ?? false, dryRun: values['dry-run'] ?? false }
  } catch {
    return null
  }
}
