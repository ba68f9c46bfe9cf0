import type { Body } from '../../bodies/index.ts'
import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DataTable, DefinitionList, DeskPage, EmptyState, Moment, Sheet, Tag } from '../../platform/html/index.ts'
import type { Column, ListQuery } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { DutyTabs } from './duty-pages.tsx'
import { FINDING_KINDS, FINDING_KIND_NAMES } from './finding.ts'
import type { KeptFinding } from './finding.ts'
import type { Inspection } from './inspection-queries.ts'
import { baseOf } from './viewed-body.ts'

const LEAD = '每周一早上做成，做成之后不再改。上一次有而这一次没有的，列为已整改。'

/** 一机关的各次自查。 */
export function InspectionListPage({ body, code, rows, query, total }: { body: Body; code: string | null; rows: readonly Inspection[]; query: ListQuery; total: number }) {
  return (
    <DeskPage title={code === null ? '每周自查' : `每周自查 ${body.name}`} heading="每周自查" {...(code === null ? {} : { crumbs: [{ label: `${body.name}的公开职责`, href: baseOf(code) }] })} lead={LEAD}>
      <DutyTabs current="inspections" code={code} />
      <DataTable
        caption="各次自查"
        columns={LIST_COLUMNS}
        rows={rows}
        rowKey={(row) => row.day}
        rowHref={(row) => `${baseOf(code)}/inspections/${row.day}`}
        list={{ query, total }}
        empty={{ title: '还没有自查过', children: '下一个星期一早上做第一次；现在的情形在「看板」里。' }}
      />
    </DeskPage>
  )
}

const LIST_COLUMNS: Column<Inspection>[] = [
  { key: 'day', label: '自查之日', nowrap: true, render: (row) => row.day },
  { key: 'open', label: '待整改', unit: '处', align: 'end', render: (row) => row.open },
  { key: 'fixed', label: '已整改', unit: '处', align: 'end', render: (row) => row.fixed },
  { key: 'late', label: '逾期未公开', unit: '条', align: 'end', render: (row) => row.facts.summary.late },
  { key: 'empty', label: '空白', unit: '项', align: 'end', render: (row) => row.facts.summary.empty },
  { key: 'stale', label: '未更新', unit: '项', align: 'end', render: (row) => row.facts.summary.stale },
]

type DayRow = { day: PlainDate; bodies: number; open: number; fixed: number }

/** 全区的各次自查。 */
export const DistrictInspectionListPage = ({ rows }: { rows: readonly DayRow[] }) => (
  <DeskPage title="每周自查" lead={LEAD}>
    <DutyTabs current="inspections" code={null} />
    <DataTable
      caption="各次自查"
      columns={[
        { key: 'day', label: '自查之日', nowrap: true, render: (row: DayRow) => row.day },
        { key: 'bodies', label: '机关', unit: '个', align: 'end', render: (row) => row.bodies },
        { key: 'open', label: '待整改', unit: '处', align: 'end', render: (row) => row.open },
        { key: 'fixed', label: '已整改', unit: '处', align: 'end', render: (row) => row.fixed },
      ]}
      rows={rows}
      rowKey={(row) => row.day}
      rowHref={(row) => `${baseOf(null)}/inspections/${row.day}`}
      empty={{ title: '还没有自查过', children: '下一个星期一早上做第一次。' }}
    />
  </DeskPage>
)

const Files = ({ base }: { base: string }) => (
  <>
    <a className="btn second" href={`${base}/report.pdf`}>
      打印（PDF）
    </a>{' '}
    <a className="btn second" href={`${base}/report.docx`}>
      下载（DOCX）
    </a>
  </>
)

/** 一机关一次自查：当日的数、各处发现。 */
export function InspectionPage({ inspection, findings, code, flash }: { inspection: Inspection; findings: readonly KeptFinding[]; code: string | null; flash: Flash | null }) {
  const { day, facts, open, fixed, madeAt } = inspection
  const list = `${baseOf(code)}/inspections`
  const waiting = findings.filter((each) => each.state === 'open')
  const done = findings.filter((each) => each.state === 'fixed')
  const { summary } = facts
  return (
    <DeskPage
      title={code === null ? `自查 ${day}` : `自查 ${day} ${facts.bodyName}`}
      heading={`${facts.bodyName} ${day} 自查`}
      crumbs={[{ label: '每周自查', href: list }]}
      status={open === 0 ? <Tag tone="ok">没有问题</Tag> : <Tag tone="late">{open} 处待整改</Tag>}
      actions={<Files base={`${list}/${day}`} />}
    >
      <FlashNotice flash={flash} />
      <Sheet title="当日的情形">
        <DefinitionList
          items={[
            ['适用事项', `${summary.applies} 项（空白 ${summary.empty} 项，未更新 ${summary.stale} 项，未确定 ${summary.unknown} 项）`],
            ['今年公开', `${facts.publishedThisYear} 条（迟发 ${summary.publishedLate} 条）`],
            ['待公开', `${summary.due + summary.late} 条（逾期 ${summary.late} 条）`],
            ['外链查到', facts.linksCheckedOn ?? '没有查'],
            ['做成', <Moment key="made" at={madeAt} />],
          ]}
        />
      </Sheet>
      {waiting.length === 0 && open === 0 ? (
        <EmptyState title="没有待整改的">{fixed > 0 ? `比上一次已整改 ${fixed} 处。` : '各项都在期限之内。'}</EmptyState>
      ) : (
        FINDING_KIND_NAMES.map((kind) => <FindingSheet key={kind} canOpen={code === null} kind={kind} rows={waiting.filter((each) => each.kind === kind)} total={facts.found[kind] ?? 0} />)
      )}
      {done.length > 0 && (
        <Sheet title={`已整改 ${done.length} 处`}>
          <DataTable caption="已整改" columns={findingColumns('已整改')} rows={done} rowKey={(row) => row.key} {...openable(code === null)} empty={{ title: '没有' }} />
        </Sheet>
      )}
    </DeskPage>
  )
}

// 别的机关的记录，只有该机关打得开
const openable = (yes: boolean) => (yes ? { rowHref: (row: KeptFinding) => row.href } : {})

function FindingSheet({ kind, rows, total, canOpen }: { kind: KeptFinding['kind']; rows: readonly KeptFinding[]; total: number; canOpen: boolean }) {
  if (rows.length === 0) return null
  return (
    <Sheet title={`${FINDING_KINDS[kind].label} ${total} 处`}>
      <p className="quiet">依据：{FINDING_KINDS[kind].basis}</p>
      <DataTable caption={FINDING_KINDS[kind].label} columns={findingColumns('发现')} rows={rows} rowKey={(row) => row.key} {...openable(canOpen)} empty={{ title: '没有' }} />
      {total > rows.length && <p className="quiet">共 {total} 处，列出 {rows.length} 处。</p>}
    </Sheet>
  )
}

const findingColumns = (on: string): Column<KeptFinding>[] => [
  { key: 'title', label: '何处', render: (row) => row.title },
  { key: 'note', label: '情形', render: (row) => (on === '已整改' ? `${FINDING_KINDS[row.kind].label}（${row.note}）` : row.note) },
  { key: 'since', label: '最早发现', nowrap: true, render: (row) => row.since },
]

/** 全区一次自查：各机关一行。 */
export function DistrictInspectionPage({ day, rows, codes, flash }: { day: PlainDate; rows: readonly Inspection[]; codes: ReadonlyMap<string, string>; flash: Flash | null }) {
  return (
    <DeskPage title={`全区自查 ${day}`} heading={`全区 ${day} 自查`} crumbs={[{ label: '每周自查', href: `${baseOf(null)}/inspections` }]} actions={<Files base={`${baseOf(null)}/inspections/${day}`} />}>
      <FlashNotice flash={flash} />
      <DataTable
        caption="各机关"
        columns={[{ key: 'body', label: '机关', render: (row: Inspection) => row.facts.bodyName }, ...LIST_COLUMNS.slice(1)]}
        rows={rows}
        rowKey={(row) => row.bodyId}
        rowHref={(row) => `${baseOf(codes.get(row.bodyId) ?? null)}/inspections/${day}`}
        empty={{ title: '这一日没有自查' }}
      />
    </DeskPage>
  )
}
