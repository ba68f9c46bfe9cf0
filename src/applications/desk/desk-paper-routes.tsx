import { Hono } from 'hono'
import type { Context } from 'hono'
import { permit, setFlash, signedIn } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { DateField, DeskPage, FileField, Form, SelectField, Sheet, TextArea, emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId, newId } from '../../platform/id.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import { ACCEPT, paperSize, paperWords } from '../citizen/apply-pages.tsx'
import { attachPapers, DESK_PAPER_KINDS, DESK_UPLOAD, dropIntakePaper, holdPapers, listHeldPapers, mayAttach } from '../intake/intake-papers.ts'
import { KeptPapers } from '../intake/intake-pages.tsx'
import { listPapers, PAPER_KINDS } from '../papers/paper-store.ts'
import { getApplication } from '../queries.ts'
import { readPaper } from '../papers/read-paper.ts'
import { PAPER_TYPES } from '../papers/sniff-paper.ts'

/** 案件的材料：附上；填事由方可下载，留痕；挂在 requireSignIn 之后。 */
export const deskPaperRoutes = new Hono()

const NEW = '/desk/applications/:id/attach'
const PAPER = '/desk/applications/:id/papers/:paperId'
const SMALL = { maxBytes: 16 * 1024, maxFields: 10 }

function idsOf(c: Context): { bodyId: string; caseId: string; paperId: string } {
  const [caseId, paperId] = [c.req.param('id') ?? '', c.req.param('paperId') ?? '']
  if (!isId(caseId) || !isId(paperId)) throw new NotFound('这份材料')
  return { bodyId: signedIn(c).actor.bodyId, caseId, paperId }
}

async function newPage(c: Context, { formId, state, status = 422 }: { formId: string; state: FormState; status?: 200 | 422 }) {
  const { deps, actor } = signedIn(c)
  const caseId = c.req.param('id') ?? ''
  if (!isId(caseId)) throw new NotFound('这件申请')
  const { state: a } = await getApplication(deps.db, actor.bodyId, caseId)
  if (!mayAttach(a.status)) throw new NotFound('可以附材料的申请')
  const back = `/desk/applications/${caseId}`
  const held = await listHeldPapers(deps, actor, { bodyId: actor.bodyId, formId })
  return renderPage(
    c,
    <DeskPage
      title={`${a.regNo} 附材料`}
      heading="附材料"
      crumbs={[{ label: '在办申请', href: '/desk/applications' }, { label: a.regNo, href: back }]}
      lead="加密存放，下载须填事由并留痕；附上之后不能去掉。"
    >
      <Sheet>
        <Form action={`${back}/attach`} submit="附上" cancel={{ href: back }} hidden={{ formId }} state={state} multipart keepsFiles>
          <SelectField name="kind" label="种类" required options={DESK_PAPER_KINDS.map((value) => ({ value, label: PAPER_KINDS[value] }))} />
          <DateField name="givenOn" label="收到或者形成之日" required value={deps.clock.today()} max={deps.clock.today()} />
          <KeptPapers papers={held} words={paperSize} />
          <FileField name="files" label={held.length === 0 ? '文件' : '再加文件'} required={held.length === 0} accept={ACCEPT} multiple hint="PDF、DOCX、JPEG、PNG，可以选几份，每份不超过 10 MB" />
        </Form>
      </Sheet>
    </DeskPage>,
    { status },
  )
}

deskPaperRoutes.get(NEW, permit('application.handle'), (c) => newPage(c, { formId: newId(), state: emptyForm, status: 200 }))

deskPaperRoutes.post(NEW, permit('application.handle'), async (c) => {
  const { deps, actor } = signedIn(c)
  const caseId = c.req.param('id') ?? ''
  if (!isId(caseId)) throw new NotFound('这件申请')
  await getApplication(deps.db, actor.bodyId, caseId)
  const form = await parseForm(c, DESK_UPLOAD)
  const { bodyId } = actor
  const given = form.text('formId')
  const formId = isId(given) ? given : newId()
  // 先存下文件：下面不论何处填错，都不必再传
  const wrongFiles = await holdPapers(deps, actor, { bodyId, caseId, formId, files: form.files })
  const again = (errors: FormState['errors'], status: 200 | 422 = 422) => newPage(c, { formId, state: { values: form.fields, errors }, status })
  const removed = form.text('remove')
  if (isId(removed)) {
    await dropIntakePaper(deps, actor, { bodyId, caseId: formId, paperId: removed })
    return again(wrongFiles, 200)
  }
  const kind = DESK_PAPER_KINDS.find((each) => each === form.text('kind'))
  const givenOn = form.text('givenOn')
  const wrong = {
    ...(kind === undefined ? { kind: '请选择种类' } : {}),
    ...(!isPlainDate(givenOn) || givenOn > deps.clock.today() ? { givenOn: '请填写真实的日期，不晚于今日' } : {}),
    ...wrongFiles,
  }
  if (kind === undefined || Object.keys(wrong).length > 0) return again(wrong)
  const result = await attachPapers(deps, actor, { bodyId, caseId, formId, kind, givenOn })
  if (!result.ok) return again(result.errors)
  setFlash(c, { tone: 'ok', text: `已附上 ${result.count} 份` })
  return c.redirect(`/desk/applications/${caseId}`, 303)
})

async function paperPage(c: Context, state: FormState) {
  const { deps } = signedIn(c)
  const { bodyId, caseId, paperId } = idsOf(c)
  const { state: a } = await getApplication(deps.db, bodyId, caseId)
  const paper = (await listPapers(deps.db, bodyId, caseId)).find((each) => each.paperId === paperId)
  if (paper === undefined) throw new NotFound('这份材料')
  const back = `/desk/applications/${caseId}`
  return renderPage(
    c,
    <DeskPage
      title={`${a.regNo} 下载材料`}
      heading="下载材料"
      crumbs={[{ label: '在办申请', href: '/desk/applications' }, { label: a.regNo, href: back }]}
      lead={`${paperWords(paper)}，${paper.givenOn} ${paper.addedBy === null ? '申请人交来' : '附上'}。只在办理本件所必需时下载；谁、何时、因何下载都留痕。`}
    >
      <Form action={`${back}/papers/${paperId}`} submit="下载" cancel={{ href: back }} state={state}>
        <TextArea name="reason" label="事由" required rows={2} maxLength={200} hint="如：核对申请人的身份。不写申请人的姓名、电话" />
      </Form>
    </DeskPage>,
    { status: state === emptyForm ? 200 : 422 },
  )
}

deskPaperRoutes.get(PAPER, permit('personal-data.read'), (c) => paperPage(c, emptyForm))

deskPaperRoutes.post(PAPER, permit('personal-data.read'), async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, SMALL)
  const reason = form.text('reason')
  if (reason.length < 2 || reason.length > 200) return paperPage(c, { values: form.fields, errors: { reason: '请写明下载的事由，二至二百个字' } })
  const paper = await readPaper(deps, actor, { ...idsOf(c), reason })
  c.header('Content-Type', PAPER_TYPES[paper.type].mime)
  // 不在浏览器里打开：内容由外人交来
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(paper.name)}`)
  return c.body(Uint8Array.from(paper.bytes))
})
