import { Hono } from 'hono'
import type { Context } from 'hono'
import { permit, signedIn } from '../identity/index.ts'
import { NotFound } from '../platform/errors.ts'
import { DeskPage, Form, TextArea, emptyForm, renderPage } from '../platform/html/index.ts'
import type { FormState } from '../platform/html/index.ts'
import { parseForm } from '../platform/http/index.ts'
import { isId } from '../platform/id.ts'
import { paperWords } from './apply-pages.tsx'
import { listPapers } from './paper-store.ts'
import { getApplication } from './queries.ts'
import { readPaper } from './read-paper.ts'
import { PAPER_TYPES } from './sniff-paper.ts'

/** 申请人交来的材料：填事由方可下载，留痕；挂在 requireSignIn 之后。 */
export const deskPaperRoutes = new Hono()

const PAPER = '/desk/applications/:id/papers/:paperId'
const SMALL = { maxBytes: 16 * 1024, maxFields: 10 }

function idsOf(c: Context): { bodyId: string; caseId: string; paperId: string } {
  const [caseId, paperId] = [c.req.param('id') ?? '', c.req.param('paperId') ?? '']
  if (!isId(caseId) || !isId(paperId)) throw new NotFound('这份材料')
  return { bodyId: signedIn(c).actor.bodyId, caseId, paperId }
}

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
      heading="下载申请人交来的材料"
      crumbs={[{ label: '在办申请', href: '/desk/applications' }, { label: a.regNo, href: back }]}
      lead={`${paperWords(paper)}，${paper.givenOn} 交来。只在办理本件所必需时下载；谁、何时、因何下载都留痕。`}
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
