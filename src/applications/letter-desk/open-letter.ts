import type { Context } from 'hono'
import { can, signedIn } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { isId } from '../../platform/id.ts'
import { letterRule } from '../letters/letters.ts'
import { getApplication } from '../queries.ts'
import { composeDraft } from './compose-draft.ts'
import { draftDocument, issuedDocument } from './letter-files.ts'
import { getLetterSource, keysOf, maskLetter } from './letter-source.ts'
import { getLetter } from './letter-store.ts'

export const LETTER_FORM_LIMITS = { maxBytes: 256 * 1024, maxFields: 60 }
export const LETTERS_PATH = '/desk/applications/:id/letters'
export const LETTER_PATH = `${LETTERS_PATH}/:letter`

/** 这件申请与拟文书所凭的；没有抛 `NotFound`。 */
export async function openCase(c: Context) {
  const { deps, actor } = signedIn(c)
  const caseId = c.req.param('id') ?? ''
  if (!isId(caseId)) throw new NotFound('这件申请')
  const { bodyId } = actor
  const { state } = await getApplication(deps.db, bodyId, caseId)
  return { deps, actor, bodyId, caseId, regNo: state.regNo, source: await getLetterSource(deps.db, deps, bodyId, caseId) }
}

/** 一件文书、照现在拟成的（发出的取其固定的）与屏幕上显示的；没有抛 `NotFound`。 */
export async function openLetter(c: Context) {
  const opened = await openCase(c)
  const { deps, actor, bodyId, caseId, source, regNo } = opened
  const letterId = c.req.param('letter') ?? ''
  if (!isId(letterId)) throw new NotFound('这件文书')
  const letter = await getLetter(deps.db, keysOf(deps), bodyId, caseId, letterId)
  if (letter.status === 'issued' && letter.issued === null) throw new NotFound('文书的内容（案件已去标识化，内容只在档案包里）')
  const seesPersonal = can(actor, 'personal-data.read', bodyId)
  const draft = letter.issued === null ? composeDraft(source, letter.type, letter.content) : null
  const title = letter.issued?.model.letter.title ?? (draft?.ok === true ? draft.letter.title : letterRule(letter.type).title)
  const model = letter.issued?.model ?? (draft?.ok === true ? { letter: draft.letter, body: { name: source.body.name, codeWord: source.body.codeWord }, demo: source.demo } : null)
  const shown = model === null ? null : { ...model, letter: maskLetter(model.letter, source, seesPersonal) }
  return { ...opened, letter, draft, shown, frame: { caseId, regNo, letterId, title, version: letter.version }, ref: { bodyId, caseId, letterId } }
}
export type OpenLetter = Awaited<ReturnType<typeof openLetter>>

/** 屏幕上的全文：未发出的标明草稿；拟不成为 null。 */
export const documentOf = ({ shown, letter }: OpenLetter) => (shown === null ? null : letter.issued === null ? draftDocument(shown) : issuedDocument(shown))
