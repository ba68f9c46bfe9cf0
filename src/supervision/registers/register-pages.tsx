import { itemPath } from '../../catalogue/index.ts'
import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { Confirm, DataTable, DateField, DeskPage, Form, LinkButton, RadioGroup, Sheet, Tabs, Tag, TextArea, TextField } from '../../platform/html/index.ts'
import type { FormState, ListQuery, Tone } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { ImportSheet } from '../progress/import-sheet.tsx'
import type { TableFault } from '../progress/read-table.ts'
import { PROPOSAL_KINDS, PUBLICATIONS } from './proposal.ts'
import type { Publication } from './proposal.ts'
import type { KeyField, Proposal, RegisterCounts } from './register-store.ts'

export const PROPOSALS = '/desk/registers/proposals'
export const KEY_FIELDS = '/desk/registers/key-fields'
const TABS = [{ label: '建议提案', href: PROPOSALS }, { label: '重点领域', href: KEY_FIELDS }]
const RegisterTabs = ({ current }: { current: string }) => <Tabs label="登记" current={current} tabs={TABS} />
const TONES: Readonly<Record<Publication, Tone>> = { published: 'ok', pending: 'wait', exempt: 'plain' }
const ItemLink = ({ indexNo }: { indexNo: string }) => <a href={itemPath(indexNo)}>{indexNo}</a>

export interface RegisterModel<Row> {
  rows: readonly Row[]
  query: ListQuery
  total: number
  year: number
  counts: RegisterCounts
  canHandle: boolean
  canExport: boolean
  state: FormState
  faults: readonly TableFault[]
  flash: Flash | null
}

/** 建议提案：编号、谁答复、答复公开了没有。 */
export function ProposalsPage({ rows, query, total, year, counts, canHandle, canExport, state, faults, flash }: RegisterModel<Proposal>) {
  return (
    <DeskPage title="建议提案办理结果公开" lead={`${year} 年登记人大建议 ${counts.people} 件、政协提案 ${counts.cppcc} 件，办理结果已公开 ${counts.published} 件；写进年度报告第六部分。`} {...(canHandle ? { actions: <LinkButton href={`${PROPOSALS}/new`}>登记一件</LinkButton> } : {})}>
      <FlashNotice flash={flash} />
      <RegisterTabs current={PROPOSALS} />
      <div className="stack">
        <DataTable
          caption="建议提案"
          columns={[
            { key: 'title', label: '标题', render: (row: Proposal) => row.title },
            { key: 'number', label: '编号', render: (row) => `${row.year} 年 ${row.number}` },
            { key: 'kind', label: '种类', nowrap: true, render: (row) => PROPOSAL_KINDS[row.kind] },
            { key: 'unit', label: '谁答复', render: (row) => `${row.unit || '—'}${row.answeredOn === null ? '' : `，${row.answeredOn}`}` },
            { key: 'publication', label: '办理结果', render: (row) => <Tag tone={TONES[row.publication]}>{PUBLICATIONS[row.publication]}</Tag> },
            { key: 'item', label: '公开的信息', render: (row) => (row.indexNo === null ? (row.publishedOn ?? '—') : <><ItemLink indexNo={row.indexNo} /> {row.publishedOn}</>) },
          ]}
          rows={rows}
          rowKey={(row) => row.id}
          {...(canHandle ? { rowHref: (row: Proposal) => `${PROPOSALS}/${row.id}` } : {})}
          list={{
            query,
            total,
            search: '标题、编号、谁答复',
            filters: [
              { kind: 'text', name: 'year', label: '年度' },
              { kind: 'select', name: 'kind', label: '种类', options: Object.entries(PROPOSAL_KINDS).map(([value, label]) => ({ value, label })) },
              { kind: 'select', name: 'publication', label: '办理结果', options: Object.entries(PUBLICATIONS).map(([value, label]) => ({ value, label })) },
            ],
            ...(canExport ? { exports: [{ label: 'CSV' as const, href: `${PROPOSALS}.csv` }] } : {}),
          }}
          empty={{ title: '还没有登记过建议提案', children: '把承办的人大建议、政协提案逐件登记，或者一次导入；答复公开了的写明在哪一条信息。', ...(canHandle ? { action: { label: '登记一件', href: `${PROPOSALS}/new` } } : {}) }}
        />
        {canHandle && <ImportSheet title="导入" base={PROPOSALS} lead="同年、同种类、同编号的换成新的。" state={state} faults={faults} />}
      </div>
    </DeskPage>
  )
}

/** 重点领域：公开了什么、几条。 */
export function KeyFieldsPage({ rows, query, total, year, counts, canHandle, canExport, state, faults, flash }: RegisterModel<KeyField>) {
  return (
    <DeskPage title="重点领域政府信息公开" lead={`${year} 年登记 ${counts.fields} 个领域、公开 ${counts.fieldItems} 条；写进年度报告第六部分。`} {...(canHandle ? { actions: <LinkButton href={`${KEY_FIELDS}/new`}>登记一个领域</LinkButton> } : {})}>
      <FlashNotice flash={flash} />
      <RegisterTabs current={KEY_FIELDS} />
      <div className="stack">
        <DataTable
          caption="重点领域"
          columns={[
            { key: 'field', label: '领域', render: (row: KeyField) => row.field },
            { key: 'year', label: '年度', nowrap: true, render: (row) => `${row.year} 年` },
            { key: 'content', label: '公开了什么', render: (row) => row.content },
            { key: 'count', label: '条数', unit: '条', align: 'end', render: (row) => row.count },
            { key: 'items', label: '信息', render: (row) => (row.indexNos.length === 0 ? '—' : row.indexNos.map((indexNo) => <span key={indexNo}><ItemLink indexNo={indexNo} /> </span>)) },
          ]}
          rows={rows}
          rowKey={(row) => row.id}
          {...(canHandle ? { rowHref: (row: KeyField) => `${KEY_FIELDS}/${row.id}` } : {})}
          list={{ query, total, search: '领域、公开的内容', filters: [{ kind: 'text', name: 'year', label: '年度' }], ...(canExport ? { exports: [{ label: 'CSV' as const, href: `${KEY_FIELDS}.csv` }] } : {}) }}
          empty={{ title: '还没有登记过重点领域', children: '如社会救助、财政预决算、城市更新：写明公开了什么、几条，在哪几条信息。', ...(canHandle ? { action: { label: '登记一个领域', href: `${KEY_FIELDS}/new` } } : {}) }}
        />
        {canHandle && <ImportSheet title="导入" base={KEY_FIELDS} lead="同年、同名的领域换成新的。" state={state} faults={faults} />}
      </div>
    </DeskPage>
  )
}

const crumbs = (label: string, href: string) => [{ label, href }]
const INDEX_HINT = '主动公开信息的索引号，须是公开着的；没有经本系统公开的不填'

export function ProposalFormPage({ entry, today, state }: { entry: Proposal | null; today: PlainDate; state: FormState }) {
  return (
    <DeskPage title={entry === null ? '登记建议提案' : `改 ${entry.number}`} crumbs={crumbs('建议提案', PROPOSALS)}>
      <div className="stack">
        <Sheet>
          <Form action={entry === null ? `${PROPOSALS}/new` : `${PROPOSALS}/${entry.id}`} submit="保存" cancel={{ href: PROPOSALS }} state={state} hidden={{ version: String(entry?.version ?? 0) }}>
            <TextField name="year" label="年度" required width="short" inputMode="numeric" maxLength={4} value={String(entry?.year ?? today.slice(0, 4))} />
            <RadioGroup name="kind" label="种类" required value={entry?.kind} options={Object.entries(PROPOSAL_KINDS).map(([value, label]) => ({ value, label }))} />
            <TextField name="number" label="编号" required maxLength={60} width="middle" value={entry?.number} />
            <TextField name="title" label="标题" required maxLength={300} value={entry?.title} hint="不写代表、委员的姓名与电话" />
            <TextField name="unit" label="谁答复" maxLength={100} width="middle" value={entry?.unit} hint="承办答复的科室" />
            <DateField name="answeredOn" label="答复之日" value={entry?.answeredOn ?? ''} />
            <RadioGroup name="publication" label="办理结果公开" required value={entry?.publication ?? 'pending'} options={Object.entries(PUBLICATIONS).map(([value, label]) => ({ value, label }))} />
            <TextField name="indexNo" label="公开的信息" maxLength={80} width="middle" value={entry?.indexNo ?? ''} hint={INDEX_HINT} />
            <DateField name="publishedOn" label="公开之日" value={entry?.publishedOn ?? ''} hint="已公开的必填" />
          </Form>
        </Sheet>
        {entry !== null && <Confirm what={`删去 ${entry.number} 的登记`} consequences={['只删误登记的', '已写进报告的不变']} form={{ action: `${PROPOSALS}/${entry.id}/remove`, submit: '删去' }} />}
      </div>
    </DeskPage>
  )
}

export function KeyFieldFormPage({ entry, today, state }: { entry: KeyField | null; today: PlainDate; state: FormState }) {
  return (
    <DeskPage title={entry === null ? '登记重点领域' : `改 ${entry.field}`} crumbs={crumbs('重点领域', KEY_FIELDS)}>
      <div className="stack">
        <Sheet>
          <Form action={entry === null ? `${KEY_FIELDS}/new` : `${KEY_FIELDS}/${entry.id}`} submit="保存" cancel={{ href: KEY_FIELDS }} state={state} hidden={{ version: String(entry?.version ?? 0) }}>
            <TextField name="year" label="年度" required width="short" inputMode="numeric" maxLength={4} value={String(entry?.year ?? today.slice(0, 4))} />
            <TextField name="field" label="领域" required maxLength={60} width="middle" value={entry?.field} hint="如：社会救助、财政预决算" />
            <TextArea name="content" label="公开了什么" required rows={3} maxLength={1000} value={entry?.content} />
            <TextField name="count" label="条数" width="short" inputMode="numeric" maxLength={7} value={entry === null ? '' : String(entry.count)} hint="不填即下面所列信息的条数" />
            <TextArea name="indexNos" label="信息的索引号" rows={3} maxLength={4500} value={entry?.indexNos.join('\n')} hint={`一行一个。${INDEX_HINT}`} />
          </Form>
        </Sheet>
        {entry !== null && <Confirm what={`删去${entry.field}的登记`} consequences={['只删误登记的', '已写进报告的不变']} form={{ action: `${KEY_FIELDS}/${entry.id}/remove`, submit: '删去' }} />}
      </div>
    </DeskPage>
  )
}
