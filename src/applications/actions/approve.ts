import { getBody } from '../../bodies/index.ts'
import { formatNumber, nextNumber } from '../../documents/index.ts'
import type { LetterWord } from '../../documents/index.ts'
import type { Tx } from '../../platform/db.ts'
import { letterOf } from '../../statute/outcomes.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { decide as rule, decideMerged } from '../decisions.ts'
import { evolve } from '../application.ts'
import { withFollowers } from '../followers.ts'
import { isLastStep } from '../sign-off.ts'
import { mayJudge, refuseSigner, signedFor } from './signer.ts'

/** 末级批准即作出处理决定；文号在同一事务里依次取，不跳号。 */
export const approve: CaseAction = {
  event: 'decided',
  label: '批准答复',
  article: '条例第三十六条',
  permit: 'application.approve',
  done: '已作出处理决定，文号已编',
  consequences: ['即作出处理决定，编定文号，计入年度报告', '救济途径由结果与作出之日而定', '有误的只能更正，前后并存'],
  when: (a, who, { settings }) => a.proposal !== null && isLastStep(settings.signOffChain, a.proposal.endorsed) && mayJudge(a, who, settings.signOffChain),
  behalf: (a, who, { settings }) => signedFor(a, who, settings.signOffChain),
  fields: (_, { today }) => [dayField(today, '作出决定之日', '即成文日期')],
  decide: async (a, given, ground, context) => {
    const { tx, bodyId, who } = context
    const refusal = refuseSigner(a, who, ground.settings.signOffChain)
    if (refusal !== null) return { ok: false, refusal }
    // 先问可否，再取号，免得不成而占号
    const trial = rule(a, { on: given('on'), docNo: null }, ground)
    if (!trial.ok || a.proposal === null) return trial
    const letter = letterOf(a.proposal.outcome, a.proposal.evidence)
    const docNo = await numberFor(tx, bodyId, ANSWERS.includes(letter) ? '答' : '告', yearOf(given('on')))
    const answer = rule(a, { on: given('on'), docNo }, ground)
    if (!answer.ok) return answer
    const { decision } = answer.events.reduce(evolve, a)
    // 并入的各件随之决定：一份文书，各计一件
    const refused = decision === null ? null : await withFollowers(context, (follower) => (follower.status === 'merged' ? decideMerged(follower, decision, ground) : null))
    return refused === null ? answer : { ok: false, refusal: refused }
  },
}

// 予以公开、部分公开、不予公开用答复书，其余用告知书
const ANSWERS: readonly string[] = ['L15', 'L16', 'L17']

/** 取一个文号；机关没有代字的不编，为 null。 */
export async function numberFor(tx: Tx, bodyId: string, word: LetterWord, year: number): Promise<string | null> {
  const { codeWord } = await getBody(tx, bodyId)
  if (codeWord === null) return null
  return formatNumber({ codeWord, word, year, serial: await nextNumber(tx, bodyId, word, year) })
}
