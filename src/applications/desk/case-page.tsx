import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DayGrid, DefinitionList, DeskPage, DueDate, Form, LinkButton, Notice, Sheet, TextArea, Timeline } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { outcomeRule } from '../../statute/outcomes.ts'
import { CHANNELS } from '../../statute/receipt.ts'
import { awaitsLateSupplement, clarifiedContent } from '../application.ts'
import type { Application } from '../application.ts'
import { CaseNotices, CoHandlings, LinkedCases } from './case-links.tsx'
import type { CaseLinks } from './case-links.tsx'
import { StatusTag } from './desk-list-page.tsx'
import { paperWords } from '../citizen/apply-pages.tsx'
import { Consultations } from './consultation-section.tsx'
import type { ConsultationRow } from './consultation-section.tsx'
import { ArchiveNotice } from '../archive/archive-notice.tsx'
import type { Archive } from '../archive/archive-store.ts'
import { APPLICANT_KINDS } from '../events.ts'
import type { Duplicate } from '../find-duplicates.ts'
import { FollowNotices, FollowSection } from '../follow-up/desk-follow-section.tsx'
import type { DeskFollow } from '../follow-up/desk-follow-section.tsx'
import { LetterHints } from '../letter-desk/letter-hints.tsx'
import type { LetterHint } from '../letter-desk/letter-hints.tsx'
import type { Paper } from '../papers/paper-store.ts'
import { Disputes } from './disputes.tsx'
import type { DisputeLink } from './disputes.tsx'
import { RelatedCases } from './related-cases.tsx'
import type { CaseView } from './to-case-page.ts'

/** 现在可以办的一步；`main` 为页上的按钮，其余列在其他之下。 */
export interface OfferedAction {
  href: string
  label: string
  article: string
  main: boolean
}

/** 案件页上另有来处的各节。 */
export interface CaseSections {
  /** 文书与步骤对不上之处 */
  hints: readonly LetterHint[]
  consultations: readonly ConsultationRow[]
  /** 同一申请人同月所提的、内容相同的 */
  related: readonly Duplicate[]
  /** 附材料的地址；不能附的为 null */
  attachHref: string | null
  /** 给申请人查询码的地址；不能给的为 null */
  queryCodeHref: string | null
  /** 做过档案包的，其情况 */
  archive: Archive | null
}

export interface CasePageModel extends CaseSections {
  caseId: string
  application: Application
  view: CaseView
  /** 承办人的姓名 */
  handler: string | null
  actions: readonly OfferedAction[]
  canReadPerson: boolean
  links: CaseLinks
  /** 引出的复议、诉讼，与登记的地址 */
  disputes: { links: readonly DisputeLink[]; registerHref: string | null }
  /** 已发出的答复文书与现在的记录不一致 */
  letterDiffers: boolean
  /** 答复所附的文件与处理决定对不上的，逐条 */
  documentWarnings: readonly string[]
  /** 申请人提交之后的各样：电子送达、同一信息、缴费凭证 */
  follow: DeskFollow
  /** 申请人交来的、经办人附上的材料 */
  papers: readonly Paper[]
  /** 申请人已交来补正、待确认的，交来之日 */
  suppliedOn: string | null
  /** 从记录看它计入的每一格 */
  recordHref: string
  flash: Flash | null
}

const LIST = [{ label: '在办申请', href: '/desk/applications' }]

// 已拆分、已作废的不再办理，不出文书、不查重
const isDropped = (a: Application): boolean => a.status === 'split' || a.status === 'voided'

/** 案件页：所求、经过、期限逐日、应当答复之日与下一步。 */
export function CasePage(props: CasePageModel) {
  const { application: a, view } = props
  return (
    <DeskPage
      title={a.regNo}
      heading={a.content.length > 60 ? `${a.content.slice(0, 60)}…` : a.content}
      crumbs={LIST}
      status={<StatusTag status={a.status} />}
      lead={[a.regNo, APPLICANT_KINDS[a.applicantKind], a.channel === null ? '' : CHANNELS[a.channel].label, props.handler === null ? '' : `承办 ${props.handler}`].filter((each) => each !== '').join(' · ')}
    >
      <FlashNotice flash={props.flash} />
      <FollowNotices {...props.follow} />
      <ArchiveNotice caseId={props.caseId} archive={props.archive} />
      <CaseNotices application={a} letterDiffers={props.letterDiffers} />
      {props.suppliedOn !== null && (
        <Notice tone="warn" title={`申请人于 ${props.suppliedOn} 在网上交来补正，待确认`}>
          与申请人确认后办「收到补正」：双方确认之日为收到补正之日，{awaitsLateSupplement(a) ? '告知逾七个工作日的，答复期限照旧' : '答复期限自其次日重新计算'}（条例第三十条、第三十一条）。
        </Notice>
      )}
      <LetterHints hints={props.hints} />
      {view.trouble !== null && <Notice tone="warn" title={view.trouble} />}
      <div className="case">
        <Sheet title="所求">
          <Requested application={a} />
          <DefinitionList items={factsOf(a)} />
          <LinkedCases {...props.links} />
          <h2>申请人</h2>
          <Person {...props} />
          <Papers {...props} />
          {!isDropped(a) && <RelatedCases related={props.related} />}
          <Consultations rows={props.consultations} />
          {a.status !== 'draft' && <FollowSection {...props.follow} />}
          {(a.decision ?? a.proposal) !== null && <Outcome application={a} remedy={view.remedy} />}
          {!isDropped(a) && <Disputes {...props.disputes} />}
          <CoHandlings items={view.coHandlings} />
        </Sheet>
        <Sheet title="经过">
          <Timeline entries={view.history} />
          {view.days.length > 0 && (
            <>
              <h2>期限逐日</h2>
              <DayGrid label={`自 ${a.receivedOn ?? ''} 起逐日`} days={view.days} account={view.account} />
            </>
          )}
        </Sheet>
        <aside className="stack" aria-label="期限与下一步">
          <section className="sheet">
            {view.due !== null && <DueDate {...view.due} />}
            <h2>下一步</h2>
            <p>{view.next}</p>
            {a.receivedOn !== null && !isDropped(a) && <p className="quiet"><a href={`/desk/applications/${props.caseId}/letters`}>文书</a> 起草、签批、发出</p>}
            {a.receivedOn !== null && !isDropped(a) && <p className="quiet"><a href={`/desk/applications/${props.caseId}/documents`}>答复所附的文件</a> 上传、遮盖、核对</p>}
            {props.documentWarnings.map((text) => (
              <Notice key={text} tone="warn" title={text} />
            ))}
            {props.actions
              .filter((action) => action.main)
              .map((action, i) => (
                <p key={action.href}>
                  <LinkButton href={action.href} second={i > 0}>
                    {action.label}
                  </LinkButton>
                </p>
              ))}
            {props.actions.some((action) => !action.main) && <h3>其他</h3>}
            {props.actions
              .filter((action) => !action.main)
              .map((action) => (
                <p key={action.href} className="quiet">
                  <a href={action.href}>{action.label}</a> {action.article}
                </p>
              ))}
          </section>
          <section className="sheet">
            <h2>将计入年报</h2>
            {view.cells.map((cell) => (
              <p key={cell}>{cell}</p>
            ))}
            {view.later !== null && <p className="quiet">{view.later}</p>}
            <p>
              <a href={props.recordHref}>逐格查看</a>
            </p>
          </section>
        </aside>
      </div>
    </DeskPage>
  )
}

// 补正写明了所求的，补正后的与原申请并列
function Requested({ application: a }: { application: Application }) {
  const clarified = clarifiedContent(a)
  if (clarified === null) return <p>{a.content}</p>
  return <DefinitionList items={[['补正后', clarified], ['原申请', a.content]]} />
}

const factsOf = (a: Application): (readonly [string, string])[] =>
  [
    ['获取方式', a.form],
    ['提交之日', a.submittedOn],
    ['收到之日', a.receivedOn],
    ['信息处理费', a.fee === null ? null : `${(a.fee.amount / 100).toFixed(2)} 元${a.fee.paidOn === null ? '' : `，${a.fee.paidOn} 已缴`}`],
    ['备注', a.note],
  ].flatMap(([label, value]) => (label == null || value == null || value === '' ? [] : [[label, value] as const]))

function Person({ view, canReadPerson, caseId, queryCodeHref }: CasePageModel) {
  if (view.person.length === 0) return <p className="quiet">没有登记申请人的资料，或您的岗位不看申请人的资料。</p>
  return (
    <>
      <DefinitionList items={view.person} />
      {canReadPerson && (
        <p>
          <a href={`/desk/applications/${caseId}/personal-data`}>查看全部（须填事由）</a>
        </p>
      )}
      {queryCodeHref !== null && (
        <p>
          <a href={queryCodeHref}>查询码</a> <span className="quiet">当面、邮寄申请的，或者丢了的，核对身份之后给</span>
        </p>
      )}
    </>
  )
}

function Papers({ papers, canReadPerson, caseId, attachHref }: CasePageModel) {
  if (papers.length === 0 && attachHref === null) return null
  return (
    <>
      <h2>材料</h2>
      {papers.length === 0 && <p className="quiet">还没有材料。</p>}
      {attachHref !== null && (
        <p>
          <a href={attachHref}>附材料</a> <span className="quiet">收件凭据、检索记录等的扫描件</span>
        </p>
      )}
      <ul>
        {papers.map((paper, i) => (
          <li key={paper.paperId}>
            {paper.givenOn} {paperWords(paper)}，{paper.addedBy === null ? '申请人交来' : '经办人附上'}{' '}
            {canReadPerson && (
              <a href={`/desk/applications/${caseId}/papers/${paper.paperId}`} aria-label={`下载第 ${i + 1} 份（须填事由）`}>
                下载（须填事由）
              </a>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function Outcome({ application: a, remedy }: { application: Application; remedy: CaseView['remedy'] }) {
  const ended = a.decision ?? a.proposal
  if (ended === null) return null
  const rule = outcomeRule(ended.outcome)
  const evidence = rule.evidence.flatMap(({ key, label, options }) => {
    const given = ended.evidence[key]
    return given === undefined || given === '' ? [] : [[label, options?.[given] ?? given] as const]
  })
  return (
    <>
      <h2>{a.decision === null ? '拟定的处理决定' : '处理决定'}</h2>
      <DefinitionList
        items={[
          ['结果', rule.label],
          ...(rule.article === null ? [] : [['依据', `条例${rule.article}`] as const]),
          ...(a.decision?.docNo == null ? [] : [['文号', a.decision.docNo] as const]),
          ...evidence,
          ...remedy,
        ]}
      />
    </>
  )
}

/** 查看申请人的全部资料：先填事由；`shown` 为填过之后的。 */
export function PersonalDataPage({ caseId, regNo, state, shown }: { caseId: string; regNo: string; state: FormState; shown: readonly (readonly [string, string])[] | null }) {
  const back = `/desk/applications/${caseId}`
  return (
    <DeskPage
      title={`${regNo} 申请人的资料`}
      heading="申请人的资料"
      crumbs={[...LIST, { label: regNo, href: back }]}
      lead="只在办理本件所必需时查看；谁、何时、因何查看都留痕。"
    >
      {shown === null ? (
        <Form action={`${back}/personal-data`} submit="查看" cancel={{ href: back }} state={state}>
          <TextArea name="reason" label="事由" required rows={2} maxLength={200} hint="如：邮寄答复书。不写申请人的姓名、电话" />
        </Form>
      ) : (
        <Sheet>
          <DefinitionList items={shown} />
          <p>
            <a href={back}>看完返回案件</a>
          </p>
        </Sheet>
      )}
    </DeskPage>
  )
}
