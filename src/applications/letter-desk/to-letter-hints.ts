import { can } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import { isId } from '../../platform/id.ts'
import { whoOf } from '../act-on-application.ts'
import { isOpen } from '../application.ts'
import { consultationName } from '../case-words.ts'
import { actionOf, isOffered } from '../case-actions.ts'
import type { ApplicationEvent } from '../events.ts'
import { letterFor } from '../letters/letter-decision.ts'
import { LETTER_IDS, letterRule } from '../letters/letters.ts'
import type { LetterId } from '../letters/letters.ts'
import type { LetterHint } from './letter-hints.tsx'
import type { LetterSource } from './letter-source.ts'
import { isTold, letterWords, stepOf } from './letter-steps.ts'
import type { LetterEntry } from './letter-store.ts'

interface Seen {
  actor: SignedInActor
  bodyId: string
  caseId: string
  source: Pick<LetterSource, 'application' | 'events' | 'letters' | 'ground'>
}

/** 文书与步骤对不上之处：发出了而没有记那一步的，记了而文书没有发出的；`only` 只看一件文书。 */
export function letterHints(seen: Seen, only?: string): LetterHint[] {
  const { letters } = seen.source
  const unrecorded = letters.filter((letter) => letter.status === 'issued' && letter.stepVersion === null && (only === undefined || letter.letterId === only)).flatMap((letter) => toRecord(seen, letter))
  return only === undefined ? [...unrecorded, ...toDraft(seen), ...toTellApplicant(seen)] : unrecorded
}

/** 发出了而那一步此时可以记的。 */
function toRecord({ actor, bodyId, caseId, source }: Seen, letter: LetterEntry): LetterHint[] {
  const step = stepOf(letter.type)
  if (step === null || !isOffered(step.action, source.application, whoOf(actor, bodyId, source.events), source.ground)) return []
  const { label, permit } = actionOf(step.action)
  const when = step.day === 'served' ? '，以送达之日为准' : ''
  const link = can(actor, permit, bodyId) ? { href: `/desk/applications/${caseId}/${step.action}?letter=${letter.letterId}`, label: `记「${label}」${when}` } : null
  return [{ text: `${letterWords(letter)}，尚未记「${label}」`, link, otherwise: `由有权办「${label}」的人记下${when}。` }]
}

/** 记了而没有文书的：办结的、台账导入的、随前一件一并答复的不提。 */
function toDraft({ actor, bodyId, caseId, source }: Seen): LetterHint[] {
  const { application: a, events, letters } = source
  const lately = isOpen(a) ? events : a.status === 'dispatched' || a.status === 'served' ? events.filter(({ event }) => event.kind === 'dispatched' && a.mergedInto === null) : []
  const told = new Set(letters.map(({ stepVersion }) => stepVersion))
  const last = new Map(lately.map(({ event, version }) => [event.kind, version]))
  const mayHandle = can(actor, 'application.handle', bodyId)
  return lately.flatMap(({ event, version, actor: by }): LetterHint[] => {
    const type = letterOfEvent(source, event)
    // 征求可以几次并行，各有各的文书；其余的只看最近一次
    const each = event.kind === 'consultation-sent'
    if (type === null || told.has(version) || !isId(by) || (!each && last.get(event.kind) !== version)) return []
    const started = letters.find((letter) => letter.type === type && letter.status !== 'issued')
    const here = `/desk/applications/${caseId}/letters`
    const { title } = letterRule(type)
    const to = started === undefined ? `${here}/new/${type}${event.kind === 'consultation-sent' ? `?consultation=${encodeURIComponent(event.id)}` : ''}` : `${here}/${started.letterId}`
    const label = `${started === undefined ? '起草' : '接着办'}《${title}》`
    return [{ text: `已于 ${event.on} 记「${actionOf(stepOf(type)?.action ?? 'dispatch').label}」${event.kind === 'consultation-sent' ? `：${consultationName(a, event.id)}` : ''}，文书尚未发出`, link: mayHandle ? { href: to, label } : null, otherwise: `由承办人起草《${title}》。` }]
  })
}

// 发出征求意见书的同时告知申请人（条例第三十三条第三款）：不另成一步，只在还在征求时提
function toTellApplicant({ actor, bodyId, caseId, source }: Seen): LetterHint[] {
  const { application: a, events, letters } = source
  const open = isOpen(a) && a.mergedInto === null ? a.consultations.findLast((c) => c.returnedOn === null) : undefined
  const sent = events.find(({ event }) => event.kind === 'consultation-sent' && event.id === open?.id)
  if (open === undefined || sent === undefined || !isId(sent.actor)) return []
  const mine = letters.filter(({ type }) => type === 'L08')
  if (mine.some(({ issuedOn }) => issuedOn !== null && issuedOn >= open.sentOn)) return []
  const started = mine.find(({ status }) => status !== 'issued')
  const here = `/desk/applications/${caseId}/letters`
  const title = `《${letterRule('L08').title}》`
  const link = started === undefined ? { href: `${here}/new/L08`, label: `起草${title}` } : { href: `${here}/${started.letterId}`, label: `接着办${title}` }
  return [{ text: `${open.sentOn} 起征求意见，还没有告知申请人`, link: can(actor, 'application.handle', bodyId) ? link : null, otherwise: `由承办人起草${title}。`, quiet: true }]
}

// 协办函不是必发的；答复的文书由处理决定定
function letterOfEvent({ application }: Pick<LetterSource, 'application'>, event: ApplicationEvent): LetterId | null {
  if (event.kind === 'co-handling-asked') return null
  if (event.kind === 'dispatched') return application.decision === null ? null : letterFor(application.decision)
  return LETTER_IDS.find((type) => {
    const step = stepOf(type)
    return step !== null && isTold(step, event)
  }) ?? null
}
