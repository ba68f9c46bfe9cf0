import { record } from '../audit/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { Conflict } from '../platform/errors.ts'
import { isImportable, LedgerRefused, UnreadableSheet } from '../platform/ledger/index.ts'
import type { Ledger, LedgerContext, LedgerPreview } from '../platform/ledger/index.ts'
import { CalendarYearMissing } from '../statute/calendar.ts'
import { MOST_ATTEMPTS } from './confirm-import.ts'
import { contextOf, getLedger } from './context.ts'
import { openLedgerFile } from './ledger-file.ts'
import { claimImport, isSuperseded, markDone, markFailed, saveProgress } from './store.ts'
import type { ImportRef, ImportRow } from './store.ts'

/** 同一次导入被后一次任务接手；这一次的事务退回。 */
class Superseded extends Error {
  override name = 'Superseded'
}

/**
 * 后台任务：先照确认时的对应再核一遍，再在一个事务里全部写入并记下结果；有一行不行则一行不留。
 * 可以重办：已有结果的不再办，办到一半断掉的从头来，行键使重来无异。
 */
export async function runImport(deps: Deps, ref: ImportRef): Promise<void> {
  const row = await claimImport(deps.db, ref)
  if (row === null) return
  try {
    await checkThenWrite(deps, ref, row)
  } catch (error) {
    // 后一次任务先写成了：这一次碰上它写下的行，无论报什么错，都不是这份台账的错
    if (error instanceof Superseded || (await isSuperseded(deps.db, ref, row.attempt))) return
    const message = wordFailure(error)
    if (message === null && row.attempt < MOST_ATTEMPTS) throw error
    if (message === null) deps.log.error({ err: error, importId: ref.importId }, '台账导入没有办成')
    await markFailed(deps.db, ref, row.attempt, { message: message ?? '系统出错，没有导入任何一行；请稍后再导入一次', at: deps.clock.now() })
  }
}

async function checkThenWrite(deps: Deps, ref: ImportRef, row: ImportRow): Promise<void> {
  const ledger = getLedger(row.kind)
  const file = await openLedgerFile(deps, row.import_id, row.file_key)
  const context = contextOf(deps, ref.bodyId, ref.importId, row.confirmed_at ?? row.created_at)
  const options = { sheet: row.sheet, chosen: row.chosen }
  const preview = await ledger.preview(file, context, options)
  if (!isImportable(preview)) return failWith(deps, ref, row, preview)
  await writeAll(deps, ref, row, { ledger, file, context })
}

// 确认之后情形变了（如日历换了），账以现在的为准
const failWith = (deps: Deps, ref: ImportRef, row: ImportRow, preview: LedgerPreview): Promise<void> =>
  markFailed(deps.db, ref, row.attempt, { message: `有 ${preview.faultCount} 处问题，一行也没有导入`, preview, at: deps.clock.now() })

async function writeAll(
  deps: Deps,
  ref: ImportRef,
  row: ImportRow,
  { ledger, file, context }: { ledger: Ledger; file: Buffer; context: LedgerContext },
): Promise<void> {
  const progress = progressWriter(deps, ref, row.attempt)
  await transaction(deps.db, async (tx) => {
    const counts = await ledger.import(tx, file, context, { sheet: row.sheet, chosen: row.chosen, onProgress: progress.report })
    // 进度另用一条连接写同一行；等它写完再在事务里写结果，免得互相等
    await progress.settle()
    if (!(await markDone(tx, ref, row.attempt, { ...counts, at: deps.clock.now() }))) throw new Superseded()
    await record(
      tx,
      { kind: 'system', name: 'ledger-import' },
      'ledger.imported',
      { bodyId: ref.bodyId, target: ref.importId },
      { kind: row.kind, rows: counts.rows, created: counts.created, changed: counts.changed, by: row.requested_by },
    )
  })
}

const PROGRESS_EVERY_MS = 500

// 事务里写的别处看不见，故进度走另一条连接；写不成不碍导入
function progressWriter(deps: Deps, ref: ImportRef, attempt: number) {
  let last = 0
  let writing: Promise<void> = Promise.resolve()
  return {
    report: (done: number): void => {
      const now = performance.now()
      if (now - last < PROGRESS_EVERY_MS) return
      last = now
      writing = writing.then(() => saveProgress(deps.db, ref, attempt, done)).catch((error: unknown) => {
        deps.log.warn({ err: error }, '导入进度没有写下')
      })
    },
    settle: (): Promise<void> => writing,
  }
}

// 使用者能看懂、能改的；其余是系统的错，重办
function wordFailure(error: unknown): string | null {
  if (error instanceof LedgerRefused || error instanceof UnreadableSheet || error instanceof CalendarYearMissing) return error.message
  if (error instanceof Conflict) return '导入时有人正在办理其中的案件，一行也没有导入；请再导入一次'
  return null
}
