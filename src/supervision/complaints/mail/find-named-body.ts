import { listBodies } from '../../../bodies/index.ts'
import type { Tx } from '../../../platform/db.ts'

/** 信里写到的机关，名称最长的一个；没有写到的为 null，由受理的人定。 */
export async function findNamedBody(tx: Tx, text: string): Promise<string | null> {
  const named = (await listBodies(tx)).filter(({ name, kind }) => kind !== 'government' && kind !== 'district-office' && text.includes(name))
  return named.toSorted((a, b) => b.name.length - a.name.length)[0]?.bodyId ?? null
}
