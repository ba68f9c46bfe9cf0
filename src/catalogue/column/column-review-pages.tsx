import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { Confirm, DataTable, DefinitionList, DeskPage, Digest, Form, LinkButton, Moment, Notice, Sheet, Tag, TextArea } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { toPartLines } from './column-content.ts'
import { COLUMN, COLUMN_CRUMB } from './column-desk-pages.tsx'
import { differenceOf } from './column-difference.ts'
import type { DifferencePiece } from './column-difference.ts'
import { PARTS } from './column-parts.ts'
import type { PartContent, PartName } from './column-parts.ts'
import type { ColumnVersion } from './column-store.ts'

export interface ReviewModel {
  part: PartName
  open: ColumnVersion
  shown: ColumnVersion | null
  /** 起草、修改过的人，称呼 */
  draftedBy: readonly string[]
  canHandle: boolean
  canApprove: boolean
  isOwn: boolean
  state: FormState
  flash: Flash | null
}

/** 草稿或者送批的一份：与公布着的比对；批准公布、退回、删去。 */
export function ReviewPartPage({ part, open, shown, draftedBy, canHandle, canApprove, isOwn, state, flash }: ReviewModel) {
  const base = `${COLUMN}/${part}`
  const submitted = open.status === 'submitted'
  return (
    <DeskPage
      title={`${PARTS[part].title}：改动`}
      crumbs={[COLUMN_CRUMB]}
      status={<Tag tone={submitted ? 'wait' : 'act'}>{submitted ? '等批准公布' : '草稿'}</Tag>}
      lead={`${draftedBy.join('、')} 起草，${shown === null ? '还没有公布过' : `与公布着的第 ${shown.number} 版比对`}。`}
      actions={canHandle ? <LinkButton second href={base}>修改</LinkButton> : undefined}
    >
      <FlashNotice flash={flash} />
      <div className="stack">
        <Difference part={part} before={shown?.content ?? null} after={open.content} />
        {submitted && canApprove && isOwn && <Notice tone="info" title="您（或者委托您的人）起草、修改过，须由另一位负责人批准公布" />}
        {submitted && canApprove && !isOwn && (
          <>
            <Confirm
              what={`公布${PARTS[part].title}`}
              consequences={['立即在门户公布，任何人都看得到', shown === null ? '此前没有公布过' : '公布着的一份存作旧版', '批准的正是上面这一份，此后改一字须重新批准']}
              form={{ action: `${base}/publish`, submit: '批准公布', hidden: { hash: open.hash } }}
            />
            <Sheet title="退回">
              <Form action={`${base}/return`} submit="退回修改" state={state} hidden={{ version: String(open.version) }}>
                <TextArea name="reason" label="退回的缘故" required rows={2} maxLength={500} />
              </Form>
            </Sheet>
          </>
        )}
        {canHandle && (
          <details className="sheet">
            <summary>不改了</summary>
            <Confirm what="删去这份草稿" consequences={['草稿就此删去', '公布着的不受影响']} form={{ action: `${base}/discard`, submit: '删去草稿', hidden: { version: String(open.version) } }} />
          </details>
        )}
      </div>
    </DeskPage>
  )
}

/** 改了的各栏，逐字标出加上的与删去的。 */
function Difference({ part, before, after }: { part: PartName; before: PartContent | null; after: PartContent }) {
  const changed = differenceOf(part, before, after)
  if (changed.length === 0) return <Notice tone="info" title="与公布着的一字不差" />
  return (
    <Sheet title={`改了 ${changed.length} 栏`}>
      <p className="quiet">
        <ins>带下划线的</ins>是加上的，<del>带删除线的</del>是删去的。
      </p>
      <dl className="difference">
        {changed.map(({ key, label, pieces }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>
              {pieces.map((piece, index) => (
                <Piece key={index} {...piece} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Sheet>
  )
}

const Piece = ({ kind, text }: DifferencePiece) => (kind === 'added' ? <ins>{text}</ins> : kind === 'removed' ? <del>{text}</del> : <>{text}</>)

export interface VersionsModel {
  part: PartName
  rows: readonly ColumnVersion[]
  people: ReadonlyMap<string, string>
}

/** 公布过的各版。 */
export const VersionsPage = ({ part, rows, people }: VersionsModel) => (
  <DeskPage title={`${PARTS[part].title}的历次版本`} crumbs={[COLUMN_CRUMB]} lead="每一版都留着；公众只看最新的一版。">
    <DataTable
      caption={`${PARTS[part].title}的历次版本`}
      columns={[
        { key: 'number', label: '版', nowrap: true, render: (row: ColumnVersion) => `第 ${row.number} 版` },
        { key: 'on', label: '公布之日', nowrap: true, render: (row) => row.publishedOn ?? '' },
        { key: 'at', label: '批准之时', nowrap: true, render: (row) => <Moment at={row.changedAt} /> },
        { key: 'drafted', label: '起草', render: (row) => nameAll(row.draftedBy, people) },
        { key: 'approved', label: '批准', render: (row) => nameAll(row.approvedBy === null ? [] : [row.approvedBy], people) },
      ]}
      rows={rows}
      rowKey={(row) => row.versionId}
      rowHref={(row) => `${COLUMN}/${part}/versions/${row.number}`}
      empty={{ title: '还没有公布过', children: '编好送批，由另一位负责人批准之后，这里就有第 1 版。', action: { label: '回到专栏', href: COLUMN } }}
    />
  </DeskPage>
)

/** 账号写作称呼；系统写的（演示数据）写作「系统」。 */
export const nameAll = (keys: readonly string[], people: ReadonlyMap<string, string>): string => keys.map((key) => people.get(key) ?? '系统').join('、')

export interface VersionModel {
  part: PartName
  version: ColumnVersion
  before: ColumnVersion | null
  people: ReadonlyMap<string, string>
}

/** 公布过的一版：与上一版的不同，与全文。 */
export const VersionPage = ({ part, version, before, people }: VersionModel) => (
  <DeskPage
    title={`${PARTS[part].title}第 ${version.number} 版`}
    crumbs={[COLUMN_CRUMB, { label: '历次版本', href: `${COLUMN}/${part}/versions` }]}
    lead={`${version.publishedOn} 公布；${nameAll(version.draftedBy, people)} 起草，${nameAll(version.approvedBy === null ? [] : [version.approvedBy], people)} 批准。`}
  >
    <div className="stack">
      {before !== null && <Difference part={part} before={before.content} after={version.content} />}
      <Sheet title="全文">
        <DefinitionList items={toPartLines(part, version.content).filter(({ text }) => text !== '').map(({ label, text }) => [label, text] as const)} />
      </Sheet>
      <Digest of="这一版" hash={version.hash} />
    </div>
  </DeskPage>
)
