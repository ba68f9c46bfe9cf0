import { FlashNotice } from '../identity/index.ts'
import type { Flash } from '../identity/index.ts'
import { CheckboxGroup, DataTable, DefinitionList, DeskPage, Form, LinkButton, Moment, Notice, PostButton, Sheet, Tag, TextField } from '../platform/html/index.ts'
import type { FormState, ListQuery } from '../platform/html/index.ts'
import { DELIVERY_STATUSES, WEBHOOK_EVENTS, isWebhookEvent } from '../webhooks/index.ts'
import type { Delivery, Webhook } from '../webhooks/index.ts'
import { SYSTEM_CRUMBS, WebhookTag } from './system-pages.tsx'

export const NewWebhookPage = ({ here, name, state }: { here: string; name: string; state: FormState }) => (
  <DeskPage title="订回调" crumbs={[...SYSTEM_CRUMBS, { label: name, href: here }]} lead="申请有变时，以 POST 通知对方的网址。内容只有代码、登记号、状态与日期。">
    <Sheet>
      <Form action={`${here}/webhooks/new`} state={state} submit="订下" cancel={{ href: here }}>
        <TextField name="url" label="对方的网址" type="url" required maxLength={500} hint="https 开头；内网的网址须由运行维护的人写进配置 WEBHOOK_ALLOW" />
        <CheckboxGroup name="events" label="何事发生时通知" required options={Object.entries(WEBHOOK_EVENTS).map(([value, label]) => ({ value, label, hint: value }))} value={Object.keys(WEBHOOK_EVENTS)} />
      </Form>
    </Sheet>
  </DeskPage>
)

const ANSWERS: Readonly<Record<string, string>> = {
  timeout: '十秒之内没有答复',
  'address-blocked': '内网的地址，没有发出',
  'url-not-allowed': '不是 https，没有发出',
  certificate: '对方的证书不对',
  ENOTFOUND: '找不到这个主机名',
  ECONNREFUSED: '对方没有开着',
  ECONNRESET: '对方断开了',
  paused: '回调已暂停，没有发',
  disabled: '回调已停用，没有发',
}
/** 对方怎样答的，一句话。 */
export const answerText = (answer: string | null): string => {
  if (answer === null) return '还没有发'
  if (/^3\d\d$/.test(answer)) return `答 ${answer}，不跟转址`
  return /^\d+$/.test(answer) ? `答 ${answer}` : (ANSWERS[answer] ?? `连不上（${answer}）`)
}

const DELIVERY_TONE = { waiting: 'wait', delivered: 'ok', failed: 'late' } as const

export interface WebhookPageProps {
  system: string
  name: string
  hook: Webhook
  deliveries: readonly Delivery[]
  next: string | null
  query: ListQuery
  canManage: boolean
  flash: Flash | null
}

export function WebhookPage({ system, name, hook, deliveries, next, query, canManage, flash }: WebhookPageProps) {
  const here = `${system}/webhooks/${hook.webhookId}`
  return (
    <DeskPage title={`回调：${new URL(hook.url).host}`} heading="回调" crumbs={[...SYSTEM_CRUMBS, { label: name, href: system }]} status={<WebhookTag status={hook.status} />}>
      <FlashNotice flash={flash} />
      {hook.status === 'disabled' && (
        <Notice tone="warn" title="屡次不通，已自动停用">
          其间的改动没有通知对方。请与对方核对网址，恢复之后请对方以 updatedSince 来取其间的改动。
        </Notice>
      )}
      <div className="stack">
        <Sheet
          title="订阅"
          actions={
            canManage && (
              <>
                {hook.status === 'active' ? <PostButton action={`${here}/pause`} label="暂停" kind="second" /> : <PostButton action={`${here}/resume`} label="恢复" kind="second" />}
                <LinkButton href={`${here}/remove`} second>撤去</LinkButton>
              </>
            )
          }
        >
          <DefinitionList
            items={[
              ['网址', <span key="url" className="break">{hook.url}</span>],
              ['何时通知', hook.events.map((event) => WEBHOOK_EVENTS[event]).join('、')],
              ...(hook.failures > 0 ? [['接连不成', `${hook.failures} 次`] as const, ['再试', <Moment key="retry" at={hook.retryAt} />] as const] : []),
            ]}
          />
        </Sheet>
        <Sheet title="发送的记录">
          <DataTable
            caption="发送的记录，新的在前"
            columns={[
              { key: 'at', label: '何时', render: (one: Delivery) => <Moment at={one.createdAt} /> },
              { key: 'event', label: '何事', render: (one: Delivery) => (isWebhookEvent(one.event) ? WEBHOOK_EVENTS[one.event] : one.event) },
              { key: 'status', label: '状态', render: (one: Delivery) => <Tag tone={DELIVERY_TONE[one.status]}>{DELIVERY_STATUSES[one.status]}</Tag> },
              { key: 'tries', label: '发了几次', align: 'end', render: (one: Delivery) => one.attempts },
              { key: 'answer', label: '对方', render: (one: Delivery) => answerText(one.lastAnswer) },
              ...(canManage && hook.status === 'active'
                ? [{ key: 'again', label: '重发', render: (one: Delivery) => <PostButton action={`${here}/deliveries/${one.deliveryId}/resend`} label="重发" kind="link" spoken={`重发事件 ${one.eventId.slice(-6)}`} /> }]
                : []),
            ]}
            rows={deliveries}
            rowKey={(one) => one.deliveryId}
            empty={{ title: '还没有发送过', children: '所订的事发生之后，在此看发到没有；留三十日。' }}
            list={{ query, total: next === null && query.after === null ? deliveries.length : { atLeast: deliveries.length }, cursors: { next, previous: null }, filters: [{ kind: 'select', name: 'status', label: '状态', options: Object.entries(DELIVERY_STATUSES).map(([value, label]) => ({ value, label })) }] }}
          />
        </Sheet>
      </div>
    </DeskPage>
  )
}
