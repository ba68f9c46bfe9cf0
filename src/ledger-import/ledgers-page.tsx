import { FlashNotice } from '../identity/index.ts'
import type { Flash } from '../identity/index.ts'
import { DataTable, DeskPage, Moment, Sheet, Tag } from '../platform/html/index.ts'
import type { Column, ListQuery, Tone } from '../platform/html/index.ts'
import type { Ledger } from '../platform/ledger/index.ts'
import { findLedger, LEDGERS } from './ledgers.ts'
import type { ImportSummary } from './store.ts'
import { IMPORT_STATUSES } from './tables.ts'
import type { ImportStatus } from './tables.ts'

export const LEDGERS_HREF = '/desk/ledgers'
export const newImportHref = (kind: string): string => `${LEDGERS_HREF}/new/${kind}`
export const importHref = (importId: string): string => `${LEDGERS_HREF}/imports/${importId}`
export const templateHref = (kind: string, format: 'xlsx' | 'csv'): string => `${LEDGERS_HREF}/templates/${kind}.${format}`

const TONES: Record<ImportStatus, Tone> = { previewed: 'act', running: 'wait', done: 'ok', failed: 'late' }

/** 状态；有问题而没有确认的另标出来，免得当作等着确认。 */
export const StatusTag = ({ status, faults }: { status: ImportStatus; faults: number }) =>
  status === 'previewed' && faults > 0 ? <Tag tone="late">有问题</Tag> : <Tag tone={TONES[status]}>{IMPORT_STATUSES[status]}</Tag>

const number = (n: number): string => n.toLocaleString('en-US')

/** 一次导入的结果，一句话。 */
export function resultText(row: Pick<ImportSummary, 'status' | 'created' | 'changed' | 'unchanged' | 'done_rows' | 'total_rows' | 'faults'>): string {
  if (row.status === 'done') return `新增 ${number(row.created)}，更新 ${number(row.changed)}，未变 ${number(row.unchanged)}`
  if (row.status === 'running') return `${number(row.done_rows)} / ${number(row.total_rows)} 行`
  if (row.status === 'failed') return '一行也没有导入'
  return row.faults > 0 ? `${number(row.faults)} 处问题，改好重新上传` : '等着确认'
}

const ledgerColumns: readonly Column<{ ledger: Ledger; feeds: string }>[] = [
  { key: 'title', label: '台账', nowrap: true, render: ({ ledger }) => ledger.title },
  { key: 'feeds', label: '供数', render: ({ feeds }) => feeds },
  {
    key: 'template',
    label: '空白模板',
    nowrap: true,
    render: ({ ledger }) => (
      <span>
        <a href={templateHref(ledger.kind, 'xlsx')} aria-label={`${ledger.title}模板，XLSX`}>
          XLSX
        </a>
        {' · '}
        <a href={templateHref(ledger.kind, 'csv')} aria-label={`${ledger.title}模板，CSV`}>
          CSV
        </a>
      </span>
    ),
  },
]

interface LedgersPageProps {
  imports: readonly ImportSummary[]
  total: number
  names: ReadonlyMap<string, string>
  query: ListQuery
  flash: Flash | null
}

/** 台账导入：选一种台账，或看历次导入。 */
export const LedgersPage = ({ imports, total, names, query, flash }: LedgersPageProps) => {
  const columns: readonly Column<ImportSummary>[] = [
    { key: 'file', label: '文件', render: (row) => row.file_name },
    { key: 'kind', label: '台账', nowrap: true, render: (row) => findLedger(row.kind)?.title ?? row.kind },
    { key: 'status', label: '状态', nowrap: true, render: (row) => <StatusTag {...row} /> },
    { key: 'rows', label: '行数', align: 'end', render: (row) => number(row.total_rows) },
    { key: 'result', label: '结果', render: resultText },
    { key: 'by', label: '上传人', nowrap: true, render: (row) => names.get(row.requested_by) ?? '命令行' },
    { key: 'at', label: '上传时间', nowrap: true, align: 'end', render: (row) => <Moment at={row.created_at} /> },
  ]
  return (
    <DeskPage title="台账导入" lead="报告里的数都由台账得出。各单位现有的 XLSX、CSV 台账，列名不同也可以对上；有一行不对，整份不导入。">
      <FlashNotice flash={flash} />
      <div className="stack">
        <Sheet title="导入一份台账">
          <DataTable
            caption="可以导入的台账"
            columns={ledgerColumns}
            rows={LEDGERS}
            rowKey={({ ledger }) => ledger.kind}
            rowHref={({ ledger }) => newImportHref(ledger.kind)}
            empty={{ title: '没有可以导入的台账' }}
          />
        </Sheet>
        <Sheet title="历次导入">
          <DataTable
            caption="历次导入"
            columns={columns}
            rows={imports}
            rowKey={(row) => row.import_id}
            rowHref={(row) => importHref(row.import_id)}
            empty={{ title: '还没有导入过台账', children: '从上面选一种台账开始；不知道该有哪些列的，先下载空白模板。' }}
            list={{
              query,
              total,
              filters: [
                { kind: 'select', name: 'kind', label: '台账', options: LEDGERS.map(({ ledger }) => ({ value: ledger.kind, label: ledger.title })) },
                { kind: 'select', name: 'status', label: '状态', options: Object.entries(IMPORT_STATUSES).map(([value, label]) => ({ value, label })) },
              ],
            }}
          />
        </Sheet>
      </div>
    </DeskPage>
  )
}
