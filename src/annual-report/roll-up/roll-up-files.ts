import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Finding } from '../../statute/finding.ts'
import { checkCells } from '../../statute/report-checks.ts'
import { editionOf, type CellCode, type Cells, type Edition } from '../../statute/report-form.ts'
import { checkReport } from '../checker/index.ts'
import { readReportFile, UnreadableReport, type ReadReport } from '../reading/index.ts'
import { convertCells } from './convert-form.ts'
import { sumCells, type UnknownCell } from './sum-cells.ts'

/** 一个文件的下落：加进来的，或者为何没有加。 */
export interface FileAccount {
  file: string
  result: 'summed' | 'unreadable' | 'other-year' | 'same-body' | 'no-body' | 'is-sum'
  /** 没有加进来的缘由 */
  reason: string | null
  body: string | null
  year: number | null
  form: Edition | null
  errors: number
  warnings: number
  /** 换格式时换不出的格、放不下的格 */
  notConverted: readonly CellCode[]
  withoutPlace: readonly CellCode[]
}

export interface FilesRollUp {
  year: number | null
  form: Edition | null
  files: FileAccount[]
  cells: Cells
  unknown: readonly UnknownCell[]
  /** 和上的勾稽 */
  findings: readonly Finding[]
}

const MOST_FILES = 5000
const READABLE = /\.(html?|docx|pdf|txt|xlsx|json)$/i

/** 文件夹里文件太多；消息可给使用者看。 */
export class TooManyFiles extends Error {
  override name = 'TooManyFiles'
}

/** 文件夹里可读的文件，按名排；隐藏的、不认得的不在内，另列。不进下一层文件夹，只数有几个。 */
export async function listReportFiles(dir: string): Promise<{ files: string[]; skipped: string[]; folders: number }> {
  const entries = (await readdir(dir, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.')).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const files = entries.filter((entry) => entry.isFile() && READABLE.test(entry.name)).map(({ name }) => join(dir, name))
  if (files.length > MOST_FILES) throw new TooManyFiles(`文件多于 ${MOST_FILES} 个，请分成几个文件夹`)
  const folders = entries.filter((entry) => entry.isDirectory())
  return { files, skipped: entries.filter((entry) => !entry.isDirectory() && !(entry.isFile() && READABLE.test(entry.name))).map(({ name }) => name), folders: folders.length }
}

interface Read {
  file: string
  report: ReadReport
  findings: readonly Finding[]
}

/**
 * 上一级把各区（各机关）的报告文件汇总：逐个读、逐个核查，同一年度的相加；每个文件都有下落，读不出的、
 * 年度不同的、同一机关重复的都写明，不悄悄略过。
 * @param wanted 要汇总的年度；不写则为文件最多的一个年度
 */
export async function rollUpFiles(files: readonly string[], wanted: number | null, onFile: (done: number) => void = () => {}): Promise<FilesRollUp> {
  const accounts = new Map<string, FileAccount>()
  const reads: Read[] = []
  for (const [i, file] of files.entries()) {
    const found = await readOr(file)
    if (typeof found === 'string') accounts.set(file, { file, result: 'unreadable', reason: found, body: null, year: null, form: null, errors: 0, warnings: 0, notConverted: [], withoutPlace: [] })
    else reads.push({ file, report: found, findings: checkReport(found, null) })
    onFile(i + 1)
  }
  const year = wanted ?? commonYear(reads)
  const form = year === null ? null : editionOf(year)
  const seen = new Map<string, string>()
  const addends: { name: string; cells: Cells }[] = []
  for (const { file, report, findings } of reads) {
    const count = (severity: Finding['severity']) => findings.filter((one) => one.severity === severity).length
    const account = { file, body: report.body, year: report.year, form: report.edition, errors: count('error'), warnings: count('warning'), notConverted: [], withoutPlace: [] }
    const why = refusalOf(report, year, seen)
    if (why !== null || form === null) {
      accounts.set(file, { ...account, ...(why ?? { result: 'other-year', reason: '认不出年度' }) })
      continue
    }
    seen.set(plain(report.body), file)
    const { cells, missing, lost } = convertCells(report.cells, report.edition, form)
    addends.push({ name: report.body ?? file, cells })
    accounts.set(file, { ...account, result: 'summed', reason: null, notConverted: missing, withoutPlace: lost })
  }
  const sum = form === null ? { cells: {}, unknown: [] } : sumCells(form, addends)
  const unknown = new Set(sum.unknown.map(({ code }) => code))
  const findings = form === null || addends.length === 0 ? [] : checkCells({ edition: form, year, cells: sum.cells }).filter(({ rule, cell }) => rule !== 'K8' && (cell === null || !unknown.has(cell)))
  return { year, form, files: files.flatMap((file) => accounts.get(file) ?? []), ...sum, findings }
}

const plain = (name: string | null): string => (name ?? '').replaceAll(/\s/g, '')

function refusalOf({ body, year, title }: ReadReport, wanted: number | null, seen: ReadonlyMap<string, string>): { result: FileAccount['result']; reason: string } | null {
  if (year !== wanted || year === null) return { result: 'other-year', reason: year === null ? '认不出年度' : `是 ${year} 年度的，汇总的是 ${wanted} 年度` }
  // 与各机关的放在一起，会计两遍
  if (title !== null && /报告汇总/.test(plain(title))) return { result: 'is-sum', reason: '是各机关之和，不是一个机关的报告' }
  if (plain(body) === '') return { result: 'no-body', reason: '认不出机关名称，无从知道是不是重复' }
  const same = seen.get(plain(body))
  return same === undefined ? null : { result: 'same-body', reason: `与 ${same} 是同一机关的` }
}

/** 最多的一个年度；一样多的取近的。 */
function commonYear(reads: readonly Read[]): number | null {
  const counts = new Map<number, number>()
  for (const { report } of reads) if (report.year !== null) counts.set(report.year, (counts.get(report.year) ?? 0) + 1)
  return [...counts].toSorted(([a, x], [b, y]) => y - x || b - a)[0]?.[0] ?? null
}

const SYSTEM_WORDS: Record<string, string> = { ENOENT: '没有这个文件', EISDIR: '是文件夹，不是文件', EACCES: '没有读取的权限', EPERM: '没有读取的权限' }

async function readOr(file: string): Promise<ReadReport | string> {
  try {
    return await readReportFile(file)
  } catch (error) {
    if (error instanceof UnreadableReport) return error.message
    const words = SYSTEM_WORDS[error instanceof Error && 'code' in error ? String(error.code) : '']
    if (words === undefined) throw error
    return words
  }
}
