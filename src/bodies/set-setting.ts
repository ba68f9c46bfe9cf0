import { record } from '../audit/index.ts'
import { actorKey, requirePermission } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { enqueue } from '../platform/jobs.ts'
import { parseSetting } from './parse-setting.ts'
import { SETTINGS, basisText } from './settings.ts'
import type { SettingKey, SettingSpec } from './settings.ts'
import { lockBody, saveSetting } from './store.ts'

// 改了这几项，未决申请的到期日要重算
const CLOCK_KEYS: readonly SettingKey[] = ['pauseFrom', 'feeRestart']

/**
 * 改一项设置；值不合格的退回一句话。
 * @param basis 本单位确定此值所依据的条文；不写则用设置表所列（〔待核〕的仍为待核）
 */
export function setSetting(
  deps: Deps,
  actor: Actor,
  input: { bodyId: string; key: SettingKey; value: unknown; basis?: string },
): Promise<{ ok: true } | { ok: false; message: string }> {
  requirePermission(actor, 'setting.manage', input.bodyId)
  return transaction(deps.db, async (tx) => {
    const spec: SettingSpec = SETTINGS[input.key]
    const parsed = parseSetting(spec, input.value)
    if (!parsed.ok) return parsed
    await lockBody(tx, input.bodyId)
    await saveSetting(tx, {
      bodyId: input.bodyId,
      key: input.key,
      value: parsed.value,
      basis: input.basis?.trim().slice(0, 200) || basisText(spec.basis),
      by: actorKey(actor),
      at: deps.clock.now(),
    })
    if (CLOCK_KEYS.includes(input.key)) await enqueue(tx, 'applications.recompute-due', {}, { key: 'applications.recompute-due' })
    await record(tx, actor, 'setting.changed', { bodyId: input.bodyId, target: input.key }, { value: typeof parsed.value === 'string' ? parsed.value.slice(0, 200) : parsed.value })
    return { ok: true }
  })
}
