import type { FormState } from '../../platform/html/index.ts'
import { fieldsToFill } from '../letters/compose-letter.ts'
import type { LetterProblem } from '../letters/letter-input.ts'
import { LETTERS, letterRule } from '../letters/letters.ts'
import type { LetterId } from '../letters/letters.ts'
import type { LetterField } from '../letters/letter-rule.ts'
import { consultationName } from '../case-words.ts'
import { partyWords } from '../applicants/consultation-party.ts'
import { stepOf } from './letter-steps.ts'
import { consultationsFor, toLetterInput, knownRecipient } from './letter-source.ts'
import type { LetterSource } from './letter-source.ts'
import type { LetterContent, LetterEntry } from './letter-store.ts'

/** 起草的表单：主送要不要填，与此时要填的各项。 */
export interface LetterFormModel {
  type: LetterId
  title: string
  lead: string
  recipient: { label: string; value: string } | null
  /** 给哪一次征求的对方：编号 → 说法；没有可选的为 null */
  consultations: { options: Readonly<Record<string, string>>; value: string } | null
  fields: readonly (LetterField & { name: string; value: string })[]
}

const nameOf = (key: string): string => `fields.${key}`

const RECIPIENTS = { applicant: '申请人的姓名或者名称', file: '申请人的姓名或者名称', 'third-party': '第三方的名称', 'co-agency': '机关的名称', unit: '单位的名称' } as const

/** 表单由文书的数据生成：案件知道的不问，所选情形用不着的不问。 */
export function toLetterForm(source: LetterSource, type: LetterId, content: Pick<LetterContent, 'recipient' | 'fields' | 'consultation'>): LetterFormModel {
  const rule = letterRule(type)
  const ask = knownRecipient(source, type) === null
  return {
    type,
    title: rule.title,
    lead: rule.when,
    recipient: ask ? { label: `主送：${RECIPIENTS[rule.addressee]}`, value: content.recipient } : null,
    consultations: consultationChoice(source, type, content.consultation),
    fields: fieldsToFill(toLetterInput(source, type, content)).map((field) => ({ ...field, name: nameOf(field.key), value: content.fields[field.key] ?? '' })),
  }
}

const OTHER = 'none'

function consultationChoice(source: LetterSource, type: LetterId, chosen: string | undefined): LetterFormModel['consultations'] {
  const found = consultationsFor(source, type)
  if (found.length === 0) return null
  const named = found.map((c) => {
    const party = source.parties.get(c.id)
    return [c.id, `${consultationName(source.application, c.id)}${party === undefined ? '，没有登记对方，请在下面填写' : `，${partyWords(c.with, party)}`}，${c.sentOn} 发出`] as const
  })
  return { options: Object.fromEntries([...named, [OTHER, '不是上列的，主送在下面填写']]), value: chosen ?? OTHER }
}

/** 起草时先选定的那一次征求：只有一次可选的即是它；征求意见书已发过的不再选。 */
export function firstConsultation(source: LetterSource, type: LetterId): string | undefined {
  const [only, ...others] = consultationsFor(source, type)
  if (only === undefined || others.length > 0) return undefined
  const sent = source.events.find(({ event }) => event.kind === 'consultation-sent' && event.id === only.id)?.version
  const told = stepOf(type) !== null && source.letters.some(({ stepVersion }) => stepVersion !== null && stepVersion === sent)
  return told ? undefined : only.id
}

/** 表单交来的：凡这种文书有的各项都收，改了选项再改回来也不丢。 */
export function readLetterForm(type: LetterId, text: (name: string) => string): Pick<LetterContent, 'recipient' | 'fields' | 'consultation'> {
  const filled = LETTERS[type].fields.map(({ key }) => [key, text(nameOf(key))] as const).filter(([, value]) => value !== '')
  const consultation = text('consultation').slice(0, 64)
  return { recipient: text('recipient').slice(0, MOST_RECIPIENT), fields: Object.fromEntries(filled), ...(consultation === '' || consultation === OTHER ? {} : { consultation }) }
}

export const MOST_RECIPIENT = 100

/** 要引前一件文书的文号的：哪一项，引哪几种。 */
const CITES: Partial<Record<LetterId, { key: string; of: readonly LetterId[] }>> = {
  L07: { key: 'consultNo', of: ['L06'] },
  L27: { key: 'noticeNo', of: ['L03', 'L12'] },
}

/** 起草时先填好前一件的文号，取最近发出的；没有发出过的不填。 */
export function citedNumber(type: LetterId, letters: readonly LetterEntry[]): Record<string, string> {
  const cites = CITES[type]
  const docNo = letters.findLast((letter) => cites?.of.includes(letter.type) === true && letter.docNo !== null)?.docNo
  return cites === undefined || docNo == null ? {} : { [cites.key]: docNo }
}

/** 各处不对写在所涉的栏旁；不属哪一栏的列在页首，各成一条。 */
export function toErrors(problems: readonly LetterProblem[], names: readonly string[]): FormState['errors'] {
  const errors: Record<string, string> = {}
  const rest: string[] = []
  for (const { field, label, message } of problems) {
    const name = [field, nameOf(field)].find((each) => names.includes(each))
    const words = label === '' || message.includes(label) ? message : `${label}：${message}`
    if (name === undefined) rest.push(words)
    else errors[name] = errors[name] === undefined ? words : `${errors[name]}；${words}`
  }
  return rest.length === 0 ? errors : { '': rest.join('；'), ...errors }
}
