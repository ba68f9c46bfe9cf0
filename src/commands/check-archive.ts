import { createReadStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { checkPackage } from '../applications/archive/package/index.ts'
import type { Command, Io } from './command.ts'

/**
 * 核对一个或几个取出来的档案包，不需数据库。
 * 退出码：0 都完好；1 有不符的，写明第一处；2 参数有误，或者读不到。
 */
export const checkArchive: Command = {
  name: 'check-archive',
  usage: 'check-archive FILE… [--hash SM3] [--json]  核对档案包：各份的摘要、不多不少、时间线（--hash 为登记的整包摘要）',
  async run(args, io) {
    const options = parse(args, io)
    if (options === null) return 2
    const results = []
    let unreadable = false
    for (const file of options.files) {
      const result = await checkFile(file, options.hash, io)
      if (result === null) unreadable = true
      else results.push(result)
    }
    if (options.json) io.out(JSON.stringify({ archives: results }))
    else for (const { file, ok, fault, packageHash } of results) io.out(ok ? `${file}：完好，整包摘要 ${packageHash}` : `${file}：${fault?.path} ${fault?.message}`)
    if (unreadable) return 2
    return results.every(({ ok }) => ok) ? 0 : 1
  },
}

function parse(args: string[], io: Io): { files: string[]; hash: string | null; json: boolean } | null {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { hash: { type: 'string' }, json: { type: 'boolean', default: false } } })
    if (positionals.length > 0) return { files: positionals, hash: values.hash ?? null, json: values.json }
    io.err('请写明要核对的档案包')
  } catch {
    io.err(`看不懂的参数：${args.join(' ')}`)
  }
  io.err(`用法：${checkArchive.usage}`)
  return null
}

async function checkFile(file: string, hash: string | null, io: Io) {
  try {
    const checked = await checkPackage(createReadStream(file, { highWaterMark: 1024 * 1024 }))
    if (!checked.ok) return { file, ok: false, fault: checked.fault, packageHash: null }
    const { packageHash } = checked.manifest
    if (hash !== null && hash !== packageHash) return { file, ok: false, fault: { path: 'manifest.json', message: '整包摘要与登记的不符' }, packageHash }
    return { file, ok: true, fault: null, packageHash }
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    io.err(`${file}：读不到（${String(error.code)}）`)
    return null
  }
}
