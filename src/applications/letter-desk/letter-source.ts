import { getBody, getSetting } from '../../bodies/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { maskName } from '../../platform/mask.ts'
import { getApplicant } from '../applicant-store.ts'
import type { Applicant } from '../applicant-store.ts'
import type { Application } from '../application.ts'
import type { Ground } from '../decisions.ts'
import type { ComposedLetter, LetterBody, LetterInput } from '../letters/letter-input.ts'
import { letterRule } from '../letters/letters.ts'
import type { LetterId } from '../letters/letters.ts'
import { isAnsweredWith, listFollowers } from '../followers.ts'
import { getApplication } from '../queries.ts'
import { getGround } from '../settings.ts'
import type { LetterContent } from './letter-store.ts'

/** 拟一件文书所凭的：案件、机关、申请人、日历与今日。 */
export interface LetterSource {
  application: Application
  applicant: Applicant | null
  body: LetterBody
  ground: Ground
  /** 并入本件、一并答复的各件的登记号 */
  alsoAnswers: readonly string[]
  /** 演示数据的文书每页标明 */
  demo: boolean
}

export const keysOf = (deps: Deps): FieldKeys => fieldKeys(deps.config.secretKey)

/** 读出拟文书所凭的；没有这件申请抛 `NotFound`。 */
export async function getLetterSource(tx: Tx, deps: Deps, bodyId: string, caseId: string): Promise<LetterSource> {
  const { state: application } = await getApplication(tx, bodyId, caseId)
  const ground = await getGround(tx, bodyId, deps.clock.today())
  return {
    application,
    applicant: application.applicantId === null ? null : await getApplicant(tx, keysOf(deps), bodyId, application.applicantId),
    ground,
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

/** 拟成这一件的全部资料；不写文号与成文之日的，为预览。 */
export function toLetterInput(source: LetterSource, type: LetterId, content: Pick<LetterContent, 'recipient' | 'fields'>, at: { on?: string; docNo?: string | null } = {}): LetterInput {
  const { application, body, ground } = source
  return {
    id: type,
    application,
    body,
    recipient: knownRecipient(source, type) ?? content.recipient,
    fields: content.fields,
    on: at.on ?? dayOf(source, type),
    docNo: at.docNo ?? null,
    calendar: ground.calendar,
    settings: ground.settings,
    alsoAnswers: source.alsoAnswers,
    delivery: application.delivery?.method ?? null,
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
