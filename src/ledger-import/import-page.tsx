import type { ReactNode } from 'react'
import { FlashNotice } from '../identity/index.ts'
import type { Flash } from '../identity/index.ts'
import {
  DataTable,
  DefinitionList,
  DeskPage,
  EmptyState,
  Form,
  FormTable,
  LinkButton,
  Moment,
  Notice,
  ProgressBar,
  SelectField,
  Sheet,
  Steps,
} from '../platform/html/index.ts'
import type { Column, ListQuery, Step } from '../platform/html/index.ts'
import { isImportable } from '../platform/ledger/index.ts'
import type { Ledger, LedgerPreview, LineFault, MappedColumn } from '../platform/ledger/index.ts'
import { publishesAtOnce } from './ledgers.ts'
import { mappingSeen } from './second-person.ts'
import { importHref, LEDGERS_HREF, newImportHref, resultText, StatusTag } from './ledgers-page.tsx'
import type { ImportRow } from './store.ts'
import { wordNotes, wordSheet } from './word-account.ts'

export interface ImportPageProps {
  row: ImportRow
  ledger: Ledger
  /** 上传人的姓名 */
  by: string
  query: ListQuery
  /** 可以上传、改列的对应 */
  mayUpload: boolean
  /** 可以确认；导入即公开的，不是上传的人 */
  mayConfirm: boolean
  flash: Flash | null
}

/** 一次导入：核对、确认、进度、结果，都在这一页。 */
export const ImportPage = ({ row, ledger, by, query, mayUpload, mayConfirm, flash }: ImportPageProps) => (
  <DeskPage
    title={`导入${ledger.title}`}
    crumbs={mayUpload ? [{ label: '台账导入', href: LEDGERS_HREF }] : []}
    status={
      <>
        <StatusTag status={row.status} faults={faultsOf(row)} /> {row.file_name}
      </>
    }
    lead={
      <>
        {by}，<Moment at={row.created_at} /> 上传
      </>
    }
  >
    <FlashNotice flash={flash} />
    <Steps label="导入的步骤" steps={stepsOf(row)} />
    <div className="stack">
      <Standing row={row} ledger={ledger} mayConfirm={mayConfirm} mayUpload={mayUpload} />
      {row.preview !== null && row.status !== 'running' && (
        <Account row={row} ledger={ledger} preview={row.preview} query={query} mayUpload={mayUpload} />
      )}
    </div>
  </DeskPage>
)

function stepsOf({ status }: ImportRow): Step[] {
  const at = { previewed: 1, running: 2, done: 4, failed: 2 }[status]
  return ['上传', '核对', '写入', '完成'].map((label, index) => ({
    label,
    state: index < at ? 'done' : index === at ? 'current' : 'todo',
  }))
}

const number = (n: number): string => n.toLocaleString('en-US')

const faultsOf = ({ preview }: ImportRow): number => (preview === null ? 0 : preview.faultCount + preview.mapping.missing.length)

interface StandingProps {
  row: ImportRow
  ledger: Ledger
  mayUpload: boolean
  mayConfirm: boolean
}

function Standing({ row, ledger, mayUpload, mayConfirm }: StandingProps) {
  if (row.status === 'running')
    return (
      <Sheet title="正在写入">
        <ProgressBar label={`写入${ledger.title}`} done={row.done_rows} total={row.total_rows} unit="行" note="全部写好才算数，中途断掉则一行不留。" />
      </Sheet>
    )
  if (row.status === 'done')
    return (
      <Sheet
        title="已导入"
        actions={
          mayUpload && (
            <LinkButton second href={LEDGERS_HREF}>
              再导入一份
            </LinkButton>
          )
        }
      >
        <DefinitionList
          items={[
            ['结果', resultText({ ...row, faults: 0 })],
            ['行数', `${number(row.total_rows)} 行`],
            ['写完于', <Moment key="at" at={row.finished_at} />],
            [
              '下一步',
              <span key="next">
                {mayUpload && ledger.kind === 'items' && (
                  <>
                    <a href="/desk/items/review?step=submit">还没有公开的，成批送审</a>，
                  </>
                )}
                <a href="/desk/reports">看年度报告里的数</a>
              </span>,
            ],
          ]}
        />
      </Sheet>
    )
  if (row.status === 'failed')
    return (
      <Notice tone="error" title={row.message ?? '一行也没有导入'}>
        <p>
          改好文件后<a href={newImportHref(ledger.kind)}>重新上传</a>。
        </p>
      </Notice>
    )
  return row.preview === null ? null : <Verdict row={row} ledger={ledger} preview={row.preview} mayUpload={mayUpload} mayConfirm={mayConfirm} />
}

function Verdict({ row, ledger, preview, mayUpload, mayConfirm }: StandingProps & { preview: LedgerPreview }) {
  const again = (
    <p>
      改好文件后<a href={newImportHref(ledger.kind)}>重新上传</a>。
    </p>
  )
  if (preview.mapping.missing.length > 0)
    return (
      <Notice tone="error" title={`缺少必有的列：${preview.mapping.missing.map((column) => column.label).join('、')}`}>
        <p>
          在下面「列的对应」里指定，或在文件里补上这些列后<a href={newImportHref(ledger.kind)}>重新上传</a>。
        </p>
      </Notice>
    )
  if (preview.rows === 0)
    return (
      <Notice tone="error" title="文件里没有数据行">
        {again}
      </Notice>
    )
  if (!isImportable(preview))
    return (
      <Notice tone="error" title={`共 ${number(preview.rows)} 行，${number(preview.badRows)} 行有问题，${number(preview.faultCount)} 处`}>
        <p>有一行不对，整份都不导入，免得数目对不上。逐行的原因在下面。</p>
        {again}
      </Notice>
    )
  return (
    <Sheet title={`共 ${number(preview.rows)} 行，没有问题`}>
      <p>确认列的对应无误后写入。已有的照登记号、索引号、文号等认出：没有变化的不动，有变化的记为更正，前后都留着。</p>
      {publishesAtOnce(ledger.kind) && (
        <p>
          标明已经公开的，写入之后随即在门户上看得到，公开之日照台账；请<a href={`${importHref(row.import_id)}/file`}>下载上传的文件</a>，逐行看过。
        </p>
      )}
      {mayConfirm ? (
        <Form
          action={`${importHref(row.import_id)}/confirm`}
          hidden={{ seen: mappingSeen(row) }}
          submit={`导入 ${number(preview.rows)} 行`}
          {...(mayUpload && { cancel: { href: newImportHref(ledger.kind), label: '换一个文件' } })}
        />
      ) : (
        <Notice tone="info" title="由另一人确认">
          <p>导入即公开，请公开工作机构负责人或者机关领导（不是上传的人）逐行看过，在本页确认。已经告诉他们。</p>
          <p>
            不对的，改好文件后<a href={newImportHref(ledger.kind)}>重新上传</a>。
          </p>
        </Notice>
      )}
    </Sheet>
  )
}

function Account({ row, ledger, preview, query, mayUpload }: { row: ImportRow; ledger: Ledger; preview: LedgerPreview; query: ListQuery; mayUpload: boolean }) {
  return (
    <>
      {preview.faultCount > 0 && <Faults row={row} preview={preview} query={query} />}
      <Sheet title="读到的文件">
        <p>{wordSheet(preview)}。</p>
        <Notes notes={wordNotes(preview)} />
      </Sheet>
      <MappingSheet row={row} ledger={ledger} preview={preview} mayUpload={mayUpload} />
      <FirstRows ledger={ledger} preview={preview} />
    </>
  )
}

const Notes = ({ notes }: { notes: readonly string[] }): ReactNode =>
  notes.length === 0 ? null : (
    <ul>
      {notes.map((note) => (
        <li key={note}>{note}。</li>
      ))}
    </ul>
  )

const faultColumns: readonly Column<LineFault>[] = [
  { key: 'line', label: '行', nowrap: true, render: (fault) => `第 ${number(fault.line)} 行` },
  { key: 'column', label: '列', render: (fault) => fault.column ?? '整行' },
  { key: 'value', label: '所填', render: (fault) => fault.value ?? '（不显示）' },
  { key: 'message', label: '问题', render: (fault) => fault.message },
  { key: 'mend', label: '怎样改', render: (fault) => fault.mend ?? '' },
]

function Faults({ row, preview, query }: { row: ImportRow; preview: LedgerPreview; query: ListQuery }) {
  const { faults, faultCount } = preview
  return (
    <Sheet title="逐行账" actions={<a href={`${importHref(row.import_id)}/account.csv`}>下载逐行账（CSV）</a>}>
      {faultCount > faults.length && <p className="quiet">问题太多，只列前 {number(faults.length)} 处，改好后再看其余。</p>}
      <DataTable
        caption="逐行账"
        columns={faultColumns}
        rows={faults.slice(query.offset, query.offset + query.size)}
        rowKey={(fault) => `${fault.line}-${fault.column ?? ''}-${fault.message}`}
        empty={{ title: '没有问题' }}
        list={{ query, total: faults.length }}
      />
    </Sheet>
  )
}

const BY = { label: '列名相同', alias: '惯常的叫法', similar: '名称相近，请核对', chosen: '已指定' } as const

function MappingSheet({ row, ledger, preview, mayUpload }: { row: ImportRow; ledger: Ledger; preview: LedgerPreview; mayUpload: boolean }) {
  if (row.status !== 'previewed' || !mayUpload) return <MappingTable ledger={ledger} columns={preview.mapping.columns} />
  const { sheet, mapping } = preview
  return (
    <Sheet title="列的对应">
      <p>左边是文件里的列名，右边是它在台账里的意思。不对的改过来，再读一遍。</p>
      <Form action={`${importHref(row.import_id)}/mapping`} submit="照此再读一遍">
        {sheet.others.length > 0 && (
          <SelectField
            name="sheet"
            label="工作表"
            required
            blank={null}
            value={sheet.name ?? ''}
            options={[sheet.name ?? '', ...sheet.others].map((name) => ({ value: name, label: name }))}
          />
        )}
        <DataTable
          caption="列的对应"
          columns={mappingColumns(ledger)}
          rows={mapping.columns.filter((column) => column.head !== '')}
          rowKey={(column) => String(column.index)}
          empty={{ title: '没有列' }}
        />
      </Form>
    </Sheet>
  )
}

const mappingColumns = (ledger: Ledger): readonly Column<MappedColumn>[] => [
  { key: 'head', label: '文件里的列', render: (column) => column.head },
  {
    key: 'key',
    label: '台账的列',
    render: (column) => (
      <label className="control">
        <span className="vh">{column.head} 对应</span>
        <select name={`c${column.index}`} defaultValue={column.key ?? ''}>
          <option value="">不读这一列</option>
          {ledger.columns.map(({ key, label, required }) => (
            <option key={key} value={key}>
              {required ? `${label}（必有）` : label}
            </option>
          ))}
        </select>
      </label>
    ),
  },
  { key: 'by', label: '依据', nowrap: true, render: (column) => (column.by === null ? '没有对上' : BY[column.by]) },
]

function MappingTable({ ledger, columns }: { ledger: Ledger; columns: readonly MappedColumn[] }) {
  const labels = new Map(ledger.columns.map((column) => [column.key, column.label]))
  const used = columns.filter((column) => column.key !== null)
  return (
    <Sheet title="列的对应">
      <DefinitionList items={used.map((column) => [column.head, labels.get(column.key ?? '') ?? ''])} />
    </Sheet>
  )
}

function FirstRows({ ledger, preview }: { ledger: Ledger; preview: LedgerPreview }) {
  const used = ledger.columns.filter((column) => preview.mapping.columns.some((mapped) => mapped.key === column.key))
  if (preview.firstRows.length === 0 || used.length === 0) return <EmptyState title="没有读到数据行">表头下面第一行起为数据。</EmptyState>
  return (
    <Sheet title={`开头 ${preview.firstRows.length} 行`}>
      <FormTable
        caption="读到的开头几行"
        headRows={1}
        rows={[
          [{ text: '行', head: true }, ...used.map((column) => ({ text: column.label, head: true }))],
          ...preview.firstRows.map((line) => [
            { text: String(line.line), align: 'right' as const },
            ...used.map((column) => ({ text: line.values[column.key] ?? '', align: 'left' as const })),
          ]),
        ]}
      />
    </Sheet>
  )
}
