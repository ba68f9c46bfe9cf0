import { Hono } from 'hono'
import type { Context } from 'hono'
import { record } from '../../audit/index.ts'
import { getSetting } from '../../bodies/index.ts'
import { actorKey, can, listDisplayNames, permit, requirePermission, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState, ListQuery } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { toCsvLine } from '../../platform/ledger/index.ts'
import { EXEMPTIONS } from '../exemptions.ts'
import type { ExemptionCode } from '../exemptions.ts'
import { ATTRIBUTES } from '../item.ts'
import { getItem } from '../store.ts'
import { ASSESS_REFUSED, decideAssessment, isAssessResult, listAssessments, proposeAssessment } from './assess-exemption.ts'
import type { AssessRefusal } from './assess-exemption.ts'
import { EXEMPTION_REGISTER, ExemptionPage, RegisterPage, basisWords, exemptionHref } from './exemption-pages.tsx'
import { assessedByFor, countRegister, findRegisterEntry, listAssessedYears, listRegister, nextAssessment, sumYear } from './list-register.ts'
import type { RegisterFilter } from './list-register.ts'

/** 工作台的不予公开登记：列表、导出、一条的评估；挂在 requireSignIn 之后。 */
export const exemptionRoutes = new Hono()

const read = permit('item.read')
const SMALL = { maxBytes: 32 * 1024, maxFields: 20 }
const LIST = { sorts: ['assessedFrom'], defaultSort: 'assessedFrom', filters: { due: ['yes', 'proposed'], attribute: ['exempt', 'on-request'], exemption: Object.keys(EXEMPTIONS) } } as const

const isExemption = (text: string | undefined): text is ExemptionCode => text !== undefined && Object.hasOwn(EXEMPTIONS, text)

async function filterOf(c: Context, { q, filters }: ListQuery): Promise<{ filter: RegisterFilter; months: number }> {
  const { deps, actor } = signedIn(c)
  const months = await getSetting(deps.db, actor.bodyId, 'exemptionMonths')
  const { due, attribute, exemption } = filters
  const filter: RegisterFilter = {
    bodyId: actor.bodyId,
    text: q,
    ...(due === 'yes' ? { assessedBy: assessedByFor(deps.clock.today(), months) } : due === 'proposed' ? { proposed: true } : {}),
    ...(attribute === 'exempt' || attribute === 'on-request' ? { attribute } : {}),
    ...(isExemption(exemption) ? { exemption } : {}),
  }
  return { filter, months }
}

exemptionRoutes.get(EXEMPTION_REGISTER, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const { bodyId } = actor
  const today = deps.clock.today()
  const query = parseListQuery(c.req.url, LIST)
  const { filter, months } = await filterOf(c, query)
  const years = []
  for (const year of await listAssessedYears(deps.db, bodyId, today)) years.push(await sumYear(deps.db, bodyId, year, months))
  return renderPage(
    c,
    <RegisterPage
      rows={await listRegister(deps.db, filter, { limit: query.size, offset: query.offset, descending: query.descending })}
      query={query}
      total={await countRegister(deps.db, filter)}
      months={months}
      today={today}
      overdue={await countRegister(deps.db, { bodyId, assessedBy: assessedByFor(today, months) })}
      years={years}
      canHandle={can(actor, 'item.handle', bodyId)}
      canExport={can(actor, 'export.data', bodyId)}
      flash={takeFlash(c)}
    />,
  )
})

const HEAD = ['索引号', '名称', '文号', '形成日期', '公开属性', '依据', '理由', '定属性', '上次评估', '下次评估', '等审定']
const EXPORT_ROWS = 20_000

exemptionRoutes.get(`${EXEMPTION_REGISTER}.csv`, permit('export.data'), async (c) => {
  const { deps, actor } = signedIn(c)
  requirePermission(actor, 'item.read', actor.bodyId)
  const { filter, months } = await filterOf(c, parseListQuery(c.req.url, LIST))
  const lines: string[] = []
  for (let offset = 0; offset < EXPORT_ROWS; offset += 500) {
    const rows = await listRegister(deps.db, filter, { limit: 500, offset })
    for (const row of rows)
      lines.push(toCsvLine([row.indexNo, row.title, row.docNo ?? '', row.formedOn, ATTRIBUTES[row.attribute], row.exemption === null ? '' : basisWords(row.exemption), row.reason ?? '', row.determinedOn, row.reassessedOn ?? '', nextAssessment(row.assessedFrom, months), row.proposed ? '是' : '']))
    if (rows.length < 500) break
  }
  await transaction(deps.db, (tx) => record(tx, actor, 'exemption.exported', { bodyId: actor.bodyId, target: 'exemptions' }, { rows: lines.length }))
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent('不予公开的登记.csv')}`)
  return c.body(`\uFEFF${toCsvLine(HEAD)}${lines.join('')}`)
})

async function open(c: Context) {
  const { deps, actor } = signedIn(c)
  const itemId = c.req.param('itemId') ?? ''
  if (!isId(itemId)) throw new NotFound('这条信息')
  const ref = { bodyId: actor.bodyId, itemId }
  const [entry, assessments] = [await findRegisterEntry(deps.db, ref.bodyId, itemId), await listAssessments(deps.db, ref)]
  // 从没有上过登记簿的，不在这里看
  if (entry === null && assessments.length === 0) throw new NotFound('这条信息')
  return { deps, actor, ref, entry, assessments }
}

async function page(c: Context, states: { propose?: FormState; decide?: FormState } = {}, status: 200 | 409 | 422 = 200) {
  const { deps, actor, ref, entry, assessments } = await open(c)
  const { state } = await getItem(deps.db, ref.bodyId, ref.itemId)
  const pending = assessments.find((each) => each.state === 'proposed') ?? null
  const isOwn = pending !== null && [pending.proposedBy, pending.onBehalfOf].includes(actorKey(actor))
  return renderPage(
    c,
    <ExemptionPage
      itemId={ref.itemId}
      item={state}
      entry={entry}
      assessments={assessments}
      people={await listDisplayNames(deps.db, assessments.flatMap((each) => [each.proposedBy, ...(each.decidedBy === null ? [] : [each.decidedBy])]))}
      months={await getSetting(deps.db, ref.bodyId, 'exemptionMonths')}
      today={deps.clock.today()}
      canPropose={can(actor, 'item.handle', ref.bodyId)}
      toDecide={pending !== null && !isOwn && can(actor, 'item.check', ref.bodyId) ? pending : null}
      isOwn={isOwn}
      states={{ propose: states.propose ?? emptyForm, decide: states.decide ?? emptyForm }}
      flash={takeFlash(c)}
    />,
    { status },
  )
}

exemptionRoutes.get(`${EXEMPTION_REGISTER}/:itemId`, read, (c) => page(c))

/** 错在所写的文字，写在那一栏旁；其余写在页首。 */
const IN_WORDS: readonly AssessRefusal[] = ['reason-missing', 'remark-missing', 'personal-numbers']
const errorsOf = (refusal: AssessRefusal, field: 'reason' | 'remark'): FormState['errors'] => ({ [IN_WORDS.includes(refusal) ? field : '']: ASSESS_REFUSED[refusal] })

exemptionRoutes.post(`${EXEMPTION_REGISTER}/:itemId/propose`, permit('item.handle'), async (c) => {
  const { deps, actor, ref } = await open(c)
  const form = await parseForm(c, SMALL)
  const result = form.text('result')
  const again = (errors: FormState['errors'], status: 409 | 422) => page(c, { propose: { values: form.fields, errors } }, status)
  if (!isAssessResult(result)) return again({ result: '请选择评估的结论' }, 422)
  const answer = await proposeAssessment(deps, actor, { ...ref, result, reason: form.text('reason') })
  if (!answer.ok) return again(errorsOf(answer.refusal, 'reason'), answer.refusal === 'already-proposed' ? 409 : 422)
  setFlash(c, { tone: 'ok', text: '已提出，等另一人审定' })
  return c.redirect(exemptionHref(ref.itemId), 303)
})

exemptionRoutes.post(`${EXEMPTION_REGISTER}/:itemId/decide`, permit('item.check'), async (c) => {
  const { deps, actor, ref } = await open(c)
  const form = await parseForm(c, SMALL)
  const assessmentId = form.text('assessmentId')
  if (!isId(assessmentId)) throw new NotFound('这一次评估')
  const agree = form.text('agree') !== 'no'
  const answer = await decideAssessment(deps, actor, { ...ref, assessmentId, agree, remark: form.text('remark') })
  if (!answer.ok) {
    // 他人刚办过的，表单已不在页上，告知写在页首
    if (answer.refusal !== 'none-proposed') return page(c, { decide: { values: form.fields, errors: errorsOf(answer.refusal, 'remark') } }, 422)
    setFlash(c, { tone: 'warn', text: ASSESS_REFUSED['none-proposed'] })
    return c.redirect(exemptionHref(ref.itemId), 303)
  }
  setFlash(c, { tone: 'ok', text: agree ? '已审定' : '已退回' })
  return c.redirect(exemptionHref(ref.itemId), 303)
})
