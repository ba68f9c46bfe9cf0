import { getCalendar } from '../bodies/index.ts'
import type { Actor } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { newId } from '../platform/id.ts'
import { addRecipient, listRecipients } from './deposits/recipients.ts'
import { handOver, makeDeposit } from './deposits/deposit-acts.ts'
import { gatherLinks } from './duties/gather-links.ts'
import { inspectBody, listColumnFindings } from './duties/inspect.ts'
import { proposeAssessment } from './exemptions/assess-exemption.ts'
import { hashContent } from './item-hash.ts'
import { setScope } from './duties/duty-scope.ts'
import type { Classification, ItemContent, ItemEvent } from './item.ts'
import { newItem, saveItems } from './store.ts'

export { addRecipient, handOver, listRecipients, makeDeposit, proposeAssessment, setScope }

/** 一条定了属性而没有公开的：缺省为不予公开的请示。 */
export async function aWithheldItem(deps: Deps, bodyId: string, wish: { title?: string; on?: string; indexNo?: string; handler?: string; classification?: Partial<Classification> } = {}): Promise<string> {
  const itemId = newId()
  const on = wish.on ?? deps.clock.today()
  const content: ItemContent = { title: wish.title ?? '某项目的请示', docNo: null, summary: null, origin: 'made', formedOn: on, files: [] }
  const classification: Classification = { attribute: 'exempt', codes: [], summaryKind: null, exemption: { code: 'A16_PROCESS', reason: '尚在讨论的请示' }, term: 'GENERAL', termFrom: null, ...wish.classification }
  const events: ItemEvent[] = [
    { kind: 'formed', on, indexNo: wish.indexNo ?? `测试/${itemId}`, content, contentHash: hashContent(content), handler: wish.handler ?? 'test:handler' },
    { kind: 'attribute-determined', on, classification },
  ]
  await transaction(deps.db, async (tx) => saveItems(tx, [{ found: newItem(bodyId, itemId), events }], { actor: 'system:testing', at: deps.clock.now() }, await getCalendar(tx)))
  return itemId
}

/** 做一份移送清单（须有公开了的信息），一份签收了的、一份待移送的；返回两份的 id。 */
export async function someDeposits(deps: Deps, actor: Actor, bodyId: string): Promise<{ handed: string; draft: string }> {
  const today = deps.clock.today()
  for (const [name, kind] of [['武昌区档案馆', 'archive'], ['武昌区图书馆', 'library']] as const) await addRecipient(deps, actor, { bodyId, name, kind, copies: 1 })
  const made: string[] = []
  for (const { recipientId } of await listRecipients(deps.db, bodyId)) {
    const answer = await makeDeposit(deps, actor, { bodyId, recipientId, from: '2025-01-01', to: today })
    if (!answer.ok) throw new Error(answer.refusal)
    made.push(answer.depositId)
  }
  const [handed = '', draft = ''] = made
  const answer = await handOver(deps, actor, { bodyId, depositId: handed, seen: 1, on: today, receiver: '馆员（演示）' })
  if (!answer.ok) throw new Error(answer.refusal)
  return { handed, draft }
}

/** 提出一次评估。 */
export async function aProposal(deps: Deps, actor: Actor, ref: { bodyId: string; itemId: string }): Promise<void> {
  const answer = await proposeAssessment(deps, actor, { ...ref, result: 'keep', reason: '项目尚未办结，情形没有变化' })
  if (!answer.ok) throw new Error(answer.refusal)
}

/** 做一机关今日的自查，先收齐外链（不去查）。 */
export async function anInspection(deps: Deps, bodyId: string): Promise<void> {
  await gatherLinks(deps, bodyId)
  await inspectBody(deps, bodyId, (await listColumnFindings(deps.db, deps.clock.today())).get(bodyId) ?? [])
}
