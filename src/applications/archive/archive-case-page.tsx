import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { Confirm, DataTable, DefinitionList, DeskPage, Digest, Form, LinkButton, Notice, PostButton, ProgressBar, SelectField, Sheet, TextArea } from '../../platform/html/index.ts'
import type { FormProps, FormState } from '../../platform/html/index.ts'
import type { Application } from '../application.ts'
import { StatusTag } from '../desk/desk-list-page.tsx'
import { ARCHIVE_STEPS } from './archive-acts.ts'
import type { ArchiveStep } from './archive-acts.ts'
import { ARCHIVE, archiveHref, sizeWords } from './archive-list-page.tsx'
import type { Archive } from './archive-store.ts'
import { longerThan, RETENTIONS } from './retention.ts'
import type { ArchiveActKind } from './tables.ts'

const CRUMBS = [{ label: '档案', href: ARCHIVE }]

export interface ArchiveCaseModel {
  caseId: string
  application: Application
  archive: Archive | null
  acts: readonly { id: string; kind: ArchiveActKind; reason: string; by: string; on: string }[]
  /** 可以办的各步 */
  steps: readonly ArchiveStep[]
  canKeep: boolean
  canTake: boolean
  /** 去标识化之日；还不能去的，缘故 */
  deidentify: string | null
  flash: Flash | null
}

const ACT_WORDS: Readonly<Record<ArchiveActKind, string>> = { extended: '延长保管期限', held: '保全', released: '解除保全', 'destruction-proposed': '提出销毁', 'destruction-returned': '不同意销毁', destroyed: '销毁', deidentified: '去标识化' }

/** 一件的档案：包的情况、保管期限、可以办的几步、登记簿。 */
export function ArchiveCasePage(props: ArchiveCaseModel) {
  const { caseId, application: a, archive } = props
  const busy = archive?.state === 'waiting' || archive?.state === 'building'
  return (
    <DeskPage title={`${a.regNo} 的案卷`} heading={`${a.regNo} 的案卷`} crumbs={CRUMBS} status={<StatusTag status={a.status} />} lead={a.content.length > 80 ? `${a.content.slice(0, 80)}…` : a.content}>
      <FlashNotice flash={props.flash} />
      {busy && <ProgressBar label="正在做档案包" done={archive.done} total={archive.total === 0 ? null : archive.total} unit="份文件" />}
      {archive?.state === 'failed' && <Notice tone="error" title="档案包没有做成">{archive.message}</Notice>}
      {archive !== null && archive.traces.length > 0 && (
        <Notice tone="warn" title={`所求与经过的文字里疑有：${archive.traces.join('、')}`}>
          这些文字连同时间线逐条相扣，不能修改，去标识化之后也留在工作库里，只给办案的岗位看；不公布、不导出。
        </Notice>
      )}
      {archive?.held_because != null && <Notice tone="warn" title={`保全：${archive.held_because}`}>不去标识化、不销毁，直至解除。</Notice>}
      {archive?.destroy_because != null && archive.state !== 'destroyed' && <Notice tone="warn" title={`已提出销毁，待另一人批准：${archive.destroy_because}`} />}
      <Sheet title="档案包" actions={<a href={`/desk/applications/${caseId}`}>看案件</a>}>
        <PackageFacts archive={archive} deidentify={props.deidentify} />
        <div className="buttons">
          {props.canTake && archive?.file_key != null && <LinkButton href={`${archiveHref(caseId)}/download`}>取出档案包（须填事由）</LinkButton>}{' '}
          {props.canKeep && !busy && archive?.deidentified_on == null && archive?.state !== 'destroyed' && (
            <PostButton action={`${archiveHref(caseId)}/package`} label={archive === null ? '做预览' : archive.preview ? '重做预览' : '重做档案包'} kind="second" />
          )}
        </div>
      </Sheet>
      {props.steps.length > 0 && (
        <Sheet title="保管与鉴定">
          <ul>
            {props.steps.map((step) => (
              <li key={step}>
                <a href={`${archiveHref(caseId)}/${step}`}>{ARCHIVE_STEPS[step].label}</a>
              </li>
            ))}
          </ul>
        </Sheet>
      )}
      {archive !== null && (
        <Sheet title="登记簿">
          <DataTable
            caption="鉴定、保全、去标识化的登记"
            columns={[
              { key: 'on', label: '日期', nowrap: true, render: (act: ArchiveCaseModel['acts'][number]) => act.on },
              { key: 'kind', label: '事项', render: (act) => ACT_WORDS[act.kind] },
              { key: 'reason', label: '理由', render: (act) => act.reason },
              { key: 'by', label: '何人', render: (act) => act.by },
            ]}
            rows={props.acts}
            rowKey={(act) => act.id}
            empty={{ title: '还没有登记', children: '保全、鉴定、去标识化、销毁，逐次记在这里。' }}
          />
        </Sheet>
      )}
    </DeskPage>
  )
}

function PackageFacts({ archive, deidentify }: { archive: Archive | null; deidentify: string | null }) {
  if (archive === null) return <p>还没有做。归档时自动做；现在可以先做一个预览看看里面有什么。</p>
  if (archive.hash === null) return <p className="quiet">做成之后在这里取。</p>
  const facts: (readonly [string, string | null])[] = [
    ['文件', `${archive.files ?? 0} 份，${sizeWords(archive.size ?? 0)}`],
    ['归档之日', archive.archived_on ?? '尚未归档，这是预览'],
    ['保管期限', archive.preview ? null : `${RETENTIONS[archive.retention]}${archive.retain_until === null ? '' : `，至 ${archive.retain_until}`}（期限与起算日为本区设定）`],
    ['去标识化', archive.preview ? null : (archive.deidentified_on ?? deidentify)],
    ['销毁', archive.destroyed_on],
  ]
  return (
    <>
      <DefinitionList items={facts.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const]))} />
      <Digest of="整包" hash={archive.hash} />
      <p className="quiet">取出之后，只凭档案包本身即可核对是否完好、有无改动：系统管理员有核对的工具，逐份比摘要、逐条重算时间线。</p>
    </>
  )
}

/** 取出之前先填事由：包里有申请人的全部资料。 */
export const DownloadPage = ({ caseId, regNo, state }: { caseId: string; regNo: string; state: FormState }) => (
  <DeskPage title={`取出 ${regNo} 的档案包`} heading="取出档案包" crumbs={[...CRUMBS, { label: regNo, href: archiveHref(caseId) }]} lead="包里有申请人的全部资料。只在利用、移交、核对所必需时取出；谁、何时、因何取出都留痕。">
    <Sheet>
      <Form action={`${archiveHref(caseId)}/download`} submit="取出" cancel={{ href: archiveHref(caseId) }} state={state}>
        <TextArea name="reason" label="事由" required rows={2} maxLength={200} hint="如：移交档案馆。不写申请人的姓名、电话" />
      </Form>
    </Sheet>
  </DeskPage>
)

const CONSEQUENCES: Partial<Record<ArchiveStep, readonly string[]>> = {
  destroy: ['须由另一人（公开工作机构负责人或者机关领导）批准，批准之前档案照旧保管'],
  approve: ['档案包的文件删去，不能恢复；备份里的按备份的保留期过期', '工作库里本件的材料在去标识化时已经删去，此后再没有申请人的资料', '登记号、摘要、份数、理由、提出与批准的人留在销毁清册里'],
}

/** 鉴定、保全的一步。 */
export function ArchiveStepPage({ caseId, regNo, step, archive, state }: { caseId: string; regNo: string; step: ArchiveStep; archive: Archive; state: FormState }) {
  const { label } = ARCHIVE_STEPS[step]
  const consequences = CONSEQUENCES[step]
  const form: FormProps = {
    action: `${archiveHref(caseId)}/${step}`,
    submit: label,
    cancel: { href: archiveHref(caseId) },
    state,
    hidden: { version: String(archive.version) },
    children: (
      <>
        {step === 'extend' && <SelectField name="retention" label="延长到" required options={longerThan(archive.retention).map((value) => ({ value, label: RETENTIONS[value] }))} />}
        <TextArea name="reason" label="理由" required rows={2} maxLength={200} hint={step === 'hold' ? '如：某法院调卷。不写申请人的姓名' : '记入登记簿。不写申请人的姓名'} />
      </>
    ),
  }
  return (
    <DeskPage title={`${label} ${regNo}`} heading={label} crumbs={[...CRUMBS, { label: regNo, href: archiveHref(caseId) }]}>
      {archive.destroy_because !== null && <p>提出的理由：{archive.destroy_because}</p>}
      {consequences === undefined ? (
        <Sheet>
          <Form {...form} />
        </Sheet>
      ) : (
        <Confirm what={`${label} ${regNo} 的案卷`} consequences={consequences} form={form} />
      )}
    </DeskPage>
  )
}
