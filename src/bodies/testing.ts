import type { Actor } from '../identity/index.ts'
import type { Deps } from '../platform/deps.ts'
import type { Body } from './body.ts'
import { createBody } from './create-body.ts'
import type { NewBody } from './create-body.ts'
import { setDistrict } from './set-district.ts'

const SEED: Actor = { kind: 'system', name: 'seed' }

/** 演示与测试的区：武昌区。 */
export const aDistrict = (deps: Deps): Promise<void> =>
  setDistrict(deps, SEED, {
    code: '420106',
    name: '武昌区',
    government: '武昌区人民政府',
    supervisor: '武昌区人民政府办公室',
  })

/** 演示与测试的机构；没有写的取可信的缺省值。 */
export async function aBody(deps: Deps, input: Partial<NewBody> & { code: string }): Promise<Body> {
  const made = await createBody(deps, SEED, { name: `示例${input.code}局`, kind: 'organ', ...input })
  if (!made.ok) throw new Error(`机构 ${input.code} 建不成：${made.refusal}`)
  return made.body
}
