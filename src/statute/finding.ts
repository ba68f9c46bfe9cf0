/** 核查所得的一条：错在哪里、应当如何、怎样改。一处一条。 */
export interface Finding {
  /** 规则号：K1–K16、AR-H01 … */
  rule: string
  severity: 'error' | 'warning' | 'info'
  /** 所涉的格，如 `R3.7.N`；不涉及格则为 null */
  cell: string | null
  /** 原文的行号，1 起；不从文本来则为 null */
  line: number | null
  /** 错在何处，一句话，含实际的值 */
  message: string
  /** 应当是什么 */
  expected?: string
  /** 怎样改 */
  mend?: string
  /** 可能由网页或 PDF 转文本造成 */
  maybeExtraction?: boolean
}
