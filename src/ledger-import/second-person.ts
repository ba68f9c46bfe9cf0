import { createHash } from 'node:crypto'
import { actorKey, can, PERMISSIONS, standsInFor } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { notify } from '../notices/index.ts'
import type { Tx } from '../platform/db.ts'
import { isImportable } from '../platform/ledger/index.ts'
import { publishesAtOnce } from './ledgers.ts'
import type { ImportRow } from './store.ts'

type Row = Pick<ImportRow, 'body_id' | 'import_id' | 'kind' | 'requested_by' | 'preview'>

/**
 * 确认导入凭谁：自己的岗位为 null，代人的为委托人；不行的为 undefined。
 * 导入即公开的，由批准公开的人确认，上传的人自己不能，受他委托的也不能；命令行的除外。
 */
export function confirmStanding(actor: Actor, { kind, requested_by }: Pick<Row, 'kind' | 'requested_by'>): string | null | undefined {
  if (actor.kind !== 'account') return null
  if (!publishesAtOnce(kind)) return standsInFor(actor, 'ledger.import')
  return actorKey(actor) === requested_by ? undefined : standsInFor(actor, 'item.approve', [requested_by])
}

/** 看得到这次导入：导入台账的人；导入即公开的，还有批准公开的人。 */
export const mayView = (actor: Actor, { kind, body_id }: Pick<Row, 'kind' | 'body_id'>): boolean =>
  can(actor, 'ledger.import', body_id) || (publishesAtOnce(kind) && can(actor, 'item.approve', body_id))

/** 确认的人看的是哪一张表、列怎样对的；其后又改过的，须再看一遍。 */
export const mappingSeen = ({ sheet, chosen }: Pick<ImportRow, 'sheet' | 'chosen'>): string =>
  createHash('sha256').update(JSON.stringify([sheet, Object.entries(chosen).toSorted(([a], [b]) => Number(a) - Number(b))])).digest('base64url').slice(0, 22)

/** 导入即公开、可以写入了的，告诉批准公开的人来核对；一次导入只告诉一遍。 */
export async function askSecondPerson(tx: Tx, { body_id, import_id, kind, requested_by, preview }: Row, { at, title }: { at: Date; title: string }): Promise<void> {
  if (!publishesAtOnce(kind) || preview === null || !isImportable(preview)) return
  await notify(tx, {
    bodyId: body_id,
    at,
    roles: PERMISSIONS['item.approve'].own,
    except: requested_by,
    key: `ledger-import/${import_id}`,
    title: `等您核对的${title}（${preview.rows} 行）`,
    note: '逐行看过，确认之后随即公开。',
    href: `/desk/ledgers/imports/${import_id}`,
  })
}
