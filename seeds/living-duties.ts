import { addRecipient, aWithheldItem, handOver, listRecipients, makeDeposit, proposeAssessment, setScope } from '../src/catalogue/testing-duties.ts'
import { actorKey } from '../src/identity/index.ts'
import type { Deps } from '../src/platform/deps.ts'
import { addCalendarDays } from '../src/statute/plain-date.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'
import { atDay } from './clock.ts'
import { after, before } from './days.ts'
import type { ExampleBody } from './example-bodies.ts'

/** 示例街道的法定内容适用与否、不予公开的登记与评估、向档案馆和图书馆的移送：各页都有可看的。 */
export async function loadLivingDuties(deps: Deps, { bodyId, staff }: ExampleBody, today: PlainDate): Promise<void> {
  const now = before(after(today, 0), 2)
  const handler = actorKey(staff.handler)
  const then = atDay(deps, now, '10:00')
  await setScope(then, staff.head, { bodyId, code: 'A20_08', applies: false, reason: '街道没有行政事业性收费项目' })
  await setScope(then, staff.head, { bodyId, code: 'A20_11', applies: true, reason: '承办临时救助、适老化改造补贴的受理与发放' })

  const old = await aWithheldItem(then, bodyId, { title: '示例街道社区用房调整方案（讨论稿）的请示', on: addCalendarDays(now, -380), indexNo: `示街/${addCalendarDays(now, -380).slice(0, 4)}-90001`, handler })
  await aWithheldItem(then, bodyId, { title: '示例街道2026年内部督查情况的请示', on: addCalendarDays(now, -40), indexNo: `示街/${addCalendarDays(now, -40).slice(0, 4)}-90002`, handler })
  const proposed = await proposeAssessment(then, staff.officer, { bodyId, itemId: old, result: 'keep', reason: '方案仍在讨论，情形没有变化' })
  if (!proposed.ok) throw new Error(proposed.refusal)

  for (const [name, kind] of [['示例区档案馆', 'archive'], ['示例区图书馆', 'library']] as const) await addRecipient(then, staff.officer, { bodyId, name, kind, copies: 1 })
  for (const { recipientId, kind } of await listRecipients(deps.db, bodyId)) {
    const made = await makeDeposit(then, staff.officer, { bodyId, recipientId, from: addCalendarDays(now, -90), to: now })
    if (!made.ok) throw new Error(made.refusal)
    if (kind !== 'archive') continue
    const handed = await handOver(then, staff.officer, { bodyId, depositId: made.depositId, seen: 1, on: now, receiver: '馆员（演示）' })
    if (!handed.ok) throw new Error(handed.refusal)
  }
}
