import { listBodies, listMergers, type Body, type Merger } from '../bodies/index.ts'
import type { Tx } from '../platform/db.ts'
import { yearOf } from '../statute/plain-date.ts'

/** 一个机关，连同到年末为止并入它的各前身：年度报告也是这样算的。 */
export interface Gathered {
  body: Body
  bodyIds: readonly string[]
  /** 并入的前身的名称 */
  absorbed: readonly string[]
}

/** 某年的各机关；并入别家的归到后继名下，一家不少。没有后继而撤销的照列。 */
export async function gatherBodies(tx: Tx, year: number): Promise<Gathered[]> {
  const bodies = await listBodies(tx, { includeAbolished: true })
  const into = successors(await listMergers(tx), year)
  const owner = (bodyId: string): string => finalSuccessor(into, bodyId)
  const groups = Map.groupBy(bodies, ({ bodyId }) => owner(bodyId))
  return bodies
    .filter(({ bodyId }) => owner(bodyId) === bodyId)
    .map((body) => {
      const members = groups.get(body.bodyId) ?? [body]
      return { body, bodyIds: members.map(({ bodyId }) => bodyId), absorbed: members.filter(({ bodyId }) => bodyId !== body.bodyId).map(({ name }) => name) }
    })
}

/** 一个机关在某年名下的各机关；年内并入别家的，只看它自己的记录。 */
export async function gatherBody(tx: Tx, body: Body, year: number): Promise<Gathered> {
  return (await gatherBodies(tx, year)).find((one) => one.body.bodyId === body.bodyId) ?? { body, bodyIds: [body.bodyId], absorbed: [] }
}

const successors = (mergers: readonly Merger[], year: number): Map<string, string> =>
  new Map(mergers.filter(({ on }) => yearOf(on) <= year).map(({ bodyId, successorId }) => [bodyId, successorId]))

// 前身之前身也归到最后的后继；绕成圈的停在原处
function finalSuccessor(into: ReadonlyMap<string, string>, bodyId: string): string {
  const seen = new Set<string>()
  let at = bodyId
  for (let next = into.get(at); next !== undefined && !seen.has(next); next = into.get(at)) {
    seen.add(next)
    at = next
  }
  return at
}
