import { parseArgs } from 'node:util'
import { closeReader } from '../annual-report/reading/index.ts'
import { listReportFiles, loadRollUp, rollUpFiles, TooManyFiles, toRollUpJson, type FileAccount, type FilesRollUp } from '../annual-report/roll-up/index.ts'
import { cellsOf, labelOf } from '../statute/report-form.ts'
import type { Command, Io } from './command.ts'
import { withDistrict } from './with-runtime.ts'

/**
 * 汇总：本系统受理的（--year），或者一个文件夹里各机关、各区的报告文件（上一级用，不需数据库）。
 * 退出码：0 都加进来了，没有错误；1 有缺的、重复的、年度不同的，或有错误；2 参数有误，或有文件读不出。
 */
export const rollUpCommand: Command = {
  name: 'roll-up',
  usage: 'roll-up --year 年度 [--json]  汇总受理的报告；roll-up 文件夹 [--year 年度] [--json]  汇总文件夹里的报告文件',
  async run(args, io) {
    const options = parse(args, io)
    if (options === null) return 2
    if (options.dir !== null) return rollUpDirectory(options.dir, options, io)
    return options.year === null ? 2 : rollUpDistrict(options.year, options.json, io)
  },
}

interface Options {
  dir: string | null
  year: number | null
  json: boolean
}

function parse(args: string[], io: Io): Options | null {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { year: { type: 'string' }, json: { type: 'boolean', default: false } } })
    const year = values.year === undefined ? null : Number(values.year)
    if (year !== null && (!Number.isInteger(year) || year < 2019 || year > 2100)) throw new Error('请用 --year 写明年度，如 2024')
    if (positionals.length > 1) throw new Error('一次只汇总一个文件夹')
    const dir = positionals[0] ?? null
    if (dir === null && year === null) throw new Error('请写明文件夹，或用 --year 写明年度')
    return { dir, year, json: values.json }
  } catch (error) {
    io.err(error instanceof Error ? error.message : String(error))
    io.err(`用法：${rollUpCommand.usage}`)
    return null
  }
}

const rollUpDistrict = (year: number, json: boolean, io: Io): Promise<number> =>
  withDistrict(async ({ deps }) => {
    const { sum } = await loadRollUp(deps.db, year, deps.clock.today())
    const model = toRollUpJson(sum)
    if (json) io.out(JSON.stringify(model))
    else {
      const missing = model.missing.map(({ name, explanation }) => `  缺 ${name}${explanation === null ? '：没有人说明' : `：${explanation.reason}（${explanation.person}）`}`)
      const apart = [...model.exempt.map(({ name, reason }) => `  ${name}：${reason}`), ...model.merged.map(({ name, words }) => `  ${name}：${words}`)]
      io.out([`${year} 年度：${model.statement}`, ...missing, ...apart, ...cellLines(model.cells, model.form), ...unknownLines(sum.unknown)].join('\n'))
    }
    return sum.absent.length === 0 && sum.unknown.length === 0 ? 0 : 1
  })

async function rollUpDirectory(dir: string, { year, json }: Options, io: Io): Promise<number> {
  try {
    const { files, skipped, folders } = await listReportFiles(dir)
    for (const name of skipped) io.err(`${name}：不是能读的文件，没有看`)
    if (folders > 0) io.err(`里面的 ${folders} 个文件夹没有看：请把各机关的报告放在同一层，一家一份`)
    if (files.length === 0) {
      io.err(`${dir} 里没有能读的报告（HTML、DOCX、PDF、TXT、XLSX、JSON）`)
      return 2
    }
    const sum = await rollUpFiles(files, year)
    io.out(json ? JSON.stringify(sum) : inWords(sum))
    if (sum.files.some(({ result }) => result === 'unreadable')) return 2
    return sum.files.some(({ result, errors }) => result !== 'summed' || errors > 0) || sum.findings.length > 0 || sum.unknown.length > 0 ? 1 : 0
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (!(error instanceof TooManyFiles) && code !== 'ENOENT' && code !== 'ENOTDIR' && code !== 'EACCES') throw error
    io.err(error instanceof TooManyFiles ? error.message : `打不开文件夹 ${dir}`)
    return 2
  } finally {
    await closeReader()
  }
}

const RESULTS: Record<FileAccount['result'], string> = { summed: '加进来了', unreadable: '读不出', 'other-year': '没有加', 'same-body': '没有加', 'no-body': '没有加', 'is-sum': '没有加' }

function inWords(sum: FilesRollUp): string {
  const added = sum.files.filter(({ result }) => result === 'summed').length
  return [
    `${sum.year ?? '认不出的'} 年度，${sum.form ?? ''} 版格式：${sum.files.length} 个文件，加进来 ${added} 个`,
    ...sum.files.map(fileLine),
    ...cellLines(sum.cells, sum.form),
    ...unknownLines(sum.unknown),
    ...sum.findings.map(({ rule, message }) => `  【错误】${rule} ${message}`),
  ].join('\n')
}

function fileLine({ file, result, reason, body, errors, warnings, notConverted, withoutPlace }: FileAccount): string {
  const converted = notConverted.length + withoutPlace.length === 0 ? '' : `；换格式时 ${notConverted.length} 格换不出，${withoutPlace.length} 格没有地方写`
  return `  ${RESULTS[result]}　${file}${body === null ? '' : `（${body}）`}${reason === null ? '' : `：${reason}`}${result === 'unreadable' ? '' : `，错误 ${errors}，提醒 ${warnings}${converted}`}`
}

// 不是 0 的各格；全是 0 的也说一声
function cellLines(cells: FilesRollUp['cells'], form: FilesRollUp['form']): string[] {
  if (form === null) return []
  const lines = cellsOf(form).flatMap((code) => ((cells[code] ?? 0) === 0 ? [] : [`  ${labelOf(code, form)}\t${cells[code]}`]))
  return lines.length === 0 ? ['  各格都是 0'] : lines
}

const unknownLines = (unknown: FilesRollUp['unknown']): string[] => unknown.map(({ code, who }) => `  算不出 ${code}：${who.join('、')} 空着这一格`)
