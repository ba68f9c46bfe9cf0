import { readDay, readYear } from '../../platform/ledger/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { textProblem } from '../progress/check-text.ts'
import type { TableSpec } from '../progress/read-table.ts'

export const PROPOSAL_KINDS = { people: '人大建议', cppcc: '政协提案' } as const
export type ProposalKind = keyof typeof PROPOSAL_KINDS
export const isProposalKind = (text: string | undefined): text is ProposalKind => text !== undefined && Object.hasOwn(PROPOSAL_KINDS, text)

/** 办理结果（答复）公开了没有。 */
export const PUBLICATIONS = { published: '已公开', pending: '尚未公开', exempt: '不公开' } as const
export type Publication = keyof typeof PUBLICATIONS
export const isPublication = (text: string | undefined): text is Publication => text !== undefined && Object.hasOwn(PUBLICATIONS, text)

export interface ProposalFacts {
  year: number
  kind: ProposalKind
  number: string
  title: string
  /** 谁答复 */
  unit: string
  answeredOn: PlainDate | null
  publication: Publication
  /** 公开在哪一条信息 */
  indexNo: string | null
  publishedOn: PlainDate | null
}

const codeOf = <K extends string>(labels: Readonly<Record<K, string>>, text: string): K | null => (Object.entries(labels) as [K, string][]).find(([code, label]) => code === text || label === text)?.[0] ?? null

/** 一行或一张表单里填的 → 一件；不合格的一栏一句。 */
export function readProposal(values: Readonly<Record<string, string>>): { ok: true; row: ProposalFacts } | { ok: false; errors: Readonly<Record<string, string>> } {
  const of = (key: string): string => (values[key] ?? '').trim()
  const day = (key: string): PlainDate | null | undefined => (of(key) === '' ? null : (readDay(of(key)) ?? undefined))
  const [year, kind, publication] = [readYear(of('year')), codeOf(PROPOSAL_KINDS, of('kind')), of('publication') === '' ? 'pending' : codeOf(PUBLICATIONS, of('publication'))]
  const [number, title, unit, indexNo] = [of('number'), of('title'), of('unit'), of('indexNo')]
  const [answeredOn, publishedOn] = [day('answeredOn'), day('publishedOn')]
  const errors: Record<string, string> = {}
  if (year === null) errors['year'] = '写四位的年度'
  if (kind === null) errors['kind'] = `须为${Object.values(PROPOSAL_KINDS).join('、')}`
  if (publication === null) errors['publication'] = `须为${Object.values(PUBLICATIONS).join('、')}`
  if (number === '' || number.length > 60) errors['number'] = '写编号，至多六十个字'
  const [titleWrong, unitWrong] = [textProblem(title, 2, 300), textProblem(unit, 0, 100)]
  if (titleWrong !== null) errors['title'] = titleWrong
  if (unitWrong !== null) errors['unit'] = unitWrong
  if (indexNo.length > 80) errors['indexNo'] = '索引号至多八十个字'
  if (answeredOn === undefined) errors['answeredOn'] = '日期写成 2025-06-30'
  if (publishedOn === undefined) errors['publishedOn'] = '日期写成 2025-06-30'
  if (publication === 'published' && publishedOn === null) errors['publishedOn'] = '已公开的写明何日公开'
  if (publication !== 'published' && publication !== null && (publishedOn !== null || indexNo !== '')) errors['publication'] = '写了公开的日期、信息的，情况应为「已公开」'
  if (typeof answeredOn === 'string' && typeof publishedOn === 'string' && publishedOn < answeredOn) errors['publishedOn'] = '不得早于答复之日'
  if (year === null || kind === null || publication === null || answeredOn === undefined || publishedOn === undefined || Object.keys(errors).length > 0) return { ok: false, errors }
  return { ok: true, row: { year, kind, number, title, unit, answeredOn, publication, indexNo: indexNo === '' ? null : indexNo, publishedOn } }
}

/** 建议提案登记的列：模板、导入、导出共用。 */
export const PROPOSAL_TABLE: TableSpec<ProposalFacts> = {
  title: '建议提案登记',
  columns: [
    { key: 'year', label: '年度', required: true, example: '2025', note: '四位数字' },
    { key: 'kind', label: '种类', required: true, example: PROPOSAL_KINDS.people, note: Object.values(PROPOSAL_KINDS).join('、'), aliases: ['类别'] },
    { key: 'number', label: '编号', required: true, example: '第 12 号', aliases: ['建议提案编号', '案号'] },
    { key: 'title', label: '标题', required: true, example: '关于加装电梯信息公开的建议', note: '不写代表、委员的姓名与电话', aliases: ['题目', '案由'] },
    { key: 'unit', label: '答复的科室', example: '城市管理科', aliases: ['承办科室', '承办单位'] },
    { key: 'answeredOn', label: '答复日期', example: '2025-06-20', aliases: ['办结日期'] },
    { key: 'publication', label: '办理结果公开', example: PUBLICATIONS.published, note: `${Object.values(PUBLICATIONS).join('、')}；不填为${PUBLICATIONS.pending}`, aliases: ['是否公开', '公开情况'] },
    { key: 'indexNo', label: '公开信息的索引号', example: '', note: '已公开的填其索引号，可以不填', aliases: ['索引号'] },
    { key: 'publishedOn', label: '公开日期', example: '2025-06-30', note: '已公开的必填' },
  ],
  read: readProposal,
  keyOf: ({ year, kind, number }) => `${year} ${kind} ${number}`,
  most: 2000,
}

export const proposalCells = (row: ProposalFacts): string[] => [
  String(row.year), PROPOSAL_KINDS[row.kind], row.number, row.title, row.unit, row.answeredOn ?? '', PUBLICATIONS[row.publication], row.indexNo ?? '', row.publishedOn ?? '',
]
