import { Confirm, DefinitionList, DeskPage, Digest, EmptyState, Form, Notice, RadioGroup, Sheet, TextArea } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { aboveDocument, compareHref, documentHref, partHref, withinDocument } from './document-frame.ts'
import type { DocumentFrame } from './document-frame.ts'
import { DOCUMENT_TYPES } from './document-files.ts'
import type { AnswerDocument, DocumentType } from './document-store.ts'

export interface ConfirmModel {
  frame: DocumentFrame
  document: AnswerDocument
  file: { hash: string; type: DocumentType } | null
  reasons: readonly string[]
  /** 不能核对的缘故；可以则为 null */
  refusal: string | null
  state: FormState
}

/** 核对无误：认定此刻的这一份。 */
export function ConfirmDocumentPage({ frame, document, file, reasons, refusal, state }: ConfirmModel) {
  const back = documentHref(frame)
  return (
    <DeskPage title={`核对 ${frame.title} ${frame.regNo}`} heading={`核对${frame.title}`} crumbs={withinDocument(frame)} lead="认定此刻的这一份；之后改动遮盖之处，核对随即作废。">
      <div className="stack">
        {document.whole && document.hidden.length > 0 && <Notice tone="warn" title={`照原件提供，连同所附带的：${document.hidden.join('、')}`}>不应当一并提供的，请退回标记的人，生成一份去掉附带内容的。</Notice>}
        {reasons.length > 0 && (
          <Sheet title="遮盖理由逐项">
            <ol className="reasons">
              {reasons.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ol>
          </Sheet>
        )}
        {refusal !== null || file === null ? (
          <Notice tone="info" title={refusal ?? '还没有可以核对的'}>
            <a href={back}>返回{frame.title}</a>
          </Notice>
        ) : (
          <Sheet title="核对无误？">
            <DefinitionList items={[['所提供的', document.whole ? '原件全文' : `遮盖件（${DOCUMENT_TYPES[file.type].label}）`]]} />
            <Digest of="所提供的文件" hash={file.hash} />
            <p>{document.whole ? <a href={partHref(frame, 1)}>逐页看过原件</a> : <a href={compareHref(frame, 1)}>逐页对照原件与遮盖件</a>}：该遮的都遮了，不该遮的没有遮。</p>
            <Form action={`${back}/confirm`} submit="核对无误" hidden={{ version: String(frame.version), hash: file.hash }} cancel={{ href: back }} state={state} />
          </Sheet>
        )}
      </div>
    </DeskPage>
  )
}

export const RemoveDocumentPage = ({ frame, state }: { frame: DocumentFrame; state: FormState }) => (
  <DeskPage title={`删去 ${frame.title} ${frame.regNo}`} heading="删去文件" crumbs={withinDocument(frame)}>
    <Confirm
      what={`删去${frame.title}`}
      consequences={['原件、遮盖之处与遮盖件一并删去，不能恢复', '其后的附件依次改号']}
      form={{ action: `${documentHref(frame)}/remove`, submit: '删去', cancel: { href: documentHref(frame) }, hidden: { version: String(frame.version) }, state }}
    />
  </DeskPage>
)

/** 取用文件：先填事由。 */
export function TakeDocumentPage({ frame, choices, canHandle, state }: { frame: DocumentFrame; choices: readonly { which: 'original' | 'answer'; label: string }[]; canHandle: boolean; state: FormState }) {
  const crumbs = canHandle ? withinDocument(frame) : aboveDocument(frame)
  const back = crumbs.at(-1)?.href ?? ''
  return (
    <DeskPage title={`下载 ${frame.title} ${frame.regNo}`} heading={`下载${frame.title}`} crumbs={crumbs} lead="只在办理本件所必需时下载；谁、何时、因何下载都留痕。">
      {choices.length === 0 ? (
        <EmptyState title="还没有可以提供的一份">办理这件申请的人生成遮盖件、或者选定全文提供之后可以下载。</EmptyState>
      ) : (
        <Sheet>
          <Form action={`${documentHref(frame)}/files`} submit="下载" cancel={{ href: back }} state={state}>
            <RadioGroup name="which" label="哪一份" required value={choices[0]?.which} options={choices.map(({ which, label }) => ({ value: which, label }))} />
            <TextArea name="reason" label="事由" required rows={2} maxLength={200} hint="如：核对遮盖。不写所遮的内容、申请人的姓名" />
          </Form>
        </Sheet>
      )}
    </DeskPage>
  )
}
