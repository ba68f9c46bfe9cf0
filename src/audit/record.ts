import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import { maskPersonalNumbers } from '../statute/personal-numbers.ts'

/** 做的人，与 identity 的 Actor 相合；留痕在 identity 之下，故只取所需的几项。 */
export type AuditActor =
  | { kind: 'account'; accountId: string; bodyId: string; behalf?: ReadonlySet<string> }
  | { kind: 'api'; systemId: string; bodyId: string }
  | { kind: 'system'; name: string }

/** 所涉之物：只写 id 的归在做的人所属机关之下；另属一机关的写明 bodyId。 */
export type AuditTarget = string | { bodyId: string | null; target: string }

/** 补充说明：代码、数目、是否，不得写个人信息（姓名、电话、证件号、地址、正文）。 */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

/** 不属某一机关的留痕所记的机关。 */
export const WHOLE_DISTRICT = '00000000-0000-0000-0000-000000000000'

const keyOf = (actor: AuditActor): string => (actor.kind === 'account' ? actor.accountId : actor.kind === 'api' ? `api:${actor.systemId}` : `system:${actor.name}`)

const PERSONAL = /name|phone|mobile|tel|email|mail|address|idcard|idnumber|certificate|password|content|text/i
const MAX_TEXT = 200

/**
 * 记一条留痕，与所记的事同一事务。时刻取本机的真实时刻，不随应用的「今日」。
 * 人填的事由里写了身份证、手机、银行卡号码的，遮盖了再记：留痕不能删，又可导出。
 * @param action 「模块.做了什么」，如 `session.opened`、`application.read`、`ledger.exported`
 */
export const record = (tx: Tx, actor: AuditActor, action: string, target: AuditTarget, detail: AuditDetail = {}): Promise<void> => recordMany(tx, actor, action, [target], detail)

/** 同一件事做在许多之上：各记一条，一次写入。 */
export async function recordMany(tx: Tx, actor: AuditActor, action: string, targets: readonly AuditTarget[], detail: AuditDetail = {}): Promise<void> {
  for (const [key, value] of Object.entries(detail)) {
    if (PERSONAL.test(key)) throw new TypeError(`留痕不记个人信息：${key}`)
    for (const text of [value].flat()) if (typeof text === 'string' && text.length > MAX_TEXT) throw new TypeError(`留痕说明过长：${key}`)
  }
  const own = actor.kind === 'system' ? WHOLE_DISTRICT : actor.bodyId
  const [at, said] = [new Date(), JSON.stringify({ ...behalfIn(actor), ...maskedIn(detail) })]
  const rows = targets.map((one) => {
    const place = typeof one === 'string' ? { bodyId: own, target: one } : { bodyId: one.bodyId ?? own, target: one.target }
    return { body_id: place.bodyId, event_id: newId(), at, actor: keyOf(actor), action, target: place.target, detail: said, block: null }
  })
  for (let from = 0; from < rows.length; from += BATCH) await tx.insertInto('audit_event').values(rows.slice(from, from + BATCH)).execute()
}

const BATCH = 1000 // 一条语句至多 65,535 个参数

const maskedIn = (detail: AuditDetail): AuditDetail => Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, typeof value === 'string' ? maskPersonalNumbers(value).slice(0, MAX_TEXT) : value]))

// 凭委托才能办的，记下代谁；办的人仍是本人
const behalfIn = (actor: AuditActor): AuditDetail => (actor.kind === 'account' && actor.behalf !== undefined && actor.behalf.size > 0 ? { onBehalfOf: [...actor.behalf] } : {})
