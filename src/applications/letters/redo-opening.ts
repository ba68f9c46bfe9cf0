import { chineseDate } from '../../documents/index.ts'
import { REDO_DOCUMENTS } from '../redo.ts'
import type { Redo } from '../redo.ts'

/** 写进答复开头的一段：凭哪一件决定、裁判重新答复，取代哪一件答复。 */
export function redoOpening({ kind, authority, documentNo, decidedOn, result, ofRegNo, replaces }: Redo, you: string): string {
  const by = `${authority ?? (kind === 'review' ? '行政复议机关' : '人民法院')}于${chineseDate(decidedOn)}作出${REDO_DOCUMENTS[kind]}${documentNo === null ? '' : `（${documentNo}）`}`
  const old = `本机关于${chineseDate(replaces.decidedOn)}作出的答复${replaces.docNo === null ? '' : `（${replaces.docNo}）`}`
  return `${you}提出的政府信息公开申请（登记号：${ofRegNo}），本机关曾经答复。${by}，对${old}的处理为${result}。本机关据此重新答复，上述答复由本答复取代。`
}
