import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { findBodyByCode, listBodies } from '../bodies/index.ts'
import type { Body } from '../bodies/index.ts'
import { confirmImport, contextOf, findLedger, getImport, LEDGERS, runImport, startImport, wordAccount } from '../ledger-import/index.ts'
import type { Actor } from '../identity/index.ts'
import type { Deps } from '../platform/deps.ts'
import { newId } from '../platform/id.ts'
import { isImportable, UnreadableSheet } from '../platform/ledger/index.ts'
import type { Ledger } from '../platform/ledger/index.ts'
import type { Command, Io } from './command.ts'
import { withDistrict } from './with-runtime.ts'

const USAGE = 'import KIND FILE [--body CODE] [--dry-run]'
const COMMAND: Actor = { kind: 'system', name: 'import' }

class BadArgument extends Error {}

interface Wish {
  ledger: Ledger
  file: string
  body: string | null
  dryRun: boolean
}

/** 导入台账：逐行账写在标准输出。退出码：0 已导入（或试读无误）；1 有问题，一行也没有导入；2 文件读不了或参数有误。 */
export const importCommand: Command = {
  name: 'import',
  usage: `${USAGE}  导入台账（${LEDGERS.map(({ ledger }) => ledger.kind).join('、')}），逐行说明，全有或全无`,
  async run(args, io) {
    try {
      const wish = toWish(args)
      const bytes = await readBytes(wish.file)
      return await withDistrict(async ({ deps }) => run(deps, io, wish, { bytes, body: await bodyOf(deps, wish.body) }))
    } catch (error) {
      if (error instanceof BadArgument) io.err(`${error.message}\n用法：${USAGE}`)
      else if (error instanceof UnreadableSheet) io.err(error.message)
      else throw error
      return 2
    }
  },
}

async function run(
  deps: Deps,
  io: Io,
  { ledger, file, dryRun }: Wish,
  { bytes, body }: { bytes: Buffer; body: Body },
): Promise<number> {
  const { bodyId } = body
  if (dryRun) {
    const preview = await ledger.preview(bytes, contextOf(deps, bodyId, newId(), deps.clock.now()))
    for (const line of wordAccount(ledger, preview)) io.out(line)
    io.out('试读，没有导入')
    return isImportable(preview) ? 0 : 1
  }
  const { importId, preview } = await startImport(deps, COMMAND, { bodyId, kind: ledger.kind, file: { name: basename(file), bytes } })
  for (const line of wordAccount(ledger, preview)) io.out(line)
  if (!isImportable(preview)) {
    io.out('一行也没有导入')
    return 1
  }
  await confirmImport(deps, COMMAND, { bodyId, importId }, 'caller')
  await runImport(deps, { bodyId, importId })
  const row = await getImport(deps.db, { bodyId, importId })
  io.out(row.status === 'done' ? `已导入 ${body.name}：新增 ${row.created}，更新 ${row.changed}，未变 ${row.unchanged}` : (row.message ?? '没有导入'))
  return row.status === 'done' ? 0 : 1
}

function toWish(args: string[]): Wish {
  const { values, positionals } = parse(args)
  const [kind, file, ...rest] = positionals
  if (kind === undefined || file === undefined || rest.length > 0) throw new BadArgument('须写明台账的种类与文件')
  const ledger = findLedger(kind)
  const kinds = LEDGERS.map((each) => `  ${each.ledger.kind}  ${each.ledger.title}`).join('\n')
  if (ledger === null) throw new BadArgument(`没有「${kind}」这种台账，有：\n${kinds}`)
  return { ledger, file, body: values.body ?? null, dryRun: values['dry-run'] ?? false }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { body: { type: 'string' }, 'dry-run': { type: 'boolean' } } })
  } catch {
    throw new BadArgument(`看不懂的参数：${args.join(' ')}`)
  }
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch {
    throw new BadArgument(`读不到文件：${file}`)
  }
}

// 只有一个机构时不必写
async function bodyOf(deps: Deps, code: string | null): Promise<Body> {
  if (code !== null) {
    const found = await findBodyByCode(deps.db, code)
    if (found === null) throw new BadArgument(`没有代码为 ${code} 的机构`)
    return found
  }
  const bodies = await listBodies(deps.db, { limit: 20 })
  const [only, ...others] = bodies
  if (only === undefined) throw new BadArgument('还没有机构')
  if (others.length > 0) throw new BadArgument(`须以 --body 写明机构：${bodies.map((body) => body.code).join('、')}`)
  return only
}
