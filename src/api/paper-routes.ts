import { createHash } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { PAPER_LIMITS, REFUSED, UPLOAD, addPapers, giveSupplement, takePapers } from '../applications/index.ts'
import { NotFound } from '../platform/errors.ts'
import { parseForm } from '../platform/http/index.ts'
import type { ParsedForm } from '../platform/http/index.ts'
import { isId, newId } from '../platform/id.ts'
import { needs } from './authenticate.ts'
import { POST_FAULTS, PostHeaders, guarded } from './guarded.ts'
import { once } from './once.ts'
import { ApiProblem } from './problems.ts'
import { Accepted, IdParam } from './schemas.ts'

const tags = ['材料']
const PAPER_NOTE = `PDF、DOCX、JPEG、PNG，看内容认；每份至多 ${PAPER_LIMITS.bytes / 1024 / 1024} MB，加密存下。`
const file = (description: string) => z.array(z.string().openapi({ format: 'binary' })).optional().openapi({ description })
const MOST_TEXT = 5000

const papers = createRoute({
  method: 'post', path: '/api/applications/{id}/papers', tags, summary: '附申请人的材料', ...guarded('applications:submit'),
  description: `随申请的身份证明、委托书等，一件至多 ${PAPER_LIMITS.count} 份。${PAPER_NOTE}`,
  request: {
    params: IdParam, headers: PostHeaders,
    body: { required: true, content: { 'multipart/form-data': { schema: z.object({ identity: file('身份证明'), mandate: file('委托书'), other: file('其他材料') }) } } },
  },
  responses: { 201: { description: '已存下', content: { 'application/json': { schema: Accepted } } }, ...POST_FAULTS },
})
const supplement = createRoute({
  method: 'post', path: '/api/applications/{id}/supplement', tags, summary: '交申请人的补正', ...guarded('applications:act'),
  description: `转交申请人的补正；由机关经办人与申请人确认之后才算收到补正，期限自那一日重新起算（条例第三十条、第三十一条）。${PAPER_NOTE}`,
  request: {
    params: IdParam, headers: PostHeaders,
    body: { required: true, content: { 'multipart/form-data': { schema: z.object({ text: z.string().min(1).max(MOST_TEXT).openapi({ description: '补正的内容' }), files: file('补正的材料') }) } } },
  },
  responses: { 201: { description: '已交给机关', content: { 'application/json': { schema: Accepted } } }, ...POST_FAULTS },
})

const KINDS = { identity: 'identity', mandate: 'mandate', other: 'other' } as const
const kindOf = (field: string) => (Object.hasOwn(KINDS, field) ? KINDS[field as keyof typeof KINDS] : null)

/** 材料与补正：以 multipart 交来，边收边数，与公众网上申请同一上限。校验不经 zod，以免先把整个请求收进内存。 */
export function paperRoutes(api: OpenAPIHono): void {
  for (const route of [papers, supplement]) api.openAPIRegistry.registerPath(route)

  api.post('/api/applications/:id/papers', needs('applications:submit'), async (c) => {
    const { deps, caseId, form } = await receive(c)
    const taken = await takePapers(form.files, { already: 0, givenOn: deps.clock.today(), kindOf })
    if (!taken.ok) throw invalid(taken.errors)
    if (taken.papers.length === 0) throw invalid({ identity: '没有文件；请以 identity、mandate 或者 other 为栏名交来' })
    const made = await once(c, Accepted, contentOf(form), async (own) => {
      const result = await addPapers(own, c.get('system'), { bodyId: c.get('system').bodyId, caseId, papers: taken.papers })
      if (result !== 'done') throw result === 'too-many' ? new ApiProblem('too-many-papers') : new ApiProblem('refused', { detail: `${REFUSED['not-now']}。` })
      return { id: caseId, papers: taken.papers.map(({ paperId }) => paperId) }
    })
    return c.json(made, 201)
  })

  api.post('/api/applications/:id/supplement', needs('applications:act'), async (c) => {
    const { deps, caseId, form } = await receive(c)
    const text = form.text('text')
    const taken = await takePapers(form.files, { already: 0, givenOn: deps.clock.today(), kindOf: (field) => (field === 'files' ? 'supplement' : null) })
    if (!taken.ok) throw invalid(taken.errors)
    if (text === '' || text.length > MOST_TEXT) throw invalid({ text: text === '' ? '请写明补正的内容' : `不超过 ${MOST_TEXT} 个字，现有 ${text.length} 个` })
    const made = await once(c, Accepted, contentOf(form), async (own) => {
      const key = newId()
      const result = await giveSupplement(own, { bodyId: c.get('system').bodyId, caseId }, { key, text, papers: taken.papers }, c.get('system'))
      if (result !== 'done') throw result === 'too-many' ? new ApiProblem('too-many-papers') : new ApiProblem('refused', { detail: '这件申请现在不待补正。' })
      return { id: caseId, papers: [key, ...taken.papers.map(({ paperId }) => paperId)] }
    })
    return c.json(made, 201)
  })
}

async function receive(c: Context) {
  const caseId = c.req.param('id') ?? ''
  if (!isId(caseId)) throw new NotFound('这件申请')
  return { deps: c.get('deps'), caseId, form: await parseForm(c, UPLOAD) }
}

const invalid = (errors: Readonly<Record<string, string>>): ApiProblem =>
  new ApiProblem('invalid', { errors: Object.entries(errors).map(([field, detail]) => ({ pointer: `/${field}`, detail })) })

/** 认出重发的：各栏与各文件的名目、内容；分界线每次不同，不在其中。 */
const contentOf = ({ fields, files }: ParsedForm): string =>
  JSON.stringify([fields, files.map(({ field, name, bytes }) => [field, name, createHash('sm3').update(bytes).digest('hex')])])
