import { getBody, getSetting } from '../../bodies/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { maskName } from '../../platform/mask.ts'
import { getApplicant } from '../applicants/applicant-store.ts'
import type { Applicant } from '../applicants/applicant-store.ts'
import type { Application } from '../application.ts'
import type { Ground } from '../decisions.ts'
import type { ComposedLetter, LetterBody, LetterInput } from '../letters/letter-input.ts'
import { letterRule } from '../letters/letters.ts'
import type { LetterId } from '../letters/letters.ts'
import { isAnsweredWith, listFollowers } from '../followers.ts'
import { getApplication } from '../queries.ts'
import { getGround } from '../settings.ts'
import { listParties } from '../applicants/consultation-party.ts'
import type { ConsultationParty } from '../applicants/consultation-party.ts'
import type { ApplicationEvent } from '../events.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import { untoldVersion } from './letter-steps.ts'
import { getWordings } from './wording-store.ts'
import type { Wordings } from './wording-store.ts'
import { listLetters } from './letter-store.ts'
import type { LetterContent, LetterEntry } from './letter-store.ts'

/** 拟一件文书所凭的：案件、机关、申请人、日历与今日。 */
export interface LetterSource {
  application: Application
  applicant: Applicant | null
  body: LetterBody
  ground: Ground
  /** 并入本件、一并答复的各件的登记号 */
  alsoAnswers: readonly string[]
  /** 各次征求意见的对方，按征求的编号 */
  parties: ReadonlyMap<string, ConsultationParty>
  events: readonly RecordedEvent<ApplicationEvent>[]
  letters: readonly LetterEntry[]
  /** 各种文书里本机关自己的话 */
  wordings: Wordings
  /** 演示数据的文书每页标明 */
  demo: boolean
}

export const keysOf = (deps: Deps): FieldKeys => fieldKeys(deps.config.secretKey)

/** 读出拟文书所凭的；没有这件申请抛 `NotFound`。 */
export async function getLetterSource(tx: Tx, deps: Deps, bodyId: string, caseId: string): Promise<LetterSource> {
  const { state: application, events } = await getApplication(tx, bodyId, caseId)
  const ground = await getGround(tx, bodyId, deps.clock.today())
  return {
    application,
    applicant: application.applicantId === null ? null : await getApplicant(tx, keysOf(deps), bodyId, application.applicantId),
    ground,
    parties: await listParties(tx, keysOf(deps), bodyId, caseId),
    events,
    letters: await listLetters(tx, bodyId, caseId),
    wordings: await getWordings(tx, bodyId),
    alsoAnswers: (await listFollowers(tx, bodyId, caseId)).filter(({ state }) => isAnsweredWith(state, application)).map(({ state }) => state.regNo),
    ...(await getLetterBody(tx, bodyId)),
  }
}

/** 文书里用到的机关情况，取自机构的资料与设置；`demo` 为演示数据。 */
export async function getLetterBody(tx: Tx, bodyId: string): Promise<{ body: LetterBody; demo: boolean }> {
  const { name, codeWord, demo } = await getBody(tx, bodyId)
  const contact = await getSetting(tx, bodyId, 'letterContact')
  return {
    demo,
    body: {
      name,
      codeWord: codeWord ?? '',
      reviewAuthority: await getSetting(tx, bodyId, 'reviewAuthority'),
      court: await getSetting(tx, bodyId, 'court'),
      reviewOnlineUrl: await getSetting(tx, bodyId, 'reviewOnlineUrl'),
      contact: contact === '' ? `${name}政府信息公开工作机构` : contact,
      phone: await getSetting(tx, bodyId, 'letterPhone'),
    },
  }
}

/** 主送已知的：给申请人、存卷的是申请人；给别人的、没有登记姓名的由经办人填写。 */
export const knownRecipient = ({ applicant }: Pick<LetterSource, 'applicant'>, type: LetterId): string | null =>
  ['applicant', 'file'].includes(letterRule(type).addressee) ? (applicant?.name ?? null) : null

/** 成文之日：答复已作出的决定的，是作出决定之日；其余是今日。 */
export const dayOf = ({ application, ground }: Pick<LetterSource, 'application' | 'ground'>, type: LetterId): string =>
  letterRule(type).outcomes === undefined ? ground.today : (application.decision?.decidedOn ?? ground.today)

/** 征求意见的文书给哪几种对方。 */
const CONSULTED_BY: Readonly<Partial<Record<LetterId, readonly string[]>>> = { L06: ['THIRD_PARTY'], L07: ['THIRD_PARTY'], L09: ['THIRD_PARTY'], L10: ['CO_AGENCY'] }

/** 这种文书可以选的各次征求；不涉及征求的没有。 */
export const consultationsFor = ({ application }: Pick<LetterSource, 'application'>, type: LetterId) =>
  application.consultations.filter((c) => CONSULTED_BY[type]?.includes(c.with) === true)

/** 所选的那次征求的对方；没有选、没有登记对方的为 null。 */
export const partyOf = (source: LetterSource, type: LetterId, id: string | undefined): ConsultationParty | null =>
  consultationsFor(source, type).some((c) => c.id === id) ? (source.parties.get(id ?? '') ?? null) : null

/** 拟成这一件的全部资料；不写文号与成文之日的，为预览。 */
export function toLetterInput(source: LetterSource, type: LetterId, content: Pick<LetterContent, 'recipient' | 'fields' | 'consultation'>, at: { on?: string; docNo?: string | null } = {}): LetterInput {
  const { application, body, ground } = source
  return {
    id: type,
    application,
    body,
    recipient: knownRecipient(source, type) ?? partyOf(source, type, content.consultation)?.name ?? content.recipient,
    fields: content.fields,
    on: at.on ?? dayOf(source, type),
    docNo: at.docNo ?? null,
    calendar: ground.calendar,
    settings: ground.settings,
    alsoAnswers: source.alsoAnswers,
    delivery: application.delivery?.method ?? null,
    wording: source.wordings[type] ?? {},
    recorded: untoldVersion(type, application, source.events, source.letters, content.consultation) !== null,
  }
}

// 不是个人信息的几栏
const PLAIN: readonly string[] = ['idKind', 'assistance', 'postcode']

/** 申请人的姓名、证件号、电话等，只用来核对文书里有没有写进去。 */
export const personalOf = (applicant: Applicant | null): string[] =>
  applicant === null
    ? []
    : [applicant.name, applicant.idNo, applicant.contact, ...Object.entries(applicant.details ?? {}).flatMap(([key, value]) => (PLAIN.includes(key) ? [] : [value]))].flatMap((text) => (text === null || text === '' ? [] : [text]))

/**
 * 屏幕上与草稿里的文书遮盖姓名：自然人的申请人一概只留姓；经办人填写的主送，只有看个人信息的岗位看得全。
 */
export function maskLetter(letter: ComposedLetter, { application, applicant }: Pick<LetterSource, 'application' | 'applicant'>, seesPersonal: boolean): ComposedLetter {
  const toApplicant = ['applicant', 'file'].includes(letter.addressee)
  const hidden = toApplicant ? application.applicantKind === 'N' && applicant?.name != null : !seesPersonal
  if (!hidden) return letter
  const real = letter.recipient
  const shown = maskName(real)
  const hide = (text: string): string => (text === real ? shown : Array.from(real).length > 1 ? text.replaceAll(real, shown) : text)
  return { ...letter, recipient: shown, paragraphs: letter.paragraphs.map(hide), rows: letter.rows.map((row) => ({ ...row, text: hide(row.text) })) }
}
