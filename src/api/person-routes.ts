import { createRoute, z } from '@hono/zod-openapi'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { getApplication, LETTER_FORMATS, isLetterFormat, listApplicantLetters, readIssuedFile, readPersonalData } from '../applications/index.ts'
import { NotFound } from '../platform/errors.ts'
import { FAULTS, ReasonHeaders, guarded } from './guarded.ts'
import { ApiProblem } from './problems.ts'
import { Applicant, IdParam, LetterList } from './schemas.ts'

const tags = ['文书与个人信息']
const json = <T>(schema: T) => ({ 'application/json': { schema } })

const applicant = createRoute({
  method: 'get', path: '/api/applications/{id}/applicant', tags, summary: '申请人的个人信息', ...guarded('personal-data:read'),
  description: '只在办理本件所必需时读取；哪个系统、何时、因何读取都留痕。',
  request: { params: IdParam, headers: ReasonHeaders },
  responses: { 200: { description: '申请人', content: json(Applicant) }, ...FAULTS },
})
const letters = createRoute({
  method: 'get', path: '/api/applications/{id}/letters', tags, summary: '已发给申请人的文书', ...guarded('letters:read'),
  description: '给第三方、其他机关的与内部的不在其中；答复处理决定的，送出之后才有。',
  request: { params: IdParam },
  responses: { 200: { description: '各件文书', content: json(LetterList) }, ...FAULTS },
})
const LetterParam = IdParam.extend({ letterId: z.uuid().openapi({ description: '文书的代码' }), format: z.enum(['pdf', 'docx']) })
const letterFile = createRoute({
  method: 'get', path: '/api/applications/{id}/letters/{letterId}/{format}', tags, summary: '取一件文书', ...guarded('letters:read'),
  description: '其中有申请人的姓名，故须写事由，取用留痕。',
  request: { params: LetterParam, headers: ReasonHeaders },
  responses: { 200: { description: '文件', content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } } }, ...FAULTS },
})

/** 事由：百分号编码的 UTF-8；没有写、解不开、长短不合的抛 `ApiProblem`。 */
function reasonOf(header: string | undefined): string {
  try {
    const reason = decodeURIComponent(header ?? '').replaceAll(/\p{Cc}/gu, '').trim()
    if (reason.length >= 2 && reason.length <= 200) return reason
  } catch {
    // 不是百分号编码的，同没有写
  }
  throw new ApiProblem('reason-missing')
}

/** 申请人的个人信息、发出的文书：须写事由，读与留痕同一事务。 */
export function personRoutes(api: OpenAPIHono): void {
  api.openapi(applicant, async (c) => {
    const system = c.get('system')
    const reason = reasonOf(c.req.valid('header')['access-reason'])
    const read = await readPersonalData(c.get('deps'), system, { bodyId: system.bodyId, caseId: c.req.valid('param').id, reason })
    if (!read.ok) throw new ApiProblem('reason-missing')
    const { kind, name, idNo, contact, details } = read.applicant
    return c.json({ kind, name, idNo, contact, details: { ...details } }, 200)
  })
  api.openapi(letters, async (c) => {
    const { bodyId } = c.get('system')
    const { id } = c.req.valid('param')
    const { db } = c.get('deps')
    const { state } = await getApplication(db, bodyId, id)
    const found = await listApplicantLetters(db, { bodyId, caseId: id }, state)
    return c.json({ items: found.map(({ letterId, title, docNo, issuedOn }) => ({ letterId, title, docNo, issuedOn })) }, 200)
  })
  api.openapi(letterFile, async (c) => {
    const system = c.get('system')
    const { bodyId } = system
    const deps = c.get('deps')
    const { id, letterId, format } = c.req.valid('param')
    const reason = reasonOf(c.req.valid('header')['access-reason'])
    const { state } = await getApplication(deps.db, bodyId, id)
    const listed = (await listApplicantLetters(deps.db, { bodyId, caseId: id }, state)).some((letter) => letter.letterId === letterId)
    if (!listed || !isLetterFormat(format)) throw new NotFound('这件文书')
    const file = await readIssuedFile(deps, system, { bodyId, caseId: id, letterId, format, reason })
    if (!file.ok) throw new ApiProblem('reason-missing')
    return c.body(Uint8Array.from(file.bytes), 200, { 'Content-Type': LETTER_FORMATS[format].type, 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}` })
  })
}
