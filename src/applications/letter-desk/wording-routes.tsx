import { Hono } from 'hono'
import type { Context } from 'hono'
import { listDisplayNames, permit, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { previewInput, refuseWording, toShownWording, toStoredWording } from '../letters/check-wording.ts'
import { composeLetter } from '../letters/compose-letter.ts'
import { toLetterDocument } from '../letters/letter-document.ts'
import { PLACEHOLDERS } from '../letters/letter-rule.ts'
import type { FreePart } from '../letters/letter-rule.ts'
import { isLetterId, LETTER_IDS, letterRule } from '../letters/letters.ts'
import type { LetterId } from '../letters/letters.ts'
import { getLetterBody } from './letter-source.ts'
import { setWording } from './set-wording.ts'
import { ResetWordingPage, WORDING, WordingListPage, WordingPage, wordsField } from './wording-pages.tsx'
import type { WordingModel, WordingPart } from './wording-pages.tsx'
import { listOwnWordings, toWordings } from './wording-store.ts'

/** 工作台的文书用语：列表，一种文书一页，改、先看样例、恢复默认。 */
export const wordingRoutes = new Hono()

const word = permit('letter.word')
const LETTER = `${WORDING}/:letter`
const PART = `${LETTER}/:part`
const LIMITS = { maxBytes: 16 * 1024, maxFields: 10 }
const TAKEN = '他人刚才改过这一处。请另开一页看最新的，确认之后再存；您填写的都在。'

wordingRoutes.get(WORDING, word, async (c) => {
  const { deps, actor } = signedIn(c)
  const own = await listOwnWordings(deps.db, actor.bodyId)
  const people = await listDisplayNames(deps.db, own.map(({ by }) => by).filter(isId))
  const rows = LETTER_IDS.map((id) => {
    const { title, free } = letterRule(id)
    const touched = own.filter(({ letter }) => letter === id)
    const last = touched.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]
    return {
      id,
      title,
      parts: free.map(({ label }) => label),
      own: free.filter(({ part }) => touched.some((one) => one.part === part && one.text !== null)).map(({ label }) => label),
      changed: last === undefined ? null : { at: last.at, by: people.get(last.by) ?? '' },
    }
  })
  return renderPage(c, <WordingListPage rows={rows} flash={takeFlash(c)} />)
})

function letterIn(c: Context): LetterId {
  const id = c.req.param('letter') ?? ''
  if (!isLetterId(id)) throw new NotFound('这种文书')
  return id
}

function partIn(c: Context): { id: LetterId; part: FreePart } {
  const id = letterIn(c)
  const part = letterRule(id).free.find((each) => each.part === c.req.param('part'))
  if (part === undefined) throw new NotFound('这一处')
  return { id, part }
}

/** 一种文书现在的各处，与自己的话。 */
async function open(c: Context, id: LetterId) {
  const { deps, actor } = signedIn(c)
  const all = await listOwnWordings(deps.db, actor.bodyId)
  const own = all.filter(({ letter }) => letter === id)
  const people = await listDisplayNames(deps.db, own.map(({ by }) => by).filter(isId))
  const parts = letterRule(id).free.map((free): WordingPart => {
    const found = own.find(({ part }) => part === free.part)
    return {
      part: free.part,
      label: free.label,
      hint: free.hint,
      usual: toShownWording(free.text),
      own: found?.text == null ? null : toShownWording(found.text),
      version: found?.version ?? 0,
      changed: found === undefined ? null : { at: found.at, by: people.get(found.by) ?? '' },
      placeholders: free.uses.map((key) => PLACEHOLDERS[key]),
    }
  })
  return { deps, actor, parts, wording: toWordings(all)[id] ?? {} }
}

async function letterPage(c: Context, id: LetterId, { given = null, trial = {}, status = 200 }: { given?: WordingModel['given']; trial?: Readonly<Record<string, string>>; status?: 200 | 409 | 422 } = {}) {
  const { deps, actor, parts, wording } = await open(c, id)
  const { body, demo } = await getLetterBody(deps.db, actor.bodyId)
  const composed = composeLetter(previewInput(id, body, { ...wording, ...trial }))
  if (!composed.ok) throw new Error(`《${letterRule(id).title}》的样例拟不成`)
  const preview = toLetterDocument(composed.letter, body, demo)
  return renderPage(c, <WordingPage id={id} title={letterRule(id).title} {...{ parts, preview, given }} unsaved={Object.keys(trial).length > 0} flash={takeFlash(c)} />, { status })
}

wordingRoutes.get(LETTER, word, (c) => letterPage(c, letterIn(c)))

wordingRoutes.post(PART, word, async (c) => {
  const { deps, actor } = signedIn(c)
  const { id, part } = partIn(c)
  const form = await parseForm(c, LIMITS)
  const shown = form.text(wordsField(part.part))
  const again = (message: string, status: 409 | 422) => letterPage(c, id, { given: { part: part.part, state: { values: form.fields, errors: { [wordsField(part.part)]: message } } }, status })
  if (form.text('act') === 'preview') {
    const text = toStoredWording(shown)
    const refusal = text === part.text ? null : refuseWording(id, part, text, (await open(c, id)).wording)
    if (refusal !== null) return again(refusal, 422)
    return letterPage(c, id, { given: { part: part.part, state: { values: form.fields, errors: {} } }, trial: { [part.part]: text } })
  }
  try {
    const result = await setWording(deps, actor, { bodyId: actor.bodyId, letter: id, part: part.part, shown, seen: seenIn(form.text('version')) })
    if (!result.ok) return await again(result.message, 422)
    setFlash(c, { tone: 'ok', text: result.text === null ? `「${part.label}」用默认的话` : `已保存「${part.label}」，以后拟的文书即用` })
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return again(TAKEN, 409)
  }
  return c.redirect(`${WORDING}/${id}`, 303)
})

const seenIn = (text: string): number => (/^\d{1,6}$/.test(text) ? Number(text) : 0)

async function resetPage(c: Context, state = emptyForm) {
  const { id, part } = partIn(c)
  const found = (await open(c, id)).parts.find((each) => each.part === part.part)
  if (found === undefined || (found.own === null && state === emptyForm)) throw new NotFound('改过的这一处')
  return renderPage(c, <ResetWordingPage id={id} title={letterRule(id).title} part={found} state={state} />, { status: state === emptyForm ? 200 : 409 })
}

wordingRoutes.get(`${PART}/reset`, word, (c) => resetPage(c))

wordingRoutes.post(`${PART}/reset`, word, async (c) => {
  const { deps, actor } = signedIn(c)
  const { id, part } = partIn(c)
  const form = await parseForm(c, LIMITS)
  try {
    await setWording(deps, actor, { bodyId: actor.bodyId, letter: id, part: part.part, shown: null, seen: seenIn(form.text('version')) })
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return resetPage(c, { values: {}, errors: { '': TAKEN } })
  }
  setFlash(c, { tone: 'ok', text: `「${part.label}」已恢复默认` })
  return c.redirect(`${WORDING}/${id}`, 303)
})
