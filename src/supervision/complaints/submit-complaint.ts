import { accessCodeOf, spacedCode } from '../../applications/index.ts'
import { record } from '../../audit/index.ts'
import { requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { insertCode, isCodeOf } from './query-code.ts'
import { registerComplaint } from './register-complaint.ts'
import type { NewComplaint, Registered } from './register-complaint.ts'

/** 公众自己交来的，记在门户名下。 */
export const PORTAL = { kind: 'system', name: 'portal' } as const

export type Submitted = Registered & { code: string }

/**
 * 公众在网页上交来一件。查询码由这张表单的密令与编号算出：同一张表单交两次，所见是同一个；库里只有摘要。
 * @param formKey 表单的密令，随机、不公开
 */
export const submitComplaint = (deps: Deps, input: NewComplaint, formKey: string): Promise<Submitted> => withCode(deps, PORTAL, input, formKey, 'complaint.submitted')

/** 工作台登记一件，查询码交给反映人；须在自己的机关有登记的岗位。归别的机关办的照转。 */
export function registerAtDesk(deps: Deps, actor: Actor & { bodyId: string }, input: NewComplaint, formKey: string): Promise<Submitted> {
  requirePermission(actor, 'complaint.handle', actor.bodyId)
  return withCode(deps, actor, input, formKey, null)
}

async function withCode(deps: Deps, actor: Actor, input: NewComplaint, formKey: string, action: 'complaint.submitted' | null): Promise<Submitted> {
  const once = () => register(deps, actor, input, formKey, action)
  try {
    return await once()
  } catch (error) {
    // 同一张表单同时交来两次：后一次再来，便认得出是同一件
    if (!(error instanceof Conflict)) throw error
    return once()
  }
}

const register = (deps: Deps, actor: Actor, input: NewComplaint, formKey: string, action: 'complaint.submitted' | null): Promise<Submitted> =>
  transaction(deps.db, async (tx) => {
    const registered = await registerComplaint(tx, deps, actor, input)
    const keys = fieldKeys(deps.config.secretKey)
    const code = accessCodeOf(keys, formKey, input.complaintId)
    if (registered.fresh) await insertCode(tx, keys, registered, code, deps.clock.now())
    // 编号是别人的一件的：登记号不说，也不给他查询码
    else if (!(await isCodeOf(tx, keys, registered, code))) throw new NotFound('这张表单')
    if (action !== null && registered.fresh) await record(tx, actor, action, { bodyId: registered.bodyId, target: registered.complaintId })
    return { ...registered, code: spacedCode(code) }
  })
