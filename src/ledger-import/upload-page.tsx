import { DataTable, DeskPage, FileField, Form, LinkButton, Sheet } from '../platform/html/index.ts'
import type { Column, FormState } from '../platform/html/index.ts'
import { SHEET_LIMITS } from '../platform/ledger/index.ts'
import type { Ledger, LedgerColumn } from '../platform/ledger/index.ts'
import { LEDGERS_HREF, newImportHref, templateHref } from './ledgers-page.tsx'
import { publishesAtOnce } from './ledgers.ts'

const columns: readonly Column<LedgerColumn>[] = [
  { key: 'label', label: '列名', nowrap: true, render: (column) => column.label },
  { key: 'required', label: '必有', nowrap: true, render: (column) => (column.required ? '必有' : '') },
  { key: 'example', label: '示例', render: (column) => column.example },
  { key: 'note', label: '说明', render: (column) => column.note ?? '' },
  { key: 'aliases', label: '也认得的列名', render: (column) => column.aliases?.join('、') ?? '' },
]

const size = `${SHEET_LIMITS.fileBytes / 1024 / 1024} MB、${(SHEET_LIMITS.rows / 10_000).toString()} 万行`

/** 选一个文件上传。 */
export const UploadPage = ({ ledger, feeds, state }: { ledger: Ledger; feeds: string; state?: FormState }) => (
  <DeskPage
    title={`导入${ledger.title}`}
    crumbs={[{ label: '台账导入', href: LEDGERS_HREF }]}
    lead={feeds}
    actions={
      <LinkButton second href={templateHref(ledger.kind, 'xlsx')}>
        下载空白模板
      </LinkButton>
    }
  >
    <div className="stack">
      <Form action={newImportHref(ledger.kind)} submit="上传并核对" cancel={{ href: LEDGERS_HREF }} multipart state={state}>
        <FileField
          name="file"
          label={`${ledger.title}文件`}
          required
          accept=".xlsx,.csv,.txt"
          hint={`XLSX 或 CSV，至多 ${size}、${SHEET_LIMITS.columns} 列。先读一遍给出逐行账，${publishesAtOnce(ledger.kind) ? '由公开工作机构负责人或者机关领导（不是上传的人）确认之后才写入，写入即公开' : '确认之后才写入'}。`}
        />
      </Form>
      <Sheet title="这份台账有哪些列">
        <DataTable
          caption={`${ledger.title}的列`}
          columns={columns}
          rows={ledger.columns}
          rowKey={(column) => column.key}
          empty={{ title: '没有列' }}
        />
      </Sheet>
    </div>
  </DeskPage>
)
