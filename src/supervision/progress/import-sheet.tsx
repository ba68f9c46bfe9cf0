import { FileField, Form, LineFaults, Sheet } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import type { TableFault } from './read-table.ts'

export const TABLE_UPLOAD = { maxBytes: 2 * 1024 * 1024, maxFiles: 1, maxFields: 6 }

/** 导入一张表：模板、逐行的账、上传。 */
export const ImportSheet = ({ title, base, lead, state, faults, hidden = {} }: { title: string; base: string; lead: string; state: FormState; faults: readonly TableFault[]; hidden?: Readonly<Record<string, string>> }) => (
  <Sheet title={title} id="import">
    <p>
      先下载空白模板：<a href={`${base}/template.xlsx`}>XLSX</a>、<a href={`${base}/template.csv`}>CSV</a>。{lead}有一行不合格，就都不导入。
    </p>
    <LineFaults faults={faults} unit="一行" />
    <Form action={`${base}/import`} submit="导入" multipart state={state} hidden={hidden}>
      <FileField name="file" label="文件" required accept=".xlsx,.csv" hint="XLSX 或者 CSV，不超过 2 MB" />
    </Form>
  </Sheet>
)
