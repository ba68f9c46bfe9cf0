import type { ReactNode } from 'react'
import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DayGrid, DefinitionList, DeskPage, DueDate, LinkButton, Notice, PostButton, Sheet, Tag, Timeline } from '../../platform/html/index.ts'
import { isAwaited } from '../answer/answer-acts.ts'
import { ANSWER_STATUSES, ANSWER_TYPES } from '../answer/answer-store.ts'
import type { AnswerEntry } from '../answer/answer-store.ts'
import type { OpenedCase } from '../open-case.ts'
import { CASE_KINDS } from '../open-case.ts'
import { ROLES_IN_COURT, TRIALS } from '../litigation.ts'
import { LITIGATION_RESULTS, REVIEW_RESULTS } from '../results.ts'
import { PROCEDURES } from '../review.ts'
import { hrefOf, hrefOfAnswer, hrefOfEvidence, HOME } from './hrefs.ts'
import type { CaseView, ClockView } from './to-case-page.ts'

/** 现在可以办的一步；`main` 为页上的按钮，其余列在其他之下。 */
export interface OfferedStep {
  href: string
  label: string
  article: string
  main: boolean
}

export interface CasePageModel {
  caseId: string
  opened: OpenedCase
  view: CaseView
  handler: string | null
  steps: readonly OfferedStep[]
  /** 所争的申请；没有连上的为 null */
  application: { href: string; regNo: string; content: string; outcome: string | null; decidedOn: string | null; servedOn: string | null } | null
  /** 与本件相连的复议、诉讼 */
  related: readonly { href: string; words: string }[]
  /** 遮盖后的当事人；不看个人信息的岗位为 null */
  parties: readonly (readonly [role: string, words: string])[] | null
  evidence: number
  answers: readonly AnswerEntry[]
  /** 起草的地址；现在不能起草的为 null */
  draftHref: string | null
  /** 计入的格，一年一行 */
  cells: readonly string[]
  recordHref: string
  canHandle: boolean
  canReadPerson: boolean
  /** 看证据目录与答复书 */
  seesEvidence: boolean
  /** 决定、裁判的履行 */
  performance: ReactNode
  flash: Flash | null
}

export const LIST = [{ label: '复议诉讼', href: HOME }]

/** 案件页：所争、经过、期限逐日、下一步与几时。 */
export function CasePage(props: CasePageModel) {
  const { opened, view } = props
  const { facts } = opened.state
  const organ = opened.kind === 'review' ? opened.state.facts.authority : opened.state.facts.court
  return (
    <DeskPage
      title={facts.caseNo}
      heading={facts.caseNo}
      crumbs={LIST}
      status={<Tag tone="act">{view.status}</Tag>}
      lead={[CASE_KINDS[opened.kind], organ, props.handler === null ? '' : `承办 ${props.handler}`].filter((text) => text !== null && text !== '').join(' · ')}
    >
      <FlashNotice flash={props.flash} />
      {view.trouble !== null && <Notice tone="warn" title={view.trouble} />}
      {opened.kind === 'litigation' && opened.state.facts.role === 'review-organ' && <Notice tone="info" title="本机关因复议而为共同被告，本件不计入本机关的年度报告，只计原行为主体（国办公开办函〔2016〕201号）" />}
      <div className="case">
        <Sheet title="所争">
          <Disputed {...props} />
          <DefinitionList items={factsOf(opened)} />
          {props.related.length > 0 && (
            <ul>
              {props.related.map(({ href, words }) => (
                <li key={href}>
                  <a href={href}>{words}</a>
                </li>
              ))}
            </ul>
          )}
          <Parties {...props} />
          <Evidence {...props} />
          <Answers {...props} />
        </Sheet>
        <Sheet title="经过">
          <Timeline entries={view.history} />
          <Hearings {...props} />
          <h2>各项期限</h2>
          {view.clocks.map((clock) => (
            <ClockSection key={clock.key} clock={clock} open={clock.key === view.current} />
          ))}
          {props.performance}
        </Sheet>
        <aside className="stack" aria-label="期限与下一步">
          <section className="sheet">
            {view.due !== null && <DueDate {...view.due} />}
            <h2>下一步</h2>
            <p>{view.next}</p>
            <OwedList {...props} />
            <ToAnswer {...props} />
            <Steps {...props} />
          </section>
          <section className="sheet">
            <h2>将计入年报</h2>
            {props.cells.length === 0 ? <p className="quiet">不计入。</p> : props.cells.map((cell) => <p key={cell}>{cell}</p>)}
            <p>
              <a href={props.recordHref}>逐格查看</a>
            </p>
          </section>
        </aside>
      </div>
    </DeskPage>
  )
}

function Disputed({ application, opened }: CasePageModel) {
  const ground = opened.kind === 'review' ? opened.state.facts.ground : null
  return (
    <>
      {ground !== null && <p>{ground}</p>}
      {application === null ? (
        <p className="quiet">没有连上本系统里的申请{opened.state.facts.decisionNo === null ? '' : `；所争的文书为 ${opened.state.facts.decisionNo}`}。</p>
      ) : (
        <DefinitionList
          items={[
            ['申请', <a key="application" href={application.href}>{application.regNo}</a>],
            ['所求', application.content],
            ...(application.outcome === null ? [['答复', '没有作出答复'] as const] : [['答复', `${application.decidedOn ?? ''} ${application.outcome}`] as const]),
            ...(application.servedOn === null ? [] : [['送达', application.servedOn] as const]),
          ]}
        />
      )}
    </>
  )
}

const present = (items: readonly (readonly [string, string | null])[]): (readonly [string, string])[] => items.flatMap(([label, text]) => (text === null || text === '' ? [] : [[label, text] as const]))

function factsOf(opened: OpenedCase): (readonly [string, string])[] {
  if (opened.kind === 'review') {
    const { facts, result, decidedOn, documentNo } = opened.state
    return present([
      ['被复议的文书', facts.decisionNo],
      ['审理程序', PROCEDURES[facts.procedure]],
      ['收到副本', facts.receivedOn],
      ['受理', opened.state.acceptedOn],
      ['结果', result === null ? null : `${REVIEW_RESULTS[result].label}（${decidedOn ?? ''}${documentNo === null ? '' : ` ${documentNo}`}）`],
    ])
  }
  const { facts, firstInstance, firstNo, final, finalNo, docketedOn, trial } = opened.state
  return present([
    ['被诉的文书', facts.decisionNo],
    ['本机关', ROLES_IN_COURT[facts.role]],
    ['起诉', facts.afterReview ? '复议后起诉' : '未经复议直接起诉'],
    ['收到副本', facts.receivedOn],
    ['立案', docketedOn === null ? null : `${docketedOn}${trial === null ? '' : `，${TRIALS[trial]}`}`],
    ['一审', firstInstance === null ? null : `${LITIGATION_RESULTS[firstInstance.result].label}（${firstInstance.on}${firstNo === null ? '' : ` ${firstNo}`}）`],
    ['生效', final === null ? null : `${LITIGATION_RESULTS[final.result].label}（${final.on}${finalNo === null ? '' : ` ${finalNo}`}）`],
  ])
}

function Parties({ parties, caseId, canReadPerson, canHandle }: CasePageModel) {
  return (
    <>
      <h2>当事人</h2>
      {parties === null ? (
        <p className="quiet">您的岗位不看当事人的资料。</p>
      ) : parties.length === 0 ? (
        <p className="quiet">没有登记当事人。</p>
      ) : (
        <ul>
          {parties.map(([role, words], i) => (
            <li key={`${role}${i}`}>
              {role}：{words}
            </li>
          ))}
        </ul>
      )}
      <p>
        {canReadPerson && parties !== null && parties.length > 0 && <a href={`${hrefOf(caseId)}/personal-data`}>查看全部（须填事由）</a>} {canHandle && <a href={`${hrefOf(caseId)}/parties/new`}>添当事人</a>}
      </p>
    </>
  )
}

const Evidence = ({ caseId, evidence, seesEvidence }: CasePageModel) => (
  <>
    <h2>证据</h2>
    <p>
      {seesEvidence ? <a href={hrefOfEvidence(caseId)}>证据目录</a> : '证据目录'} <span className="quiet">{evidence === 0 ? '还没有列；从案卷里勾选，或者另行上传' : `${evidence} 份`}</span>
    </p>
  </>
)

function Answers({ caseId, answers, draftHref, opened, seesEvidence }: CasePageModel) {
  const title = opened.kind === 'review' ? ANSWER_TYPES['review-answer'].title : ANSWER_TYPES['suit-answer'].title
  return (
    <>
      <h2 id="answers">{title}</h2>
      {answers.filter(({ dutyId }) => dutyId === null).map(({ letterId, type, status, docNo, sentOn }) => (
        <p key={letterId}>
          {seesEvidence ? <a href={hrefOfAnswer(caseId, letterId)}>{docNo ?? ANSWER_TYPES[type].title}</a> : (docNo ?? ANSWER_TYPES[type].title)} <Tag tone={status === 'issued' ? 'ok' : status === 'returned' ? 'late' : 'wait'}>{sentOn === null ? ANSWER_STATUSES[status] : `${sentOn} 送出`}</Tag>
        </p>
      ))}
      {draftHref !== null && (
        <p>
          <PostButton action={draftHref} label={`起草${title}`} kind="second" /> <span className="quiet">经过、理由、依据照案卷拟成</span>
        </p>
      )}
      {answers.every(({ dutyId }) => dutyId !== null) && draftHref === null && <p className="quiet">没有在这里起草。</p>}
    </>
  )
}

/** 欠着的各项：第一项给按钮，其余列出。 */
function OwedList({ view, caseId, canHandle }: CasePageModel) {
  if (view.owed.length === 0) return null
  return (
    <ul>
      {view.owed.map(({ key, words, dueOn, late, answer }, i) => (
        <li key={key}>
          {words} {dueOn === null ? <span className="quiet">没有定期限</span> : <Tag tone={late ? 'late' : 'wait'}>{late ? `应于 ${dueOn}，已逾期` : `至迟 ${dueOn}`}</Tag>}
          {(canHandle || answer !== null) && (
            <p>
              <LinkButton href={answer?.href ?? `${hrefOf(caseId)}/steps/finish?duty=${key}`} second={i > 0}>
                {answer === null ? '记履行、反馈' : '去办重新答复'}
              </LinkButton>{' '}
              {answer !== null && <span className="quiet">{answer.regNo}</span>}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

/** 提交之前在办的两样：证据目录、答复书走到了哪里。 */
function ToAnswer({ caseId, answers, evidence, draftHref, opened, seesEvidence }: CasePageModel) {
  if (!isAwaited(opened.state.status) || !seesEvidence) return null
  const { title } = ANSWER_TYPES[opened.kind === 'review' ? 'review-answer' : 'suit-answer']
  const written = answers.findLast(({ dutyId, sentOn }) => dutyId === null && sentOn === null)
  return (
    <ul>
      <li>
        <a href={hrefOfEvidence(caseId)}>列证据目录</a> <span className="quiet">{evidence === 0 ? '还没有列' : `已列 ${evidence} 份`}</span>
      </li>
      {written !== undefined ? (
        <li>
          <a href={hrefOfAnswer(caseId, written.letterId)}>{title}</a> <span className="quiet">{written.status === 'issued' ? '已签发，打印盖章后提交' : ANSWER_STATUSES[written.status]}</span>
        </li>
      ) : (
        draftHref !== null && (
          <li>
            <a href="#answers">起草{title}</a> <span className="quiet">还没有起草</span>
          </li>
        )
      )}
    </ul>
  )
}

function Hearings({ view, caseId, canHandle }: CasePageModel) {
  if (view.hearings.length === 0) return null
  return (
    <>
      <h2 id="hearings">听证、开庭</h2>
      <ul>
        {view.hearings.map(({ id, words, note, tone }) => (
          <li key={id}>
            {words} <Tag tone={tone}>{note}</Tag> {canHandle && (tone === 'wait' || tone === 'late') && <a href={`${hrefOf(caseId)}/steps/hold-hearing?hearing=${id}`} aria-label={`${words}：记出席的情况`}>记出席的情况</a>}
          </li>
        ))}
      </ul>
    </>
  )
}

function ClockSection({ clock, open }: { clock: ClockView; open: boolean }) {
  return (
    <section aria-label={clock.label}>
      <h3>
        {clock.label} <Tag tone={clock.tone}>{clock.words}</Tag>
      </h3>
      <p>
        {clock.whose}的期限：<strong>{clock.dueOn}</strong>
      </p>
      {open && clock.days.length > 0 ? <DayGrid label={`${clock.label}逐日`} days={clock.days} account={clock.account} /> : <ClosedClock clock={clock} />}
    </section>
  )
}

const ClosedClock = ({ clock }: { clock: ClockView }) =>
  clock.days.length === 0 ? (
    <p className="quiet">{clock.account}</p>
  ) : (
    <details>
      <summary>{clock.account}</summary>
      <DayGrid label={`${clock.label}逐日`} days={clock.days} />
    </details>
  )

function Steps({ steps }: CasePageModel) {
  const others = steps.filter(({ main }) => !main)
  return (
    <>
      {steps
        .filter(({ main }) => main)
        .map(({ href, label }, i) => (
          <p key={href}>
            <LinkButton href={href} second={i > 0}>
              {label}
            </LinkButton>
          </p>
        ))}
      {others.length > 0 && <h3>其他</h3>}
      {others.map(({ href, label, article }) => (
        <p key={href} className="quiet">
          <a href={href}>{label}</a> {article}
        </p>
      ))}
    </>
  )
}
