import { Hono } from 'hono'
import type { Context } from 'hono'
import { record } from '../../audit/index.ts'
import { MissingGlyphs } from '../../documents/index.ts'
import { permit, requirePermission, setFlash } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { letterRule } from '../letters/letters.ts'
import { discardLetter } from './discard-letter.ts'
import { issueLetter } from './issue-letter.ts'
import { draftDocument, isLetterFormat, LETTER_FORMATS, writeLetterFile } from './letter-files.ts'
import type { LetterFormat } from './letter-files.ts'
import { toErrors } from './letter-form.ts'
import { DiscardLetterPage, IssueLetterPage, LetterFilesPage, placeOf, SignLetterPage } from './letter-pages.tsx'
import { ResubmitLetterPage, ReturnLetterPage } from './return-pages.tsx'
import { documentOf, LETTER_FORM_LIMITS, LETTER_PATH, openLetter } from './open-letter.ts'
import type { OpenLetter } from './open-letter.ts'
import { readIssuedFile } from './read-issued-file.ts'
import { resubmitLetter } from './resubmit-letter.ts'
import { returnLetter } from './return-letter.ts'
import { settle } from './settle.ts'
import { signLetter } from './sign-letter.ts'

/** 一件文书的签批、发出、删去与取用文件。 */
export const letterActRoutes = new Hono()

const read = permit('application.read')
const handle = permit('application.handle')
const endorse = permit('application.endorse')

letterActRoutes.get(`${LETTER_PATH}/sign`, endorse, async (c) => {
  const opened = await openLetter(c)
  return renderPage(c, <SignLetterPage frame={opened.frame} document={documentOf(opened)} state={emptyForm} />)
})

letterActRoutes.post(`${LETTER_PATH}/sign`, endorse, async (c) => {
  const opened = await openLetter(c)
  const seen = Number((await parseForm(c, LETTER_FORM_LIMITS)).text('version'))
  return settle(c, placeOf(opened.frame), () => signLetter(opened.deps, opened.actor, { ...opened.ref, seen }), '已签批', ({ problems }, status) =>
    renderPage(c, <SignLetterPage frame={opened.frame} document={documentOf(opened)} state={{ values: {}, errors: toErrors(problems, []) }} />, { status }),
  )
})

letterActRoutes.get(`${LETTER_PATH}/return`, endorse, async (c) => {
  const { frame, letter } = await openLetter(c)
  if (letter.status === 'issued' || letter.status === 'returned') throw new NotFound('可以退回的文书')
  return renderPage(c, <ReturnLetterPage frame={frame} state={emptyForm} />)
})

letterActRoutes.post(`${LETTER_PATH}/return`, endorse, async (c) => {
  const { deps, actor, ref, frame } = await openLetter(c)
  const form = await parseForm(c, LETTER_FORM_LIMITS)
  const seen = Number(form.text('version'))
  return settle(c, placeOf(frame), () => returnLetter(deps, actor, { ...ref, seen, reason: form.text('reason') }), '已退回起草人', ({ problems }, status) =>
    renderPage(c, <ReturnLetterPage frame={{ ...frame, version: seen }} state={{ values: form.fields, errors: toErrors(problems, ['reason']) }} />, { status }),
  )
})

letterActRoutes.get(`${LETTER_PATH}/resubmit`, handle, async (c) => {
  const { frame, letter } = await openLetter(c)
  if (letter.status !== 'returned') throw new NotFound('退回的文书')
  return renderPage(c, <ResubmitLetterPage frame={frame} state={emptyForm} />)
})

letterActRoutes.post(`${LETTER_PATH}/resubmit`, handle, async (c) => {
  const { deps, actor, ref, frame } = await openLetter(c)
  const form = await parseForm(c, LETTER_FORM_LIMITS)
  const seen = Number(form.text('version'))
  return settle(c, placeOf(frame), () => resubmitLetter(deps, actor, { ...ref, seen, remark: form.text('remark') }), '已送签', ({ problems }, status) =>
    renderPage(c, <ResubmitLetterPage frame={{ ...frame, version: seen }} state={{ values: form.fields, errors: toErrors(problems, ['remark']) }} />, { status }),
  )
})

const numberWords = ({ letter, source }: OpenLetter): string => {
  const { word, outcomes } = letterRule(letter.type)
  if (word === null) return '这件文书不编文号'
  const docNo = source.application.decision?.docNo ?? null
  return outcomes !== undefined && docNo !== null ? `文号为作出决定时所编的 ${docNo}` : `编定文号（${source.body.codeWord}公开${word}），依次不断`
}

letterActRoutes.get(`${LETTER_PATH}/issue`, handle, async (c) => {
  const opened = await openLetter(c)
  return renderPage(c, <IssueLetterPage frame={opened.frame} number={numberWords(opened)} state={emptyForm} />)
})

letterActRoutes.post(`${LETTER_PATH}/issue`, handle, async (c) => {
  const opened = await openLetter(c)
  const seen = Number((await parseForm(c, LETTER_FORM_LIMITS)).text('version'))
  return settle(c, placeOf(opened.frame), () => issueLetter(opened.deps, opened.actor, { ...opened.ref, seen }), '已发出，内容与文件已固定', ({ problems }, status) =>
    renderPage(c, <IssueLetterPage frame={opened.frame} number={numberWords(opened)} state={{ values: {}, errors: toErrors(problems, []) }} />, { status }),
  )
})

letterActRoutes.get(`${LETTER_PATH}/discard`, handle, async (c) => renderPage(c, <DiscardLetterPage frame={(await openLetter(c)).frame} state={emptyForm} />))

letterActRoutes.post(`${LETTER_PATH}/discard`, handle, async (c) => {
  const { deps, actor, ref, frame } = await openLetter(c)
  const seen = Number((await parseForm(c, LETTER_FORM_LIMITS)).text('version'))
  return settle(c, `/desk/applications/${ref.caseId}/letters`, () => discardLetter(deps, actor, { ...ref, seen }), '草稿已删去', ({ problems }, status) =>
    renderPage(c, <DiscardLetterPage frame={frame} state={{ values: {}, errors: toErrors(problems, []) }} />, { status }),
  )
})

function send(c: Context, bytes: Uint8Array, name: string, format: LetterFormat) {
  c.header('Content-Type', LETTER_FORMATS[format].type)
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  c.header('Cache-Control', 'no-store')
  return c.body(new Uint8Array(bytes))
}

letterActRoutes.get(`${LETTER_PATH}/draft/:format`, read, async (c) => {
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

letterActRoutes.get(`${LETTER_PATH}/files`, read, async (c) => {
  const { actor, bodyId, letter, frame } = await openLetter(c)
  requirePermission(actor, 'personal-data.read', bodyId)
  if (letter.issued === null) throw new NotFound('发出的文件')
  return renderPage(c, <LetterFilesPage frame={frame} state={emptyForm} />)
})

letterActRoutes.post(`${LETTER_PATH}/files`, read, async (c) => {
  const { deps, actor, ref, frame } = await openLetter(c)
  const form = await parseForm(c, LETTER_FORM_LIMITS)
  const format = form.text('format')
  const reason = form.text('reason')
  const again = (errors: FormState['errors']) => renderPage(c, <LetterFilesPage frame={frame} state={{ values: form.fields, errors }} />, { status: 422 })
  if (!isLetterFormat(format)) return again({ format: '请选择格式' })
  if (reason.length > 200) return again({ reason: '不超过 200 个字' })
  const result = await readIssuedFile(deps, actor, { ...ref, format, reason })
  return result.ok ? send(c, result.bytes, result.name, format) : again({ reason: result.message })
})
