import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { setSetting } from '../bodies/index.ts'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { cookieFor, createAccount } from '../identity/testing.ts'
import type { Role, SignedInActor } from '../identity/index.ts'
import { identityJobs } from '../identity/index.ts'
import { noticeJobs } from '../notices/index.ts'
import { newId } from '../platform/id.ts'
import { runJobsOnce } from '../platform/jobs.ts'
import { testDb } from '../platform/testing.ts'
import { addCalendarDays } from '../statute/plain-date.ts'
import { signingFor } from './actions/signer.ts'
import type { Application } from './application.ts'
import type { Who } from './case-action.ts'
import { isOwnDraft } from './answered-log/answered-log-acts.ts'
import { getApplication } from './queries.ts'
import { registerCorrection } from './record-corrections/register-correction.ts'
import { remindBody } from './reminders/remind.ts'

const { db, deps, setToday, url } = testDb()
const app = createApp(deps, appParts(deps))

const POSTS = {
  officer: ['disclosure-officer'],
  handler: ['handler'],
  unit: ['unit-head'],
  head: ['disclosure-head'],
  leader: ['leader'],
  deputy: ['handler'],
  secrecy: ['secrecy-reviewer'],
  both: ['disclosure-head', 'district-office'],
  guard: ['security-admin'],
} as const satisfies Record<string, readonly Role[]>
type Post = keyof typeof POSTS
const people = new Map<Post, SignedInActor>()
const idOf = (post: Post): string => people.get(post)!.accountId
let bodyId = ''
let stranger: SignedInActor

beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  const other = await aBody(deps, { code: 'other', name: '另一机关', kind: 'street', codeWord: '另' })
  for (const [name, roles] of Object.entries(POSTS)) people.set(name as Post, await createAccount(db, { name: `dg.${name}`, displayName: `${name}某`, bodyId, roles }))
  stranger = await createAccount(db, { name: 'dg.stranger', displayName: '外人', bodyId: other.bodyId, roles: ['leader'] })
})

const MINE = '/desk/account/delegation'
const cookieOf = async (post: Post): Promise<string> => {
  await db.deleteFrom('session').where('account_id', '=', idOf(post)).execute()
  return cookieFor(db, people.get(post)!, deps.clock.now())
}
const get = async (path: string, as: Post): Promise<Response> => app.request(path, { headers: { cookie: await cookieOf(as) } })
const post = async (path: string, fields: Record<string, string>, as: Post): Promise<Response> =>
  app.request(path, {
    method: 'POST',
    headers: { cookie: await cookieOf(as), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })
const page = async (path: string, as: Post): Promise<string> => (await get(path, as)).text()

const delegate = (from: Post, to: string, fields: Record<string, string> = {}) =>
  post(MINE, { to, roles: POSTS[from][0], startsOn: deps.clock.today(), endsOn: addCalendarDays(deps.clock.today(), 4), reason: '外出培训', ...fields }, from)
const endAll = () => db.updateTable('delegation').set({ ended_by: idOf('guard'), ended_at: deps.clock.now() }).where('ended_at', 'is', null).execute()

let serial = 0
/** 一件拟定了的，等负责人批准。 */
async function proposed(by: Post = 'officer'): Promise<string> {
  serial += 1
  const caseId = newId()
  const day = deps.clock.today()
  await post('/desk/applications/new', { caseId, kind: 'N', channel: 'IN_PERSON', submittedOn: day, name: `张某${serial}`, idKind: '居民身份证', idNo: `42010619900101${1000 + serial}`, contact: '13800001234', content: `示例文件第 ${serial} 号` }, 'officer')
  const sent = await post(`/desk/applications/${caseId}/propose`, { version: '1', outcome: 'GRANTED', 'evidence.provided': '当面提供' }, by)
  expect(sent.status).toBe(303)
  return caseId
}
const approve = (caseId: string, as: Post) => post(`/desk/applications/${caseId}/approve`, { version: '2', on: deps.clock.today() }, as)

test('the delegate has the role from the first day to the last, and no day more', async () => {
  setToday('2026-03-02')
  expect((await delegate('leader', idOf('deputy'), { startsOn: '2026-03-03', endsOn: '2026-03-04' })).status).toBe(303)
  const caseId = await proposed()
  expect((await approve(caseId, 'deputy')).status).toBe(403)
  expect(await page('/desk', 'deputy')).not.toContain('代leader某行使')
  setToday('2026-03-03')
  expect(await page('/desk', 'deputy')).toContain('代leader某行使机关领导，至 3 月 4 日')
  expect(await page('/desk', 'deputy')).toContain('等您批准处理决定')
  expect(await page('/desk/account', 'deputy')).toContain('代leader某行使机关领导')
  setToday('2026-03-04')
  const second = await proposed()
  expect((await approve(caseId, 'deputy')).status).toBe(303)
  setToday('2026-03-05')
  expect((await approve(second, 'deputy')).status).toBe(403)
  expect(await page('/desk', 'deputy')).not.toContain('代leader某行使')
  expect(await page(MINE, 'leader')).toContain('已期满')

  const { events } = await getApplication(db, bodyId, caseId)
  const decided = events.at(-1)!
  expect([decided.event.kind, decided.actor, decided.event.onBehalfOf]).toEqual(['decided', idOf('deputy'), idOf('leader')])
  // 拟定的人凭自己的岗位，不写代谁
  expect(events[1]?.event).not.toHaveProperty('onBehalfOf')
  expect(await page(`/desk/applications/${caseId}`, 'officer')).toContain('deputy某（代leader某）')
  const audit = await db.selectFrom('audit_event').select(['actor', 'detail']).where('action', '=', 'application.decided').where('target', '=', caseId).executeTakeFirstOrThrow()
  expect(audit).toMatchObject({ actor: idOf('deputy'), detail: { onBehalfOf: [idOf('leader')] } })
})

test('what cannot be delegated is said beside the field', async () => {
  setToday('2026-04-01')
  const said = async (fields: Record<string, string>, from: Post = 'leader', to = idOf('deputy')) => {
    const response = await delegate(from, to, fields)
    expect(response.status).toBe(422)
    return response.text()
  }
  expect(await said({}, 'leader', idOf('leader'))).toContain('不能委托给自己')
  expect(await said({}, 'leader', stranger.accountId)).toContain('请选择本机关在用的、办业务的账号')
  expect(await said({}, 'leader', idOf('guard'))).toContain('请选择本机关在用的、办业务的账号')
  expect(await said({}, 'leader', 'not-an-id')).toContain('请选择本机关在用的、办业务的账号')
  expect(await said({ roles: 'disclosure-head' })).toContain('只能委托自己的岗位')
  expect(await said({ roles: 'district-office' }, 'both')).toContain('只能委托自己的岗位')
  expect(await said({ roles: 'nonsense' })).toContain('请选择委托哪些岗位')
  expect(await said({ startsOn: '2026-03-31' })).toContain('不能早于今日')
  expect(await said({ endsOn: '2026-03-31' })).toContain('不能早于起始之日')
  expect(await said({ endsOn: '2026-05-31' })).toContain('一次至多 60 日')
  expect(await said({ endsOn: '2026-02-30' })).toContain('请填写至何日止')
  const kept = await said({ reason: '假' })
  expect(kept).toContain('请写明缘由')
  expect(kept).toContain('value="假"')
  await db.updateTable('account').set({ status: 'disabled' }).where('account_id', '=', idOf('secrecy')).execute()
  expect(await said({}, 'leader', idOf('secrecy'))).toContain('请选择本机关在用的、办业务的账号')
  await db.updateTable('account').set({ status: 'active' }).where('account_id', '=', idOf('secrecy')).execute()
  expect((await delegate('leader', idOf('deputy'), { endsOn: '2026-05-30' })).status).toBe(303)
  expect(await said({ startsOn: '2026-05-30', endsOn: '2026-06-01' }, 'leader', idOf('unit'))).toContain('已委托给别人，请错开日子')
  // 同一岗位错开日子的可以
  expect((await delegate('leader', idOf('unit'), { startsOn: '2026-05-31', endsOn: '2026-06-01' })).status).toBe(303)
  await endAll()
})

test('no chain: what was delegated to me I cannot delegate on, nor does an ended career carry on', async () => {
  setToday('2026-06-01')
  await delegate('leader', idOf('deputy'))
  const on = await delegate('deputy', idOf('unit'), { roles: 'leader' })
  expect(on.status).toBe(422)
  expect(await on.text()).toContain('别人委托来的')
  expect(await page(MINE, 'deputy')).not.toContain('value="leader"')
  const caseId = await proposed()
  // 委托人不再有那个岗位、停用了，受托人下一次请求即没有
  await db.deleteFrom('account_role').where('account_id', '=', idOf('leader')).execute()
  expect((await approve(caseId, 'deputy')).status).toBe(403)
  await db.insertInto('account_role').values({ body_id: bodyId, account_id: idOf('leader'), role: 'leader', granted_by: 'system:test', granted_at: deps.clock.now() }).execute()
  await db.updateTable('account').set({ status: 'disabled' }).where('account_id', '=', idOf('leader')).execute()
  expect((await approve(caseId, 'deputy')).status).toBe(403)
  await db.updateTable('account').set({ status: 'active' }).where('account_id', '=', idOf('leader')).execute()
  expect((await approve(caseId, 'deputy')).status).toBe(303)
  await endAll()
})

test('ended early by either party or the security admin, who sees them all; nobody else', async () => {
  setToday('2026-07-01')
  for (const [who, ends] of [['leader', '/desk/account/delegation'], ['deputy', '/desk/account/delegation'], ['guard', '/desk/admin/delegations']] as const) {
    await delegate('leader', idOf('deputy'))
    const { delegation_id: id } = await db.selectFrom('delegation').select('delegation_id').where('ended_at', 'is', null).where('ends_on', '>=', '2026-07-01').executeTakeFirstOrThrow()
    const path = who === 'guard' ? `${ends}/${bodyId}/${id}/end` : `${ends}/${id}/end`
    expect(await page(ends, who)).toContain(path)
    expect((await get(`${MINE}/${id}/end`, 'unit')).status).toBe(404)
    await post(`${MINE}/${id}/end`, {}, 'unit')
    expect(await page('/desk', 'deputy')).toContain('代leader某行使')
    expect(await page(path, who)).toContain('终止leader某给deputy某的委托？')
    expect((await post(path, {}, who)).status).toBe(303)
    expect(await page('/desk', 'deputy')).not.toContain('代leader某行使')
    expect((await get(path, who)).status).toBe(404)
  }
  expect(await page('/desk/admin/delegations?state=ended', 'guard')).toContain('提前终止')
  expect(await page('/desk/admin/delegations', 'head')).toContain('leader某')
  expect((await get('/desk/admin/delegations', 'officer')).status).toBe(403)
})

test('notices and reminders follow the delegate', async () => {
  setToday('2026-08-03')
  await delegate('head', idOf('unit'), { endsOn: '2026-09-30' })
  await delegate('handler', idOf('deputy'), { endsOn: '2026-09-30' })
  await runJobsOnce(url, deps, { ...identityJobs, ...noticeJobs })
  const inbox = async (who: Post) => (await db.selectFrom('notice').select(['title', 'key', 'read_at']).where('account_id', '=', idOf(who)).execute())
  expect((await inbox('unit')).map(({ title }) => title)).toContain('head某委托您代行岗位')
  const caseId = await proposed()
  const waiting = (await inbox('unit')).find(({ key }) => key.startsWith(`sign/${caseId}/`))
  expect(waiting).toMatchObject({ read_at: null, title: expect.stringContaining('等您审批处理决定') as string })
  await post(`/desk/applications/${caseId}/assign`, { version: '2', to: idOf('handler'), on: deps.clock.today() }, 'officer')
  expect((await inbox('deputy')).some(({ key }) => key.startsWith(`step/${caseId}/`))).toBe(true)
  setToday('2026-08-31')
  await remindBody(deps, bodyId)
  expect((await inbox('deputy')).some(({ key }) => key.startsWith(`remind/${caseId}/`))).toBe(true)
  // 代行的止了，其旧通知照样了结
  await endAll()
  await post(`/desk/applications/${caseId}/approve`, { version: '3', on: deps.clock.today() }, 'head')
  expect((await inbox('unit')).find(({ key }) => key.startsWith(`sign/${caseId}/`))?.read_at).not.toBeNull()
})

test('nobody approves their own through a delegate', async () => {
  setToday('2026-10-12')
  // 负责人拟定，委托另一人代行负责人：受托人不得代他批准，机关领导可以
  const mine = await proposed('head')
  await delegate('head', idOf('deputy'))
  const refused = await approve(mine, 'deputy')
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('委托您的人拟定或者审核过这一件')
  expect(await page('/desk', 'deputy')).not.toContain(mine)
  expect((await approve(mine, 'leader')).status).toBe(303)
  // 受托人自己拟定的，也不得以代行的身份批准
  const own = await proposed('deputy')
  expect(await (await approve(own, 'deputy')).text()).toContain('拟定的人不能审核、批准自己拟定的决定')
  expect((await approve(own, 'head')).status).toBe(303)
  await endAll()
})

test('a letter is not signed through the delegate of who drafted it; who signed for whom is audited', async () => {
  setToday('2026-10-20')
  await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId, key: 'letterPhone', value: '027-88880000' })
  const caseId = await proposed()
  await delegate('head', idOf('deputy'))
  const drafted = async (by: Post): Promise<string> => {
    const letterId = newId()
    const sent = await post(`/desk/applications/${caseId}/letters/new/L11`, { letterId, recipient: '城市管理科', 'fields.matter': '检索合同', 'fields.by': '2026-10-23' }, by)
    expect([sent.status, sent.status === 303 ? '' : await sent.text()]).toEqual([303, ''])
    return letterId
  }
  const sign = (letterId: string) => post(`/desk/applications/${caseId}/letters/${letterId}/sign`, { version: '1' }, 'deputy')
  const own = await drafted('head')
  const refused = await sign(own)
  expect(refused.status).not.toBe(303)
  expect(await refused.text()).toContain('委托您的人起草或者修改过这件文书')
  expect(await page('/desk', 'deputy')).not.toContain(own)
  const other = await drafted('officer')
  expect(await page('/desk', 'deputy')).toContain(other)
  expect((await sign(other)).status).toBe(303)
  const audit = await db.selectFrom('audit_event').select(['actor', 'detail']).where('action', '=', 'application.letter-signed').where('target', '=', caseId).execute()
  expect(audit).toMatchObject([{ actor: idOf('deputy'), detail: { letter: other, onBehalfOf: [idOf('head')] } }])
  await endAll()
})

test('a correction of records and an answer to be published follow the same rule', async () => {
  setToday('2026-10-26')
  await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId, key: 'court', value: '武汉市武昌区人民法院' })
  const correctionId = newId()
  const intake = { channel: 'IN_PERSON', receivedOn: '2026-10-26', kind: 'N', applicant: { name: '张三', idNo: '420106199001011234', contact: '13800001234', details: {} }, request: { record: '登记表所载的家庭人口数', claim: '户口簿记载为三人' } } as const
  await registerCorrection(deps, people.get('officer')!, { bodyId, correctionId, intake })
  const here = `/desk/record-corrections/${correctionId}`
  expect((await post(`${here}/verify`, { version: '1', result: 'CORRECTED', verified: '录入时误记', corrected: '家庭人口数为3人' }, 'head')).status).toBe(303)
  await delegate('head', idOf('deputy'))
  expect(await page(here, 'deputy')).not.toContain(`${here}/decide`)
  expect(await page('/desk', 'deputy')).not.toContain(correctionId)
  expect(await (await post(`${here}/decide`, { version: '2', on: '2026-10-26' }, 'deputy')).text()).toContain('委托您的人拟定了处理，您不能代他批准')
  expect(await page(here, 'leader')).toContain(`${here}/decide`)
  // 公布的答复：起草的人、其受托人都不能批准，旁人可以
  const acting = { kind: 'account', accountId: idOf('deputy'), name: '', bodyId, roles: ['handler', 'disclosure-head'], own: ['handler'], acting: [{ from: idOf('head'), name: '', roles: ['disclosure-head'], until: '2026-10-30' }] } as const
  expect([[idOf('head')], [idOf('deputy')], [idOf('officer')]].map((draftedBy) => isOwnDraft(acting, { draftedBy }))).toEqual([true, true, false])
  await endAll()
})

test('personal data read for another is audited as such; read in one’s own right it is not', async () => {
  setToday('2026-11-02')
  const caseId = await proposed()
  const read = (as: Post) => post(`/desk/applications/${caseId}/personal-data`, { reason: '邮寄答复书' }, as)
  expect((await read('leader')).status).toBe(403)
  await delegate('officer', idOf('leader'))
  await delegate('handler', idOf('deputy'))
  expect((await read('leader')).status).toBe(200)
  expect((await read('deputy')).status).toBe(200)
  const audit = await db.selectFrom('audit_event').select(['actor', 'detail']).where('action', '=', 'personal-data.read').where('target', '=', caseId).orderBy('event_id').execute()
  expect(audit[0]).toMatchObject({ actor: idOf('leader'), detail: { onBehalfOf: [idOf('officer')] } })
  expect(audit[1]?.actor).toBe(idOf('deputy'))
  expect(audit[1]?.detail).not.toHaveProperty('onBehalfOf')
  await endAll()
})

const X = 'x'
const Y = 'y'
const W = 'w'
type Signed = { by: string; for?: string }
const who = (own: Role[], acting: Who['acting'], proposal: Signed, endorsed: Signed[] = []): Who => ({
  key: Y,
  roles: [...own, ...acting.flatMap(({ roles }) => roles)],
  isHead: false,
  proposedBy: proposal.by,
  endorsedBy: endorsed.map(({ by }) => by),
  own,
  acting,
  involved: [proposal, ...endorsed].flatMap((signed) => [signed.by, ...(signed.for === undefined ? [] : [signed.for])]),
})
const head = [{ from: X, roles: ['disclosure-head'] }]
const leader = [{ from: X, roles: ['leader'] }]

// Y 来审批；X 委托了 Y；W 为旁人。审批级为 LEADER：负责人、机关领导
test.each([
  ['W 拟定，Y 代 X 审核', who([], head, { by: W }), 0, X],
  ['W 拟定，Y 自己即负责人，凭自己', who(['disclosure-head'], leader, { by: W }), 0, null],
  ['X 拟定，Y 代 X', who([], head, { by: X }), 0, 'delegator-involved'],
  ['X 拟定，Y 自己即负责人', who(['disclosure-head'], head, { by: X }), 0, null],
  ['X 拟定，Y 另有他人的委托', who([], [...head, { from: W, roles: ['disclosure-head'] }], { by: X }), 0, W],
  ['Y 拟定，代 X', who([], head, { by: Y }), 0, 'own-proposal'],
  ['W 代 X 拟定，Y 代 X', who([], head, { by: W, for: X }), 0, 'delegator-involved'],
  ['W 代 Y 拟定，Y 凭自己', who(['disclosure-head'], [], { by: W, for: Y }), 0, 'delegate-involved'],
  ['Y 凭自己审核过，末级代 X', who(['disclosure-head'], leader, { by: W }, [{ by: Y }]), 1, 'signed-before'],
  ['Y 代 X 审核过，末级凭自己', who(['leader'], head, { by: W }, [{ by: Y, for: X }]), 1, 'signed-before'],
  ['X 审核过，末级 Y 代 X', who([], leader, { by: W }, [{ by: X }]), 1, 'delegator-involved'],
  ['V 代 Y 审核过，末级 Y 凭自己', who(['leader'], [], { by: W }, [{ by: 'v', for: Y }]), 1, 'delegate-involved'],
  ['V 审核过，末级 Y 代 X', who([], leader, { by: W }, [{ by: 'v' }]), 1, X],
  ['代行的不是这一级', who(['handler'], head, { by: W }, [{ by: 'v' }]), 1, 'not-your-step'],
])('%s', (_, y, endorsed, expected) => {
  const a = { proposal: { endorsed } } as unknown as Application
  const signing = signingFor(a, y, 'LEADER')
  expect(signing.ok ? signing.for : signing.refusal).toBe(expected)
})
