import type { z } from '@hono/zod-openapi'
import { REFUSED, giveAccessCode, parseIntake, registerApplication } from '../applications/index.ts'
import { findChangedApplication } from '../applications/index.ts'
import type { ApiActor } from '../identity/index.ts'
import { fieldKeys } from '../platform/crypto.ts'
import type { Deps } from '../platform/deps.ts'
import { NotFound } from '../platform/errors.ts'
import { newId } from '../platform/id.ts'
import { toPointer } from './field-errors.ts'
import { ApiProblem } from './problems.ts'
import type { Intake, Registered } from './schemas.ts'

// 看不见的控制字符数据库与文书都存不了，与页面的表单一样去掉
const printable = (text: string): string => text.replaceAll(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '').toWellFormed().trim()

/** 登记一件：规则与工作台的登记相同，另给一个查询码。`deps.db` 须是办这件事的事务。 */
export async function registerFromSystem(deps: Deps, system: ApiActor, given: z.infer<typeof Intake>): Promise<z.infer<typeof Registered>> {
  const { bodyId } = system
  const { applicant, duplicatesSeen = '', ...own } = given
  const { assistance = [], ...person } = applicant
  const text = { ...own, ...person } as Readonly<Record<string, string | undefined>>
  const parsed = parseIntake({ fields: { assistance }, text: (name) => printable(text[name] ?? '') })
  if (!parsed.ok)
    throw new ApiProblem('invalid', {
      errors: Object.entries(parsed.errors).map(([name, detail]) => ({ pointer: toPointer(Object.hasOwn(own, name) || !Object.hasOwn(applicant, name) ? [name] : ['applicant', name]), detail })),
    })
  const caseId = newId()
  const result = await registerApplication(deps, system, { bodyId, caseId, intake: parsed.intake, seen: duplicatesSeen })
  if (!result.ok && result.refusal === 'duplicates') {
    const duplicates = result.duplicates.map(({ caseId: id, regNo, status, sameApplicant, sameContent }) => ({ id, regNo, status, sameApplicant, sameContent }))
    throw new ApiProblem('duplicates', { more: { duplicates, seen: result.key } })
  }
  if (!result.ok) throw new ApiProblem('invalid', { detail: `${REFUSED[result.refusal]}。` })
  const accessCode = await giveAccessCode(deps.db, fieldKeys(deps.config.secretKey), { bodyId, caseId }, deps.clock.now())
  const row = await findChangedApplication(deps.db, bodyId, caseId)
  if (row === null) throw new NotFound('这件申请')
  return { id: caseId, regNo: row.regNo, accessCode, status: row.status, receivedOn: row.receivedOn, dueOn: row.dueOn }
}
