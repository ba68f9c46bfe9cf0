import { openRedo } from '../../applications/index.ts'
import type { ActionField, Given } from '../../applications/index.ts'
import { newId } from '../../platform/id.ts'
import type { OrderedTerm } from '../../statute/ordered-term.ts'
import { REVIEW_TERMS } from '../../statute/review-clocks.ts'
import type { CaseStep } from '../case-step.ts'
import type { Litigation } from '../litigation.ts'
import type { Review } from '../review.ts'
import { orderDuty } from './duty.ts'
import type { DutyEvent } from './duty.ts'
import { endedOf, isOrderUnlisted } from './ended.ts'

type Step = CaseStep<Review | Litigation, DutyEvent>

const termFields = (from: string, fromLabel: string, days: Partial<ActionField>): ActionField[] => [
  { name: 'from', label: fromLabel, kind: 'date', required: true, value: from, hint: '当日不计，自次日起算' },
  { name: 'days', label: '所定的期限', kind: 'number', ...days },
  { name: 'unit', label: '期限的单位', kind: 'choice', required: true, options: { WORKDAY: '工作日', DAY: '日（自然日，届满日为休息日的顺延）' }, value: 'DAY', hint: '照文书写的；只写「日」的为自然日' },
]
const matterField = (label: string, value = ''): ActionField => ({ name: 'matter', label, kind: 'long', required: true, maxLength: 500, value, hint: '照文书写，不写当事人的姓名' })

const termOf = (given: Given): OrderedTerm | null => (given('days') === '' ? null : { days: Number(given('days')), unit: given('unit') === 'WORKDAY' ? 'WORKDAY' : 'DAY' })

/** 决定、裁判要本机关重新答复：登记期限，同时另立一件，自己走期限、出文书。 */
export const orderAnswer: Step = {
  label: '照决定重新答复',
  article: '行政复议法第七十七条、行政诉讼法第九十四条：应当履行生效的决定、裁判',
  permit: 'review.handle',
  done: '已登记；重新答复的一件已立，期限照决定、裁判',
  when: (state) => endedOf(state)?.binding === true && !state.duties.some(({ kind, dropped }) => kind === 'new-answer' && dropped === null),
  consequences: ['在「依申请公开」另立一件，沿用原来的申请人、所求，自己走期限、出文书、归档', '原来的答复照留；新的答复里写明取代它', '默认不作为新收的申请计入年度报告（依机构的设置，本区设定）'],
  fields: (state) => [
    ...termFields(endedOf(state)?.from ?? '', '期限起算之日', { hint: '收到决定书、裁判生效之日起几日内重新答复；没有写期限的不填，照条例第三十三条，二十个工作日' }),
    matterField('要办什么', '重新作出答复'),
  ],
  decide: async (state, given, { deps, tx, bodyId, caseId, help, by }) => {
    const ended = endedOf(state)
    if (ended === null) return { ok: false, refusal: 'not-decided' }
    const duty = { id: newId(), kind: 'new-answer', documentNo: ended.documentNo, matter: given('matter'), from: given('from'), term: termOf(given) } as const
    if (duty.from > help.today) return { ok: false, refusal: 'future-date' }
    const ordered = orderDuty(state.duties, { on: help.today, duty, since: ended.on })
    if (!ordered.ok || state.applicationId === null) return ordered
    const { kind, authority, documentNo, on: decidedOn, result } = ended
    const opened = await openRedo(tx, deps, { bodyId, of: state.applicationId, order: { disputeId: caseId, kind, authority, documentNo, decidedOn, result, term: duty.term, from: duty.from } }, { ...by, today: help.today })
    // 原来没有答复过的，答复原件就是履行
    const answerId = opened.ok ? opened.caseId : opened.refusal === 'redo-unanswered' ? state.applicationId : null
    if (answerId === null) return { ok: false, refusal: opened.ok ? 'not-in-this-state' : opened.refusal }
    return { ok: true, events: [...ordered.events, { kind: 'answer-opened', on: help.today, id: duty.id, applicationId: answerId }] }
  },
}

/** 决定、裁判要办的别的事：提供信息、道歉、承担费用等。 */
export const orderAct: Step = {
  label: '登记要履行的',
  article: '行政复议法第七十七条、行政诉讼法第九十四条',
  permit: 'review.handle',
  done: '已登记，到期之前提醒',
  // 要照办的结果，还没有登记办什么的，与重新答复并列
  side: (state) => !isOrderUnlisted(state),
  when: (state) => endedOf(state) !== null,
  fields: (state) => [matterField('要办什么'), ...termFields(endedOf(state)?.from ?? '', '期限起算之日', { hint: '没有写期限的不填' })],
  decide: (state, given, { help }) => {
    const ended = endedOf(state)
    if (ended === null) return { ok: false, refusal: 'not-decided' }
    const duty = { id: newId(), kind: 'act', documentNo: ended.documentNo, matter: given('matter'), from: given('from'), term: termOf(given) } as const
    return duty.from > help.today ? { ok: false, refusal: 'future-date' } : orderDuty(state.duties, { on: help.today, duty, since: ended.on })
  },
}

const { n: FEEDBACK_DAYS, article: FEEDBACK } = REVIEW_TERMS.REVIEW_FEEDBACK

/** 收到行政复议意见书（六十日内报告纠正情况）、司法建议书（法律没有定期限，照建议书写的）。 */
export const receiveOpinion: Step = {
  label: '收到意见书、建议书',
  article: `${FEEDBACK}：自收到行政复议意见书之日起六十日内报告纠正情况；司法建议书照其所写的期限`,
  permit: 'review.handle',
  done: '已登记，到期之前提醒',
  side: true,
  when: () => true,
  fields: (state, { today }) => {
    const isSuit = 'final' in state
    return [
      { name: 'documentNo', label: isSuit ? '司法建议书的文号' : '意见书的文号', kind: 'text', required: true, maxLength: 100 },
      matterField('要纠正、改进什么'),
      ...termFields(today, '收到之日', {
        required: true,
        value: String(FEEDBACK_DAYS),
        hint: isSuit ? `照建议书写的；没有写的暂按 ${FEEDBACK_DAYS} 日，为本区设定，不是法定` : `${FEEDBACK_DAYS} 日（${FEEDBACK}），自然日`,
      }),
    ]
  },
  decide: (state, given, { help }) => {
    const kind = 'final' in state ? 'suggestion' : 'opinion'
    const duty = { id: newId(), kind, documentNo: given('documentNo'), matter: given('matter'), from: given('from'), term: termOf(given) } as const
    return duty.from > help.today ? { ok: false, refusal: 'future-date' } : orderDuty(state.duties, { on: help.today, duty, since: null })
  },
}

