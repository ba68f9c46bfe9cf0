import type { LetterWord } from '../../documents/index.ts'
import type { Outcome } from '../../statute/outcomes.ts'
import type { EventKind } from '../events.ts'

/** 文书给谁。 */
export const ADDRESSEES = {
  applicant: '申请人',
  'third-party': '第三方',
  'co-agency': '共同制作机关',
  unit: '协办单位',
  file: '存卷',
} as const

export type Addressee = keyof typeof ADDRESSEES

/** 案件本身不知道、要由经办人填写的一项。`list` 为每行一条。 */
export interface LetterField {
  key: string
  label: string
  kind: 'text' | 'date' | 'number' | 'list'
  options?: Readonly<Record<string, string>>
  when?: Condition
  /** 可以不填 */
  optional?: true
  /** 不能晚于成文之日的日期 */
  past?: true
  min?: number
  max?: number
  hint?: string
}

/** 何时用这一段、这一项：某值在所列之中（不列则有值即可），或者没有值。 */
export interface Condition {
  key: string
  is?: readonly string[]
  absent?: true
}

/** 一段：`{键}` 处填值；`each` 的值每条自成一段，依次编号。 */
export type LetterParagraph = string | { text: string; when: Condition } | { each: string; when?: Condition }

/** 表格式文书的一行。 */
export interface LetterRow {
  label: string
  text: string
  when?: Condition
  /** 留给对方填写的，高几行 */
  lines?: number
}

/** 各机构自己的话里可以用的占位：值都由系统写，不是谁填写的文字。 */
export const PLACEHOLDERS = {
  you: '称呼',
  regNo: '登记号',
  receivedOn: '收到申请之日',
  receiptDueOn: '答复期限届满之日',
  days: '工作日数',
  deadline: '期限届满之日',
  reasonBy: '说明理由的期限',
  sentOn: '征求意见书发出之日',
  amount: '应缴纳的金额',
  until: '延迟答复的期限',
  by: '协办期限',
  requestedOn: '收到更正申请之日',
} as const
export type Placeholder = keyof typeof PLACEHOLDERS

/** 法律没有规定写法、各机构可以改成自己的话的一处；在各段里写作 `{part}`。 */
export interface FreePart {
  part: string
  label: string
  /** 默认的话；空的即默认不写 */
  text: string
  uses: readonly Placeholder[]
  /** 可以写什么 */
  hint: string
}

export interface LetterRule {
  /** 文书名称，依结果而异的另写 */
  title: string
  titles?: Partial<Record<Outcome, string>>
  /** 文号的类别字；不编号的为 null */
  word: LetterWord | null
  addressee: Addressee
  /** 程序性文书，不附救济告知（国办函〔2021〕132号） */
  procedural: boolean
  /** 何时发 */
  when: string
  /** 须引用的条例条款；`outcome` 依结果 */
  articles: readonly string[] | 'outcome'
  /** 答复的是哪些处理结果 */
  outcomes?: readonly Outcome[]
  /** 所告知的一步，须是案件此时能走或刚走的一步 */
  step?: EventKind
  /** 可以不依附于一件申请 */
  withoutCase?: true
  /** 救济告知里的称呼 */
  act?: string
  fields: readonly LetterField[]
  paragraphs: readonly LetterParagraph[]
  /** 各机构可以改成自己的话的各处，都在所引的法条之后 */
  free: readonly FreePart[]
  /** 表格式文书的各行，不用信函格式 */
  rows?: readonly LetterRow[]
  attachments?: readonly string[]
  /** 须写明其中之一的一句决定、后果；手改也不得删去 */
  says?: readonly string[]
  /** 绝不可写的 */
  never?: readonly string[]
}
