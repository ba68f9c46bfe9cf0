import type { OrderedTerm } from '../statute/ordered-term.ts'
import { TERM_UNITS } from '../statute/ordered-term.ts'
import type { PlainDate } from '../statute/plain-date.ts'

/** 照复议决定、裁判重新答复：凭的是什么、几时答复、取代哪一件答复。不记当事人。 */
export interface Redo {
  /** 原来的申请 */
  of: string
  ofRegNo: string
  /** 哪一件复议、诉讼 */
  disputeId: string
  kind: 'review' | 'litigation'
  /** 复议机关、法院的名称；台账没有记的为 null */
  authority: string | null
  /** 复议决定书、裁判文书的文号、案号 */
  documentNo: string | null
  /** 决定、裁判之日 */
  decidedOn: PlainDate
  /** 怎样处理原来的答复，如撤销、确认违法 */
  result: string
  /** 被取代的答复 */
  replaces: { docNo: string | null; decidedOn: PlainDate }
  /** 决定、裁判所定的期限；没有定的为 null，照条例第三十三条 */
  term: OrderedTerm | null
  /** 计不计入本年新收，登记时依设置 `redoCounting` 定下 */
  counted: boolean
}

export const REDO_DOCUMENTS = { review: '行政复议决定', litigation: '裁判' } as const

/** 一句话：凭的是什么。 */
export const redoWords = ({ kind, authority, documentNo, decidedOn, result }: Redo): string => `${decidedOn} ${authority ?? ''}${REDO_DOCUMENTS[kind]}${documentNo === null ? '' : `（${documentNo}）`}，${result}`

/** 期限怎样定的。 */
export const redoTermWords = ({ term }: Pick<Redo, 'term'>): string => (term === null ? '决定、裁判没有定期限，照条例第三十三条' : `决定、裁判所定的 ${term.days} ${TERM_UNITS[term.unit]}，不停、不延长`)
