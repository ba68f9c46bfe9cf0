import { findRepliesByDocNo } from '../../applications/index.ts'
import { getBody, listNames } from '../../bodies/index.ts'
import { documentTexts, missingGlyphs } from '../../documents/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { checkAgainstRecords } from '../../statute/report-checks-records.ts'
import { listDirectSuits } from '../../reviews/index.ts'
import type { Finding } from '../../statute/finding.ts'
import { checkReport } from '../checker/check-report.ts'
import type { CheckContext } from '../checker/rule.ts'
import { contentHash } from '../editions/content-hash.ts'
import { loadModel } from '../editions/load-model.ts'
import { NOT_COUNTED } from '../tally/figures.ts'
import { OVERVIEW, entries, fill, textsOf, type Narrative } from '../narrative/narrative.ts'
import { findPrevious } from './previous.ts'
import type { Snapshot } from '../report.ts'
import { toDocument } from '../editions/report-document.ts'
import type { ReportModel } from '../editions/report-model.ts'
import { loadRollUp } from '../roll-up/load-roll-up.ts'
import { rollUpFindings } from '../roll-up/roll-up-findings.ts'
import { rollUpSnapshot } from '../roll-up/roll-up-snapshot.ts'
import type { LoadedReport } from '../store.ts'
import { takeSnapshot } from '../tally/tally.ts'
import { toReadReport } from './to-read-report.ts'

export { findingKey, warningKeys } from './finding-key.ts'

export interface OwnCheck {
  model: ReportModel
  contentHash: string
  findings: readonly Finding[]
}

/**
 * 校核自己的报告：核查所的全部规则，加上只有系统里才能查的——冻结的数与台账现数（K10）、
 * 上年问题逐条交代、栏目写齐。
 */
export async function checkOwnReport(tx: Tx, found: LoadedReport, deps: Deps): Promise<OwnCheck> {
  const [body, today] = [await getBody(tx, found.bodyId), deps.clock.today()]
  const isRollUp = body.kind === 'government'
  // 几百家的汇总只载入一次，取数、校核都用它
  const rolledUp = isRollUp ? await loadRollUp(tx, found.year, today) : null
  const live = rolledUp === null ? await takeSnapshot(tx, found.bodyId, found.year, today) : await rollUpSnapshot(tx, found.year, today, rolledUp)
  const model = await loadModel(tx, found, deps, live)
  const [previous, names] = [
    await findPrevious(tx, found.bodyId, found.year - 1),
    await listNames(tx, found.bodyId),
  ]
  const hasAbsent = rolledUp !== null && rolledUp.sum.absent.length > 0
  const context: CheckContext = {
    bodyLevel: 'district',
    // 全区的数里各种权力都有，职权按各机关核
    ...(isRollUp ? {} : { powers: body.powers }),
    formerNames: names.map(({ name }) => name),
  }
  const findings = [
    // 汇总里空着的格就是算不出的格，下面写明是谁空着
    ...checkReport(toReadReport(model), previous?.read ?? null, context).filter(({ rule }) => !(isRollUp && rule === 'K8')).map((one) => (hasAbsent && one.rule === 'K4' ? { ...one, ...carriedByAbsent } : one)),
    ...(await recordFindings(tx, found, model, live)),
    ...narrativeFindings(model.narrative),
    ...uncountedFindings(model, found.state.status === 'released'),
    ...glyphFindings(model),
    ...(rolledUp === null ? [] : rollUpFindings(rolledUp.sum, model)),
  ]
  return { model, contentHash: contentHash(model), findings: findings.map(withoutLine).toSorted(bySeverity) }
}

// 缺的各家上年结转的不在和里，两年对不上不是错
const carriedByAbsent = { severity: 'warning', mend: '汇总里有缺的机关，它们上年结转的不在其中；说明缘由，受理之后重新冻结' } as const

// 行号是展开成文本后的行，工作台上无处可看
const withoutLine = (finding: Finding): Finding => ({ ...finding, line: null })

const ORDER = ['error', 'warning', 'info'] as const
const bySeverity = (a: Finding, b: Finding): number => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity)

/**
 * 报表与台账之间（K10 冻结的数与现数、K13 应先复议的被直接起诉）。
 * 已报送或公布的报告不再变动，其后台账的改动只作信息。
 */
async function recordFindings(tx: Tx, found: LoadedReport, model: ReportModel, live: Snapshot): Promise<Finding[]> {
  const suits = await listDirectSuits(tx, { bodyId: found.bodyId, year: found.year, asOf: live.asOf })
  const replies = await findRepliesByDocNo(tx, found.bodyId, suits.map((suit) => suit.decisionNo))
  const directSuits = suits.flatMap(({ caseNo, decisionNo }) => {
    const reply = replies.get(decisionNo)
    return reply === undefined ? [] : [{ caseId: caseNo, replyRow: reply.row, repliedOn: reply.on }]
  })
  const findings: Finding[] = []
  checkAgainstRecords({ edition: model.form, cells: model.cells, recount: live.cells, ...(model.summed !== undefined && { recountWords: SUMMED_AGAIN }), directSuits }, findings)
  const released = found.state.status === 'released'
  return findings.map((one) => (released && one.rule === 'K10' ? { ...one, severity: 'info' } : one))
}

// 汇总的格没有自己的台账
const SUMMED_AGAIN = { now: '此刻加得', mend: '受理的情况或者本级的记录有变，看过出入之后重新冻结' } as const

function narrativeFindings(narrative: Narrative): Finding[] {
  const base = { cell: null, line: null } as const
  const empty = entries(OVERVIEW)
    .filter(([key]) => narrative.overview[key].trim() === '')
    .map(([, label]): Finding => ({
      ...base,
      rule: 'MC-N01',
      severity: 'error',
      message: `「${label}」没有内容`,
      expected: '总体情况的五项要素逐项写明（条例第五十条）',
      mend: '到「正文」补写这一栏',
    }))
  const unanswered = narrative.lastProblems
    .filter(({ answer }) => answer.trim() === '')
    .map(({ problem }): Finding => ({
      ...base,
      rule: 'MC-N02',
      severity: 'error',
      message: `上年问题「${problem.slice(0, 40)}」没有交代`,
      expected: '上年报告所列问题，今年逐条说明整改情况',
      mend: '到「正文」第五部分写明整改情况',
    }))
  const planless = narrative.problems
    .filter(({ problem, measure }) => problem.trim() === '' || measure.trim() === '')
    .map(({ problem }): Finding => ({
      ...base,
      rule: 'MC-N03',
      severity: 'error',
      message: `问题「${problem.slice(0, 40)}」与改进措施没有一一对应`,
      expected: '每个问题都有改进措施',
      mend: '到「正文」第五部分补齐',
    }))
  const none: Finding[] =
    narrative.problems.length > 0
      ? []
      : [
          {
            ...base,
            rule: 'MC-N03',
            severity: 'error',
            message: '第五部分没有写本年度存在的问题',
            expected: '至少一个问题及其改进措施（条例第五十条）',
            mend: '到「正文」第五部分补写',
          },
        ]
  return [...empty, ...unanswered, ...planless, ...none]
}

/** 冻结得早的，那时还没有数培训、会议与登记：正文用到的是错误，没有用到的告诉一声。 */
function uncountedFindings(model: ReportModel, released: boolean): Finding[] {
  if (model.figures.safeguards !== undefined) return []
  const used = textsOf(model.narrative).filter(({ text }) => fill(text, model).includes(NOT_COUNTED)).map(({ label }) => label)
  // 各家都由文件报来的汇总，本来就没有
  if (used.length === 0 && model.summed !== undefined) return []
  return [
    {
      rule: 'MC-N05',
      severity: used.length > 0 && !released ? 'error' : 'info',
      cell: null,
      line: null,
      message: used.length > 0 ? `「${[...new Set(used)].join('」「')}」用到的培训、会议、建议提案、重点领域，冻结时没有数` : '冻结得早，没有培训、会议、建议提案、重点领域的数，正文里不能用',
      expected: '正文里的数与表格同一时刻取得',
      mend: released ? '报告已报送或公布，不再变动；确要补写的，另起更正版' : model.summed === undefined ? '回报告页重新冻结，登记里的数即一并取来' : '这些机关的报告由文件报来，没有这些数，请改写这几处',
    },
  ]
}

// 不在此拦下，到公布之后才发现 PDF 出不来
function glyphFindings(model: ReportModel): Finding[] {
  const missing = missingGlyphs(documentTexts(toDocument(model)))
  if (missing.length === 0) return []
  const shown = missing.slice(0, 10).map((one) => `“${one}”`).join('')
  return [
    {
      rule: 'MC-N04',
      severity: 'error',
      cell: null,
      line: null,
      message: `有 ${missing.length} 个字现有字体都没有，排不成 PDF：${shown}`,
      expected: '公布的报告有可供打印存档的 PDF，每个字都印得出来',
      mend: '表情等符号删去；姓名、地名里的生僻字，请系统管理员在 FONT_DIR 放入收有它的字体',
    },
  ]
}
