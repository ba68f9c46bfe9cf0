import type { Hono } from 'hono'
import { createApiSystem, grantScopes, issueToken } from '../identity/index.ts'
import type { Actor, Scope } from '../identity/index.ts'
import type { Deps } from '../platform/deps.ts'
import { newId } from '../platform/id.ts'

/** 接入一个系统，定好权限，发一枚令牌；给测试用。 */
export async function aSystem(deps: Deps, input: { admin: Actor; security: Actor; bodyId: string; scopes: readonly Scope[]; name?: string }): Promise<{ bodyId: string; systemId: string; token: string }> {
  const { admin, security, bodyId, scopes, name = '区政务服务大厅' } = input
  const ref = await createApiSystem(deps, admin, { bodyId, name })
  await grantScopes(deps, security, { ...ref, scopes })
  const issued = await issueToken(deps, admin, { ...ref, overlapDays: 0 })
  if (!issued.ok) throw new Error(issued.refusal)
  return { ...ref, token: issued.token }
}

/** 一个调用接口的系统。 */
export function aClient(app: Hono, token: string) {
  const auth = { authorization: `Bearer ${token}` }
  return {
    get: (path: string, headers: Record<string, string> = {}) => app.request(path, { headers: { ...auth, ...headers } }),
    post: (path: string, body: unknown, key: string = newId()) =>
      app.request(path, { method: 'POST', headers: { ...auth, 'content-type': 'application/json', 'idempotency-key': key }, body: typeof body === 'string' ? body : JSON.stringify(body) }),
    upload: (path: string, files: readonly (readonly [field: string, name: string, bytes: Uint8Array<ArrayBuffer>])[], fields: Record<string, string> = {}, key: string = newId()) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      for (const [field, name, bytes] of files) form.append(field, new Blob([bytes]), name)
      return app.request(path, { method: 'POST', headers: { ...auth, 'idempotency-key': key }, body: form })
    },
  }
}

/** 一件转来的申请；没有写的取可信的缺省值。 */
export const anIntake = (given: Record<string, unknown> = {}): Record<string, unknown> => ({
  channel: 'ONLINE',
  submittedOn: '2026-01-15',
  applicant: { kind: 'N', name: '张三丰', idKind: '居民身份证', idNo: '11010519491231002X', contact: '13800001234', postalAddress: '某市某区某路 1 号', assistance: ['reading'] },
  content: '某小区加装电梯的批复',
  way: '邮寄',
  carrier: '纸质',
  ...given,
})
