import { parseArgs } from 'node:util'
import { checkReport } from '../annual-report/checker/index.ts'
import { closeReader, readReportFile, UnreadableReport, type ReadReport } from '../annual-report/reading/index.ts'
import { cellsOf } from '../statute/report-form.ts'
import type { Finding } from '../statute/finding.ts'
import { checkedInWords } from './check-words.ts'
import type { Command, Io } from './command.ts'

/** 一份报告的核查结果；JSON 输出即为此形。 */
export interface CheckedReport {
  file: string
  body: string | null
  year: number | null
  form: '2019' | '2021'
  cells: Record<string, number | null>
  findings: readonly Finding[]
}

/**
 * 核查一份或几份已有的报告，不需数据库。
 * 退出码：0 没有错误；1 有错误；2 参数有误，或有文件读不出（说明在标准错误，其余的照查）。
 */
export const check: Command = {
  name: 'check',
  usage: 'check FILE… [--previous FILE] [--json]  核查年度报告（HTML、DOCX、PDF、TXT、XLSX、本系统的 JSON）',
  async run(args, io) {
    const parsed = parse(args, io)
    if (parsed === null) return 2
    try {
      return await checkFiles(parsed, io)
    } finally {
      await closeReader()
    }
  },
}

interface Options {
  files: readonly string[]
  previous: string | null
  json: boolean
}

function parse(args: string[], io: Io): Options | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { previous: { type: 'string' }, json: { type: 'boolean', default: false } },
    })
    if (positionals.length > 0) return { files: positionals, previous: values.previous ?? null, json: values.json }
    io.err('请写明要核查的文件')
  } catch {
    io.err(`看不懂的参数：${args.join(' ')}`)
  }
  io.err(`用法：${check.usage}`)
  return null
}

async function checkFiles({ files, previous, json }: Options, io: Io): Promise<number> {
  const before = previous === null ? null : await readOrSay(previous, io)
  let unreadable = previous !== null && before === null
  const reports: CheckedReport[] = []
  for (const file of files) {
    const report = await readOrSay(file, io)
    if (report === null) unreadable = true
    else reports.push(toChecked(file, report, checkReport(report, before)))
  }
  if (json) io.out(JSON.stringify({ reports }))
  else if (reports.length > 0) io.out(reports.map(checkedInWords).join('\n\n'))
  if (unreadable) return 2
  return reports.some(({ findings }) => findings.some((one) => one.severity === 'error')) ? 1 : 0
}

const toChecked = (file: string, report: ReadReport, findings: readonly Finding[]): CheckedReport => ({
  file,
  body: report.body,
  year: report.year,
  form: report.edition,
  cells: Object.fromEntries(cellsOf(report.edition).map((code) => [code, report.cells[code] ?? null])),
  findings,
})

const SYSTEM_WORDS: Record<string, string> = {
  ENOENT: '没有这个文件',
  EISDIR: '是文件夹，不是文件',
  EACCES: '没有读取的权限',
  EPERM: '没有读取的权限',
}

async function readOrSay(file: string, io: Io): Promise<ReadReport | null> {
  try {
    return await readReportFile(file)
  } catch (error) {
    const words = error instanceof UnreadableReport ? error.message : SYSTEM_WORDS[codeOf(error)]
    if (words === undefined) throw error
    io.err(`${file}：${words}`)
    return null
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
