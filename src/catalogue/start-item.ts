import type { Actor } from '../identity/index.ts'
import type { Tx } from '../platform/db.ts'
import type { Deps } from '../platform/deps.ts'
import { newId } from '../platform/id.ts'
import { beginItem } from './begin-item.ts'
import type { ItemRefusal } from './item-rules.ts'
import type { ItemContent } from './item.ts'
import type { PublicationCode } from './publication-codes.ts'

/**
 * 由依申请公开转来的一条拟主动公开的信息。
 * 公开期限自今日（认定属于主动公开之日）起算〔待核〕。在调用者的事务里办，由其留痕来历。
 */
export const startItem = (
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  actor: Actor,
  { bodyId, content, codes }: { bodyId: string; content: ItemContent; codes: readonly PublicationCode[] },
): Promise<{ ok: true; itemId: string; indexNo: string } | { ok: false; refusal: ItemRefusal }> =>
  beginItem(tx, deps, actor, {
    bodyId,
    itemId: newId(),
    content,
    classification: { attribute: 'proactive', codes, summaryKind: null, exemption: null, term: 'GENERAL', termFrom: deps.clock.today() },
    source: '依申请公开',
  })
