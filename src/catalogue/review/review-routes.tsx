import { Hono } from 'hono'
import type { Context } from 'hono'
import { can, listDisplayNames, permit, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { Conflict, Forbidden, NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import type { ParsedForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { ITEM_REFUSALS } from '../item-rules.ts'
import { AWAITING, awaitingOf } from '../item.ts'
import type { Awaiting } from '../item.ts'
import { findPrecheck } from '../precheck/precheck-store.ts'
import type { Precheck } from '../precheck/precheck-store.ts'
import { getItem } from '../store.ts'
import { actOnItem } from './act-on-item.ts'
import { actOnMany, isManyStep, MOST_AT_ONCE } from './act-on-many.ts'
import type { Chosen, Handled, ManyStep } from './act-on-many.ts'
import { acknowledgeHits, ANSWER_REFUSED } from '../precheck/answer-hits.ts'
import { listOpenReminders, readReminderKey } from './open-reminders.ts'
import { checkFields } from './check-fields.ts'
import { getItemGround } from './ground.ts'
import { loadReading } from './load-reading.ts'
import { isItemStep, isOffered, itemActionOf, mayEnter } from './item-actions.ts'
import type { ItemStep } from './item-actions.ts'
import { nextFor } from './next-for.ts'
import { ManyConfirmPage, ManyDonePage, QUEUE, QUEUE_TABS, QueuePage } from './queue-pages.tsx'
import { countQueue, listQueue, listQueueRows } from './queue-queries.ts'
import { StepPage } from './step-page.tsx'
import { listWithdrawalPlaces } from './withdrawal-places.ts'

/** 审查与发布：各步的列表、一次办若干条、一条上的各步；须先于信息的页面挂上。 */
export const reviewRoutes = new Hono()

const read = permit('item.read')
const LIMITS = { maxBytes: 64 * 1024, maxFields: 120 }
const LIST = { sorts: ['dueOn'], defaultSort: 'dueOn', filters: { step: Object.keys(AWAITING), pick: ['all'] }, size: MOST_AT_ONCE } as const
const isAwaiting = (text: string | undefined): text is Awaiting => text !== undefined && Object.hasOwn(AWAITING, text)

/** 此人办哪几步，先看有等着的。 */
const MINE: readonly (readonly [Awaiting, 'item.check' | 'item.secrecy-review' | 'item.approve' | 'item.publish' | 'item.handle'])[] = [
  ['secrecy-review', 'item.secrecy-review'], ['publish', 'item.publish'], ['approve', 'item.approve'], ['check', 'item.check'], ['mend', 'item.handle'], ['submit', 'item.handle'],
]

async function queuePage(c: Context, given: Awaiting | null, error: string | null = null) {
  const { deps, actor } = signedIn(c)
  const { bodyId } = actor
  const query = parseListQuery(c.req.url, LIST)
  const counts = await countQueue(deps.db, bodyId)
  const mine = MINE.filter(([, need]) => can(actor, need, bodyId))
  const asked = given ?? (isAwaiting(query.filters['step']) ? query.filters['step'] : null)
  const awaiting = asked ?? mine.find(([step]) => counts[step] > 0)?.[0] ?? mine[0]?.[0] ?? 'secrecy-review'
  const { rows, total } = await listQueue(deps.db, { bodyId, awaiting, text: query.q, limit: query.size, offset: query.offset })
  const many = QUEUE_TABS[awaiting].many.filter((step) => can(actor, itemActionOf(step).permit, bodyId))
  const names = await listDisplayNames(deps.db, rows.flatMap(({ handler }) => handler ?? []))
  return renderPage(c, <QueuePage {...{ awaiting, counts, rows, total, query: { ...query, filters: { step: awaiting } }, names, many, error }} picked={query.filters['pick'] === 'all'} today={deps.clock.today()} />, { status: error === null ? 200 : 422 })
}

reviewRoutes.get(QUEUE, read, (c) => queuePage(c, null))

// 「条目.版本」；写坏了的当作没选
function toChosen(key: string): Chosen[] {
  const [itemId = '', version = ''] = key.split('.')
  return isId(itemId) && /^\d{1,6}$/.test(version) ? [{ itemId, seen: Number(version) }] : []
}

const BACK: Readonly<Record<ManyStep, Awaiting>> = { submit: 'submit', check: 'check', approve: 'approve', publish: 'publish', schedule: 'publish' }

reviewRoutes.post(`${QUEUE}/many`, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, LIMITS)
  const step = form.text('other') || form.text('step')
  if (!isManyStep(step)) throw new NotFound('这一步')
  const action = itemActionOf(step)
  if (!can(actor, action.permit, actor.bodyId)) throw new Forbidden(action.label)
  const chosen = [...new Map((form.fields['items'] ?? []).flatMap(toChosen).map((one) => [one.itemId, one])).values()]
  if (chosen.length === 0) return queuePage(c, BACK[step], '请选办哪几条')
  if (chosen.length > MOST_AT_ONCE) return queuePage(c, BACK[step], `一次至多 ${MOST_AT_ONCE} 条`)
  const rows = await listQueueRows(deps.db, actor.bodyId, chosen.map(({ itemId }) => itemId))
  const first = [...rows.values()][0]
  if (first === undefined) return queuePage(c, BACK[step], '所选的都不在了，请重选')
  const ground = await getItemGround(deps.db, deps.clock, actor.bodyId)
  const fields = action.fields((await getItem(deps.db, actor.bodyId, first.itemId)).state, ground)
  const errors = form.text('confirmed') === '1' ? { ...action.check?.(form.text, ground), ...checkFields(fields, form.text) } : {}
  const shown = chosen.flatMap(({ itemId, seen }) => {
    const row = rows.get(itemId)
    return row === undefined ? [] : [{ ...row, version: seen }]
  })
  if (form.text('confirmed') !== '1' || Object.keys(errors).length > 0)
    return renderPage(c, <ManyConfirmPage step={step} rows={shown} fields={fields} state={{ values: form.text('confirmed') === '1' ? form.fields : {}, errors }} back={BACK[step]} />, { status: Object.keys(errors).length > 0 ? 422 : 200 })
  const results = await actOnMany(deps, actor, { chosen, step, given: form.text })
  return donePage(c, step, results)
})

async function donePage(c: Context, step: ManyStep, results: readonly Handled[]) {
  const { deps, actor } = signedIn(c)
  const rows = await listQueueRows(deps.db, actor.bodyId, results.map(({ itemId }) => itemId))
  const refused = results.filter((each) => each.refused !== null).map(({ itemId }) => itemId)
  const reminders = step === 'submit' ? await listOpenReminders(deps.db, actor.bodyId, refused) : []
  return renderPage(c, <ManyDonePage {...{ step, results, rows, reminders }} back={BACK[step]} />)
}

const REMINDERS = { maxBytes: 512 * 1024, maxFields: 1000 }

// 成批送审之后：看过的提醒逐处确认，随即再送
reviewRoutes.post(`${QUEUE}/reminders`, permit('item.handle'), async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, REMINDERS)
  const whole = (form.fields['rules'] ?? []).flatMap((rule) => form.fields[`of:${rule}`] ?? [])
  const keys = [...new Set([...(form.fields['hits'] ?? []), ...whole])].flatMap(readReminderKey)
  const byItem = [...Map.groupBy(keys, ({ itemId, contentHash }) => `${itemId}.${contentHash}`).values()]
  if (byItem.length === 0) return queuePage(c, 'submit', '没有确认：请选看过、可以公开的几处，再送审')
  if (byItem.length > MOST_AT_ONCE) return queuePage(c, 'submit', `一次至多 ${MOST_AT_ONCE} 条`)
  const rows = await listQueueRows(deps.db, actor.bodyId, byItem.flatMap(([first]) => first?.itemId ?? []))
  const chosen: Chosen[] = []
  const refused: Handled[] = []
  for (const group of byItem) {
    const [first] = group
    const row = first === undefined ? undefined : rows.get(first.itemId)
    if (first === undefined || row === undefined) continue
    // 内容又改了的不确认，也不送
    const answer = await acknowledgeHits(deps, actor, { bodyId: actor.bodyId, itemId: first.itemId, contentHash: first.contentHash, keys: group.map(({ hitKey }) => hitKey) })
    const one = { itemId: first.itemId, seen: row.version }
    if (answer.ok) chosen.push(one)
    else refused.push({ ...one, done: null, refused: ANSWER_REFUSED[answer.refusal] })
  }
  return donePage(c, 'submit', [...refused, ...(await actOnMany(deps, actor, { chosen, step: 'submit', given: () => '' }))])
})

async function openStep(c: Context) {
  const { deps, actor } = signedIn(c)
  const [itemId, step] = [c.req.param('itemId') ?? '', c.req.param('step') ?? '']
  if (!isId(itemId) || !isItemStep(step)) throw new NotFound('这一步')
  const { bodyId } = actor
  const { state: item, version } = await getItem(deps.db, bodyId, itemId)
  const action = itemActionOf(step)
  if (action.when(item) && !mayEnter(actor, action, item, bodyId)) throw new Forbidden(action.label)
  const ground = await getItemGround(deps.db, deps.clock, bodyId)
  return { deps, actor, bodyId, itemId, step, item, version, action, ground, ref: { bodyId, itemId } }
}
type OpenStep = Awaited<ReturnType<typeof openStep>>

async function stepPage(c: Context, opened: OpenStep, { state = emptyForm, refused = null, status = 200 }: { state?: FormState; refused?: string | null; status?: 200 | 409 | 422 } = {}) {
  const { deps, actor, item, action, step, version, itemId, ground, ref } = opened
  const places = step === 'withdraw' ? await listWithdrawalPlaces(deps.db, ref, item) : []
  const why = refused ?? whyNot(opened)
  const precheck = await findPrecheck(deps.db, ref, item.contentHash)
  return renderPage(
    c,
    <StepPage {...{ itemId, step, action, item, version, state }} fields={action.fields(item, ground)} consequences={action.consequences?.(item, places)} others={MULTI.includes(step) ? (await nextFor(deps.db, actor, step, ground, itemId)).count : 0} refused={why} reading={READ_HERE.includes(step) ? { texts: await loadReading(deps.db, ref, item), precheck } : null} precheck={precheck === null ? null : settledText(precheck)} flash={takeFlash(c)} />,
    { status: why !== null && status === 200 && !action.when(item) ? 409 : status },
  )
}

function settledText({ hits, blocks, warnings, stale }: Precheck): string {
  if (stale) return '内容或者词表在预检之后改了'
  const [confirmed, released] = (['acknowledged', 'released'] as const).map((kind) => hits.filter(({ answer }) => answer?.kind === kind).length)
  const parts = [blocks + warnings > 0 ? `没有了结的 ${blocks + warnings} 条` : '', confirmed === 0 ? '' : `承办人确认过的提醒 ${confirmed} 条`, released === 0 ? '' : `依据放行的 ${released} 条，请看过依据`]
  return parts.filter((part) => part !== '').join('，') || '没有阻断，没有提醒'
}

/** 要看过全文才好定的各步 */
const READ_HERE: readonly ItemStep[] = ['check', 'secrecy-review', 'approve']
const MULTI: readonly ItemStep[] = ['check', 'secrecy-review', 'approve', 'publish']

// 打开表单时就说清不能办的缘故
function whyNot({ actor, bodyId, item, action, step, ground }: OpenStep): string | null {
  if (!action.when(item) && awaitingOf(item) === 'submit') return '这一条还没有送审，或者送审之后内容有改动、此前的审查作废，须重新送审'
  if (!action.when(item)) return awaitingOf(item) === null ? '这一条现在不能办这一步' : `这一条现在${AWAITING[awaitingOf(item) ?? 'submit']}，不能办这一步`
  return isOffered(step, item, actor, bodyId, ground) ? null : ITEM_REFUSALS['by-delegation-of-involved'].replace('委托您的人', '您（或者委托您的人）').replace('您不能代他办这一步', '这一步须由另一人办')
}

reviewRoutes.get('/desk/items/:itemId/steps/:step', read, async (c) => stepPage(c, await openStep(c)))

reviewRoutes.post('/desk/items/:itemId/steps/:step', read, async (c) => {
  const opened = await openStep(c)
  const { deps, actor, ref, step, action, item, ground, itemId } = opened
  const form = await parseForm(c, LIMITS)
  const errors = { ...action.check?.(form.text, ground), ...checkFields(action.fields(item, ground), form.text) }
  const state = { values: form.fields, errors }
  if (action.when(item) && Object.keys(errors).length > 0) return stepPage(c, opened, { state, status: 422 })
  try {
    const answer = await actOnItem(deps, actor, { ...ref, seen: seenIn(form), step, given: form.text })
    if (!answer.ok) return stepPage(c, await openStep(c), { state, refused: answer.refusal === 'not-in-this-state' ? null : ITEM_REFUSALS[answer.refusal], status: 409 })
    const next = form.text('then') === 'next' ? (await nextFor(deps.db, actor, step, ground, itemId)).itemId : null
    setFlash(c, { tone: 'ok', text: `${action.done(answer.after)}${next === null ? '' : '。这是下一条'}` })
    return c.redirect(next === null ? `/desk/items/${itemId}` : `/desk/items/${next}/steps/${step}`, 303)
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return stepPage(c, await openStep(c), { state, refused: '打开这一页之后有人办过、改过这一条，请看过现在的再办', status: 409 })
  }
})

const seenIn = (form: ParsedForm): number => (/^\d{1,6}$/.test(form.text('version')) ? Number(form.text('version')) : 0)
