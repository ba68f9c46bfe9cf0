import { getBody, listMergers } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import { yearOf, type PlainDate } from '../../statute/plain-date.ts'

/** 并入某机构的一个前身。 */
export interface Predecessor {
  bodyId: string
  code: string
  name: string
  on: PlainDate
}

/** 到某年年末为止并入某机构的各前身，连同前身的前身；没有的为空。 */
export async function listPredecessors(tx: Tx, bodyId: string, year: number): Promise<Predecessor[]> {
  const mergers = (await listMergers(tx)).filter(({ on }) => yearOf(on) <= year)
  const found = new Map<string, PlainDate>()
  const follow = (successorId: string): void => {
    for (const { bodyId: from, on } of mergers.filter((one) => one.successorId === successorId)) {
      if (from === bodyId || found.has(from)) continue
      found.set(from, on)
      follow(from)
    }
  }
  follow(bodyId)
  const predecessors: Predecessor[] = []
  for (const [id, on] of found) {
    const { code, name } = await getBody(tx, id)
    predecessors.push({ bodyId: id, code, name, on })
  }
  return predecessors.toSorted((a, b) => a.on.localeCompare(b.on))
}
