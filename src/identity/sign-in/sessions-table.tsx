import type { ReactNode } from 'react'
import { DataTable, Moment } from '../../platform/html/index.ts'
import type { SessionEntry } from './sessions.ts'

export interface SessionsTableProps {
  sessions: readonly SessionEntry[]
  /** 没有登录时的话 */
  empty: string
  /** 结束一处登录的按钮；不给则没有这一列 */
  renderEnd?: (session: SessionEntry) => ReactNode
}

/** 一个账号正在登录的地方。 */
export const SessionsTable = ({ sessions, empty, renderEnd }: SessionsTableProps) => (
  <DataTable
    caption="正在登录的地方"
    columns={[
      { key: 'agent', label: '浏览器', render: (row) => agentText(row.agent) },
      { key: 'source', label: '地址', render: (row) => row.address },
      { key: 'from', label: '登录', render: (row) => <Moment at={row.createdAt} /> },
      { key: 'seen', label: '最后活动', render: (row) => <Moment at={row.lastSeenAt} /> },
      ...(renderEnd ? [{ key: 'end', label: '结束', render: renderEnd }] : []),
    ]}
    rows={sessions}
    rowKey={(row) => row.sessionId}
    empty={{ title: empty }}
  />
)

const BROWSERS = [
  [/MicroMessenger/, '微信'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const
const SYSTEMS = [
  [/Windows/, 'Windows'],
  [/Android/, '安卓'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS/, 'macOS'],
  [/Linux/, 'Linux'],
] as const

const pick = (agent: string, list: readonly (readonly [RegExp, string])[]): string | undefined =>
  list.find(([pattern]) => pattern.test(agent))?.[1]

/** 浏览器标识的大意，如「Windows 上的 Edge」；认不出的原样取前 40 字。 */
export function agentText(agent: string): string {
  const [browser, system] = [pick(agent, BROWSERS), pick(agent, SYSTEMS)]
  if (browser === undefined) return agent === '' ? '不明' : agent.slice(0, 40)
  return system === undefined ? browser : `${system} 上的 ${browser}`
}
