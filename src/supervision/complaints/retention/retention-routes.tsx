import { Hono } from 'hono'
import type { Context } from 'hono'
import { can, listDisplayNames, permit, setFlash, signedIn, standsInFor, takeFlash } from '../../../identity/index.ts'
import { NotFound } from '../../../platform/errors.ts'
import { emptyForm, renderPage } from '../../../platform/html/index.ts'
import type { FormState } from '../../../platform/html/index.ts'
import { parseForm } from '../../../platform/http/index.ts'
import { isId } from '../../../platform/id.ts'
import { findPersonalNumbers } from '../../../statute/personal-numbers.ts'
import { RETENTION, RetentionPage } from './retention-page.tsx'
import { STRIP_REFUSED, decideStrip, findDue, listStrips, proposeStrip } from './strip-acts.ts'
import type { StripAnswer } from './strip-acts.ts'

/** 反映人资料的保存期限；须先于案件的地址挂上。 */
export const retentionRoutes = new Hono()

const read = permit('complaint.read')

async function page(c: Context, state: FormState = emptyForm) {
  const { deps, actor } = signedIn(c)
  const { bodyId, accountId } = actor
  const [canPropose, canDecide] = [can(actor, 'complaint.handle', bodyId), can(actor, 'complaint.decide', bodyId)]
  if (!canPropose && !canDecide) throw new NotFound('这一页')
  const strips = await listStrips(deps.db, bodyId)
  const waiting = strips.find((one) => one.state === 'proposed') ?? null
  const mine = waiting !== null && (waiting.proposedBy.includes(accountId) || standsInFor(actor, 'complaint.decide', waiting.proposedBy) === undefined)
  const people = await listDisplayNames(deps.db, strips.flatMap(({ proposedBy, decidedBy }) => [...proposedBy, ...(decidedBy === null ? [] : [decidedBy])]))
  return renderPage(c, <RetentionPage {...await findDue(deps.db, bodyId, deps.clock.today())} {...{ strips, people, canPropose, state }} toDecide={canDecide && !mine ? waiting : null} flash={takeFlash(c)} />, { status: state === emptyForm ? 200 : 422 })
}

retentionRoutes.get(RETENTION, read, (c) => page(c))

function answered(c: Context, answer: StripAnswer, done: (cases: number) => string, fields: FormState['values'] = {}) {
  if (!answer.ok) return page(c, { values: fields, errors: { [answer.refusal === 'reason-missing' ? 'reason' : '']: STRIP_REFUSED[answer.refusal] } })
  setFlash(c, { tone: 'ok', text: done(answer.cases) })
  return c.redirect(RETENTION, 303)
}

retentionRoutes.post(`${RETENTION}/propose`, permit('complaint.handle'), async (c) => {
  const { deps, actor } = signedIn(c)
  return answered(c, await proposeStrip(deps, actor), (cases) => `已提出 ${cases} 件，等另一人批准`)
})

retentionRoutes.post(`${RETENTION}/:stripId/:verdict{approve|return}`, permit('complaint.decide'), async (c) => {
  const { deps, actor } = signedIn(c)
  const stripId = c.req.param('stripId')
  if (!isId(stripId)) throw new NotFound('这一次')
  const form = await parseForm(c, { maxBytes: 16 * 1024, maxFields: 10 })
  const [reason, agree] = [form.text('reason'), c.req.param('verdict') === 'approve']
  if (reason.length > 300 || findPersonalNumbers(reason).length > 0) return page(c, { values: form.fields, errors: { reason: '不超过 300 个字，不写身份证、手机号码' } })
  return answered(c, await decideStrip(deps, actor, { stripId, agree, reason }), (cases) => (agree ? `已去标识化 ${cases} 件` : '已退回'), form.fields)
})
