import { DocumentView } from '../../documents/index.ts'
import type { Document } from '../../documents/index.ts'
import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { Confirm, DataTable, DefinitionList, DeskPage, DueDate, Form, LinkButton, Notice, RadioGroup, Sheet, Tag, TextArea } from '../../platform/html/index.ts'
import type { DueDateProps, FormProps, FormState, ListQuery, Tone } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { CHANNELS } from '../../statute/receipt.ts'
import { Field } from '../desk/action-page.tsx'
import type { ActionField } from '../case-action.ts'
import { APPLICANT_KINDS } from '../events.ts'
import { LETTER_FORMATS, LETTER_FORMAT_NAMES } from '../letter-desk/letter-files.ts'
import type { CorrectionAct } from './correction-acts.ts'
import type { CorrectionEntry, RecordCorrection } from './correction-store.ts'
import { CORRECTION_RESULTS, CORRECTION_STATUSES } from './record-correction.ts'
import type { CorrectionStatus } from './record-correction.ts'

export const HOME = '/desk/record-corrections'
export const hrefOf = (correctionId: string): string => `${HOME}/${correctionId}`
const LIST = [{ label: '更正申请', href: HOME }]

const TONES: Readonly<Record<CorrectionStatus, Tone>> = { open: 'act', proposed: 'wait', decided: 'act', told: 'ok', withdrawn: 'plain' }
const StatusTag = ({ status }: { status: CorrectionStatus }) => <Tag tone={TONES[status]}>{CORRECTION_STATUSES[status]}</Tag>

export interface CorrectionListModel {
  rows: readonly CorrectionEntry[]
  names: ReadonlyMap<string, string>
  dueOf: (row: CorrectionEntry) => PlainDate | null
  query: ListQuery
  total: number
  today: PlainDate
  canHandle: boolean
  flash: Flash | null
}

const isWaiting = (status: CorrectionStatus): boolean => status === 'open' || status === 'proposed'

/** 更正申请的列表：先收到的在前。 */
export function CorrectionListPage({ rows, names, dueOf, query, total, today, canHandle, flash }: CorrectionListModel) {
  return (
    <DeskPage
      title="更正申请"
      lead="公民、组织有证据证明与其自身相关的政府信息记录不准确的，可以要求更正（条例第四十一条）。不是政府信息公开申请，不计入年度报告表三。"
      actions={canHandle ? <LinkButton href={`${HOME}/new`}>登记更正申请</LinkButton> : undefined}
    >
      <FlashNotice flash={flash} />
      <DataTable
        caption="更正申请"
        columns={[
          { key: 'regNo', label: '登记号', nowrap: true, render: (row: CorrectionEntry) => row.regNo },
          { key: 'applicant', label: '申请人', render: (row) => names.get(row.applicantId) ?? APPLICANT_KINDS[row.applicantKind] },
          { key: 'status', label: '办到', render: (row) => <StatusTag status={row.status} /> },
          { key: 'receivedOn', label: '收到', nowrap: true, sort: true, render: (row) => row.receivedOn },
          { key: 'dueOn', label: '内部期限（本区设定）', nowrap: true, render: (row) => <DueCell row={row} dueOn={dueOf(row)} today={today} /> },
          { key: 'result', label: '处理', render: (row) => (row.result === null || isWaiting(row.status) ? '—' : CORRECTION_RESULTS[row.result]) },
        ]}
        rows={rows}
        rowKey={(row) => row.correctionId}
        rowHref={(row) => hrefOf(row.correctionId)}
        list={{
          query,
          total,
          search: '登记号的开头',
          filters: [
            { kind: 'select', name: 'status', label: '办到', options: Object.entries(CORRECTION_STATUSES).map(([value, label]) => ({ value, label })) },
            { kind: 'select', name: 'overdue', label: '期限', options: [{ value: 'yes', label: '已逾期' }] },
          ],
        }}
        empty={{
          title: '没有更正申请',
          children: '收到要求更正与其自身相关的记录的，在此登记；要求公开信息的，登记为申请。',
          ...(canHandle ? { action: { label: '登记更正申请', href: `${HOME}/new` } } : {}),
        }}
      />
    </DeskPage>
  )
}

function DueCell({ row, dueOn, today }: { row: CorrectionEntry; dueOn: PlainDate | null; today: PlainDate }) {
  if (!isWaiting(row.status)) return <>{row.decidedOn ?? '—'}</>
  if (dueOn === null) return <>尚无该年节假日安排</>
  return (
    <>
      {dueOn} {dueOn < today && <Tag tone="late">逾期</Tag>}
    </>
  )
}

export interface CorrectionPageModel {
  found: RecordCorrection
  name: string
  due: DueDateProps | null
  /** 拟成的更正告知书；拟不成、还没有拟定的为 null */
  document: Document | null
  /** 拟不成的缘故 */
  problems: readonly string[]
  acts: readonly { href: string; label: string }[]
  canReadPerson: boolean
  people: ReadonlyMap<string, string>
  next: string
  flash: Flash | null
}

/** 一件更正申请：要求更正什么、期限与下一步、处理与更正告知书。 */
export function CorrectionPage({ found, name, due, document, problems, acts, canReadPerson, people, next, flash }: CorrectionPageModel) {
  const here = hrefOf(found.correctionId)
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['收到之日', found.receivedOn],
    ['渠道', CHANNELS[found.channel].label],
    ['申请人', `${name}（${APPLICANT_KINDS[found.applicantKind]}）`],
    ['拟定', found.proposedBy === null ? null : `${found.proposedOn ?? ''} ${people.get(found.proposedBy) ?? ''}`],
    ['批准', found.decidedBy === null ? null : `${found.decidedOn ?? ''} ${people.get(found.decidedBy) ?? ''}`],
    ['文号', found.docNo],
    ['告知', found.toldOn],
    ['撤回', found.withdrawnOn],
  ]
  return (
    <DeskPage title={`更正申请 ${found.regNo}`} heading={`更正申请 ${found.regNo}`} crumbs={LIST} status={<StatusTag status={found.status} />}>
      <FlashNotice flash={flash} />
      {found.status === 'open' && found.returnedReason !== null && <Notice tone="warn" title={`退回重核：${found.returnedReason}`} />}
      {problems.length > 0 && (
        <Notice tone="warn" title="更正告知书拟不成">
          <ul>
            {problems.map((message) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </Notice>
      )}
      <div className="aside">
        <div className="stack">
          <Sheet title="要求更正的记录">
            <p>{found.request.record}</p>
            <h3>何处不准确、有何证据</h3>
            <p>{found.request.claim}</p>
          </Sheet>
          {document !== null && (
            <>
              <Sheet title={document.title}>
                <p className="quiet">{found.letter === null ? '拟稿，未编号；批准之后编号固定。' : '已固定，不随记录改变。'}</p>
              </Sheet>
              <DocumentView document={document} plainTitle />
            </>
          )}
        </div>
        <aside className="stack" aria-label="期限与下一步">
          <section className="sheet">
            {due !== null && <DueDate {...due} />}
            <h2>下一步</h2>
            <p>{next}</p>
            {acts.map((act, i) => (
              <p key={act.href}>
                <LinkButton href={act.href} second={i > 0}>
                  {act.label}
                </LinkButton>
              </p>
            ))}
          </section>
          <section className="sheet">
            <DefinitionList items={facts.flatMap(([label, text]) => (text == null || text === '' ? [] : [[label, text] as const]))} />
            {canReadPerson && (
              <p>
                <a href={`${here}/personal-data`}>查看申请人全部（须填事由）</a>
              </p>
            )}
            {canReadPerson && found.letter !== null && (
              <p>
                <a href={`${here}/files`}>取用更正告知书（须填事由）</a>
              </p>
            )}
          </section>
        </aside>
      </div>
    </DeskPage>
  )
}

export interface CorrectionActModel {
  found: RecordCorrection
  step: string
  act: CorrectionAct
  fields: readonly ActionField[]
  chosen: string
  state: FormState
}

/** 办一步的表单，由那一步的数据生成。 */
export function CorrectionActPage({ found, step, act, fields, chosen, state }: CorrectionActModel) {
  const here = hrefOf(found.correctionId)
  const action = `${here}/${step}`
  const { first } = act
  const frame = { title: `${act.label} ${found.regNo}`, heading: act.label, crumbs: [...LIST, { label: found.regNo, href: here }], lead: `依据：${act.article}` }
  if (first !== undefined && chosen === '') {
    return (
      <DeskPage {...frame}>
        <Sheet>
          <Form method="get" action={action} submit="下一步" cancel={{ href: here }}>
            <Field field={first} many />
          </Form>
        </Sheet>
      </DeskPage>
    )
  }
  const form: FormProps = {
    action,
    submit: act.label,
    cancel: { href: here },
    hidden: { version: String(found.version), ...(first === undefined ? {} : { [first.name]: chosen }) },
    state,
    children: (
      <>
        {first !== undefined && (
          <p>
            {first.label}：<strong>{first.options?.[chosen] ?? chosen}</strong> <a href={action}>改选</a>
          </p>
        )}
        {fields.map((field) => (
          <Field key={field.name} field={field} />
        ))}
      </>
    ),
  }
  return (
    <DeskPage {...frame}>
      {act.consequences === undefined ? (
        <Sheet>
          <Form {...form} />
        </Sheet>
      ) : (
        <Confirm what={`${act.label}：${found.regNo}`} consequences={act.consequences} form={form} />
      )}
    </DeskPage>
  )
}

/** 现在不能办这一步。 */
export const CorrectionNotNowPage = ({ found, label, reason }: { found: RecordCorrection; label: string; reason: string }) => (
  <DeskPage title={`${label} ${found.regNo}`} heading={label} crumbs={[...LIST, { label: found.regNo, href: hrefOf(found.correctionId) }]}>
    <Notice tone="warn" title={reason}>
      <a href={hrefOf(found.correctionId)}>看办到哪里</a>
    </Notice>
  </DeskPage>
)

/** 查看申请人的全部资料：先填事由；`shown` 为填过之后的。 */
export const CorrectionPersonPage = ({ found, state, shown }: { found: RecordCorrection; state: FormState; shown: readonly (readonly [string, string])[] | null }) => {
  const here = hrefOf(found.correctionId)
  return (
    <DeskPage title={`${found.regNo} 申请人的资料`} heading="申请人的资料" crumbs={[...LIST, { label: found.regNo, href: here }]} lead="只在办理本件所必需时查看；谁、何时、因何查看都留痕。">
      <Sheet>
        {shown === null ? (
          <Form action={`${here}/personal-data`} submit="查看" cancel={{ href: here }} state={state}>
            <TextArea name="reason" label="事由" required rows={2} maxLength={200} hint="如：邮寄更正告知书。不写申请人的姓名、电话" />
          </Form>
        ) : (
          <>
            <DefinitionList items={shown} />
            <p>
              <a href={here}>看完返回</a>
            </p>
          </>
        )}
      </Sheet>
    </DeskPage>
  )
}

/** 取用更正告知书：先填事由。 */
export const CorrectionFilesPage = ({ found, state }: { found: RecordCorrection; state: FormState }) => {
  const here = hrefOf(found.correctionId)
  return (
    <DeskPage title={`${found.regNo} 更正告知书`} heading="取用更正告知书" crumbs={[...LIST, { label: found.regNo, href: here }]} lead="文书里有申请人的姓名：谁、何时、因何取用都留痕。">
      <Sheet>
        <Form action={`${here}/files`} submit="下载" cancel={{ href: here }} state={state}>
          <RadioGroup name="format" label="格式" required value="pdf" options={LETTER_FORMAT_NAMES.map((format) => ({ value: format, label: LETTER_FORMATS[format].label }))} />
          <TextArea name="reason" label="事由" required rows={2} maxLength={200} hint="如：打印盖章后邮寄。不写申请人的姓名、电话" />
        </Form>
      </Sheet>
    </DeskPage>
  )
}
