import { DataTable, DeskPage, Form, LinkButton, LinkList, Notice, Sheet, Tabs, Tag, TextField, toListSearch } from '../../platform/html/index.ts'
import type { Column, FormState, ListQuery } from '../../platform/html/index.ts'
import { momentText } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { AWAITING } from '../item.ts'
import type { Awaiting } from '../item.ts'
import type { Handled, ManyStep } from './act-on-many.ts'
import type { ItemField } from './item-action.ts'
import { itemActionOf } from './item-actions.ts'
import type { QueueRow } from './queue-queries.ts'
import type { OpenReminder } from './open-reminders.ts'
import { RemindersForm } from './reminders-form.tsx'
import { StepField } from './step-page.tsx'

export const QUEUE = '/desk/items/review'
const CRUMBS = [{ label: '信息', href: '/desk/items' }]

/** 每一步在列表里的称呼，与可以一次办许多条的。 */
export const QUEUE_TABS = {
  submit: { label: '待送审', many: ['submit'] },
  mend: { label: '退回待改', many: ['submit'] },
  check: { label: '待审核', many: ['check'] },
  'secrecy-review': { label: '待保密审查', many: [] },
  escalated: { label: '已报请确定', many: [] },
  approve: { label: '待批准', many: ['approve'] },
  publish: { label: '待发布', many: ['publish', 'schedule'] },
  scheduled: { label: '定时发布', many: [] },
} as const satisfies Record<Awaiting, { label: string; many: readonly ManyStep[] }>

export interface QueueModel {
  awaiting: Awaiting
  counts: Readonly<Record<Awaiting, number>>
  rows: readonly QueueRow[]
  total: number
  query: ListQuery
  names: ReadonlyMap<string, string>
  today: PlainDate
  /** 此人可以一次办许多条的步骤 */
  many: readonly ManyStep[]
  /** 全都选上 */
  picked: boolean
  error: string | null
}

export const keyOf = ({ itemId, version }: Pick<QueueRow, 'itemId' | 'version'>): string => `${itemId}.${version}`

/** 审查与发布：各步各有哪些在等，先到期的在前；可以选若干条一次办。 */
export function QueuePage(model: QueueModel) {
  const { awaiting, counts, many, error } = model
  const tabs = (Object.keys(QUEUE_TABS) as Awaiting[]).filter((step) => counts[step] > 0 || step === awaiting).map((step) => ({ label: QUEUE_TABS[step].label, href: `${QUEUE}?step=${step}`, count: counts[step] }))
  const [first, ...others] = many
  return (
    <DeskPage title="审查与发布" crumbs={CRUMBS} lead={LEADS[awaiting]}>
      <div className="stack">
        <Tabs label="各步" tabs={tabs} current={`${QUEUE}?step=${awaiting}`} />
        {error !== null && <Notice tone="error" title={error} live />}
        {first !== undefined && model.rows.length > 0 ? <Picking {...model} first={first} others={others} /> : <Rows {...model} />}
      </div>
    </DeskPage>
  )
}

const LEADS: Readonly<Record<Awaiting, string>> = {
  submit: '先预检，阻断的去掉、提醒的确认之后送审。',
  mend: '照退回的意见改好再送审。',
  check: '审核的人不能是承办人。',
  'secrecy-review': '先审查、后公开，逐项审查；审查的是这一份内容，改一个字就要重来。',
  escalated: '主管部门或者保密行政管理部门确定之后，记下结论。',
  approve: '批准的人不能是承办人。',
  publish: '发布的人不能是承办人；三人分工的，也不能是审查人。',
  scheduled: '到时由系统以所定的人的名义发布；内容改了的不发布。',
}

// 选若干条一次办：表在表单里，检索、翻页另在其外
function Picking({ first, others, ...model }: QueueModel & { first: ManyStep; others: readonly ManyStep[] }) {
  const { awaiting, rows, total, query, picked } = model
  const [title, ...columns] = columnsOf(model)
  if (title === undefined) return null
  return (
    <>
      {(total > rows.length || query.q !== '') && (
        <Form method="get" action={QUEUE} submit="检索" hidden={{ step: awaiting }}>
          <TextField name="q" label="标题、索引号里的字" value={query.q} />
        </Form>
      )}
      <Form action={`${QUEUE}/many`} submit={`${itemActionOf(first).label}所选的`} hidden={{ step: first }} alternatives={others.map((step) => ({ name: 'other', value: step, label: `${itemActionOf(step).label}所选的` }))}>
        <fieldset className="field">
          <legend>选哪几条</legend>
          <p>
            <a href={`${QUEUE}${toListSearch(query, { page: query.page })}${picked ? '' : '&pick=all'}`}>{picked ? '都不选' : `全选这 ${rows.length} 条`}</a>
          </p>
          <DataTable
            caption={AWAITING[awaiting]}
            columns={[
              { ...title, render: (row: QueueRow) => <label className="pick"><input type="checkbox" name="items" value={keyOf(row)} defaultChecked={picked} /> {row.title}</label> },
              ...columns,
              { key: 'open', label: '内容', nowrap: true, render: (row) => <a href={`/desk/items/${row.itemId}`} aria-label={`看${row.title}`}>看</a> },
            ]}
            rows={rows}
            rowKey={(row) => row.itemId}
            empty={{ title: '没有' }}
          />
        </fieldset>
      </Form>
      {total > query.page * query.size && <p><a href={`${QUEUE}${toListSearch(query, { page: query.page + 1 })}`}>后面的</a>（共 {total} 条；这一页选的不带过去，先办再看）</p>}
    </>
  )
}

function columnsOf({ awaiting, names, today }: QueueModel): readonly Column<QueueRow>[] {
  return [
    { key: 'title', label: '标题', render: (row) => row.title },
    { key: 'indexNo', label: '索引号', nowrap: true, render: (row) => row.indexNo },
    { key: 'handler', label: '承办', render: (row) => (row.handler === null ? '—' : (names.get(row.handler) ?? '—')) },
    { key: 'formedOn', label: '形成之日', nowrap: true, render: (row) => row.formedOn },
    { key: 'dueOn', label: '最迟公开', nowrap: true, render: (row) => <>{row.dueOn ?? '—'} {row.dueOn !== null && row.dueOn < today && <Tag tone="late">逾期</Tag>}</> },
    ...(awaiting === 'scheduled' ? [{ key: 'publishAt', label: '定于', nowrap: true, render: (row: QueueRow) => (row.publishAt === null ? '—' : momentText(row.publishAt)) }] : []),
  ]
}

function Rows(model: QueueModel) {
  const { awaiting, rows, total, query } = model
  return (
    <DataTable
      caption={AWAITING[awaiting]}
      columns={columnsOf(model)}
      rows={rows}
      rowKey={(row) => row.itemId}
      rowHref={(row) => `/desk/items/${row.itemId}${STEP_PAGES[awaiting] ?? ''}`}
      list={{ query, total, search: '标题、索引号里的字', fixed: ['step'], clear: `${QUEUE}?step=${awaiting}` }}
      empty={{ title: `没有${QUEUE_TABS[awaiting].label}的信息`, children: awaiting === 'submit' || awaiting === 'mend' ? '登记了信息、定了公开属性，就在这里送审。' : '有等着办的，上面会列出件数，也会列在您的待办里。', action: { label: '看全部信息', href: '/desk/items' } }}
    />
  )
}

// 逐项审查的，点开即是审查的表单
const STEP_PAGES: Partial<Record<Awaiting, string>> = { 'secrecy-review': '/steps/secrecy-review', escalated: '/steps/secrecy-review' }

export interface ManyConfirmModel {
  step: ManyStep
  rows: readonly QueueRow[]
  fields: readonly ItemField[]
  state: FormState
  back: Awaiting
}

/** 再问一遍：哪几条，办哪一步。 */
export function ManyConfirmPage({ step, rows, fields, state, back }: ManyConfirmModel) {
  const { label } = itemActionOf(step)
  return (
    <DeskPage title={`核对：${label} ${rows.length} 条`} crumbs={[...CRUMBS, { label: '审查与发布', href: `${QUEUE}?step=${back}` }]}>
      <Sheet title={`${label}以下 ${rows.length} 条？`}>
        <LinkList items={rows.map((row) => ({ label: row.title, href: `/desk/items/${row.itemId}`, note: `${row.indexNo} · ${AWAITING[row.awaiting]}` }))} />
        <p className="quiet">
          {step === 'publish' && '发布之后任何人都看得到，公开之日记为今日。'}
          {step === 'submit' && '先逐条预检，有没有了结的不送审。'}
          一条不成不碍别的，办完逐条说明。
        </p>
        <Form action={`${QUEUE}/many`} submit={`${label} ${rows.length} 条`} state={state} hidden={{ step, confirmed: '1' }} cancel={{ label: '回去改选', href: `${QUEUE}?step=${back}` }}>
          {rows.map((row) => (
            <input key={row.itemId} type="hidden" name="items" value={keyOf(row)} />
          ))}
          {fields.map((field) => (
            <StepField key={field.name} field={field} />
          ))}
        </Form>
      </Sheet>
    </DeskPage>
  )
}

/** 办了之后：几条成了，哪几条没有、为何。 */
export function ManyDonePage({ step, results, rows, back, reminders }: { step: ManyStep; results: readonly Handled[]; rows: ReadonlyMap<string, QueueRow>; back: Awaiting; reminders: readonly OpenReminder[] }) {
  const done = results.filter(({ refused }) => refused === null).length
  const { label } = itemActionOf(step)
  return (
    <DeskPage title={`${label}的结果`} crumbs={[...CRUMBS, { label: '审查与发布', href: `${QUEUE}?step=${back}` }]}>
      <div className="stack">
        {done > 0 && <Notice tone="ok" title={`${done} 条已办`} live />}
        {done < results.length && <Notice tone="warn" title={`${results.length - done} 条没有办，缘故写在各条之下`} live />}
        <RemindersForm reminders={reminders} rows={rows} action={`${QUEUE}/reminders`} />
        <Sheet>
          <LinkList
            items={results.map(({ itemId, done: said, refused }) => ({
              label: rows.get(itemId)?.title ?? '这一条',
              href: `/desk/items/${itemId}${refused !== null && step === 'submit' ? '/precheck' : ''}`,
              note: refused ?? said,
              tag: <Tag tone={refused === null ? 'ok' : 'late'}>{refused === null ? '已办' : '没有办'}</Tag>,
            }))}
          />
          <LinkButton href={`${QUEUE}?step=${back}`}>回到审查与发布</LinkButton>
        </Sheet>
      </div>
    </DeskPage>
  )
}
