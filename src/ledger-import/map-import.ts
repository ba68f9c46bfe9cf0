import { requirePermission } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { ChosenColumns } from '../platform/ledger/index.ts'
import { contextOf, getLedger } from './context.ts'
import { openLedgerFile } from './ledger-file.ts'
import { askSecondPerson } from './second-person.ts'
import { getImport, savePreview } from './store.ts'
import type { ImportRef } from './store.ts'

/** 使用者改了列的对应，或换一张工作表：照新的重读一遍。已经确认的不能再改。 */
export async function mapImport(
  deps: Deps,
  actor: Actor,
  { sheet, chosen, ...ref }: ImportRef & { sheet: string | null; chosen: ChosenColumns },
): Promise<{ ok: true } | { ok: false; refusal: 'already-confirmed' }> {
  requirePermission(actor, 'ledger.import', ref.bodyId)
  const row = await getImport(deps.db, ref)
  if (row.status !== 'previewed') return { ok: false, refusal: 'already-confirmed' }
  const file = await openLedgerFile(deps, row.import_id, row.file_key)
  // 换了工作表，原来的对应即不相干
  const wanted = sheet === row.sheet ? chosen : {}
  const context = contextOf(deps, ref.bodyId, ref.importId, row.created_at)
  const ledger = getLedger(row.kind)
  const preview = await ledger.preview(file, context, { sheet, chosen: wanted })
  const saved = await transaction(deps.db, async (tx) => {
    const done = await savePreview(tx, ref, { preview, chosen: wanted, sheet })
    if (done && actor.kind !== 'system') await askSecondPerson(tx, { ...row, preview }, { at: deps.clock.now(), title: ledger.title })
    return done
  })
  return saved ? { ok: true } : { ok: false, refusal: 'already-confirmed' }
}
