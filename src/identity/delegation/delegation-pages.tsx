import { CheckboxGroup, Confirm, DataTable, DateField, DeskPage, Form, SelectField, Sheet, Tag, TextField } from '../../platform/html/index.ts'
import type { Column, FormState, ListQuery, Tone } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { ROLES } from '../actor.ts'
import type { Role } from '../actor.ts'
import { DELEGATION_RULES, DELEGATION_STATES, delegationState } from './delegation.ts'
import type { Delegation, DelegationState } from './delegation.ts'
import { rolesText } from '../desk-frame.ts'
import { FlashNotice } from '../flash-notice.tsx'
import type { Flash } from '../web.ts'

export const MINE = '/desk/account/delegation'
export const ALL = '/desk/admin/delegations'
const CRUMBS = [{ label: '我的账号', href: '/desk/account' }]

const TONES: Readonly<Record<DelegationState, Tone>> = { ahead: 'wait', active: 'ok', over: 'act', ended: 'act' }
const StateTag = ({ row, today }: { row: Delegation; today: PlainDate }) => {
  const state = delegationState(row, today)
  return <Tag tone={TONES[state]}>{DELEGATION_STATES[state]}</Tag>
}

interface Shown {
  people: ReadonlyMap<string, string>
  today: PlainDate
  /** 这一行可否提前终止，其地址；不能的为 null */
  endHref: (row: Delegation) => string | null
}

const nameOf = (id: string, people: Shown['people']): string => people.get(id) ?? '已无此账号'

/** 各处的表共有的几列：岗位、日子、缘由、现状、终止。 */
const columns = ({ people, today, endHref }: Shown, endable: boolean): Column<Delegation>[] => [
  { key: 'roles', label: '岗位', render: (row) => rolesText(row.roles) },
  { key: 'days', label: '起止', nowrap: true, render: (row) => `${row.startsOn} 至 ${row.endsOn}` },
  { key: 'reason', label: '缘由', render: (row) => row.reason },
  { key: 'state', label: '现状', render: (row) => <StateTag row={row} today={today} /> },
  ...(endable
    ? [
        {
          key: 'end',
          label: '终止',
          render: (row: Delegation) => {
            const href = endHref(row)
            return href === null ? '—' : <a href={href} aria-label={`提前终止${nameOf(row.from, people)}给${nameOf(row.to, people)}的委托`}>提前终止</a>
          },
        },
      ]
    : []),
]

export interface DelegationPageProps extends Shown {
  given: readonly Delegation[]
  received: readonly Delegation[]
  /** 自己可以委托的岗位 */
  own: readonly Role[]
  /** 可以受托的人 */
  colleagues: ReadonlyMap<string, string>
  state: FormState
  flash: Flash | null
}

export function DelegationPage(props: DelegationPageProps) {
  const { given, received, own, people, endHref } = props
  const endable = (rows: readonly Delegation[]) => rows.some((row) => endHref(row) !== null)
  return (
    <DeskPage title="委托代行" crumbs={CRUMBS} lead="外出、休假期间，把岗位委托给同机关的一人；到日自止，也可以提前终止。代行的各步都记明谁办、代谁。">
      <FlashNotice flash={props.flash} />
      <div className="stack">
        {own.length > 0 && <DelegateForm {...props} />}
        <Sheet title="我委托出去的">
          <DataTable
            caption="我委托出去的"
            columns={[{ key: 'to', label: '委托给', render: (row: Delegation) => nameOf(row.to, people) }, ...columns(props, endable(given))]}
            rows={given}
            rowKey={(row) => row.delegationId}
            empty={{ title: '没有委托过', children: own.length > 0 ? '在上面选定人与日子，即可委托。' : '您在这个机关没有可以委托的岗位。' }}
          />
        </Sheet>
        <Sheet title="委托给我的">
          <DataTable
            caption="委托给我的"
            columns={[{ key: 'from', label: '委托人', render: (row: Delegation) => nameOf(row.from, people) }, ...columns(props, endable(received))]}
            rows={received}
            rowKey={(row) => row.delegationId}
            empty={{ title: '没有人委托给您' }}
          />
        </Sheet>
      </div>
    </DeskPage>
  )
}

const DelegateForm = ({ own, colleagues, state, today }: DelegationPageProps) => (
  <Sheet title="新的委托">
    {colleagues.size === 0 ? (
      <p className="quiet">本机关没有别的办业务的账号，请系统管理员先建账号、安全管理员定岗位。</p>
    ) : (
      <Form action={MINE} state={state} submit="委托">
        <SelectField name="to" label="委托给" required options={[...colleagues].map(([value, label]) => ({ value, label }))} />
        <CheckboxGroup
          name="roles"
          label="委托哪些岗位"
          required
          options={own.map((role) => ({ value: role, label: ROLES[role] }))}
          value={own.length === 1 ? own : []}
          hint="只能委托自己的岗位，别人委托给您的不能再委托。委托期间您自己照样可以办。"
        />
        <DateField name="startsOn" label="自" required value={today} min={today} />
        <DateField name="endsOn" label="至" required min={today} hint={`当日仍有效；首尾在内至多 ${DELEGATION_RULES.mostDays} 日。`} />
        <TextField name="reason" label="缘由" required maxLength={DELEGATION_RULES.reason} placeholder="如：外出培训" hint="受托人与安全管理员看得到。" />
      </Form>
    )}
  </Sheet>
)

/** 提前终止先问一遍。 */
export function EndDelegationPage({ row, people, back, action }: { row: Delegation; people: Shown['people']; back: string; action: string }) {
  return (
    <DeskPage title={back === MINE ? '终止委托' : '终止他人的委托'} crumbs={back === MINE ? [...CRUMBS, { label: '委托代行', href: MINE }] : [{ label: '委托代行', href: back }]}>
      <Confirm
        what={`终止${nameOf(row.from, people)}给${nameOf(row.to, people)}的委托`}
        consequences={[`${nameOf(row.to, people)}即刻不再代行${rolesText(row.roles)}`, '已经办过的各步照旧有效', '终止之后不能恢复，须再委托一次']}
        form={{ action, submit: '终止委托', cancel: { href: back } }}
      />
    </DeskPage>
  )
}

export interface DelegationsPageProps extends Shown {
  rows: readonly Delegation[]
  bodies: ReadonlyMap<string, string>
  /** 只看本机关的，不列机关 */
  own: boolean
  query: ListQuery
  total: number
  flash: Flash | null
}

/** 各机关的委托，供安全管理员查看、终止。 */
export function DelegationsPage(props: DelegationsPageProps) {
  const { rows, bodies, people, query, own } = props
  return (
    <DeskPage title="各机关的委托" heading="委托代行" lead="谁把岗位委托给谁、至何日。发现不妥的，安全管理员可以终止。">
      <FlashNotice flash={props.flash} />
      <DataTable
        caption="委托代行"
        columns={[
          { key: 'from', label: '委托人', render: (row: Delegation) => nameOf(row.from, people) },
          { key: 'to', label: '受托人', render: (row) => nameOf(row.to, people) },
          ...(own ? [] : [{ key: 'body', label: '机关', render: (row: Delegation) => bodies.get(row.bodyId) ?? '' }]),
          ...columns(props, rows.some((row) => props.endHref(row) !== null)),
        ]}
        rows={rows}
        rowKey={(row) => row.delegationId}
        empty={{ title: '还没有委托', children: <>各人在「我的账号」里<a href={MINE}>委托代行</a>。</> }}
        list={{
          query,
          total: props.total,
          filters: [
            ...(own ? [] : [{ kind: 'select' as const, name: 'body', label: '机关', options: [...bodies].map(([value, label]) => ({ value, label })) }]),
            { kind: 'select', name: 'state', label: '现状', options: Object.entries(DELEGATION_STATES).map(([value, label]) => ({ value, label })) },
          ],
        }}
      />
    </DeskPage>
  )
}

