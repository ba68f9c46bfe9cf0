import './tables.ts'
import { sql } from 'kysely'
import { actorKey, type SignedInActor } from '../identity/index.ts'
import type { Deps } from '../platform/deps.ts'
import { LEDGERS, publishesAtOnce } from './ledgers.ts'
import { confirmStanding } from './second-person.ts'

export interface ImportToDo {
  title: string
  href: string
  dueOn: null
  note: string
}

const DAYS = 30

/** 等此人核对的导入：导入即公开、没有问题、三十日内上传、还没有确认的。上传的人自己没有。 */
export async function importToDos({ db, clock }: Deps, actor: SignedInActor): Promise<ImportToDo[]> {
  const kinds = LEDGERS.map(({ ledger }) => ledger.kind).filter(publishesAtOnce)
  if (kinds.length === 0) return []
  const rows = await db
    .selectFrom('ledger_import')
    .select(['import_id', 'kind', 'file_name', 'total_rows', 'requested_by'])
    .where('body_id', '=', actor.bodyId)
    .where('created_at', '>', new Date(clock.now().getTime() - DAYS * 86_400_000))
    .where('status', '=', 'previewed')
    .where('kind', 'in', kinds)
    .where('requested_by', '<>', actorKey(actor))
    .where('total_rows', '>', 0)
    .where(sql<number>`(preview ->> 'faultCount')::int + jsonb_array_length(preview -> 'mapping' -> 'missing')`, '=', 0)
    .orderBy('created_at', 'desc')
    .orderBy('import_id', 'desc')
    .limit(20)
    .execute()
  return rows
    .filter((row) => confirmStanding(actor, row) !== undefined)
    .map((row) => ({
      title: `核对${LEDGERS.find(({ ledger }) => ledger.kind === row.kind)?.ledger.title ?? '台账'}（${row.total_rows} 行）`,
      href: `/desk/ledgers/imports/${row.import_id}`,
      dueOn: null,
      note: `${row.file_name}，逐行看过，确认之后随即公开`,
    }))
}
