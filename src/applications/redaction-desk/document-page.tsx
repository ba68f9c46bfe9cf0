import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DefinitionList, DeskPage, Digest, LinkButton, Notice, PostButton, ProgressBar, Sheet, Steps } from '../../platform/html/index.ts'
import type { Step } from '../../platform/html/index.ts'
import { aboveDocument, compareHref, documentHref, partHref } from './document-frame.ts'
import type { DocumentFrame } from './document-frame.ts'
import { answerFile, DOCUMENT_TYPES } from './document-files.ts'
import type { AnswerDocument } from './document-store.ts'
import { DocumentTag } from './documents-page.tsx'
import { partName } from './open-parts.ts'

export interface DocumentModel {
  frame: DocumentFrame
  document: AnswerDocument
  reasons: readonly string[]
  /** 账号 → 姓名 */
  people: ReadonlyMap<string, string>
  /** 此人不能核对的缘故；可以则为 null */
  whyNotConfirm: string | null
  flash: Flash | null
}

/** 一份文件：到哪一步，下一步做什么，各处的标记。 */
export function DocumentPage(props: DocumentModel) {
  const { frame, document, reasons } = props
  return (
    <DeskPage title={`${frame.title} ${frame.regNo}`} heading={frame.title} crumbs={aboveDocument(frame)} status={<DocumentTag status={document.status} />}>
      <div className="stack">
        <FlashNotice flash={props.flash} />
        <Steps label={`${frame.title}的进度`} steps={stepsOf(document)} />
        <NextStep {...props} />
        <Sheet title={document.shape === 'pages' ? '各页' : '各部分'}>
          <PartLinks frame={frame} document={document} />
          {frame.frozen === null && <p className="quiet"><a href={`${documentHref(frame)}/find`}>查找文字、提示疑为个人信息的号码</a></p>}
        </Sheet>
        {reasons.length > 0 && (
          <Sheet title={`遮盖 ${document.marks.length} 处`}>
            <ol className="reasons">
              {reasons.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ol>
          </Sheet>
        )}
        <Facts {...props} />
      </div>
    </DeskPage>
  )
}

function stepsOf({ status, whole }: AnswerDocument): Step[] {
  const at = { open: 0, producing: 1, refused: 1, failed: 1, ready: 2, confirmed: 3 }[status]
  const labels = whole ? ['选定全文提供', '照原件', '另一人核对'] : ['标记', '生成并复核', '另一人核对']
  return labels.map((label, i) => ({ label, state: i < at ? 'done' : i === at ? 'current' : 'todo' }))
}

const STAGES = { waiting: { done: 0, note: '排队等候。' }, redacting: { done: 1, note: '正在照遮盖之处另造一份。' }, verifying: { done: 2, note: '正在用另一套读法复核。' } } as const

function NextStep({ frame, document, whyNotConfirm }: DocumentModel) {
  const { status } = document
  if (status === 'producing')
    return (
      <Sheet>
        <ProgressBar label="生成遮盖件" done={STAGES[document.stage].done} total={3} unit="步" note={STAGES[document.stage].note} />
        <div className="buttons quiet">
          一百页约需一两分钟。停了很久没有动静的：
          <PostButton action={`${documentHref(frame)}/produce`} label="重新交办" kind="link" fields={{ version: String(frame.version) }} />
        </div>
      </Sheet>
    )
  if (status === 'confirmed') return <Sheet title="可以提供给申请人"><p>答复发出之后，申请人凭登记号与查询码可以下载这一份。</p><Take {...{ frame, document }} /></Sheet>
  if (status === 'ready')
    return (
      <Sheet title={document.whole ? '照原件提供，待另一人核对' : '遮盖件已生成，待另一人核对'}>
        <p>{document.whole ? '原件不作改动，连同它所附带的一并提供。' : '已用另一套读法复核：所遮的文字、附带的内容都读不出来。请对照原件逐页看过，再核对。'}</p>
        {whyNotConfirm !== null && <p className="quiet">{whyNotConfirm}。</p>}
        <div className="buttons">
          {whyNotConfirm === null && frame.frozen === null && <LinkButton href={`${documentHref(frame)}/confirm`}>核对</LinkButton>}
          {!document.whole && <LinkButton href={compareHref(frame, 1)} second={whyNotConfirm === null}>原件与遮盖件对照</LinkButton>}
        </div>
        <Take {...{ frame, document }} />
      </Sheet>
    )
  return (
    <>
      <Troubles document={document} />
      {frame.frozen === null ? <Choose frame={frame} document={document} /> : <Notice tone="info" title={frame.frozen} />}
    </>
  )
}

function Troubles({ document }: { document: AnswerDocument }) {
  if (document.status === 'refused')
    return (
      <Notice tone="error" title="复核没有通过，遮盖件没有留下">
        <ul>
          {document.findings.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
        <p>请补上遮盖之处再生成；仍不通过的，把原件打印后扫描成图片再上传。</p>
      </Notice>
    )
  return document.status === 'failed' ? <Notice tone="error" title={document.message ?? '没有生成'} /> : null
}

function Choose({ frame, document }: { frame: DocumentFrame; document: AnswerDocument }) {
  const fields = { version: String(frame.version) }
  const count = document.marks.length
  return (
    <Sheet title={count === 0 ? '有没有不予公开的内容？' : `已标记 ${count} 处`}>
      {document.hidden.length > 0 && (
        <Notice tone="warn" title={`原件还附带：${document.hidden.join('、')}`}>
          全文提供会连同这些一并交出；遮盖件里都不留。没有要遮盖的也可以生成一份，只去掉附带的内容。
        </Notice>
      )}
      <p>{count === 0 ? '有的，逐处标记，写明依据；没有的，照全文提供。' : '全部标好之后生成遮盖件；之后再改标记，生成的与核对的都作废，须重新生成。'}</p>
      <div className="buttons">
        {count > 0 && <PostButton action={`${documentHref(frame)}/produce`} label="生成遮盖件" fields={fields} />}
        <LinkButton href={partHref(frame, 1)} second={count > 0}>{count === 0 ? '标记要遮盖的' : '继续标记'}</LinkButton>
        {count === 0 && document.type !== 'letter' && <PostButton action={`${documentHref(frame)}/whole`} label="全文提供" kind="second" fields={fields} />}
        {count === 0 && <PostButton action={`${documentHref(frame)}/produce`} label={document.type === 'letter' ? '不遮盖，生成一份' : '不遮盖，只去掉附带的内容'} kind="second" fields={fields} />}
      </div>
    </Sheet>
  )
}

const Take = ({ frame, document }: { frame: DocumentFrame; document: AnswerDocument }) =>
  answerFile(document) === null ? null : (
    <p className="quiet">
      <a href={`${documentHref(frame)}/files`}>下载（须填事由）</a>
    </p>
  )

/** 各处的链接，各写明标了几处；当前的一处不是链接。 */
export function PartLinks({ frame, document, current, to = partHref }: { frame: DocumentFrame; document: Pick<AnswerDocument, 'parts' | 'shape' | 'marks'>; current?: number; to?: (frame: DocumentFrame, part: number) => string }) {
  const counts = Map.groupBy(document.marks, (mark) => mark.part)
  return (
    <ul className="years">
      {Array.from({ length: document.parts }, (_, i) => i + 1).map((part) => {
        const count = counts.get(part)?.length ?? 0
        return (
          <li key={part}>
            <a href={to(frame, part)} aria-current={part === current ? 'page' : undefined}>
              {partName(document.shape, part)}
              {count > 0 && <span>（{count} 处）</span>}
            </a>
          </li>
        )
      })}
    </ul>
  )
}

function Facts({ frame, document, people }: DocumentModel) {
  const named = (key: string): string => people.get(key) ?? key
  const file = answerFile(document)
  const facts: (readonly [string, string])[] = [
    ['原来的名称', document.name],
    ['种类', DOCUMENT_TYPES[document.type].label],
    ['附带的内容', document.hidden.length === 0 ? '没有' : document.hidden.join('、')],
    ['上传与标记', document.editedBy.map(named).join('、')],
    ...(document.confirmed === null ? [] : [['核对', named(document.confirmed.by)] as const]),
  ]
  return (
    <Sheet title="这份文件">
      <DefinitionList items={facts} />
      {file !== null && <Digest of="所提供的文件" hash={file.hash} />}
      {frame.frozen === null && (
        <p className="quiet">
          {document.type !== 'letter' && <a href={`${documentHref(frame)}/files`}>下载原件（须填事由）</a>}　<a href={`${documentHref(frame)}/remove`}>删去这份文件</a>
        </p>
      )}
    </Sheet>
  )
}
