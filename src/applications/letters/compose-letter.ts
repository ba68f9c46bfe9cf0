import { CalendarYearMissing } from '../../statute/calendar.ts'
import { caseFacts, present } from './case-facts.ts'
import type { Facts } from './case-facts.ts'
import { DERIVED } from './derived-facts.ts'
import type { Derived } from './derived-facts.ts'
import { holds } from './holds.ts'
import { bodyProblems, evidenceProblems, fieldProblem, numberProblems, preconditions } from './letter-checks.ts'
import { decisionOf } from './letter-decision.ts'
import type { ComposedLetter, LetterDecision, LetterInput, LetterProblem } from './letter-input.ts'
import type { LetterField } from './letter-rule.ts'
import { letterRule } from './letters.ts'
import { toLines } from './lines.ts'
import { writeLetter } from './write-letter.ts'

export type Composition = { ok: true; letter: ComposedLetter } | { ok: false; problems: readonly LetterProblem[] }

/**
 * 拟成一件文书：法条、期限、金额与救济都由案件、成文之日与法算出，不能选；
 * 与案件的决定不符、资料不齐的拟不成，逐项说明。
 */
export function composeLetter(input: LetterInput): Composition {
  try {
    return compose(input)
  } catch (error) {
    if (!(error instanceof CalendarYearMissing)) throw error
    return { ok: false, problems: [{ field: 'calendar', label: '节假日数据', message: error.message }] }
  }
}

/** 这件文书此时要填写哪些项：案件已知的、所选情形用不着的不在其列。 */
export function fieldsToFill(input: LetterInput): readonly LetterField[] {
  const known = knownFacts(input)
  const values = { ...present(input.fields), ...known }
  return letterRule(input.id).fields.filter((field) => !(field.key in known) && holds(field.when, values))
}

function compose(input: LetterInput): Composition {
  const rule = letterRule(input.id)
  const impossible = preconditions(input, rule)
  if (impossible.length > 0) return { ok: false, problems: impossible }
  const answered = answeredDecision(input)
  const fields = fieldsToFill(input)
  const problems = [
    ...fields.flatMap((field) => fieldProblem(field, input.fields[field.key] ?? '', input.on)),
    ...bodyProblems(input, rule),
    ...numberProblems(input, rule),
    ...(answered === null ? [] : evidenceProblems(answered)),
  ]
  if (problems.length > 0) return { ok: false, problems }

  // 所填的只取要填的那些项，其余不看
  const chosen = present(Object.fromEntries(fields.map(({ key }) => [key, input.fields[key]?.trim() ?? ''])))
  const values = { ...chosen, ...knownFacts(input) }
  const derived = derive(input, values)
  if (derived.problems !== undefined && derived.problems.length > 0) return { ok: false, problems: derived.problems }
  const lists = Object.fromEntries(fields.filter(({ kind }) => kind === 'list').map(({ key }) => [key, toLines(values[key] ?? '')]))
  return { ok: true, letter: writeLetter(input, answered, { ...values, ...derived.facts }, { ...lists, ...derived.lists }) }
}

const derive = (input: LetterInput, values: Facts): Derived =>
  input.application === null ? {} : (DERIVED[input.id]?.({ input, application: input.application, decision: decisionOf(input.application, input.on), values }) ?? {})

/** 这件文书答复的处理决定；不是答复的为 null。 */
export const answeredDecision = ({ id, application, on }: LetterInput): LetterDecision | null =>
  letterRule(id).outcomes === undefined || application === null ? null : decisionOf(application, on)

// 案件知道的优先于所填：不能填得与案件不同
function knownFacts(input: LetterInput): Facts {
  const { application } = input
  if (application === null) return {}
  const facts = caseFacts(input, application, answeredDecision(input))
  const extension = application.extensions.at(-1)
  switch (input.id) {
    case 'L04': // 上次的期限，只在这次仍在等时才是这一件的
      return application.status === 'reason-requested' ? facts : Object.fromEntries(Object.entries(facts).filter(([key]) => key !== 'reasonBy'))
    case 'L05':
      return extension !== undefined && (input.recorded === true || extension.on === input.on) ? { ...facts, days: String(extension.days) } : facts
    case 'L08': {
      const last = application.consultations.findLast((c) => c.returnedOn === null) ?? application.consultations.at(-1)
      return last === undefined ? facts : { ...facts, with: last.with, sentOn: last.sentOn }
    }
    case 'L12':
      return { ...facts, ...present({ mode: application.fee?.mode ?? null }) }
    case 'L13':
      return { ...facts, ...present({ until: application.deferral?.until ?? null }) }
    default:
      return facts
  }
}
