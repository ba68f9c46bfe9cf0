import type { MiddlewareHandler } from 'hono'
import type { Tx } from '../../platform/db.ts'
import { Tag } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

/** 由一件申请引出的一件复议、诉讼。 */
export interface DisputeLink {
  id: string
  /** 行政复议、行政诉讼 */
  kind: string
  caseNo: string
  status: string
  /** 结果；没有审结的为 null */
  result: string | null
  /** 本机关现在要赶的期限 */
  dueOn: PlainDate | null
}

/** 一件申请引出的复议、诉讼；由复议诉讼一方给出，接线处接上。 */
export type ListDisputesOf = (tx: Tx, bodyId: string, caseId: string, docNo: string | null) => Promise<DisputeLink[]>

declare module 'hono' {
  interface ContextVariableMap {
    disputesOf?: ListDisputesOf
  }
}

/** 把复议诉讼一方的答案带给案件页。 */
export const withDisputes =
  (list: ListDisputesOf): MiddlewareHandler =>
  async (c, next) => {
    c.set('disputesOf', list)
    await next()
  }

/** 案件页上：被复议、起诉的情形；`registerHref` 为登记的地址，不能登记的为 null。 */
export function Disputes({ links, registerHref }: { links: readonly DisputeLink[]; registerHref: string | null }) {
  if (links.length === 0 && registerHref === null) return null
  return (
    <>
      <h2>复议、诉讼</h2>
      {links.length === 0 ? (
        <p className="quiet">没有登记的复议、诉讼。</p>
      ) : (
        <ul>
          {links.map((link) => (
            <li key={link.id}>
              {link.kind} <a href={`/desk/reviews/${link.id}`}>{link.caseNo}</a> <Tag tone={link.result === null ? 'act' : 'plain'}>{link.result ?? link.status}</Tag>
              {link.dueOn !== null && <span className="quiet"> 期限 {link.dueOn}</span>}
            </li>
          ))}
        </ul>
      )}
      {registerHref !== null && (
        <p>
          <a href={registerHref}>登记行政复议、行政诉讼</a> <span className="quiet">收到申请书、起诉状副本的</span>
        </p>
      )}
    </>
  )
}
