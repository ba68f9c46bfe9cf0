import { DataTable, DateField, DeskPage, Form, LinkButton, Notice, SelectField, Sheet, Tag } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { MOST_ASSIGNED } from './assign-many.ts'
import type { Assigned } from './assign-many.ts'
import { StatusTag } from './desk-list-page.tsx'
import { VIEWS } from './list-spec.ts'
import type { ApplicationRow } from '../queries.ts'

export const HERE = '/desk/applications/assign'
const CRUMBS = [{ label: '在办申请', href: VIEWS.open.href }]

export interface AssignModel {
  rows: readonly ApplicationRow[]
  handlers: ReadonlyMap<string, string>
  /** 案件连同所见的版本，选中的 */
  picked: readonly string[]
  /** 条件，带回列表 */
  search: string
  next: string | null
  today: PlainDate
  state: FormState
}

export const keyOf = ({ caseId, version }: Pick<ApplicationRow, 'caseId' | 'version'>): string => `${caseId}.${version}`

/** 选若干件，定给谁；下一页再问一遍。 */
export function AssignPage({ rows, handlers, picked, search, next, today, state }: AssignModel) {
  const error = state.errors['cases']
  return (
    <DeskPage title="批量分派" crumbs={CRUMBS} lead={`照列表上的条件列出，一次至多 ${MOST_ASSIGNED} 件。选定之后再确认一遍。`}>
      {rows.length === 0 ? (
        <Sheet>
          <p>没有可以分派的申请。</p>
          <LinkButton href={VIEWS.open.href + search} second>回到列表</LinkButton>
        </Sheet>
      ) : (
        <Form action={`${HERE}${search}`} state={state} submit="下一步：核对" cancel={{ href: VIEWS.open.href + search }}>
          <SelectField name="to" label="承办人" required options={[...handlers].map(([value, label]) => ({ value, label }))} />
          <DateField name="on" label="分派之日" required value={today} max={today} />
          <fieldset className={error === undefined ? 'field' : 'field wrong'}>
            <legend>分派哪几件<small>（必填）</small></legend>
            {error !== undefined && <p className="field-error" id="f-cases"><span className="vh">错误：</span>{error}</p>}
            <DataTable
              caption="可以分派的申请"
              columns={[
                {
                  key: 'regNo',
                  label: '登记号',
                  nowrap: true,
                  render: (row: ApplicationRow) => (
                    <label className="pick">
                      <input type="checkbox" name="cases" value={keyOf(row)} defaultChecked={picked.includes(keyOf(row))} /> {row.regNo}
                    </label>
                  ),
                },
                { key: 'content', label: '所求', render: (row) => (row.content.length > 40 ? `${row.content.slice(0, 40)}…` : row.content) },
                { key: 'status', label: '办到', render: (row) => <StatusTag status={row.status} /> },
                { key: 'dueOn', label: '应当答复', nowrap: true, render: (row) => <DueText row={row} today={today} /> },
                { key: 'handler', label: '现在承办', render: (row) => (row.handler === null ? '还没有分派' : (handlers.get(row.handler) ?? '已不在本机关')) },
              ]}
              rows={rows}
              rowKey={(row) => row.caseId}
              empty={{ title: '没有可以分派的申请' }}
            />
            {next !== null && <p><a href={next}>看后面的</a>（这一页选的不带过去，先分派再看）</p>}
          </fieldset>
        </Form>
      )}
    </DeskPage>
  )
}

const DueText = ({ row, today }: { row: ApplicationRow; today: PlainDate }) => (
  <>
    {row.dueOn ?? '—'} {row.dueOn !== null && row.dueOn < today && <Tag tone="late">逾期</Tag>}
  </>
)

export interface AssignConfirmModel {
  rows: readonly ApplicationRow[]
  picked: readonly string[]
  to: string
  toName: string
  on: string
  search: string
}

/** 再问一遍：哪几件，给谁。 */
export function AssignConfirmPage({ rows, picked, to, toName, on, search }: AssignConfirmModel) {
  return (
    <DeskPage title="核对批量分派" crumbs={[...CRUMBS, { label: '批量分派', href: HERE + search }]}>
      <Sheet title={`把 ${picked.length} 件分派给${toName}？`}>
        <ul className="items">
          {rows.map((row) => (
            <li key={row.caseId}>
              <span className="items-text">
                {row.regNo}
                <span className="quiet">{row.content.slice(0, 40)}</span>
              </span>
            </li>
          ))}
        </ul>
        <p className="quiet">各件分派之后，承办人收到通知；他人刚才办过的不分派，逐件说明。</p>
        <Form action={HERE + search} submit="分派" hidden={{ to, on, confirmed: '1' }} cancel={{ label: '回去改选', href: HERE + search }}>
          {picked.map((key) => (
            <input key={key} type="hidden" name="cases" value={key} />
          ))}
        </Form>
      </Sheet>
    </DeskPage>
  )
}

/** 办了之后：几件成了，哪几件没有、为何。 */
export function AssignedPage({ results, rows, toName, search }: { results: readonly Assigned[]; rows: ReadonlyMap<string, ApplicationRow>; toName: string; search: string }) {
  const done = results.filter(({ refused }) => refused === null)
  const left = results.filter(({ refused }) => refused !== null)
  return (
    <DeskPage title="批量分派的结果" crumbs={CRUMBS}>
      <div className="stack">
        {done.length > 0 && <Notice tone="ok" title={`${done.length} 件已分派给${toName}`} live />}
        {left.length > 0 && <Notice tone="warn" title={`${left.length} 件没有分派`} />}
        <Sheet>
          <ul className="items">
            {results.map(({ caseId, refused }) => (
              <li key={caseId}>
                <span className="items-text">
                  <a href={`/desk/applications/${caseId}`}>{rows.get(caseId)?.regNo ?? '这一件'}</a>
                  <span className="quiet">{refused ?? '已分派'}</span>
                </span>
              </li>
            ))}
          </ul>
          <LinkButton href={VIEWS.open.href + search}>回到列表</LinkButton>
        </Sheet>
      </div>
    </DeskPage>
  )
}
