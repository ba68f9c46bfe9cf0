import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { CheckboxGroup, DataTable, DateField, DeskPage, Form, Notice, PostButton, RadioGroup, SelectField, Sheet, TextArea, TextField } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { articleOf, ORIGINS, PUBLICATION_CODES } from '../../catalogue/index.ts'
import type { PublicationCode } from '../../catalogue/index.ts'
import { STATUSES } from '../application.ts'
import type { Application } from '../application.ts'
import { BECAUSE } from './same-information.ts'
import type { GroupedCase, SameInformation } from './same-information.ts'

const crumbsOf = (caseId: string, a: Application) => [
  { label: '在办申请', href: '/desk/applications' },
  { label: a.regNo, href: `/desk/applications/${caseId}` },
]

/** 依书面凭据记下是否同意电子送达。 */
export const RecordConsentPage = ({ caseId, application: a, state }: { caseId: string; application: Application; state: FormState }) => (
  <DeskPage title={`电子送达 ${a.regNo}`} heading="记下是否同意电子送达" crumbs={crumbsOf(caseId, a)} lead="电子送达须经申请人同意；申请人在查询页答过的，以最近一次为准。">
    <Sheet>
      <Form action={`/desk/applications/${caseId}/electronic-consent`} submit="记下" cancel={{ href: `/desk/applications/${caseId}` }} state={state}>
        <RadioGroup name="agreed" label="申请人是否同意电子送达" required options={[{ value: 'yes', label: '同意' }, { value: 'no', label: '不同意、收回同意' }]} />
        <TextField name="proof" label="凭据" required maxLength={200} hint="如：申请表第二页的勾选、2026-01-12 交来的同意书。不写申请人的姓名、电话" />
      </Form>
    </Sheet>
  </DeskPage>
)

export interface SameInformationModel {
  caseId: string
  application: Application
  group: SameInformation | null
  alike: readonly GroupedCase[]
  state: FormState
  flash: Flash | null
}

/** 认定哪几件申请的是同一信息。 */
export function SameInformationPage({ caseId, application: a, group, alike, state, flash }: SameInformationModel) {
  const base = `/desk/applications/${caseId}/same-information`
  const others = group?.cases.filter((each) => each.caseId !== caseId) ?? []
  return (
    <DeskPage title={`同一信息 ${a.regNo}`} heading="同一信息的申请" crumbs={crumbsOf(caseId, a)} lead="两位以上的申请人要同一信息、且可以公开的，可以转为主动公开（条例第四十四条）。申请人按证件号码认，没有号码的按姓名认（本区设定）。">
      <FlashNotice flash={flash} />
      <div className="stack">
        <Sheet title="已认定的">
          {others.length === 0 ? (
            <p className="quiet">还没有。从下面内容相同的里认定，或者填登记号。</p>
          ) : (
            <>
              <p>不同的申请人 {group?.applicants ?? 0} 位。</p>
              <Cases rows={others} caption="已认定为同一信息的申请" />
              {group?.settledOn === null && <PostButton action={`${base}/unlink`} label="把本件从这一组取出" kind="second" />}
            </>
          )}
        </Sheet>
        <Sheet title="内容相同的">
          {alike.length === 0 ? <p className="quiet">没有内容（不计空白）相同的申请。</p> : <Cases rows={alike} caption="内容相同的申请" />}
        </Sheet>
        <Sheet title="认定为同一信息">
          <Form action={base} submit="认定为同一信息" cancel={{ href: `/desk/applications/${caseId}` }} state={state}>
            <TextField name="regNo" label="另一件的登记号" required maxLength={60} value={alike[0]?.regNo ?? ''} hint="说法不同而要的是同一份文件、同一件事的，也可以认定" />
          </Form>
        </Sheet>
      </div>
    </DeskPage>
  )
}

const Cases = ({ rows, caption }: { rows: readonly GroupedCase[]; caption: string }) => (
  <DataTable
    caption={caption}
    columns={[
      { key: 'regNo', label: '登记号', nowrap: true, render: (row: GroupedCase) => row.regNo },
      { key: 'content', label: '所求', render: (row) => (row.content.length > 60 ? `${row.content.slice(0, 60)}…` : row.content) },
      { key: 'status', label: '办到', render: (row) => STATUSES[row.status] },
    ]}
    rows={rows}
    rowKey={(row) => row.caseId}
    rowHref={(row) => `/desk/applications/${row.caseId}`}
    empty={{ title: '没有' }}
  />
)

const CODES = Object.keys(PUBLICATION_CODES) as PublicationCode[]

export interface PromoteModel {
  caseId: string
  application: Application
  group: SameInformation
  today: string
  state: FormState
  declineState: FormState
}

/** 审核是否转为主动公开：在主动公开里登记一条，或者写明不转的理由。 */
export function PromotePage({ caseId, application: a, group, today, state, declineState }: PromoteModel) {
  const base = `/desk/applications/${caseId}/promote`
  const suggested = group.cases.filter(({ suggestedOn }) => suggestedOn !== null)
  return (
    <DeskPage title={`转为主动公开 ${a.regNo}`} heading="转为主动公开" crumbs={crumbsOf(caseId, a)} lead="条例第四十四条：多个申请人要同一信息、可以公开的，可以纳入主动公开；申请人建议、经审核属于主动公开范围的，应当及时主动公开。">
      <div className="stack">
        <Notice tone="info" title={`不同的申请人 ${group.applicants} 位，共 ${group.cases.length} 件`}>
          {suggested.map((each) => (
            <p key={each.caseId}>
              {each.regNo} 的申请人于 {each.suggestedOn} 建议主动公开{each.suggestedBecause === null ? '' : `：${BECAUSE[each.suggestedBecause]}`}
            </p>
          ))}
        </Notice>
        <Sheet title="转为主动公开">
          <p className="quiet">在主动公开里登记一条，编索引号，属性为主动公开；此后照常经公开审查才公开，这一步什么也不公开。</p>
          <Form action={base} submit="登记为拟主动公开" cancel={{ href: `/desk/applications/${caseId}` }} state={state}>
            <TextField name="title" label="信息的名称" required maxLength={200} hint="写信息本身的名称，不照抄申请，不写申请人" />
            <TextField name="docNo" label="文号" maxLength={100} width="middle" />
            <DateField name="formedOn" label="形成之日" required max={today} />
            <SelectField name="origin" label="来源" required value="made" blank={null} options={Object.entries(ORIGINS).map(([value, label]) => ({ value, label }))} />
            <TextArea name="summary" label="内容概述" rows={3} maxLength={500} />
            <CheckboxGroup name="codes" label="属于主动公开的哪一项" required hint="条例第二十条、第二十一条，至少选一项" options={CODES.map((code) => ({ value: code, label: code.startsWith('A21') ? articleOf(code) : `${articleOf(code)} ${PUBLICATION_CODES[code].label}` }))} />
          </Form>
        </Sheet>
        <Sheet title="不转">
          <Form action={`${base}/decline`} submit="不转为主动公开" state={declineState}>
            <TextArea name="reason" label="理由" required rows={3} maxLength={500} hint="如：内容只涉及申请人自身，不需要公众广泛知晓。不写申请人的姓名" />
          </Form>
        </Sheet>
      </div>
    </DeskPage>
  )
}
