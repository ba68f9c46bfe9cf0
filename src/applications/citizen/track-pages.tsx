import { Confirm, DayGrid, DefinitionList, DueDate, FileField, Form, LinkButton, Notice, PortalPage, PostButton, Sheet, TextArea, TextField, Timeline } from '../../platform/html/index.ts'
import type { DayCell, DueDateProps, FormState, TimelineEntry } from '../../platform/html/index.ts'
import { awaitsLateSupplement, clarifiedContent, isOpen } from '../application.ts'
import type { Application, Status } from '../application.ts'
import { paperWords } from './apply-pages.tsx'
import { FollowActs, FollowSheet } from '../follow-up/track-follow-pages.tsx'
import type { TrackFollow } from '../follow-up/track-follow-pages.tsx'
import type { Paper } from '../papers/paper-store.ts'

const HOME = { label: '首页', href: '/' }
const TRACK = { label: '查询申请进度', href: '/applications/track' }
const CASE = { label: '我的申请', href: '/applications/track/case' }

/** 查询：登记号与查询码。 */
export const TrackPage = ({ state, ended }: { state: FormState; ended: boolean }) => (
  <PortalPage title="查询申请进度" crumbs={[HOME]} lead="填写凭条上的登记号与查询码。">
    {ended && <Notice tone="info" title="查询已结束或者超过三十分钟，请重新填写" live />}
    <div className="two">
      <Form action="/applications/track" submit="查询" state={state}>
        <TextField name="regNo" label="登记号" required maxLength={60} autoComplete="off" hint="如：示公开申〔2026〕1号。括号写成哪一种都可以。" />
        <TextField name="code" label="查询码" required maxLength={40} autoComplete="off" width="middle" hint="十二位字母与数字，不分大小写，中间的横线可写可不写。" />
      </Form>
      <Sheet title="没有查询码的">
        <p>当面、邮寄等其他方式申请的，或者查询码丢了的，请带身份证明到受理的机关，核对之后给您新的查询码，原来的随即失效。已给的查询码只在您手里，机关也查不出。</p>
        <p>
          还没有申请的，<a href="/apply">申请公开政府信息</a>。
        </p>
      </Sheet>
    </div>
  </PortalPage>
)

export interface TrackedCase {
  bodyName: string
  application: Application
  words: string
  due: DueDateProps | null
  days: readonly DayCell[]
  account: string
  /** 期限跨到的那一年，放假安排还没有录入 */
  noCalendar: boolean
  history: readonly TimelineEntry[]
  papers: readonly Paper[]
  /** 拆出的各件，办到哪里；各件没有自己的查询码，在原件上看 */
  parts: readonly { regNo: string; words: string }[]
  /** 照复议决定、裁判重新答复的一件，或者它的原件 */
  redos: readonly TrackedRedo[]
  canWithdraw: boolean
  canSupplement: boolean
  /** 已交来补正、待机关确认的，交来之日 */
  suppliedOn: string | null
  /** 文书、缴费、电子送达、评价、建议 */
  follow: TrackFollow
  /** 复议、起诉的最后一日；没有送达的为空 */
  remedy: readonly (readonly [string, string])[]
  /** 期限怎样算，逐句；没有起算的为空 */
  daysInWords: readonly string[]
  /** 刚办完的一句话 */
  done: string | null
}

export interface TrackedRedo {
  caseId: string
  title: string
  words: string
}

/** 我的申请：办到哪里、期限怎样算、现在可以做什么。 */
export function TrackedCasePage(model: TrackedCase) {
  const { application: a } = model
  return (
    <PortalPage title={`我的申请 ${a.regNo}`} heading={a.regNo} crumbs={[HOME, TRACK]} lead={`${model.bodyName} · ${model.words}`}>
      {model.done !== null && <Notice tone="ok" title={model.done} live />}
      {model.noCalendar && <Notice tone="info" title="期限跨到明年，明年的放假安排还没有公布或者录入，现在算不出应当答复的日子；录入之后这里会写明" />}
      <div className="case">
        <Sheet title="申请">
          <p>{a.content}</p>
          {clarifiedContent(a) !== null && <p>补正后的内容：{clarifiedContent(a)}</p>}
          <DefinitionList items={factsOf(model)} />
          <Parts {...model} />
          <Redos {...model} />
          <Receipt {...model} />
          <FollowSheet {...model.follow} />
        </Sheet>
        <Sheet title="经过">
          <Timeline entries={model.history} />
          {model.days.length > 0 && (
            <>
              <h2>期限逐日</h2>
              <p>到期之日怎样算出来的：</p>
              <ul>
                {model.daysInWords.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
              <DayGrid label={`自 ${a.receivedOn ?? ''} 起逐日`} days={model.days} account={model.account} />
            </>
          )}
        </Sheet>
        <aside className="stack" aria-label="期限与可以做的">
          <section className="sheet">
            {model.due !== null && <DueDate {...model.due} />}
            <h2>现在可以做的</h2>
            <Acts {...model} />
            <FollowActs {...model.follow} />
            <PostButton action="/applications/track/leave" label="结束查询" kind="second" />
          </section>
        </aside>
      </div>
    </PortalPage>
  )
}

const factsOf = ({ application: a, papers }: TrackedCase): (readonly [string, string])[] =>
  [
    ['获取方式', a.form],
    ['提交之日', a.submittedOn],
    ['收到之日', a.receivedOn ?? '尚未确认'],
    ['您交来的材料', papers.length === 0 ? null : papers.map(paperWords).join('；')],
  ].flatMap(([label, value]) => (label == null || value == null ? [] : [[label, value] as const]))

// 文书 L02：确认收到之后才有
function Receipt({ application: a, due, bodyName, follow }: TrackedCase) {
  if (a.receivedOn === null || a.decision !== null || due === null || due.on === null) return null
  // 机关发过文书、改过期限的，以文书为准，不再照登记时的话写
  if (a.redo !== undefined || follow.letters.length > 0 || a.supplements.length > 0 || a.extensions.length > 0) return null
  return (
    <>
      <h2>登记回执</h2>
      <p>
        本机关于{a.receivedOn}收到您（单位）提交的政府信息公开申请，登记号{a.regNo}。依据《中华人民共和国政府信息公开条例》第三十一条、第三十三条，本机关将于{due.on}
        前（含当日）作出答复（依法补正、征求意见、延期的除外）。
      </p>
      <p>{bodyName}</p>
      <p className="quiet noprint">可以用浏览器打印本页。</p>
    </>
  )
}

function Parts({ parts }: TrackedCase) {
  if (parts.length === 0) return null
  return (
    <>
      <h2>拆出的各件</h2>
      <ul>
        {parts.map(({ regNo, words }) => (
          <li key={regNo}>
            {regNo}：{words}
          </li>
        ))}
      </ul>
      <p className="quiet">各件分别答复，期限都自原来的收到之日起算。各件要补正、缴费的，照送给您的通知书办理。</p>
    </>
  )
}

/** 重新答复的一件用同一个查询码，也可以从这里打开。 */
function Redos({ redos, application: { redo } }: TrackedCase) {
  if (redos.length === 0) return null
  return (
    <>
      <h2>{redo === undefined ? '重新答复' : '原来的一件'}</h2>
      <p className="quiet">{redo === undefined ? '本件原来的答复，机关已照复议决定、裁判重新办理，以重新作出的答复为准。' : '本件取代原来的答复。'}</p>
      {redos.map(({ caseId, title, words }) => (
        <form key={caseId} method="post" action="/applications/track/redo" className="buttons">
          <input type="hidden" name="case" value={caseId} />
          <p>
            {title}：{words}
          </p>
          <button className="btn second">查看 {title}</button>
        </form>
      ))}
    </>
  )
}

function Acts({ application: a, canWithdraw, canSupplement, suppliedOn, remedy, follow }: TrackedCase) {
  const unread = follow.letters.filter(({ openedAt }) => openedAt === null).length
  return (
    <>
      {canSupplement && (
        <>
          {suppliedOn !== null && <p>您已于 {suppliedOn} 交来补正，待机关与您确认收到；{awaitsLateSupplement(a) ? '答复期限照旧' : '确认之日起重新计算期限'}。还可以再交。</p>}
          <p>
            <LinkButton href="/applications/track/supplement">交补正</LinkButton>
          </p>
        </>
      )}
      {a.status === 'received-unconfirmed' && <p>请留意机关的来电、来信；要改的，机关与您确认时告诉工作人员。</p>}
      {a.status === 'reason-requested' && <p>请照通知书上写的，在期限之前向机关说明理由。</p>}
      {a.decision !== null && a.status !== 'withdrawn' && <p>答复的内容，不服的向谁、在几时之前提出，以送达给您的文书为准。</p>}
      {remedy.length > 0 && (
        <>
          <p>不服答复的：</p>
          <DefinitionList items={remedy} />
        </>
      )}
      {unread > 0 && <p>机关有 {unread} 件文书给您，您还没有打开：<a href="#letters">到「机关给您的文书」下载来看</a>。</p>}
      {unread === 0 && isOpen(a) && !canSupplement && !YOURS.includes(a.status) && <p>不用做什么，等机关办理。</p>}
      {OVER.includes(a.status) && a.decision === null && <p>没有要做的。以后需要的，可以重新申请。</p>}
      {canWithdraw && (
        <p>
          不想申请了的，可以<a href="/applications/track/withdraw">撤回申请</a>。
        </p>
      )}
    </>
  )
}

// 等申请人的，各有要做的
const YOURS: readonly Status[] = ['received-unconfirmed', 'reason-requested', 'fee-noticed']

// 没有答复而了结的
const OVER: readonly Status[] = ['withdrawn', 'voided']

/** 撤回之前先问。 */
export const WithdrawPage = ({ regNo }: { regNo: string }) => (
  <PortalPage title={`撤回 ${regNo}`} heading="撤回申请" crumbs={[HOME, TRACK, CASE]}>
    <Confirm
      what={`撤回 ${regNo}`}
      consequences={['本件就此办结，机关不再答复', '撤回之后不能恢复；以后需要的，可以重新申请']}
      form={{ action: '/applications/track/withdraw', submit: '撤回申请', danger: true, cancel: { label: '不撤回', href: CASE.href } }}
    />
  </PortalPage>
)

const ACCEPT = '.pdf,.docx,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png'

/** 交补正：文字必填，可附文件。 */
export const SupplementPage = ({ regNo, items, by, late, keyId, state }: { regNo: string; items: string; by: string | null; late: boolean; keyId: string; state: FormState }) => (
  <PortalPage
    title={`补正 ${regNo}`}
    heading="交补正"
    crumbs={[HOME, TRACK, CASE]}
    lead={`网上交来的，机关与您确认之日为收到补正之日，${late ? '机关告知补正较晚，答复期限不因补正停止，也不重新计算' : '答复期限自那一日起重新计算'}（条例第三十条、第三十一条）。`}
  >
    <div className="stack">
      <Sheet title="机关请您补正的">
        <p>{items === '' ? '见机关的补正告知书。' : items}</p>
        {by !== null && <p className="quiet">请在 {by} 前（含当日）补正。{late ? '不补正的，机关按现有的内容在期限内答复。' : '过了这一日的仍可以交，请写明迟交的理由；没有正当理由的，视为放弃申请（条例第三十条）。'}</p>}
      </Sheet>
      <Form action="/applications/track/supplement" submit="交补正" cancel={{ href: CASE.href }} state={state} hidden={{ key: keyId }} multipart>
        <TextArea name="text" label="补正的内容" required rows={8} maxLength={5000} hint="逐条写明；身份证明可以拍照附在下面。请在三十分钟之内写完交来，要写得久的，先写在别处再贴过来。" />
        <FileField name="files" label="附件" accept={ACCEPT} multiple hint="至多五份，每份不超过 10 MB，收 PDF、DOCX 和照片（JPEG、PNG）。" />
      </Form>
    </div>
  </PortalPage>
)
