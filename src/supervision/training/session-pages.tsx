import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { CheckboxGroup, Confirm, DataTable, DateField, DefinitionList, DeskPage, Form, LinkButton, momentText, Notice, PostButton, QrCode, RadioGroup, SelectField, Sheet, Tag, TextArea, TextField } from '../../platform/html/index.ts'
import type { FormState, ListQuery, Tone } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { hoursText } from '../progress/check-text.ts'
import type { TrainingHours } from './hours.ts'
import type { PlanEntry } from './plans.ts'
import { SESSION_STATES } from './sessions.ts'
import type { Session, SessionState } from './sessions.ts'
import type { SignIn } from './sign-in.ts'
import { HOME, PLAN, sessionHref, TRAINING, TrainingTabs } from './training-frame.tsx'

const TONES: Readonly<Record<SessionState, Tone>> = { planned: 'wait', held: 'ok', cancelled: 'plain' }
const StateTag = ({ state }: { state: SessionState }) => <Tag tone={TONES[state]}>{SESSION_STATES[state]}</Tag>

export interface SessionsModel {
  rows: readonly Session[]
  query: ListQuery
  total: number
  year: number
  hours: TrainingHours
  canHandle: boolean
  canExport: boolean
  flash: Flash | null
}

/** 场次：今年办了几期、几人次、几学时。 */
export function SessionsPage({ rows, query, total, year, hours, canHandle, canExport, flash }: SessionsModel) {
  return (
    <DeskPage
      title="政府信息公开培训"
      lead={`主管部门应当对政府信息公开工作人员定期进行培训（条例第四十八条）。${year} 年办了 ${hours.sessions} 期、${hours.attendances} 人次、${hours.hours} 学时。`}
      {...(canHandle ? { actions: <LinkButton href={`${TRAINING}/sessions/new`}>安排一场</LinkButton> } : {})}
    >
      <FlashNotice flash={flash} />
      <TrainingTabs current={TRAINING} />
      <DataTable
        caption="培训的场次"
        columns={[
          { key: 'topic', label: '课题', render: (row: Session) => row.topic },
          { key: 'heldOn', label: '日期', nowrap: true, sort: true, render: (row) => `${row.heldOn} ${row.startsAt}` },
          { key: 'place', label: '地点', render: (row) => (row.online ? `线上：${row.place}` : row.place) },
          { key: 'hours', label: '学时', align: 'end', render: (row) => hoursText(row.halfHours) },
          { key: 'attended', label: '签到', unit: '人', align: 'end', render: (row) => row.attended },
          { key: 'state', label: '现在', render: (row) => <StateTag state={row.state} /> },
        ]}
        rows={rows}
        rowKey={(row) => row.sessionId}
        rowHref={(row) => sessionHref(row.sessionId)}
        list={{
          query,
          total,
          search: '课题、对象、地点',
          filters: [
            { kind: 'select', name: 'state', label: '现在', options: Object.entries(SESSION_STATES).map(([value, label]) => ({ value, label })) },
            { kind: 'text', name: 'year', label: '年度' },
          ],
          ...(canExport ? { exports: [{ label: 'CSV' as const, href: `${TRAINING}.csv` }] } : {}),
        }}
        empty={{ title: '还没有安排过培训', children: '照年度计划安排一场，到时扫码签到，办完即计入学时。', ...(canHandle ? { action: { label: '安排一场', href: `${TRAINING}/sessions/new` } } : {}) }}
      />
    </DeskPage>
  )
}

const monthOf = ({ year, month }: PlanEntry): PlainDate => `${year}-${String(month).padStart(2, '0')}-01`

/** 安排一场，或者改安排；`from` 为照着办的那一项计划。 */
export function SessionFormPage({ session, plan, from, topic, today, state }: { session: Session | null; plan: readonly PlanEntry[]; from: PlanEntry | undefined; topic: string; today: PlainDate; state: FormState }) {
  const back = session === null ? TRAINING : sessionHref(session.sessionId)
  return (
    <DeskPage title={session === null ? '安排一场培训' : '改安排'} crumbs={session === null ? HOME : [...HOME, { label: session.topic, href: back }]}>
      <Sheet>
        <Form action={session === null ? `${TRAINING}/sessions/new` : `${back}/edit`} submit="保存" cancel={{ href: back }} state={state} hidden={{ version: String(session?.version ?? 0) }}>
          <TextField name="topic" label="课题" required maxLength={120} value={session?.topic ?? from?.topic ?? topic} />
          {plan.length > 0 && <SelectField name="planId" label="照计划的哪一项" blank="计划之外" value={session?.planId ?? from?.planId ?? ''} options={plan.map((entry) => ({ value: entry.planId, label: `${entry.month} 月：${entry.topic}` }))} />}
          <DateField name="heldOn" label="日期" required value={session?.heldOn ?? (from === undefined || monthOf(from) <= today ? today : monthOf(from))} />
          <TextField name="startsAt" label="几点开始" required width="short" maxLength={5} value={session?.startsAt ?? '09:00'} hint="如 14:30" />
          <RadioGroup name="online" label="怎样办" required value={session?.online === true ? 'yes' : 'no'} options={[{ value: 'no', label: '现场' }, { value: 'yes', label: '线上' }]} />
          <TextField name="place" label="地点" required maxLength={200} value={session?.place} hint="线上的写会议号或者网址" />
          <TextField name="audience" label="对象" required maxLength={120} value={session?.audience ?? from?.audience} hint="如：各科室信息员" />
          <TextField name="lecturer" label="主讲" maxLength={80} width="middle" value={session?.lecturer} />
          <TextField name="hours" label="学时" required width="short" inputMode="decimal" maxLength={5} value={session === null && from === undefined ? '2' : hoursText(session?.halfHours ?? from?.halfHours ?? 4)} hint="可以有半学时，如 1.5" />
        </Form>
      </Sheet>
    </DeskPage>
  )
}

export interface SessionModel {
  session: Session
  signIns: readonly SignIn[]
  /** 本机关可以勾的账号，签过的不在其中 */
  accounts: ReadonlyMap<string, string>
  plan: PlanEntry | null
  /** 签到页的网址 */
  signHref: string | null
  now: Date
  today: PlainDate
  canHandle: boolean
  state: FormState
  flash: Flash | null
}

/** 一场：安排、签到、办完。 */
export function SessionPage({ session, signIns, accounts, plan, signHref, now, today, canHandle, state, flash }: SessionModel) {
  const here = sessionHref(session.sessionId)
  const version = { version: String(session.version) }
  const open = session.signIn !== null && session.signIn.until > now
  const mayHold = session.heldOn <= today && session.attended > 0
  return (
    <DeskPage title={session.topic} crumbs={HOME} status={<StateTag state={session.state} />} {...(canHandle && session.state === 'planned' ? { actions: <LinkButton second href={`${here}/edit`}>改安排</LinkButton> } : {})}>
      <FlashNotice flash={flash} />
      <div className="stack">
        <Sheet title="安排">
          <DefinitionList
            items={[
              ['时间', `${session.heldOn} ${session.startsAt}`],
              [session.online ? '线上' : '地点', session.place],
              ['对象', session.audience],
              ['主讲', session.lecturer || '—'],
              ['学时', hoursText(session.halfHours)],
              ['计划', plan === null ? '计划之外' : <a key="plan" href={`${PLAN}?year=${plan.year}`}>{`${plan.year} 年 ${plan.month} 月：${plan.topic}`}</a>],
            ]}
          />
        </Sheet>
        {canHandle && session.state === 'planned' && (
          <Sheet title="扫码签到" actions={<PostButton action={`${here}/open-sign-in`} fields={version} label={open ? '换新码' : '开放签到'} kind={open ? 'second' : 'main'} />}>
            {open && signHref !== null ? (
              <>
                <p>
                  有效到 {momentText(session.signIn?.until ?? now)}，过时自动失效。<a href={`${here}/sign-in`}>放大，投到屏幕上</a>
                </p>
              </>
            ) : (
              <p className="quiet">开放之后一小时内有效；手机扫码签到，登录的记其账号，没有登录的写姓名。</p>
            )}
          </Sheet>
        )}
        <DataTable
          caption={`签到，${signIns.length} 人`}
          showCaption
          columns={[
            { key: 'name', label: '姓名', render: (row: SignIn) => row.name },
            { key: 'unit', label: '科室、单位', render: (row) => row.unit || (row.accountId === null ? '—' : '本系统账号') },
            { key: 'way', label: '怎样签的', render: (row) => (row.way === 'code' ? '扫码' : '经办人勾') },
            { key: 'at', label: '时间', nowrap: true, render: (row) => momentText(row.at) },
            ...(canHandle && session.state !== 'cancelled' ? [{ key: 'act', label: '办理', render: (row: SignIn) => <PostButton action={`${here}/remove-sign-in`} fields={{ signIn: row.signInId }} label="去掉" kind="link" spoken={`去掉${row.name}的签到`} /> }] : []),
          ]}
          rows={signIns}
          rowKey={(row) => row.signInId}
          empty={{ title: '还没有人签到', children: '扫码签到，或者在下面逐个勾。' }}
        />
        {canHandle && session.state !== 'cancelled' && (
          <Sheet title="代为签到">
            <Form action={`${here}/sign-ins`} submit="记为已到" state={state}>
              {accounts.size > 0 && <CheckboxGroup name="accounts" label="本机关的人" options={[...accounts].map(([value, label]) => ({ value, label }))} />}
              <TextArea name="names" label="其他到会的人" rows={3} maxLength={4000} hint="一行一人：姓名，空格，科室或者单位。如：王某 社会事务科" />
            </Form>
          </Sheet>
        )}
        {canHandle && session.state === 'planned' && (
          <>
            <Sheet title="办完">
              {mayHold ? <p>记为已办之后，计入年度的期数、人次、学时。</p> : <Notice tone="info" title={session.heldOn > today ? '还没有到日子' : '还没有人签到'}>到了日子、有人签到，才能记为已办。</Notice>}
              {mayHold && <PostButton action={`${here}/hold`} fields={version} label={`记为已办，${session.attended} 人`} />}
            </Sheet>
            <Confirm what="取消这场培训" consequences={['不计入年度的期数与学时', '签到的记录留着']} form={{ action: `${here}/cancel`, submit: '取消这场', hidden: version }} />
          </>
        )}
      </div>
    </DeskPage>
  )
}

/** 投到屏幕上的签到码。 */
export function SignInScreen({ session, href, now, flash }: { session: Session; href: string; now: Date; flash: Flash | null }) {
  const code = session.signIn?.code ?? ''
  return (
    <DeskPage title="扫码签到" crumbs={[...HOME, { label: session.topic, href: sessionHref(session.sessionId) }]} lead={`${session.topic}，${session.heldOn} ${session.startsAt}`}>
      <FlashNotice flash={flash} />
      <Sheet>
        <QrCode text={href} label={`签到的二维码，网址 ${href}`} size={360} />
        <p>
          或者打开 <a href={href}>{href}</a>
        </p>
        <p>
          已登录工作台的，在「我的培训」里输入签到码 <strong>{code}</strong>
        </p>
        <p className="quiet">
          有效到 {momentText(session.signIn?.until ?? now)}。已签到 {session.attended} 人。
        </p>
      </Sheet>
    </DeskPage>
  )
}
