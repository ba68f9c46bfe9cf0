import type { Ledger, LedgerPreview, LineFault } from '../platform/ledger/index.ts'

const BY = { label: '', alias: '（惯常的叫法）', similar: '（名称相近，请核对）', chosen: '（指定）' } as const

/** 一处问题，一句话：第几行、哪一列、所填、为何、怎样改。 */
export const wordFault = ({ line, column, value, message, mend }: LineFault): string =>
  `第 ${line} 行${column === null ? '' : ` ${column}`}${value === null || value === '' ? '' : `「${value}」`}：${message}${mend === null ? '' : `。${mend}`}`

/** 读到的文件是什么样子。 */
export function wordSheet({ sheet, headLine }: LedgerPreview): string {
  const parts =
    sheet.format === 'csv' ? [`${sheet.encoding} 编码`, `${sheet.separator}分隔`] : [`工作表「${sheet.name}」`, ...wordOthers(sheet.others)]
  return [...parts, `表头在第 ${headLine} 行`].join('，')
}

const wordOthers = (others: readonly string[]): string[] => (others.length === 0 ? [] : [`未读：${others.join('、')}`])

/** 不必改而应当知道的：合并的格、跳过的行、没有用上的列。 */
export function wordNotes({ filledFromMerged, skipped, mapping }: LedgerPreview): string[] {
  return [
    ...(filledFromMerged > 0 ? [`有 ${filledFromMerged} 格在竖向合并之内，已按首格的值填入`] : []),
    ...skipped.map(({ line, reason }) => `第 ${line} 行是${reason}，不作为数据`),
    ...(mapping.unused.length > 0 ? [`没有用上的列：${mapping.unused.join('、')}`] : []),
  ]
}

/** 逐行账，供命令行。 */
export function wordAccount(ledger: Ledger, preview: LedgerPreview): string[] {
  const labels = new Map(ledger.columns.map((column) => [column.key, column.label]))
  const { mapping, rows, badRows, faultCount, faults } = preview
  return [
    `${ledger.title}：${wordSheet(preview)}`,
    ...mapping.columns.flatMap(({ head, key, by }) => (key === null || by === null ? [] : [`  ${labels.get(key)} ← ${head}${BY[by]}`])),
    ...wordNotes(preview),
    ...(mapping.missing.length > 0 ? [`缺少必有的列：${mapping.missing.map((column) => column.label).join('、')}`] : []),
    faultCount === 0 ? `共 ${rows} 行，没有问题` : `共 ${rows} 行，${badRows} 行有问题，${faultCount} 处：`,
    ...faults.map((fault) => `  ${wordFault(fault)}`),
    ...(faultCount > faults.length ? [`  另有 ${faultCount - faults.length} 处未列`] : []),
  ]
}
