import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DataTable, DeskPage, Form, PostButton, RadioGroup, SelectField, Sheet, Tabs, Tag, TextArea, TextField } from '../../platform/html/index.ts'
import type { Column, FormState, ListQuery } from '../../platform/html/index.ts'
import { ImportSheet } from '../progress/import-sheet.tsx'
import type { TableFault } from '../progress/read-table.ts'
import { keyOf } from './draw-paper.ts'
import type { OwnQuestion } from './bank.ts'
import { answerText, LETTERS, QUESTION_KINDS, TOPICS } from './question.ts'
import type { Question } from './question.ts'
import { STARTER_QUESTIONS } from './starter-questions.ts'
import { HOME, QUESTIONS, TrainingTabs } from './training-frame.tsx'

const toTabs = (own: number) => [
  { label: '随系统带来的', href: QUESTIONS, count: STARTER_QUESTIONS.length },
  { label: '本机关的', href: `${QUESTIONS}/own`, count: own },
]
const TOPIC_OPTIONS = Object.entries(TOPICS).map(([value, label]) => ({ value, label }))
const CRUMBS = [...HOME, { label: '题库', href: QUESTIONS }]

// 答卷的人不该先看见答案：只给办理题库的人看
const columnsFor = (canHandle: boolean): Column<Question>[] => COLUMNS.filter(({ key }) => canHandle || key !== 'answer')

const COLUMNS: readonly Column<Question>[] = [
  { key: 'stem', label: '题干', render: (row) => row.stem },
  { key: 'topic', label: '课题', render: (row) => TOPICS[row.topic] },
  { key: 'kind', label: '种类', nowrap: true, render: (row) => QUESTION_KINDS[row.kind] },
  { key: 'answer', label: '答案', render: (row) => <AnswerCell question={row} /> },
  { key: 'article', label: '依据', render: (row) => row.article },
]

function AnswerCell({ question }: { question: Question }) {
  if (question.kind === 'judge') return <>{answerText(question)}</>
  return <>{Array.from(question.answer).map((letter) => `${letter}. ${question.options[LETTERS.indexOf(letter)] ?? ''}`).join('；')}</>
}

const list = (query: ListQuery, total: number) => ({ query, total, search: '题干、依据里的字', filters: [{ kind: 'select' as const, name: 'topic', label: '课题', options: TOPIC_OPTIONS }] })

export interface QuestionsModel {
  query: ListQuery
  total: number
  own: number
  canHandle: boolean
  flash: Flash | null
}

/** 随系统带来的题：每题写明依据；不合用的可以停用，或者照着改成自己的。 */
export function StarterQuestionsPage({ rows, stopped, query, total, own, canHandle, flash }: QuestionsModel & { rows: readonly Question[]; stopped: ReadonlySet<string> }) {
  return (
    <DeskPage title="题库" crumbs={HOME} lead="抽题从这些题与本机关的题里抽；题干相同的以本机关的为准。">
      <FlashNotice flash={flash} />
      <TrainingTabs current={QUESTIONS} />
      <Tabs label="题库" tabs={toTabs(own)} current={QUESTIONS} />
      <DataTable
        caption="随系统带来的题"
        columns={[
          ...columnsFor(canHandle),
          {
            key: 'act',
            label: '用不用',
            render: (row: Question) => (stopped.has(row.stem) ? <Tag>本机关已另定</Tag> : canHandle ? <PostButton action={`${QUESTIONS}/stop`} fields={{ key: keyOf(row.stem) }} label="停用" kind="link" spoken={`停用：${row.stem}`} /> : '在用'),
          },
        ]}
        rows={rows}
        rowKey={(row) => row.stem}
        list={list(query, total)}
        empty={{ title: '没有' }}
      />
    </DeskPage>
  )
}

/** 本机关自己的题：逐题写，或者从表里导入。 */
export function OwnQuestionsPage({ rows, query, total, own, canHandle, canExport, states, faults, flash }: QuestionsModel & { rows: readonly OwnQuestion[]; canExport: boolean; states: { add: FormState; file: FormState }; faults: readonly TableFault[] }) {
  return (
    <DeskPage title="本机关的题" crumbs={CRUMBS}>
      <FlashNotice flash={flash} />
      <TrainingTabs current={QUESTIONS} />
      <Tabs label="题库" tabs={toTabs(own)} current={`${QUESTIONS}/own`} />
      <div className="stack">
        <DataTable
          caption="本机关的题"
          columns={[...(columnsFor(canHandle) as Column<OwnQuestion>[]), { key: 'active', label: '用不用', render: (row: OwnQuestion) => (row.active ? <Tag tone="ok">在用</Tag> : <Tag>停用</Tag>) }]}
          rows={rows}
          rowKey={(row) => row.questionId}
          {...(canHandle ? { rowHref: (row: OwnQuestion) => `${QUESTIONS}/${row.questionId}` } : {})}
          list={{ ...list(query, total), ...(canExport ? { exports: [{ label: 'CSV' as const, href: `${QUESTIONS}.csv` }] } : {}) }}
          empty={{ title: '本机关还没有写过题', children: '结合本机关办错的事出题，最管用；可以一次导入。' }}
        />
        {canHandle && (
          <>
            <Sheet title="添一道题">
              <QuestionForm action={`${QUESTIONS}/own`} submit="添上" state={states.add} />
            </Sheet>
            <ImportSheet title="导入题库" base={QUESTIONS} lead="题干相同的换成新的。" state={states.file} faults={faults} />
          </>
        )}
      </div>
    </DeskPage>
  )
}

function QuestionForm({ action, submit, state, question }: { action: string; submit: string; state: FormState; question?: OwnQuestion }) {
  return (
    <Form action={action} submit={submit} state={state} {...(question === undefined ? {} : { cancel: { href: `${QUESTIONS}/own` } })}>
      <RadioGroup name="kind" label="种类" required value={question?.kind ?? 'single'} options={Object.entries(QUESTION_KINDS).map(([value, label]) => ({ value, label }))} />
      <SelectField name="topic" label="课题" required value={question?.topic} options={TOPIC_OPTIONS} />
      <TextArea name="stem" label="题干" required rows={2} maxLength={400} value={question?.stem} />
      <TextArea name="options" label="选项" rows={4} maxLength={1300} value={question?.kind === 'judge' ? '' : question?.options.join('\n')} hint="一行一个，两个至六个；判断题不填" />
      <TextField name="answer" label="答案" required width="short" maxLength={10} value={question === undefined ? '' : answerText(question)} hint="选项的字母，如 B、ACD；判断题写「对」「错」" />
      <TextField name="article" label="依据" required maxLength={100} width="middle" value={question?.article} hint="如：条例第三十三条第二款" />
      <TextArea name="explanation" label="说明" rows={2} maxLength={600} value={question?.explanation} hint="答完之后给人看" />
      {question !== undefined && <RadioGroup name="active" label="用不用" required value={question.active ? 'yes' : 'no'} options={[{ value: 'yes', label: '在用' }, { value: 'no', label: '停用', hint: '以后不抽这一题，答过的不变' }]} />}
    </Form>
  )
}

export const QuestionPage = ({ question, state }: { question: OwnQuestion; state: FormState }) => (
  <DeskPage title="改一道题" crumbs={[...CRUMBS, { label: '本机关的题', href: `${QUESTIONS}/own` }]}>
    <Sheet>
      <QuestionForm action={`${QUESTIONS}/${question.questionId}`} submit="改好" state={state} question={question} />
    </Sheet>
  </DeskPage>
)
