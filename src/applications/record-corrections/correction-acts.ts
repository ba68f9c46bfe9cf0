import { formatNumber, nextNumber } from '../../documents/index.ts'
import { record } from '../../audit/index.ts'
import { getBody } from '../../bodies/index.ts'
import { actorKey, requirePermission, settleBehalf, standsInFor } from '../../identity/index.ts'
import type { Actor, Permit } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { dayField } from '../case-action.ts'
import type { ActionField, Given } from '../case-action.ts'
import type { Ground } from '../decisions.ts'
import { issuedHashOf } from '../letter-desk/compose-draft.ts'
import type { LetterProblem } from '../letters/letter-input.ts'
import { getGround } from '../settings.ts'
import { composeCorrectionLetter } from './correction-letter.ts'
import { lockCorrection, saveCorrection, sealPart } from './correction-store.ts'
import type { CorrectionAnswer, CorrectionRef, RecordCorrection } from './correction-store.ts'
import { CORRECTION_REFUSED, CORRECTION_RESULTS, isCorrectionResult, refuseStep } from './record-correction.ts'
import type { CorrectionStep } from './record-correction.ts'

/** 更正申请上可以办的一步，作为数据。 */
export interface CorrectionAct {
  label: string
  permit: Permit
  article: string
  done: string
  consequences?: readonly string[]
  /** 先选定处理，再填其余 */
  first?: ActionField
  fields: (found: RecordCorrection, today: string, chosen: string) => readonly ActionField[]
}

const ARTICLE = '条例第四十一条'

export const CORRECTION_ACTS: Readonly<Record<CorrectionStep, CorrectionAct>> = {
  verify: {
    label: '核实，拟定处理',
    permit: 'application.handle',
    article: ARTICLE,
    done: '处理已拟定，等批准',
    first: { name: 'result', label: '处理', kind: 'choice', required: true, options: CORRECTION_RESULTS, hint: '有权更正的，核实后更正或者不予更正；无权更正的，转送有权更正的机关，或者告知向其提出' },
    fields: ({ answer }, _today, chosen) => [
      { name: 'verified', label: '核实的情况', kind: 'long', required: true, maxLength: 1000, value: answer?.verified ?? '', hint: '写进更正告知书' },
      ...(chosen === 'CORRECTED' ? [{ name: 'corrected', label: '更正后的内容', kind: 'long', required: true, maxLength: 1000, value: answer?.corrected ?? '' } as const] : []),
      ...(chosen === 'TRANSFERRED' || chosen === 'ADVISED' ? [{ name: 'competentBody', label: '有权更正的机关及其联系方式', kind: 'text', required: true, maxLength: 200, value: answer?.competentBody ?? '' } as const] : []),
    ],
  },
  decide: {
    label: '批准处理',
    permit: 'application.approve',
    article: ARTICLE,
    done: '已作出处理，更正告知书已编号并固定',
    consequences: ['编定文号，更正告知书随即固定，不能再改', '须告知申请人；更正记录本身由保存它的科室办'],
    fields: (_found, today) => [dayField(today, '作出处理之日', '即成文日期')],
  },
  return: {
    label: '退回重核',
    permit: 'application.approve',
    article: '条例第四十五条',
    done: '已退回',
    fields: () => [{ name: 'reason', label: '退回的理由', kind: 'long', required: true, maxLength: 500, hint: '不写申请人的姓名、电话' }],
  },
  tell: {
    label: '已告知申请人',
    permit: 'application.handle',
    article: ARTICLE,
    done: '已记告知',
    fields: (_found, today) => [dayField(today, '告知、签收之日', '救济期限自此起算')],
  },
  withdraw: {
    label: '申请人撤回',
    permit: 'application.handle',
    article: '条例没有规定撤回',
    done: '已记撤回',
    consequences: ['本件就此办结，不再答复', '须有申请人撤回的书面或可核的凭据'],
    fields: (_found, today) => [dayField(today, '撤回之日')],
  },
}

export type CorrectionAnswered = { ok: true } | { ok: false; problems: readonly LetterProblem[] }

const refuse = (message: string): CorrectionAnswered => ({ ok: false, problems: [{ field: '', label: '', message }] })

const answerIn = (given: Given): CorrectionAnswer | null => {
  const result = given('result')
  return isCorrectionResult(result) ? { result, verified: given('verified'), corrected: given('corrected'), competentBody: given('competentBody') } : null
}

/** 不成而退回：已取的号随事务退回，不留空号。 */
class NotActed extends Error {
  readonly refused: CorrectionAnswered
  constructor(refused: CorrectionAnswered) {
    super('更正申请的这一步没有办成')
    this.refused = refused
  }
}

/** 批准时不得代的人：拟定处理的人。 */
export const proposersOf = ({ proposedBy }: Pick<RecordCorrection, 'proposedBy'>, step: CorrectionStep): string[] => (step === 'decide' && proposedBy !== null ? [proposedBy] : [])

/** 办一步：查权限、锁住所见的一版、判断、记下、留痕，同一事务。不可以的什么都不记；他人已先办的抛 `Conflict`。 */
export async function actOnCorrection(deps: Deps, actor: Actor, { step, given, ...ref }: CorrectionRef & { seen: number; step: CorrectionStep; given: Given }): Promise<CorrectionAnswered> {
  requirePermission(actor, CORRECTION_ACTS[step].permit, ref.bodyId)
  const keys = fieldKeys(deps.config.secretKey)
  try {
    return await transaction(deps.db, async (tx) => {
      const found = await lockCorrection(tx, keys, ref)
      const ground = await getGround(tx, ref.bodyId, deps.clock.today())
      const on = step === 'verify' || step === 'return' ? ground.today : given('on')
      const forWhom = standsInFor(actor, CORRECTION_ACTS[step].permit, proposersOf(found, step))
      const refusal = refuseStep(found, step, { on, by: actorKey(actor), forWhom, today: ground.today })
      if (refusal !== null) return refuse(CORRECTION_REFUSED[refusal])
      settleBehalf(actor, forWhom)
      const columns = await columnsOf(tx, keys, { ref, found, step, given, on, by: actorKey(actor), ground })
      await saveCorrection(tx, ref, found.version, columns)
      await record(tx, actor, AUDITED[step], { bodyId: ref.bodyId, target: ref.correctionId })
      return { ok: true }
    })
  } catch (error) {
    if (error instanceof NotActed) return error.refused
    throw error
  }
}

const AUDITED = {
  verify: 'record-correction.verified',
  return: 'record-correction.returned',
  decide: 'record-correction.decided',
  tell: 'record-correction.told',
  withdraw: 'record-correction.withdrawn',
} as const satisfies Record<CorrectionStep, string>

interface Acting {
  ref: CorrectionRef
  found: RecordCorrection
  step: CorrectionStep
  given: Given
  on: string
  by: string
  ground: Ground
}

async function columnsOf(tx: Tx, keys: FieldKeys, acting: Acting): Promise<Parameters<typeof saveCorrection>[3]> {
  const { ref, found, step, given, on, by, ground } = acting
  switch (step) {
    case 'verify': {
      const answer = answerIn(given)
      if (answer === null) throw new NotActed({ ok: false, problems: [{ field: 'result', label: '处理', message: '请选择处理' }] })
      const letter = await composeCorrectionLetter(tx, keys, { bodyId: ref.bodyId, found, answer, ground, on, docNo: null })
      if (!letter.ok) throw new NotActed(letter)
      return { status: 'proposed', result: answer.result, answer_sealed: sealPart(keys, answer, ref, 'answer'), proposed_on: on, proposed_by: by, returned_reason: null }
    }
    case 'return':
      // 拟定的留着，重核时接着改
      return { status: 'open', returned_reason: given('reason') }
    case 'decide':
      return decided(tx, keys, acting)
    case 'tell':
      return { status: 'told', told_on: on }
    case 'withdraw':
      return { status: 'withdrawn', withdrawn_on: on }
  }
}

async function decided(tx: Tx, keys: FieldKeys, { ref, found, on, by, ground }: Acting): Promise<Parameters<typeof saveCorrection>[3]> {
  const { codeWord } = await getBody(tx, ref.bodyId)
  if (found.answer === null || codeWord === null) throw new NotActed(refuse('本机关没有设置机关代字，不能编文号'))
  const year = yearOf(on)
  const docNo = formatNumber({ codeWord, word: '告', year, serial: await nextNumber(tx, ref.bodyId, '告', year) })
  const letter = await composeCorrectionLetter(tx, keys, { bodyId: ref.bodyId, found, answer: found.answer, ground, on, docNo })
  if (!letter.ok) throw new NotActed(letter)
  return { status: 'decided', decided_on: on, decided_by: by, doc_no: docNo, letter_sealed: sealPart(keys, letter.model, ref, 'letter'), letter_hash: issuedHashOf(letter.model) }
}
