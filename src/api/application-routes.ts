import { createRoute } from '@hono/zod-openapi'
import type { OpenAPIHono, z } from '@hono/zod-openapi'
import { REFUSED, STATUSES, actOnApplication, findChangedApplication, getApplication, listChangedApplications, publicHistory, stateWords } from '../applications/index.ts'
import type { ChangedApplication } from '../applications/index.ts'
import type { ApiActor } from '../identity/index.ts'
import type { Deps } from '../platform/deps.ts'
import { NotFound } from '../platform/errors.ts'
import { FAULTS, POST_FAULTS, PostHeaders, guarded } from './guarded.ts'
import { registerFromSystem } from './intake.ts'
import { jsonBody } from './json-body.ts'
import { once } from './once.ts'
import { ApiProblem } from './problems.ts'
import { ApplicationDetail, ApplicationList, ConfirmReceipt, IdParam, Intake, ListQuery, Registered, State, Withdraw } from './schemas.ts'

const json = <T>(schema: T) => ({ 'application/json': { schema } })
const tags = ['申请']
const submit = guarded('applications:submit')
const act = guarded('applications:act')

const register = createRoute({
  method: 'post', path: '/api/applications', tags, summary: '登记一件申请', ...submit, middleware: [...submit.middleware, ...jsonBody],
  description: '大厅、省级平台等收到的申请转来登记。收到之日依渠道认定（条例第三十一条）：须签收、确认而尚未的，记为待确认收到，期限不走。登记之前查重，可能重复的答 duplicates。',
  request: { headers: PostHeaders, body: { required: true, content: json(Intake) } },
  responses: { 201: { description: '已登记', content: json(Registered) }, ...POST_FAULTS },
})
const list = createRoute({
  method: 'get', path: '/api/applications', tags, summary: '按改动先后列出申请', ...guarded('applications:read'),
  description: '所接入机关的申请，早改的在前。照 next 翻到底，下次以上回最后一件的 updatedAt 往前五分钟作 updatedSince，即可同步而不漏；重来的以 id 与 version 认出。',
  request: { query: ListQuery },
  responses: { 200: { description: '一页', content: json(ApplicationList) }, ...FAULTS },
})
const detail = createRoute({
  method: 'get', path: '/api/applications/{id}', tags, summary: '一件申请办到哪里', ...guarded('applications:read'),
  request: { params: IdParam },
  responses: { 200: { description: '这件申请', content: json(ApplicationDetail) }, ...FAULTS },
})
const confirm = createRoute({
  method: 'post', path: '/api/applications/{id}/confirm-receipt', tags, summary: '确认收到', ...act, middleware: [...act.middleware, ...jsonBody],
  description: '与申请人确认收到，或者签收之后记下：这一日为收到申请之日，期限自次日起算（条例第三十一条、第三十三条）。',
  request: { params: IdParam, headers: PostHeaders, body: { required: true, content: json(ConfirmReceipt) } },
  responses: { 200: { description: '已确认', content: json(State) }, ...POST_FAULTS },
})
const withdraw = createRoute({
  method: 'post', path: '/api/applications/{id}/withdraw', tags, summary: '申请人撤回', ...act, middleware: [...act.middleware, ...jsonBody],
  description: '申请人撤回，本件就此办结，不再答复；须有申请人撤回的凭据。',
  request: { params: IdParam, headers: PostHeaders, body: { required: true, content: json(Withdraw) } },
  responses: { 200: { description: '已撤回', content: json(State) }, ...POST_FAULTS },
})

/** 申请：登记、查询、确认收到、撤回。 */
export function applicationRoutes(api: OpenAPIHono): void {
  api.openapi(register, async (c) => {
    const given = c.req.valid('json')
    const made = await once(c, Registered, await c.req.text(), (deps) => registerFromSystem(deps, c.get('system'), given))
    return c.json(made, 201)
  })
  api.openapi(list, async (c) => {
    const { status, updatedSince, after, limit } = c.req.valid('query')
    const { bodyId } = c.get('system')
    const since = updatedSince === undefined ? undefined : new Date(updatedSince)
    const { rows, next } = await listChangedApplications(c.get('deps').db, { bodyId, status, since }, { after: after ?? null, limit })
    return c.json({ items: rows.map(toSummary), next }, 200)
  })
  api.openapi(detail, async (c) => {
    const { db } = c.get('deps')
    const { bodyId } = c.get('system')
    const { id } = c.req.valid('param')
    const row = await findChangedApplication(db, bodyId, id)
    if (row === null) throw new NotFound('这件申请')
    const { state, events } = await getApplication(db, bodyId, id)
    const history = publicHistory(state, events).map(({ on, text, note }) => ({ on, text: plain(text) ?? '', note: plain(note) }))
    return c.json({ ...toSummary(row), words: stateWords(state), history }, 200)
  })
  api.openapi(confirm, async (c) => {
    const { on, proof = '', version } = c.req.valid('json')
    const step = { caseId: c.req.valid('param').id, name: 'confirm-receipt', version, given: { on, proof } } as const
    return c.json(await once(c, State, await c.req.text(), (deps) => takeStep(deps, c.get('system'), step)), 200)
  })
  api.openapi(withdraw, async (c) => {
    const { on, version } = c.req.valid('json')
    const step = { caseId: c.req.valid('param').id, name: 'withdraw', version, given: { on } } as const
    return c.json(await once(c, State, await c.req.text(), (deps) => takeStep(deps, c.get('system'), step)), 200)
  })
}

// 时间线的组件也收页面元素；给申请人的经过只有文字
const plain = (node: unknown): string | null => (typeof node === 'string' ? node : null)

const toSummary = ({ caseId, updatedAt, ...row }: ChangedApplication) => ({ id: caseId, statusText: STATUSES[row.status], updatedAt: updatedAt.toISOString(), ...row })

interface Step {
  caseId: string
  name: 'confirm-receipt' | 'withdraw'
  version: number | undefined
  given: Readonly<Record<string, string>>
}

/** 办一步，与工作台办的是同一步；不可以的答 refused，写明缘故。 */
async function takeStep(deps: Deps, system: ApiActor, { caseId, name, version, given }: Step): Promise<z.infer<typeof State>> {
  const { bodyId } = system
  const seen = version ?? (await getApplication(deps.db, bodyId, caseId)).version
  const result = await actOnApplication(deps, system, { bodyId, caseId, seen, name, given: (field) => (given[field] ?? '').trim() })
  if (!result.ok) throw new ApiProblem('refused', { detail: `${REFUSED[result.refusal]}。` })
  const row = await findChangedApplication(deps.db, bodyId, caseId)
  if (row === null) throw new NotFound('这件申请')
  return { id: caseId, status: row.status, receivedOn: row.receivedOn, clock: row.clock, dueOn: row.dueOn, version: row.version }
}
