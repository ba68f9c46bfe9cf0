import type { Tx } from '../platform/db.ts'
import { getDistrict } from './queries.ts'
import { parseSetting } from './parse-setting.ts'
import { SETTINGS, SETTING_KEYS, toBasis } from './settings.ts'
import type { SettingKey, SettingSpec, SettingState, SettingValue } from './settings.ts'

/** 机构某项设置现在的值；没有改过的为默认值。复议机关没有填的，为本区人民政府。 */
export async function getSetting<K extends SettingKey>(tx: Tx, bodyId: string, key: K): Promise<SettingValue<K>> {
  const spec: SettingSpec = SETTINGS[key]
  const row = await tx
    .selectFrom('body_setting')
    .select('value')
    .where('body_id', '=', bodyId)
    .where('key', '=', key)
    .executeTakeFirst()
  return (await fill(tx, key, row ? stored(spec, row.value) : spec.default)) as SettingValue<K>
}

/** 全部设置的现状，按 SETTINGS 的次序，供页面用。 */
export async function listSettings(tx: Tx, bodyId: string): Promise<SettingState[]> {
  const rows = await tx.selectFrom('body_setting').selectAll().where('body_id', '=', bodyId).execute()
  const byKey = new Map(rows.map((row) => [row.key, row]))
  return Promise.all(
    SETTING_KEYS.map(async (key) => {
      const spec: SettingSpec = SETTINGS[key]
      const row = byKey.get(key)
      return {
        key,
        spec,
        value: await fill(tx, key, row ? stored(spec, row.value) : spec.default),
        isDefault: row === undefined,
        basis: row ? toBasis(row.basis) : spec.basis,
        changedAt: row?.changed_at ?? null,
        changedBy: row?.changed_by ?? null,
      }
    }),
  )
}

/** 各机构某项文字设置改过的值；没有改过的不在其中。 */
export async function listSettingValues(tx: Tx, key: SettingKey, bodyIds: readonly string[]): Promise<Map<string, string>> {
  if (bodyIds.length === 0) return new Map()
  const rows = await tx.selectFrom('body_setting').select(['body_id', 'value']).where('body_id', 'in', bodyIds.slice(0, MOST_BODIES)).where('key', '=', key).execute()
  return new Map(rows.map((row) => [row.body_id, String(stored(SETTINGS[key], row.value))]))
}

const MOST_BODIES = 1000

// 版本更替后不再合格的旧值，当作没有设置
function stored(spec: SettingSpec, value: unknown): string | number | boolean {
  const parsed = parseSetting(spec, value)
  return parsed.ok ? parsed.value : spec.default
}

const fill = async (tx: Tx, key: SettingKey, value: string | number | boolean): Promise<string | number | boolean> =>
  key === 'reviewAuthority' && value === '' ? (await getDistrict(tx)).government : value
