import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { Confirm, DataTable, DefinitionList, DeskPage, DueDate, Form, LinkButton, Notice, RadioGroup, Sheet, Tag, TextArea, Timeline } from '../../platform/html/index.ts'
import type { Column, DueDateProps, FormState, ListQuery } from '../../platform/html/index.ts'
import { daysBetween } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { EXEMPTIONS } from '../exemptions.ts'
import type { ExemptionCode } from '../exemptions.ts'
import { ATTRIBUTES } from '../item.ts'
import type { Item } from '../item.ts'
import { ASSESS_RESULTS } from './assess-exemption.ts'
import type { Assessment } from './assess-exemption.ts'
import { nextAssessment } from './list-register.ts'
import type { RegisterEntry, YearSummary } from './list-register.ts'
import { missingBasis } from './missing-basis.ts'

export const EXEMPTION_REGISTER = '/desk/exemptions'
export const exemptionHref = (itemId: string): string => `${EXEMPTION_REGISTER}/${itemId}`
const LIST = [{ label: '不予公开的登记', href: EXEMPTION_REGISTER }]

/** 依据的说法，如「第十六条第一款 内部事务信息」。 */
export const basisWords = (code: ExemptionCode | null): string => (code === null ? '—' : `${EXEMPTIONS[code].article} ${EXEMPTIONS[code].label}`)

export interface RegisterModel {
  rows: readonly RegisterEntry[]
  query: ListQuery
  total: number
  months: number
  today: PlainDate
  /** 到了日子而没有评估的 */
  overdue: number
  years: readonly YearSummary[]
  canHandle: boolean
  canExport: boolean
  flash: Flash | null
}

/** 登记簿：没有主动公开的，为何、何时再评估。 */
export function RegisterPage({ rows, query, total, months, today, overdue, years, canHandle, canExport, flash }: RegisterModel) {
  const current = years[0]
  return (
    <DeskPage
      title="不予公开的登记"
      lead={`对不予公开的政府信息进行定期评估审查，对因情势变化可以公开的信息应当公开（条例第十八条）。本机关每 ${months} 个月评估一次（本区设定）。`}
      {...(canHandle ? { actions: <LinkButton href="/desk/items/new">登记信息</LinkButton> } : {})}
    >
      <FlashNotice flash={flash} />
      {overdue > 0 && query.filters['due'] === undefined && (
        <Notice tone="warn" title={`${overdue} 条到了该评估的日子`}>
          <a href={`${EXEMPTION_REGISTER}?due=yes`}>逐条评估</a>
        </Notice>
      )}
      {current !== undefined && (
        <p>
          {current.year} 年应评 {current.owed} 件、已评 {current.assessed} 件、转公开 {current.opened} 件。
        </p>
      )}
      <DataTable
        caption="不予公开与依申请公开的信息"
        columns={columnsOf(months, today)}
        rows={rows}
        rowKey={(row) => row.itemId}
        rowHref={(row) => exemptionHref(row.itemId)}
        list={{
          query,
          total,
          search: '标题、文号、索引号',
          filters: [
            { kind: 'select', name: 'due', label: '评估', options: [{ value: 'yes', label: '到了日子的' }, { value: 'proposed', label: '等审定的' }] },
            { kind: 'select', name: 'attribute', label: '公开属性', options: [{ value: 'exempt', label: ATTRIBUTES.exempt }, { value: 'on-request', label: ATTRIBUTES['on-request'] }] },
            { kind: 'select', name: 'exemption', label: '依据', options: (Object.keys(EXEMPTIONS) as ExemptionCode[]).map((value) => ({ value, label: basisWords(value) })) },
          ],
          ...(canExport ? { exports: [{ label: 'CSV' as const, href: `${EXEMPTION_REGISTER}.csv` }] } : {}),
        }}
        empty={{ title: '没有不予公开的信息', children: '登记信息时公开属性定为「不予公开」「依申请公开」的，自动列在这里。', ...(canHandle ? { action: { label: '登记信息', href: '/desk/items/new' } } : {}) }}
      />
      {years.length > 1 && (
        <Sheet title="历年评估">
          <DataTable
            caption="历年评估"
            columns={[
              { key: 'year', label: '年度', render: (row: YearSummary) => row.year },
              { key: 'owed', label: '应评', unit: '件', align: 'end', render: (row) => row.owed },
              { key: 'assessed', label: '已评', unit: '件', align: 'end', render: (row) => row.assessed },
              { key: 'opened', label: '转公开', unit: '件', align: 'end', render: (row) => row.opened },
            ]}
            rows={years}
            rowKey={(row) => String(row.year)}
            empty={{ title: '还没有评估过' }}
          />
        </Sheet>
      )}
    </DeskPage>
  )
}

const columnsOf = (months: number, today: PlainDate): Column<RegisterEntry>[] => [
  { key: 'title', label: '名称', render: (row) => row.title },
  { key: 'docNo', label: '文号', nowrap: true, render: (row) => row.docNo ?? '—' },
  { key: 'attribute', label: '公开属性', nowrap: true, render: (row) => ATTRIBUTES[row.attribute] },
  { key: 'exemption', label: '依据', render: (row) => <BasisCell row={row} /> },
  { key: 'reassessedOn', label: '上次评估', nowrap: true, render: (row) => row.reassessedOn ?? '没有' },
  { key: 'assessedFrom', label: '下次评估', nowrap: true, sort: true, render: (row) => <NextCell row={row} months={months} today={today} /> },
]

function BasisCell({ row }: { row: RegisterEntry }) {
  const missing = missingBasis(row.attribute, row.exemption, row.reason)
  return (
    <>
      {basisWords(row.exemption)} {missing !== null && <Tag tone="wait">{missing}</Tag>}
    </>
  )
}

function NextCell({ row, months, today }: { row: RegisterEntry; months: number; today: PlainDate }) {
  const on = nextAssessment(row.assessedFrom, months)
  return (
    <>
      {on} {row.proposed ? <Tag tone="act">等审定</Tag> : on <= today && <Tag tone="late">该评估了</Tag>}
    </>
  )
}

export interface ExemptionModel {
  itemId: string
  item: Item
  entry: Pick<RegisterEntry, 'attribute' | 'exemption' | 'reason' | 'determinedOn' | 'reassessedOn' | 'assessedFrom'> | null
  assessments: readonly Assessment[]
  people: ReadonlyMap<string, string>
  months: number
  today: PlainDate
  canPropose: boolean
  /** 可以审定的一次；没有、无权、自己提出的为 null */
  toDecide: Assessment | null
  /** 是自己提出的，在等另一人 */
  isOwn: boolean
  states: { propose: FormState; decide: FormState }
  flash: Flash | null
}

/** 一条不予公开的信息：依据与理由、评估的经过、下一步。 */
export function ExemptionPage(props: ExemptionModel) {
  const { itemId, item, entry, assessments, months, today, canPropose, toDecide, isOwn, states } = props
  const pending = assessments.find((each) => each.state === 'proposed')
  return (
    <DeskPage title={`不予公开的评估 ${item.content.title}`} heading={item.content.title} crumbs={LIST} lead={`索引号 ${item.indexNo}`}>
      <FlashNotice flash={props.flash} />
      {toDecide === null && states.decide.errors[''] !== undefined && <Notice tone="error" title={states.decide.errors['']} live />}
      {entry === null && (
        <Notice tone="info" title="这条信息已经不在登记簿上">
          评估为可以公开的，转入了公开程序。<a href={`/desk/items/${itemId}`}>打开这条信息，定公开属性、送审</a>
        </Notice>
      )}
      <div className="aside">
        <div className="stack">
          {entry !== null && (
            <Sheet title="依据和理由" actions={<a href={`/desk/items/${itemId}`}>打开这条信息</a>}>
              <DefinitionList
                items={[
                  ['公开属性', ATTRIBUTES[entry.attribute]],
                  ['依据', entry.exemption === null ? '没有写' : `条例${basisWords(entry.exemption)}`],
                  ['理由', entry.reason ?? '没有写'],
                  ['形成', item.content.formedOn],
                  ['定属性', entry.determinedOn],
                ]}
              />
              <MissingNotice entry={entry} />
            </Sheet>
          )}
          {toDecide !== null && <DecideForm itemId={itemId} assessment={toDecide} by={props.people.get(toDecide.proposedBy) ?? ''} state={states.decide} />}
          {canPropose && entry !== null && pending === undefined && <ProposeForm itemId={itemId} state={states.propose} />}
          <Sheet title="评估的经过">{assessments.length === 0 ? <p>还没有评估过。</p> : <History {...props} />}</Sheet>
        </div>
        {entry !== null && (
          <aside className="stack" aria-label="下一步">
            <section className="sheet">
              <DueDate {...dueOf(nextAssessment(entry.assessedFrom, months), today)} />
              <h2>下一步</h2>
              <p>{nextStep({ pending: pending !== undefined, isOwn, canDecide: toDecide !== null, canPropose })}</p>
            </section>
          </aside>
        )}
      </div>
    </DeskPage>
  )
}

function nextStep({ pending, isOwn, canDecide, canPropose }: { pending: boolean; isOwn: boolean; canDecide: boolean; canPropose: boolean }): string {
  if (canDecide) return '请审定这一次评估。'
  if (pending) return isOwn ? '您提出的评估在等另一人审定。' : '在等科室负责人、公开工作机构负责人审定。'
  return canPropose ? '到了日子，或者情况有变化的，提出评估。' : '由承办人提出评估，另一人审定。'
}

const MissingNotice = ({ entry: { attribute, exemption, reason } }: { entry: NonNullable<ExemptionModel['entry']> }) => {
  const missing = missingBasis(attribute, exemption, reason)
  return missing === null ? null : (
    <Notice tone="warn" title={missing}>
      打开这条信息，在公开属性里补上。
    </Notice>
  )
}

const ProposeForm = ({ itemId, state }: { itemId: string; state: FormState }) => (
  <Sheet title="提出评估">
    <Form action={`${exemptionHref(itemId)}/propose`} submit="提出，等另一人审定" state={state}>
      <RadioGroup
        name="result"
        label="评估的结论"
        required
        options={[
          { value: 'keep', label: ASSESS_RESULTS.keep, hint: '不公开的情形没有变' },
          { value: 'open', label: ASSESS_RESULTS.open, hint: '审定之后由承办人定公开属性、送审，照常审查、发布' },
        ]}
      />
      <TextArea name="reason" label="理由" required rows={4} maxLength={1000} hint="写明情势有没有变化，如解密、第三方同意、事项办结。不写个人信息" />
    </Form>
  </Sheet>
)

const DecideForm = ({ itemId, assessment, by, state }: { itemId: string; assessment: Assessment; by: string; state: FormState }) => (
  <Confirm
    what={`审定：${ASSESS_RESULTS[assessment.result]}`}
    consequences={[
      `${by}于 ${assessment.proposedOn} 提出，理由：${assessment.reason}`,
      assessment.result === 'open' ? '同意的，这条信息离开登记簿，由承办人定公开属性、送审；这一步并不公开。' : '同意的，仍不公开，自今日起再算下次评估之日。',
    ]}
    form={{
      action: `${exemptionHref(itemId)}/decide`,
      submit: '同意',
      danger: false,
      state,
      hidden: { assessmentId: assessment.assessmentId },
      alternatives: [{ name: 'agree', value: 'no', label: '退回重评' }],
      children: <TextArea name="remark" label="意见" rows={2} maxLength={500} hint="退回的须写明缘故" />,
    }}
  />
)

const STATE_WORDS = { proposed: '等审定', approved: '同意', returned: '退回' } as const

const History = ({ assessments, people }: Pick<ExemptionModel, 'assessments' | 'people'>) => (
  <Timeline
    entries={assessments.toReversed().map((each) => ({
      on: each.decidedOn ?? each.proposedOn,
      text: `${ASSESS_RESULTS[each.result]}：${each.reason}`,
      note: `${people.get(each.proposedBy) ?? ''} ${each.proposedOn} 提出；${each.decidedBy === null ? '' : `${people.get(each.decidedBy) ?? ''} ${each.decidedOn ?? ''} `}${STATE_WORDS[each.state]}${each.remark === null ? '' : `：${each.remark}`}`,
      tone: each.state === 'approved' ? ('ok' as const) : each.state === 'returned' ? ('late' as const) : ('wait' as const),
    }))}
  />
)

/** 下次评估之日，与距今多少日。 */
function dueOf(on: PlainDate, today: PlainDate): DueDateProps {
  const days = daysBetween(today, on)
  const state = days < 0 ? 'late' : days <= 30 ? 'soon' : 'ahead'
  return { label: '下次评估', on, state, note: days > 0 ? `还有 ${days} 日` : days === 0 ? '今日' : `已过 ${-days} 日` }
}
