import { Hono } from 'hono'
import type { Context } from 'hono'
import { getBody, listBodies } from '../../../bodies/index.ts'
import { listHolders, permit, signedIn } from '../../../identity/index.ts'
import { emptyForm, renderPage } from '../../../platform/html/index.ts'
import type { FormState } from '../../../platform/html/index.ts'
import { parseForm } from '../../../platform/http/index.ts'
import { isId, newId } from '../../../platform/id.ts'
import type { Channel } from '../complaint.ts'
import { FILE_LIMITS, UPLOAD, readFiles } from '../file-store.ts'
import { newFormKey, isFormKey } from '../form-key.ts'
import { registerAtDesk } from '../submit-complaint.ts'
import { TRACK_PATH } from '../tell-complainant.ts'
import { isBarred, viewerOf } from '../viewer.ts'
import { HOME } from './complaint-words.tsx'
import { DESK_CHANNELS, inOrder, parseComplaint } from './intake-form.ts'
import { ComplaintIntakePage, ComplaintSlipPage } from './intake-page.tsx'

/** 工作台登记；须先于案件的地址挂上。 */
export const complaintIntakeRoutes = new Hono()

const NEW = `${HOME}/new`
const STAFF = ['handler', 'unit-head', 'disclosure-officer', 'disclosure-head', 'secrecy-reviewer', 'leader', 'publisher', 'archivist', 'district-office'] as const

async function intakePage(c: Context, state: FormState = emptyForm, ids = { complaintId: newId(), formKey: newFormKey() }) {
  const { deps, actor } = signedIn(c)
  const bodies = (await listBodies(deps.db)).filter(({ kind }) => kind !== 'government').map(({ bodyId, name }) => ({ value: bodyId, label: name }))
  const staff = await listHolders(deps.db, actor.bodyId, STAFF)
  return renderPage(c, <ComplaintIntakePage {...{ ...ids, bodies, staff, state }} own={actor.bodyId} today={deps.clock.today()} />, { status: state === emptyForm ? 200 : 422 })
}

const isDeskChannel = (text: string): text is Channel & keyof typeof DESK_CHANNELS => Object.hasOwn(DESK_CHANNELS, text)

complaintIntakeRoutes.get(NEW, permit('complaint.handle'), (c) => intakePage(c))

complaintIntakeRoutes.post(NEW, permit('complaint.handle'), async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, { ...UPLOAD, maxFields: 300 })
  const [givenId, givenKey, channel] = [form.text('complaintId'), form.text('formKey'), form.text('channel')]
  const ids = { complaintId: isId(givenId) ? givenId : newId(), formKey: isFormKey(givenKey) ? givenKey : newFormKey() }
  const bodies = new Set((await listBodies(deps.db)).map(({ bodyId }) => bodyId))
  const parsed = parseComplaint(form.text, { bodies, receivedOn: form.text('receivedOn'), today: deps.clock.today() })
  const { files, wrong } = await readFiles(form.files, FILE_LIMITS.once)
  const errors = { ...(parsed.ok ? {} : parsed.errors), ...(isDeskChannel(channel) ? {} : { channel: '请选择来源' }), ...(wrong === null ? {} : { files: wrong }) }
  if (!parsed.ok || !isDeskChannel(channel) || wrong !== null) return intakePage(c, { values: form.fields, errors: inOrder(errors, 'desk') }, ids)
  const staff = await listHolders(deps.db, actor.bodyId, STAFF)
  const accusedAccounts = (form.fields['accusedAccounts'] ?? []).filter((account) => staff.has(account))
  const done = await registerAtDesk(deps, actor, { ...parsed.complaint, complaintId: ids.complaintId, channel, workOrderNo: form.text('workOrderNo') || null, accusedAccounts, files }, ids.formKey)
  const row = await deps.db.selectFrom('complaint').select('barred').where('body_id', '=', done.bodyId).where('complaint_id', '=', done.complaintId).executeTakeFirstOrThrow()
  const canOpen = done.bodyId === actor.bodyId && !isBarred(viewerOf(actor), row.barred)
  c.header('Cache-Control', 'no-store')
  return renderPage(c, <ComplaintSlipPage {...done} canOpen={canOpen} handledBy={(await getBody(deps.db, done.bodyId)).name} trackUrl={`${deps.config.baseUrl}${TRACK_PATH}`} />)
})
