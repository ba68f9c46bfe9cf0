import { outcomeRule } from '../../statute/outcomes.ts'
import { CHANNELS } from '../../statute/receipt.ts'
import { chineseDate } from '../../documents/index.ts'
import { clarifiedContent } from '../application.ts'
import type { Application } from '../application.ts'
import { APPLICANT_KINDS } from '../events.ts'
import type { LetterDecision, LetterInput } from './letter-input.ts'
import { REGULATION, letterRule } from './letters.ts'
import { redoOpening } from './redo-opening.ts'

/** 值：日期写作 `YYYY-MM-DD`，显示时再换成文字；没有的不列。 */
export type Facts = Readonly<Record<string, string>>

const MOST_QUOTED = 300

/** 引述申请人的话：去掉句末标点，太长的截短，内层引号改为单引号。 */
export function quote(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim().replace(/[。；;，,、．.]+$/u, '').replaceAll('“', '‘').replaceAll('”', '’')
  const characters = Array.from(plain)
  return `“${characters.length > MOST_QUOTED ? `${characters.slice(0, MOST_QUOTED).join('')}……` : plain}”`
}

/**
 * 案件本身知道的各项。给第三方、其他机关与协办单位的文书只得到登记号：
 * 申请的内容、申请人的类别等一概不在其中，模板写了也取不到。
 */
export function caseFacts(input: LetterInput, a: Application, decision: LetterDecision | null): Facts {
  const { addressee } = letterRule(input.id)
  if (addressee === 'unit') return { regNo: a.regNo }
  if (addressee === 'third-party' || addressee === 'co-agency') return {}
  const you = a.applicantKind === 'N' ? '您' : '你单位'
  const supplement = a.supplements.at(-1)
  const clarified = clarifiedContent(a)
  return {
    ...present({
      receivedOn: a.receivedOn,
      submittedOn: a.submittedOn,
      form: a.form,
      note: a.note,
      channel: a.channel && CHANNELS[a.channel].label,
      receiptBasis: a.channel && CHANNELS[a.channel].basis,
      askedOn: supplement?.askedOn ?? null,
      suppliedOn: supplement?.suppliedOn ?? null,
      supplementContent: clarified,
      askedQuoted: clarified === null ? null : quote(clarified),
      reasonAskedOn: a.reason?.askedOn ?? null,
      reasonGivenOn: a.reason?.givenOn ?? null,
      reasonBy: a.reason?.by ?? null,
    }),
    you,
    regNo: a.regNo,
    applicantKind: APPLICANT_KINDS[a.applicantKind],
    content: quote(a.content),
    contentWhole: a.content,
    opening: `${openingOf(a, you, input.alsoAnswers)}${you}${clarified === null ? '' : '补正后'}申请公开的内容为：${quote(clarified ?? a.content)}。`,
    openingShort: openingOf(a, you, input.alsoAnswers),
    ...decisionFacts(a, decision),
  }
}

function openingOf(a: Application, you: string, also: readonly string[] = []): string {
  if (a.redo !== undefined) return redoOpening(a.redo, you)
  const received = a.receivedOn === null ? '' : chineseDate(a.receivedOn)
  const suppliedOn = a.supplements.findLast((s) => s.suppliedOn !== null)?.suppliedOn ?? null
  const supplied = suppliedOn === null ? '' : `，并于${chineseDate(suppliedOn)}收到补正材料`
  const merged = also.length === 0 ? '' : `${you}另行提出的相同申请（登记号：${also.join('、')}）与本件并案，一并答复。`
  return `${you}提出的政府信息公开申请（登记号：${a.regNo}），本机关已于${received}收到${supplied}。${merged}`
}

// 只取该结果所列的依据材料，免得材料里的别的名目盖过算出的值
function decisionFacts(a: Application, decision: LetterDecision | null): Facts {
  if (decision === null) return {}
  const { article, evidence } = outcomeRule(decision.outcome)
  const consulted = a.consultations.some((c) => c.with === 'THIRD_PARTY')
  const cited = decision.outcome === 'DENY_THIRD_PARTY' && !consulted ? '第十五条' : article
  return {
    ...present(Object.fromEntries(evidence.map(({ key }) => [key, fullyNamed(decision.evidence[key] ?? '')]))),
    ...present({ article: cited }),
    outcome: decision.outcome,
    ending: a.withdrawnOn !== null ? 'WITHDRAWN' : decision.outcome,
    ...present({ endedOn: decision.decidedOn }),
  }
}

// 决定里简写的「条例第十五条」，写进文书时用全称（条款须写明是哪部法）；地方的条例冠有地名，不动
const fullyNamed = (text: string): string =>
  text
    .replaceAll(/《(?:政府信息公开)?条例》(?=第)/g, REGULATION)
    .replaceAll(/(?<![\p{Script=Han}》])(?:政府信息公开)?条例(?=第)/gu, REGULATION)
    .replaceAll(/(依据|根据|按照|依照|适用|属于)(?:政府信息公开)?条例(?=第)/g, `$1${REGULATION}`)

/** 去掉没有值的。 */
export const present = (facts: Readonly<Record<string, string | null>>): Facts => {
  const found: Record<string, string> = {}
  for (const [key, value] of Object.entries(facts)) if (value !== null && value.trim() !== '') found[key] = value
  return found
}
