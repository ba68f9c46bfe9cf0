import type { RecordedEvent } from '../../platform/timeline.ts'
import { APPLICATION_TRANSITIONS, awaitsLateSupplement } from '../application.ts'
import type { Application } from '../application.ts'
import type { ActionField, Given } from '../case-action.ts'
import type { ActionName } from '../case-actions.ts'
import type { ApplicationEvent, EventKind } from '../events.ts'
import type { ApplicationRefusal } from '../refusals.ts'
import { LETTER_IDS, letterRule } from '../letters/letters.ts'
import type { LetterId } from '../letters/letters.ts'
import type { Letter, LetterContent, LetterEntry } from './letter-store.ts'

/** 一种文书告知的是案件里的哪一步，文书的各项怎样填进那一步。 */
export interface LetterStep {
  action: ActionName
  event: EventKind
  /** 所记之日：`served` 为对方收到之日，须另填；`sent` 为发出之日，先填文书发出之日 */
  day: 'served' | 'sent'
  /** 那一步的栏 → 文书的项 */
  fields: Readonly<Record<string, string>>
  /** 由文书的种类即可知道的 */
  fixed?: Readonly<Record<string, string>>
  /** 主送填进哪一栏；对方是个人的不填，见 `partyFrom` */
  recipient?: string
  /** 对方的名称由文书的主送取，不显示在表单里 */
  partyFrom?: true
}

const ANSWER = { action: 'dispatch', event: 'dispatched', day: 'sent', fields: {} } as const satisfies LetterStep

/** 文书与步骤的对照（领域参考 4.3、9.2）；没有列的不对应任何一步。 */
export const LETTER_STEPS: Readonly<Partial<Record<LetterId, LetterStep>>> = {
  L03: { action: 'ask-supplement', event: 'supplement-asked', day: 'served', fields: { items: 'items', days: 'days' } },
  L04: { action: 'ask-reason', event: 'reason-asked', day: 'served', fields: { by: 'reasonBy' } },
  L05: { action: 'extend', event: 'extended', day: 'served', fields: { days: 'days' } },
  L06: { action: 'send-consultation', event: 'consultation-sent', day: 'sent', fields: {}, fixed: { with: 'THIRD_PARTY' }, partyFrom: true },
  L10: { action: 'send-consultation', event: 'consultation-sent', day: 'sent', fields: {}, fixed: { with: 'CO_AGENCY' }, partyFrom: true },
  L11: { action: 'ask-co-handling', event: 'co-handling-asked', day: 'sent', fields: { matter: 'matter' }, recipient: 'unit' },
  L12: { action: 'notice-fee', event: 'fee-noticed', day: 'served', fields: { mode: 'mode', pages: 'pages' } },
  L13: { action: 'defer', event: 'deferred', day: 'served', fields: { until: 'until' } },
  // 答复处理决定的各种，及不再处理
  ...Object.fromEntries(LETTER_IDS.filter((type) => letterRule(type).outcomes !== undefined).map((type) => [type, ANSWER])),
}

export const stepOf = (type: LetterId): LetterStep | null => LETTER_STEPS[type] ?? null

/** 一件事是不是这种文书所告知的那一种。 */
export const isTold = (step: LetterStep, event: ApplicationEvent): boolean =>
  event.kind === step.event && Object.entries(step.fixed ?? {}).every(([key, value]) => Object.entries(event).some(([name, own]) => name === key && own === value))

type Recorded = RecordedEvent<ApplicationEvent>
type Told = Pick<LetterEntry, 'stepVersion'>

/** 已记下而没有文书告知的那一步的版本：文书发出时与它相连；没有则 null，即文书在先。 */
export function untoldVersion(type: LetterId, a: Application, events: readonly Recorded[], letters: readonly Told[], consultation?: string): number | null {
  const step = stepOf(type)
  if (step === null) return null
  const untold = events.filter(({ event, version }) => isTold(step, event) && !letters.some(({ stepVersion }) => stepVersion === version))
  if (step.event === 'consultation-sent') return untold.find(({ event }) => event.kind === 'consultation-sent' && event.id === consultation)?.version ?? null
  const { to } = APPLICATION_TRANSITIONS[step.event]
  // 还停在那一步，或那一步不改变状态的，才是这一次的
  const still = to === 'same' || (step.event === 'supplement-asked' && awaitsLateSupplement(a)) || a.status === to || (to === 'dispatched' && a.status === 'served')
  return still ? (untold.at(-1)?.version ?? null) : null
}

/** 已发出、尚未记那一步的各件，后发的在前。 */
export const waitingFor = <L extends Pick<LetterEntry, 'type' | 'status' | 'stepVersion'>>(letters: readonly L[], action: ActionName): L[] =>
  letters.filter(({ type, status, stepVersion }) => status === 'issued' && stepVersion === null && stepOf(type)?.action === action).toReversed()

const FREE = 'none'
export const LETTER_FIELD = 'letter'

/**
 * 依文书办那一步：先填好各栏，另问依的是哪一件。送达之日不先填：发出之日不是送达之日。
 * @param chosen 选定的一件；没有的各栏照旧
 */
export function fitFields(fields: readonly ActionField[], letters: readonly LetterEntry[], chosen: Pick<Letter, 'letterId' | 'type' | 'content' | 'issued'> | null): readonly ActionField[] {
  if (letters.length === 0) return fields.map((field) => (field.letterFirst === undefined ? field : { ...field, hint: `${field.letterFirst}${field.hint ?? ''}` }))
  const options = Object.fromEntries([...letters.map((letter) => [letter.letterId, letterWords(letter)] as const), [FREE, '不是依上列的文书办的']])
  const which: ActionField = { name: LETTER_FIELD, label: '依哪一件文书', kind: 'choice', options, value: chosen?.letterId ?? FREE }
  const step = chosen === null ? null : stepOf(chosen.type)
  const issuedOn = chosen?.issued?.on
  if (chosen === null || step === null || issuedOn === undefined) return [which, ...fields]
  const known = { ...step.fixed, ...valuesFrom(step, chosen.content) }
  return [
    which,
    ...fields.map((field) => {
      if (field.name === 'on') return step.day === 'sent' ? { ...field, value: issuedOn } : { ...field, value: undefined, hint: `文书 ${issuedOn} 发出；填对方收到之日，不是发出之日。${field.hint ?? ''}` }
      const value = known[field.name]
      return value === undefined ? field : { ...field, value }
    }),
  ]
}

const valuesFrom = ({ fields, recipient }: LetterStep, content: LetterContent): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(fields).flatMap(([name, key]) => (content.fields[key] === undefined ? [] : [[name, content.fields[key]]]))),
  ...(recipient === undefined ? {} : { [recipient]: content.recipient }),
})

/** 如「《补正告知书》示公开补〔2025〕1号，2025-03-04 发出」；不写主送。 */
export const letterWords = ({ type, docNo, issuedOn }: Pick<LetterEntry, 'type' | 'docNo' | 'issuedOn'>): string => `《${letterRule(type).title}》${docNo ?? ''}，${issuedOn ?? ''} 发出`

/** 所选的文书与这一步合不合：须是已发出、尚未记那一步的，日子不早于发出。没有选的不问。 */
export function refuseLetter(given: Given, letters: readonly LetterEntry[]): ApplicationRefusal | null {
  const id = given(LETTER_FIELD)
  if (id === '' || id === FREE) return null
  const letter = letters.find(({ letterId }) => letterId === id)
  if (letter === undefined) return 'letter-unknown'
  if (!Object.entries(stepOf(letter.type)?.fixed ?? {}).every(([name, value]) => given(name) === value)) return 'letter-unfit'
  return letter.issuedOn !== null && given('on') < letter.issuedOn ? 'before-letter' : null
}
