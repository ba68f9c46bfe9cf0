import type { Deps } from './deps.ts'

/** 一处不对：在哪里，怎么不对。不写个人信息。 */
export interface Problem {
  where: string
  message: string
}

/** 一种核对：逐处给出问题，没有即好。须分页读，不得把全部数据读进内存。 */
export interface Verifier {
  name: string
  verify: (deps: Deps) => AsyncIterable<Problem>
}

export interface Verified {
  name: string
  /** 该项的前几处问题 */
  problems: Problem[]
  /** 还有更多未列 */
  more: boolean
}

const SHOWN = 20

/** 依次做各项核对，每项至多列 20 处。 */
export async function verifyAll(deps: Deps, verifiers: readonly Verifier[]): Promise<Verified[]> {
  const results: Verified[] = []
  for (const { name, verify } of verifiers) {
    const result: Verified = { name, problems: [], more: false }
    for await (const problem of verify(deps)) {
      if (result.problems.length === SHOWN) {
        result.more = true
        break
      }
      result.problems.push(problem)
    }
    results.push(result)
  }
  return results
}
