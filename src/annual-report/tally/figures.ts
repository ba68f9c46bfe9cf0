import type { Cells } from '../../statute/report-form.ts'
import { summedSentence, type Summed } from '../roll-up/summed.ts'

/** 正文要用而表格没有的数，与表格同一时刻从台账取得。 */
export interface Figures {
  /** 主动公开条数，及按第一部分习惯的分类 */
  items: { total: number; byKind: readonly { label: string; count: number }[] }
  /** 信息处理费：收取的件数与金额（分） */
  processingFee: { cases: number; fen: number }
  /** 本年答复的件数，其中按期的 */
  replies: { total: number; onTime: number }
  /** 监督保障与第六部分的登记；从前冻结的、汇总的没有 */
  safeguards?: Safeguards
}

/** 培训、领导小组会议、建议提案、重点领域：都数自登记。 */
export interface Safeguards {
  training: { sessions: number; hours: number; attendances: number }
  meetings: number
  proposals: { people: number; cppcc: number; published: number; exempt: number; pending: number }
  keyFields: { fields: number; items: number }
}

/** 报告里的自称；全区汇总的为「全区」。 */
export type Self = '本机关' | '本单位' | '全区'

/** 正文占位所需的一切：机关、年度与冻结的数。 */
export interface FigureContext {
  bodyName: string
  self: Self
  year: number
  cells: Cells
  figures: Figures
  /** 汇总的报告由哪些加成；一个机关的没有 */
  summed?: Summed
}

const cell = ({ cells }: FigureContext, code: string): number => cells[code] ?? 0

const sumOf = (context: FigureContext, prefix: string): number =>
  Object.keys(context.cells)
    .filter((code) => code.startsWith(prefix) && code.endsWith('.T'))
    .reduce((sum, code) => sum + cell(context, code), 0)

/** 分 → 元，不留多余的零。 */
export const toYuan = (fen: number): string => String(Number((fen / 100).toFixed(2)))

const list = (parts: readonly (readonly [string, number])[]): string =>
  parts
    .filter(([, count]) => count > 0)
    .map(([label, count]) => `${label}${count}件`)
    .join('，')

function itemSummary({ figures: { items } }: FigureContext): string {
  if (items.total === 0) return '全年未新增主动公开政府信息。'
  const kinds = items.byKind.filter((kind) => kind.count > 0)
  const parts = kinds.map((kind) => `${kind.label}信息${kind.count}条`).join('，')
  return `全年共主动公开政府信息${items.total}条。其中，${parts}。`
}

function applicationSummary(context: FigureContext): string {
  const { year, self } = context
  const [received, carried] = [cell(context, 'R1.T'), cell(context, 'R2.T')]
  const [done, left] = [cell(context, 'R3.7.T'), cell(context, 'R4.T')]
  if (received + carried === 0) return `${year}年，${self}未收到政府信息公开申请。`
  const came =
    received === 0
      ? `${year}年，${self}未收到新的政府信息公开申请，上年结转${carried}件`
      : `${year}年，${self}新收政府信息公开申请${received}件，上年结转${carried}件`
  if (done === 0) return `${came}；结转下年度继续办理${left}件。`
  const how = list([
    ['予以公开', cell(context, 'R3.1.T')],
    ['部分公开', cell(context, 'R3.2.T')],
    ['不予公开', sumOf(context, 'R3.3.')],
    ['无法提供', sumOf(context, 'R3.4.')],
    ['不予处理', sumOf(context, 'R3.5.')],
    ['其他处理', sumOf(context, 'R3.6.')],
  ])
  return `${came}；办结${done}件，其中${how}；结转下年度继续办理${left}件。`
}

const caseParts = (context: FigureContext, group: string): string =>
  list([
    ['结果维持', cell(context, `T4.${group}.upheld`)],
    ['结果纠正', cell(context, `T4.${group}.corrected`)],
    ['其他结果', cell(context, `T4.${group}.other`)],
    ['尚未审结', cell(context, `T4.${group}.pending`)],
  ])

function reviewSummary(context: FigureContext): string {
  const reconsidered = cell(context, 'T4.rv.total')
  const [direct, after] = [cell(context, 'T4.ld.total'), cell(context, 'T4.la.total')]
  if (reconsidered + direct + after === 0) return '本年度无政府信息公开行政复议、行政诉讼案件。'
  const sentences = [
    reconsidered === 0
      ? '本年度无政府信息公开行政复议案件'
      : `本年度政府信息公开行政复议${reconsidered}件，${caseParts(context, 'rv')}`,
    direct + after === 0
      ? '未发生行政诉讼'
      : `行政诉讼${direct + after}件，其中未经复议直接起诉${direct}件、复议后起诉${after}件`,
  ]
  return `${sentences.join('；')}。`
}

const feeSummary = ({ year, self, figures: { processingFee } }: FigureContext): string =>
  processingFee.fen === 0
    ? `${year}年，${self}未收取信息处理费。`
    : `${year}年，${self}收取信息处理费${toYuan(processingFee.fen)}元，涉及申请${processingFee.cases}件。`

const normativeSummary = (context: FigureContext): string =>
  `本年制发行政规范性文件${cell(context, 'T2.norm.made')}件，废止${cell(context, 'T2.norm.repealed')}件，年末现行有效${cell(context, 'T2.norm.valid')}件。`

function onTimeSummary({ figures: { replies } }: FigureContext): string {
  if (replies.total === 0) return '本年度没有应当答复的申请。'
  return replies.total === replies.onTime
    ? '均在法定期限内答复。'
    : `作出答复的申请中，按期的${replies.onTime}件，逾期的${replies.total - replies.onTime}件。`
}

/** 主动公开条数不在表里，以此为格的代码。 */
export const ITEMS_CELL = 'items'

/** 数自登记的，点开去登记的页面；以此为格的代码。 */
export const REGISTER_PAGES = {
  training: { label: '培训', page: (year: number) => `/desk/training?year=${year}&state=held` },
  meetings: { label: '领导小组会议', page: (year: number) => `/desk/leading-group?year=${year}` },
  proposals: { label: '建议提案', page: (year: number) => `/desk/registers/proposals?year=${year}` },
  'key-fields': { label: '重点领域', page: (year: number) => `/desk/registers/key-fields?year=${year}` },
} as const
export type RegisterCell = keyof typeof REGISTER_PAGES

// 从前冻结的没有这些数：不编造，写明没有
export const NOT_COUNTED = '（冻结时没有数，请重新冻结）'
const counted = ({ figures }: FigureContext, of: (safeguards: Safeguards) => string): string => (figures.safeguards === undefined ? NOT_COUNTED : of(figures.safeguards))

const trainingSummary = (context: FigureContext): string =>
  counted(context, ({ training }) =>
    training.sessions === 0 ? '本年度没有组织政府信息公开培训。' : `全年组织政府信息公开培训${training.sessions}期，${training.attendances}人次参加，共${training.hours}学时。`,
  )

const meetingSummary = (context: FigureContext): string =>
  counted(context, ({ meetings }) => (meetings === 0 ? '本年度没有召开政务公开领导小组会议。' : `召开政务公开领导小组会议${meetings}次，研究部署政府信息公开工作。`))

const proposalSummary = (context: FigureContext): string =>
  counted(context, ({ proposals: { people, cppcc, published, exempt, pending } }) => {
    if (people + cppcc === 0) return '本年度没有承办人大代表建议、政协提案。'
    const kinds = [people > 0 ? `人大代表建议${people}件` : '', cppcc > 0 ? `政协提案${cppcc}件` : ''].filter((text) => text !== '').join('、')
    const rest = [exempt > 0 ? `依法不公开${exempt}件` : '', pending > 0 ? `尚未公开${pending}件` : ''].filter((text) => text !== '').map((text) => `，${text}`).join('')
    return `本年度承办${kinds}，办理结果已公开${published}件${rest}。`
  })

const keyFieldSummary = (context: FigureContext): string =>
  counted(context, ({ keyFields: { fields, items } }) => (fields === 0 ? '本年度没有登记重点领域的政府信息公开。' : `公开${fields}个重点领域的政府信息${items}条。`))

interface Figure {
  of: (context: FigureContext) => string
  hint: string
  /** 点开所到的格，即它所数的记录 */
  cell?: string
}

/**
 * 正文可用的占位：`{名称}`。数字一律经此而出，故正文不会与表格相左。
 * 综述类占位给出整句，零与非零各有说法。
 */
export const FIGURES = {
  机关: { of: ({ bodyName }) => bodyName, hint: '机关全称' },
  年: { of: ({ year }) => String(year), hint: '报告年度' },
  上年: { of: ({ year }) => String(year - 1), hint: '上一年度' },
  下年: { of: ({ year }) => String(year + 1), hint: '下一年度' },
  格式文号: {
    of: ({ year }) => (year <= 2020 ? '国办公开办函〔2019〕60号' : '国办公开办函〔2021〕30号'),
    hint: '年度报告格式的文号',
  },
  汇总综述: { of: ({ summed }) => (summed === undefined ? '' : summedSentence(summed)), hint: '整句：全区应报几家、汇总几家、缺谁' },
  主动公开综述: { of: itemSummary, hint: '整句：条数与分类', cell: ITEMS_CELL },
  主动公开数: { of: ({ figures }) => String(figures.items.total), hint: '条', cell: ITEMS_CELL },
  规范性文件综述: { of: normativeSummary, hint: '整句：制发、废止、现行有效', cell: 'T2.norm.valid' },
  申请综述: { of: applicationSummary, hint: '整句：新收、结转、办结与去向', cell: 'R1.T' },
  按期答复综述: { of: onTimeSummary, hint: '整句：是否按期', cell: 'R3.7.T' },
  新收申请数: { of: (context) => String(cell(context, 'R1.T')), hint: '件，表三第一行', cell: 'R1.T' },
  上年结转数: { of: (context) => String(cell(context, 'R2.T')), hint: '件，表三第二行', cell: 'R2.T' },
  办结数: { of: (context) => String(cell(context, 'R3.7.T')), hint: '件，表三总计', cell: 'R3.7.T' },
  结转下年数: { of: (context) => String(cell(context, 'R4.T')), hint: '件，表三末行', cell: 'R4.T' },
  予以公开数: { of: (context) => String(cell(context, 'R3.1.T')), hint: '件', cell: 'R3.1.T' },
  部分公开数: { of: (context) => String(cell(context, 'R3.2.T')), hint: '件', cell: 'R3.2.T' },
  不予公开数: { of: (context) => String(sumOf(context, 'R3.3.')), hint: '件，八行之和' },
  无法提供数: { of: (context) => String(sumOf(context, 'R3.4.')), hint: '件，三行之和' },
  不予处理数: { of: (context) => String(sumOf(context, 'R3.5.')), hint: '件，五行之和' },
  其他处理数: { of: (context) => String(sumOf(context, 'R3.6')), hint: '件' },
  复议诉讼综述: { of: reviewSummary, hint: '整句：复议、诉讼件数与结果', cell: 'T4.rv.total' },
  行政复议数: { of: (context) => String(cell(context, 'T4.rv.total')), hint: '件', cell: 'T4.rv.total' },
  行政诉讼数: {
    of: (context) => String(cell(context, 'T4.ld.total') + cell(context, 'T4.la.total')),
    hint: '件，两类之和',
  },
  信息处理费综述: { of: feeSummary, hint: '整句：收取的件数与金额，未收亦写明' },
  信息处理费: { of: ({ figures }) => toYuan(figures.processingFee.fen), hint: '元' },
  领导小组综述: { of: meetingSummary, hint: '整句：开会的次数', cell: 'meetings' },
  领导小组会议数: { of: (context) => counted(context, ({ meetings }) => String(meetings)), hint: '次', cell: 'meetings' },
  培训综述: { of: trainingSummary, hint: '整句：期数、人次、学时', cell: 'training' },
  培训期数: { of: (context) => counted(context, ({ training }) => String(training.sessions)), hint: '期，已办的', cell: 'training' },
  培训人次: { of: (context) => counted(context, ({ training }) => String(training.attendances)), hint: '人次，签到之和', cell: 'training' },
  培训学时: { of: (context) => counted(context, ({ training }) => String(training.hours)), hint: '学时，各期之和', cell: 'training' },
  建议提案综述: { of: proposalSummary, hint: '整句：承办与办理结果公开的件数', cell: 'proposals' },
  人大建议数: { of: (context) => counted(context, ({ proposals }) => String(proposals.people)), hint: '件', cell: 'proposals' },
  政协提案数: { of: (context) => counted(context, ({ proposals }) => String(proposals.cppcc)), hint: '件', cell: 'proposals' },
  建议提案公开数: { of: (context) => counted(context, ({ proposals }) => String(proposals.published)), hint: '件，办理结果已公开的', cell: 'proposals' },
  重点领域综述: { of: keyFieldSummary, hint: '整句：领域与条数', cell: 'key-fields' },
  重点领域数: { of: (context) => counted(context, ({ keyFields }) => String(keyFields.fields)), hint: '个', cell: 'key-fields' },
  重点领域公开数: { of: (context) => counted(context, ({ keyFields }) => String(keyFields.items)), hint: '条', cell: 'key-fields' },
} as const satisfies Record<string, Figure>

export type FigureName = keyof typeof FIGURES

/** 占位点开所到的格；没有记录可看的为 null。 */
export const cellOfFigure = (name: FigureName): string | null => {
  const figure: Figure = FIGURES[name]
  return figure.cell ?? null
}

export const isFigureName = (name: string): name is FigureName => Object.hasOwn(FIGURES, name)
