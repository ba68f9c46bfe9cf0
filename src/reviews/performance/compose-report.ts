import { chineseDate } from '../../documents/index.ts'
import type { AnswerContent } from '../answer/answer-store.ts'
import { LITIGATION_LAW, REVIEW_LAW, TO_WRITE } from '../answer/compose-answer.ts'
import type { AnswerSource } from '../answer/compose-answer.ts'
import { DUTY_KINDS } from './duty.ts'
import type { Duty } from './duty.ts'

const bare = (text: string): string => text.trim().replace(/[。；;，,]+$/u, '')

/** 由记录拟成一件落实情况报告、复函：收到了什么、要纠正什么照登记的写，怎样纠正的留给起草的人。 */
export function composeReport({ opened, disputed }: AnswerSource, duty: Duty): AnswerContent {
  const isReview = opened.kind === 'review'
  const { facts } = opened.state
  const name = `《${DUTY_KINDS[duty.kind]}》${duty.documentNo === null ? '' : `（${duty.documentNo}）`}`
  const basis = isReview ? `${REVIEW_LAW}第七十六条` : LITIGATION_LAW
  const answered = disputed?.application.decision
  return {
    recipient: (opened.kind === 'review' ? opened.state.facts.authority : opened.state.facts.court) ?? '',
    paragraphs: [
      `本机关于${chineseDate(duty.from)}收到${isReview ? '贵机关' : '贵院'}${name}（案号：${facts.caseNo}），现依照${basis}的规定，报告如下：`,
      '一、所指出的问题',
      `${bare(duty.matter)}。${answered == null || answered.docNo === null ? '' : `所涉的答复为${answered.docNo}。`}`,
      '二、纠正的情况',
      `${TO_WRITE}何时、怎样纠正，责任如何落实〕`,
      '三、以后的措施',
      `${TO_WRITE}制度、培训、审核上怎样改进〕`,
      '专此报告。',
    ],
  }
}
