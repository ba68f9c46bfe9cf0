import type { Deps } from '../src/platform/deps.ts'

/** 一批演示数据；返回要告诉使用者的话，如演示账号。 */
export interface Seed {
  name: string
  load(deps: Deps): Promise<string[]>
}

/** 依次载入的演示数据。 */
export const seeds: readonly Seed[] = []

/** 载入演示数据，返回要告诉使用者的话。只用于空库；正式模式拒绝。 */
export async function loadSeeds(deps: Deps): Promise<string[]> {
  if (deps.config.mode === 'production') throw new Error('正式模式不载入演示数据')
  const said: string[] = []
  for (const seed of seeds) said.push(...(await seed.load(deps)))
  return said
}

/** 库里还没有任何机构。 */
export async function isUnseeded({ db }: Deps): Promise<boolean> {
  const found = await db.selectFrom('body').select('body_id').limit(1).executeTakeFirst()
  return found === undefined
}
