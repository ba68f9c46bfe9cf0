import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DeskPage, EmptyState, FileField, Form, LinkList, Notice, Sheet, Tag, TextField } from '../../platform/html/index.ts'
import type { FormState, Tone } from '../../platform/html/index.ts'
import { crumbsOf } from '../letter-desk/letter-list-page.tsx'
import { DOCUMENT_TYPES } from './document-files.ts'
import type { AnswerDocument } from './document-store.ts'

export const DOCUMENT_STATUSES = { open: '待标记', producing: '正在生成', refused: '复核未过', failed: '没有生成', ready: '待核对', confirmed: '已核对' } as const
const TONES: Readonly<Record<AnswerDocument['status'], Tone>> = { open: 'act', producing: 'wait', refused: 'late', failed: 'late', ready: 'wait', confirmed: 'ok' }

export const DocumentTag = ({ status }: Pick<AnswerDocument, 'status'>) => <Tag tone={TONES[status]}>{DOCUMENT_STATUSES[status]}</Tag>

export const documentsHref = (caseId: string): string => `/desk/applications/${caseId}/documents`

/** 列表上的一份。 */
export interface DocumentLine extends Pick<AnswerDocument, 'documentId' | 'type' | 'shape' | 'parts' | 'status' | 'whole'> {
  title: string
  marks: number
}

export interface DocumentsModel {
  caseId: string
  regNo: string
  documents: readonly DocumentLine[]
  warnings: readonly string[]
  /** 遮盖理由逐项；不办理的人不看 */
  reasons: readonly string[]
  canHandle: boolean
  /** 不能改动的缘故；可以则为 null */
  frozen: string | null
  flash: Flash | null
}

const noteOf = ({ type, shape, parts, whole, marks, status }: DocumentLine): string =>
  [DOCUMENT_TYPES[type].label, shape === 'pages' ? `${parts} 页` : '', whole ? '全文提供' : marks > 0 ? `遮盖 ${marks} 处` : status === 'open' ? '' : '没有遮盖'].filter((each) => each !== '').join('，')

/** 答复所附的文件：各到哪一步，与遮盖理由逐项。 */
export function DocumentsPage({ caseId, regNo, documents, warnings, reasons, canHandle, frozen, flash }: DocumentsModel) {
  const here = documentsHref(caseId)
  const add = canHandle && frozen === null ? { label: '添加文件', href: `${here}/new` } : undefined
  return (
    <DeskPage
      title={`${regNo} 答复所附的文件`}
      heading="答复所附的文件"
      crumbs={crumbsOf(caseId, regNo)}
      lead="找到的文件在这里准备：全文提供，或者遮盖不予公开的部分（条例第三十七条）；一人标记，另一人核对。"
      actions={add && documents.length > 0 ? <a className="btn" href={add.href}>{add.label}</a> : undefined}
    >
      <FlashNotice flash={flash} />
      {frozen !== null && <Notice tone="info" title={frozen} />}
      {warnings.length > 0 && (
        <Notice tone="warn" title="附件与处理决定还对不上">
          <ul>
            {warnings.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </Notice>
      )}
      {documents.length === 0 ? (
        <EmptyState title="还没有文件" {...(add ? { action: add } : {})}>
          {add ? '上传找到的文件，或者从本系统发出的文书里取一件。' : '办理这件申请的人添加之后列在这里。'}
        </EmptyState>
      ) : (
        <Sheet>
          <LinkList
            items={documents.map((document) => ({
              href: canHandle ? `${here}/${document.documentId}` : `${here}/${document.documentId}/files`,
              label: document.title,
              note: noteOf(document),
              tag: <DocumentTag status={document.status} />,
            }))}
          />
        </Sheet>
      )}
      {reasons.length > 0 && (
        <Sheet title="遮盖理由逐项">
          <p className="quiet">拟定部分公开的决定、起草部分公开答复书时照此填写，可以改写得更清楚。</p>
          <ol className="reasons">
            {reasons.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </Sheet>
      )}
    </DeskPage>
  )
}

/** 添加一份：上传，或者由文号取本机关发出的文书。 */
export function AddDocumentPage({ caseId, regNo, documentId, upload, letter }: { caseId: string; regNo: string; documentId: string; upload: FormState; letter: FormState }) {
  const here = documentsHref(caseId)
  return (
    <DeskPage title={`${regNo} 添加答复所附的文件`} heading="添加文件" crumbs={[...crumbsOf(caseId, regNo), { label: '答复所附的文件', href: here }]}>
      <div className="stack">
        <Sheet title="上传">
          <Form action={`${here}/new`} submit="上传" multipart hidden={{ documentId }} cancel={{ href: here }} state={upload}>
            <FileField name="file" label="文件" required accept=".pdf,.docx,.xlsx,.png,.jpg,.jpeg" hint="PDF、DOCX、XLSX、PNG 或 JPEG，不超过 20 MB。文件加密存放，谁看过都留痕；文件名不会提供给申请人。涉密文件不得上传" />
          </Form>
        </Sheet>
        <Sheet title="从本系统取">
          <Form action={`${here}/from-letter`} submit="取这件文书" hidden={{ documentId }} state={letter}>
            <TextField name="docNo" label="文号" required width="middle" hint="本机关已经发出的文书，照文书上的写全，如「…公开答〔2026〕3号」" />
          </Form>
        </Sheet>
      </div>
    </DeskPage>
  )
}
