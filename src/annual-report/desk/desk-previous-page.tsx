import { DeskPage, FileField, Form, FormTable, Notice, Sheet, TextArea, type FormState } from '../../platform/html/index.ts'
import { formFrame, formTable } from '../../statute/report-table.ts'
import type { PreviousPreview } from '../actions/import-previous-report.ts'

interface PreviousPageProps {
  base: string
  year: number
  /** 系统里已有报送或公布的上年报告，以它为准 */
  filed: boolean
  /** 上次载入的文件 */
  imported: string | null
  state?: FormState
}

/** 载入上年报告：选文件。 */
export const PreviousPage = ({ base, year, filed, imported, state }: PreviousPageProps) => (
  <DeskPage
    title={`载入 ${year - 1} 年报告`}
    crumbs={[
      { label: '年度报告', href: '/desk/reports' },
      { label: `${year} 年度报告`, href: base },
    ]}
    lead="系统里没有上年报告时，由公布的文件载入，以核对上年结转、规范性文件增减，并带出上年的问题。"
  >
    {imported !== null && (
      <Notice tone="info" title={`已载入《${imported}》`}>
        再次载入将以新文件为准。
      </Notice>
    )}
    {filed ? (
      <Notice tone="info" title={`系统里已有报送或公布的 ${year - 1} 年度报告，衔接以它为准，不须载入`}>
        那份报告有误的，请<a href={base.replace(/\d+$/, String(year - 1))}>到那里更正</a>。
      </Notice>
    ) : (
      <Form action={`${base}/previous`} submit="读取并核对" cancel={{ href: base }} multipart state={state}>
        <FileField
          name="file"
          label={`${year - 1} 年度报告的文件`}
          required
          hint="网页、DOCX、PDF、TXT，或本系统的 XLSX、JSON，不超过 20 MB"
          accept=".html,.htm,.docx,.pdf,.txt,.json,.xlsx"
        />
      </Form>
    )}
  </DeskPage>
)

/** 核对读出的上年报告，改好问题，确认载入。 */
export const PreviousPreviewPage = ({
  base,
  year,
  preview,
  state,
}: Omit<PreviousPageProps, 'filed' | 'imported'> & { preview: PreviousPreview }) => (
  <DeskPage
    title={`核对 ${year - 1} 年报告`}
    crumbs={[
      { label: '年度报告', href: '/desk/reports' },
      { label: `${year} 年度报告`, href: base },
      { label: `载入 ${year - 1} 年报告`, href: `${base}/previous` },
    ]}
    lead={`${preview.fileName}。请与原件对照，无误再确认。`}
  >
    {preview.doubts.map((doubt) => (
      <Notice key={doubt} tone="warn" title={doubt} />
    ))}
    {(['T2', 'T3', 'T4'] as const).map((table) => (
      <Sheet key={table} title={formFrame(preview.read.edition, table).caption}>
        <FormTable
          {...formFrame(preview.read.edition, table)}
          rows={formTable(preview.read.edition, table, (code) => ({ text: String(preview.read.cells[code] ?? '　') }))}
        />
      </Sheet>
    ))}
    <Form
      action={`${base}/previous/confirm`}
      submit="确认载入"
      cancel={{ href: `${base}/previous`, label: '换一个文件' }}
      hidden={{ fileKey: preview.fileKey, ticket: preview.ticket, fileName: preview.fileName }}
      state={state}
    >
      <TextArea
        name="problems"
        label={`${year - 1} 年报告所列的问题`}
        rows={10}
        maxLength={20_000}
        value={preview.problems.join('\n\n')}
        hint="一段一条，段落之间空一行；今年须逐条交代整改情况"
      />
    </Form>
  </DeskPage>
)
