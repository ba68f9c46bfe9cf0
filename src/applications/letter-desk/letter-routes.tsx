import { Hono } from 'hono'
import type { Context } from 'hono'
import { getSetting } from '../../bodies/index.ts'
import { can, listDisplayNames, permit, setFlash, takeFlash } from '../../identity/index.ts'
import { dayInBeijing } from '../../platform/clock.ts'
import { sqlState } from '../../platform/connect.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId, newId } from '../../platform/id.ts'
import { isLetterId } from '../letters/letters.ts'
import type { LetterId } from '../letters/letters.ts'
import { rankInMonth } from '../find-duplicates.ts'
import { attachmentFields } from '../redaction-desk/answer-documents.ts'
import { isStale } from './compose-draft.ts'
import type { Refused } from './compose-draft.ts'
import { draftLetter } from './draft-letter.ts'
import { CHANGED } from './issue-letter.ts'
import { letterActRoutes } from './letter-act-routes.tsx'
import { LetterFormPage } from './letter-form-page.tsx'
import { citedNumber, firstConsultation, readLetterForm, toErrors, toLetterForm } from './letter-form.ts'
import { LetterListPage } from './letter-list-page.tsx'
import { LetterPage, ParagraphsPage, placeOf } from './letter-pages.tsx'
import { listLetters } from './letter-store.ts'
import type { LetterContent } from './letter-store.ts'
import { listOffers } from './list-offers.ts'
import { documentOf, LETTER_FORM_LIMITS, LETTER_PATH, LETTERS_PATH, openCase, openLetter } from './open-letter.ts'
import type { OpenLetter } from './open-letter.ts'
import { reviseLetter } from './revise-letter.ts'
import { settle } from './settle.ts'
import { wordingRoutes } from './wording-routes.tsx'
import { letterHints } from './to-letter-hints.ts'
import { listRemarks } from './letter-remarks.ts'
import { keysOf } from './letter-source.ts'
import { refuseReturning } from './return-letter.ts'
import { refuseSigning } from './sign-letter.ts'

/** 工作台的文书：列表、起草、全文、修改；其余各步在 `letterActRoutes`。挂在案件各步的路由之前。 */
export const letterRoutes = new Hono()
letterRoutes.route('/', letterActRoutes)
letterRoutes.route('/', wordingRoutes)

const read = permit('application.read')
const handle = permit('application.handle')
const NEW = `${LETTERS_PATH}/new/:type`

letterRoutes.get(LETTERS_PATH, read, async (c) => {
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

function newPage(c: Context, { caseId, regNo, source }: Opened, type: LetterId, letterId: string, content: Pick<LetterContent, 'recipient' | 'fields' | 'consultation'>, more: { values: FormState['values']; refused: Refused } | null) {
  const form = toLetterForm(source, type, content)
  const names = ['recipient', ...form.fields.map(({ name }) => name)]
  const state = more === null ? emptyForm : { values: more.values, errors: toErrors(more.refused.problems, names) }
  const to = `/desk/applications/${caseId}/letters`
  return renderPage(c, <LetterFormPage {...{ caseId, regNo, form, state }} hidden={{ letterId }} action={`${to}/new/${type}`} cancel={to} verb="起草" />, { status: more === null ? 200 : 422 })
}

/** 起草时先填好的：收费通知书的缴纳方式取自设置，可以再改。 */
async function usualFields({ deps, bodyId, source }: Opened, type: LetterId): Promise<Record<string, string>> {
  if (type !== 'L12') return {}
  const payHow = await getSetting(deps.db, bodyId, 'feePayment')
  const { fee } = source.application
  return { ...(payHow === '' ? {} : { payHow }), ...(fee?.mode == null ? {} : { mode: fee.mode }) }
}

/** 按件计收的，本月的件数照收费试算填好，可以再改。 */
async function countedFields({ deps, bodyId, caseId }: Opened, type: LetterId): Promise<Record<string, string>> {
  if (type !== 'L12') return {}
  const rank = await rankInMonth(deps.db, bodyId, caseId)
  return { countBefore: String(rank - 1), count: String(rank) }
}

letterRoutes.get(NEW, handle, async (c) => {
  const type = typeIn(c)
  const opened = await openCase(c)
  const letters = await listLetters(opened.deps.db, opened.bodyId, opened.caseId)
  const asked = c.req.query('consultation') ?? firstConsultation(opened.source, type)
  return newPage(c, opened, type, newId(), { recipient: '', fields: { ...citedNumber(type, letters), ...(await usualFields(opened, type)), ...(await countedFields(opened, type)), ...(await attachmentFields(opened.deps.db, opened.bodyId, opened.caseId, type)) }, ...(asked === undefined ? {} : { consultation: asked }) }, null)
})

letterRoutes.post(NEW, handle, async (c) => {
  const type = typeIn(c)
  const opened = await openCase(c)
  const { deps, actor, bodyId, caseId } = opened
  const form = await parseForm(c, LETTER_FORM_LIMITS)
  const given = form.text('letterId')
  const letterId = isId(given) ? given : newId()
  const filled = readLetterForm(type, form.text)
  const content = { ...filled, fields: { ...(await countedFields(opened, type)), ...filled.fields } }
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

letterRoutes.get(LETTER_PATH, read, async (c) => {
  const opened = await openLetter(c)
  const { deps, actor, bodyId, letter, draft, source, frame } = opened
  const mayJudge = can(actor, 'application.endorse', bodyId)
  const mayHandle = can(actor, 'application.handle', bodyId)
  // 往返的意见只给经办与签批的人看
  const remarks = mayHandle || mayJudge ? await listRemarks(deps.db, keysOf(deps), bodyId, letter.letterId) : []
  const people = await listDisplayNames(deps.db, [...letter.draftedBy, ...remarks.map(({ by }) => by), letter.signed?.by ?? '', letter.issued?.by ?? ''].filter(isId))
  const named = (key: string): string => people.get(key) ?? key
  const stale = letter.issued === null && isStale(source, letter)
  const mayApprove = mayJudge && (letter.status === 'draft' || (letter.status === 'signed' && stale))
  const refusal = refuseSigning(letter, actor, source)
  const facts: (readonly [string, string])[] = [
    ['起草与修改', letter.draftedBy.map(named).join('、')],
    ...(letter.signed === null ? [] : [['签批', named(letter.signed.by)] as const]),
    ...(letter.issued === null ? [] : [['发出', `${letter.issued.on} ${named(letter.issued.by)}`] as const, ['成文之日', letter.issued.model.letter.on] as const, ['文号', letter.docNo ?? '不编号'] as const]),
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
      hash={letter.issued?.hash ?? null}
      remarks={remarks.map(({ kind, text, by, at }) => ({ on: dayInBeijing(at), text: `${kind === 'returned' ? '退回' : '再送签'}：${text === '' ? '没有另作说明' : text}`, note: named(by), tone: kind === 'returned' ? 'late' : 'plain' }))}
      hints={letterHints(opened, letter.letterId)}
      can={{ revise: mayHandle && letter.status !== 'issued', sendBack: mayJudge && refuseReturning(letter, actor, source) === null, resubmit: mayHandle && letter.status === 'returned' && draft?.ok === true, sign: mayApprove && refusal === null && draft?.ok === true, issue: mayHandle && letter.status === 'signed' && !stale && draft?.ok === true, take: letter.status === 'issued' && can(actor, 'personal-data.read', bodyId) }}
      whyNotSign={mayApprove ? refusal : null}
      flash={takeFlash(c)}
    />,
  )
})

function fieldsPage(c: Context, { caseId, regNo, source, letter, frame }: OpenLetter, content: Pick<LetterContent, 'recipient' | 'fields' | 'consultation'>, seen: string, state: FormState, status: 200 | 409 | 422) {
  const form = toLetterForm(source, letter.type, content)
  return renderPage(c, <LetterFormPage {...{ caseId, regNo, form, state }} hidden={{ version: seen }} action={`${placeOf(frame)}/fields`} cancel={placeOf(frame)} verb="修改" />, { status })
}

letterRoutes.get(`${LETTER_PATH}/fields`, handle, async (c) => {
  const opened = await openLetter(c)
  if (opened.letter.status === 'issued') throw new NotFound('可以修改的草稿')
  return fieldsPage(c, opened, opened.letter.content, String(opened.letter.version), emptyForm, 200)
})

letterRoutes.post(`${LETTER_PATH}/fields`, handle, async (c) => {
  const opened = await openLetter(c)
  const form = await parseForm(c, LETTER_FORM_LIMITS)
  const content = readLetterForm(opened.letter.type, form.text)
  const seen = Number(form.text('version'))
  return settle(
    c,
    placeOf(opened.frame),
    () => reviseLetter(opened.deps, opened.actor, { ...opened.ref, seen, revision: { kind: 'fields', ...content } }),
    '已修改，请核对全文',
    ({ problems }, status) => {
      const names = ['recipient', ...toLetterForm(opened.source, opened.letter.type, content).fields.map(({ name }) => name)]
      return fieldsPage(c, opened, content, form.text('version'), { values: form.fields, errors: toErrors(problems, names) }, status)
    },
  )
})

letterRoutes.get(`${LETTER_PATH}/paragraphs`, handle, async (c) => {
  const { letter, draft, frame } = await openLetter(c)
  const paragraphs = draft?.ok === true ? draft.letter.paragraphs : letter.content.edited?.paragraphs
  if (letter.status === 'issued' || paragraphs === undefined) throw new NotFound('可以修改的正文')
  return renderPage(c, <ParagraphsPage frame={frame} paragraphs={paragraphs} state={emptyForm} />)
})

const MOST_PARAGRAPHS = 200
const MOST_BODY = 20_000

letterRoutes.post(`${LETTER_PATH}/paragraphs`, handle, async (c) => {
  const opened = await openLetter(c)
  const form = await parseForm(c, LETTER_FORM_LIMITS)
  const text = form.text('paragraphs')
  const paragraphs = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '')
  const again = ({ problems }: Refused, status: 409 | 422) =>
    renderPage(c, <ParagraphsPage frame={{ ...opened.frame, version: Number(form.text('version')) }} paragraphs={[]} state={{ values: form.fields, errors: toErrors(problems, ['paragraphs']) }} />, { status })
  const restore = form.text('restore') === 'yes'
  const wrong = paragraphs.length === 0 ? '请填写正文' : paragraphs.length > MOST_PARAGRAPHS || text.length > MOST_BODY ? `不超过 ${MOST_PARAGRAPHS} 段、${MOST_BODY} 字` : null
  if (!restore && wrong !== null) return again({ ok: false, problems: [{ field: 'paragraphs', label: '', message: wrong }] }, 422)
  const revision = { kind: 'paragraphs', paragraphs: restore ? null : paragraphs } as const
  return settle(c, placeOf(opened.frame), () => reviseLetter(opened.deps, opened.actor, { ...opened.ref, seen: Number(form.text('version')), revision }), restore ? '已恢复系统拟成的正文' : '正文已改，核对没有错误', again)
})
