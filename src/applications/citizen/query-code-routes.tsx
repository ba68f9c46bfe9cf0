import { Hono } from 'hono'
import type { Context } from 'hono'
import { getBody } from '../../bodies/index.ts'
import { permit, requirePermission, setFlash, signedIn } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId, newId } from '../../platform/id.ts'
import { getApplication } from '../queries.ts'
import { CODE_REASONS, codeSeen, giveQueryCode, mayGiveCode } from './give-query-code.ts'
import type { CodeReason } from './give-query-code.ts'
import { CodeSlipPage, GiveCodePage } from './query-code-pages.tsx'
import { TRACK_PATH } from './track-session.ts'

/** 工作台上给申请人查询码；须先于案件的各步挂上。 */
export const queryCodeRoutes = new Hono()

const PATH = '/desk/applications/:id/query-code'
const SMALL = { maxBytes: 8 * 1024, maxFields: 10 }
const NOT_NOW = '这件申请没有可核对的申请人资料，不能给查询码'
const CHANGED = '他人刚才给过新的查询码。还要再给的，请重新核对、再交一次；那时刚给的即失效'

const isReason = (text: string): text is CodeReason => Object.hasOwn(CODE_REASONS, text)

async function open(c: Context) {
  const { deps, actor } = signedIn(c)
  const caseId = c.req.param('id') ?? ''
  if (!isId(caseId)) throw new NotFound('这件申请')
  const { bodyId } = actor
  requirePermission(actor, 'application.handle', bodyId)
  const { state } = await getApplication(deps.db, bodyId, caseId)
  return { deps, actor, bodyId, caseId, application: state }
}

function notNow(c: Context, caseId: string) {
  setFlash(c, { tone: 'warn', text: NOT_NOW })
  return c.redirect(`/desk/applications/${caseId}`, 303)
}

async function page(c: Context, state: FormState = emptyForm, more: { formId?: string; seen?: string; status?: 409 | 422 } = {}) {
  const { deps, bodyId, caseId, application } = await open(c)
  if (!(await mayGiveCode(deps.db, bodyId, application))) return notNow(c, caseId)
  const now = await codeSeen(deps.db, { bodyId, caseId })
  return renderPage(c, <GiveCodePage {...{ caseId, regNo: application.regNo, state }} formId={more.formId ?? newId()} has={now !== ''} seen={more.seen ?? now} />, { status: more.status ?? 200 })
}

queryCodeRoutes.get(PATH, permit('personal-data.read'), (c) => page(c))

queryCodeRoutes.post(PATH, permit('personal-data.read'), async (c) => {
  const { deps, actor, bodyId, caseId, application } = await open(c)
  const form = await parseForm(c, SMALL)
  const [reason, given, seen] = [form.text('reason'), form.text('formId'), form.text('seen').slice(0, 20)]
  const formId = isId(given) ? given : newId()
  const errors = {
    ...(isReason(reason) ? {} : { reason: '请选择为何给' }),
    ...(form.text('checked') === 'yes' ? {} : { checked: '没有核实身份的不能给；核实之后请勾选' }),
  }
  if (!isReason(reason) || Object.keys(errors).length > 0) return page(c, { values: form.fields, errors }, { formId, seen, status: 422 })
  const result = await giveQueryCode(deps, actor, { bodyId, caseId, formId, seen, reason })
  if (result.ok) {
    const { name } = await getBody(deps.db, bodyId)
    return renderPage(c, <CodeSlipPage {...{ caseId, regNo: application.regNo, code: result.code, bodyName: name, on: deps.clock.today() }} trackUrl={`${deps.config.baseUrl}${TRACK_PATH}`} />)
  }
  // 身份须重新核对，故不带回所勾的
  return result.refusal === 'not-now' ? notNow(c, caseId) : page(c, { values: { reason: [reason] }, errors: { '': CHANGED } }, { status: 409 })
})
