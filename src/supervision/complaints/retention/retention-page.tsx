import { FlashNotice } from '../../../identity/index.ts'
import type { Flash } from '../../../identity/index.ts'
import { Confirm, DataTable, DefinitionList, DeskPage, Form, Notice, PostButton, Sheet, Tag, TextArea } from '../../../platform/html/index.ts'
import type { FormState } from '../../../platform/html/index.ts'
import { LIST } from '../desk/complaint-words.tsx'
import type { Strip } from './strip-acts.ts'

export const RETENTION = '/desk/complaints/retention'

const STATES = { proposed: '等另一人批准', approved: '已去标识化', returned: '已退回' } as const

export interface RetentionModel {
  years: number
  beforeOn: string
  cases: number
  /** 期满而所涉的还在复议、诉讼之中的 */
  held: number
  strips: readonly Strip[]
  people: ReadonlyMap<string, string>
  canPropose: boolean
  /** 此人可以批准的一次；没有的为 null */
  toDecide: Strip | null
  state: FormState
  flash: Flash | null
}

/** 反映人资料的保存期限：期满的一人提出、另一人批准，删去之后经过与结论照留。 */
export function RetentionPage({ years, beforeOn, cases, held, strips, people, canPropose, toDecide, state, flash }: RetentionModel) {
  const waiting = strips.some((one) => one.state === 'proposed')
  return (
    <DeskPage title="反映人资料的保存期限" crumbs={LIST} lead="办结之后保存几年由本机关的设置定；期满的从系统里删去反映人、所写的话与文件，登记号、经过、结论与答复照留。">
      <FlashNotice flash={flash} />
      {toDecide === null && Object.values(state.errors).map((words) => <Notice key={words} tone="error" title={words} live />)}
      <div className="stack">
        <Sheet title="保存期满的">
          <DefinitionList items={[['保存', `办结当年年底起 ${years} 年（本区设定）`], ['期满的', `${beforeOn} 及以前办结的，${cases} 件`], ...(held === 0 ? [] : [['须保全的', `另有 ${held} 件所涉的还在复议、诉讼之中，或者没有履行完，留着，完了再办`] as const])]} />
          {canPropose && cases > 0 && !waiting && <PostButton action={`${RETENTION}/propose`} label={`提出去标识化 ${Math.min(cases, 1000)} 件`} />}
          {cases === 0 && <p className="quiet">现在没有期满的。</p>}
        </Sheet>
        {toDecide !== null && (
          <>
            <Confirm
              what={`批准去标识化 ${toDecide.cases} 件`}
              consequences={['反映人的姓名、联系方式，所写的话、文件都从系统里删去，不能恢复', '登记号、经过、结论与答复照留，统计不变', '反映人凭查询码仍看得到办到哪里']}
              form={{ action: `${RETENTION}/${toDecide.stripId}/approve`, submit: '批准并删去' }}
            />
            <Sheet title="不同意">
              <Form action={`${RETENTION}/${toDecide.stripId}/return`} submit="退回" state={state}>
                <TextArea name="reason" label="退回的理由" required rows={2} maxLength={300} hint="如：其中有的还在争议之中" />
              </Form>
            </Sheet>
          </>
        )}
        <DataTable
          caption="历次"
          showCaption
          columns={[
            { key: 'proposed', label: '提出', nowrap: true, render: (row: Strip) => row.proposedOn },
            { key: 'by', label: '提出的人', render: (row) => people.get(row.proposedBy[0] ?? '') ?? '' },
            { key: 'before', label: '何日以前办结的', nowrap: true, render: (row) => row.beforeOn },
            { key: 'cases', label: '件数', unit: '件', align: 'end', render: (row) => row.cases },
            { key: 'state', label: '现在', render: (row) => <Tag tone={row.state === 'approved' ? 'ok' : row.state === 'proposed' ? 'wait' : 'plain'}>{STATES[row.state]}</Tag> },
            { key: 'decided', label: '批准、退回', render: (row) => (row.decidedOn === null ? '—' : `${row.decidedOn} ${people.get(row.decidedBy ?? '') ?? ''}${row.reason === '' ? '' : `：${row.reason}`}`) },
          ]}
          rows={strips}
          rowKey={(row) => row.stripId}
          empty={{ title: '还没有去标识化过' }}
        />
      </div>
    </DeskPage>
  )
}
