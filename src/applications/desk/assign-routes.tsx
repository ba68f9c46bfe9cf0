import { Hono } from 'hono'
import type { Context } from 'hono'
import { getCalendar } from '../../bodies/index.ts'
import { listHolders, permit, signedIn } from '../../identity/index.ts'
import { emptyForm, renderPage, toListSearch } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import { assignMany, MOST_ASSIGNED } from './assign-many.ts'
import type { Chosen } from './assign-many.ts'
import { AssignConfirmPage, AssignedPage, AssignPage, HERE } from './assign-pages.tsx'
import { HANDLER_ROLES } from '../handlers-of.ts'
import { filterOf, pageOf, parseList } from './list-spec.ts'
import { listApplications, listRows, settleSaid } from '../queries.ts'

/** 批量分派：选、核对、办；须先于案件的地址挂上。 */
export const assignRoutes = new Hono()

const handle = permit('application.handle')
const LIMITS = { maxBytes: 65_536, maxFields: 120 }

const queryOf = (c: Context) => parseList('open', c.req.url)
const searchOf = (c: Context): string => toListSearch({ ...queryOf(c), after: null })

async function showAssign(c: Context, picked: readonly string[] = [], state: FormState = emptyForm) {
  const { deps, actor } = signedIn(c)
  const { bodyId } = actor
  const query = queryOf(c)
  const filter = { ...(await settleSaid(deps.db, filterOf('open', query, { bodyId, today: deps.clock.today(), calendar: await getCalendar(deps.db) }))), open: true }
  const page = await listApplications(deps.db, filter, { after: query.after, limit: MOST_ASSIGNED, ...pageOf('open', query) })
  return renderPage(
    c,
    <AssignPage
      rows={page.rows}
      handlers={await listHolders(deps.db, bodyId, HANDLER_ROLES)}
      picked={picked}
      search={searchOf(c)}
      next={page.next === null ? null : HERE + toListSearch(query, { after: page.next })}
      today={deps.clock.today()}
      state={state}
    />,
    { status: state === emptyForm ? 200 : 422 },
  )
}

assignRoutes.get(HERE, handle, (c) => showAssign(c))

// 「案件.版本」；写坏了的当作没选
function toChosen(key: string): Chosen[] {
  const [caseId = '', version = ''] = key.split('.')
  return isId(caseId) && /^\d{1,6}$/.test(version) ? [{ caseId, seen: Number(version) }] : []
}

assignRoutes.post(HERE, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, LIMITS)
  const [to, on] = [form.text('to'), form.text('on')]
  const chosen = [...new Map((form.fields['cases'] ?? []).flatMap(toChosen).map((one) => [one.caseId, one])).values()]
  const keys = chosen.map(({ caseId, seen }) => `${caseId}.${seen}`)
  const toName = (await listHolders(deps.db, actor.bodyId, HANDLER_ROLES)).get(to)
  const errors = {
    ...(toName === undefined ? { to: '请选择承办人' } : {}),
    ...(isPlainDate(on) && on <= deps.clock.today() ? {} : { on: '请填写分派之日，不晚于今日' }),
    ...(chosen.length === 0 ? { cases: '请选分派哪几件' } : chosen.length > MOST_ASSIGNED ? { cases: `一次至多 ${MOST_ASSIGNED} 件` } : {}),
  }
  if (toName === undefined || Object.keys(errors).length > 0) return showAssign(c, keys, { values: form.fields, errors })
  const rows = await listRows(deps.db, actor.bodyId, chosen.map(({ caseId }) => caseId))
  const search = searchOf(c)
  if (form.text('confirmed') !== '1') return renderPage(c, <AssignConfirmPage rows={[...rows.values()]} picked={keys} to={to} toName={toName} on={on} search={search} />)
  return renderPage(c, <AssignedPage results={await assignMany(deps, actor, { chosen, to, on })} rows={rows} toName={toName} search={search} />)
})
