import { T3_ROWS_COMMON, T3_ROWS_END } from './report-form-2021.ts'
import type { ReportForm } from './report-form.ts'

const DECISIONS_WITH_STOCK = [
  { key: 'previous', label: '上一年项目数量', unit: '项' },
  { key: 'change', label: '本年增/减', unit: '项', signed: true },
  { key: 'decisions', label: '处理决定数量', unit: '件' },
] as const

/**
 * 2019 版（国办公开办函〔2019〕60 号），用于 2019、2020 年度；198 格 = 22 + 161 + 15。
 * 意义与 2021 版相同的格用同一代码（T2.reg.made、T2.license.decisions、R3.1.N、T4.*）；其余自有代码：
 * `T2.{reg,norm}.{published,total}` 新公开与对外公开总数（不是现行有效件数），`T2.{license,service,penalty,coercion,fee}.{previous,change}`
 * 项目数量及其增减（减为负），`T2.service.decisions` 其他对外管理服务事项，`T2.procurement.{count,amount}` 政府集中采购，
 * `R3.6.*` 其他处理（单行，无小项）。
 */
export const FORM_2019: ReportForm = {
  edition: '2019',
  documentNumber: '国办公开办函〔2019〕60号',
  t2: [
    {
      article: '第二十条第（一）项',
      columns: [
        { key: 'made', label: '本年新制作数量', unit: '件' },
        { key: 'published', label: '本年新公开数量', unit: '件' },
        { key: 'total', label: '对外公开总数量', unit: '件' },
      ],
      rows: [
        { key: 'reg', label: '规章' },
        { key: 'norm', label: '规范性文件' },
      ],
    },
    {
      article: '第二十条第（五）项',
      columns: DECISIONS_WITH_STOCK,
      rows: [
        { key: 'license', label: '行政许可' },
        { key: 'service', label: '其他对外管理服务事项' },
      ],
    },
    {
      article: '第二十条第（六）项',
      columns: DECISIONS_WITH_STOCK,
      rows: [
        { key: 'penalty', label: '行政处罚' },
        { key: 'coercion', label: '行政强制' },
      ],
    },
    {
      article: '第二十条第（八）项',
      columns: [
        { key: 'previous', label: '上一年项目数量', unit: '项' },
        { key: 'change', label: '本年增/减', unit: '项', signed: true },
      ],
      rows: [{ key: 'fee', label: '行政事业性收费' }],
    },
    {
      article: '第二十条第（九）项',
      columns: [
        { key: 'count', label: '采购项目数量', unit: '项' },
        { key: 'amount', label: '采购总金额', unit: '金额' },
      ],
      rows: [{ key: 'procurement', label: '政府集中采购' }],
    },
  ],
  t3: [...T3_ROWS_COMMON, { code: 'R3.6', label: '（六）其他处理', group: null, part: '三' }, ...T3_ROWS_END],
}
