import { Hono } from 'hono'
import type { Context } from 'hono'
import { record } from '../../audit/index.ts'
import { MissingGlyphs } from '../../documents/index.ts'
import { actorKey, can, listDisplayNames, permit, requirePermission, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { sqlState, transaction } from '../../platform/connect.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId, newId } from '../../platform/id.ts'
import { isLetterId, letterRule } from '../letters/letters.ts'
import type { LetterId } from '../letters/letters.ts'
import { getApplication } from '../queries.ts'
import { composeDraft, isStale } from './compose-draft.ts'
import type { Refused } from './compose-draft.ts'
import { discardLetter } from './discard-letter.ts'
import { draftLetter } from './draft-letter.ts'
import { CHANGED, issueLetter } from './issue-letter.ts'
import { draftDocument, issuedDocument, isLetterFormat, LETTER_FORMATS, writeLetterFile } from './letter-files.ts'
import type { LetterFormat } from './letter-files.ts'
import { LetterFormPage } from './letter-form-page.tsx'
import { readLetterForm, toErrors, toLetterForm } from './letter-form.ts'
import { LetterListPage } from './letter-list-page.tsx'
import { DiscardLetterPage, IssueLetterPage, LetterFilesPage, LetterPage, ParagraphsPage, placeOf, SignLetterPage } from './letter-pages.tsx'
import { getLetterSource, keysOf, maskLetter } from './letter-source.ts'
import { getLetter, listLetters } from './letter-store.ts'
import type { LetterContent } from './letter-store.ts'
import { listOffers } from './list-offers.ts'
import { readIssuedFile } from './read-issued-file.ts'
import { reviseLetter } from './revise-letter.ts'
import { refuseSigning, signLetter } from './sign-letter.ts'

/** 工作台的文书：起草、修改、签批、发出、取用；挂在案件各步的路由之前。 */
export const letterRoutes = new Hono()

const read = permit('application.read')
const handle = permit('application.handle')
const approve = permit('application.approve')
const LIMITS = { maxBytes: 256 * 1024, maxFields: 60 }
const LIST = '/desk/applications/:id/letters'
const NEW = `${LIST}/new/:type`
const ONE = `${LIST}/:letter`
const TAKEN = '他人刚才改过这件文书。请另开一页看最新的，确认之后再交；您填写的都在。'

async function openCase(c: Context) {
  const { deps, actor } = signedIn(c)
  const caseId = c.req.param('id') ?? ''
  if (!isId(caseId)) throw new NotFound('这件申请')
  const { bodyId } = actor
  const { state } = await getApplication(deps.db, bodyId, caseId)
  return { deps, actor, bodyId, caseId, regNo: state.regNo, source: await getLetterSource(deps.db, deps, bodyId, caseId) }
}

async function openLetter(c: Context) {
  const opened = await openCase(c)
  const { deps, actor, bodyId, caseId, source, regNo } = opened
  const letterId = c.req.param('letter') ?? ''
  if (!isId(letterId)) throw new NotFound('这件文书')
  const letter = await getLetter(deps.db, keysOf(deps), bodyId, caseId, letterId)
  const seesPersonal = can(actor, 'personal-data.read', bodyId)
  const draft = letter.issued === null ? composeDraft(source, letter.type, letter.content) : null
  const title = letter.issued?.model.letter.title ?? (draft?.ok === true ? draft.letter.title : letterRule(letter.type).title)
  const model = letter.issued?.model ?? (draft?.ok === true ? { letter: draft.letter, body: { name: source.body.name, codeWord: source.body.codeWord }, demo: source.demo } : null)
  const shown = model === null ? null : { ...model, letter: maskLetter(model.letter, source, seesPersonal) }
  return { ...opened, letter, draft, shown, frame: { caseId, regNo, letterId, title, version: letter.version }, ref: { bodyId, caseId, letterId } }
}
type OpenLetter = Awaited<ReturnType<typeof openLetter>>

const documentOf = ({ shown, letter }: OpenLetter) => (shown === null ? null : letter.issued === null ? draftDocument(shown) : issuedDocument(shown))

letterRoutes.get(LIST, read, async (c) => {
  const { deps, actor, bodyId, caseId, regNo, source } = await openCase(c)
  const letters = await listLetters(deps.db, bodyId, caseId)
  const offers = can(actor, 'application.handle', bodyId) ? listOffers(source, letters) : []
  return renderPage(c, <LetterListPage {...{ caseId, regNo, letters, offers }} flash={takeFlash(c)} />)
})

function typeIn(c: Context): LetterId {
  const type = c.req.param('type') ?? ''
  if (!isLetterId(type)) throw new NotFound('这种文书')
  return type
}

type Opened = Awaited<ReturnType<typeof openCase>>
const EMPTY = { recipient: '', fields: {} }

function newPage(c: Context, { caseId, regNo, source }: Opened, type: LetterId, letterId: string, content: Pick<LetterContent, 'recipient' | 'fields'>, more: { values: FormState['values']; refused: Refused } | null) {
  const form = toLetterForm(source, type, content)
  const names = ['recipient', ...form.fields.map(({ name }) => name)]
  const state = more === null ? emptyForm : { values: more.values, errors: toErrors(more.refused.problems, names) }
  const to = `/desk/applications/${caseId}/letters`
  return renderPage(c, <LetterFormPage {...{ caseId, regNo, form, state }} hidden={{ letterId }} action={`${to}/new/${type}`} cancel={to} verb="起草" />, { status: more === null ? 200 : 422 })
}

letterRoutes.get(NEW, handle, async (c) => newPage(c, await openCase(c), typeIn(c), newId(), EMPTY, null))

letterRoutes.post(NEW, handle, async (c) => {
  const type = typeIn(c)
  const opened = await openCase(c)
  const { deps, actor, bodyId, caseId } = opened
  const form = await parseForm(c, LIMITS)
  const given = form.text('letterId')
  const letterId = isId(given) ? given : newId()
  const content = readLetterForm(type, form.text)
  try {
    const result = await draftLetter(deps, actor, { bodyId, caseId, letterId, type, ...content })
    if (!result.ok) return newPage(c, opened, type, letterId, content, { values: form.fields, refused: result })
    setFlash(c, { tone: 'ok', text: '草稿已拟成，请核对全文' })
  } catch (error) {
    // 同一张表单交了两次：第一次已存
    if (sqlState(error) !== '23505') throw error
  }
  return c.redirect(placeOf({ caseId, letterId }), 303)
})

letterRoutes.get(ONE, read, async (c) => {
  const opened = await openLetter(c)
  const { deps, actor, bodyId, letter, draft, source, frame } = opened
  const people = await listDisplayNames(deps.db, [...letter.draftedBy, letter.signed?.by ?? '', letter.issued?.by ?? ''].filter(isId))
  const named = (key: string): string => people.get(key) ?? key
  const stale = letter.issued === null && isStale(source, letter)
  const mayApprove = can(actor, 'application.approve', bodyId) && (letter.status === 'draft' || (letter.status === 'signed' && stale))
  const refusal = refuseSigning(letter, actorKey(actor), source)
  const mayHandle = can(actor, 'application.handle', bodyId)
  const facts: (readonly [string, string])[] = [
    ['起草与修改', letter.draftedBy.map(named).join('、')],
    ...(letter.signed === null ? [] : [['签批', named(letter.signed.by)] as const]),
    ...(letter.issued === null ? [] : [['发出', `${letter.issued.on} ${named(letter.issued.by)}`] as const, ['成文之日', letter.issued.model.letter.on] as const, ['文号', letter.docNo ?? '不编号'] as const, ['内容摘要（SM3）', letter.issued.hash] as const]),
    ...(letter.content.edited === null ? [] : [['正文', '经手改'] as const]),
  ]
  return renderPage(
    c,
    <LetterPage
      {...frame}
      status={letter.status}
      document={documentOf(opened)}
      problems={draft?.ok === true && stale ? [CHANGED] : draft?.ok === false ? draft.problems.map(({ label, message }) => (label === '' ? message : `${label}：${message}`)) : []}
      warnings={draft?.ok === true ? draft.warnings : []}
      facts={facts}
      can={{ revise: mayHandle && letter.status !== 'issued', sign: mayApprove && refusal === null && draft?.ok === true, issue: mayHandle && letter.status === 'signed' && !stale && draft?.ok === true, take: letter.status === 'issued' && can(actor, 'personal-data.read', bodyId) }}
      whyNotSign={mayApprove ? refusal : null}
      flash={takeFlash(c)}
    />,
  )
})

/** 办完的回到文书页；不可以的在原页写明，填过的都在。 */
async function settle(c: Context, opened: OpenLetter, act: () => Promise<{ ok: true } | Refused>, done: string, again: (problems: Refused, status: 409 | 422) => Response | Promise<Response>) {
  try {
    const result = await act()
    if (!result.ok) return await again(result, 422)
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return again({ ok: false, problems: [{ field: '', label: '', message: TAKEN }] }, 409)
  }
  setFlash(c, { tone: 'ok', text: done })
  return c.redirect(placeOf(opened.frame), 303)
}

function fieldsPage(c: Context, { caseId, regNo, source, letter, frame }: OpenLetter, content: Pick<LetterContent, 'recipient' | 'fields'>, seen: string, state: FormState, status: 200 | 409 | 422) {
  const form = toLetterForm(source, letter.type, content)
  return renderPage(c, <LetterFormPage {...{ caseId, regNo, form, state }} hidden={{ version: seen }} action={`${placeOf(frame)}/fields`} cancel={placeOf(frame)} verb="修改" />, { status })
}

letterRoutes.get(`${ONE}/fields`, handle, async (c) => {
  const opened = await openLetter(c)
  if (opened.letter.status === 'issued') throw new NotFound('可以修改的草稿')
  return fieldsPage(c, opened, opened.letter.content, String(opened.letter.version), emptyForm, 200)
})

letterRoutes.post(`${ONE}/fields`, handle, async (c) => {
  const opened = await openLetter(c)
  const form = await parseForm(c, LIMITS)
  const content = readLetterForm(opened.letter.type, form.text)
  const seen = Number(form.text('version'))
  return settle(
    c,
    opened,
    () => reviseLetter(opened.deps, opened.actor, { ...opened.ref, seen, revision: { kind: 'fields', ...content } }),
    '已修改，请核对全文',
    ({ problems }, status) => {
      const names = ['recipient', ...toLetterForm(opened.source, opened.letter.type, content).fields.map(({ name }) => name)]
      return fieldsPage(c, opened, content, form.text('version'), { values: form.fields, errors: toErrors(problems, names) }, status)
    },
  )
})

letterRoutes.get(`${ONE}/paragraphs`, handle, async (c) => {
  const { letter, draft, frame } = await openLetter(c)
  const paragraphs = draft?.ok === true ? draft.letter.paragraphs : letter.content.edited?.paragraphs
  if (letter.status === 'issued' || paragraphs === undefined) throw new NotFound('可以修改的正文')
  return renderPage(c, <ParagraphsPage frame={frame} paragraphs={paragraphs} state={emptyForm} />)
})

const MOST_PARAGRAPHS = 200
const MOST_BODY = 20_000

letterRoutes.post(`${ONE}/paragraphs`, handle, async (c) => {
  const opened = await openLetter(c)
  const form = await parseForm(c, LIMITS)
  const text = form.text('paragraphs')
  const paragraphs = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '')
  const again = ({ problems }: Refused, status: 409 | 422) =>
    renderPage(c, <ParagraphsPage frame={{ ...opened.frame, version: Number(form.text('version')) }} paragraphs={[]} state={{ values: form.fields, errors: toErrors(problems, ['paragraphs']) }} />, { status })
  const restore = form.text('restore') === 'yes'
  const wrong = paragraphs.length === 0 ? '请填写正文' : paragraphs.length > MOST_PARAGRAPHS || text.length > MOST_BODY ? `不超过 ${MOST_PARAGRAPHS} 段、${MOST_BODY} 字` : null
  if (!restore && wrong !== null) return again({ ok: false, problems: [{ field: 'paragraphs', label: '', message: wrong }] }, 422)
  const revision = { kind: 'paragraphs', paragraphs: restore ? null : paragraphs } as const
  return settle(c, opened, () => reviseLetter(opened.deps, opened.actor, { ...opened.ref, seen: Number(form.text('version')), revision }), restore ? '已恢复系统拟成的正文' : '正文已改，核对没有错误', again)
})

letterRoutes.get(`${ONE}/sign`, approve, async (c) => {
  const opened = await openLetter(c)
  return renderPage(c, <SignLetterPage frame={opened.frame} document={documentOf(opened)} state={emptyForm} />)
})

letterRoutes.post(`${ONE}/sign`, approve, async (c) => {
  const opened = await openLetter(c)
  const seen = Number((await parseForm(c, LIMITS)).text('version'))
  return settle(c, opened, () => signLetter(opened.deps, opened.actor, { ...opened.ref, seen }), '已签批', ({ problems }, status) =>
    renderPage(c, <SignLetterPage frame={opened.frame} document={documentOf(opened)} state={{ values: {}, errors: toErrors(problems, []) }} />, { status }),
  )
})

const numberWords = ({ letter, source }: OpenLetter): string => {
  const { word, outcomes } = letterRule(letter.type)
  if (word === null) return '这件文书不编文号'
  const docNo = source.application.decision?.docNo ?? null
  return outcomes !== undefined && docNo !== null ? `文号为作出决定时所编的 ${docNo}` : `编定文号（${source.body.codeWord}公开${word}），依次不断`
}

letterRoutes.get(`${ONE}/issue`, handle, async (c) => {
  const opened = await openLetter(c)
  return renderPage(c, <IssueLetterPage frame={opened.frame} number={numberWords(opened)} state={emptyForm} />)
})

letterRoutes.post(`${ONE}/issue`, handle, async (c) => {
  const opened = await openLetter(c)
  const seen = Number((await parseForm(c, LIMITS)).text('version'))
  return settle(c, opened, () => issueLetter(opened.deps, opened.actor, { ...opened.ref, seen }), '已发出，内容与文件已固定', ({ problems }, status) =>
    renderPage(c, <IssueLetterPage frame={opened.frame} number={numberWords(opened)} state={{ values: {}, errors: toErrors(problems, []) }} />, { status }),
  )
})

letterRoutes.get(`${ONE}/discard`, handle, async (c) => renderPage(c, <DiscardLetterPage frame={(await openLetter(c)).frame} state={emptyForm} />))

letterRoutes.post(`${ONE}/discard`, handle, async (c) => {
  const { deps, actor, ref, frame } = await openLetter(c)
  const seen = Number((await parseForm(c, LIMITS)).text('version'))
  const again = (problems: Refused['problems'], status: 409 | 422) => renderPage(c, <DiscardLetterPage frame={frame} state={{ values: {}, errors: toErrors(problems, []) }} />, { status })
  try {
    const result = await discardLetter(deps, actor, { ...ref, seen })
    if (!result.ok) return again(result.problems, 422)
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return again([{ field: '', label: '', message: TAKEN }], 409)
  }
  setFlash(c, { tone: 'ok', text: '草稿已删去' })
  return c.redirect(`/desk/applications/${ref.caseId}/letters`, 303)
})

function send(c: Context, bytes: Uint8Array, name: string, format: LetterFormat) {
  c.header('Content-Type', LETTER_FORMATS[format].type)
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  c.header('Cache-Control', 'no-store')
  return c.body(new Uint8Array(bytes))
}

letterRoutes.get(`${ONE}/draft/:format`, read, async (c) => {
  const format = c.req.param('format') ?? ''
  if (!isLetterFormat(format)) throw new NotFound('这种格式')
  const { deps, actor, bodyId, caseId, letter, shown, frame } = await openLetter(c)
  if (shown === null || letter.issued !== null) throw new NotFound('可以下载的草稿')
  try {
    const bytes = await writeLetterFile(draftDocument(shown), format)
    await transaction(deps.db, (tx) => record(tx, actor, 'application.letter-draft-downloaded', { bodyId, target: caseId }, { letter: letter.letterId, format }))
    return send(c, bytes, `${frame.title}（草稿）.${format}`, format)
  } catch (error) {
    if (!(error instanceof MissingGlyphs)) throw error
    setFlash(c, { tone: 'error', text: error.message })
    return c.redirect(placeOf(frame), 303)
  }
})

letterRoutes.get(`${ONE}/files`, read, async (c) => {
  const { actor, bodyId, letter, frame } = await openLetter(c)
  requirePermission(actor, 'personal-data.read', bodyId)
  if (letter.issued === null) throw new NotFound('发出的文件')
  return renderPage(c, <LetterFilesPage frame={frame} state={emptyForm} />)
})

letterRoutes.post(`${ONE}/files`, read, async (c) => {
  const { deps, actor, ref, frame } = await openLetter(c)
  const form = await parseForm(c, LIMITS)
  const format = form.text('format')
  const reason = form.text('reason')
  const again = (errors: FormState['errors']) => renderPage(c, <LetterFilesPage frame={frame} state={{ values: form.fields, errors }} />, { status: 422 })
  if (!isLetterFormat(format)) return again({ format: '请选择格式' })
  if (reason.length > 200) return again({ reason: '不超过 200 个字' })
  const result = await readIssuedFile(deps, actor, { ...ref, format, reason })
  return result.ok ? send(c, result.bytes, result.name, format) : again({ reason: result.message })
})
