import { newId } from '../../platform/id.ts'
import { dayField } from '../case-action.ts'
import type { ActionContext, CaseAction, Given } from '../case-action.ts'
import { CONSULTED } from '../case-words.ts'
import { saveParty } from '../applicants/consultation-party.ts'
import { sendConsultation as rule } from '../decisions.ts'
import { LETTER_FIELD, stepOf } from '../letter-desk/letter-steps.ts'
import { getLetter, listLetters } from '../letter-desk/letter-store.ts'

const MOST_NAME = 100
const MOST_CONTACT = 200

/** 征求意见：对方的名称与联系方式加密另存，时间线里只有编号。 */
export const sendConsultation: CaseAction = {
  event: 'consultation-sent',
  label: '征求意见',
  article: '条例第三十二条、第三十四条',
  permit: 'application.handle',
  done: '已发出征求意见书，所需时间不计入答复期限',
  fields: (_, { today }) => [
    { name: 'with', label: '征求谁的意见', kind: 'choice', required: true, options: CONSULTED, hint: '征求意见书不得透露申请人是谁' },
    { name: 'party', label: '对方的姓名或者名称', kind: 'text', maxLength: MOST_NAME, hint: '加密存放，页面上只显示遮盖后的；依征求意见书办的可以不填，取其主送' },
    { name: 'contact', label: '对方的联系方式', kind: 'text', maxLength: MOST_CONTACT, hint: '地址、电话，加密存放' },
    dayField(today, '发出之日'),
  ],
  check: (given): Record<string, string> => (given('contact') !== '' && given('party') === '' && isBlank(given(LETTER_FIELD)) ? { party: '填了联系方式的，请填对方的姓名或者名称' } : {}),
  decide: async (a, given, ground, context) => {
    const kind = given('with')
    if (kind !== 'THIRD_PARTY' && kind !== 'CO_AGENCY' && kind !== 'OTHER_AGENCY') return { ok: false, refusal: 'consultation-unknown' }
    const id = newId()
    const answer = rule(a, { on: given('on'), id, with: kind }, ground)
    if (!answer.ok) return answer
    const { tx, keys, bodyId, caseId, who, at } = context
    const name = given('party') || (await recipientOf(context, given))
    if (name !== '') await saveParty(tx, keys, { bodyId, caseId, consultationId: id }, { name, contact: given('contact') || null }, { by: who.key, at })
    return answer
  },
}

const isBlank = (letter: string): boolean => letter === '' || letter === 'none'

/** 所依的征求意见书的主送；没有依的为空。 */
async function recipientOf({ tx, keys, bodyId, caseId }: ActionContext, given: Given): Promise<string> {
  const found = (await listLetters(tx, bodyId, caseId)).find(({ letterId, type }) => letterId === given(LETTER_FIELD) && stepOf(type)?.partyFrom === true)
  if (found === undefined) return ''
  const { issued, content } = await getLetter(tx, keys, bodyId, caseId, found.letterId)
  return (issued?.model.letter.recipient ?? content.recipient).slice(0, MOST_NAME)
}
