import type { ReportForm, T3Row } from './report-form.ts'

const NOT_OPEN = '（三）不予公开'
const NOT_AVAILABLE = '（四）无法提供'
const NOT_HANDLED = '（五）不予处理'
const OTHERWISE = '（六）其他处理'

/** 表 3 中两版相同的行：第一、二项，第三项（一）至（五）。 */
export const T3_ROWS_COMMON = [
  { code: 'R1', label: '一、本年新收政府信息公开申请数量', group: null, part: '一' },
  { code: 'R2', label: '二、上年结转政府信息公开申请数量', group: null, part: '二' },
  { code: 'R3.1', label: '（一）予以公开', group: null, part: '三' },
  { code: 'R3.2', label: '（二）部分公开（区分处理的，只计这一情形，不计其他情形）', group: null, part: '三' },
  { code: 'R3.3.1', label: '1.属于国家秘密', group: NOT_OPEN, part: '三' },
  { code: 'R3.3.2', label: '2.其他法律行政法规禁止公开', group: NOT_OPEN, part: '三' },
  { code: 'R3.3.3', label: '3.危及“三安全一稳定”', group: NOT_OPEN, part: '三' },
  { code: 'R3.3.4', label: '4.保护第三方合法权益', group: NOT_OPEN, part: '三' },
  { code: 'R3.3.5', label: '5.属于三类内部事务信息', group: NOT_OPEN, part: '三' },
  { code: 'R3.3.6', label: '6.属于四类过程性信息', group: NOT_OPEN, part: '三' },
  { code: 'R3.3.7', label: '7.属于行政执法案卷', group: NOT_OPEN, part: '三' },
  { code: 'R3.3.8', label: '8.属于行政查询事项', group: NOT_OPEN, part: '三' },
  { code: 'R3.4.1', label: '1.本机关不掌握相关政府信息', group: NOT_AVAILABLE, part: '三' },
  { code: 'R3.4.2', label: '2.没有现成信息需要另行制作', group: NOT_AVAILABLE, part: '三' },
  { code: 'R3.4.3', label: '3.补正后申请内容仍不明确', group: NOT_AVAILABLE, part: '三' },
  { code: 'R3.5.1', label: '1.信访举报投诉类申请', group: NOT_HANDLED, part: '三' },
  { code: 'R3.5.2', label: '2.重复申请', group: NOT_HANDLED, part: '三' },
  { code: 'R3.5.3', label: '3.要求提供公开出版物', group: NOT_HANDLED, part: '三' },
  { code: 'R3.5.4', label: '4.无正当理由大量反复申请', group: NOT_HANDLED, part: '三' },
  { code: 'R3.5.5', label: '5.要求行政机关确认或重新出具已获取信息', group: NOT_HANDLED, part: '三' },
] as const satisfies readonly T3Row[]

/** 表 3 最后两行，两版相同。 */
export const T3_ROWS_END = [
  { code: 'R3.7', label: '（七）总计', group: null, part: '三' },
  { code: 'R4', label: '四、结转下年度继续办理', group: null, part: '四' },
] as const satisfies readonly T3Row[]

/** 2021 版（国办公开办函〔2021〕30 号），用于 2021 年度起；200 格 = 10 + 175 + 15。 */
export const FORM_2021: ReportForm = {
  edition: '2021',
  documentNumber: '国办公开办函〔2021〕30号',
  t2: [
    {
      article: '第二十条第（一）项',
      columns: [
        { key: 'made', label: '本年制发件数', unit: '件' },
        { key: 'repealed', label: '本年废止件数', unit: '件' },
        { key: 'valid', label: '现行有效件数', unit: '件' },
      ],
      rows: [
        { key: 'reg', label: '规章' },
        { key: 'norm', label: '行政规范性文件' },
      ],
    },
    {
      article: '第二十条第（五）项',
      columns: [{ key: 'decisions', label: '本年处理决定数量', unit: '件' }],
      rows: [{ key: 'license', label: '行政许可' }],
    },
    {
      article: '第二十条第（六）项',
      columns: [{ key: 'decisions', label: '本年处理决定数量', unit: '件' }],
      rows: [
        { key: 'penalty', label: '行政处罚' },
        { key: 'coercion', label: '行政强制' },
      ],
    },
    {
      article: '第二十条第（八）项',
      columns: [{ key: 'amountWan', label: '本年收费金额（单位：万元）', unit: '万元' }],
      rows: [{ key: 'fee', label: '行政事业性收费' }],
    },
  ],
  t3: [
    ...T3_ROWS_COMMON,
    {
      code: 'R3.6.1',
      label: '1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请',
      group: OTHERWISE,
      part: '三',
    },
    {
      code: 'R3.6.2',
      label: '2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请',
      group: OTHERWISE,
      part: '三',
    },
    { code: 'R3.6.3', label: '3.其他', group: OTHERWISE, part: '三' },
    ...T3_ROWS_END,
  ],
}
