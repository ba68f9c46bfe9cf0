import { dayField } from '../../applications/index.ts'
import type { CaseStep } from '../case-step.ts'
import { APPELLANTS, appealLitigation as rule } from '../litigation.ts'
import type { Appellant, Litigation, LitigationEvent } from '../litigation.ts'

const isAppellant = (text: string): text is Appellant => Object.hasOwn(APPELLANTS, text)

/** 有人上诉：一审裁判不生效，等二审。 */
export const appealSuit: CaseStep<Litigation, LitigationEvent> = {
  label: '登记上诉',
  article: '行政诉讼法第八十五条',
  permit: 'review.handle',
  done: '已登记上诉，等二审裁判',
  when: ({ status }) => status === 'first-instance',
  fields: (_suit, { today }) => [{ name: 'by', label: '谁上诉', kind: 'choice', required: true, options: APPELLANTS }, dayField(today, '上诉之日')],
  decide: (suit, given) => {
    const by = given('by')
    return rule(suit, { on: given('on'), ...(isAppellant(by) ? { by } : {}) })
  },
}
