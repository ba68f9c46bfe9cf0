import { Hono } from 'hono'
import type { Context } from 'hono'
import { PAPER_TYPES } from '../../applications/index.ts'
import { record } from '../../audit/index.ts'
import { getBody } from '../../bodies/index.ts'
import { MissingGlyphs, toDocx, toPdf } from '../../documents/index.ts'
import type { Document } from '../../documents/index.ts'
import { permit, requirePermission } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { NotFound } from '../../platform/errors.ts'
import { DeskPage, emptyForm, Form, RadioGroup, renderPage, Sheet, TextArea } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { ANSWER_TYPES, getAnswer, listAnswers } from '../answer/answer-store.ts'
import { readEvidenceFile } from '../evidence/evidence-acts.ts'
import { toEvidenceDocument } from '../evidence/evidence-document.ts'
import { getEvidence, listEvidence } from '../evidence/evidence-store.ts'
import { LIST } from './case-page.tsx'
import { openHere } from './desk-routes.tsx'
import { hrefOf, HOME } from './hrefs.ts'

/** 打印、取用：证据目录、签发的答复书与答辩状、上传的证据；都须填事由，留痕。 */
export const fileRoutes = new Hono()

const FILES = `${HOME}/:id/files`
const take = permit('personal-data.read')
const LIMITS = { maxBytes: 16 * 1024, maxFields: 10 }
const FORMATS = { pdf: { label: 'PDF', mime: 'application/pdf' }, docx: { label: 'DOCX（可以再编辑）', mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' } } as const
const EVIDENCE = 'evidence'

type Wanted = { kind: 'list' } | { kind: 'answer'; letterId: string; title: string } | { kind: 'file'; evidenceId: string; title: string }

/** 地址里要取用的是什么；没有的抛 `NotFound`。 */
async function wantedHere(c: Context) {
  const here = await openHere(c)
  const { deps, bodyId, caseId, actor } = here
  requirePermission(actor, 'review.read', bodyId)
  const what = c.req.query('what') ?? ''
  const found = async (): Promise<Wanted> => {
    if (what === EVIDENCE) return { kind: 'list' }
    if (!isId(what)) throw new NotFound('可以取用的文件')
    const answer = (await listAnswers(deps.db, bodyId, caseId)).find(({ letterId, status }) => letterId === what && status === 'issued')
    if (answer !== undefined) return { kind: 'answer', letterId: what, title: answer.docNo ?? ANSWER_TYPES[answer.type].title }
    const { content } = await getEvidence(deps.db, fieldKeys(deps.config.secretKey), { bodyId, caseId, evidenceId: what })
    return { kind: 'file', evidenceId: what, title: content.name }
  }
  return { ...here, what, wanted: await found() }
}
type Here = Awaited<ReturnType<typeof wantedHere>>

const titleOf = (wanted: Wanted): string => (wanted.kind === 'list' ? '证据目录' : wanted.title)

function filesPage(c: Context, { caseId, caseNo, what, wanted }: Here, state: FormState) {
  const back = hrefOf(caseId)
  return renderPage(
    c,
    <DeskPage title={`取用 ${titleOf(wanted)}`} heading={`取用：${titleOf(wanted)}`} crumbs={[...LIST, { label: caseNo, href: back }]} lead="其中可能有当事人的姓名：谁、何时、因何取用都留痕。">
      <Sheet>
        <Form action={`${back}/files?what=${what}`} submit="下载" cancel={{ href: back }} state={state}>
          {wanted.kind !== 'file' && <RadioGroup name="format" label="格式" required value="pdf" options={Object.entries(FORMATS).map(([value, { label }]) => ({ value, label }))} />}
          <TextArea name="reason" label="事由" required rows={2} maxLength={200} hint="如：打印盖章后提交。不写当事人的姓名、电话" />
        </Form>
      </Sheet>
    </DeskPage>,
    { status: state === emptyForm ? 200 : 422 },
  )
}

fileRoutes.get(FILES, take, async (c) => filesPage(c, await wantedHere(c), emptyForm))

fileRoutes.post(FILES, take, async (c) => {
  const here = await wantedHere(c)
  const form = await parseForm(c, LIMITS)
  const reason = form.text('reason')
  if (reason.length < 2 || reason.length > 200) return filesPage(c, here, { values: form.fields, errors: { reason: '请写明取用的事由，二至二百个字' } })
  const { deps, actor, bodyId, caseId, wanted } = here
  if (wanted.kind === 'file') {
    const { name, type, bytes } = await readEvidenceFile(deps, actor, { bodyId, caseId, evidenceId: wanted.evidenceId, reason })
    return download(c, bytes, { name: `${name}.${type}`, mime: PAPER_TYPES[type].mime })
  }
  const format = form.text('format') === 'docx' ? 'docx' : 'pdf'
  try {
    const document = await documentOf(here)
    const bytes = await (format === 'pdf' ? toPdf(document) : toDocx(document))
    await transaction(deps.db, (tx) => record(tx, actor, 'personal-data.read', { bodyId, target: caseId }, { reason, taken: wanted.kind === 'list' ? 'evidence-list' : wanted.letterId }))
    return download(c, bytes, { name: `${titleOf(wanted)}.${format}`, mime: FORMATS[format].mime })
  } catch (error) {
    if (!(error instanceof MissingGlyphs)) throw error
    return filesPage(c, here, { values: form.fields, errors: { format: `有的字没有字形，做不成 PDF：${error.message}` } })
  }
})

async function documentOf({ deps, bodyId, caseId, caseNo, opened, wanted }: Here): Promise<Document> {
  const keys = fieldKeys(deps.config.secretKey)
  if (wanted.kind === 'answer') {
    const { issued } = await getAnswer(deps.db, keys, { bodyId, caseId, letterId: wanted.letterId })
    if (issued === null) throw new NotFound('签发的文书')
    return issued.model
  }
  const body = await getBody(deps.db, bodyId)
  const evidence = await listEvidence(deps.db, keys, { bodyId, caseId })
  const organ = (opened.kind === 'review' ? opened.state.facts.authority : opened.state.facts.court) ?? ''
  return toEvidenceDocument({ caseNo, organ, bodyName: body.name, evidence, on: evidence.findLast(({ submittedOn }) => submittedOn !== null)?.submittedOn ?? deps.clock.today(), demo: body.demo })
}

function download(c: Context, bytes: Uint8Array, { name, mime }: { name: string; mime: string }) {
  c.header('Content-Type', mime)
  // 不在浏览器里打开：内容可能由外人交来
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  return c.body(Uint8Array.from(bytes))
}
