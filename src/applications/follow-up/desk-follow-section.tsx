import { Moment, Notice } from '../../platform/html/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Application } from '../application.ts'
import type { ApplicationEvent } from '../events.ts'
import type { Paper } from '../papers/paper-store.ts'
import { canConsent, consentWords, findConsent } from './consent.ts'
import type { Consent } from './consent.ts'
import { listApplicantLetters } from './letters-to-applicant.ts'
import type { ApplicantLetter } from './letters-to-applicant.ts'
import { paymentGivenOn } from './payment.ts'
import { BECAUSE, findSameInformation, isPromotable, listSameContent } from './same-information.ts'
import type { SameInformation } from './same-information.ts'

/** 案件页上，申请人提交之后的各样。 */
export interface DeskFollow {
  caseId: string
  consent: Consent | null
  canConsent: boolean
  letters: readonly ApplicantLetter[]
  paymentGivenOn: PlainDate | null
  group: SameInformation | null
  /** 内容相同而没有归在一组的件数 */
  alike: number
  canHandle: boolean
  /** 公布答复的一栏：可以起草的为 null */
  canLog: boolean
}

/** 由库里读出；`canLog` 为可以公布答复。 */
export async function toDeskFollow(
  tx: Tx,
  { bodyId, caseId, state, events, papers, canHandle, canLog }: { bodyId: string; caseId: string; state: Application; events: readonly RecordedEvent<ApplicationEvent>[]; papers: readonly Paper[]; canHandle: boolean; canLog: boolean },
): Promise<DeskFollow> {
  return {
    caseId,
    consent: await findConsent(tx, bodyId, caseId),
    canConsent: canConsent(state),
    letters: await listApplicantLetters(tx, { bodyId, caseId }, state),
    paymentGivenOn: paymentGivenOn(state, events, papers),
    group: await findSameInformation(tx, bodyId, caseId),
    alike: (await listSameContent(tx, bodyId, caseId)).length,
    canHandle,
    canLog,
  }
}

/** 页首要办的：交来缴费凭证、可以转为主动公开。 */
export const FollowNotices = ({ paymentGivenOn: givenOn, group, caseId }: DeskFollow) => (
  <>
    {givenOn !== null && (
      <Notice tone="warn" title={`申请人于 ${givenOn} 在网上交来缴费凭证，待核对`}>
        核对到账之后办「收到缴费」，日期写到账、缴费之日。
      </Notice>
    )}
    {group !== null && isPromotable(group) && (
      <Notice tone="info" title={promotableWords(group)}>
        <a href={`/desk/applications/${caseId}/promote`}>审核是否转为主动公开</a>（条例第四十四条）。
      </Notice>
    )}
  </>
)

const promotableWords = (group: SameInformation): string =>
  group.cases.some(({ suggestedOn }) => suggestedOn !== null) ? '申请人建议把这一信息主动公开' : `已有 ${group.applicants} 位申请人要同一信息`

/** 电子送达、申请人打开文书、同一信息、公布答复。 */
export function FollowSection(follow: DeskFollow) {
  const { caseId, consent, group, alike, canHandle } = follow
  const base = `/desk/applications/${caseId}`
  const opened = follow.letters.filter((letter) => letter.openedAt !== null)
  return (
    <>
      <h2>电子送达</h2>
      <p>
        {consentWords(consent)}
        {consent !== null && (
          <span className="quiet">
            ，{consent.source === 'applicant' ? '申请人在网上答的' : `凭据：${consent.proof ?? ''}`}，<Moment at={consent.at} />
          </span>
        )}
        。{canHandle && follow.canConsent && <a href={`${base}/electronic-consent`}>依书面凭据记下</a>}
      </p>
      {opened.map((letter) => (
        <p key={letter.letterId} className="quiet">
          申请人于 <Moment at={letter.openedAt} /> 首次打开{letter.title}。
        </p>
      ))}
      <h2>同一信息的申请</h2>
      {group !== null && group.cases.length > 1 && (
        <ul>
          {group.cases
            .filter((each) => each.caseId !== caseId)
            .map((each) => (
              <li key={each.caseId}>
                <a href={`/desk/applications/${each.caseId}`}>{each.regNo}</a>
              </li>
            ))}
        </ul>
      )}
      <Settled group={group} />
      <p className="quiet">
        {group !== null && `不同的申请人 ${group.applicants} 位。`}
        {alike > 0 && `另有 ${alike} 件内容相同。`}
        {canHandle ? <a href={`${base}/same-information`}>认定同一信息的申请</a> : alike === 0 && group === null && '没有。'}
      </p>
      {follow.canLog && (
        <p>
          <a href={`${base}/answered-log`}>公布答复</a> <span className="quiet">去掉个人信息，列入答复过的申请</span>
        </p>
      )}
    </>
  )
}

function Settled({ group }: { group: SameInformation | null }) {
  if (group === null) return null
  const suggested = group.cases.find(({ suggestedOn }) => suggestedOn !== null)
  return (
    <>
      {suggested !== undefined && (
        <p>
          申请人于 {suggested.suggestedOn} 建议主动公开{suggested.suggestedBecause === null ? '' : `：${BECAUSE[suggested.suggestedBecause]}`}。
        </p>
      )}
      {group.itemId !== null && <p>已于 {group.settledOn} 转为主动公开，在主动公开里登记，待公开审查。</p>}
      {group.declinedReason !== null && (
        <p>
          {group.settledOn} 审核，不转为主动公开：{group.declinedReason}
        </p>
      )}
    </>
  )
}
