import { STATUSES } from '../../applications/index.ts'
import type { AnswerState } from '../../applications/index.ts'
import type { ReactNode } from 'react'
import { DefinitionList, LinkButton, Tag } from '../../platform/html/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Calendar } from '../../statute/calendar.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { hrefOf, hrefOfAnswer } from '../desk/hrefs.ts'
import { ANSWER_STATUSES } from '../answer/answer-store.ts'
import type { AnswerEntry } from '../answer/answer-store.ts'
import type { OpenedCase } from '../open-case.ts'
import { DUTY_KINDS, isFeedback, isPending, termWords } from './duty.ts'
import type { Duty } from './duty.ts'
import { answersOf, stateOf } from './duty-states.ts'
import type { DutyState } from './duty-states.ts'
import { dueOf } from './duty-store.ts'

export interface DutyView {
  duty: Duty
  state: DutyState
  /** 已起草的报告、复函 */
  letters: readonly AnswerEntry[]
}

/** 一件案件要履行、反馈的各项，与办到哪里。 */
export async function listDutyViews(tx: Tx, opened: OpenedCase, letters: readonly AnswerEntry[], { calendar, today }: { calendar: Calendar; today: PlainDate }): Promise<DutyView[]> {
  const { duties } = opened.state
  const answers = await answersOf(tx, opened.bodyId, duties.map(({ applicationId }) => applicationId))
  return duties.map((duty) => ({
    duty,
    state: stateOf({ dueOn: dueOf(duty, calendar), applicationId: duty.applicationId, doneOn: duty.done?.on ?? null }, answers, today),
    letters: letters.filter(({ dutyId }) => dutyId === duty.id),
  }))
}

/** 案件页上：决定、裁判要履行的，意见书、建议书要反馈的；没有的不写。 */
export function PerformanceBlock({ caseId, views, canHandle }: { caseId: string; views: readonly DutyView[]; canHandle: boolean }) {
  if (views.length === 0) return null
  return (
    <>
      <h2 id="performance">履行与反馈</h2>
      {views.map((view) => (
        <DutySection key={view.duty.id} caseId={caseId} canHandle={canHandle} {...view} />
      ))}
    </>
  )
}

function DutySection({ caseId, duty, state, letters, canHandle }: DutyView & { caseId: string; canHandle: boolean }) {
  const { answer } = state
  const open = isPending(duty) && state.doneOn === null
  const due = state.dueOn === null ? null : <strong>{state.dueOn}</strong>
  const facts: (readonly [string, ReactNode])[] = [
    ['要办什么', duty.matter],
    ...(duty.documentNo === null ? [] : [['凭', duty.documentNo] as const]),
    ['期限', `${termWords(duty)}${duty.kind === 'new-answer' && duty.term === null ? '，照条例第三十三条' : ''}`],
    ...(due === null ? [] : [['届满', due] as const]),
    ...(answer === null ? [] : [['答复', answerLink(answer)] as const]),
    ...(duty.done === null || duty.done.note === '' ? [] : [['怎样办的', `${duty.done.note}${duty.done.documentNo === null ? '' : `（${duty.done.documentNo}）`}`] as const]),
    ...(duty.dropped === null ? [] : [['不再履行', `${duty.dropped.on}：${duty.dropped.reason}`] as const]),
  ]
  return (
    <section aria-label={`${DUTY_KINDS[duty.kind]}：${duty.matter}`}>
      <h3>
        {DUTY_KINDS[duty.kind]} <Tag tone={toneOf(duty, state)}>{wordsOf(duty, state)}</Tag>
      </h3>
      <DefinitionList items={facts} />
      {letters.map(({ letterId, docNo, status, sentOn }) => (
        <p key={letterId}>
          <a href={hrefOfAnswer(caseId, letterId)}>{docNo ?? (duty.kind === 'opinion' ? '落实情况报告' : '复函')}</a> <Tag tone={status === 'issued' ? 'ok' : 'wait'}>{sentOn === null ? ANSWER_STATUSES[status] : `${sentOn} 送出`}</Tag>
        </p>
      ))}
      {canHandle && open && duty.applicationId === null && <DutyActs caseId={caseId} duty={duty} drafted={letters.some(({ status }) => status !== 'issued')} />}
    </section>
  )
}

const answerLink = ({ caseId, regNo, status, docNo }: AnswerState): ReactNode => (
  <>
    <a href={`/desk/applications/${caseId}`}>{regNo}</a> {STATUSES[status]}
    {docNo === null ? '' : `，${docNo}`}
  </>
)

function DutyActs({ caseId, duty, drafted }: { caseId: string; duty: Duty; drafted: boolean }) {
  const reports = isFeedback(duty.kind)
  return (
    <>
      {reports && !drafted && (
        <form method="post" action={`${hrefOf(caseId)}/answers/new`} className="buttons">
          <input type="hidden" name="duty" value={duty.id} />
          <button className="btn second">起草{duty.kind === 'opinion' ? '落实情况报告' : '复函'}</button>
        </form>
      )}
      <p>
        <LinkButton href={`${hrefOf(caseId)}/steps/finish?duty=${duty.id}`} second>
          记履行、反馈
        </LinkButton>
      </p>
    </>
  )
}

function wordsOf({ dropped }: Duty, { doneOn, late, answer, dueOn }: DutyState): string {
  if (dropped !== null) return '不再履行'
  if (answer?.endedOn != null) return `${answer.endedOn} 没有答复而了结`
  if (doneOn !== null) return `${doneOn} 履行，${dueOn === null ? '没有期限可比' : late ? '逾期' : '按期'}`
  return late ? '已逾期，仍须办' : '未到期'
}

const toneOf = ({ dropped }: Duty, { doneOn, late }: DutyState) => (dropped !== null ? 'plain' : late ? 'late' : doneOn !== null ? 'ok' : 'wait')
