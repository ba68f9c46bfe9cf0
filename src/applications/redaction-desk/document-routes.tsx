import { Hono } from 'hono'
import type { Context } from 'hono'
import { actorKey, can, listDisplayNames, permit, requirePermission, setFlash, takeFlash } from '../../identity/index.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId, newId } from '../../platform/id.ts'
import { addDocument } from './add-document.ts'
import { addLetter } from './add-letter.ts'
import { documentWarnings, listAnswerDocuments, reasonsOf } from './answer-documents.ts'
import { confirmDocument, produceDocument, provideWhole, refuseConfirming, removeDocument } from './change-document.ts'
import { ConfirmDocumentPage, RemoveDocumentPage, TakeDocumentPage } from './document-act-pages.tsx'
import { answerFile, answerTitle, DOCUMENT_TYPES, MOST_BYTES } from './document-files.ts'
import { documentHref, DOCUMENT_PATH, DOCUMENTS_PATH, openDocument, openDocuments } from './document-frame.ts'
import type { OpenDocument } from './document-frame.ts'
import { DocumentPage } from './document-page.tsx'
import { listDocuments } from './document-store.ts'
import { AddDocumentPage, documentsHref, DocumentsPage } from './documents-page.tsx'
import { markingRoutes } from './marking-routes.tsx'
import { takeDocument } from './read-document.ts'
import { settleDocument } from './settle-document.ts'

/** 工作台上答复所附的文件：列表、添加、标记、生成、核对、取用。挂在案件各步的路由之前。 */
export const answerDocumentRoutes = new Hono()
answerDocumentRoutes.route('/', markingRoutes)

const read = permit('application.read')
const handle = permit('application.handle')
const SMALL = { maxBytes: 64 * 1024, maxFields: 20 }
const UPLOAD = { maxBytes: MOST_BYTES + 1024 * 1024, maxFiles: 1, maxFields: 10 }

answerDocumentRoutes.get(DOCUMENTS_PATH, read, async (c) => {
  const { deps, actor, bodyId, caseId, regNo, application, frozen, keys } = await openDocuments(c)
  const documents = await listDocuments(deps.db, keys, bodyId, caseId)
  const canHandle = can(actor, 'application.handle', bodyId)
  return renderPage(
    c,
    <DocumentsPage
      {...{ caseId, regNo, canHandle, frozen }}
      documents={documents.map((document, i) => ({ ...document, marks: document.marks.length, title: answerTitle(i + 1) }))}
      warnings={documentWarnings(application, await listAnswerDocuments(deps.db, bodyId, caseId))}
      reasons={canHandle ? documents.flatMap((document, i) => reasonsOf(document, answerTitle(i + 1))) : []}
      flash={takeFlash(c)}
    />,
  )
})

const wrong = (values: FormState['values'], field: string, message: string): FormState => ({ values, errors: { [field]: message } })

async function addPage(c: Context, documentId: string, states: { upload?: FormState; letter?: FormState } = {}) {
  const { caseId, regNo } = await openDocuments(c)
  return renderPage(c, <AddDocumentPage {...{ caseId, regNo, documentId }} upload={states.upload ?? emptyForm} letter={states.letter ?? emptyForm} />, { status: Object.keys(states).length === 0 ? 200 : 422 })
}

answerDocumentRoutes.get(`${DOCUMENTS_PATH}/new`, handle, (c) => addPage(c, newId()))

const idIn = (text: string): string => (isId(text) ? text : newId())

answerDocumentRoutes.post(`${DOCUMENTS_PATH}/new`, handle, async (c) => {
  const { deps, actor, bodyId, caseId } = await openDocuments(c)
  const form = await parseForm(c, UPLOAD)
  const documentId = idIn(form.text('documentId'))
  const [file] = form.files
  if (file === undefined) return addPage(c, documentId, { upload: wrong(form.fields, 'file', '请选择一个文件') })
  const result = await addDocument(deps, actor, { bodyId, caseId, documentId, name: file.name || '未命名', bytes: file.bytes })
  if (!result.ok) return addPage(c, documentId, { upload: wrong(form.fields, 'file', `「${file.name.slice(0, 60)}」${result.message}`) })
  setFlash(c, { tone: 'ok', text: '已收下，加密存放' })
  return c.redirect(documentHref({ caseId, documentId }), 303)
})

answerDocumentRoutes.post(`${DOCUMENTS_PATH}/from-letter`, handle, async (c) => {
  const { deps, actor, bodyId, caseId } = await openDocuments(c)
  const form = await parseForm(c, SMALL)
  const documentId = idIn(form.text('documentId'))
  const result = await addLetter(deps, actor, { bodyId, caseId, documentId, docNo: form.text('docNo') })
  if (!result.ok) return addPage(c, documentId, { letter: wrong(form.fields, 'docNo', result.message) })
  setFlash(c, { tone: 'ok', text: '已取来，在数据里遮盖' })
  return c.redirect(documentHref({ caseId, documentId }), 303)
})

async function documentPage(c: Context, opened: OpenDocument, problem: { message: string; status: 409 | 422 } | null = null) {
  const { deps, actor, document, frame } = opened
  const people = await listDisplayNames(deps.db, [...document.editedBy, document.confirmed?.by ?? ''].filter(isId))
  const page = (
    <DocumentPage
      {...{ frame, document, people }}
      reasons={reasonsOf(document, frame.title)}
      whyNotConfirm={refuseConfirming(document, actorKey(actor))}
      flash={problem === null ? takeFlash(c) : { tone: 'error', text: problem.message }}
    />
  )
  return renderPage(c, page, { status: problem?.status ?? 200, ...(document.status === 'producing' ? { refreshSeconds: 2 } : {}) })
}

answerDocumentRoutes.get(DOCUMENT_PATH, handle, async (c) => documentPage(c, await openDocument(c)))

const seenIn = async (c: Context): Promise<number> => Number((await parseForm(c, SMALL)).text('version'))

for (const [step, act, done] of [
  ['whole', provideWhole, '已选定全文提供，请另一位经办人核对'],
  ['produce', produceDocument, '已交给后台生成'],
] as const) {
  answerDocumentRoutes.post(`${DOCUMENT_PATH}/${step}`, handle, async (c) => {
    const { deps, actor, ref, frame } = await openDocument(c)
    const seen = await seenIn(c)
    return settleDocument(c, documentHref(frame), () => act(deps, actor, { ...ref, seen }), done, async (message, status) => documentPage(c, await openDocument(c), { message, status }))
  })
}

async function confirmPage(c: Context, state: FormState, status: 200 | 409 | 422 = 200) {
  const { actor, document, frame } = await openDocument(c)
  const refusal = frame.frozen ?? refuseConfirming(document, actorKey(actor))
  return renderPage(c, <ConfirmDocumentPage {...{ frame, document, refusal, state }} file={answerFile(document)} reasons={reasonsOf(document, frame.title)} />, { status })
}

answerDocumentRoutes.get(`${DOCUMENT_PATH}/confirm`, handle, (c) => confirmPage(c, emptyForm))

answerDocumentRoutes.post(`${DOCUMENT_PATH}/confirm`, handle, async (c) => {
  const { deps, actor, ref, frame } = await openDocument(c)
  const form = await parseForm(c, SMALL)
  const seen = Number(form.text('version'))
  return settleDocument(c, documentHref(frame), () => confirmDocument(deps, actor, { ...ref, seen, hash: form.text('hash') }), '已核对', (message, status) => confirmPage(c, wrong({}, '', message), status))
})

answerDocumentRoutes.get(`${DOCUMENT_PATH}/remove`, handle, async (c) => renderPage(c, <RemoveDocumentPage frame={(await openDocument(c)).frame} state={emptyForm} />))

answerDocumentRoutes.post(`${DOCUMENT_PATH}/remove`, handle, async (c) => {
  const { deps, actor, ref } = await openDocument(c)
  const seen = await seenIn(c)
  return settleDocument(c, documentsHref(ref.caseId), () => removeDocument(deps, actor, { ...ref, seen }), '已删去', async (message, status) =>
    renderPage(c, <RemoveDocumentPage frame={(await openDocument(c)).frame} state={wrong({}, '', message)} />, { status }),
  )
})

const choicesFor = ({ document }: OpenDocument, canHandle: boolean) => [
  ...(answerFile(document) === null ? [] : [{ which: 'answer' as const, label: document.whole ? '提供的一份（原件全文）' : '遮盖件' }]),
  ...(canHandle && document.type !== 'letter' ? [{ which: 'original' as const, label: '原件' }] : []),
]

async function takePage(c: Context, opened: OpenDocument, state: FormState, status: 200 | 422 = 200) {
  const canHandle = can(opened.actor, 'application.handle', opened.bodyId)
  return renderPage(c, <TakeDocumentPage frame={opened.frame} choices={choicesFor(opened, canHandle)} {...{ canHandle, state }} />, { status })
}

answerDocumentRoutes.get(`${DOCUMENT_PATH}/files`, read, async (c) => takePage(c, await openDocument(c), emptyForm))

answerDocumentRoutes.post(`${DOCUMENT_PATH}/files`, read, async (c) => {
  const opened = await openDocument(c)
  const { deps, actor, ref, frame, bodyId } = opened
  const form = await parseForm(c, SMALL)
  const [which, reason] = [form.text('which') === 'original' ? 'original' : 'answer', form.text('reason')] as const
  requirePermission(actor, which === 'original' ? 'application.handle' : 'application.read', bodyId)
  const errors: Record<string, string> = {
    ...(reason.length < 2 || reason.length > 200 ? { reason: '请写明下载的事由，二至二百个字' } : {}),
    ...(choicesFor(opened, can(actor, 'application.handle', bodyId)).some((choice) => choice.which === which) ? {} : { which: '没有这一份' }),
  }
  if (Object.keys(errors).length > 0) return takePage(c, opened, { values: form.fields, errors }, 422)
  const { bytes, type } = await takeDocument(deps, actor, { ...ref, which, reason })
  const { mime, suffix } = DOCUMENT_TYPES[type]
  c.header('Content-Type', mime)
  // 不在浏览器里打开：内容由外人制作
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${frame.title}${which === 'original' ? '（原件）' : ''}.${suffix}`)}`)
  c.header('Cache-Control', 'no-store')
  return c.body(Uint8Array.from(bytes))
})
