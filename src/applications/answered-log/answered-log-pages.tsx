import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { CheckboxGroup, Confirm, DataTable, DefinitionList, DeskPage, Form, Notice, Sheet, Tag, TextArea, TextField } from '../../platform/html/index.ts'
import type { FormState, ListQuery } from '../../platform/html/index.ts'
import { outcomeRule } from '../../statute/outcomes.ts'
import type { Application } from '../application.ts'
import type { LogEntry } from './answered-log-store.ts'
import { LIMITS } from './answered-request.ts'
import type { LoggedAttachment } from './tables.ts'

export const LOG_STATUSES = { draft: '等批准', published: '已公布', withdrawn: '已撤下' } as const
const TONES = { draft: 'wait', published: 'ok', withdrawn: 'plain' } as const

const LIST = { label: '公布的答复', href: '/desk/applications/answered-log' }

export interface LogDeskModel {
  caseId: string
  application: Application
  entry: LogEntry | null
  withdrawn: readonly LogEntry[]
  loggable: readonly LoggedAttachment[]
  /** 公众看到的地址 */
  publicHref: string | null
  canDraft: boolean
  /** 可以批准、退回、撤下 */
  canApprove: boolean
  /** 起草、修改过的不能批准 */
  isOwn: boolean
  states: { draft: FormState; act: FormState }
  flash: Flash | null
}

/** 一件申请的答复的公布：起草、批准、撤下。 */
export function LogDeskPage(props: LogDeskModel) {
  const { caseId, application: a, entry } = props
  return (
    <DeskPage
      title={`公布答复 ${a.regNo}`}
      heading="公布答复"
      crumbs={[{ label: '在办申请', href: '/desk/applications' }, { label: a.regNo, href: `/desk/applications/${caseId}` }]}
      status={entry === null ? undefined : <Tag tone={TONES[entry.status]}>{LOG_STATUSES[entry.status]}</Tag>}
      lead="公众关心的答复，去掉个人信息之后列入答复过的申请，免得再有人来要。起草与批准须是两人；批准即公布。"
    >
      <FlashNotice flash={props.flash} />
      {entry?.returnedReason != null && <Notice tone="warn" title={`退回修改：${entry.returnedReason}`} />}
      <div className="stack">
        {entry !== null && <Shown {...props} entry={entry} />}
        {entry?.status === 'draft' && props.canApprove && <Approve {...props} entry={entry} />}
        {entry?.status === 'published' && props.canApprove && <Withdraw {...props} entry={entry} />}
        {entry?.status !== 'published' && props.canDraft && <Draft {...props} />}
        {props.withdrawn.length > 0 && (
          <Sheet title="撤下过的">
            {props.withdrawn.map((each) => (
              <p key={each.entryId}>
                {each.publishedOn} 公布，{each.withdrawnOn} 撤下：{each.withdrawReason}
              </p>
            ))}
          </Sheet>
        )}
      </div>
    </DeskPage>
  )
}

const Shown = ({ caseId, entry, loggable, publicHref }: LogDeskModel & { entry: LogEntry }) => (
  <Sheet title={entry.status === 'published' ? '公布着的' : '拟公布的'}>
    <DefinitionList
      items={[
        ['题目', entry.title],
        ['申请公开什么', <Lines key="asked" text={entry.asked} />],
        ['答复', <Lines key="answer" text={entry.answer} />],
        ['所附的文件', entry.attachments.length === 0 ? '没有' : <Attachments key="files" {...{ caseId, loggable }} attachments={entry.attachments} />],
      ]}
    />
    {publicHref !== null && (
      <p>
        <a href={publicHref}>看公众看到的页面</a>
      </p>
    )}
  </Sheet>
)

// 还是所附那一份的可以打开，与附件一栏的下载同一处：填事由、留痕
const Attachments = ({ caseId, attachments, loggable }: { caseId: string; attachments: LogEntry['attachments']; loggable: readonly LoggedAttachment[] }) => (
  <ul>
    {attachments.map(({ documentId, name, sha }) => (
      <li key={documentId}>
        {loggable.some((each) => each.documentId === documentId && each.sha === sha) ? (
          <>
            <a href={`/desk/applications/${caseId}/documents/${documentId}/files`} aria-label={`下载${name}（须填事由）`}>
              {name}
            </a>
            （须填事由）
          </>
        ) : (
          `${name}（已改动或者删去，打不开）`
        )}
      </li>
    ))}
  </ul>
)

export const Lines = ({ text }: { text: string }) => (
  <>
    {text.split(/\n+/).map((line, i) => (
      <p key={i}>{line}</p>
    ))}
  </>
)

function Draft({ caseId, application: a, entry, loggable, states }: LogDeskModel) {
  const base = `/desk/applications/${caseId}/answered-log`
  const chosen = entry?.attachments.map(({ documentId }) => documentId) ?? []
  return (
    <Sheet title={entry === null ? '起草' : '修改'}>
      {a.decision !== null && <p className="quiet">处理结果：{outcomeRule(a.decision.outcome).label}。所求：{a.content}</p>}
      <Form action={base} submit={entry === null ? '交批准' : '改好再交批准'} cancel={{ href: `/desk/applications/${caseId}` }} state={states.draft} hidden={{ version: String(entry?.version ?? 0) }}>
        <TextField name="title" label="题目" required maxLength={LIMITS.title} value={entry?.title} hint="如：某小区加装电梯的批复" />
        <TextArea name="asked" label="申请公开什么" required rows={3} maxLength={LIMITS.asked} value={entry?.asked} hint="用一般的话另写，不照抄申请原文，不写申请人与第三方" />
        <TextArea name="answer" label="答复" required rows={8} maxLength={LIMITS.answer} value={entry?.answer} hint="写明给了什么、在哪里可以看到，或者为何没有；有个人信息的系统不收，没有认出的请自己去掉" />
        {loggable.length > 0 && (
          <CheckboxGroup
            name="documents"
            label="所附的文件"
            hint="只列已由另一人核对的；请再看一遍里面有没有只该给申请人看的"
            value={chosen}
            options={loggable.map(({ documentId, name }) => ({ value: documentId, label: name }))}
          />
        )}
      </Form>
      {entry !== null && (
        <details>
          <summary>不公布了</summary>
          <Confirm what="删去这份草稿" consequences={['草稿就此删去', '以后要公布的，重新起草']} form={{ action: `${base}/discard`, submit: '删去草稿', danger: true, hidden: { version: String(entry.version) } }} />
        </details>
      )}
    </Sheet>
  )
}

function Approve({ caseId, entry, isOwn, states }: LogDeskModel & { entry: LogEntry }) {
  const base = `/desk/applications/${caseId}/answered-log`
  if (isOwn) return <Notice tone="info" title="您（或者委托您的人）起草、修改过，须由另一位负责人批准" />
  return (
    <>
      <Confirm
        what={`公布「${entry.title}」`}
        consequences={['立即在门户公布，任何人都看得到', '请逐句看过：没有申请人、第三方的个人信息，没有不予公开的内容', '批准的正是上面这一份，此后改一字须重新批准']}
        form={{ action: `${base}/publish`, submit: '批准公布', hidden: { hash: entry.hash } }}
      />
      <Sheet title="退回">
        <Form action={`${base}/return`} submit="退回修改" state={states.act} hidden={{ version: String(entry.version) }}>
          <TextArea name="reason" label="退回的缘故" required rows={2} maxLength={500} />
        </Form>
      </Sheet>
    </>
  )
}

const Withdraw = ({ caseId, entry, states }: LogDeskModel & { entry: LogEntry }) => (
  <Confirm
    what="撤下这件答复"
    consequences={['公众立即看不到内容，其地址只说明已撤下', '撤下的不能恢复，要再公布的须重新起草、批准']}
    form={{
      action: `/desk/applications/${caseId}/answered-log/withdraw`,
      submit: '撤下',
      danger: true,
      state: states.act,
      hidden: { version: String(entry.version) },
      children: <TextArea name="reason" label="撤下的缘故" required rows={2} maxLength={500} hint="公众看得到；不写个人信息" />,
    }}
  />
)

export interface LogListModel {
  rows: readonly LogEntry[]
  total: number
  query: ListQuery
}

/** 本机关各条公布的答复。 */
export const LogListPage = ({ rows, total, query }: LogListModel) => (
  <DeskPage title={LIST.label} crumbs={[{ label: '在办申请', href: '/desk/applications' }]} lead="公众关心的答复，去掉个人信息之后公布。在案件页起草，由另一位负责人批准。">
    <DataTable
      caption="公布的答复"
      columns={[
        { key: 'title', label: '题目', render: (row: LogEntry) => row.title },
        { key: 'status', label: '办到', render: (row) => <Tag tone={TONES[row.status]}>{row.returnedReason === null ? LOG_STATUSES[row.status] : '退回修改'}</Tag> },
        { key: 'publishedOn', label: '公布之日', nowrap: true, render: (row) => row.publishedOn ?? '—' },
        { key: 'withdrawnOn', label: '撤下之日', nowrap: true, render: (row) => row.withdrawnOn ?? '—' },
      ]}
      rows={rows}
      rowKey={(row) => row.entryId}
      rowHref={(row) => `/desk/applications/${row.caseId}/answered-log`}
      list={{ query, total, search: '题目、申请、答复里的字', filters: [{ kind: 'select', name: 'status', label: '办到', options: Object.entries(LOG_STATUSES).map(([value, label]) => ({ value, label })) }] }}
      empty={{ title: '还没有公布过答复', children: '答复发出之后，在案件页「公布答复」起草。', action: { label: '看已办结的申请', href: '/desk/applications/closed' } }}
    />
  </DeskPage>
)
