import { Hono } from 'hono'
import type { Context } from 'hono'
import { can, listDisplayNames, permit, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { findPersonalNumbers } from '../../statute/personal-numbers.ts'
import { getItem } from '../store.ts'
import { acknowledgeHits, ANSWER_REFUSED, releaseHits, releaseStanding } from './answer-hits.ts'
import { PrecheckPage } from './precheck-page.tsx'
import { findPrecheck, isReleasable } from './precheck-store.ts'
import { runPrecheck } from './run-precheck.ts'

/** 一条信息的预检：看结果，预检，确认，放行；须先于信息的页面挂上。 */
export const precheckRoutes = new Hono()

const PATH = '/desk/items/:itemId/precheck'
const read = permit('item.read')
const LIMITS = { maxBytes: 256 * 1024, maxFields: 1100 }

async function open(c: Context) {
  const { deps, actor } = signedIn(c)
  const itemId = c.req.param('itemId') ?? ''
  if (!isId(itemId)) throw new NotFound('这条信息')
  const { bodyId } = actor
  const { state: item } = await getItem(deps.db, bodyId, itemId)
  return { deps, actor, bodyId, itemId, item, here: `/desk/items/${itemId}/precheck` }
}

async function page(c: Context, states: { acknowledge?: FormState; release?: FormState } = {}, status: 200 | 422 = 200) {
  const { deps, actor, bodyId, itemId, item } = await open(c)
  const precheck = await findPrecheck(deps.db, { bodyId, itemId }, item.contentHash)
  const names = await listDisplayNames(deps.db, [precheck?.checkedBy ?? '', ...(precheck?.hits ?? []).flatMap(({ answer }) => [answer?.by ?? '', answer?.onBehalfOf ?? ''])])
  const releasable = (precheck?.hits ?? []).filter((hit) => isReleasable(hit) && hit.answer === null && releaseStanding(actor, item, [hit]).may)
  return renderPage(
    c,
    <PrecheckPage
      itemId={itemId}
      item={item}
      precheck={precheck}
      names={names}
      mayAcknowledge={can(actor, 'item.handle', bodyId)}
      releasable={new Set(releasable.map(({ key }) => key))}
      states={{ acknowledge: states.acknowledge ?? emptyForm, release: states.release ?? emptyForm }}
      flash={takeFlash(c)}
    />,
    { status },
  )
}

precheckRoutes.get(PATH, read, (c) => page(c))

precheckRoutes.post(PATH, read, async (c) => {
  const { deps, actor, bodyId, itemId, here } = await open(c)
  await parseForm(c, { maxBytes: 1024 })
  const result = await runPrecheck(deps, actor, { bodyId, itemId })
  setFlash(c, result === 'done' ? { tone: 'ok', text: '已预检' } : { tone: 'warn', text: '预检的时候内容又改了，请再预检一次' })
  return c.redirect(here, 303)
})

precheckRoutes.post(`${PATH}/acknowledge`, permit('item.handle'), async (c) => {
  const { deps, actor, bodyId, itemId, here } = await open(c)
  const form = await parseForm(c, LIMITS)
  const keys = form.fields['keys'] ?? []
  if (keys.length === 0) return page(c, { acknowledge: { values: form.fields, errors: { keys: '请选看过、可以确认的几条' } } }, 422)
  const answer = await acknowledgeHits(deps, actor, { bodyId, itemId, contentHash: form.text('hash'), keys })
  setFlash(c, answer.ok ? { tone: 'ok', text: `已确认 ${answer.count} 条` } : { tone: 'warn', text: ANSWER_REFUSED[answer.refusal] })
  return c.redirect(here, 303)
})

precheckRoutes.post(`${PATH}/release`, read, async (c) => {
  const { deps, actor, bodyId, itemId, here } = await open(c)
  const form = await parseForm(c, LIMITS)
  const keys = form.fields['keys'] ?? []
  const errors = {
    ...(keys.length === 0 ? { keys: '请选放行哪几条' } : {}),
    ...Object.fromEntries((['basis', 'reason'] as const).flatMap((name) => {
      const wrong = wrongWords(form.text(name), name === 'basis' ? 200 : 500)
      return wrong === null ? [] : [[name, wrong]]
    })),
  }
  if (Object.keys(errors).length > 0) return page(c, { release: { values: form.fields, errors } }, 422)
  const answer = await releaseHits(deps, actor, { bodyId, itemId, contentHash: form.text('hash'), keys, basis: form.text('basis'), reason: form.text('reason') })
  setFlash(c, answer.ok ? { tone: 'ok', text: `已放行 ${answer.count} 条，记在 ${actor.name} 名下` } : { tone: 'warn', text: ANSWER_REFUSED[answer.refusal] })
  return c.redirect(here, 303)
})

function wrongWords(text: string, most: number): string | null {
  if (text.length < 2) return '请写明，至少两个字'
  if (text.length > most) return `不超过 ${most} 个字`
  return findPersonalNumbers(text).length > 0 ? '里面有身份证、手机或者银行卡号码，请去掉' : null
}
