import { Hono } from 'hono'
import { permit, signedIn } from '../../identity/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import { STATUSES } from '../application.ts'
import { findDuplicates } from '../find-duplicates.ts'
import { duplicateWords } from '../desk/related-cases.tsx'

/** 登记时边填边查：所填的在请求正文里，不入地址与日志，也不存下。 */
export const intakeDuplicateRoutes = new Hono()

const LIMITS = { maxBytes: 64 * 1024, maxFields: 10 }
const MOST_CONTENT = 5000
const MOST_NAME = 200

intakeDuplicateRoutes.post('/desk/applications/duplicates', permit('application.handle'), async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, LIMITS)
  const [name, idNo, content] = [form.text('name').slice(0, MOST_NAME), form.text('idNo').slice(0, MOST_NAME), form.text('content').slice(0, MOST_CONTENT)]
  const given = form.text('confirmedOn') || form.text('submittedOn')
  const on = isPlainDate(given) ? given : deps.clock.today()
  const found = await findDuplicates(deps.db, fieldKeys(deps.config.secretKey), { bodyId: actor.bodyId, name, idNo: idNo || null, content, on })
  return c.json({
    found: found.map((one) => ({
      href: `/desk/applications/${one.caseId}`,
      regNo: one.regNo,
      words: `${duplicateWords(one)}，${STATUSES[one.status]}${one.receivedOn === null ? '' : `，${one.receivedOn} 收到`}`,
      content: one.content.slice(0, 60),
    })),
  })
})
