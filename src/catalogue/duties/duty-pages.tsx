import type { Body } from '../../bodies/index.ts'
import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DataTable, DefinitionList, DeskPage, Form, LinkList, Notice, RadioGroup, Sheet, Tabs, Tag, TextArea } from '../../platform/html/index.ts'
import type { Column, FormState, LinkItem, ListQuery, Tone } from '../../platform/html/index.ts'
import { UPKEEPS } from '../../statute/publication-upkeep.ts'
import type { Upkeep } from '../../statute/publication-upkeep.ts'
import { ITEM_STATUSES } from '../item.ts'
import { PUBLICATION_CODES, articleOf } from '../publication-codes.ts'
import type { PublicationCode } from '../publication-codes.ts'
import type { Board } from './board-queries.ts'
import type { DutyRow } from './duty-board.ts'
import { DUTY_ITEM_STATES } from './duty-items.ts'
import type { DutyItem, DutyItemState } from './duty-items.ts'
import type { DutyScope } from './duty-scope.ts'
import { FINDING_KINDS } from './finding.ts'
import type { Finding, FindingKind } from './finding.ts'
import { DUTIES, baseOf } from './viewed-body.ts'

/** 条文的写法；第二十一条的已含名称。 */
export const dutyTitle = (code: PublicationCode): string => (code.startsWith('A20') ? `${articleOf(code)} ${PUBLICATION_CODES[code].label}` : articleOf(code))

const UPKEEP_TONES: Readonly<Record<Upkeep, Tone>> = { empty: 'late', stale: 'late', soon: 'wait', fresh: 'ok' }
const SCOPE_WORDS: Readonly<Record<DutyScope['state'], string>> = { applies: '适用', not: '不适用', unknown: '尚未确定' }
export const SCOPE_FILTER = Object.entries(SCOPE_WORDS).map(([value, label]) => ({ value, label }))

/** 看板的几面；看别的机关的，地址带上它的代码。 */
export const DutyTabs = ({ current, code }: { current: 'board' | 'links' | 'inspections'; code: string | null }) => {
  const base = baseOf(code)
  const tabs = { board: { label: '看板', href: base }, links: { label: '外链与附件', href: `${base}/links` }, inspections: { label: '每周自查', href: `${base}/inspections` } }
  return <Tabs label="公开职责" current={tabs[current].href} tabs={Object.values(tabs)} />
}

export interface BoardModel {
  board: Board
  rows: readonly DutyRow[]
  query: ListQuery
  found: Partial<Record<FindingKind, number>>
  column: readonly Finding[]
  /** 地址里的机关代码；看自己的机关为 null */
  code: string | null
  canSetScope: boolean
  flash: Flash | null
}

/** 一机关的看板：现在要办的、各项公开得怎样。 */
export function BoardPage({ board, rows, query, found, column, code, canSetScope, flash }: BoardModel) {
  const { body, summary } = board
  const base = baseOf(code)
  const items = (state: DutyItemState, more = ''): string => `${base}/items?state=${state}${more}`
  const toDo: LinkItem[] = [
    ...(summary.late > 0 ? [{ label: `${summary.late} 条逾期未公开`, href: items('late'), tag: <Tag tone="late">逾期</Tag>, note: '自形成或者变更之日起二十个工作日内公开（条例第二十六条）' }] : []),
    ...(summary.due > 0 ? [{ label: `${summary.due} 条待公开`, href: items('due'), tag: <Tag tone="wait">待办</Tag>, note: '先到期的在前' }] : []),
    ...(summary.publishedLate > 0 ? [{ label: `今年 ${summary.publishedLate} 条公开得迟`, href: items('published-late'), tag: <Tag>迟发</Tag>, note: '超过了法定的期限' }] : []),
    ...((found.link ?? 0) > 0 ? [{ label: `${found.link ?? 0} 个外链不通`, href: `${base}/links?state=broken`, tag: <Tag tone="late">失效</Tag>, note: '接连两次打不开' }] : []),
    ...((found.file ?? 0) > 0 ? [{ label: `${found.file ?? 0} 个附件打不开`, href: `${base}/links#files`, tag: <Tag tone="late">失效</Tag> }] : []),
    ...((found.exemption ?? 0) > 0 ? [{ label: `${found.exemption ?? 0} 条不予公开的信息逾期未评估`, href: '/desk/exemptions?due=yes', tag: <Tag tone="late">逾期</Tag>, note: '条例第十八条' }] : []),
    ...column.map((each) => ({ label: `${each.title}：${each.note}`, href: each.href, tag: <Tag tone="late">专栏</Tag>, note: FINDING_KINDS.column.basis })),
    ...(summary.unknown > 0 ? [{ label: `${summary.unknown} 项没有确定是否适用于本机关`, href: `${base}?scope=unknown`, tag: <Tag tone="wait">待定</Tag>, note: '逐项确定，写明理由' }] : []),
  ]
  return (
    <DeskPage
      title={code === null ? '公开职责' : `公开职责 ${body.name}`}
      heading={code === null ? '公开职责' : `${body.name}的公开职责`}
      {...(code === null ? {} : { crumbs: [{ label: '全区', href: DUTIES }] })}
      lead={`条例第二十条十五项、第二十一条七类，适用 ${summary.applies} 项，空白 ${summary.empty} 项，未更新 ${summary.stale} 项。`}
    >
      <FlashNotice flash={flash} />
      <DutyTabs current="board" code={code} />
      <div className="stack">
        <ToDoSheet toDo={toDo} base={code === null ? null : base} />
        <DataTable
          caption="各项公开情况"
          columns={boardColumns(items, canSetScope ? base : null)}
          rows={rows}
          rowKey={(row) => row.code}
          list={{ query, total: rows.length, filters: [{ kind: 'select', name: 'scope', label: '适用', options: SCOPE_FILTER }, { kind: 'select', name: 'upkeep', label: '更新', options: Object.entries(UPKEEPS).map(([value, label]) => ({ value, label })) }] }}
          empty={{ title: '没有这样的事项' }}
        />
      </div>
      <p className="quiet">规章、规范性文件超过 6 个月没有更新即为未更新（国办秘函〔2019〕19号）；其余各项的时限为本区设定，由本机关设置。一条信息挂几项的，各项都计。</p>
    </DeskPage>
  )
}

/** 看别的机关的（`base` 为其各页），只在本机关才打得开的不作链接。 */
function ToDoSheet({ toDo, base }: { toDo: readonly LinkItem[]; base: string | null }) {
  const items = toDo.map(({ href, ...each }) => (base === null || href.startsWith(base) ? { ...each, href } : each))
  return (
    <Sheet title={base === null ? '现在要办的' : '该机关现在要办的'}>
      {toDo.length === 0 ? <p>没有到期、逾期、空白和打不开的。</p> : <LinkList items={items} />}
    </Sheet>
  )
}

const Count = ({ n, href }: { n: number; href: string }) => (n === 0 ? <>0</> : <a href={href}>{n}</a>)

function boardColumns(items: (state: DutyItemState, more?: string) => string, base: string | null): Column<DutyRow>[] {
  return [
    { key: 'code', label: '事项', render: (row) => <a href={items('shown', `&code=${row.code}`)}>{dutyTitle(row.code)}</a> },
    { key: 'scope', label: '适用', render: (row) => <ScopeCell row={row} base={base} /> },
    { key: 'upkeep', label: '更新', nowrap: true, render: (row) => <UpkeepCell row={row} /> },
    { key: 'thisYear', label: '今年', unit: '条', align: 'end', render: (row) => <Count n={row.thisYear} href={items('this-year', `&code=${row.code}`)} /> },
    { key: 'total', label: '共', unit: '条', align: 'end', render: (row) => <Count n={row.total} href={items('shown', `&code=${row.code}`)} /> },
    { key: 'late', label: '期限', nowrap: true, render: (row) => <TermCell row={row} items={items} /> },
  ]
}

/** `base` 为 null 的无权确定。 */
function ScopeCell({ row: { code, scope }, base }: { row: DutyRow; base: string | null }) {
  return (
    <>
      <Tag tone={scope.state === 'unknown' ? 'wait' : 'plain'}>{SCOPE_WORDS[scope.state]}</Tag>
      {scope.reason !== '' && <span className="quiet"> {scope.decided ? scope.reason : `推定：${scope.reason}`}</span>}{' '}
      {base !== null && (
        <a href={`${base}/scope/${code}`} aria-label={`确定${dutyTitle(code)}是否适用`}>
          {scope.decided ? '改' : '确定'}
        </a>
      )}
    </>
  )
}

/** 待公开、逾期、今年迟发的各几条；都没有的写「—」。 */
function TermCell({ row, items }: { row: DutyRow; items: (state: DutyItemState, more?: string) => string }) {
  const parts = ([['late', '逾期', row.late], ['due', '待公开', row.due], ['published-late', '今年迟发', row.publishedLate]] as const).filter(([, , n]) => n > 0)
  if (parts.length === 0) return <>—</>
  return (
    <>
      {parts.map(([state, words, n], i) => (
        <span key={state}>
          {i > 0 && '，'}
          <a href={items(state, `&code=${row.code}`)}>{`${words} ${n} 条`}</a>
        </span>
      ))}
    </>
  )
}

function UpkeepCell({ row: { scope, upkeep, lastOn, updateBy, rule } }: { row: DutyRow }) {
  if (scope.state === 'not' || (scope.state === 'unknown' && lastOn === null)) return <>—</>
  return (
    <>
      {scope.state === 'applies' && <Tag tone={UPKEEP_TONES[upkeep]}>{UPKEEPS[upkeep]}</Tag>} {lastOn !== null && <span className="quiet">最近 {lastOn}</span>}
      {scope.state === 'applies' && upkeep === 'soon' && (
        <span className="quiet">
          <br />
          {updateBy} 前更新{rule.settled ? '' : '（本区设定）'}
        </span>
      )}
    </>
  )
}

export interface DistrictModel {
  boards: readonly (Board & { inspected: { day: string; open: number } | null })[]
  vetoes: readonly string[]
  /** 全区最近一次公开之日，与首页两周的情形 */
  latest: { on: string | null; upkeep: Upkeep }
  query: ListQuery
  total: number
  canExport: boolean
}

type DistrictRow = DistrictModel['boards'][number]

/** 区政务公开办看的：各机关一行，点进去看各项。 */
export function DistrictPage({ boards, vetoes, latest, query, total, canExport }: DistrictModel) {
  return (
    <DeskPage title="公开职责" lead="各机关的法定主动公开内容：适用几项、空白几项、多久没有更新、有没有逾期。点机关看各项。">
      <DutyTabs current="board" code={null} />
      {latest.upkeep !== 'fresh' && (
        <Notice tone="warn" title={latest.on === null ? '全区还没有公开过信息' : `全区最近一次公开是 ${latest.on}`}>
          首页两周没有更新，网站检查单项否决（国办秘函〔2019〕19号）。
        </Notice>
      )}
      {vetoes.length > 0 && (
        <Notice tone="warn" title="达到网站检查单项否决的界线（国办秘函〔2019〕19号）">
          <ul>
            {vetoes.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Notice>
      )}
      <DataTable
        caption="各机关的公开职责"
        columns={DISTRICT_COLUMNS}
        rows={boards}
        rowKey={({ body }) => body.bodyId}
        rowHref={({ body }) => baseOf(body.code)}
        list={{ query, total, search: '机关的名称', ...(canExport ? { exports: [{ label: 'CSV' as const, href: `${DUTIES}.csv` }] } : {}) }}
        empty={{ title: '还没有机关', children: '在「机构」里新建。' }}
      />
    </DeskPage>
  )
}

const n = (key: string, label: string, of: (row: DistrictRow) => number): Column<DistrictRow> => ({ key, label, align: 'end', sort: true, render: (row) => of(row) })

const DISTRICT_COLUMNS: Column<DistrictRow>[] = [
  { key: 'name', label: '机关', sort: true, render: ({ body }) => body.name },
  n('applies', '适用', ({ summary }) => summary.applies),
  n('unknown', '未确定', ({ summary }) => summary.unknown),
  n('empty', '空白', ({ summary }) => summary.empty),
  n('stale', '未更新', ({ summary }) => summary.stale),
  n('due', '待公开', ({ summary }) => summary.due),
  n('late', '逾期', ({ summary }) => summary.late),
  n('publishedLate', '迟发', ({ summary }) => summary.publishedLate),
  { key: 'inspected', label: '最近自查', nowrap: true, render: ({ inspected }) => (inspected === null ? '没有' : `${inspected.day}，待整改 ${inspected.open} 处`) },
]

export interface DutyItemsModel {
  body: Body
  code: string | null
  state: DutyItemState
  rows: readonly DutyItem[]
  query: ListQuery
  total: number
}

/** 看板上一个数所指的信息。 */
export function DutyItemsPage({ body, code, state, rows, query, total }: DutyItemsModel) {
  const duty = query.filters['code']
  const pending = state === 'due' || state === 'late'
  const columns: Column<DutyItem>[] = [
    { key: 'title', label: '标题', render: (row) => row.title },
    { key: 'indexNo', label: '索引号', nowrap: true, render: (row) => row.indexNo },
    { key: 'status', label: '办到', nowrap: true, render: (row) => ITEM_STATUSES[row.status] },
    { key: 'term', label: '公开期限', render: (row) => row.term ?? '—' },
    { key: 'dueOn', label: '最迟公开', nowrap: true, render: (row) => <DueCell row={row} late={state === 'late'} /> },
    ...(pending ? [] : [{ key: 'publishedOn', label: '公开', nowrap: true, render: (row: DutyItem) => row.firstPublishedOn ?? '—' }]),
  ]
  return (
    <DeskPage
      title={`公开职责：${DUTY_ITEM_STATES[state]}${code === null ? '' : ` ${body.name}`}`}
      heading={DUTY_ITEM_STATES[state]}
      crumbs={[{ label: code === null ? '公开职责' : `${body.name}的公开职责`, href: baseOf(code) }]}
      lead={duty !== undefined && Object.hasOwn(PUBLICATION_CODES, duty) ? dutyTitle(duty as PublicationCode) : '各项合在一起；按事项筛选，或者回看板点一项。'}
    >
      <DataTable
        caption={DUTY_ITEM_STATES[state]}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.itemId}
        {...(code === null ? { rowHref: (row: DutyItem) => `/desk/items/${row.itemId}` } : {})}
        list={{
          query,
          total,
          search: '标题、文号、索引号',
          filters: [
            { kind: 'select', name: 'state', label: '情形', options: Object.entries(DUTY_ITEM_STATES).map(([value, label]) => ({ value, label })) },
            { kind: 'select', name: 'code', label: '事项', options: (Object.keys(PUBLICATION_CODES) as PublicationCode[]).map((each) => ({ value: each, label: dutyTitle(each) })) },
          ],
        }}
        empty={{ title: '没有这样的信息', ...(code === null ? { children: '要登记一条，到「信息」里新建。', action: { label: '登记信息', href: '/desk/items/new' } } : {}) }}
      />
    </DeskPage>
  )
}

function DueCell({ row: { dueOn, internalOn }, late }: { row: DutyItem; late: boolean }) {
  if (dueOn === null) return <>—</>
  return (
    <>
      {dueOn} {late && <Tag tone="late">逾期</Tag>}
      {internalOn !== null && internalOn !== dueOn && <span className="quiet"> 该日休息，{internalOn} 前办完</span>}
    </>
  )
}

/** 确定一项是否适用于本机关。 */
export function ScopePage({ row, body, code, state }: { row: DutyRow; body: Body; code: string | null; state: FormState }) {
  const back = baseOf(code)
  return (
    <DeskPage title={`是否适用：${dutyTitle(row.code)}${code === null ? '' : ` ${body.name}`}`} heading="是否适用于本机关" crumbs={[{ label: `${body.name}的公开职责`, href: back }]} lead={dutyTitle(row.code)}>
      <Sheet>
        <DefinitionList items={[['现在', `${SCOPE_WORDS[row.scope.state]}${row.scope.reason === '' ? '' : `（${row.scope.decided ? '' : '推定：'}${row.scope.reason}）`}`], ['公开着的', `${row.total} 条`]]} />
        <Form action={`${back}/scope/${row.code}`} submit="确定" cancel={{ href: back }} state={state}>
          <RadioGroup
            name="applies"
            label="是否适用"
            required
            {...(row.scope.state === 'unknown' ? {} : { value: row.scope.state === 'applies' ? 'yes' : 'no' })}
            options={[
              { value: 'yes', label: '适用', hint: '空白、未更新的都算问题' },
              { value: 'no', label: '不适用', hint: '本机关没有这类职责、没有产生过这类信息' },
            ]}
          />
          <TextArea name="reason" label="理由" required rows={3} maxLength={300} value={row.scope.decided ? row.scope.reason : ''} hint="如：本机关没有行政处罚职权（三定规定）" />
        </Form>
      </Sheet>
    </DeskPage>
  )
}
