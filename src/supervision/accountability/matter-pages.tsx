import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { CheckboxGroup, Confirm, DataTable, DateField, DefinitionList, DeskPage, DueDate, FileField, Form, LinkButton, Notice, SelectField, Sheet, Tag, TextArea, TextField, Timeline } from '../../platform/html/index.ts'
import type { Column, FormProps, FormState, ListQuery, Option, TimelineEntry } from '../../platform/html/index.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import { daysBetween } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { EVIDENCE_HINT } from '../progress/evidence-file.ts'
import { MEASURES, MEASURE_NAMES, STATUSES, isMeasure } from './matter.ts'
import type { Matter, MatterEvent, Status } from './matter.ts'
import { ACCOUNTABILITY, STEPS, matterHref } from './matter-acts.ts'
import type { StepName } from './matter-acts.ts'
import type { AccountabilityCounts, MatterRow } from './matter-store.ts'
import { TRIGGERS, isTrigger } from './triggers.ts'
import { RaiseProblem } from '../problems/raise-problem.tsx'

export const CRUMB = { label: '责任追究', href: ACCOUNTABILITY }
const TONES = { opened: 'act', told: 'wait', replied: 'act', decided: 'wait', rectified: 'act', closed: 'ok', withdrawn: 'plain' } as const
export const StatusTag = ({ status }: { status: Status }) => <Tag tone={TONES[status]}>{STATUSES[status]}</Tag>
export const measureWords = (measures: readonly string[]): string => (measures.length === 0 ? '—' : measures.map((each) => (isMeasure(each) ? MEASURES[each] : each)).join('、'))

export interface MatterListModel {
  rows: readonly MatterRow[]
  bodies: ReadonlyMap<string, { name: string; code: string }>
  query: ListQuery
  total: number
  years: readonly number[]
  counts: (AccountabilityCounts & { year: number }) | null
  canManage: boolean
  canExport: boolean
  flash: Flash | null
}

/** 责任追究的各件事项。 */
export function MatterListPage({ rows, bodies, query, total, years, counts, canManage, canExport, flash }: MatterListModel) {
  const columns: Column<MatterRow>[] = [
    { key: 'title', label: '事项', render: (row) => row.title },
    ...(canManage ? [{ key: 'body', label: '机关', render: (row: MatterRow) => bodies.get(row.bodyId)?.name ?? '' }] : []),
    { key: 'status', label: '办到', nowrap: true, render: (row) => <StatusTag status={row.status} /> },
    { key: 'openedOn', label: '提起', nowrap: true, sort: true, render: (row) => row.openedOn },
    { key: 'due', label: '期限', nowrap: true, render: (row) => (row.status === 'told' ? row.replyBy : row.status === 'decided' ? row.rectifyBy : null) ?? '—' },
    { key: 'measures', label: '处理', render: (row) => measureWords(row.measures) },
  ]
  return (
    <DeskPage
      title="责任追究"
      lead="条例第四十六条、第四十七条、第五十二条、第五十三条。线索只提出问题，查明、听过陈述申辩之后才作处理。"
      {...(canManage ? { actions: <><a href={`${ACCOUNTABILITY}/questions`}>看线索</a> <LinkButton href={`${ACCOUNTABILITY}/new`}>提起事项</LinkButton></> } : {})}
    >
      <FlashNotice flash={flash} />
      {counts !== null && (
        <p>
          {counts.year} 年提起 {counts.opened} 件，作出处理 {counts.decided} 件{Object.keys(counts.byMeasure).length > 0 && `（${Object.entries(counts.byMeasure).map(([key, n]) => `${measureWords([key])} ${n}`).join('，')}）`}，撤销 {counts.withdrawn} 件。
        </p>
      )}
      <DataTable
        caption="责任追究事项"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.matterId}
        rowHref={(row) => matterHref(bodies.get(row.bodyId)?.code ?? '', row.matterId)}
        list={{
          query, total, search: '事项的名称',
          filters: [
            { kind: 'select', name: 'status', label: '办到', options: Object.entries(STATUSES).map(([value, label]) => ({ value, label })) },
            { kind: 'select', name: 'year', label: '提起之年', options: years.map((year) => ({ value: String(year), label: `${year} 年` })) },
          ],
          ...(canExport ? { exports: [{ label: 'CSV' as const, href: `${ACCOUNTABILITY}.csv` }] } : {}),
        }}
        empty={canManage ? { title: '没有责任追究事项', children: '由记录得出的线索在「看线索」里，逐条定提不提起。', action: { label: '看线索', href: `${ACCOUNTABILITY}/questions` } } : { title: '没有责任追究事项', children: '区政务公开办告知之后，在这里陈述申辩。' }}
      />
    </DeskPage>
  )
}

export const NewMatterPage = ({ bodies, state }: { bodies: readonly Option[]; state: FormState }) => (
  <DeskPage title="提起责任追究事项" crumbs={[CRUMB]} lead="没有对应线索的在这里提起；有线索的，到「看线索」里选中再提起。提起之后先查明，告知之前机关看不到。">
    <Sheet>
      <Form action={`${ACCOUNTABILITY}/new`} submit="提起" cancel={{ href: ACCOUNTABILITY }} state={state}>
        <SelectField name="body" label="机关" required options={bodies} />
        <MatterFields title="" basis="条例第五十三条" />
      </Form>
    </Sheet>
  </DeskPage>
)

export const MatterFields = ({ title, basis }: { title: string; basis: string }) => (
  <>
    <TextField name="title" label="事项" required value={title} maxLength={120} hint="写问题，不写结论，也不写人名" />
    <TextField name="basis" label="依据" required value={basis} maxLength={200} />
  </>
)

export interface MatterModel {
  bodyId: string
  body: { name: string; code: string }
  matterId: string
  version: number
  matter: Matter
  history: readonly RecordedEvent<MatterEvent>[]
  records: readonly { trigger: string; label: string; note: string }[]
  files: readonly { fileId: string; name: string; step: 'tell' | 'reply' | 'rectify'; addedBy: string }[]
  people: ReadonlyMap<string, string>
  /** 此人此刻可以走的步 */
  steps: readonly StepName[]
  /** 可以指为所涉人员的账号 */
  subjects: readonly Option[]
  leastReplyBy: PlainDate | null
  today: PlainDate
  isOffice: boolean
  /** 机关自己的公开工作机构：可以列为问题 */
  canRaise: boolean
  states: Partial<Record<StepName, FormState>>
  flash: Flash | null
}

/** 一件事项：什么问题、查明了什么、怎样陈述、怎样处理，下一步。 */
export function MatterPage(model: MatterModel) {
  const { body, matter, records, files, steps, isOffice, flash, states } = model
  const stray = Object.entries(states).filter(([step]) => !steps.some((each) => each === step)).flatMap(([, state]) => Object.values(state?.errors ?? {}))
  return (
    <DeskPage title={`${matter.title} 责任追究`} heading={matter.title} crumbs={[CRUMB]} status={<StatusTag status={matter.status} />} lead={body.name}>
      <FlashNotice flash={flash} />
      {stray.map((words) => (
        <Notice key={words} tone="error" title={words} live />
      ))}
      {matter.withdrawn !== null && (
        <Notice tone="info" title={`${matter.withdrawn.on} 已撤销`}>
          {matter.withdrawn.reason}
        </Notice>
      )}
      <div className="aside">
        <div className="stack">
          <Facts {...model} />
          {records.length > 0 && (
            <Sheet title="所列的线索">
              <DataTable
                caption="所列的线索"
                columns={[
                  { key: 'label', label: '记录', render: (row: (typeof records)[number]) => row.label },
                  { key: 'note', label: '情形', render: (row) => row.note },
                ]}
                rows={records}
                rowKey={(row) => `${row.trigger} ${row.label} ${row.note}`}
                empty={{ title: '没有' }}
              />
            </Sheet>
          )}
          {files.length > 0 && (
            <Sheet title="材料">
              <ul>
                {files.map((file) => (
                  <li key={file.fileId}>
                    <a href={`${matterHref(body.code, model.matterId)}/files/${file.fileId}`}>{file.name}</a> <span className="quiet">{STEPS[file.step].label}，{model.people.get(file.addedBy) ?? ''}</span>
                  </li>
                ))}
              </ul>
            </Sheet>
          )}
          {steps.map((step) => (
            <StepForm key={step} step={step} {...model} />
          ))}
          <Sheet title="经过">
            <Timeline entries={storyOf(model)} />
          </Sheet>
        </div>
        <aside className="stack" aria-label="下一步">
          <section className="sheet">
            <Due {...model} />
            <h2>下一步</h2>
            <p>{nextWords(matter.status, isOffice)}</p>
          </section>
        </aside>
      </div>
    </DeskPage>
  )
}

function Facts({ matter, matterId, people, canRaise }: MatterModel) {
  const { told, reply, decision } = matter
  return (
    <Sheet title="事项">
      <DefinitionList
        items={[
          ['问题', matter.trigger !== null && isTrigger(matter.trigger) ? `${TRIGGERS[matter.trigger].label}：${TRIGGERS[matter.trigger].question}？` : '另行提起'],
          ['依据', matter.basis],
          ...(told === null ? [] : ([['查明的事实', told.findings], ...(told.subject === null ? [] : [['所涉人员', people.get(told.subject) ?? '（账号已停用）'] as const])] as const)),
          ...(reply === null ? [] : ([['陈述申辩', reply.said]] as const)),
          ...(decision === null ? [] : ([['处理', measureWords(decision.measures)], ['理由', decision.reason], ...(decision.rectifyBy === null ? [] : [['整改期限', decision.rectifyBy] as const])] as const)),
        ]}
      />
      {canRaise && decision !== null && <RaiseProblem source="accountability" id={matterId} />}
    </Sheet>
  )
}

const WORDS: Record<StepName, { label: string; hint: string; consequences: readonly string[] }> = {
  tell: { label: '查明的事实', hint: '写事实，不写结论，不写个人信息', consequences: ['机关收到通知，可以陈述申辩', '期限过了才能处理，先陈述的不必等'] },
  reply: { label: '陈述与申辩', hint: '可以附材料；不写个人信息', consequences: ['提交之后不能再改'] },
  decide: { label: '理由', hint: '写明采纳了哪些陈述、为何', consequences: ['机关收到通知', '没有整改期限的，作出即办结'] },
  rectify: { label: '整改的情况', hint: '写明做了什么，可以附材料', consequences: ['区政务公开办确认之后办结'] },
  return: { label: '哪里没有到位', hint: '', consequences: ['机关在新的期限之内继续整改'] },
  close: { label: '意见', hint: '', consequences: ['办结'] },
  withdraw: { label: '撤销的理由', hint: '查明不成立、处理有误的', consequences: ['事项留着，写明已撤销；统计里的处理不再计它', '告知过机关的，机关收到通知'] },
}

function StepForm({ step, matterId, version, body, matter, states, subjects, leastReplyBy }: MatterModel & { step: StepName }) {
  const { label } = STEPS[step]
  const { label: said, hint, consequences } = WORDS[step]
  const withFile = 'files' in STEPS[step]
  const state = states[step]
  const form: FormProps = {
    action: `${matterHref(body.code, matterId)}/${step}`,
    submit: label,
    danger: step === 'withdraw',
    hidden: { seen: String(version) },
    multipart: withFile,
    ...(state === undefined ? {} : { state }),
    children: (
      <>
        {step === 'decide' && <CheckboxGroup name="measures" label="处理" required options={MEASURE_NAMES.map((value) => ({ value, label: MEASURES[value] }))} hint="人事上的只移送有管理权限的机关，本系统不作处分" />}
        <TextArea name={`${step}-said`} label={said} required rows={4} maxLength={2000} {...(hint === '' ? {} : { hint })} />
        {step === 'tell' && <TextField name="basis" label="依据" required value={matter.basis} maxLength={200} />}
        {step === 'tell' && subjects.length > 0 && <SelectField name="subject" label="所涉人员" options={subjects} blank="不涉及个人" hint="只记账号" />}
        {step === 'tell' && <DateField name="by" label="陈述申辩截止" required {...(leastReplyBy === null ? {} : { value: leastReplyBy, min: leastReplyBy })} hint="不得短于机关的设置（本区设定）" />}
        {step === 'decide' && <DateField name="decide-by" label="整改期限" hint="责令改正的须填" />}
        {step === 'return' && <DateField name="return-by" label="整改期限" required />}
        {withFile && <FileField name={`${step}-file`} label="材料" hint={EVIDENCE_HINT} accept=".pdf,.docx,.xlsx,.jpg,.jpeg,.png" />}
      </>
    ),
  }
  if (step === 'withdraw') return <Confirm what={label} consequences={consequences} form={form} />
  return (
    <Sheet title={label}>
      <p className="quiet">{consequences.join('；')}。</p>
      <Form {...form} />
    </Sheet>
  )
}

function Due({ matter, today }: MatterModel) {
  const [label, on] = matter.status === 'told' ? ['陈述申辩截止', matter.told?.replyBy ?? null] : matter.status === 'decided' ? ['整改期限', matter.decision?.rectifyBy ?? null] : ['', null]
  if (on === null) return null
  const days = daysBetween(today, on)
  return <DueDate label={label} on={on} state={days < 0 ? 'late' : days <= 3 ? 'soon' : 'ahead'} note={days > 0 ? `还有 ${days} 日` : days === 0 ? '今日' : `已过 ${-days} 日`} />
}

function nextWords(status: Status, isOffice: boolean): string {
  const [office, body] = NEXT[status]
  return isOffice ? office : body
}

const NEXT: Record<Status, readonly [office: string, body: string]> = {
  opened: ['查明事实，告知机关，给陈述申辩的期限。', ''],
  told: ['等机关陈述申辩；期限过了没有陈述的，可以处理。', '看查明的事实，由负责人在期限之内陈述申辩。'],
  replied: ['看机关的陈述，作出处理。', '等区政务公开办处理。'],
  decided: ['等机关整改并报告。', '在期限之内整改，由负责人报告。'],
  rectified: ['看整改的情况：到位的确认，没有到位的退回。', '等区政务公开办确认。'],
  closed: ['办结了。', '办结了。'],
  withdrawn: ['已撤销。', '已撤销。'],
}

const EVENT_WORDS: Record<MatterEvent['kind'], string> = { opened: '提起', told: '告知查明的事实', replied: '陈述申辩', decided: '作出处理', rectified: '报告整改', returned: '退回整改', closed: '确认整改，办结', withdrawn: '撤销' }

const storyOf = ({ history, people }: MatterModel): TimelineEntry[] =>
  history.map(({ event, actor }) => ({ on: event.on, text: EVENT_WORDS[event.kind], note: [people.get(actor) ?? '', ...('said' in event ? [event.said] : 'reason' in event ? [event.reason] : [])].filter((each) => each !== '').join('：') }))
