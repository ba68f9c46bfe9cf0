import '../tables.ts'
import type { CaseAction } from '../case-action.ts'
import { voidRecord as rule } from '../decisions.ts'
import { VOID_REASONS } from '../events.ts'
import type { VoidReason } from '../events.ts'
import { releaseFollowers } from '../followers.ts'
import { listLetters } from '../letter-desk/letter-store.ts'
import { letterRule } from '../letters/letters.ts'

/** 误登记的作废：负责人办，写明缘由，留着可查，不计入任何一格。 */
export const voidCase: CaseAction = {
  event: 'voided',
  label: '误登记作废',
  article: '条例第四十五条：登记应当如实。申请人提出的就是申请，信访、重复、不归本机关的都须答复，不得作废',
  permit: 'application.approve',
  done: '已作废，留着可查，不计入年度报告',
  consequences: ['本件不再办理，此后不计入年度报告的任何一格；已冻结的报告列为出入', '记录与缘由都留着，不能恢复；确属申请的须重新登记', '有查询码的申请人看得到作废与缘由'],
  fields: () => [
    { name: 'why', label: '作废的缘由', kind: 'choice', required: true, options: VOID_REASONS },
    { name: 'reason', label: '说明', kind: 'long', required: true, maxLength: 500, hint: '登记了两次的，写明留用哪一个登记号。不写申请人的姓名、电话' },
  ],
  decide: async (a, given, ground, context) => {
    const why = given('why')
    if (!isReason(why)) return { ok: false, refusal: 'void-why-missing' }
    const letters = await listLetters(context.tx, context.bodyId, context.caseId)
    const answerIssued = letters.some(({ type, status }) => status === 'issued' && letterRule(type).outcomes !== undefined)
    const answer = rule(a, { on: ground.today, why, reason: given('reason'), answerIssued }, ground)
    if (!answer.ok) return answer
    const refusal = await releaseFollowers(context, `前一件（${a.regNo}）作废`, ground)
    return refusal === null ? answer : { ok: false, refusal }
  },
}

const isReason = (text: string): text is VoidReason => Object.hasOwn(VOID_REASONS, text)
