import type { ReactNode } from 'react'

export type Tone = 'plain' | 'act' | 'ok' | 'wait' | 'late'

/** 状态标签；文字自明，颜色只是辅助。 */
export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={tone === 'plain' ? 'tag' : `tag ${tone}`}>{children}</span>
}

export interface NoticeProps {
  tone: 'info' | 'ok' | 'warn' | 'error'
  title?: ReactNode
  children?: ReactNode
  /** 刚办完的结果，读屏立即念出 */
  live?: boolean
}

const NOTICE_WORD = { info: '提示', ok: '正常', warn: '注意', error: '错误' } as const

/** 页内告知。 */
export function Notice({ tone, title, children, live }: NoticeProps) {
  return (
    <div className={`notice ${tone}`} role={live === true ? (tone === 'error' ? 'alert' : 'status') : undefined}>
      <p className="notice-title">
        <span className="notice-word">{tone === 'ok' && live === true ? '已办' : NOTICE_WORD[tone]}</span>
        {title}
      </p>
      {children !== undefined && <div>{children}</div>}
    </div>
  )
}

export interface EmptyStateProps {
  /** 现状，如「还没有登记过申请」 */
  title: string
  /** 下一步怎么办，带链接 */
  children?: ReactNode
  /** 主要的一步 */
  action?: { label: string; href: string }
}

/** 空：说清现状，指出下一步。 */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children !== undefined && <p>{children}</p>}
      {action !== undefined && (
        <p>
          <a className="btn" href={action.href}>
            {action.label}
          </a>
        </p>
      )}
    </div>
  )
}

/** 白底的一块；title 为 h2。 */
export function Sheet({ title, actions, children, id }: { title?: ReactNode; actions?: ReactNode; children: ReactNode; id?: string }) {
  return (
    <section className="sheet" id={id}>
      {title !== undefined && (
        <div className="sheet-head">
          <h2>{title}</h2>
          {actions !== undefined && <div className="actions">{actions}</div>}
        </div>
      )}
      {children}
    </section>
  )
}

export interface LinkItem {
  label: ReactNode
  href: string
  note?: ReactNode
  /** 右侧的日期，`YYYY-MM-DD` */
  on?: string
  /** 左侧的标签 */
  tag?: ReactNode
}

/** 看的人打不开的，没有地址，只列出来。 */
type Entry = Omit<LinkItem, 'href'> & { href?: string }

/** 一列链接：条目、说明与日期；`prominent` 用于「我要办」之类。 */
export function LinkList({ items, prominent }: { items: readonly Entry[]; prominent?: boolean }) {
  return (
    <ul className={prominent === true ? 'items prominent' : 'items'}>
      {items.map((item, index) => (
        <li key={item.href ?? index}>
          {item.tag !== undefined && <span className="items-tag">{item.tag}</span>}
          <span className="items-text">
            {item.href === undefined ? item.label : <a href={item.href}>{item.label}</a>}
            {item.note !== undefined && <span className="quiet">{item.note}</span>}
          </span>
          {item.on !== undefined && <time dateTime={item.on}>{item.on}</time>}
        </li>
      ))}
    </ul>
  )
}

// 名目长的，栏窄时另占一行
const LONG_TERM = 8

/** 名目与内容。 */
export function DefinitionList({ items }: { items: readonly (readonly [term: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {items.map(([term, value]) => (
        <div key={term} className={term.length > LONG_TERM ? 'long' : undefined}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

export interface Tab {
  label: string
  href: string
  count?: number
}

/** 同一对象的几个面；每面一个地址。 */
export function Tabs({ label, tabs, current }: { label: string; tabs: readonly Tab[]; current: string }) {
  return (
    <nav className="tabs" aria-label={label}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.href}>
            <a href={tab.href} aria-current={tab.href === current ? 'page' : undefined}>
              {tab.label}
              {tab.count !== undefined && <span className="count">{tab.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
