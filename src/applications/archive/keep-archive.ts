import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { ApplicationEvent } from '../events.ts'
import { queuePackage } from './archive-store.ts'
import type { CaseRef } from './archive-store.ts'

/** 归档了的交办做档案包；归档之后又更正的重做；其余不管。 */
export async function keepArchive(
  tx: Tx,
  ref: CaseRef,
  { events, archivedOn, by, at }: { events: readonly ApplicationEvent[]; archivedOn: PlainDate | null; by: string; at: Date },
): Promise<void> {
  const on = events.find(({ kind }) => kind === 'archived')?.on ?? archivedOn
  if (on !== null && events.length > 0) await queuePackage(tx, ref, { archivedOn: on, by, at })
}
