import { FileField, Form, LinkButton, Moment, Notice, PortalPage, RadioGroup, Sheet } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { LETTER_FORMATS } from '../letter-desk/letter-files.ts'
import { consentWords } from './consent.ts'
import type { Consent } from './consent.ts'
import type { ApplicantLetter } from './letters-to-applicant.ts'
import type { FeeView } from './payment.ts'
import { SCORES } from './rating.ts'
import type { Rating } from './rating.ts'
import { BECAUSE } from './same-information.ts'

export const TRACK_CRUMBS = [
  { label: '首页', href: '/' },
  { label: '查询申请进度', href: '/applications/track' },
  { label: '我的申请', href: '/applications/track/case' },
]
const TRACK = '/applications/track'

/** 「我的申请」页上，提交之后的各样。 */
export interface TrackFollow {
  letters: readonly ApplicantLetter[]
  /** 答复所附、可以取的文件 */
  attachments: readonly { documentId: string; name: string }[]
  fee: FeeView | null
  consent: Consent | null
  canConsent: boolean
  rating: Rating | null
  canRate: boolean
  canSuggest: boolean
  /** 已建议主动公开之日 */
  suggestedOn: string | null
}

/** 文书与缴费，列在申请之下。 */
export function FollowSheet({ letters, attachments, fee }: TrackFollow) {
  return (
    <>
      <h2 id="letters">机关给您的文书</h2>
      {letters.length === 0 ? (
        <p className="quiet">还没有。机关发出之后，可以在这里下载。</p>
      ) : (
        <ul className="items">
          {letters.toReversed().map((letter) => (
            <li key={letter.letterId}>
              <div className="items-text">
                {letter.title}
                {letter.docNo !== null && `（${letter.docNo}）`}，{letter.issuedOn} 发出
                {letter.openedAt !== null && (
                  <span className="quiet">
                    您于 <Moment at={letter.openedAt} /> 首次打开
                  </span>
                )}
                <Download letter={letter} />
              </div>
            </li>
          ))}
        </ul>
      )}
      {attachments.length > 0 && (
        <>
          <h2>答复所附的文件</h2>
          <ul className="items">
            {attachments.map(({ documentId, name }) => (
              <li key={documentId}>
                <form method="post" action={`${TRACK}/attachment`} className="buttons">
                  <input type="hidden" name="document" value={documentId} />
                  <button className="btn second">下载{name}</button>
                </form>
              </li>
            ))}
          </ul>
        </>
      )}
      {fee !== null && <Fee fee={fee} />}
    </>
  )
}

const Download = ({ letter }: { letter: ApplicantLetter }) => (
  <form method="post" action={`${TRACK}/letter`} className="buttons">
    <input type="hidden" name="letter" value={letter.letterId} />
    {Object.entries(LETTER_FORMATS).map(([format, { label }]) => (
      <button key={format} className="btn second" name="format" value={format} aria-label={`下载 ${label}：${letter.title}`}>
        下载 {label}
      </button>
    ))}
  </form>
)

const Fee = ({ fee }: { fee: FeeView }) => (
  <>
    <h2>信息处理费</h2>
    <p>
      <strong>{fee.amount}</strong>，{fee.state}。
    </p>
    {fee.lines.length > 0 && (
      <ul>
        {fee.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    )}
    {fee.payBy !== null && fee.canGive && <p>请在 {fee.payBy} 前（含当日）缴纳，即收到通知次日起二十个工作日内；逾期未缴纳的，视为放弃申请，机关不再处理。</p>}
    {fee.canGive && <p>怎样缴：{fee.how}</p>}
    {fee.canGive && (
      <p>
        <LinkButton href={`${TRACK}/payment`} second>
          交缴费凭证
        </LinkButton>
      </p>
    )}
  </>
)

/** 同意电子送达、建议主动公开、评价，列在「现在可以做的」之下。 */
export function FollowActs({ fee, consent, canConsent, rating, canRate, canSuggest, suggestedOn }: TrackFollow) {
  return (
    <>
      {fee?.canGive === true && (
        <p>
          信息处理费 {fee.amount}，{fee.state}。缴了的，请<a href={`${TRACK}/payment`}>交缴费凭证</a>。
        </p>
      )}
      {(canConsent || consent !== null) && (
        <>
          <h3>电子送达</h3>
          <p>
            您{consentWords(consent)}。{canConsent && <a href={`${TRACK}/consent`}>{consent === null ? '了解并选择' : '改主意'}</a>}
          </p>
        </>
      )}
      {suggestedOn !== null && <p>您已于 {suggestedOn} 建议主动公开，机关审核。</p>}
      {suggestedOn === null && canSuggest && (
        <p>
          <a href={`${TRACK}/suggest`}>建议主动公开</a>
        </p>
      )}
      {(canRate || rating !== null) && (
        <p>
          {rating !== null && `您的评价：${SCORES[rating.score]}。`}
          {canRate && <a href={`${TRACK}/rating`}>{rating === null ? '评价办理' : '修改评价'}</a>}
        </p>
      )}
    </>
  )
}

/** 是否同意电子送达：先说清是什么。 */
export const ConsentPage = ({ regNo, consent, state }: { regNo: string; consent: Consent | null; state: FormState }) => (
  <PortalPage title={`电子送达 ${regNo}`} heading="是否同意电子送达" crumbs={TRACK_CRUMBS}>
    <div className="stack">
      <Sheet title="是什么">
        <ul>
          <li>同意的，机关可以把答复书放在这个查询页，不再邮寄；您凭登记号与查询码下载。</li>
          <li>答复书到达这里之日即为送达之日，申请行政复议、提起诉讼的期限自那一日起算，不论您那一日看了没有。请常来看。</li>
          <li>不同意的，机关照您要求的方式当面交付、邮寄；这里仍可以查进度。</li>
          <li>同意的，申请时留了电子邮箱的，有新进展时发一封邮件提醒；邮件里不写内容，也不算送达。</li>
          <li>答复发出之前都可以改主意；答复发出之后不能再改。</li>
        </ul>
        <p>现在：{consentWords(consent)}{consent?.source === 'paper' ? '（依您的书面材料记下）' : ''}。</p>
      </Sheet>
      <Form action={`${TRACK}/consent`} submit="确定" cancel={{ href: `${TRACK}/case` }} state={state}>
        <RadioGroup
          name="agreed"
          label="答复书可以电子送达吗"
          required
          value={consent === null ? undefined : consent.agreed ? 'yes' : 'no'}
          options={[
            { value: 'yes', label: '同意电子送达', hint: '我会在这个查询页取答复书' },
            { value: 'no', label: '不同意电子送达', hint: '照我要求的方式当面交付或者邮寄' },
          ]}
        />
      </Form>
    </div>
  </PortalPage>
)

const ACCEPT = '.pdf,.docx,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png'

/** 交缴费凭证。 */
export const PaymentPage = ({ regNo, fee, keyId, state }: { regNo: string; fee: FeeView; keyId: string; state: FormState }) => (
  <PortalPage title={`缴费凭证 ${regNo}`} heading="交缴费凭证" crumbs={TRACK_CRUMBS} lead="缴费之后把凭证拍照交来，机关核对到账之后，这里会写明已经缴费；本站不代收费用。">
    <div className="stack">
      <Sheet title="信息处理费">
        <p>
          <strong>{fee.amount}</strong>
          {fee.payBy !== null && `，请在 ${fee.payBy} 前（含当日）缴纳`}。
        </p>
        <p>怎样缴：{fee.how}</p>
        <p className="quiet">{fee.state}</p>
      </Sheet>
      <Form action={`${TRACK}/payment`} submit="交凭证" cancel={{ href: `${TRACK}/case` }} state={state} hidden={{ key: keyId }} multipart>
        <FileField name="files" label="缴费凭证" required accept={ACCEPT} multiple hint="票据、转账回执的照片或者 PDF；至多五份，每份不超过 10 MB。" />
      </Form>
    </div>
  </PortalPage>
)

/** 建议主动公开。 */
export const SuggestPage = ({ regNo, state }: { regNo: string; state: FormState }) => (
  <PortalPage title={`建议主动公开 ${regNo}`} heading="建议主动公开" crumbs={TRACK_CRUMBS} lead="您认为所得的信息应当让大家都看到的，可以建议机关主动公开；机关审核认为属于主动公开范围的，应当及时公开（条例第四十四条）。">
    <div className="stack">
      <Notice tone="info" title="公开的是信息，不是您的申请：不写您的姓名与联系方式" />
      <Form action={`${TRACK}/suggest`} submit="建议主动公开" cancel={{ href: `${TRACK}/case` }} state={state}>
        <RadioGroup name="because" label="为什么应当让大家看到" required options={Object.entries(BECAUSE).map(([value, label]) => ({ value, label }))} />
      </Form>
    </div>
  </PortalPage>
)
