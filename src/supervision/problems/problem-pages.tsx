import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { Confirm, DataTable, DateField, DefinitionList, DeskPage, DueDate, EmptyState, Form, LinkButton, Notice, PostButton, SelectField, Sheet, Tabs, Tag, TextArea, TextField } from '../../platform/html/index.ts'
import type { FormState, ListQuery, Tone } from '../../platform/html/index.ts'
import { daysBetween } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { WorkState } from '../leading-group/leading-group-pages.tsx'
import type { ProgressNote } from '../progress/progress.ts'
import { ProgressForm, ProgressTimeline } from '../progress/progress-view.tsx'
import { answerOf, MEASURE_STATES, PROBLEM_SOURCES, PROBLEM_STATES } from './problem.ts'
import type { Measure, Problem, ProblemState } from './problem.ts'
import { measureHref, problemHref, PROBLEMS } from './problem-acts.ts'

const HOME = [{ label: '问题与措施', href: PROBLEMS }]
const TONES: Readonly<Record<ProblemState, Tone>> = { open: 'wait', solved: 'ok', dropped: 'plain' }
const StateTag = ({ state }: { state: ProblemState }) => <Tag tone={TONES[state]}>{PROBLEM_STATES[state]}</Tag>
export type Accounts = ReadonlyMap<string, string>

export interface ProblemsModel {
  year: number
  years: readonly { year: number; count: number }[]
  rows: readonly Problem[]
  query: ListQuery
  total: number
  today: PlainDate
  /** 上年、今年的报告里有而还没有取来的问题 */
  past: { count: number; source: string } | null
  reportHref: string
  canHandle: boolean
  canExport: boolean
  flash: Flash | null
}

/** 写进某年报告的问题：各有措施、责任、时限，逐年相接。 */
export function ProblemsPage({ year, years, rows, query, total, today, past, reportHref, canHandle, canExport, flash }: ProblemsModel) {
  return (
    <DeskPage
      title="问题与改进措施"
      lead="年度报告第五部分由此而来：今年列的问题与措施，明年逐条交代整改情况。"
      {...(canHandle ? { actions: <LinkButton href={`${PROBLEMS}/new?year=${year}`}>列一个问题</LinkButton> } : {})}
    >
      <FlashNotice flash={flash} />
      <Tabs label="年度" current={`${PROBLEMS}?year=${year}`} tabs={years.map((one) => ({ label: `${one.year} 年`, href: `${PROBLEMS}?year=${one.year}`, count: one.count }))} />
      {past !== null && canHandle && (
        <Notice tone="info" title={`${past.source}第五部分有 ${past.count} 个问题，登记里还没有`}>
          <PostButton action={`${PROBLEMS}/import`} fields={{ year: String(year) }} label={`从 ${year} 年度报告取来`} />
        </Notice>
      )}
      <DataTable
        caption={`${year} 年的问题`}
        columns={[
          { key: 'content', label: '问题', render: (row: Problem) => row.content },
          { key: 'source', label: '来自', nowrap: true, render: (row) => PROBLEM_SOURCES[row.source] },
          { key: 'measures', label: '措施', render: (row) => <MeasureSummary measures={row.measures} today={today} /> },
          { key: 'state', label: '现在', render: (row) => <StateTag state={row.state} /> },
        ]}
        rows={rows}
        rowKey={(row) => row.problemId}
        rowHref={(row) => problemHref(row.problemId)}
        list={{
          query,
          total,
          search: '问题、措施里的字',
          fixed: ['year'],
          clear: `${PROBLEMS}?year=${year}`,
          filters: [
            { kind: 'select', name: 'state', label: '现在', options: Object.entries(PROBLEM_STATES).map(([value, label]) => ({ value, label })) },
            { kind: 'select', name: 'source', label: '来自', options: Object.entries(PROBLEM_SOURCES).map(([value, label]) => ({ value, label })) },
          ],
          ...(canExport ? { exports: [{ label: 'CSV' as const, href: `${PROBLEMS}.csv` }] } : {}),
        }}
        empty={{ title: `${year} 年还没有列问题`, children: '自查发现的、投诉举报成立的、报告被退回的、复议诉讼中被纠正的，都可以列在这里。', ...(canHandle ? { action: { label: '列一个问题', href: `${PROBLEMS}/new?year=${year}` } } : {}) }}
      />
      {rows.length > 0 && (
        <p className="quiet">
          编年度报告时，在<a href={reportHref}>正文</a>里按「从登记补入」，把这里的问题与整改情况补进第五部分。
        </p>
      )}
    </DeskPage>
  )
}

function MeasureSummary({ measures, today }: { measures: readonly Measure[]; today: PlainDate }) {
  if (measures.length === 0) return <Tag tone="late">没有措施</Tag>
  const done = measures.filter(({ state }) => state === 'done').length
  const late = measures.filter(({ state, dueOn }) => state === 'open' && dueOn < today).length
  return (
    <>
      {measures.length} 项，办结 {done} 项{late > 0 && <> <Tag tone="late">{`${late} 项逾期`}</Tag></>}
    </>
  )
}

export const NewProblemPage = ({ year, years, state }: { year: number; years: readonly number[]; state: FormState }) => (
  <DeskPage title="列一个问题" crumbs={HOME}>
    <Sheet>
      <Form action={`${PROBLEMS}/new`} submit="列上" cancel={{ href: `${PROBLEMS}?year=${year}` }} state={state}>
        <SelectField name="year" label="写进哪一年的报告" required value={String(year)} blank={null} options={years.map((one) => ({ value: String(one), label: `${one} 年` }))} />
        <TextArea name="content" label="问题" required rows={3} maxLength={1000} hint="写具体：哪件事、哪个环节、什么程度；不写个人信息" />
      </Form>
    </Sheet>
  </DeskPage>
)

export interface ProblemModel {
  problem: Problem
  notes: ReadonlyMap<string, readonly ProgressNote[]>
  carried: { problemId: string; year: number } | null
  accounts: Accounts
  today: PlainDate
  canHandle: boolean
  states: { edit: FormState; measure: FormState }
  flash: Flash | null
}

/** 一个问题：从哪里来，有哪些措施，整改情况怎样写。 */
export function ProblemPage({ problem, notes, carried, accounts, today, canHandle, states, flash }: ProblemModel) {
  const here = problemHref(problem.problemId)
  const version = { version: String(problem.version) }
  const open = problem.state === 'open'
  return (
    <DeskPage title={problem.content} heading={problem.content} crumbs={[...HOME, { label: `${problem.year} 年`, href: `${PROBLEMS}?year=${problem.year}` }]} status={<StateTag state={problem.state} />}>
      <FlashNotice flash={flash} />
      <div className="stack">
        <Sheet title="问题">
          <DefinitionList
            items={[
              ['写进', `${problem.year} 年的报告`],
              ['来自', problem.sourceHref === null ? PROBLEM_SOURCES[problem.source] : <a key="s" href={problem.sourceHref}>{PROBLEM_SOURCES[problem.source]}</a>],
              ...(carried === null ? [] : [['已结转', <a key="c" href={problemHref(carried.problemId)}>{`${carried.year} 年的同一个问题`}</a>] as const]),
              ...(problem.endedOn === null ? [] : [[PROBLEM_STATES[problem.state], problem.endedOn] as const]),
              [`${problem.year + 1} 年报告里的整改情况`, answerOf(problem) || '还没有办结的措施，也没有写'],
            ]}
          />
        </Sheet>
        <DataTable
          caption="改进措施"
          showCaption
          columns={[
            { key: 'content', label: '措施', render: (row: Measure) => row.content },
            { key: 'unit', label: '责任', render: (row) => `${row.unit}${row.owner === null ? '' : `，${accounts.get(row.owner) ?? '已离岗'}`}` },
            { key: 'dueOn', label: '时限', nowrap: true, render: (row) => row.dueOn },
            { key: 'notes', label: '进展', unit: '次', align: 'end', render: (row) => notes.get(row.measureId)?.length ?? 0 },
            { key: 'state', label: '现在', render: (row) => <WorkState state={row.state} dueOn={row.dueOn} today={today} /> },
          ]}
          rows={problem.measures}
          rowKey={(row) => row.measureId}
          rowHref={(row) => measureHref(row.measureId)}
          empty={{ title: '还没有措施', children: '写明做什么、谁负责、何时办结；年度报告里问题与措施须一一对应。' }}
        />
        {canHandle && open && (
          <Sheet title="添一项措施">
            <MeasureForm action={`${here}/measures`} submit="添上" measure={null} accounts={accounts} state={states.measure} />
          </Sheet>
        )}
        {canHandle && (
          <Sheet title="问题与整改情况的写法">
            <Form action={here} submit="改好" state={states.edit} hidden={version}>
              <TextArea name="content" label="问题" required rows={3} maxLength={1000} value={problem.content} />
              <TextArea name="answer" label="整改情况" rows={4} maxLength={2000} value={problem.answer} hint={`写进 ${problem.year + 1} 年的报告；不写的，用各项措施最近一次的进展`} />
            </Form>
          </Sheet>
        )}
        {canHandle && open && (
          <Sheet title="了结">
            <p>措施都办结了，记为已整改；年底还没有整改完的，结转到下一年，另定措施。</p>
            <PostButton action={`${here}/end`} fields={{ ...version, as: 'solved' }} label="已整改" />{' '}
            {carried === null && <PostButton action={`${here}/carry`} fields={version} label={`结转到 ${problem.year + 1} 年`} kind="second" />}
          </Sheet>
        )}
        {canHandle && open && <Confirm what="不再列这个问题" consequences={['不写进年度报告', '记录留着，可以查']} form={{ action: `${here}/end`, submit: '不再列', hidden: { ...version, as: 'dropped' } }} />}
      </div>
    </DeskPage>
  )
}

const MeasureForm = ({ action, submit, measure, accounts, state }: { action: string; submit: string; measure: Measure | null; accounts: Accounts; state: FormState }) => (
  <Form action={action} submit={submit} state={state} hidden={{ version: String(measure?.version ?? 0) }}>
    <TextArea name="content" label="措施" required rows={2} maxLength={1000} value={measure?.content} />
    <TextField name="unit" label="责任" required maxLength={80} width="middle" value={measure?.unit} hint="科室、单位" />
    <SelectField name="owner" label="经办人" blank="不指定" value={measure?.owner ?? ''} options={[...accounts].map(([value, label]) => ({ value, label }))} />
    <DateField name="dueOn" label="时限" required value={measure?.dueOn} />
  </Form>
)

export interface MeasureModel {
  measure: Measure & { problem: string; year: number }
  notes: readonly ProgressNote[]
  people: ReadonlyMap<string, string>
  accounts: Accounts
  today: PlainDate
  canHandle: boolean
  canNote: boolean
  states: { note: FormState; edit: FormState }
  flash: Flash | null
}

/** 一项措施：时限、进展与佐证。 */
export function MeasurePage({ measure, notes, people, accounts, today, canHandle, canNote, states, flash }: MeasureModel) {
  const here = measureHref(measure.measureId)
  const left = daysBetween(today, measure.dueOn)
  const open = measure.state === 'open'
  return (
    <DeskPage title={measure.content} heading={measure.content} crumbs={[...HOME, { label: measure.problem.length > 24 ? `${measure.problem.slice(0, 24)}…` : measure.problem, href: problemHref(measure.problemId) }]} status={<WorkState state={measure.state} dueOn={measure.dueOn} today={today} />}>
      <FlashNotice flash={flash} />
      <div className="stack">
        <DueDate label={open ? '应当办结于' : `${MEASURE_STATES[measure.state]}于`} on={measure.endedOn ?? measure.dueOn} state={open ? (left < 0 ? 'late' : left <= 7 ? 'soon' : 'ahead') : 'met'} note={open ? (left < 0 ? `已逾期 ${-left} 天` : `还有 ${left} 天`) : `时限 ${measure.dueOn}`} />
        <Sheet title="措施">
          <DefinitionList items={[['问题', <a key="p" href={problemHref(measure.problemId)}>{measure.problem}</a>], ['责任', measure.unit], ['经办人', measure.owner === null ? '没有指定' : (accounts.get(measure.owner) ?? people.get(measure.owner) ?? '已离岗')]]} />
        </Sheet>
        <Sheet title="进展">{notes.length === 0 ? <EmptyState title="还没有记过进展">办了一步就记一次，附上佐证，写报告时即可取用。</EmptyState> : <ProgressTimeline notes={notes} people={people} />}</Sheet>
        {canNote && open && (
          <Sheet title="记进展">
            <ProgressForm action={`${here}/notes`} version={measure.version} today={today} state={states.note} done="记进展，并已办结" mayDrop={canHandle} />
          </Sheet>
        )}
        {canHandle && open && (
          <details className="sheet" open={Object.keys(states.edit.errors).length > 0}>
            <summary>改措施、责任、时限</summary>
            <MeasureForm action={here} submit="改好" measure={measure} accounts={accounts} state={states.edit} />
          </details>
        )}
      </div>
    </DeskPage>
  )
}
