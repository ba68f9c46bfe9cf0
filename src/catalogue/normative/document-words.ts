import type { Tone } from '../../platform/html/index.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { CLEAN_UP_RESULTS, VALIDITIES, validityOn } from './normative-document.ts'
import type { NormativeEvent, NormativeFacts, Validity } from './normative-document.ts'

/** 工作台的规范性文件。 */
export const DESK_HOME = '/desk/normative'
export const CLEAN_UPS = `${DESK_HOME}/clean-ups`
export const deskHref = (documentId: string): string => `${DESK_HOME}/${documentId}`

/** 门户的政策文件库。 */
export const LIBRARY = '/policies'
export const libraryHref = (documentId: string): string => `${LIBRARY}/${documentId}`

export const VALIDITY_TONES: Readonly<Record<Validity, Tone>> = { unmade: 'plain', valid: 'ok', repealed: 'late', expired: 'late' }

/** 有效期的写法。 */
export const termText = (expiresOn: PlainDate | null): string => (expiresOn === null ? '没有有效期' : `至 ${expiresOn}`)

/** 效力的一句话：自何日起、因何不再有效，或者施行到何日。 */
export function validityText(facts: Pick<NormativeFacts, 'madeOn' | 'effectiveOn' | 'expiresOn' | 'repealedOn'>, today: PlainDate): string {
  const { effectiveOn, expiresOn, repealedOn } = facts
  const validity = validityOn(facts, today)
  if (validity === 'repealed') return `自 ${repealedOn} 起废止`
  if (validity === 'expired' && expiresOn !== null) return `有效期 ${expiresOn} 届满，自 ${addCalendarDays(expiresOn, 1)} 起不再有效`
  if (validity === 'unmade') return VALIDITIES.unmade
  const ahead = effectiveOn !== null && effectiveOn > today ? `自 ${effectiveOn} 起施行` : ''
  const until = repealedOn !== null ? `将自 ${repealedOn} 起废止` : expiresOn === null ? '没有有效期' : `有效期至 ${expiresOn}`
  return [ahead, until].filter((part) => part !== '').join('，')
}

/** 一事怎样说：发生了什么、依据或缘故。`title` 由编号得名称，没有的为空。 */
export function eventText(event: NormativeEvent, cleanUps: ReadonlyMap<string, string>): { text: string; note: string } {
  switch (event.kind) {
    case 'made':
      return { text: event.desk === true ? '登记' : '照台账登记', note: `${event.facts.madeOn} 公布` }
    case 'corrected':
      return { text: '更正登记', note: event.reason }
    case 'repealed':
      return { text: `废止，自 ${event.on} 起`, note: event.basis }
    case 'extended':
      return { text: `延续有效期至 ${event.expiresOn}`, note: event.basis }
    case 'amended':
      return { text: '修改', note: [event.basis, event.note].filter((part) => part !== '').join('；') }
    case 'linked':
      return { text: '连上正文', note: '' }
    case 'unlinked':
      return { text: '不再连着正文', note: '' }
    case 'listed':
      return { text: '批准列入政策文件库', note: '' }
    case 'cleaned':
      return { text: `清理：${CLEAN_UP_RESULTS[event.result]}`, note: [cleanUps.get(event.cleanUpId) ?? '', event.note].filter((part) => part !== '').join('；') }
  }
}
