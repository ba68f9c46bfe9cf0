import type { Actor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import type { ItemRefusal } from '../item-rules.ts'
import { findPrecheck } from '../precheck/precheck-store.ts'
import { runPrecheck } from '../precheck/run-precheck.ts'
import { getItem } from '../store.ts'
import type { ItemRef } from './item-action.ts'
import { filesAreIntact } from './verify-stored.ts'

/** 没有预检过、内容或者词表改了的，现在预检；其间又改了内容的，请他再来。 */
export async function ensurePrecheck(deps: Deps, ref: ItemRef, actor: Actor): Promise<ItemRefusal | null> {
  const { state } = await getItem(deps.db, ref.bodyId, ref.itemId)
  const precheck = await findPrecheck(deps.db, ref, state.contentHash)
  if (precheck !== null && !precheck.stale) return null
  return (await runPrecheck(deps, actor, ref)) === 'done' ? null : 'precheck-missing'
}

/** 公开之前：预检不旧，文件一个字节不差。 */
export async function readyToPublish(deps: Deps, ref: ItemRef, actor: Actor): Promise<ItemRefusal | null> {
  const { state } = await getItem(deps.db, ref.bodyId, ref.itemId)
  if (!(await filesAreIntact(deps, state.content))) return 'file-missing'
  return ensurePrecheck(deps, ref, actor)
}
