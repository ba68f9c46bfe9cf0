import { listBodies, listSettingValues } from '../bodies/index.ts'
import type { Tx } from '../platform/db.ts'

/** 本区其他机关的名称与文书上的联系电话，供告知负责公开的机关（条例第三十六条第（五）项）：代码 → 文字。 */
export async function listResponsibleBodies(tx: Tx, own: string): Promise<Record<string, string>> {
  const others = (await listBodies(tx)).filter((body) => body.bodyId !== own)
  const phones = await listSettingValues(tx, 'letterPhone', others.map((body) => body.bodyId))
  return Object.fromEntries(
    others.map(({ bodyId, code, name }) => {
      const phone = phones.get(bodyId) ?? ''
      return [code, phone === '' ? name : `${name}，联系电话 ${phone}`]
    }),
  )
}
