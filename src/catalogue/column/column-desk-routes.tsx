import { Hono } from 'hono'
import type { Context } from 'hono'
import { getBody } from '../../bodies/index.ts'
import { can, listDisplayNames, permit, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { COLUMN_REFUSED, checkChannel, discardPart, isOwnVersion, publishPart, returnPart, savePart } from './column-acts.ts'
import type { ColumnAnswer } from './column-acts.ts'
import { readPart, rowField } from './column-content.ts'
import { loadColumn, startingContent } from './column-desk.ts'
import { COLUMN, ColumnPage, EditPartPage } from './column-desk-pages.tsx'
import { PARTS, isPartName } from './column-parts.ts'
import type { PartContent, PartName } from './column-parts.ts'
import { ReviewPartPage, VersionPage, VersionsPage, nameAll } from './column-review-pages.tsx'
import { getPublishedVersion, listPublishedVersions } from './column-store.ts'

/** 工作台上的专栏：各部分的编写、比对、批准公布，渠道的核实。 */
export const columnDeskRoutes = new Hono()

const read = permit('item.read')
const handle = permit('item.handle')
const approve = permit('item.approve')
const PART = `${COLUMN}/:part`
const LIMITS = { maxBytes: 256 * 1024, maxFields: 400 }
const SMALL = { maxBytes: 16 * 1024, maxFields: 10 }

columnDeskRoutes.get(COLUMN, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const [body, column] = await Promise.all([getBody(deps.db, actor.bodyId), loadColumn(deps, actor.bodyId)])
  return renderPage(c, <ColumnPage column={column} bodyCode={body.code} canHandle={can(actor, 'item.handle', actor.bodyId)} flash={takeFlash(c)} />)
})

function partIn(c: Context): PartName {
  const part = c.req.param('part') ?? ''
  if (!isPartName(part)) throw new NotFound('专栏的这一部分')
  return part
}

async function open(c: Context) {
  const { deps, actor } = signedIn(c)
  const part = partIn(c)
  const column = await loadColumn(deps, actor.bodyId)
  const found = column.parts.find((each) => each.part === part) ?? { part, open: null, shown: null }
  return { deps, actor, bodyId: actor.bodyId, part, column, found, here: `${COLUMN}/${part}` }
}

async function editPage(c: Context, given: { content: PartContent; seen: number; state: FormState } | null = null, status: 200 | 409 | 422 = 200) {
  const { deps, bodyId, part, column, found } = await open(c)
  const institution = column.parts.find((each) => each.part === 'institution')?.shown?.content ?? null
  return renderPage(
    c,
    <EditPartPage
      part={part}
      content={given?.content ?? (await startingContent(deps.db, bodyId, found, institution))}
      seen={given?.seen ?? found.open?.version ?? 0}
      returnedReason={found.open?.returnedReason ?? null}
      skeleton={given === null && found.open === null && found.shown === null && (part === 'guide' || part === 'headings')}
      changed={column.changed}
      state={given?.state ?? emptyForm}
    />,
    { status },
  )
}

columnDeskRoutes.get(PART, handle, (c) => editPage(c))

columnDeskRoutes.post(`${COLUMN}/channels/check`, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, SMALL)
  const answer = await checkChannel(deps, actor, { bodyId: actor.bodyId, hash: form.text('hash') })
  setFlash(c, answer.ok ? { tone: 'ok', text: '已记下今日核实' } : { tone: 'warn', text: worded(answer) })
  return c.redirect(`${COLUMN}#channels`, 303)
})

const worded = (answer: Exclude<ColumnAnswer, { ok: true }>): string => (answer.refusal === 'wrong' ? Object.values(answer.problems).join('；') : COLUMN_REFUSED[answer.refusal])
const seenIn = (text: string): number => (/^\d{1,6}$/.test(text) ? Number(text) : 0)

/** 填过的各栏，按收下的内容重排（空行不留），错处即指得准。 */
const toValues = ({ fields, lists }: PartContent): Record<string, string[]> => ({
  ...Object.fromEntries(Object.entries(fields).map(([key, text]) => [key, [text]])),
  ...Object.fromEntries(Object.entries(lists).flatMap(([list, rows]) => rows.flatMap((row, index) => Object.entries(row).map(([key, text]) => [rowField(list, index, key), [text]])))),
})

columnDeskRoutes.post(PART, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const part = partIn(c)
  const form = await parseForm(c, LIMITS)
  const content = readPart(part, form.text)
  const seen = seenIn(form.text('version'))
  const submit = form.text('act') !== 'draft'
  const answer = await savePart(deps, actor, { bodyId: actor.bodyId, part, content, seen, submit })
  if (!answer.ok) {
    const errors = answer.refusal === 'wrong' ? answer.problems : { '': worded(answer) }
    return editPage(c, { content, seen, state: { values: toValues(content), errors } }, answer.refusal === 'changed' ? 409 : 422)
  }
  setFlash(c, { tone: 'ok', text: submit ? `${PARTS[part].title}已送批` : '已存为草稿' })
  return c.redirect(submit ? `${COLUMN}/${part}/review` : COLUMN, 303)
})

async function reviewPage(c: Context, state: FormState = emptyForm) {
  const { deps, actor, bodyId, part, found } = await open(c)
  if (found.open === null) return c.redirect(COLUMN, 303)
  const people = await listDisplayNames(deps.db, found.open.draftedBy.filter(isId))
  const canApprove = can(actor, 'item.approve', bodyId)
  return renderPage(
    c,
    <ReviewPartPage
      part={part}
      open={found.open}
      shown={found.shown}
      draftedBy={[nameAll(found.open.draftedBy, people)]}
      canHandle={can(actor, 'item.handle', bodyId)}
      canApprove={canApprove}
      isOwn={canApprove && isOwnVersion(actor, found.open)}
      state={state}
      flash={takeFlash(c)}
    />,
    { status: state === emptyForm ? 200 : 422 },
  )
}

columnDeskRoutes.get(`${PART}/review`, read, (c) => reviewPage(c))

/** 办完回专栏；办不成的留在比对的一页，说明缘故。 */
function settled(c: Context, part: PartName, answer: ColumnAnswer, done: string): Response {
  setFlash(c, answer.ok ? { tone: 'ok', text: done } : { tone: 'warn', text: worded(answer) })
  return c.redirect(answer.ok ? COLUMN : `${COLUMN}/${part}/review`, 303)
}

columnDeskRoutes.post(`${PART}/publish`, approve, async (c) => {
  const { deps, actor } = signedIn(c)
  const part = partIn(c)
  const form = await parseForm(c, SMALL)
  return settled(c, part, await publishPart(deps, actor, { bodyId: actor.bodyId, part, hash: form.text('hash') }), `${PARTS[part].title}已公布`)
})

columnDeskRoutes.post(`${PART}/return`, approve, async (c) => {
  const { deps, actor } = signedIn(c)
  const part = partIn(c)
  const form = await parseForm(c, SMALL)
  const reason = form.text('reason')
  if (reason.length < 2 || reason.length > 500) return reviewPage(c, { values: form.fields, errors: { reason: '请写明缘故，二至五百个字' } })
  return settled(c, part, await returnPart(deps, actor, { bodyId: actor.bodyId, part, seen: seenIn(form.text('version')), reason }), '已退回')
})

columnDeskRoutes.post(`${PART}/discard`, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const part = partIn(c)
  const form = await parseForm(c, SMALL)
  return settled(c, part, await discardPart(deps, actor, { bodyId: actor.bodyId, part, seen: seenIn(form.text('version')) }), '已删去草稿')
})

columnDeskRoutes.get(`${PART}/versions`, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const part = partIn(c)
  const rows = await listPublishedVersions(deps.db, actor.bodyId, part)
  return renderPage(c, <VersionsPage part={part} rows={rows} people={await listDisplayNames(deps.db, peopleIn(rows))} />)
})

columnDeskRoutes.get(`${PART}/versions/:number{[0-9]{1,6}}`, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const part = partIn(c)
  const { version, before } = await getPublishedVersion(deps.db, actor.bodyId, part, Number(c.req.param('number')))
  return renderPage(c, <VersionPage part={part} version={version} before={before} people={await listDisplayNames(deps.db, peopleIn([version]))} />)
})

const peopleIn = (rows: readonly { draftedBy: readonly string[]; approvedBy: string | null }[]): string[] => [...new Set(rows.flatMap(({ draftedBy, approvedBy }) => [...draftedBy, ...(approvedBy === null ? [] : [approvedBy])]))].filter(isId)
