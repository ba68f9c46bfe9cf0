import { getBody } from '../../bodies/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { transaction } from '../../platform/connect.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { editionOf } from '../../statute/report-form.ts'
import { completeCells } from '../../statute/report-totals.ts'
import type { ReadLine } from '../reading/read-report.ts'
import { warningKeys } from '../own-check/finding-key.ts'
import { renderReport } from '../editions/report-files.ts'
import { titleOf, type ReportModel } from '../editions/report-model.ts'
import { toReadReport } from '../own-check/to-read-report.ts'
import { checkUpload } from './check-upload.ts'
import { acceptFiling } from './filing.ts'
import { getFiling, saveFilings } from './filing-store.ts'
import { sendRound } from './send-round.ts'

const SEED = { actor: 'system:seed' } as const

/** 一份报来的报告；没有写的格为 0，总计自行加出。 */
export interface FiledReportInput {
  bodyId: string
  year: number
  cells?: Readonly<Record<string, number>>
  /** 报告上的名称；不写则为现名 */
  bodyName?: string
  lines?: readonly ReadLine[]
  filedOn?: PlainDate
  reply?: string
}

/** 给测试与演示：以上传文件的样子报来一份，等着审核。 */
export async function aFiledReport(deps: Deps, { bodyId, year, cells = {}, lines = [], ...input }: FiledReportInput): Promise<void> {
  const body = await getBody(deps.db, bodyId)
  const form = editionOf(year)
  const bodyName = input.bodyName ?? body.name
  const all: Record<string, number | null> = { ...completeCells(form, cells) }
  for (const code of Object.keys(all)) all[code] ??= 0
  const file = Buffer.from(JSON.stringify({ bodyName, year, cells: all }))
  const { key } = await deps.files.put(file, { maxBytes: file.length })
  await transaction(deps.db, async (tx) => {
    const content = { source: 'upload', form, edition: null, bodyName, cells: all, lines, typed: [], model: null, findings: [], waivers: [], fileKey: key, fileName: `${bodyName}${year}.json` } as const
    const sent = await sendRound(tx, { bodyId, year }, content, { ...SEED, at: deps.clock.now(), on: input.filedOn ?? `${year + 1}-01-20` }, input.reply)
    if (!sent.ok) throw new Error(`演示的报送被拒：${sent.refusal}`)
  })
}

/** 给测试与演示：报来而且受理了的一份。 */
export async function anAcceptedReport(deps: Deps, { acceptedOn, ...input }: FiledReportInput & { acceptedOn?: PlainDate }): Promise<void> {
  await aFiledReport(deps, input)
  await transaction(deps.db, async (tx) => {
    const found = await getFiling(tx, input.bodyId, input.year)
    const on = acceptedOn ?? `${input.year + 1}-01-25`
    const decision = acceptFiling(found.state, { on, round: found.state.round, reviewer: 'system:office', words: '' })
    if (!decision.ok) throw new Error(`演示的受理被拒：${decision.refusal}`)
    await saveFilings(tx, [{ found, events: decision.events }], { ...SEED, at: deps.clock.now(), on })
  })
}

/** 给演示：机关把自己编好的报告存成文件报来；数与正文照读出来的样子，照上传的校核。`explain` 为对提醒的说明，没有提醒的不必写。 */
export async function anUploadedReport(deps: Deps, { bodyId, model, filedOn, filer, format = 'docx', explain, quiet = false }: { bodyId: string; model: ReportModel; filedOn: PlainDate; filer: string; format?: 'docx' | 'json'; explain?: { person: string; reason: string }; /** 不告诉主管部门 */ quiet?: boolean }): Promise<void> {
  const bytes = await renderReport(model, format)
  const { key } = await deps.files.put(bytes, { maxBytes: bytes.length })
  const read = toReadReport(model)
  await transaction(deps.db, async (tx) => {
    const findings = await checkUpload(tx, { bodyId, year: model.year, read, typed: {} })
    const content = { source: 'upload', form: model.form, edition: null, bodyName: model.bodyName, cells: model.cells, lines: read.lines, typed: [], model: null, findings, waivers: explain === undefined ? [] : warningKeys(findings).map((findingKey) => ({ findingKey, ...explain })), fileKey: key, fileName: `${titleOf(model)}.${format}` } as const
    const sent = await sendRound(tx, { bodyId, year: model.year }, content, { actor: filer, at: deps.clock.now(), on: filedOn, quiet })
    if (!sent.ok) throw new Error(`演示的上传被拒：${sent.refusal}\n${findings.map(({ rule, message }) => `${rule} ${message}`).join('\n')}`)
  })
}
