import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { MissingGlyphs } from '../../documents/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { toCsvLine } from '../../platform/ledger/index.ts'
import { localHeader, zipEnd, type ZipItem } from '../../platform/zip-frame.ts'
import { findFiling, findRound, type FiledRoundRow } from '../collection/filing-store.ts'
import { FORMATS, renderReport, type Format } from '../editions/report-files.ts'
import { titleOf } from '../editions/report-model.ts'
import { roundJson } from './round-json.ts'
import { toRollUpJson } from './roll-up-json.ts'
import { rollUpXlsx } from './roll-up-xlsx.ts'
import type { RollUp, RollUpPart } from './roll-up.ts'

/** 一包至多这么大；再大的分年、分批到命令行去取 */
export const MOST_SET_BYTES = 2 * 1024 * 1024 * 1024

export class SetTooLarge extends Error {
  override name = 'SetTooLarge'
}

interface SetFile {
  path: string
  bytes: Uint8Array
}

/** 一家放进包里的各份，与说不全之处；`flat` 为 `各家JSON` 里的那一份。 */
interface BodyFiles {
  files: SetFile[]
  flat: Uint8Array | null
  note: string
}

/** 一家一份，上一级拿来即可汇总：`roll-up 各家JSON` */
const FLAT = '各家JSON'

const SUMS = '校验值-SM3.txt'
const REGISTER = '登记册.csv'

/**
 * 依次写出一个年度的全套报告：汇总、每家受理的那一次（本系统报来的五种格式，上传的原件与读出的数）、一家一份的 JSON、登记册、校验值。
 * 内存里只有正在写的一家；同样的内容得到逐字节相同的包。
 * @param onBody 每写完一家
 */
export async function* writeReportSet(deps: Deps, sum: RollUp, words: { title: string; creator: string; demo: boolean }, onBody: (done: number) => Promise<void>): AsyncIterable<Buffer> {
  const items: ZipItem[] = []
  const sums: string[] = []
  let offset = 0
  const put = ({ path, bytes }: SetFile): Buffer[] => {
    const item = { path, size: bytes.byteLength, crc: crc32(bytes), offset }
    const header = localHeader(item)
    items.push(item)
    sums.push(`${createHash('sm3').update(bytes).digest('hex')}  ${path}`)
    offset += header.length + bytes.byteLength
    if (offset > MOST_SET_BYTES) throw new SetTooLarge(`合计超过 ${MOST_SET_BYTES / 1024 ** 3} GB，放不进一个压缩包`)
    return [header, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)]
  }
  yield* put({ path: '汇总.json', bytes: jsonBytes(toRollUpJson(sum)) })
  yield* put({ path: '汇总.xlsx', bytes: await rollUpXlsx(sum, words) })
  const register = [['机关', '代码', '类别', '办到', '来处', '第几次报送', '受理之日', '迟报', '说明']]
  const filed = sum.parts.filter(({ round }) => round > 0)
  for (const [i, part] of filed.entries()) {
    const name = `${String(i + 1).padStart(3, '0')}-${plainName(part.bodyName)}`
    const { files, flat, note } = await filesOf(deps, part, sum.year, { folder: name, demo: words.demo })
    for (const file of files) yield* put(file)
    if (flat !== null) yield* put({ path: `${FLAT}/${name}.json`, bytes: flat })
    register.push([part.bodyName, part.bodyCode, part.group, '已受理', part.source, String(part.round), part.acceptedOn ?? '', part.late ? '是' : '', note])
    await onBody(i + 1)
  }
  for (const one of sum.absent) register.push([one.bodyName, one.bodyCode, one.kind, `缺：${one.status}`, '', '', '', one.late ? '是' : '', one.explanation === null ? '没有人说明' : `${one.explanation.reason}（${one.explanation.person}）`])
  for (const one of sum.exempt) register.push([one.bodyName, one.bodyCode, '', '免报', '', '', '', '', one.reason])
  for (const one of sum.merged) register.push([one.bodyName, '', '', '不报', '', '', '', '', one.words])
  yield* put({ path: REGISTER, bytes: Buffer.from(`\uFEFF${register.map(toCsvLine).join('')}`) })
  yield* put({ path: SUMS, bytes: Buffer.from(`${sums.join('\n')}\n`) })
  yield zipEnd(items, offset)
}

const jsonBytes = (data: unknown): Buffer => Buffer.from(`${JSON.stringify(data, null, 2)}\n`)
// 文件、文件夹的名字：去掉各系统不许用的字，看不见的字，起止的点与空格；半个字存不进去
const plainName = (name: string): string =>
  name.toWellFormed().normalize('NFC').replaceAll(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, '').slice(0, 60).toWellFormed().replaceAll(/^[. ]+|[. ]+$/g, '') || '未命名'

async function filesOf(deps: Deps, part: RollUpPart, year: number, { folder, demo }: { folder: string; demo: boolean }): Promise<BodyFiles> {
  const filing = await findFiling(deps.db, part.bodyId, year)
  const round = filing === null ? null : await findRound(deps.db, { bodyId: part.bodyId, filingId: filing.filingId }, part.round)
  if (round === null) return { files: [], flat: null, note: '受理的那一次取不出' }
  return round.model === null ? uploadFiles(deps, round, folder, { bodyCode: part.bodyCode, demo }) : modelFiles(round, folder)
}

async function modelFiles({ model }: FiledRoundRow, folder: string): Promise<BodyFiles> {
  const files: SetFile[] = []
  const failed: string[] = []
  if (model === null) return { files, flat: null, note: '' }
  for (const format of Object.keys(FORMATS) as Format[]) {
    try {
      files.push({ path: `${folder}/${plainName(titleOf(model))}.${format}`, bytes: await renderReport(model, format) })
    } catch (error) {
      if (!(error instanceof MissingGlyphs)) throw error
      failed.push(FORMATS[format].label)
    }
  }
  return { files, flat: await renderReport(model, 'json'), note: failed.length === 0 ? '' : `有的字现有字体没有，${failed.join('、')} 排不成` }
}

// 上传的给原件；数另写一份机读的
async function uploadFiles(deps: Deps, round: FiledRoundRow, folder: string, of: { bodyCode: string; demo: boolean }): Promise<BodyFiles> {
  const { bodyName, year, form, cells, typed, fileKey, fileName } = round
  const numbers = { path: `${folder}/读出的数.json`, bytes: jsonBytes({ body: bodyName, year, form, cells, typed }) }
  const flat = jsonBytes(roundJson(round, of))
  if (fileKey === null || fileName === null) return { files: [numbers], flat, note: '没有原件' }
  return { files: [{ path: `${folder}/原件-${plainName(fileName)}`, bytes: await deps.files.get(fileKey) }, numbers], flat, note: typed.length === 0 ? '' : `${typed.length} 格由报送人填写` }
}
