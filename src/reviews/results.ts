/** 表四的四列；`pending` 由没有结果得出。 */
export type ResultColumn = 'upheld' | 'corrected' | 'other'

/**
 * 结果归类的设置（`caseResultMap`）：没有取得官方说明〔待核〕。`MEDIATION_OTHER` 调解一律计入其他结果；
 * `SUBSTANCE` 调解书责令履行或者变更的计入结果纠正。
 */
export type ResultMap = 'MEDIATION_OTHER' | 'SUBSTANCE'

interface Result {
  label: string
  column: ResultColumn
  /** 依设置而不同的 */
  under?: Partial<Record<ResultMap, ResultColumn>>
  /** 台账里也这样写 */
  aliases: readonly string[]
}

/** 行政复议的结果（行政复议法第三十条、第六十三条至第七十四条）。 */
export const REVIEW_RESULTS = {
  upheld: { label: '维持', column: 'upheld', aliases: ['维持决定', '维持原行政行为', '结果维持'] },
  'request-dismissed': { label: '驳回复议请求', column: 'upheld', aliases: ['驳回行政复议请求', '驳回请求'] },
  changed: { label: '变更', column: 'corrected', aliases: ['决定变更'] },
  revoked: { label: '撤销', column: 'corrected', aliases: ['部分撤销', '撤销并责令重作', '撤销重作', '结果纠正'] },
  'confirmed-illegal': { label: '确认违法', column: 'corrected', aliases: [] },
  'confirmed-invalid': { label: '确认无效', column: 'corrected', aliases: [] },
  ordered: { label: '责令履行', column: 'corrected', aliases: ['责令限期履行', '决定履行', '责令答复'] },
  'application-rejected': { label: '驳回申请', column: 'other', aliases: ['驳回行政复议申请', '驳回复议申请'] },
  'not-accepted': { label: '不予受理', column: 'other', aliases: [] },
  terminated: { label: '终止', column: 'other', aliases: ['终止审理', '撤回', '撤回申请', '和解', '其他结果', '其他'] },
  mediated: { label: '调解', column: 'other', aliases: ['调解结案'] },
  'mediated-corrected': { label: '调解（责令履行或者变更）', column: 'other', under: { SUBSTANCE: 'corrected' }, aliases: ['调解纠正'] },
} as const satisfies Record<string, Result>

/** 行政诉讼的结果（行政诉讼法第六十条、第六十九条至第七十八条等）。 */
export const LITIGATION_RESULTS = {
  'claims-dismissed': { label: '驳回诉讼请求', column: 'upheld', aliases: ['驳回原告诉讼请求', '结果维持', '维持'] },
  revoked: { label: '撤销', column: 'corrected', aliases: ['部分撤销', '撤销并责令重作', '撤销重作', '结果纠正'] },
  changed: { label: '变更', column: 'corrected', aliases: ['判决变更'] },
  ordered: { label: '责令履行', column: 'corrected', aliases: ['判决履行', '责令答复', '责令重新答复'] },
  'confirmed-illegal': { label: '确认违法', column: 'corrected', aliases: [] },
  'confirmed-invalid': { label: '确认无效', column: 'corrected', aliases: [] },
  'suit-rejected': { label: '驳回起诉', column: 'other', aliases: ['裁定驳回起诉', '不予立案'] },
  withdrawn: { label: '撤诉', column: 'other', aliases: ['准许撤诉', '撤回起诉', '按撤诉处理', '其他结果', '其他'] },
  mediated: { label: '调解', column: 'other', aliases: ['调解结案'] },
  'mediated-corrected': { label: '调解（责令履行或者变更）', column: 'other', under: { SUBSTANCE: 'corrected' }, aliases: ['调解纠正'] },
} as const satisfies Record<string, Result>

export type ReviewResult = keyof typeof REVIEW_RESULTS
export type LitigationResult = keyof typeof LITIGATION_RESULTS

/** 一种结果在表四归入哪一列。 */
export function columnOf(result: Result, map: ResultMap): ResultColumn {
  return result.under?.[map] ?? result.column
}

/** 归入某一列的结果，供查询。 */
export const resultsIn = <R extends string>(results: Readonly<Record<R, Result>>, column: ResultColumn, map: ResultMap): R[] =>
  (Object.keys(results) as R[]).filter((key) => columnOf(results[key], map) === column)

/** 认出台账的写法；认不出为 null。 */
export function readResult<R extends string>(results: Readonly<Record<R, Result>>, text: string): R | null {
  const name = text.normalize('NFKC').replace(/\s/g, '')
  const keys = Object.keys(results) as R[]
  const halved = (label: string): string => label.normalize('NFKC')
  return (
    keys.find((key) => key === name || halved(results[key].label) === name) ??
    keys.find((key) => results[key].aliases.some((alias) => alias === name)) ??
    null
  )
}
