import { CalendarYearMissing } from '../../statute/calendar.ts'
import type { Calendar } from '../../statute/calendar.ts'
import { consultationExpiresOn } from '../../statute/reply-clock.ts'
import type { Application, ConsultationRecord } from '../application.ts'
import { consultationName } from '../case-words.ts'
import { partyWords } from '../applicants/consultation-party.ts'
import type { ConsultationParty } from '../applicants/consultation-party.ts'
import type { ApplicationEvent } from '../events.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import { letterWords } from '../letter-desk/letter-steps.ts'
import type { LetterEntry } from '../letter-desk/letter-store.ts'

/** 案件页上的一次征求意见。 */
export interface ConsultationRow {
  id: string
  name: string
  state: string
  /** 对方，遮盖后的；不看个人信息的岗位为 null */
  party: string | null
  letter: { label: string; href: string } | null
  links: readonly { label: string; href: string }[]
}

export interface ConsultationSource {
  caseId: string
  application: Application
  events: readonly RecordedEvent<ApplicationEvent>[]
  letters: readonly LetterEntry[]
  /** 不看个人信息的岗位为 null */
  parties: ReadonlyMap<string, ConsultationParty> | null
  canHandle: boolean
  calendar: Calendar
}

export function toConsultationRows({ caseId, application: a, events, letters, parties, canHandle, calendar }: ConsultationSource): ConsultationRow[] {
  return a.consultations.map((c) => {
    const sent = events.find(({ event }) => event.kind === 'consultation-sent' && event.id === c.id)?.version
    const letter = letters.find(({ stepVersion }) => stepVersion !== null && stepVersion === sent)
    const party = parties?.get(c.id)
    const here = `/desk/applications/${caseId}/consultations/${encodeURIComponent(c.id)}`
    const links = [
      ...(party === undefined ? [] : [{ label: '查看对方（须填事由）', href: `${here}/contact` }]),
      ...(canHandle ? [{ label: party === undefined ? '登记对方' : '改正对方', href: `${here}/party` }] : []),
    ]
    return {
      id: c.id,
      name: consultationName(a, c.id),
      state: stateOf(c, calendar),
      party: parties === null ? null : party === undefined ? '没有登记' : partyWords(c.with, party),
      letter: letter === undefined ? null : { label: letterWords(letter), href: `/desk/applications/${caseId}/letters/${letter.letterId}` },
      links,
    }
  })
}

function stateOf(c: ConsultationRecord, calendar: Calendar): string {
  if (c.returnedOn !== null) return `${c.returnedOn} ${c.reply === 'AGREE' ? '同意公开' : c.reply === 'REFUSE' ? '不同意公开' : c.reply === 'NONE' ? '期满未回' : '有意见'}`
  if (c.deliveredOn === null) return `${c.sentOn} 发出，尚未记送达，期限自送达起算`
  const by = expiry(c, calendar)
  return `${c.sentOn} 发出，${c.deliveredOn} 送达${by === null ? '' : `，期限至 ${by}`}`
}

function expiry(c: ConsultationRecord, calendar: Calendar): string | null {
  try {
    return consultationExpiresOn(c, calendar)
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}

/** 征求意见：各次的状态、期限、对方与文书。 */
export function Consultations({ rows }: { rows: readonly ConsultationRow[] }) {
  if (rows.length === 0) return null
  return (
    <>
      <h2>征求意见</h2>
      <ul className="consultations">
        {rows.map(({ id, name, state, party, letter, links }) => (
          <li key={id}>
            {name}
            {party !== null && `，${party}`}：{state}
            <span className="consultation-links quiet">
              {letter !== null && <a href={letter.href}>{letter.label}</a>}
              {links.map((link) => (
                <a key={link.href} href={link.href} aria-label={`${name} ${link.label}`}>
                  {link.label}
                </a>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
