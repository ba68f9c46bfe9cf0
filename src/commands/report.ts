import { writeFile } from 'node:fs/promises'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { isFormat, liveReport, renderReport } from '../annual-report/index.ts'
import { closePdf } from '../documents/index.ts'
import { NotFound } from '../platform/errors.ts'
import type { Command, Io } from './command.ts'
import { withDistrict } from './with-runtime.ts'

/** 某机关某年度的报告，就台账此刻的样子写出；不加 --out 则写到标准输出。 */
export const reportCommand: Command = {
  name: 'report',
  usage: 'report --body 代码 --year 年度 --format html|docx|pdf|xlsx|json [--out 文件]  由台账写出年度报告',
  async run(args, io) {
    const parsed = parse(args, io)
    if (parsed === null) return 2
    const { body, year, format, out } = parsed
    return withDistrict(async ({ deps }) => {
      try {
        const bytes = await renderReport(await liveReport(deps, body, year), format)
        if (out === undefined) await write(bytes)
        else await writeFile(out, bytes)
        return 0
      } catch (error) {
        if (!(error instanceof NotFound)) throw error
        io.err(error.message)
        return 2
      } finally {
        await closePdf()
      }
    })
  },
}

function parse(args: string[], io: Io) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        body: { type: 'string' },
        year: { type: 'string' },
        format: { type: 'string', default: 'json' },
        out: { type: 'string' },
      },
    })
    const year = Number(values.year)
    if (values.body === undefined) throw new Error('请用 --body 写明机关代码')
    if (!Number.isInteger(year) || year < 2008 || year > 2100) throw new Error('请用 --year 写明年度，如 2024')
    if (!isFormat(values.format)) throw new Error(`没有「${values.format}」这种格式，可用 html、docx、pdf、xlsx、json`)
    return { body: values.body, year, format: values.format, out: values.out }
  } catch (error) {
    io.err(error instanceof Error ? error.message : String(error))
    io.err(reportCommand.usage)
    return null
  }
}

const write = (bytes: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => process.stdout.write(bytes, (error) => (error ? reject(error) : resolve())))
