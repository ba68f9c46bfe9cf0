import { LinkButton, momentText, Notice, PostButton, Sheet, Steps, Tag, Timeline } from '../../platform/html/index.ts'
import type { Step } from '../../platform/html/index.ts'
import { REMARK_PARTS } from '../item.ts'
import type { Item } from '../item.ts'
import type { Review } from './load-review.ts'

/** 信息的页面上的一节：审查到哪一步，下一步由谁办，预检的结果，经过。 */
export function ReviewSection({ review }: { review: Review }) {
  const { item, steps, waiting, lines } = review
  const side = steps.filter(({ main }) => !main)
  return (
    <Sheet title="审查与公开" id="review" actions={steps.filter(({ main }) => main).map(({ step, label, href }) => <LinkButton key={step} href={href}>{label}</LinkButton>)}>
      {review.awaiting !== null && <Steps label="审查办到哪一步" steps={toSteps(item, review.awaiting)} />}
      {waiting !== null && (
        <p>
          现在：<strong>{waiting}</strong>
          {item.schedule !== null && `，${momentText(new Date(item.schedule.publishAt))} 由系统发布`}
          {review.awaiting === 'submit' && '。送审时先预检，阻断的去掉、提醒的确认之后才能送审'}
        </p>
      )}
      <Remarks review={review} />
      <PrecheckSummary review={review} />
      {side.length > 0 && (
        <p className="buttons">
          {side.map(({ step, label, href }) => (
            <LinkButton key={step} href={href} second>
              {label}
            </LinkButton>
          ))}
        </p>
      )}
      {lines.length > 0 && <Timeline entries={lines} />}
    </Sheet>
  )
}

function Remarks({ review: { returned } }: { review: Review }) {
  if (returned?.remarks == null) return null
  return (
    <Notice tone="warn" title={`${returned.by === '' ? '' : `${returned.by}于 `}${returned.remarks.on} 退回，请照下面修改再送审`}>
      <ul>
        {returned.remarks.remarks.map(({ part, words }) => (
          <li key={part}>
            <strong>{REMARK_PARTS[part]}</strong>：{words}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** 预检的一行：几处没有了结，去哪里看。 */
export function PrecheckSummary({ review: { itemId, precheck, mayPrecheck, item } }: { review: Review }) {
  const href = `/desk/items/${itemId}/precheck`
  if (item.classification?.attribute !== 'proactive') return null
  return (
    <p>
      预检：
      {precheck === null ? '还没有预检。' : precheck.stale ? <Tag tone="wait">内容或者词表已改，须重新预检</Tag> : precheck.blocks + precheck.warnings === 0 ? <Tag tone="ok">没有未了结的</Tag> : <Tag tone="late">{[precheck.blocks > 0 ? `阻断 ${precheck.blocks} 条` : '', precheck.warnings > 0 ? `待确认 ${precheck.warnings} 条` : ''].filter(Boolean).join('，')}</Tag>}{' '}
      {precheck !== null && <a href={href}>看预检的结果</a>}{' '}
      {mayPrecheck && (precheck === null || precheck.stale) && <PostButton action={href} label="预检" kind="second" spoken="预检这条信息" />}
    </p>
  )
}

const ORDER = ['check', 'secrecy-review', 'approve', 'publish'] as const
const LABELS: Readonly<Record<string, string>> = { submit: '送审', check: '科室负责人审核', 'secrecy-review': '保密审查', approve: '批准', publish: '发布' }

function toSteps(item: Item, awaiting: NonNullable<Review['awaiting']>): Step[] {
  const now = awaiting === 'mend' ? 'submit' : awaiting === 'escalated' ? 'secrecy-review' : awaiting === 'scheduled' ? 'publish' : awaiting
  const way = ['submit', ...ORDER.filter((step) => step !== 'check' || item.way === null || item.way.check)] as const
  const at = way.findIndex((step) => step === now)
  return way.map((step, i) => ({ label: step === 'approve' && item.way?.approver === 'leader' ? '机关领导批准' : (LABELS[step] ?? step), state: i < at ? 'done' : i === at ? 'current' : 'todo' }))
}
