import { Hono } from 'hono'
import type { Context } from 'hono'
import { listBodies } from '../../bodies/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { ROLES } from '../actor.ts'
import type { Role } from '../actor.ts'
import { ownRoles } from './behalf.ts'
import { delegate, endDelegation, mayEnd } from './delegate.ts'
import { DELEGABLE, DELEGATION_STATES, isDelegable } from './delegation.ts'
import type { Delegation, DelegationState } from './delegation.ts'
import { ALL, DelegationPage, DelegationsPage, EndDelegationPage, MINE } from './delegation-pages.tsx'
import { countDelegations, getDelegation, listDelegations, listDelegationsOf } from './delegation-store.ts'
import { reachOf } from '../permissions.ts'
import { listDisplayNames, listHolders } from '../queries.ts'
import { permit, setFlash, signedIn, takeFlash } from '../web.ts'

const FORM_LIMITS = { maxBytes: 16_384, maxFields: 40 }

/** 委托代行：各人办自己的，故不另设权限；安全管理员看全区的，可以终止。 */
export const delegationRoutes = new Hono()

delegationRoutes.get(MINE, (c) => showMine(c, emptyForm))

async function showMine(c: Context, state: FormState): Promise<Response> {
  const { deps, actor } = signedIn(c)
  const { accountId, bodyId } = actor
  const today = deps.clock.today()
  const given = await listDelegationsOf(deps.db, bodyId, 'from', accountId)
  const received = await listDelegationsOf(deps.db, bodyId, 'to', accountId)
  const colleagues = new Map([...(await listHolders(deps.db, bodyId, DELEGABLE))].filter(([id]) => id !== accountId))
  return renderPage(
    c,
    <DelegationPage
      given={given}
      received={received}
      own={ownRoles(actor).filter(isDelegable)}
      colleagues={colleagues}
      people={await peopleIn(c, [...given, ...received])}
      today={today}
      endHref={(row) => (mayEnd(actor, row, today) ? `${MINE}/${row.delegationId}/end` : null)}
      state={state}
      flash={takeFlash(c)}
    />,
    { status: Object.keys(state.errors).length > 0 ? 422 : 200 },
  )
}

const peopleIn = (c: Context, rows: readonly Delegation[]) => listDisplayNames(c.get('deps').db, rows.flatMap(({ from, to }) => [from, to]))

const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text)
const NOBODY = '00000000-0000-0000-0000-000000000000'

delegationRoutes.post(MINE, async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, FORM_LIMITS)
  const to = form.text('to')
  const input = { to: isId(to) ? to : NOBODY, roles: (form.fields['roles'] ?? []).filter(isRole), startsOn: form.text('startsOn'), endsOn: form.text('endsOn'), reason: form.text('reason') }
  const result = await delegate(deps, actor, input)
  if (!result.ok) return showMine(c, { values: form.fields, errors: result.problems })
  const name = (await listDisplayNames(deps.db, [to])).get(to) ?? ''
  setFlash(c, { tone: 'ok', text: `已委托${name}，${input.startsOn} 至 ${input.endsOn}` })
  return c.redirect(MINE, 303)
})

function idOf(c: Context, name: string): string {
  const id = c.req.param(name) ?? ''
  if (!isId(id)) throw new NotFound('这次委托')
  return id
}

/** 两处都可以终止：当事人在自己的页面，安全管理员在各机关的页面。 */
const PLACES = [
  { back: MINE, path: `${MINE}/:id/end`, refOf: (c: Context) => ({ bodyId: signedIn(c).actor.bodyId, delegationId: idOf(c, 'id') }) },
  { back: ALL, path: `${ALL}/:body/:id/end`, refOf: (c: Context) => ({ bodyId: idOf(c, 'body'), delegationId: idOf(c, 'id') }) },
] as const

for (const { back, path, refOf } of PLACES) {
  delegationRoutes.get(path, async (c) => {
    const { deps, actor } = signedIn(c)
    const row = await getDelegation(deps.db, refOf(c))
    if (!mayEnd(actor, row, deps.clock.today())) throw new NotFound('这次委托')
    return renderPage(c, <EndDelegationPage row={row} people={await peopleIn(c, [row])} back={back} action={c.req.path} />)
  })
  delegationRoutes.post(path, async (c) => {
    const { deps, actor } = signedIn(c)
    const ended = await endDelegation(deps, actor, refOf(c))
    setFlash(c, ended ? { tone: 'ok', text: '委托已终止' } : { tone: 'warn', text: '这次委托已经完了，或者不由您终止' })
    return c.redirect(back, 303)
  })
}

const isState = (text: string | undefined): text is DelegationState => text !== undefined && Object.hasOwn(DELEGATION_STATES, text)

delegationRoutes.get(ALL, permit('delegation.read'), async (c) => {
  const { deps, actor } = signedIn(c)
  const today = deps.clock.today()
  const own = reachOf(actor, 'delegation.read') === 'own'
  const query = parseListQuery(c.req.url, { sorts: ['endsOn'], defaultSort: '-endsOn', filters: { body: 'text', state: Object.keys(DELEGATION_STATES) } })
  const { body, state } = query.filters
  const filter = { bodyId: own ? actor.bodyId : isId(body) ? body : null, state: isState(state) ? state : null, today }
  const rows = await listDelegations(deps.db, filter, { limit: query.size, offset: query.offset })
  const bodies = await listBodies(deps.db, { includeAbolished: true })
  return renderPage(
    c,
    <DelegationsPage
      rows={rows}
      bodies={new Map(bodies.map(({ bodyId, name }) => [bodyId, name]))}
      own={own}
      people={await peopleIn(c, rows)}
      today={today}
      endHref={(row) => (mayEnd(actor, row, today) ? `${ALL}/${row.bodyId}/${row.delegationId}/end` : null)}
      query={query}
      total={await countDelegations(deps.db, filter)}
      flash={takeFlash(c)}
    />,
  )
})
