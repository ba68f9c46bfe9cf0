import { record } from '../audit/index.ts'
import { actorKey, requirePermission } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { newId } from '../platform/id.ts'
import type { LedgerPreview } from '../platform/ledger/index.ts'
import { contextOf, getLedger } from './context.ts'
import { keepLedgerFile } from './ledger-file.ts'
import { askSecondPerson } from './second-person.ts'
import { insertImport } from './store.ts'

/** 第一步：存下文件，读一遍，给出列的对应与逐行账。读不了的抛 UnreadableSheet，不留记录。 */
export async function startImport(
  deps: Deps,
  actor: Actor,
  { bodyId, kind, file }: { bodyId: string; kind: string; file: { name: string; bytes: Buffer } },
): Promise<{ importId: string; preview: LedgerPreview }> {
  requirePermission(actor, 'ledger.import', bodyId)
  const ledger = getLedger(kind)
  const importId = newId()
  const at = deps.clock.now()
  const preview = await ledger.preview(file.bytes, contextOf(deps, bodyId, importId, at))
  const { key } = await keepLedgerFile(deps, importId, file.bytes)
  await transaction(deps.db, async (tx) => {
    const row = {
      body_id: bodyId,
      import_id: importId,
      kind,
      file_key: key,
      file_name: file.name === '' ? '未命名' : file.name,
      file_size: file.bytes.length,
      requested_by: actorKey(actor),
      created_at: at,
      preview,
    }
    await insertImport(tx, row)
    // 命令行的随即由它自己写入，不必等人
    if (actor.kind !== 'system') await askSecondPerson(tx, row, { at, title: ledger.title })
    await record(tx, actor, 'ledger.uploaded', { bodyId, target: importId }, { kind, rows: preview.rows, faults: preview.faultCount })
  })
  return { importId, preview }
}
