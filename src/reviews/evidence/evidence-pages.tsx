import { Field } from '../../applications/index.ts'
import type { ActionField, CaseMaterial } from '../../applications/index.ts'
import { CheckboxGroup, Confirm, DataTable, DeskPage, FileField, Form, LinkButton, Notice, PostButton, Sheet, Tag } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { LIST } from '../desk/case-page.tsx'
import { hrefOf, hrefOfEvidence } from '../desk/hrefs.ts'
import { EVIDENCE_SOURCES } from './evidence-store.ts'
import type { Evidence } from './evidence-store.ts'

interface At {
  caseId: string
  caseNo: string
}
const crumbsOf = ({ caseId, caseNo }: At) => [...LIST, { label: caseNo, href: hrefOf(caseId) }]

/** 一份证据的各栏。 */
export const EVIDENCE_FIELDS: readonly ActionField[] = [
  { name: 'name', label: '名称', kind: 'text', required: true, maxLength: 200, hint: '如：政府信息公开申请表' },
  { name: 'proves', label: '证明什么', kind: 'long', maxLength: 500, hint: '如：证明申请人所求的内容与收到之日' },
  { name: 'pages', label: '页码或者页数', kind: 'text', maxLength: 20, hint: '如：1—3' },
]

export interface EvidencePageModel extends At {
  evidence: readonly Evidence[]
  /** 案卷里还没有列进来的 */
  materials: readonly CaseMaterial[]
  linked: boolean
  canHandle: boolean
  canTake: boolean
  state: FormState
  flash: Flash | null
}

/** 证据目录：依次各份，从案卷里勾选，另行添。 */
export function EvidencePage(props: EvidencePageModel) {
  const { caseId, caseNo, evidence, canHandle, canTake } = props
  return (
    <DeskPage
      title={`证据目录 ${caseNo}`}
      heading="证据目录"
      crumbs={crumbsOf(props)}
      lead="随答复、答辩提交当初作出行政行为的证据、依据和其他有关材料；没有按期提交的，视为没有（行政复议法第四十八条、第七十条，行政诉讼法第六十七条）。"
      actions={evidence.length > 0 && canTake ? <LinkButton href={`${hrefOf(caseId)}/files?what=evidence`}>打印目录</LinkButton> : undefined}
    >
      <FlashNotice flash={props.flash} />
      <Sheet>
        <DataTable
          caption="证据目录"
          columns={[
            { key: 'n', label: '序号', align: 'end', render: (row: Evidence) => evidence.indexOf(row) + 1 },
            { key: 'name', label: '名称', render: ({ content }) => content.name },
            { key: 'proves', label: '证明什么', render: ({ content }) => (content.proves === '' ? '—' : content.proves) },
            { key: 'pages', label: '页码或者页数', render: ({ content }) => (content.pages === '' ? '—' : content.pages) },
            { key: 'source', label: '来源', render: (row) => <SourceCell row={row} {...props} /> },
            { key: 'act', label: '改动', render: (row) => <ActsCell row={row} {...props} /> },
          ]}
          rows={evidence}
          rowKey={({ evidenceId }) => evidenceId}
          empty={{ title: '目录还是空的', children: '从案卷里勾选，或者另行添加；依次就是提交的次序。' }}
        />
      </Sheet>
      {canHandle && <PickForm {...props} />}
      {canHandle && (
        <Sheet title="另行添一份">
          <Form action={`${hrefOfEvidence(caseId)}/add`} submit="添在末尾" state={props.state} multipart>
            {EVIDENCE_FIELDS.map((field) => (
              <Field key={field.name} field={field} />
            ))}
            <FileField name="file" label="文件" accept=".pdf,.docx,.jpg,.jpeg,.png" hint="PDF、DOCX、JPEG、PNG，不超过 10 MB，加密存放；原件在别处的可以不传，只列名目" />
          </Form>
        </Sheet>
      )}
    </DeskPage>
  )
}

function SourceCell({ row, caseId, canTake }: { row: Evidence } & EvidencePageModel) {
  return (
    <>
      {EVIDENCE_SOURCES[row.source]}
      {row.file !== null && canTake && (
        <>
          {' '}
          <a href={`${hrefOf(caseId)}/files?what=${row.evidenceId}`} aria-label={`取用：${row.content.name}`}>
            取用
          </a>
        </>
      )}
    </>
  )
}

function ActsCell({ row, caseId, canHandle }: { row: Evidence } & EvidencePageModel) {
  if (row.submittedOn !== null) return <Tag tone="ok">{row.submittedOn} 已提交</Tag>
  if (!canHandle) return <>—</>
  const here = `${hrefOfEvidence(caseId)}/${row.evidenceId}`
  const { name } = row.content
  return (
    <>
      <a href={here} aria-label={`修改：${name}`}>
        修改
      </a>{' '}
      <PostButton action={`${here}/move`} label="上移" spoken={`上移：${name}`} kind="link" fields={{ by: 'up' }} /> <PostButton action={`${here}/move`} label="下移" spoken={`下移：${name}`} kind="link" fields={{ by: 'down' }} />{' '}
      <a href={`${here}/remove`} aria-label={`去掉：${name}`}>
        去掉
      </a>
    </>
  )
}

function PickForm({ caseId, materials, linked }: EvidencePageModel) {
  if (!linked) return <Notice tone="info" title="没有连上所争的申请，不能从案卷里勾选"><a href={`${hrefOf(caseId)}/steps/link`}>连上申请</a></Notice>
  if (materials.length === 0)
    return (
      <Sheet title="从案卷里勾选">
        <p className="quiet">案卷里的材料、发出的文书都已列进目录，或者还没有。</p>
      </Sheet>
    )
  return (
    <Sheet title="从案卷里勾选">
      <Form action={`${hrefOfEvidence(caseId)}/pick`} submit="列进目录">
        <CheckboxGroup name="id" label="申请的材料与发出的文书" options={materials.map(({ id, name, on }) => ({ value: id, label: `${on} ${name}` }))} hint="列进来之后再写证明什么、几页" />
      </Form>
    </Sheet>
  )
}

/** 改一份。 */
export function EvidenceEditPage({ one, state, ...at }: At & { one: Evidence; state: FormState }) {
  const back = hrefOfEvidence(at.caseId)
  const values: Readonly<Record<string, string>> = { ...one.content }
  return (
    <DeskPage title={`改证据 ${at.caseNo}`} heading="改证据" crumbs={[...crumbsOf(at), { label: '证据目录', href: back }]}>
      <Sheet>
        <Form action={`${back}/${one.evidenceId}`} submit="存下" cancel={{ href: back }} state={state}>
          {EVIDENCE_FIELDS.map((field) => (
            <Field key={field.name} field={{ ...field, value: values[field.name] ?? '' }} />
          ))}
        </Form>
      </Sheet>
    </DeskPage>
  )
}

/** 去掉之前先问。 */
export function EvidenceRemovePage({ one, ...at }: At & { one: Evidence }) {
  const back = hrefOfEvidence(at.caseId)
  return (
    <DeskPage title={`去掉证据 ${at.caseNo}`} heading="去掉证据" crumbs={[...crumbsOf(at), { label: '证据目录', href: back }]}>
      <Confirm
        what={`从目录里去掉「${one.content.name}」`}
        consequences={[one.source === 'upload' ? '上传的文件不再能取用' : '案卷里的原件不受影响，可以再列进来']}
        form={{ action: `${back}/${one.evidenceId}/remove`, submit: '去掉', cancel: { href: back } }}
      />
    </DeskPage>
  )
}
