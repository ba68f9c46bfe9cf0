import { dayField } from '../../applications/index.ts'
import type { ActionField } from '../../applications/index.ts'
import type { StepContext, StepHelp } from '../case-step.ts'
import { markSent } from '../answer/answer-store.ts'
import { submitEvidence } from '../evidence/evidence-store.ts'

export const PAPER = 'paper'

/** 提交了答复、答辩：哪一件文书、哪一日。 */
export const answeredFields = ({ letters, today }: StepHelp, label: string): ActionField[] => {
  const [only] = Object.keys(letters)
  return [
    { name: 'letter', label: '文书', kind: 'choice', required: true, options: { ...letters, [PAPER]: '不在这里签发的（纸质）' }, value: only ?? PAPER },
    { name: 'method', label: '怎样递交的', kind: 'choice', required: false, options: { direct: '当面递交，或者对方的系统收下了', post: '邮寄' }, value: 'direct', hint: '邮寄的，收到回执再记对方签收之日；没有回执的，到时列入待办' },
    dayField(today, label, '当面交的为签收之日，邮寄的为交邮之日；证据目录随之提交，此后不再改动'),
  ]
}

export const isPosted = (method: string): boolean => method === 'post'

/** 随这一步：所选的文书记送出，证据目录记提交；所选的文书没有签发的为假。 */
export async function sendAnswer({ tx, bodyId, caseId, help }: StepContext, letter: string, on: string): Promise<boolean> {
  if (letter !== PAPER) {
    if (!Object.hasOwn(help.letters, letter)) return false
    await markSent(tx, { bodyId, caseId, letterId: letter }, on)
  }
  await submitEvidence(tx, { bodyId, caseId }, on)
  return true
}
