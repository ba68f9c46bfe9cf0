import { Hono } from 'hono'
import type { Context } from 'hono'
import { getBody, getBodyByCode, listBodies } from '../bodies/index.ts'
import { can, countSystems, createApiSystem, getSystem, grantScopes, isLive, isScope, issueToken, listSystems, listTokens, permit, reachOf, requirePermission, revokeApiToken, setFlash, signedIn, takeFlash } from '../identity/index.ts'
import { NotFound } from '../platform/errors.ts'
import { Confirm, DeskPage, emptyForm, momentText, parseListQuery, renderPage } from '../platform/html/index.ts'
import type { FormState } from '../platform/html/index.ts'
import { parseForm } from '../platform/http/index.ts'
import { isId } from '../platform/id.ts'
import { closeSystem, countDisabled, listWebhooks } from '../webhooks/index.ts'
import { NewSystemPage, NewTokenPage, SYSTEM_CRUMBS, SecretPage, SystemPage, SystemsPage } from './system-pages.tsx'

/** 工作台的接入系统：接入、定权限、发令牌、停用；挂在 requireSignIn 之后。 */
export const systemRoutes = new Hono()

const HOME = '/desk/systems'
const SYSTEM = `${HOME}/:code/:id`
const LIMITS = { maxBytes: 16_384, maxFields: 30 }
const read = permit('api-system.read')
const manage = permit('api-system.manage')

const bodiesFor = async (c: Context) => {
  const { deps, actor } = signedIn(c)
  const bodies = await listBodies(deps.db, { includeAbolished: true })
  const own = reachOf(actor, 'api-system.read') !== 'district'
  return bodies.filter((body) => !own || body.bodyId === actor.bodyId).map(({ bodyId, code, name }) => ({ bodyId, code, name }))
}

/** 地址所指的系统；不是自己看得到的机关的抛 `Forbidden`，没有的抛 `NotFound`。 */
export async function openSystem(c: Context) {
  const { deps, actor } = signedIn(c)
  const [code, systemId] = [c.req.param('code') ?? '', c.req.param('id') ?? '']
  if (!isId(systemId)) throw new NotFound('接入的系统')
  const body = await getBodyByCode(deps.db, code)
  requirePermission(actor, 'api-system.read', body.bodyId)
  const ref = { bodyId: body.bodyId, systemId }
  return { deps, actor, body, ref, system: await getSystem(deps.db, ref), here: `${HOME}/${code}/${systemId}` }
}

systemRoutes.get(HOME, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const query = parseListQuery(c.req.url, { sorts: ['name', 'createdAt'], defaultSort: '-createdAt', filters: { body: 'text', status: ['live', 'revoked'] } })
  const { body, status } = query.filters
  const bodies = await bodiesFor(c)
  const district = reachOf(actor, 'api-system.read') === 'district'
  const filter = { text: query.q, bodyId: district ? (isId(body) ? body : undefined) : actor.bodyId, live: status === undefined ? undefined : status === 'live' }
  const rows = await listSystems(deps.db, filter, { limit: query.size, offset: query.offset, sort: query.sort === 'name' ? 'name' : 'createdAt', descending: query.descending })
  const names = new Map(bodies.map((each) => [each.bodyId, each]))
  return renderPage(
    c,
    <SystemsPage
      rows={rows.map((row) => ({ ...row, code: names.get(row.bodyId)?.code ?? '', bodyName: names.get(row.bodyId)?.name ?? '' }))}
      query={query}
      total={await countSystems(deps.db, filter)}
      bodies={bodies}
      disabledHooks={district ? await countDisabled(deps.db) : 0}
      canCreate={can(actor, 'api-system.manage')}
      flash={takeFlash(c)}
    />,
  )
})

const newPage = async (c: Context, state: FormState) => renderPage(c, <NewSystemPage bodies={await bodiesFor(c)} state={state} />, { status: state === emptyForm ? 200 : 422 })

systemRoutes.get(`${HOME}/new`, manage, (c) => newPage(c, emptyForm))

systemRoutes.post(`${HOME}/new`, manage, async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, LIMITS)
  const [name, bodyId] = [form.text('name'), form.text('bodyId')]
  const known = (await bodiesFor(c)).some((body) => body.bodyId === bodyId)
  const errors = {
    ...(name === '' ? { name: '请填写系统的名称' } : name.length > 60 ? { name: `不超过 60 个字，现有 ${name.length} 个` } : {}),
    ...(known ? {} : { bodyId: '请选择接入的机关' }),
  }
  if (Object.keys(errors).length > 0) return newPage(c, { values: form.fields, errors })
  const { systemId } = await createApiSystem(deps, actor, { bodyId, name })
  const { code } = await getBody(deps.db, bodyId)
  setFlash(c, { tone: 'ok', text: '已接入。请安全管理员定权限，再发令牌' })
  return c.redirect(`${HOME}/${code}/${systemId}`, 303)
})

async function systemPage(c: Context, state: FormState) {
  const { deps, actor, body, ref, system, here } = await openSystem(c)
  return renderPage(
    c,
    <SystemPage
      here={here}
      system={system}
      bodyName={body.name}
      tokens={await listTokens(deps.db, ref)}
      webhooks={await listWebhooks(deps.db, ref)}
      now={deps.clock.now()}
      may={{ manage: can(actor, 'api-system.manage', ref.bodyId), grant: can(actor, 'api-system.grant', ref.bodyId), revoke: can(actor, 'api-system.revoke', ref.bodyId) }}
      state={state}
      flash={takeFlash(c)}
    />,
  )
}

systemRoutes.get(SYSTEM, read, (c) => systemPage(c, emptyForm))

systemRoutes.post(`${SYSTEM}/scopes`, permit('api-system.grant'), async (c) => {
  const { deps, actor, ref, here } = await openSystem(c)
  const form = await parseForm(c, LIMITS)
  const result = await grantScopes(deps, actor, { ...ref, scopes: (form.fields['scopes'] ?? []).filter(isScope) })
  setFlash(c, result === 'done' ? { tone: 'ok', text: '权限已经定下，下一次调用即按新的' } : { tone: 'error', text: '这个系统已经停用' })
  return c.redirect(here, 303)
})

async function tokenPage(c: Context, state: FormState = emptyForm) {
  const { deps, ref, system, here } = await openSystem(c)
  const used = (await listTokens(deps.db, ref)).some((token) => isLive(token, deps.clock.now()))
  return renderPage(c, <NewTokenPage here={here} name={system.name} used={used} state={state} />, { status: state === emptyForm ? 200 : 422 })
}

systemRoutes.get(`${SYSTEM}/tokens/new`, manage, (c) => tokenPage(c))

systemRoutes.post(`${SYSTEM}/tokens/new`, manage, async (c) => {
  const { deps, actor, ref, system, here } = await openSystem(c)
  const form = await parseForm(c, LIMITS)
  const overlap = form.text('overlap')
  if (overlap !== '0' && overlap !== '7') return tokenPage(c, { values: form.fields, errors: { overlap: '请选择此前的令牌怎样' } })
  const issued = await issueToken(deps, actor, { ...ref, overlapDays: Number(overlap) })
  if (!issued.ok) return tokenPage(c, { values: form.fields, errors: { '': issued.refusal === 'revoked' ? '这个系统已经停用' : '并用的令牌已经太多，请先作废不用的' } })
  return renderPage(c, <SecretPage title="令牌" what="令牌" secret={issued.token} here={here} name={system.name} facts={[['有效至', momentText(issued.expiresAt)]]} />)
})

/** 不能回头的先问一遍。 */
const ASKED = {
  [`${SYSTEM}/revoke`]: {
    title: '停用系统',
    consequences: ['令牌全部即刻作废，回调不再发', '不能再启用；以后要接入的另建一个', '经它登记的申请照常办理'],
    done: '系统已经停用',
    act: (c: Context) => openSystem(c).then(({ deps, actor, ref }) => closeSystem(deps, actor, ref)),
  },
  [`${SYSTEM}/tokens/:token/revoke`]: {
    title: '作废令牌',
    consequences: ['用它的调用即刻被拒', '不能恢复；要用的另发一枚'],
    done: '令牌已经作废',
    act: (c: Context) => openSystem(c).then(({ deps, actor, ref }) => revokeApiToken(deps, actor, { ...ref, tokenId: tokenIdOf(c) })),
  },
} as const

const tokenIdOf = (c: Context): string => {
  const id = c.req.param('token') ?? ''
  if (!isId(id)) throw new NotFound('令牌')
  return id
}

for (const [path, { title, consequences, done, act }] of Object.entries(ASKED)) {
  systemRoutes.get(path, permit('api-system.revoke'), async (c) => {
    const { deps, ref, system, here } = await openSystem(c)
    const isToken = path.includes(':token')
    if (isToken && !(await listTokens(deps.db, ref)).some((token) => token.tokenId === tokenIdOf(c))) throw new NotFound('令牌')
    const what = isToken ? `作废「${system.name}」尾号 ${tokenIdOf(c).slice(-6)} 的令牌` : `停用「${system.name}」`
    return renderPage(
      c,
      <DeskPage title={title} crumbs={[...SYSTEM_CRUMBS, { label: system.name, href: here }]}>
        <Confirm what={what} consequences={consequences} form={{ action: c.req.path, submit: title, cancel: { href: here } }} />
      </DeskPage>,
    )
  })
  systemRoutes.post(path, permit('api-system.revoke'), async (c) => {
    await act(c)
    setFlash(c, { tone: 'ok', text: done })
    return c.redirect((await openSystem(c)).here, 303)
  })
}
