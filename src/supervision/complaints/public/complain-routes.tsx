import { Hono } from 'hono'
import type { Context } from 'hono'
import { getBody, getSetting, listBodies } from '../../../bodies/index.ts'
import { emptyForm, renderPage } from '../../../platform/html/index.ts'
import type { FormState } from '../../../platform/html/index.ts'
import { parseForm, rateLimit } from '../../../platform/http/index.ts'
import { isId, newId } from '../../../platform/id.ts'
import { inOrder, parseComplaint } from '../desk/intake-form.ts'
import { FILE_LIMITS, UPLOAD, readFiles } from '../file-store.ts'
import { isFormKey, newFormKey } from '../form-key.ts'
import { submitComplaint } from '../submit-complaint.ts'
import { ComplainDonePage, ComplainPage, PATH } from './complain-pages.tsx'
import { sealedCookie } from './sealed-cookie.ts'

/** 公众的投诉与反映：提交、凭条。 */
export const complainRoutes = new Hono()

const slip = sealedCookie('complain-slip', `${PATH}/done`)

async function formPage(c: Context, state: FormState = emptyForm, ids = { complaintId: newId(), formKey: newFormKey() }) {
  const { db } = c.get('deps')
  const all = await listBodies(db)
  const office = all.find(({ kind }) => kind === 'district-office')
  const bodies = all.filter(({ kind }) => kind !== 'government')
  const asked = bodies.find(({ code }) => code === c.req.query('body'))
  return renderPage(
    c,
    <ComplainPage
      {...{ ...ids, state }}
      bodies={bodies.map(({ bodyId, name }) => ({ value: bodyId, label: name }))}
      about={asked?.bodyId ?? ''}
      office={office?.name ?? ''}
      days={await getSetting(db, (office ?? bodies[0])?.bodyId ?? newId(), 'complaintDays')}
    />,
    { status: state === emptyForm ? 200 : 422 },
  )
}

complainRoutes.get(PATH, (c) => formPage(c))

complainRoutes.post(PATH, rateLimit({ burst: 6, perMinute: 2 }), async (c) => {
  const deps = c.get('deps')
  const form = await parseForm(c, UPLOAD)
  const [givenId, givenKey] = [form.text('complaintId'), form.text('formKey')]
  const ids = { complaintId: isId(givenId) ? givenId : newId(), formKey: isFormKey(givenKey) ? givenKey : newFormKey() }
  const today = deps.clock.today()
  const bodies = new Set((await listBodies(deps.db)).filter(({ kind }) => kind !== 'government').map(({ bodyId }) => bodyId))
  const parsed = parseComplaint(form.text, { bodies, receivedOn: today, today })
  const { files, wrong } = await readFiles(form.files, FILE_LIMITS.once)
  if (!parsed.ok || wrong !== null) return formPage(c, { values: form.fields, errors: inOrder({ ...(parsed.ok ? {} : parsed.errors), ...(wrong === null ? {} : { files: wrong }) }, 'public') }, ids)
  const done = await submitComplaint(deps, { ...parsed.complaint, complaintId: ids.complaintId, channel: 'PAGE', workOrderNo: null, accusedAccounts: [], files }, ids.formKey)
  slip.put(c, [done.regNo, done.code, done.bodyId])
  return c.redirect(`${PATH}/done`, 303)
})

complainRoutes.get(`${PATH}/done`, async (c) => {
  const words = slip.read(c)
  if (words === null) return c.redirect(PATH, 303)
  const [regNo = '', code = '', bodyId = ''] = words
  c.header('Cache-Control', 'no-store')
  const { db } = c.get('deps')
  const row = await db.selectFrom('complaint').select('due_on').where('body_id', '=', bodyId).where('reg_no', '=', regNo).executeTakeFirst()
  return renderPage(c, <ComplainDonePage regNo={regNo} code={code} dueOn={row?.due_on ?? null} handledBy={(await getBody(db, bodyId)).name} />)
})
