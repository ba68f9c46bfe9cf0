import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { Confirm, DataTable, DateField, DefinitionList, DeskPage, Form, LinkButton, Notice, PostButton, RadioGroup, SelectField, Sheet, Tabs, Tag, TextField } from '../../platform/html/index.ts'
import type { Column, FormState, ListQuery, Tone } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { DEPOSIT_STATES, depositNumber } from './deposit-store.ts'
import type { Deposit, DepositLine, DepositState } from './deposit-store.ts'
import { DEPOSITS, depositHref } from './deposit-to-dos.ts'
import { RECIPIENT_KINDS } from './recipients.ts'
import type { Recipient } from './recipients.ts'

const LIST = [{ label: '查阅点移送', href: DEPOSITS }]
const TONES: Readonly<Record<DepositState, Tone>> = { draft: 'wait', handed: 'ok', cancelled: 'plain' }
const StateTag = ({ state }: { state: DepositState }) => <Tag tone={TONES[state]}>{DEPOSIT_STATES[state]}</Tag>

const DepositTabs = ({ current }: { current: string }) => <Tabs label="查阅点移送" current={current} tabs={[{ label: '移送清单', href: DEPOSITS }, { label: '接收单位', href: `${DEPOSITS}/recipients` }]} />

/** 移送清单的列表。 */
export function DepositListPage({ rows, query, total, recipients, canHandle, flash }: { rows: readonly Deposit[]; query: ListQuery; total: number; recipients: readonly Recipient[]; canHandle: boolean; flash: Flash | null }) {
  const next = recipients.length === 0 ? { label: '先写接收单位', href: `${DEPOSITS}/recipients` } : { label: '做移送清单', href: `${DEPOSITS}/new` }
  return (
    <DeskPage
      title="查阅点移送"
      lead="行政机关应当及时向国家档案馆、公共图书馆提供主动公开的政府信息（条例第二十五条）。"
      {...(canHandle ? { actions: <LinkButton href={next.href}>{next.label}</LinkButton> } : {})}
    >
      <FlashNotice flash={flash} />
      <DepositTabs current={DEPOSITS} />
      <DataTable
        caption="移送清单"
        columns={[
          { key: 'number', label: '编号', nowrap: true, render: depositNumber },
          { key: 'recipient', label: '接收单位', render: (row: Deposit) => row.recipient },
          { key: 'period', label: '公开的时期', render: (row) => `${row.from} 至 ${row.to}` },
          { key: 'lines', label: '件数', align: 'end', render: (row) => row.lines },
          { key: 'state', label: '办到', render: (row) => <><StateTag state={row.state} /> {row.toRecall > 0 && <Tag tone="late">{`${row.toRecall} 件撤回待通知`}</Tag>}</> },
          { key: 'handedOn', label: '签收', nowrap: true, render: (row) => row.handedOn ?? '—' },
        ]}
        rows={rows}
        rowKey={(row) => row.depositId}
        rowHref={(row) => depositHref(row.depositId)}
        list={{
          query,
          total,
          filters: [
            { kind: 'select', name: 'state', label: '办到', options: Object.entries(DEPOSIT_STATES).map(([value, label]) => ({ value, label })) },
            { kind: 'select', name: 'recipient', label: '接收单位', options: recipients.map((each) => ({ value: each.recipientId, label: each.name })) },
          ],
        }}
        empty={{ title: '还没有移送过', children: '公开了的信息，定期做成清单，连同电子件移送给档案馆、图书馆，签收之后登记。', ...(canHandle ? { action: next } : {}) }}
      />
    </DeskPage>
  )
}

/** 做一份清单。 */
export function NewDepositPage({ recipients, from, to, state }: { recipients: readonly Recipient[]; from: PlainDate; to: PlainDate; state: FormState }) {
  const active = recipients.filter((each) => each.active)
  return (
    <DeskPage title="做移送清单" crumbs={LIST} lead="列出这一时期公开、还没有移送给这个单位的；改了版的再移送一次。">
      <Sheet>
        {active.length === 0 ? (
          <p>
            还没有在用的接收单位。<a href={`${DEPOSITS}/recipients`}>先写接收单位</a>
          </p>
        ) : (
          <Form action={`${DEPOSITS}/new`} submit="做清单" cancel={{ href: DEPOSITS }} state={state}>
            <SelectField name="recipient" label="接收单位" required options={active.map((each) => ({ value: each.recipientId, label: each.name }))} {...(active.length === 1 ? { value: active[0]?.recipientId ?? '' } : {})} />
            <DateField name="from" label="公开的时期，自" required value={from} />
            <DateField name="to" label="至" required value={to} hint="以公开（含改版）之日计，两日都算在内" />
          </Form>
        )}
      </Sheet>
    </DeskPage>
  )
}

export interface DepositModel {
  deposit: Deposit
  lines: readonly DepositLine[]
  people: ReadonlyMap<string, string>
  today: PlainDate
  canHandle: boolean
  states: { hand: FormState; recall: FormState; copies: FormState }
  flash: Flash | null
}

/** 一份清单：列了什么、打印与电子件、签收、撤回之后的通知。 */
export function DepositPage({ deposit, lines, people, today, canHandle, states, flash }: DepositModel) {
  const here = depositHref(deposit.depositId)
  const editable = canHandle && deposit.state === 'draft'
  const version = { version: String(deposit.version) }
  const recalls = deposit.state === 'handed' ? lines.filter((line) => line.withdrawnOn !== null && line.recalledOn === null) : []
  return (
    <DeskPage title={`移送清单 ${depositNumber(deposit)}`} heading={`移送清单 ${depositNumber(deposit)}`} crumbs={LIST} status={<StateTag state={deposit.state} />} lead={`移送${deposit.recipient}`}>
      <FlashNotice flash={flash} />
      <div className="stack">
        {recalls.length > 0 && (
          <Notice tone="warn" title={`${recalls.length} 件移送之后撤回了，请通知${deposit.recipient}停止供人查阅`}>
            {canHandle && <RecallForms here={here} lines={recalls} state={states.recall} />}
          </Notice>
        )}
        <Sheet title="清单" actions={deposit.state === 'cancelled' ? undefined : <Files here={here} />}>
          <DefinitionList
            items={[
              ['公开的时期', `${deposit.from} 至 ${deposit.to}`],
              ['做清单', `${people.get(deposit.madeBy) ?? '系统'}，${deposit.madeOn}`],
              ['件数、份数', `${lines.length} 件，${lines.reduce((sum, line) => sum + line.copies, 0)} 份`],
              ...(deposit.handedOn === null ? [] : [['签收', `${deposit.receiver ?? ''}，${deposit.handedOn}`] as const]),
            ]}
          />
        </Sheet>
        <DataTable caption="清单所列" columns={lineColumns(deposit, editable)} rows={lines} rowKey={(line) => line.itemId} empty={{ title: '清单里没有信息', children: '都去掉了；作废这份，另做一份。' }} />
        {editable && lines.length > 0 && (
          <Sheet title="份数">
            <p className="quiet">改上面各件的份数；填 0 的从清单去掉，以后可以再列入。</p>
            <form id={COPIES} method="post" action={`${here}/copies`} className="form">
              <input type="hidden" name="version" value={version.version} />
              {states.copies.errors[''] !== undefined && <p className="field-error">{states.copies.errors['']}</p>}
              <div className="buttons">
                <button className="btn second">保存份数</button>
              </div>
            </form>
          </Sheet>
        )}
        {editable && lines.length > 0 && (
          <Sheet title="签收">
            <p className="quiet">打印清单一式两份，连同材料送去；对方签收之后在这里登记。做清单之后撤回了的不移送，登记时自动去掉。</p>
            <Form action={`${here}/hand-over`} submit="登记签收" state={states.hand} hidden={version}>
              <TextField name="receiver" label="签收人" required maxLength={50} width="middle" hint="接收单位在清单上签字的人" />
              <DateField name="on" label="签收之日" required value={today} max={today} />
            </Form>
          </Sheet>
        )}
        {editable && <Confirm what={`作废移送清单 ${depositNumber(deposit)}`} consequences={['清单不再移送，编号留着不再用', '其中的信息可以列入别的清单']} form={{ action: `${here}/cancel`, submit: '作废', hidden: version }} />}
      </div>
    </DeskPage>
  )
}

const Files = ({ here }: { here: string }) => (
  <>
    {(['pdf', 'docx', 'xlsx'] as const).map((format) => (
      <a key={format} className="btn second" href={`${here}/list.${format}`}>
        {format === 'pdf' ? '打印（PDF）' : format.toUpperCase()}
      </a>
    ))}{' '}
    <a className="btn second" href={`${here}/package.zip`}>
      电子件（ZIP）
    </a>
  </>
)

const COPIES = 'deposit-copies'

function lineColumns({ state }: Deposit, editable: boolean): Column<DepositLine>[] {
  return [
    { key: 'title', label: '名称', render: (line) => <a href={`/desk/items/${line.itemId}`}>{line.title}</a> },
    { key: 'docNo', label: '文号', nowrap: true, render: (line) => line.docNo ?? '—' },
    { key: 'formedOn', label: '形成', nowrap: true, render: (line) => line.formedOn },
    { key: 'publishedOn', label: '公开', nowrap: true, render: (line) => line.publishedOn },
    {
      key: 'copies',
      label: '份数',
      align: 'end',
      render: (line) => (editable ? <input size={4} form={COPIES} name={`copies.${line.itemId}`} defaultValue={line.copies} inputMode="numeric" maxLength={3} aria-label={`${line.title}的份数`} /> : line.copies),
    },
    { key: 'now', label: '现在', render: (line) => <NowCell line={line} handed={state === 'handed'} /> },
  ]
}

function NowCell({ line, handed }: { line: DepositLine; handed: boolean }) {
  if (line.withdrawnOn === null) return line.newEdition ? <Tag tone="wait">{handed ? '移送之后改了版' : '改了版，移送新的一版'}</Tag> : <>公开着</>
  if (!handed) return <Tag tone="late">已撤回，不移送</Tag>
  return line.recalledOn === null ? (
    <Tag tone="late">{`${line.withdrawnOn} 撤回，待通知`}</Tag>
  ) : (
    <>
      {line.withdrawnOn} 撤回，{line.recalledOn} 已通知<span className="quiet"> {line.recallNote}</span>
    </>
  )
}

const RecallForms = ({ here, lines, state }: { here: string; lines: readonly DepositLine[]; state: FormState }) => (
  <Form action={`${here}/recall`} submit="登记已通知" state={state}>
    <RadioGroup name="item" label="撤回的信息" required options={lines.map((line) => ({ value: line.itemId, label: line.title, hint: `${line.withdrawnOn ?? ''} 撤回` }))} {...(lines.length === 1 ? { value: lines[0]?.itemId ?? '' } : {})} />
    <TextField name="note" label="怎样通知的" required maxLength={300} hint="如：电话通知馆藏部，已从查阅架撤下。不写个人信息" />
  </Form>
)

/** 接收单位：档案馆、图书馆、查阅点。 */
export function RecipientsPage({ recipients, canHandle, state, flash }: { recipients: readonly Recipient[]; canHandle: boolean; state: FormState; flash: Flash | null }) {
  const at = `${DEPOSITS}/recipients`
  return (
    <DeskPage title="接收单位" crumbs={LIST} lead="国家档案馆、公共图书馆、政务服务场所设置政府信息查阅场所（条例第二十五条）。">
      <FlashNotice flash={flash} />
      <DepositTabs current={at} />
      <DataTable
        caption="接收单位"
        columns={[
          { key: 'name', label: '名称', render: (row: Recipient) => row.name },
          { key: 'kind', label: '种类', render: (row) => RECIPIENT_KINDS[row.kind] },
          { key: 'copies', label: '通常份数', unit: '份', align: 'end', render: (row) => row.copies },
          { key: 'active', label: '情况', render: (row) => (row.active ? <Tag tone="ok">在用</Tag> : <Tag>停用</Tag>) },
          ...(canHandle
            ? [{ key: 'act', label: '办理', render: (row: Recipient) => <PostButton action={`${at}/${row.recipientId}`} fields={{ active: row.active ? 'no' : 'yes' }} label={row.active ? '停用' : '恢复'} kind="link" spoken={`${row.active ? '停用' : '恢复'}${row.name}`} /> }]
            : []),
        ]}
        rows={recipients}
        rowKey={(row) => row.recipientId}
        empty={{ title: '还没有接收单位', children: '在下面写上区档案馆、区图书馆与政务服务中心的查阅点。' }}
      />
      {canHandle && (
        <Sheet title="新增">
          <Form action={at} submit="新增" state={state}>
            <TextField name="name" label="名称" required maxLength={100} hint="写全称，印在移送清单上" />
            <RadioGroup name="kind" label="种类" required options={Object.entries(RECIPIENT_KINDS).map(([value, label]) => ({ value, label }))} />
            <TextField name="copies" label="通常份数" required width="short" inputMode="numeric" maxLength={3} value="1" />
          </Form>
        </Sheet>
      )}
    </DeskPage>
  )
}
