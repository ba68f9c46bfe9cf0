import type { CaseAction } from '../case-action.ts'
import { endorse as rule } from '../decisions.ts'
import { isLastStep } from '../sign-off.ts'
import { mayJudge, refuseSigner, signedFor } from './signer.ts'

export const endorse: CaseAction = {
  event: 'decision-endorsed',
  label: '审核同意',
  article: '条例第四十五条',
  permit: 'application.endorse',
  done: '已审核同意，转下一级',
  when: (a, who, { settings }) => a.proposal !== null && !isLastStep(settings.signOffChain, a.proposal.endorsed) && mayJudge(a, who, settings.signOffChain),
  behalf: (a, who, { settings }) => signedFor(a, who, settings.signOffChain),
  fields: () => [{ name: 'remark', label: '意见', kind: 'long', maxLength: 500 }],
  decide: (a, given, ground, { who }) => {
    const refusal = refuseSigner(a, who, ground.settings.signOffChain)
    return refusal === null ? rule(a, { on: ground.today, remark: given('remark') }, ground) : { ok: false, refusal }
  },
}
