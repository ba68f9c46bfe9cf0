import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { CheckboxGroup, DataTable, DeskPage, Form, Notice, Sheet, TextField } from '../../platform/html/index.ts'
import type { FormState, ListQuery } from '../../platform/html/index.ts'
import { CRUMB, MatterFields } from './matter-pages.tsx'
import { ACCOUNTABILITY, matterHref } from './matter-acts.ts'
import { MOST_QUESTIONS } from './questions.ts'
import type { Question, QuestionRecords } from './questions.ts'
import { TRIGGERS, TRIGGER_KEYS } from './triggers.ts'
import type { TriggerKey } from './triggers.ts'

const QUESTIONS = `${ACCOUNTABILITY}/questions`
export const questionHref = (code: string, trigger: TriggerKey, year: number): string => `${QUESTIONS}/${code}/${trigger}?year=${year}`

export interface QuestionsModel {
  year: number
  rows: readonly Question[]
  bodies: ReadonlyMap<string, { name: string; code: string }>
  query: ListQuery
  total: number
  years: readonly number[]
}

/** 一年的线索：由记录得出，只提出问题。 */
export function QuestionsPage({ year, rows, bodies, query, total, years }: QuestionsModel) {
  return (
    <DeskPage title={`${year} 年的线索`} crumbs={[CRUMB]} lead="由记录得出的问题，不是结论。逐条看过，定提不提起；不提起的写明理由。">
      <DataTable
        caption="线索"
        columns={[
          { key: 'trigger', label: '哪一种', render: (row: Question) => TRIGGERS[row.trigger].label },
          { key: 'body', label: '机关', render: (row) => bodies.get(row.bodyId)?.name ?? '' },
          { key: 'found', label: '记录', unit: '条', align: 'end', render: (row) => row.found },
          { key: 'handled', label: '已处置', unit: '条', align: 'end', render: (row) => row.handled },
          { key: 'question', label: '问题', render: (row) => `${TRIGGERS[row.trigger].question}？` },
        ]}
        rows={rows}
        rowKey={(row) => `${row.bodyId} ${row.trigger}`}
        rowHref={(row) => questionHref(bodies.get(row.bodyId)?.code ?? '', row.trigger, year)}
        list={{
          query, total, search: '机关的名称', fixed: ['year'], clear: `${QUESTIONS}?year=${year}`,
          filters: [
            { kind: 'select', name: 'trigger', label: '哪一种', options: TRIGGER_KEYS.map((value) => ({ value, label: TRIGGERS[value].label })) },
            { kind: 'select', name: 'year', label: '年度', options: years.map((each) => ({ value: String(each), label: `${each} 年` })) },
          ],
        }}
        empty={{ title: `${year} 年没有线索`, children: '要另行提起的，回到责任追究，点「提起事项」。', action: { label: '提起事项', href: `${ACCOUNTABILITY}/new` } }}
      />
    </DeskPage>
  )
}

export interface QuestionModel {
  body: { name: string; code: string }
  trigger: TriggerKey
  year: number
  records: QuestionRecords
  state: FormState
  flash: Flash | null
}

/** 一机关一种线索的逐条：选中，提起或者写明不提起。 */
export function QuestionPage({ body, trigger, year, records: { open, handled, more }, state, flash }: QuestionModel) {
  const { label, question, basis } = TRIGGERS[trigger]
  const by = `${QUESTIONS}/${body.code}/${trigger}`
  return (
    <DeskPage title={`${label} ${body.name} ${year}`} heading={`${body.name}：${label}`} crumbs={[CRUMB, { label: `${year} 年的线索`, href: `${QUESTIONS}?year=${year}` }]} lead={`${question}？`}>
      <FlashNotice flash={flash} />
      {more && <Notice tone="info" title={`先列 ${MOST_QUESTIONS} 条，处置了再列其余的`} />}
      {open.length === 0 ? (
        <Notice tone="ok" title="没有等着处置的线索" />
      ) : (
        <Sheet title="等着处置的">
          <Form action={by} submit="提起" state={state} hidden={{ year: String(year) }} alternatives={[{ name: 'aside', value: 'yes', label: '不提起' }]} cancel={{ href: `${QUESTIONS}?year=${year}` }}>
            <CheckboxGroup name="record" label="选中的" required options={open.map(({ recordId, label: words, note }) => ({ value: recordId, label: words, hint: note }))} />
            <MatterFields title={`${year} 年${label}`} basis={basis} />
            <TextField name="reason" label="不提起的理由" maxLength={300} hint="点「不提起」的须填，如已整改、另案处理、情形轻微" />
          </Form>
        </Sheet>
      )}
      {handled.length > 0 && (
        <Sheet title="处置过的">
          <DataTable
            caption="处置过的"
            columns={[
              { key: 'label', label: '记录', render: (row: (typeof handled)[number]) => row.label },
              { key: 'note', label: '情形', render: (row) => row.note },
              { key: 'to', label: '处置', render: (row) => (row.matterId === null ? `不提起：${row.reason ?? ''}` : <a href={matterHref(body.code, row.matterId)}>列入事项</a>) },
              { key: 'on', label: '日期', nowrap: true, render: (row) => row.handledOn },
            ]}
            rows={handled}
            rowKey={(row) => row.recordId}
            empty={{ title: '没有' }}
          />
        </Sheet>
      )}
    </DeskPage>
  )
}
